import { expect, test } from 'vitest'
import { whimOf } from './voting.ts'

test('members of the demonstration vote about three to one for, a few change their mind, and each the same way every time', () => {
  const addresses = Array.from({ length: 2_000 }, (_, i) => `member${String(i)}@members.example`)
  const whims = addresses.map((address) => whimOf('uuid', address))
  expect(whims.filter((whim) => whim.choice === 0).length / whims.length).toBeCloseTo(0.75, 1)
  expect(whims.filter((whim) => whim.changes).length / whims.length).toBeCloseTo(1 / 16, 1)
  expect(addresses.map((address) => whimOf('uuid', address))).toEqual(whims)
  expect(addresses.map((address) => whimOf('another', address))).not.toEqual(whims)
})
