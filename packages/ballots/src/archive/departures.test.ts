import { describe, expect, it } from 'vitest'

import { voterPseudonymOf } from '../voting/credential.ts'
import { departuresIn, hasLeft, takeOutLeavers } from './departures.ts'

const [nia, owen] = ['1a', '2b'].map((key) => ({ key, voter: voterPseudonymOf(key) })) as [
  { key: string; voter: string },
  { key: string; voter: string },
]
const settled = (index: number, voter: string, outcome: string) => ({ index, events: [{ kind: 'roll-settled', voter, outcome }] })

describe('who left a box', () => {
  it('is whoever was found not to belong on the roll before the sum was published', () => {
    const acts = [
      settled(3, nia.voter, 'stays'),
      settled(4, nia.voter, 'late'),
      { index: 5, events: [{ kind: 'cast' }, { kind: 'roll-settled', voter: owen.voter, outcome: 'left' }] },
      settled(9, nia.voter, 'left'),
      settled(10, nia.voter, 'left'),
    ]
    expect(departuresIn(acts, Infinity).map(({ index }) => index)).toEqual([5, 9, 10])
    expect(departuresIn(acts, 9)).toEqual([{ index: 5, voter: owen.voter }])
    expect(departuresIn(acts, 5)).toEqual([])
  })

  it('takes out the last ballot that stood there by then, and none that came after', () => {
    const departures = [{ index: 7, voter: nia.voter }]
    expect(hasLeft(departures, nia.key, 6)).toBe(true)
    expect(hasLeft(departures, nia.key, 8)).toBe(false)
    expect(hasLeft(departures, owen.key, 6)).toBe(false)
    expect(hasLeft([], nia.key, 6)).toBe(false)
    const taken: string[] = []
    const box = { takeOut: (credential: string) => taken.push(credential) > 0 }
    takeOutLeavers(
      box,
      new Map([
        [nia.key, 6],
        [owen.key, 5],
      ]),
      departures,
    )
    takeOutLeavers(box, new Map([[nia.key, 8]]), departures)
    expect(taken).toEqual([nia.key])
  })
})
