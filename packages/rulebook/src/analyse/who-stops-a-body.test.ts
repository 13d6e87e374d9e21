import { describe, expect, it } from 'vitest'
import { ballotStage, began, days, direct, facts, movementOf, through } from '../../test/attempts.ts'
import { later } from '../../test/lantern.ts'
import type { AnalyseFacts, Path, Stopper } from '../index.ts'

// Who outside an attempt can stop a path, how, how many of them, under which clause and until when; nobody where it cannot be stopped.

const stopped = (path: Path | null): readonly string[] =>
  (path?.stoppers ?? []).map(
    ({ how, who, count, decidedBy, clause, until, step }: Stopper) =>
      `${how} ${count} ${who.pool} ${who.id}${decidedBy === null ? '' : ` to ${decidedBy}`} ${clause} ${until === null ? 'always' : (until - began) / days} @${step}`,
  )
const propose = 'propose: {by: electorate members}'
const nine = { attendance: { board: 9 } } as const

describe('a power of a body’s own', () => {
  const spend = (more: string, given: Partial<AnalyseFacts> = nine) =>
    stopped(direct(movementOf(`kind: power\nact: spend\nholder: board${more}`), 'spend', facts(given)))

  it('is stopped by those of the body who stayed at home, by its own rule or by the one of the grant', () => {
    // Five carry it against four; the fifth against makes it a tie, and of twelve seven may come.
    expect(spend('')).toEqual(['vote-in-body 5 seat board 6@1 0 @0', 'deny-quorum 7 seat board 6@1 0 @0'])
    expect(spend('\npass: [yes at least 2/3 of for-and-against]')).toEqual(['vote-in-body 4 seat board 6@1 0 @0'])
    expect(spend('', {})).toEqual([])
  })

  it('is stopped by an appeal where the grant has one', () => {
    expect(spend('\nappeal: appeal', {})).toEqual(['appeal 1 elector members to panel 9@1 14 @0'])
    const officer = movementOf('kind: power\nact: spend\nholder: officer\nappeal: appeal')
    expect(stopped(direct(officer, 'spend'))).toEqual(['appeal 1 elector members to panel 9@1 14 @0'])
    expect(stopped(direct(movementOf('kind: power\nact: spend\nholder: officer'), 'spend'))).toEqual([])
  })

  it('is stopped by an order at any time where the rules let courts stay or quash', () => {
    const orders = (may: string) =>
      stopped(
        direct(
          movementOf(
            'kind: power\nact: spend\nholder: officer',
            `kind: order\nfrom: [court, regulator]\nrecorded-by: any officer\nevidence: document\nmay: [${may}]`,
          ),
          'spend',
        ),
      )
    const both = ['order 1 court court 11@1 always @0', 'order 1 court regulator 11@1 always @0']
    expect(orders('stay')).toEqual(both)
    expect(orders('quash')).toEqual(both)
    expect(orders('restore, direct')).toEqual([])
  })
})

describe('a body in a procedure', () => {
  const consider = (more: string, given: Partial<AnalyseFacts> = nine) =>
    stopped(
      direct(
        through(
          propose,
          `consider: {body: board, within: 2 days, timeout: fallen${more}}`,
          'enact: {effect: adopt-policy, at: end of consider}',
        ),
        'adopt-policy',
        facts(given),
      ),
    )

  it('is stopped by its own members and by an appeal against what it agreed', () => {
    expect(consider('')).toEqual(['vote-in-body 5 seat board 6@1 0 @1', 'deny-quorum 7 seat board 6@1 0 @1'])
    expect(consider(', pass: [yes at least 2/3 of for-and-against]')).toEqual(['vote-in-body 4 seat board 6@1 0 @1'])
    expect(consider(', appeal: appeal', {})).toEqual(['appeal 1 elector members to panel 9@1 14 @1'])
  })

  it('one that proposes by its vote is stopped like any other', () => {
    const byBoard = through('propose: {by: board}', 'delay: {lasts: 1 day}', 'enact: {effect: adopt-policy, at: end of delay}')
    expect(stopped(direct(byBoard, 'adopt-policy', facts(nine)))).toEqual([
      'vote-in-body 5 seat board 6@1 0 @0',
      'deny-quorum 7 seat board 6@1 0 @0',
    ])
  })

  it('a meeting is stopped by its members, with the pass of its stage', () => {
    const meeting =
      'assembly: {do: meeting, body: board, within: 9 days, pass: [yes at least 2/3 of for-and-against], tie: falls, timeout: fallen}'
    const path = direct(
      through(propose, meeting, 'enact: {effect: adopt-policy, at: end of assembly}'),
      'adopt-policy',
      facts(nine),
    )
    expect(stopped(path)).toEqual(['vote-in-body 4 seat board 6@1 0 @1'])
  })
})

describe('a ballot', () => {
  it('is stopped by as many more against as turn it, until it closes, and by those whose turnout it needs', () => {
    const path = (pass: string) =>
      direct(
        through(
          propose,
          'freeze: {electorate: members, at: propose}',
          ballotStage({ pass }),
          'enact: {effect: adopt-policy, at: end of ballot}',
        ),
        'adopt-policy',
        facts({ turnout: { kind: 'range', from: 10, to: 20 } }),
      )
    expect(stopped(path('yes more than 1/2 of for-and-against'))).toEqual(['vote-against 11 elector members 11@1 5 @2'])
    expect(stopped(path('yes more than 1/2 of for-and-against, turnout at least 31% of roll'))).toEqual([
      'vote-against 16 elector members 11@1 5 @2',
      'deny-turnout 70 elector members 11@1 5 @2',
    ])
    expect(path('yes more than 1/2 of for-and-against')?.stoppers[0]?.until).toBe(later(began, 5 * days))
  })
})
