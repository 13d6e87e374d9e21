import type { Choice } from '@quorate/ballots'
import type { Fact } from '@quorate/rulebook'
import { bodyOf } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { fact, perform, type Log } from '../testing/log.ts'
import { decision, dossierFor, nodeModExp, rules, wholeDecision, type Twist } from '../testing/whole-decision.ts'
import { dossierText, lotCarries, verify } from './index.ts'

// Whoever runs the box holds the log's key, and declares what they like: what the rules accept must still follow from what was opened.

/** What the verifier says: the verdict, or the check, the code and what it found. */
function said({ entries, documents }: Log): readonly unknown[] {
  const { fault, verdict } = verify(dossierText(dossierFor({ entries: [...entries], documents })), { modexp: nodeModExp })
  return fault === null ? [verdict] : [fault.check, fault.code, fault.found]
}
const told = (twist: Twist): Log => wholeDecision('Ed25519', twist).log
/** A decision up to the end of voting, then declared by these facts. */
function declared(twist: Twist, facts: (to: Log) => readonly Fact[]): Log {
  const to = told({ ...twist, until: 'closed' })
  perform(to, { by: 'rule', as: 'rule', body: { kind: 'declare' }, facts: facts(to), decision })
  return to
}
const tally = (to: Log, inFavour: number, against: number, blank = 0): Fact => {
  const valid = inFavour + against + blank
  return fact(to.now, 'tally', null, { for: inFavour, against, blank, cast: valid, valid }, 'tally')
}
const unopened = (to: Log, cast: number, of: string | null = null): Fact => fact(to.now, 'unopened', of, { cast }, 'tally')

describe('a box that was never opened', { timeout: 60_000 }, () => {
  const few: Twist = { appeal: { voter: 2, stays: false } }

  test('falls where too few voted', () => {
    expect(said(declared(few, (to) => [unopened(to, 4)]))).toEqual(['holds'])
  })

  test('gives no other result, whatever is beside it said to be unopened', () => {
    const missing = ['rules', 'evidence-missing', 'none']
    expect(said(declared({}, (to) => [unopened(to, 5, 'x'), tally(to, 5, 0)]))).toEqual(missing)
    expect(said(declared({}, (to) => [tally(to, 5, 0), unopened(to, 5, 'x')]))).toEqual(missing)
    // The rules take such a box for unopened: a tally beside it is still one that nothing shows.
    expect(said(declared(few, (to) => [unopened(to, 4), tally(to, 4, 0)]))).toEqual(missing)
  })

  test('is not one that the trustees have opened', () => {
    const votes = [0, 1, 2, 3].map((who): readonly [number, Choice] => [who, [1, 0]])
    const found = said(told({ votes, declaredBy: (to) => [unopened(to, 4)] }))
    expect(found.slice(0, 2)).toEqual(['rules', 'entry-uncited'])
    const both = said(told({ votes, declaredBy: (to) => [unopened(to, 4), tally(to, 4, 0)] }))
    expect(both).toEqual(['rules', 'fact-differs', '"opened"'])
  })
})

describe('a level vote', { timeout: 120_000 }, () => {
  const majority = (tie: string): string =>
    rules.replace(
      'yes at least 2/3 of for-and-against, turnout at least 15% of roll], tie: falls',
      `yes more than 1/2 of for-and-against, turnout at least 15% of roll], tie: ${tie}`,
    )
  const [yes, no]: readonly [Choice, Choice] = [
    [1, 0],
    [0, 1],
  ]
  /** Three against three. Who votes first decides, with all the rest, what the lot is. */
  const level = (tie: string, first: number, facts: NonNullable<Twist['declaredBy']>): Log =>
    told({
      rules: majority(tie),
      votes: [0, 1, 2, 3, 4, 5].map((i) => [(first + i) % 6, i % 2 === 0 ? no : yes] as const),
      declaredBy: (to, row, lot) => [tally(to, row[0] ?? 0, row[1] ?? 0), ...facts(to, row, lot)],
    })
  const drawn = (to: Log, value: boolean, source: Fact['source'] = 'tally'): Fact => fact(to.now, 'lot', null, value, source)
  const byLot = (first: number) => level('lot in public', first, (to, _, lot) => [drawn(to, lotCarries(lot))])
  const outcomeOf = ({ entries }: Log): string | undefined =>
    entries.flatMap((entry) => (bodyOf(entry, 'act')?.events ?? []).flatMap((e) => (e.kind === 'declared' ? [e.outcome] : [])))[0]
  test('is what the lot of the openings makes of it, and holds either way', () => {
    const seen = new Set<unknown>()
    for (const first of [0, 1, 2, 3, 4, 5]) {
      if (seen.size === 2) break
      const log = byLot(first)
      expect(said(log)).toEqual(['holds'])
      seen.add(outcomeOf(log))
    }
    expect(seen).toEqual(new Set(['carried', 'fallen']))
  })

  test('is no other by a lot that somebody attests, nor by a second one', () => {
    const other = (source: Fact['source']) => level('lot in public', 0, (to, _, lot) => [drawn(to, !lotCarries(lot), source)])
    for (const source of ['tally', 'attestation'] as const)
      expect(said(other(source)).slice(0, 2)).toEqual(['result', 'lot-differs'])
    const two = level('lot in public', 0, (to, _, lot) => [
      drawn(to, lotCarries(lot)),
      drawn(to, !lotCarries(lot), 'attestation'),
    ])
    expect(said(two)).toEqual(['rules', 'lot-differs', '2'])
  })

  test('is carried or not by a casting vote, or by the rule itself', () => {
    const cast = (carries: boolean): Log =>
      level('casting vote', 0, (to) => [fact(to.now, 'casting-vote', null, carries, 'attestation')])
    const logs = [cast(true), cast(false), level('carried', 0, () => []), level('falls', 0, () => [])]
    expect(logs.map(outcomeOf)).toEqual(['carried', 'fallen', 'carried', 'fallen'])
    for (const log of logs) expect(said(log)).toEqual(['holds'])
  })
})

describe('a ballot that may be blank', { timeout: 60_000 }, () => {
  // Three blank, one for, two against.
  const places: readonly Choice[] = [
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 1],
  ]
  const votes = places.map((choice, who) => [who, choice] as const)
  const blank = (facts: (to: Log, row: readonly number[]) => readonly Fact[]): Log =>
    told({ votes, mayBeBlank: true, declaredBy: facts })

  test('is declared by its answers', () => {
    expect(said(blank((to, [none = 0, yes = 0, no = 0]) => [tally(to, yes, no, none)]))).toEqual(['holds'])
  })

  test('is not read by another place because something is called a count', () => {
    const read = (to: Log, [none = 0, yes = 0, no = 0]: readonly number[]): Fact => tally(to, none, yes, no)
    const differs = ['result', 'result-differs', 'declared: 3 for, 1 against, 2 blank, 6 cast']
    expect(said(blank((to, row) => [read(to, row)]))).toEqual(differs)
    expect(said(blank((to, row) => [read(to, row), fact(to.now, 'count', 'x', { cast: 6 }, 'tally')]))).toEqual(differs)
  })
})
