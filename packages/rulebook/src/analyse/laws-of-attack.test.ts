import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, parsed } from '../../test/lantern.ts'
import { clausesOf, smallRulebooks, textOf, type Small, type SmallPass } from '../../test/small-rulebooks.ts'
import { howOften, timeAllowed } from '../../test/how-often.ts'
import { analyse, cheapestFacts, watchfulFacts, type Analysis, type PowerAnswer } from '../index.ts'

const runs = 20
const from = at('2026-11-21 12:00')

const under = (clauses: readonly string[], members: number, watchful = true): Analysis =>
  analyse(
    parsed(textOf(clauses)),
    { ...(watchful ? watchfulFacts(from) : cheapestFacts(from)), electorates: { members } },
    { labels: 16 },
  )
const keyOf = (p: PowerAnswer): string => `${p.power} ${p.tier ?? ''}`
const cheapest = (p: PowerAnswer | undefined): number =>
  p === undefined ? Number.POSITIVE_INFINITY : Math.min(Number.POSITIVE_INFINITY, ...p.front.map((x) => x.people))
const fastest = (p: PowerAnswer | undefined): number =>
  p === undefined ? Number.POSITIVE_INFINITY : Math.min(Number.POSITIVE_INFINITY, ...p.front.map((x) => x.elapsedMs))

/** No power of `before` is dearer in `after`, in people or in time. */
function noDearer(before: Analysis, after: Analysis): void {
  for (const power of before.powers) {
    const now = after.powers.find((p) => keyOf(p) === keyOf(power))
    expect(cheapest(now), keyOf(power)).toBeLessThanOrEqual(cheapest(power))
    expect(fastest(now), keyOf(power)).toBeLessThanOrEqual(fastest(power))
  }
}

describe('laws of the shortest coup, on small rulebooks made at random', () => {
  it(
    'one power more never makes another dearer',
    () => {
      fc.assert(
        fc.property(smallRulebooks, fc.constantFrom<'a' | 'b'>('a', 'b'), fc.boolean(), (s, holder, watchful) => {
          const more: Small = s.exclude === null ? { ...s, exclude: holder } : { ...s, suspend: s.suspend ?? holder }
          noDearer(under(clausesOf(s), s.members, watchful), under(clausesOf(more), s.members, watchful))
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(400_000),
  )

  it(
    'a holder more never makes a power dearer',
    () => {
      fc.assert(
        fc.property(smallRulebooks, (s) => {
          const both = clausesOf(s).map((c) => c.replace(/holder: [ab]\n/, 'holder: [a, b]\n'))
          noDearer(under(clausesOf(s), s.members), under(both, s.members))
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(400_000),
  )

  it(
    'a higher threshold never makes anything cheaper',
    () => {
      fc.assert(
        fc.property(smallRulebooks, fc.integer({ min: 1, max: 3 }), fc.boolean(), (s, by, watchful) => {
          const higher: Small = {
            ...s,
            need: s.need + by,
            ballot: s.ballot === null ? null : { ...s.ballot, share: [9, 10], more: true },
          }
          noDearer(under(clausesOf(higher), s.members, watchful), under(clausesOf(s), s.members, watchful))
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(400_000),
  )

  it(
    'the order of the clauses changes nothing',
    () => {
      fc.assert(
        fc.property(smallRulebooks, fc.integer(), (s, seed) => {
          const clauses = clausesOf(s)
          const shuffled = clauses.toSorted((a, b) => ((a.length * 7919 + seed) % 101) - ((b.length * 7919 + seed) % 101))
          const figures = (analysis: Analysis) =>
            analysis.powers
              .map((p) => [keyOf(p), p.exact, p.least, p.front.map((x) => [x.people, x.elapsedMs, x.warningMs])])
              .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
          expect(figures(under(shuffled, s.members))).toEqual(figures(under(clauses, s.members)))
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(400_000),
  )

  it(
    'no path is below the bound, and every one is permitted by the engine',
    () => {
      fc.assert(
        fc.property(smallRulebooks, fc.boolean(), (s, watchful) => {
          for (const power of under(clausesOf(s), s.members, watchful).powers)
            for (const path of power.front) {
              expect(path.people).toBeGreaterThanOrEqual(power.least?.people ?? 0)
              expect(path.elapsedMs).toBeGreaterThanOrEqual(power.least?.elapsedMs ?? 0)
              expect(path.warningMs).toBeGreaterThanOrEqual(power.least?.warningMs ?? 0)
              expect(path.replay).toMatchObject({ kind: 'permitted' })
            }
        }),
        { numRuns: runs },
      )
    },
    timeAllowed(400_000),
  )
})

/** Opponents who are left: on each body and on the roll. */
type Left = { readonly a: number; readonly b: number; readonly roll: number }

const reaches = (
  count: number,
  total: number,
  { share: [n, d], more }: { readonly share: readonly [number, number]; readonly more: boolean },
): boolean => (more ? count * d > n * total : count * d >= n * total)

/** Whether `people` acting together, everyone else against them, can bring a goal about: every order of acts is tried. */
function canDo(s: Small, goal: 'spend' | 'exclude' | 'suspend' | 'amend-rulebook', people: number): boolean {
  const own = { a: Math.min(people, s.seats.a), b: Math.min(people, s.seats.b), roll: Math.min(people, s.members) }
  const carries = (id: 'a' | 'b', left: Left): boolean => {
    const present = own[id] + left[id]
    const pass: SmallPass = s.pass[id]
    const total = pass.of === 'seats' ? s.seats[id] : present
    return present >= s.quorum[id] && own[id] !== left[id] && own[id] > 0 && reaches(own[id], total, pass)
  }
  const considered = (left: Left): boolean =>
    s.consider === null || carries(s.consider, left) || (s.timeout === 'agreed' && left[s.consider] < s.quorum[s.consider])
  const balloted = (left: Left): boolean => {
    if (s.ballot === null) return true
    const roll = own.roll + left.roll
    return own.roll !== left.roll && reaches(own.roll, roll, s.ballot) && 100 * roll >= s.ballot.turnout * roll
  }
  const amends = (left: Left): boolean => own.roll >= s.need && considered(left) && balloted(left)
  const seen = new Set<string>()
  const next: Left[] = [{ a: s.seats.a - own.a, b: s.seats.b - own.b, roll: s.members - own.roll }]
  for (let left = next.pop(); left !== undefined; left = next.pop()) {
    const key = `${left.a} ${left.b} ${left.roll}`
    if (seen.has(key)) continue
    seen.add(key)
    if (amends(left)) return true
    const holder = goal === 'amend-rulebook' ? null : s[goal]
    if (holder !== null && carries(holder, left)) return true
    if ([s.exclude, s.suspend].some((by) => by !== null && carries(by, left)))
      for (const one of ['a', 'b', 'roll'] as const) if (left[one] > 0) next.push({ ...left, [one]: left[one] - 1 })
  }
  return false
}

describe('trying everything', () => {
  it(
    'no attempt on a small rulebook needs fewer people than an answer marked exact, and so many can',
    () => {
      const answered = { exact: 0, all: 0 }
      fc.assert(
        fc.property(smallRulebooks, (s) => {
          const analysis = under(clausesOf(s), s.members)
          for (const goal of ['spend', 'exclude', 'suspend', 'amend-rulebook'] as const) {
            const found = analysis.powers.find((p) => p.power === goal)
            if (found === undefined) continue
            const most = Math.max(s.members, s.seats.a, s.seats.b)
            const least = Array.from({ length: most }, (_, i) => i + 1).find((n) => canDo(s, goal, n)) ?? Number.POSITIVE_INFINITY
            answered.all += 1
            if (found.exact) answered.exact += 1
            // Never safer than the truth, exact or not; and exactly the truth where it says so.
            expect(found.least?.people ?? Number.POSITIVE_INFINITY, `${goal} at least`).toBeLessThanOrEqual(least)
            if (found.exact || found.front.length === 0) expect(cheapest(found), goal).toBe(least)
          }
        }),
        { numRuns: runs * 3 },
      )
      if (howOften >= 1) expect(answered.exact / answered.all).toBeGreaterThan(0.8)
    },
    timeAllowed(400_000),
  )
})
