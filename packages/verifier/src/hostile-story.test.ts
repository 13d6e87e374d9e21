import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, toHex, utf8, type Json } from '@quorate/kernel'
import { bodyOf, signCheckpoint, signerOf, type Entry, type EntryType } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { dossierFrom, log, origin, sha256Hex, stored, withValue } from '../testing/log.ts'
import { canonicalText } from '@quorate/rulebook'
import { decision, nodeModExp, person, rules, wholeDecision } from '../testing/whole-decision.ts'
import { dossierText, verify, type Dossier, type Verdict, type VerifyOptions } from './index.ts'

/**
 * An operator with a root shell on the database and the files, and with the log's own key. Against them: two members who downloaded a dossier
 * each, and three witnesses of whom two are awake. The operator changes one thing, signs again and serves the second member the new history.
 * The witnesses signed the first and sign no other.
 */
const { entries, documents } = wholeDecision('Ed25519').log
const three = [2, 3, 4].map((n) => signerOf(`witness${String(n)}.example`, 4, new Uint8Array(32).fill(n)))
const awake = three.slice(0, 2)
const anna = dossierText(dossierFrom(entries, { documents, decision, witnesses: awake }))

const options: VerifyOptions = {
  modexp: nodeModExp,
  logKey: log.key,
  witnesses: three.map(({ key }) => key),
  quorum: 2,
}
type Own = readonly (Entry | Uint8Array)[]
/** The dossier the operator gives to Ben: signed by the log, and by no witness who is honest. */
const forBen = (own: Own, also: Dossier['documents'] = {}): string =>
  dossierText(dossierFrom(own, { documents: { ...documents, ...also }, decision }))
const named = ({ fault }: Verdict): unknown => [fault?.check, fault?.code, fault?.entry]

const placeOf = (type: EntryType, n = 0): number =>
  entries.flatMap((e, i) => (e.type === type && e.decision === decision ? [i] : []))[n] ?? -1
const actOf = (kind: string): number => entries.findIndex((e) => e.decision === decision && bodyOf(e, 'act')?.act.kind === kind)
const changed = (index: number, paths: readonly string[], change: (old: Json) => Json): readonly Entry[] =>
  entries.with(
    index,
    paths.reduce((e, path) => withValue(e, path, change), entries[index] as Entry),
  )
const back = (old: Json): Json => Number(old) - 86_400_000
const forgedBallot = changed(placeOf('ballot', 2), ['/body/code'], () => 'CEDAR–4817–LARK')

/** What the operator does, the first entry that it touches, and what the verifier calls it without anybody's help. */
const deeds: readonly (readonly [name: string, own: readonly Entry[], first: number, alone: readonly [string, string]])[] = [
  ['deletes a ballot', entries.toSpliced(placeOf('ballot', 2), 2), placeOf('ballot', 2), ['rules', 'events-differ']],
  ['changes a ballot', forgedBallot, placeOf('ballot', 2), ['ballots', 'ballot-code-differs']],
  [
    'swaps a roll entry',
    changed(placeOf('roll'), ['/body/root'], () => sha256Hex('another roll')),
    placeOf('roll'),
    ['rules', 'fact-differs'],
  ],
  [
    'backdates a notice',
    changed(actOf('notify'), ['/body/act/occurredAt', '/body/events/0/occurredAt', '/body/events/0/receivedAt'], back),
    actOf('notify'),
    ['rules', 'instant-differs'],
  ],
  [
    'reopens a ballot',
    // One more ballot cast after the box was closed: the last one again, behind the end of voting.
    entries.toSpliced(
      placeOf('box-closed') + 1,
      0,
      ...entries
        .slice(placeOf('ballot', 5), placeOf('ballot', 5) + 2)
        .map((e) => ({ ...e, at: (entries[placeOf('box-closed')] as Entry).at })),
    ),
    placeOf('box-closed') + 1,
    ['rules', 'instant-differs'],
  ],
  [
    're-orders entries',
    entries.with(actOf('sign'), entries[actOf('sign') + 1] as Entry).with(actOf('sign') + 1, entries[actOf('sign')] as Entry),
    actOf('sign'),
    ['rules', 'events-differ'],
  ],
  [
    'changes a vote total',
    changed(placeOf('result'), ['/body/result'], () => '{"result":[[1,4]]}'),
    placeOf('result'),
    ['rules', 'fact-differs'],
  ],
  [
    'replaces the booth’s code',
    changed(placeOf('setup'), ['/body/booth'], () => sha256Hex('a booth that tells')),
    placeOf('setup'),
    ['booth', 'booth-differs'],
  ],
]

describe('an operator with a root shell and the log’s key', { timeout: 120_000 }, () => {
  test('who does nothing is told that all holds, with the keys, two witnesses of three, the copies and the booth', () => {
    const verdict = verify(anna, { ...options, copies: [anna], booth: sha256Hex('booth') })
    expect(verdict).toMatchObject({ verdict: 'holds', fault: null })
    const states = Object.fromEntries(verdict.checks.map(({ name, state }) => [name, state]))
    expect(states).toMatchObject({ key: 'passed', witnesses: 'passed', copies: 'passed', booth: 'passed' })
  })

  test.each(deeds)('who %s and signs again is named by what the record says', (_, own, first, [check, code]) => {
    const verdict = verify(forBen(own), { modexp: nodeModExp, booth: sha256Hex('booth') })
    expect([verdict.fault?.check, verdict.fault?.code]).toEqual([check, code])
    expect(verdict.fault?.entry).toBeGreaterThanOrEqual(first)
  })

  test.each(deeds)('who %s and signs again has too few witnesses', (_, own) => {
    expect(named(verify(forBen(own), options))).toEqual(['witnesses', 'too-few-witnesses', null])
  })

  test.each(deeds)('who %s and shows it to Ben alone has forked the log, at that very entry', (_, own, first) => {
    const { logKey, modexp } = { logKey: log.key, modexp: nodeModExp }
    const ben = verify(forBen(own), { logKey, modexp, copies: [anna] })
    expect(named(ben)).toEqual(['copies', 'split-view', first])
    // Either of the two sees it.
    expect(named(verify(anna, { ...options, copies: [forBen(own)] }))).toEqual(['copies', 'split-view', first])
  })

  test.each(deeds)('who %s in the stored entries, and cannot sign, is named by entry', (_, own, first) => {
    // The leaves are those the log had when it was signed: the database was changed underneath them.
    const signed = dossierFrom(entries, { documents, decision, witnesses: awake })
    const rows = stored(own).map(({ index, bytes }) => ({ index, bytes: new TextDecoder().decode(bytes) }))
    const verdict = verify(dossierText({ ...signed, entries: rows.slice(0, signed.leaves.length) }), options)
    expect(verdict.fault).toMatchObject({ check: 'log', code: 'entry-changed', entry: first })
  })

  test('who forks the log where no rule can tell is seen by two members, and by neither alone', () => {
    const role = entries.findIndex((e) => e.type === 'role')
    const own = changed(role, ['/body/holder'], () => sha256Hex('a friend'))
    const alone = verify(forBen(own), { modexp: nodeModExp, logKey: log.key })
    expect(alone.verdict).toBe('holds')
    expect(alone.checks.find(({ name }) => name === 'copies')).toMatchObject({ state: 'not-checked', why: 'no-other-copy' })
    expect(named(verify(forBen(own), { modexp: nodeModExp, copies: [anna] }))).toEqual(['copies', 'split-view', role])
  })

  test('who drops the last entries is seen by whoever noted an earlier checkpoint', () => {
    const noted = (JSON.parse(anna) as { readonly checkpoint: string }).checkpoint
    const shorter = forBen(entries.slice(0, -2))
    expect(verify(shorter, { modexp: nodeModExp, copies: [noted] }).checks.find(({ name }) => name === 'copies')?.state).toBe(
      'passed',
    )
    const rewritten = forBen(
      entries.with(
        -1,
        withValue(entries.at(-1) as Entry, '/body/act/by', () => person(9)),
      ),
    )
    expect(named(verify(rewritten, { modexp: nodeModExp, copies: [noted] }))).toEqual(['copies', 'split-view', null])
  })

  test('who signs with another key is told from the log', () => {
    const other = signerOf(origin, 1, new Uint8Array(32).fill(77))
    const honest = JSON.parse(anna) as { readonly [key: string]: Json }
    const root = sha256(utf8('x'))
    const note = signCheckpoint({ origin, size: 3, root, extensions: [] }, other)
    const forged = canonicalJson({ ...honest, checkpoint: note })
    expect(named(verify(anna, { ...options, copies: [forged] }))).toEqual(['copies', 'copy-unreadable', null])
    expect(named(verify(anna, { ...options, copies: [note] }))).toEqual(['copies', 'copy-unreadable', null])
    expect(named(verify(anna, { ...options, copies: ['hello'] }))).toEqual(['copies', 'copy-unreadable', null])
    expect(toHex(root)).toHaveLength(64)
  })

  test('who publishes with fewer witnesses than the rulebook asks for is named by its clause', () => {
    const more = '\n### 9.1 Witnesses\n```rule\nkind: record\nwitnesses: 2\n```\n'
    const world = wholeDecision('Ed25519', { rules: canonicalText(rules + more), until: 'proposed' }).log
    const from = (n: number): Verdict =>
      verify(dossierText(dossierFrom(world.entries, { documents: world.documents, decision, witnesses: three.slice(0, n) })))
    expect(from(2).verdict).toBe('holds')
    expect(from(1).fault).toMatchObject({
      check: 'witnesses',
      code: 'too-few-witnesses',
      clause: '9.1@1',
      expected: '2',
      found: '1',
    })
  })

  test('is not accused by a member who made up the leaves of a copy', () => {
    const copy = JSON.parse(anna) as { leaves: string[] }
    copy.leaves[5] = 'ab'.repeat(32)
    const verdict = verify(anna, { ...options, copies: [canonicalJson(copy)] })
    expect(verdict.verdict).toBe('holds')
  })
})
