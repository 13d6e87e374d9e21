import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { at, lantern, parsed } from '../../test/lantern.ts'
import { analyse, cheapestFacts, factsInWords, story, watchfulFacts, type AnalyseFacts, type PowerAnswer } from '../index.ts'
import { votesToWin } from './elections.ts'

const from = at('2027-03-01 12:00')
type Text = { readonly seats: number; readonly method: string; readonly filled?: string; readonly holder?: string }
/** A committee that members elect, an officer, and a power that one of them holds. */
const text = ({ seats, method, filled = 'election of members', holder = 'committee' }: Text): string =>
  rulebookOf(
    'kind: class\nid: member\nof: person',
    'kind: electorate\nid: members\nwho: class member\ncut-off: notice\nlate-evidence: none',
    `kind: body
id: committee
seats: [{id: ordinary, count: ${seats}, by: election of members, method: ${method}}]
term: 1 years
quorum: present more than 1/2 of seats
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`,
    `kind: office\nid: treasurer\nholders: 1\nfilled: ${filled}\nterm: 2 years\nremoved: committee by at least 2/3 of seats`,
    `kind: power\nact: spend\nholder: ${holder}`,
  ).replaceAll('1 years', '1 year')
const spend = (of: Text, facts: AnalyseFacts): PowerAnswer | undefined =>
  analyse(parsed(text(of)), facts, { labels: 8 }).powers.find((p) => p.power === 'spend')
const facts = (members: number, ...without: readonly string[]): AnalyseFacts => ({
  ...watchfulFacts(from),
  electorates: { members },
  without,
  elections: 'open',
})

describe('an election that can be won', () => {
  it('members who have nobody on the committee elect it: more of them than all others, at the latest within its term', () => {
    const without = spend({ seats: 7, method: 'block-vote' }, facts(100, 'committee'))
    expect(without?.front.map((p) => [p.people, p.replay.kind])).toEqual([[51, 'permitted']])
    expect(without?.front[0]?.steps.map((s) => [s.act.kind, s.purpose.kind])).toEqual([
      ['win-election', 'win'],
      ['exercise', 'goal'],
    ])
    expect(without?.front[0]?.elapsedMs).toBe(at('2028-03-01 12:00') - from)
    // When the next election is, nobody knows: the time is a bound, the people are not.
    expect(without?.least).toEqual({ people: 51, elapsedMs: 0, warningMs: 0 })
    expect(without?.exact).toBe(false)
    // Asked what can be done without the committee altogether, nobody is elected to it.
    expect(spend({ seats: 7, method: 'block-vote' }, { ...facts(100, 'committee'), elections: 'closed' })?.front).toEqual([])
    // Whoever may sit there already needs no election.
    expect(spend({ seats: 7, method: 'block-vote' }, facts(100))?.front.map((p) => p.people)).toEqual([4])
  })

  it('where seats are shared out by the votes, a majority of the seats takes its share of the votes and one more', () => {
    // 4 of 7 seats: more than 4/8 of the votes; 3 of 4: more than 3/5.
    expect(spend({ seats: 7, method: 'scottish-stv' }, facts(100, 'committee'))?.front.map((p) => p.people)).toEqual([51])
    expect(spend({ seats: 4, method: 'scottish-stv' }, facts(100, 'committee'))?.front.map((p) => p.people)).toEqual([61])
  })

  it('costs what the others’ turnout makes it cost', () => {
    const few = { ...cheapestFacts(from), electorates: { members: 100 }, without: ['committee'], elections: 'open' } as const
    expect(spend({ seats: 3, method: 'block-vote' }, few)?.front.map((p) => p.people)).toEqual([2])
    const half = { ...few, turnout: { kind: 'returned', count: 40 } } as const
    expect(spend({ seats: 3, method: 'block-vote' }, half)?.front.map((p) => p.people)).toEqual([21])
  })

  it('an office that the attempt has not is captured: by its voters, or by the committee it has won', () => {
    const elected = spend({ seats: 7, method: 'block-vote', holder: 'treasurer' }, facts(100, 'treasurer'))
    expect(elected?.front.map((p) => [p.people, p.replay.kind])).toEqual([[51, 'permitted']])
    expect(elected?.front[0]?.steps[0]).toMatchObject({
      act: { kind: 'win-election', of: 'office' },
      purpose: { kind: 'capture' },
    })
    const appointed = { seats: 7, method: 'block-vote', holder: 'treasurer', filled: 'appointed by committee' }
    // The treasurer they appoint may be one of the four.
    expect(spend(appointed, facts(100, 'treasurer'))?.front.map((p) => p.people)).toEqual([4])
    const far = spend(appointed, facts(100, 'treasurer', 'committee'))
    expect(far?.front.map((p) => p.people)).toEqual([51])
    expect(far?.front[0]?.steps.map((s) => s.purpose.kind)).toEqual(['win', 'capture', 'goal'])
    expect(far?.front[0]?.steps[1]?.act).toEqual({ kind: 'exercise', power: 'appoint' })
    const chosen = { ...appointed, filled: 'election by committee from members' }
    const byThem = spend(chosen, facts(100, 'treasurer', 'committee'))
    expect(byThem?.front[0]?.steps[1]?.act).toEqual({ kind: 'exercise', power: 'elect' })
    expect(byThem?.front[0]?.assumes).toContainEqual({ kind: 'election-due', of: 'office', id: 'treasurer', clause: '5@1' })
    // Nobody fills by lot what an attempt could win.
    expect(spend({ ...appointed, filled: 'lot from members' }, facts(100, 'treasurer'))?.front).toEqual([])
  })

  it('a body nobody elects, and an electorate nobody has counted, are not won', () => {
    const alone = rulebookOf(
      'kind: class\nid: member\nof: person',
      'kind: body\nid: committee\nseats: [{id: o, count: 3}]\nquorum: present at least 1 seats\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}',
      'kind: power\nact: spend\nholder: committee',
    )
    expect(analyse(parsed(alone), facts(100, 'committee')).powers[0]?.front).toEqual([])
    const unknown = analyse(parsed(text({ seats: 3, method: 'block-vote' })), { ...facts(1, 'committee'), electorates: {} })
    expect(unknown.powers[0]?.front).toEqual([])
    expect(unknown.lacking).toMatchObject([{ kind: 'electorate-size', id: 'members' }])
  })

  it('is told in both languages', () => {
    const rulebook = parsed(text({ seats: 7, method: 'block-vote' }))
    const path = spend({ seats: 7, method: 'block-vote' }, facts(100, 'committee'))?.front[0]
    expect(path).toBeDefined()
    if (path === undefined) return
    expect(story(rulebook, path, 'en').steps[0]?.text).toBe(
      '51 members elect 4 people to the committee, by 1 March 2028, 12:00 at the latest: 51 for and 49 against, of 100. So people of the attempt sit on the committee.',
    )
    expect(story(rulebook, path, 'en').assumes).toContain(
      'The committee comes up for election within one term, and people of the attempt stand.',
    )
    expect(story(rulebook, path, 'cy').steps[0]?.text).toContain(
      'Ethol pobl yr ymgais (“committee”): 4, erbyn 1 Mawrth 2028, 12:00 fan bellaf.',
    )
    expect(story(rulebook, path, 'cy').assumes.join()).toContain('Cynhelir etholiad o fewn un tymor')
    expect(factsInWords(rulebook, facts(100, 'committee'), 'en')).toContain(
      'It may be elected where it has nobody, at the latest when a term is over.',
    )
    expect(factsInWords(rulebook, facts(100, 'committee'), 'cy').join(' ')).toContain('Gellir ethol pobl yr ymgais')
    expect(factsInWords(rulebook, { ...facts(100, 'committee'), elections: 'closed' }, 'en').join(' ')).not.toContain('elected')
    const captured = spend({ seats: 7, method: 'block-vote', holder: 'treasurer' }, facts(100, 'treasurer'))?.front[0]
    expect(captured === undefined ? '' : story(rulebook, captured, 'en').steps[0]?.text).toBe(
      '51 members elect the treasurer, by 1 March 2029, 12:00 at the latest: 51 for and 49 against, of 100. So the office of “treasurer” passes to a person of the attempt.',
    )
  })

  it('is one way more on Lantern past a committee one is not on, and none where the facts give the attempt people everywhere', () => {
    const of = (...without: readonly string[]): PowerAnswer | undefined =>
      analyse(lantern, { ...facts(1_180, ...without), bodies: { committee: { seated: 12 } } }, { labels: 8, only: ['spend'] })
        .powers[0]
    const won = of('committee')?.routes.map((r) => r.cheapest?.steps.map((s) => s.act.kind).includes('win-election'))
    expect(won).toEqual([true])
    expect(of()?.routes.map((r) => r.cheapest?.steps.map((s) => s.act.kind).includes('win-election'))).toEqual([false])
  })
})

describe('the fewest votes, by trying them all', () => {
  /** Whether so many voters can put so many of their own into so many seats: every split of the others’ votes is counted out. */
  const canWin = (own: number, others: number, wanted: number, seats: number, shared: boolean): boolean => {
    if (!shared) return own > others
    // Droop: those of the attempt hold `wanted` quotas when nobody else can fill the seats they need.
    for (let left = 0; left <= seats; left++) {
      const quota = (own + others) / (seats + 1)
      const mine = Array.from({ length: seats }, (_, i) => (i + 1) * quota < own).filter(Boolean).length
      if (mine >= wanted) return true
    }
    return false
  }
  it('agrees with the formula on small elections, all others against', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (roll, seats, wanted, shared) => {
          const least = Array.from({ length: roll }, (_, i) => i + 1).find(
            (own) => wanted <= seats && canWin(own, roll - own, wanted, seats, shared),
          )
          const found = votesToWin(
            { wanted, seats, roll, method: shared ? 'scottish-stv' : 'block-vote' },
            { turnout: { kind: 'all against' } },
          )
          expect(found?.own ?? null).toBe(least ?? null)
        },
      ),
      { numRuns: 300 },
    )
  })
})
