import { privacyFloorDefault } from '@quorate/ballots'
import { fewestOpened } from '@quorate/rulebook'
import { expect, test } from 'vitest'

// The trustees' devices know no rulebook, and the rules no device: what one would not open has fallen by the other.
test('the rules leave shut what no trustee’s device opens', () => {
  expect(fewestOpened).toBe(privacyFloorDefault)
})
