import { describe, expect, it } from 'vitest'
import { plainRule } from '../testing/runoffs.ts'
import { valueOf } from '../testing/value.ts'
import {
  countErs97,
  countIrv,
  countMeekReference,
  countNzMeek,
  countPairs,
  countScottish,
  decimalText,
  packProfile,
  profileHash,
  type Profile,
  type StvCount,
} from './index.ts'

// Some thousand different rankings, so that every table of the fast engines grows and their trees are deep. Both engines count, and are compared
// to the last figure by the package itself; what they agree on is kept here.

/** Papers whose rankings are drawn by a linear congruence (modulus 2^31, multiplier 1,103,515,245), of nine candidates who are not equally liked. */
function drawn(papers: number, candidates: number, seats: number): Profile {
  let state = 20_261_122
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
  const ranking = (): readonly number[] => {
    const left = Array.from({ length: candidates }, (_, c) => c)
    return Array.from({ length: 1 + next(candidates) }, () => {
      const [a, b] = [next(left.length), next(left.length)]
      return left.splice(a < b ? a : b, 1)[0] ?? 0
    })
  }
  return {
    title: 'Drawn',
    candidates: Array.from({ length: candidates }, (_, c) => `Candidate ${c + 1}`),
    withdrawn: [candidates - 2],
    seats,
    papers: Array.from({ length: papers }, () => ({ weight: 1 + next(3), ranking: ranking() })),
  }
}

const stvText = (count: StvCount): string =>
  [
    `${count.method} quota ${decimalText(count.quota, count.places)} elected ${count.elected.join(' ')}`,
    ...count.stages.map(
      ({ totals, nonTransferable, lost, iterations }) =>
        `${totals.map((t) => decimalText(t, count.places)).join(' ')} | ${decimalText(nonTransferable, count.places)} | ${decimalText(lost, count.places)} | ${iterations.length}`,
    ),
  ].join('\n  ')

describe('thousands of different rankings', () => {
  const profile = drawn(6000, 9, 4)
  const wide = drawn(1500, 30, 7)
  const lot = (of: Profile): readonly number[] => of.candidates.map((_, c) => c).toReversed()
  it.each([
    ['nine candidates', profile],
    ['thirty candidates', wide],
  ] as const)('%s: every transferable vote, by both engines', async (name, of) => {
    const nz = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' } as const
    const counts = [
      valueOf(countScottish(of, lot(of))),
      valueOf(countErs97(of, lot(of))),
      valueOf(countMeekReference(of, lot(of))),
      valueOf(countNzMeek(nz, of, null)),
      valueOf(countNzMeek({ ...nz, clause10: 'as-written' }, of, null)),
      valueOf(countIrv(plainRule, { ...of, seats: 1 }, lot(of))),
    ]
    const text = [profileHash(of), ...counts.map(stvText)].join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../testing/golden/many-rankings/${name.replace(' ', '-')}.txt`)
  })
  it('one ranking for each prefix, and comparisons in pairs by both ways of counting them', () => {
    const packed = packProfile(profile)
    expect(packed.packed.weights.length).toBeGreaterThan(3000)
    expect(packed.packed.weights.reduce((sum, n) => sum + n, 0)).toBe(profile.papers.reduce((sum, { weight }) => sum + weight, 0))
    const pairs = valueOf(countPairs('schulze@1', { unranked: 'last', strength: 'margins' }, profile, lot(profile)))
    for (const [a, row] of pairs.preferences.entries())
      for (const [b, n] of row.entries()) {
        const prefer = profile.papers.reduce((sum, { weight, ranking }) => {
          const [i, j] = [ranking.indexOf(a), ranking.indexOf(b)]
          return i >= 0 && (j < 0 || i < j) ? sum + weight : sum
        }, 0)
        if (a !== 7 && b !== 7) expect([a, b, n]).toEqual([a, b, a === b ? 0 : prefer])
      }
  })
})
