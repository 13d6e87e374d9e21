import { describe, expect, it } from 'vitest'
import { day, editionsOf, later, person } from '../../test/lantern.ts'
import { ballotAndEnd, monday, rulebookWith, text, type Told, told, untilOpen } from '../../test/procedures.ts'
import { ballotAsked, fingerprintOf, type DecisionId } from '../index.ts'

/** An election by a rule that counts so many seats, or says nothing of them. */
const election = (counting: string) =>
  rulebookWith('endorse', [
    'propose: {by: electorate members}',
    'nominate: {candidates: every eligible person who asks, window: 5 days, statement: none, withdraw: until close, uncontested: ballot with none-of-these}',
    ...ballotAndEnd('endorse', ', options: candidates, none-of-these: yes').map((stage) =>
      stage
        .replace('method: yes-no', `method: choose-k${counting}`)
        .replace('yes more than 1/2 of for-and-against', 'winner beats none-of-these'),
    ),
  ])
const fieldOf = (t: Told) => t.story.state().decisions[1]?.stages['nominate']?.field?.places

describe('how many places an election fills', () => {
  it.each([
    ['the rule counts three and seven are stated', ', counting: {seats: 3, choices: 3}', 7, 3],
    ['the rule counts three and nothing is stated', ', counting: {seats: 3, choices: 3}', null, 3],
    ['the rule leaves it open and two are stated', ', counting: {choices: 3}', 2, 2],
  ] as const)('%s', (_, counting, stated, places) => {
    const editions = editionsOf(election(counting))
    const t = told(editions)
    t.member(1, text('endorse'), ...(stated === null ? [] : [t.state('places', stated, 'endorse')]))
    expect(fieldOf(t)).toBe(places)
    const standing = [11, 12, 13, 14]
    for (const who of standing) t.member(who, { kind: 'stand', statement: null }, t.state('may-stand', true, 'nominate'))
    t.to(later(monday, 5 * day))
    untilOpen(t, 100, { options: 4, list: fingerprintOf(standing.map((who) => person(who)).join('\n')) })
    // Our own number of the decision.
    expect(ballotAsked(editions, t.story.state(), 1 as DecisionId, t.now())?.places).toBe(places)
  })
})
