import { describe, expect, it } from 'vitest'
import { at, edition, lantern, lanternText, parsed } from '../../test/lantern.ts'
import { analyse, cheapestFacts, parseRulebook, watchfulFacts, type AnalyseFacts, type Analysis } from '../index.ts'

const tonight = at('2026-11-21 19:40')
const sizes = { electorates: { members: 1180, 'group-secretaries': 14, 'founding-roll': 1180 } }
const cheap: AnalyseFacts = { ...cheapestFacts(tonight), ...sizes }
const watchful: AnalyseFacts = { ...watchfulFacts(tonight), ...sizes }

const answerFor = (analysis: Analysis, power: string, tier: string | null = null) => {
  const found = analysis.powers.find((p) => p.power === power && p.tier === tier)
  if (found === undefined) throw new Error(`no answer for ${power}`)
  return found
}
const directly = (analysis: Analysis, power: string, tier: string | null = null) =>
  answerFor(analysis, power, tier).routes[0]?.direct ?? null

describe('the shortest way through a procedure', () => {
  it('asks of an amendment in Lantern 60 signatures, 14 clear days, and 2/3 of the votes at 15% of 1,180', () => {
    const path = directly(analyse(lantern, cheap), 'amend-rulebook', 'constitution')
    // 177 must take part: 118 for and 59 against is two thirds, and fewer than 118 cannot be.
    expect(path).toMatchObject({ people: 118, replay: { kind: 'permitted' } })
    expect(path?.steps.find((s) => s.act.kind === 'stage' && s.act.do === 'ballot')?.votes).toEqual({
      for: 118,
      against: 59,
      of: 1180,
    })
    expect(path?.steps.at(-1)?.endsAt).toBe(at('2026-12-20 00:00'))
  })

  it('needs two thirds of everyone where everyone votes', () => {
    expect(directly(analyse(lantern, watchful), 'amend-rulebook', 'constitution')).toMatchObject({
      people: 787,
      replay: { kind: 'permitted' },
    })
  })

  it('lets a committee of 12 spend by 7 if all come, and by 4 at its bare quorum of 7', () => {
    expect(directly(analyse(lantern, watchful), 'spend')?.people).toBe(7)
    expect(directly(analyse(lantern, cheap), 'spend')?.people).toBe(4)
  })

  it('reckons a panel drawn by lot as it falls: 3 of the 5 who sit, or 10 of 12 to be sure of 3', () => {
    expect(directly(analyse(lantern, cheap), 'suspend')?.people).toBe(3)
    expect(directly(analyse(lantern, { ...cheap, lots: 'worst' }), 'suspend')?.people).toBe(10)
  })
})

describe('what is done first to make the rest easy', () => {
  it('finds that a panel which suspends opponents before the roll is drawn needs only the 60 who sign', () => {
    const answer = answerFor(analyse(lantern, cheap), 'amend-rulebook', 'constitution')
    expect(answer.front.map((p) => p.people)).toEqual([60, 118])
    expect(answer.front[0]?.steps.map((s) => s.purpose.kind)).toContain('shrink')
    expect(answer.front[0]?.stoppers.map((s) => s.how)).toContain('appeal')
    expect(answer).toMatchObject({ exact: true, least: { people: 60 } })
  })

  it('does without where nobody attests that a ground is met', () => {
    const answer = answerFor(analyse(lantern, { ...cheap, attestors: 'unwilling' }), 'amend-rulebook', 'constitution')
    expect(answer.front.map((p) => p.people)).toEqual([118])
  })
})

describe('what the text leaves open', () => {
  const open = (text: string): Analysis => {
    const read = parseRulebook(text, edition(1))
    if (read.kind === 'fail') throw new Error(JSON.stringify(read.error))
    return analyse(read.value, cheap)
  }
  const readings = '{readings: {few: at least 20 people, many: at least 300 people}}'

  it('takes the reading that is cheapest to an attempt, and says so', () => {
    const analysis = open(lanternText.replace('need: at least 60 people', `need: ${readings}`))
    const answer = answerFor(analysis, 'amend-rulebook', 'ordinary')
    expect(answer.front[0]?.people).toBe(20)
    expect(answer.front[0]?.taken).toContainEqual({
      clause: '4.2@1',
      field: 'stages.support.need',
      value: 'few',
      because: 'reading',
    })
    expect(answer.routes[0]?.thresholds.filter((t) => t.stage === 'support').map((t) => t.needs[0]?.count)).toEqual([20, 300])
  })

  it('follows a reading that is settled by hand', () => {
    const read = parsed(lanternText.replace('need: at least 60 people', `need: ${readings}`))
    const settled = { '4.2 stages.support.need': 'many' }
    expect(directly(analyse(read, { ...cheap, settled }), 'amend-rulebook', 'ordinary')?.people).toBe(300)
  })

  it('takes for an unknown field what is cheapest, and says what', () => {
    const analysis = open(lanternText.replace('quorum: present more than 1/2 of seats\nadjourn', 'quorum: unknown\nadjourn'))
    // Four call the meeting; if nobody else comes, one of them is enough for the vote.
    expect(directly(analysis, 'spend')).toMatchObject({
      people: 4,
      steps: [{ needs: [{ count: 4 }] }, { votes: { for: 1, against: 0 } }],
    })
    expect(directly(analysis, 'spend')?.taken).toMatchObject([{ clause: '3.1@1', field: 'quorum', because: 'unknown' }])
  })
})
