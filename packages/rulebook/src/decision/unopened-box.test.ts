import { describe, expect, it } from 'vitest'
import { codes, kinds } from '../../test/lantern.ts'
import { ballotAndEnd, boxOf, castBy, endOf, rulebookWith, text, told, untilOpen, type Told } from '../../test/procedures.ts'
import { fewestOpened } from '../index.ts'

/** A motion in whose ballot so many have voted, at the end of voting. */
function voted(many: number, secret = 'yes'): Told {
  const t = told(
    rulebookWith('resolve', [
      'propose: {by: electorate members}',
      ...ballotAndEnd('resolve').map((stage) => stage.replace('secret: yes', `secret: ${secret}`)),
    ]),
  )
  t.member(1, text('resolve'))
  untilOpen(t, 100)
  if (many > 0) castBy(t, 1, many)
  t.to(boxOf(t).closesAt ?? t.now())
  return t
}
const declared = (t: Told, cast: number) => t.by(0, 'rule', { kind: 'declare' }, t.state('unopened', { cast }))

describe('a secret ballot in which too few voted to be opened', () => {
  it('has fallen, with nothing said of how they voted', () => {
    for (const many of [0, 2, fewestOpened - 1]) {
      const t = voted(many)
      expect(kinds(declared(t, many))).toEqual(['closed', 'declared', 'ended'])
      expect(boxOf(t).result).toMatchObject({ outcome: 'fallen', tally: { for: 0, against: 0, blank: 0, cast: many } })
      expect(endOf(t)).toBe('fallen')
    }
  })

  it('is opened once there are votes enough, and counts nobody who did not vote', () => {
    expect(codes(declared(voted(fewestOpened), fewestOpened))).toEqual(['missing-fact'])
    expect(codes(declared(voted(3), 4))).toEqual(['missing-fact'])
  })

  it('is not left unopened before it has closed, nor by anybody but the rule', () => {
    const t = told(rulebookWith('resolve', ['propose: {by: electorate members}', ...ballotAndEnd('resolve')]))
    t.member(1, text('resolve'))
    untilOpen(t, 100)
    castBy(t, 1, 2)
    expect(codes(declared(t, 2))).toEqual(['too-early'])
    t.to(boxOf(t).closesAt ?? t.now())
    expect(codes(t.by(1, 'electorate members', { kind: 'declare' }, t.state('unopened', { cast: 2 })))).not.toEqual([])
  })

  it('is a thing of secret ballots alone', () => {
    expect(codes(declared(voted(2, 'no'), 2))).toEqual(['missing-fact'])
  })
})
