import { toHex } from '@quorate/kernel'
import { expect, test } from 'vitest'
import { decision, person } from '../../rulebook/test/lantern.ts'
import { demoElection, castBy, good, yesNo } from '../../ballots/testing/demo-election.ts'
import { checkOpening, encryptedTally, openTally } from '@quorate/ballots'
import { lotCarries, lotFault, lotOfOpenings, orderOfLot, type LotGround } from './lot.ts'
import type { ReplayedAct } from './replay.ts'

const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 2, holders: { size: 3, threshold: 2 } })
const tally = encryptedTally(demo.election, [castBy(demo, 0, [[1, 0]]), castBy(demo, 1, [[0, 1]])])
const openings = [1, 2, 3].map((owner) => {
  const key = demo.trustees.keys[owner - 1]
  if (key === undefined) throw new Error('no such trustee')
  const text = openTally(demo.election, tally, demo.secrets[owner - 1] ?? 0n)
  return { owner, opening: good(checkOpening(demo.election, tally, key, text)) }
})
const { election, trustees } = demo
const rollRoot = 'ab'.repeat(32)
const ground: LotGround = { election, trustees, rollRoot, tally, lastShuffleHash: null, openings: openings.slice(0, 2) }
const declaredBy = (value: boolean | string, source = 'tally'): readonly ReplayedAct[] =>
  // All that the check reads of an act.
  [
    {
      index: 9,
      recorded: { act: { kind: 'declare', decision: decision(1), by: person(1) }, facts: [{ name: 'lot', source, value }] },
    },
  ] as unknown as readonly ReplayedAct[]

test('every quorum draws the same lot, bound to roll and papers', () => {
  const seed = lotOfOpenings(ground)
  expect(seed).toMatch(/^[0-9a-f]{64}$/)
  expect(lotOfOpenings({ ...ground, openings: openings.slice(1) })).toBe(seed)
  expect(lotOfOpenings({ ...ground, rollRoot: 'ac'.repeat(32) })).not.toBe(seed)
  expect(lotOfOpenings({ ...ground, lastShuffleHash: 'cd'.repeat(32) })).not.toBe(seed)
  expect(lotOfOpenings({ ...ground, openings: openings.slice(0, 1) })).toBeNull()
  expect(lotOfOpenings({ ...ground, rollRoot: 'no root' })).toBeNull()
})

test('a lot that was drawn otherwise is named, whoever says that it was drawn', () => {
  const seed = lotOfOpenings(ground) ?? ''
  expect(lotFault(declaredBy(seed), ground)).toBeNull()
  const other = toHex(new Uint8Array(32))
  expect(lotFault(declaredBy(other), ground)).toMatchObject({ code: 'lot-differs', entry: 9, expected: seed })
  for (const source of ['attestation', 'register'])
    expect(lotFault(declaredBy(other, source), ground)).toMatchObject({ code: 'lot-differs', expected: seed })
  expect(lotFault(declaredBy(seed, 'attestation'), ground)).toBeNull()
  expect(lotFault(declaredBy(lotCarries(seed)), ground)).toBeNull()
  expect(lotFault(declaredBy(!lotCarries(seed)), ground)).toMatchObject({ code: 'lot-differs' })
})

test('a seed gives one order of all, and no other text gives any', () => {
  expect(orderOfLot('00'.repeat(32), 5)?.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
  for (const bad of ['00', 7, null, 'zz'.repeat(32), true]) expect(orderOfLot(bad, 5)).toBeNull()
})
