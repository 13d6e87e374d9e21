import { describe, expect, it } from 'vitest'
import { decision as numbered, editionsOf, lantern } from '../../test/lantern.ts'
import { standards, type DecisionState, type State } from '../index.ts'
import { unmarked } from '../state.ts'
import type { Instant } from '@quorate/kernel'

const decision = numbered(1)
const at = 1_790_000_000_000 as Instant
const counted = (inFavour: number, against: number, size = 1180): State => {
  const begun: DecisionState = {
    id: decision,
    power: 'amend-rulebook',
    procedure: 'amend',
    by: 'rule',
    document: '0'.repeat(64) as DecisionState['document'],
    changes: [],
    proposedAt: at,
    proposedUnder: 1 as DecisionState['proposedUnder'],
    noticedUnder: 1 as DecisionState['proposedUnder'],
    stages: {
      freeze: { ...unmarked, roll: { at, size, root: 'ab', electorate: 'members' } },
      ballot: {
        ...unmarked,
        box: {
          ...unmarked.box,
          result: {
            outcome: 'carried',
            at,
            tally: { for: inFavour, against, blank: 0, cast: inFavour + against },
          },
        },
      },
    },
    events: 0,
    ended: null,
  }
  return { decisions: { [decision]: begun }, recordedAt: at }
}

describe('what a ballot had to reach, as it is published', () => {
  it('gives the rule’s own share, its base, the exact number needed and what there was', () => {
    expect(standards(editionsOf(lantern), counted(214, 71), decision)).toEqual([
      {
        measure: 'yes',
        kind: 'at least',
        share: { numerator: 2, denominator: 3, percent: false },
        base: 'for-and-against',
        size: 285,
        needed: 190,
        actual: 214,
        holds: true,
      },
      {
        measure: 'turnout',
        kind: 'at least',
        share: { numerator: 15, denominator: 100, percent: true },
        base: 'roll',
        size: 1180,
        needed: 177,
        actual: 285,
        holds: true,
      },
    ])
  })

  it('rounds no line: one vote short of two thirds falls short, one voter short of the turnout too', () => {
    const [yes] = standards(editionsOf(lantern), counted(190, 96), decision)
    expect(yes).toMatchObject({ size: 286, needed: 191, actual: 190, holds: false })
    const [, turnout] = standards(editionsOf(lantern), counted(176, 0), decision)
    expect(turnout).toMatchObject({ needed: 177, actual: 176, holds: false })
  })

  it('says nothing before the count', () => {
    const state = counted(1, 1)
    const begun = state.decisions[decision]
    expect(begun).toBeDefined()
    const open = { ...state, decisions: { [decision]: { ...begun, stages: {} } as DecisionState } }
    expect(standards(editionsOf(lantern), open, decision)).toEqual([])
  })
})
