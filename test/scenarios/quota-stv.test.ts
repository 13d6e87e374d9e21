// Story 7. A council of 26 seats in 8 districts, 57 candidates, five overlapping quotas. A district whose nominated cannot meet its quotas is found
// when nominations close; they open again; every district is counted with its quotas, and a second program checks each doom and guard.
import { assert } from '@quorate/kernel'
import {
  afterShortage,
  countConstrained,
  english,
  nominationsUnder,
  quotaReport,
  type ConstrainedCount,
  type Constraint,
  type Profile,
} from '@quorate/counting'
import { fingerprintOf, type Fact } from '@quorate/rulebook'
import { checkConstraintCertificate } from '@quorate/verifier'
import { describe, expect, it } from 'vitest'
import { later, person, print } from '../../packages/rulebook/test/lantern.ts'
import {
  boxOf,
  castBy,
  endOf,
  minute,
  monday,
  told,
  text,
  untilOpen,
  type Told,
} from '../../packages/rulebook/test/procedures.ts'
import { boundsFrom, councilRules, districts, type District, type Person } from './council-of-26.ts'

const day = 24 * 60 * minute
const rules = councilRules()
const all = districts()

/** What the quotas make of a list, as a fact: what they ask for, and how much of it those nominated can give. */
function quotasOf(district: District, people: readonly Person[]): { readonly required: number; readonly nominated: number } {
  const bounds = boundsFrom(rules, district, people)
  const contest = { title: '', candidates: people.map((_, c) => `${c + 1}`), withdrawn: [], seats: district.profile.seats }
  const relaxed = afterShortage(contest, bounds, 'next best')
  assert(relaxed.kind === 'ok', 'a floor can always give way')
  const required = bounds.reduce((n, { least }) => n + least, 0)
  return { required, nominated: required - relaxed.value.lowered.reduce((n, { by }) => n + by, 0) }
}

/** People of a district ask to be listed, one after the other, each with what the list then makes of the quotas. */
function nominate(t: Told, district: District, standing: readonly number[]): void {
  for (const [i, c] of standing.entries()) {
    const list = standing.slice(0, i + 1).flatMap((other) => district.people[other] ?? [])
    const facts: readonly Fact[] = [
      t.state('may-stand', true, 'nominate'),
      t.state('quotas', quotasOf(district, list), 'nominate'),
    ]
    t.member(1000 + c, { kind: 'stand', statement: print(1000 + c) }, ...facts)
  }
}

function begun(district: District): Told {
  const t = told(rules)
  t.member(1, text('elect'), t.state('places', district.profile.seats, 'elect'))
  return t
}

const closed = (t: Told, rounds: number) => {
  t.to(later(monday, rounds * 5 * day))
  t.rule({ kind: 'tick' })
  return t.story.events().findLast((e) => e.kind === 'nominated')
}

function counted(profile: Profile, bounds: readonly Constraint[]): ConstrainedCount {
  const found = countConstrained('scottish-stv@1', {}, profile, bounds, [...profile.candidates.keys()])
  if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
  return found.value
}

/** From closed nominations to the seats: notice, roll, ballot, count, result. */
function elected(t: Told, { profile }: District, count: ConstrainedCount): void {
  const list = fingerprintOf(profile.candidates.map((_, c) => person(1000 + c)).join('\n'))
  untilOpen(t, 500, { options: profile.candidates.length, list })
  const papers = profile.papers.reduce((n, { weight }) => n + weight, 0)
  castBy(t, 1, papers)
  t.to(boxOf(t).closesAt ?? t.now())
  const chosen = Object.fromEntries(count.count.elected.map((c, i) => [`chosen-${i + 1}`, c + 1]))
  t.rule({ kind: 'declare' }, t.state('count', { cast: papers, valid: count.count.valid, blank: count.count.invalid, ...chosen }))
  t.rule({ kind: 'enact', text: print(1) })
}

describe('story 7: quota STV', () => {
  it('has 26 seats in 8 districts, 57 candidates, and five quotas of 13, 6, 3, 3 and 3 that overlap', () => {
    expect(all.map(({ profile }) => profile.seats)).toEqual([6, 5, 4, 3, 3, 3, 1, 1])
    expect(all.reduce((n, { people }) => n + people.length, 0)).toBe(57)
    const sums = new Map<string, number>()
    for (const district of all)
      for (const { name, least } of boundsFrom(rules, district, district.people)) sums.set(name, (sums.get(name) ?? 0) + least)
    expect([...sums]).toEqual([
      ['women', 13],
      ['bame', 6],
      ['disabled', 3],
      ['lgbt', 3],
      ['young', 3],
    ])
    // In the largest district the floors add up to more than its places: somebody has to count for two.
    const first = boundsFrom(rules, all[0] as District, all[0]?.people ?? [])
    expect(first.reduce((n, { least }) => n + least, 0)).toBeGreaterThan(6)
  })

  it('finds the infeasible district when nominations close, says why, opens them again, and never reaches a ballot before', () => {
    const district = all[0] as District
    const t = begun(district)
    // Ten of the twelve ask; of the women only two.
    const short = [0, 1, 2, 3, 4, 5, 7, 9, 10]
    nominate(t, district, short)
    const bounds = boundsFrom(
      rules,
      district,
      short.flatMap((c) => district.people[c] ?? []),
    )
    const contest = { ...district.profile, candidates: short.map((c) => district.profile.candidates[c] ?? '') }
    expect(nominationsUnder(contest, bounds)).toMatchObject({ kind: 'infeasible', text: '3 women required, 2 nominated (18).' })
    expect(closed(t, 1)).toMatchObject({ outcome: 'too-few', candidates: 9 })
    expect(endOf(t)).toBeNull()
    expect(t.story.events().some(({ kind }) => kind === 'opened')).toBe(false)

    // Open again for five days: now everybody stands.
    nominate(t, district, [...district.people.keys()])
    expect(closed(t, 2)).toMatchObject({ outcome: 'contested', candidates: 12 })
  })

  it('ends the election, nobody elected, when the district stays short as often as the rule allows', () => {
    const district = all[0] as District
    const t = begun(district)
    for (let round = 1; round <= 3 && endOf(t) === null; round++) {
      nominate(t, district, [0, 1, 2, 3, 4, 5, 7])
      closed(t, round)
    }
    expect(endOf(t)).toBe('fallen')
  })

  it('elects 26 who meet every quota, district by district, through rule and count', { timeout: 120_000 }, () => {
    const people: Person[] = []
    let decided = 0
    for (const district of all) {
      const t = begun(district)
      nominate(t, district, [...district.people.keys()])
      expect(closed(t, 1)).toMatchObject({ outcome: 'contested' })
      const bounds = boundsFrom(rules, district, district.people)
      const count = counted(district.profile, bounds)
      elected(t, district, count)
      expect(endOf(t)).toBe('carried')
      expect(boxOf(t).chosen).toEqual(count.count.elected.map((c) => c + 1))
      people.push(...count.count.elected.flatMap((c) => district.people[c] ?? []))
      decided += checked(district, bounds, count)
    }
    expect(people).toHaveLength(26)
    const number = (is: (p: Person) => boolean): number => people.filter(is).length
    expect(number((p) => p.gender === 'woman')).toBeGreaterThanOrEqual(13)
    expect(number((p) => p.bame)).toBeGreaterThanOrEqual(6)
    expect(number((p) => p.disabled)).toBeGreaterThanOrEqual(3)
    expect(number((p) => p.lgbt)).toBeGreaterThanOrEqual(3)
    expect(number((p) => p.age < 30)).toBeGreaterThanOrEqual(3)
    // The quotas did decide: without them there would be nothing to tell.
    expect(decided).toBeGreaterThan(10)
  })
})

/** Each certificate of a count, checked by the other program at its own moment; each told in words that cite the clause. */
function checked(
  { profile }: District,
  bounds: readonly Constraint[],
  { feasible, count, constraints }: ConstrainedCount,
): number {
  const elected: number[] = []
  const gone: number[] = []
  const facts = () => ({
    places: profile.seats,
    groups: bounds,
    elected,
    continuing: [...profile.candidates.keys()].filter((c) => !elected.includes(c) && !gone.includes(c)),
  })
  expect(checkConstraintCertificate(feasible, facts()).kind).toBe('ok')
  let decided = 0
  for (const act of count.stages.flatMap(({ acts }) => acts)) {
    if (act.kind === 'doom' || act.kind === 'guard') {
      decided++
      expect(checkConstraintCertificate(act.certificate, facts())).toMatchObject({
        kind: 'ok',
        value: { candidate: act.candidate },
      })
    } else if (act.kind === 'elect' || act.kind === 'fill') elected.push(act.candidate)
    else if (act.kind === 'exclude') gone.push(act.candidate)
  }
  for (const { number } of count.stages) expect(english.stage(count, number, profile.candidates)).toMatch(/^Stage \d+: /)
  const report = quotaReport({ kind: 'constrained', constraints, feasible, count }, profile.candidates)
  for (const { clause, text: words } of report.slice(1)) {
    expect(clause).toBe('18')
    expect(words).toMatch(/\(18\)\.$/)
  }
  return decided
}
