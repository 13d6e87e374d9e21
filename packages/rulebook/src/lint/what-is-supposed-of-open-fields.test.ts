import { describe, expect, it } from 'vitest'
import { movementOf } from '../../test/attempts.ts'
import { openBlocks } from '../../test/open-blocks.ts'
import { writeRule, type Rule } from '../language/model.ts'
import { supposedRules } from './supposed.ts'

// What the linter supposes where a text leaves a field open, so that it can judge the rest of the clause: of a procedure the stage alone is shown here.

const shown = (rule: Rule): unknown => {
  const { kind: _kind, id: _id, ...rest } = writeRule(rule) as Readonly<Record<string, unknown>>
  if (rule.kind !== 'procedure') return rest
  const { propose: _propose, enact: _enact, ...own } = rest['stages'] as Readonly<Record<string, unknown>>
  return own
}
const supposed: Readonly<Record<keyof typeof openBlocks, readonly unknown[]>> = {
  signatures: [{ support: { signers: 'electorate members', need: 'at least 1 people', window: '1 year', lapsed: 'count' } }],
  'a check': [],
  'a body that considers': [{ consider: { body: 'unknown', within: '1 year', timeout: 'fallen' } }],
  notice: [{ notify: { to: 'electorate members', clear: '1 year' } }],
  'a roll': [{ freeze: { electorate: 'unknown', at: 'unknown' } }],
  'a ballot': [
    {
      ballot: {
        roll: 'freeze',
        secret: 'yes',
        method: 'yes-no',
        timetable: { by: 'unknown', within: '1 year', timeout: 'opens at 12:00 on the 8th day' },
        pass: ['yes more than 1/2 of for-and-against'],
        tie: 'falls',
        period: '1 year',
      },
    },
  ],
  'a certificate': [{ certify: { by: 'unknown', within: '3 days', timeout: 'certified' } }],
  'a challenge': [
    {
      challenge: {
        by: 'electorate members',
        to: 'unknown',
        within: '3 days',
        grounds: ['unknown', 'count'],
        'decide-within': '1 year',
        timeout: 'dismissed',
        stay: 'yes',
      },
    },
  ],
  'a quorum': [
    {
      seats: [{ id: 'ordinary', count: '12', by: 'election of members' }],
      quorum: 'yes more than 1/2 of for-and-against',
      decides: { pass: ['yes more than 1/2 of for-and-against'], tie: 'falls' },
    },
  ],
  'how a body decides': [
    {
      seats: [{ id: 'ordinary', count: '12', by: 'election of members' }],
      quorum: 'present at least 1/2 of seats',
      decides: { pass: ['yes more than 1/2 of for-and-against'], tie: 'falls' },
    },
  ],
  'when a body meets': [
    {
      seats: [{ id: 'ordinary', count: '12', by: 'election of members' }],
      quorum: 'present at least 1/2 of seats',
      decides: { pass: ['yes more than 1/2 of for-and-against'], tie: 'falls' },
      meets: { notice: '1 year', by: 'unknown', every: 'on case' },
    },
  ],
  'how many seats': [
    {
      seats: [{ id: 'a', by: 'election of members' }],
      quorum: 'present at least 1/2 of seats',
      decides: { pass: ['yes more than 1/2 of for-and-against'], tie: 'falls' },
    },
  ],
  'an office': [
    { holders: '12', filled: 'appointed by board', term: '1 year', removed: 'unknown by more than 1/2 of for-and-against' },
  ],
  'an electorate': [{ who: 'electorate unknown', 'cut-off': 'notice', 'late-evidence': 'none' }],
  service: [{ channels: ['email'], 'deemed-received': {}, 'sound-when': 'at least 1 people' }],
  'an appeal': [
    { to: 'unknown sitting anew', disjoint: 'yes', within: '1 year', 'decide-within': '2 days', timeout: 'dismissed' },
  ],
  'a sum': [{ act: 'spend', holder: ['board'], limits: { 'up-to': '1 people' } }],
  'all limits': [{ act: 'spend', holder: ['board'] }],
  'a fact': [{ 'attested-by': ['unknown'], evidence: 'statement', expires: 'never' }],
  'two readings of two fields': [
    { support: { signers: 'electorate members', need: 'at least 5 people', window: '3 days', lapsed: 'count' } },
  ],
  'a ratified reading, and one that is unknown': [
    { support: { signers: 'electorate members', need: 'at least 9 people', window: '3 days', lapsed: 'count' } },
  ],
}

describe('the linter supposes of', () => {
  it.each(Object.keys(supposed) as readonly (keyof typeof openBlocks)[])('%s', (name) => {
    expect(supposedRules(movementOf(openBlocks[name])).map(({ rule }) => shown(rule))).toEqual(supposed[name])
  })

  it('nothing where nothing is open', () => {
    expect(supposedRules(movementOf())).toEqual([])
  })
})
