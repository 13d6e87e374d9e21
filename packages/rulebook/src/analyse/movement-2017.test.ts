import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, edition } from '../../test/lantern.ts'
import {
  analyse,
  cheapestFacts,
  parseRulebook,
  type AnalyseFacts,
  type Path,
  type PowerAnswer,
  type Threshold,
} from '../index.ts'

const text = readFileSync(new URL('../../../../rulebooks/history/movement-2017.md', import.meta.url), 'utf8')
const read = parseRulebook(text, edition(1))
if (read.kind === 'fail') throw new Error(JSON.stringify(read.error))
const rules = read.value

// 40,000 members; 23 of up to 28 seats filled and no unions, as in August 2019.
const facts: AnalyseFacts = {
  ...cheapestFacts(at('2019-10-19 12:00')),
  electorates: { members: 40_000 },
  bodies: { ncg: { seated: 23 } },
}
const allAgainst = { kind: 'all against' } as const
const known = new Map<string, PowerAnswer>()
/** What it takes to change the rules, under these facts. */
function amending(given: Partial<AnalyseFacts>): PowerAnswer {
  const key = JSON.stringify(given)
  const found = known.get(key) ?? analyse(rules, { ...facts, ...given }, { labels: 8, only: ['amend-rulebook'] }).powers[0]
  if (found === undefined) throw new Error('the text grants nobody a change of rules')
  known.set(key, found)
  return found
}
const thresholds = (answer: PowerAnswer, procedure: string, stage: string): readonly Threshold[] =>
  answer.routes.find((r) => r.procedure === procedure)?.thresholds.filter((t) => t.stage === stage) ?? []
const numbers = (answer: PowerAnswer, procedure: string, stage: string): readonly number[] =>
  thresholds(answer, procedure, stage).map((t) => t.needs[0]?.count ?? 0)
/** The path by which the group puts its opponents off and then agrees with itself. */
const purge = (answer: PowerAnswer): Path | undefined =>
  answer.front.find((p) => p.steps.some((s) => s.purpose.kind === 'clear') && p.steps.some((s) => s.clause === '9.3@1'))

describe('the rules of 2017: petitions and forced ballots of 40,000 members', () => {
  it('1,000 or 2,000 people to petition, the same number at 20,000 members', () => {
    expect(numbers(amending({}), 'amend', 'petition')).toEqual([1_000, 2_000])
    expect(numbers(amending({ electorates: { members: 20_000 } }), 'amend', 'petition')).toEqual([1_000])
    expect(numbers(amending({ electorates: { members: 18_000 } }), 'amend', 'petition')).toEqual([900, 1_000])
  })

  it('4,000 to force a ballot', () => {
    expect(numbers(amending({}), 'amend', 'override')).toEqual([4_000])
  })

  it('12,000 if 30% is turnout and nobody else votes, or 6,000 if 6,000 others vote no: opponents who vote help', () => {
    const alone = amending({ without: ['ncg'], turnout: { kind: 'range', from: 0, to: 0 } })
    expect(alone.front.map((p) => p.people)).toEqual([12_000])
    const helped = amending({ without: ['ncg'] })
    expect(helped.front.map((p) => p.people)).toEqual([6_000])
    expect([alone, helped].map((a) => [a.exact, a.front[0]?.replay.kind])).toEqual([
      [true, 'permitted'],
      [true, 'permitted'],
    ])
    expect(helped.front[0]?.steps.find((s) => s.votes !== null && s.votes.of === 40_000)?.votes).toEqual({
      for: 6_000,
      against: 6_000,
      of: 40_000,
    })
    // Read as support, no opponent helps.
    const support = { '9.2 stages.forced-ballot.pass': 'support' }
    expect(amending({ without: ['ncg'], settled: support }).front.map((p) => p.people)).toEqual([12_000])
  })

  it('at the record turnout, 13,307 of 38,020, the pass line is 50% of votes cast or 85.7%', () => {
    const record = amending({ electorates: { members: 38_020 }, turnout: { kind: 'returned', count: 13_307 } })
    const lines = thresholds(record, 'amend', 'forced-ballot').map((t) => [
      t.needs[0]?.count,
      t.taken.find((x) => x.because === 'reading')?.value,
    ])
    expect(lines).toEqual([
      [6_654, 'turnout'],
      [11_406, 'support'],
    ])
    expect([6_654 / 13_307, 11_406 / 13_307].map((share) => (100 * share).toFixed(1))).toEqual(['50.0', '85.7'])
  })

  it('3,380 voters, as in 2022, reach 30% only on a roll of at most 11,266', () => {
    const carried = (roll: number): boolean => {
      const settled = { '9.2 stages.forced-ballot.pass': 'turnout' }
      const answer = amending({ electorates: { members: roll }, turnout: { kind: 'returned', count: 3_380 }, settled })
      return thresholds(answer, 'amend', 'forced-ballot').some((t) => (t.needs[0]?.count ?? 0) + t.against === 3_380)
    }
    expect(carried(11_266)).toBe(true)
    expect(carried(11_267)).toBe(false)
  })
})

describe('the shortest coups of the text, with 23 of 28 seats filled and no unions', () => {
  const byPurge = { attestors: 'unwilling', turnout: allAgainst } as const

  it('12 people if all 23 attend: they expel their opponents and are then unanimous', () => {
    const answer = amending({ ...byPurge, attendance: 'all' })
    const path = purge(answer)
    expect(path).toMatchObject({ people: 12, elapsedMs: 0, warningMs: 0, replay: { kind: 'permitted' } })
    expect(path?.assumes).toContainEqual({ kind: 'seat-ends-with-membership', body: 'ncg', clause: '8.1@1' })
    expect(answer).toMatchObject({ exact: true, least: { people: 12 } })
  })

  it('5 at an attendance of 9, as in October 2019', () => {
    const answer = amending({ ...byPurge, attendance: { ncg: 9 } })
    expect(purge(answer)?.people).toBe(5)
    expect(answer).toMatchObject({ exact: true, least: { people: 5 } })
  })

  it('15 under a quorum of more than half of 28, or 10 under one of a third: those who are left must be a quorum', () => {
    const quorum = (words: string) => amending({ ...byPurge, attendance: 'bare quorum', settled: { '8.1 quorum': words } })
    expect(purge(quorum('present more than 1/2 of seats'))?.people).toBe(15)
    expect(purge(quorum('present at least 1/3 of seats'))?.people).toBe(10)
  })

  it('12 and an adviser by legal advice; none where nobody advises', () => {
    const legal = (attestors: 'willing' | 'unwilling') =>
      amending({ attestors, attendance: 'all', turnout: allAgainst }).routes.find((r) => r.procedure === 'amend-legal')?.direct ??
      null
    expect(legal('willing')).toMatchObject({ people: 12, replay: { kind: 'permitted' } })
    expect(legal('willing')?.assumes).toContainEqual({ kind: 'attested', what: 'legal-advice', by: [], clause: '9.4@1' })
    expect(legal('unwilling')).toBeNull()
  })

  it('23 by direct unanimity, which cannot be met when "all" means 28 seats', () => {
    const direct = (reading: string) =>
      amending({ attendance: 'all', settled: { '9.3 stages.consider.pass': reading } }).routes.find(
        (r) => r.procedure === 'amend-unanimous',
      )?.direct ?? null
    expect(direct('filled')).toMatchObject({ people: 23, replay: { kind: 'permitted' } })
    expect(direct('established')).toBeNull()
  })

  it('says which readings and unknowns each figure rests on', () => {
    const path = purge(amending({ ...byPurge, attendance: 'all' }))
    expect(path?.taken).toContainEqual({ clause: '9.3@1', field: 'stages.consider.pass', value: 'filled', because: 'reading' })
    expect(path?.taken).toContainEqual({
      clause: '8.1@1',
      field: 'quorum',
      value: 'present at least 1 seats',
      because: 'unknown',
    })
  })
})
