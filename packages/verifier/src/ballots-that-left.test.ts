import { verifyElection } from '@quorate/ballots'
import { bodyOf, type Entry } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { withValue } from '../testing/log.ts'
import { dossierFor, nodeModExp, wholeDecision, type Twist, type World } from '../testing/whole-decision.ts'
import { dossierText, electionEvents, verify, type Verdict } from './index.ts'

const options = { modexp: nodeModExp }
const verdictOf = ({ log: { entries, documents } }: World, own: readonly Entry[] = entries): Verdict =>
  verify(dossierText(dossierFor({ entries: [...own], documents })), options)
const detailOf = (verdict: Verdict, name: string): unknown => {
  const check = verdict.checks.find((each) => each.name === name)
  return check?.state === 'passed' ? check.detail.map((each) => each.count) : check
}
const appeal = (own: NonNullable<Twist['appeal']>): World => wholeDecision('Ed25519', { appeal: own })

describe('a voter whose place on the roll was under appeal', { timeout: 60_000 }, () => {
  const lost = appeal({ voter: 2, stays: false })

  test('who loses before the count leaves the box: the honest log holds with one ballot less', () => {
    const verdict = verdictOf(lost)
    expect(verdict).toMatchObject({ verdict: 'holds', fault: null })
    expect(detailOf(verdict, 'ballots')).toEqual([6, 5])
    expect(detailOf(verdict, 'tally')).toEqual([4])
    // Voters 0, 1 and 3 in favour, 4 against; 2 has gone.
    expect(detailOf(verdict, 'count')).toEqual([3, 1, 4, 3, 1])
  })

  test('who loses and is counted all the same: the sum is not the box’s', () => {
    // An honest sum over all, by a decision in which nobody appealed, with the numbers of that sum.
    const closed = bodyOf(
      wholeDecision('Ed25519', { until: 'closed' }).log.entries.find(({ type }) => type === 'box-closed') as Entry,
      'box-closed',
    )
    const at = lost.log.entries.findIndex(({ type }) => type === 'box-closed')
    const own = lost.log.entries.with(
      at,
      ['counted', 'weight', 'tally'].reduce(
        (entry, field) => withValue(entry, `/body/${field}`, () => (closed as never)[field]),
        lost.log.entries[at] as Entry,
      ),
    )
    expect(verdictOf(lost, own).fault).toMatchObject({ check: 'rules', code: 'fact-differs' })
    const until = wholeDecision('Ed25519', { appeal: { voter: 2, stays: false }, until: 'closed' })
    expect(verdictOf(until, own.slice(0, at + 2)).fault).toMatchObject({
      check: 'tally',
      code: 'tally-differs',
      entry: at,
      expected: 'counted 4',
      found: '5',
    })
  })

  test('who voted twice leaves with both ballots', () => {
    const verdict = verdictOf(appeal({ voter: 1, stays: false }))
    expect(verdict.fault).toBeNull()
    expect([detailOf(verdict, 'ballots'), detailOf(verdict, 'tally')]).toEqual([[6, 5], [4]])
  })

  test('who wins stays', () => {
    const verdict = verdictOf(appeal({ voter: 2, stays: true }))
    expect(verdict.fault).toBeNull()
    expect(detailOf(verdict, 'tally')).toEqual([5])
  })

  test('who votes anew after leaving counts by that ballot, stated to follow the one that left', () => {
    const verdict = verdictOf(appeal({ voter: 2, stays: false, votesAgain: true }))
    expect(verdict.fault).toBeNull()
    expect([detailOf(verdict, 'ballots'), detailOf(verdict, 'tally')]).toEqual([[7, 5], [5]])
  })

  test.each([{ votesAgain: false }, { votesAgain: true }])('is in the archive as the count has it: %j', (again) => {
    const events = electionEvents(dossierFor(appeal({ voter: 1, stays: false, ...again }).log))
    if (events.kind === 'fail') throw new Error(events.error)
    expect(events.value.filter(({ type }) => type === 'Ballot')).toHaveLength(again.votesAgain ? 7 : 4)
    const verified = verifyElection(events.value, { companions: 'demanded', modexp: nodeModExp })
    expect(verified).toMatchObject({ kind: 'ok' })
  })
})
