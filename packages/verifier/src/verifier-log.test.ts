import { canonicalJson, instant, utf8, type Json } from '@quorate/kernel'
import { leafHash, signCheckpoint, signerOf, type Entry } from '@quorate/record'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decision, dossierFor, entries, log, origin, placeOf, sha256Hex, started, witnesses } from '../testing/sample-dossier.ts'
import { stored } from '../testing/log.ts'
import { dossierOf, dossierText, parseDossier, verify, type Dossier, type FaultCode, type Verdict } from './index.ts'

const honest = dossierFor(entries)
const source = dossierText(honest)
const changedEntry = (index: number, change: (entry: Entry) => Entry): readonly Entry[] =>
  entries.with(index, change(entries[index] as Entry))
const fault = (verdict: Verdict): readonly [string, FaultCode, number | null] | null =>
  verdict.fault === null ? null : [verdict.fault.check, verdict.fault.code, verdict.fault.entry]
const faultOf = (dossier: Dossier): ReturnType<typeof fault> => fault(verify(dossierText(dossier)))

describe('an honest dossier', () => {
  test('holds, and says what was not checked', () => {
    const verdict = verify(source)
    expect(verdict).toMatchObject({ verdict: 'holds', decision, origin, size: entries.length, fault: null })
    expect(verdict.checks.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'dossier: passed',
      'checkpoint: passed',
      'key: not-checked',
      'witnesses: passed',
      'log: passed',
      'copies: not-checked',
      'completeness: passed',
      'entries: passed',
      'documents: passed',
      'rules: passed',
      'register: not-checked',
      'words: passed',
      'notice: passed',
      'roll: passed',
      'setup: not-checked',
      'booth: not-checked',
      'registrar: not-checked',
      'ballots: not-checked',
      'tally: not-checked',
      'openings: not-checked',
      'result: not-checked',
      'count: not-checked',
    ])
    expect(verify(utf8(source))).toEqual(verdict)
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  test('holds against a key and witnesses the reader knows', () => {
    const options = { logKey: log.key, witnesses: witnesses.map((w) => w.key), quorum: 2 }
    expect(verify(source, options).checks.find((c) => c.name === 'key')?.state).toBe('passed')
    expect(fault(verify(source, { logKey: signerOf(origin, 1, new Uint8Array(32).fill(9)).key }))).toEqual([
      'key',
      'other-key',
      null,
    ])
    expect(fault(verify(source, { ...options, quorum: 3 }))).toEqual(['witnesses', 'too-few-witnesses', null])
    expect(fault(verify(source, { witnesses: [], quorum: 1 }))).toEqual(['witnesses', 'too-few-witnesses', null])
    expect(verify(dossierText(dossierFor(entries, { witnesses: [] }))).checks.find((c) => c.name === 'witnesses')).toMatchObject({
      state: 'not-checked',
      why: 'no-witness',
    })
  })

  test('is read back as it was written, and has one spelling', () => {
    expect(parseDossier(source)).toEqual({ kind: 'ok', value: honest })
    expect(faultOf({ ...honest, ...{ note: 'hello' } })).toEqual(['dossier', 'not-a-dossier', null])
    for (const [text, code] of [
      ['', 'not-json'],
      [` ${source}`, 'not-canonical'],
      [JSON.stringify(JSON.parse(source), null, 1), 'not-canonical'],
      ['{}', 'not-a-dossier'],
      ['[]', 'not-a-dossier'],
      ['null', 'not-a-dossier'],
      [source.replace('dossier/v1', 'dossier/v2'), 'not-a-dossier'],
    ] as const)
      expect(fault(verify(text))).toEqual(['dossier', code, null])
    expect(fault(verify(Uint8Array.of(0xff)))).toEqual(['dossier', 'not-utf-8', null])
  })

  test('reports progress', () => {
    const seen = new Set<string>()
    verify(source, { progress: ({ check, done, total }) => seen.add(`${check} ${String(done <= total)}`) })
    expect([...seen].toSorted()).toEqual(['documents true', 'entries true', 'log true', 'rules true', 'words true'])
  })
})

describe('a dossier with one thing changed', () => {
  test('names the entry, though every other is right', () => {
    for (const index of [0, 5, entries.length - 1]) {
      const entry = honest.entries[index] as Dossier['entries'][number]
      const changed = { ...entry, bytes: entry.bytes.replace('"at":17', '"at":16') }
      expect(faultOf({ ...honest, entries: honest.entries.with(index, changed) })).toEqual(['log', 'entry-changed', index])
    }
  })

  test('names the place when an entry is dropped, moved or doubled', () => {
    const { entries: own, leaves } = honest
    const without = { ...honest, entries: own.toSpliced(5, 1), leaves: leaves.toSpliced(5, 1) }
    expect(faultOf(without)).toEqual(['log', 'size-differs', null])
    const swapped = own.with(4, { index: 4, bytes: own[5]?.bytes ?? '' }).with(5, { index: 5, bytes: own[4]?.bytes ?? '' })
    expect(faultOf({ ...honest, entries: swapped })).toEqual(['log', 'entry-changed', 4])
    expect(faultOf({ ...honest, entries: own.toReversed() })).toEqual(['log', 'entry-out-of-order', entries.length - 2])
    expect(faultOf({ ...honest, entries: [own[0] as (typeof own)[number], ...own] })).toEqual(['log', 'entry-out-of-order', 0])
    expect(faultOf({ ...honest, entries: [...own, { index: entries.length, bytes: '{}' }] })).toEqual([
      'log',
      'entry-out-of-order',
      entries.length,
    ])
  })

  test('is caught when an entry and its leaf are changed together', () => {
    const bytes = honest.entries[5]?.bytes.replace('"at":17', '"at":16') ?? ''
    const leaf = Array.from(leafHash(utf8(bytes)), (b) => b.toString(16).padStart(2, '0')).join('')
    expect(bytes).not.toBe(honest.entries[5]?.bytes)
    const both = { ...honest, entries: honest.entries.with(5, { index: 5, bytes }), leaves: honest.leaves.with(5, leaf) }
    // The root alone would not say where; that the entry contradicts the one before it does.
    expect(faultOf(both)).toEqual(['log', 'root-differs', 5])
    const roleAs = (change: (old: string) => string): typeof honest => {
      const role = change(honest.entries[2]?.bytes ?? '')
      const print = Array.from(leafHash(utf8(role)), (b) => b.toString(16).padStart(2, '0')).join('')
      return { ...honest, entries: honest.entries.with(2, { index: 2, bytes: role }), leaves: honest.leaves.with(2, print) }
    }
    // An office that there is not; and another holder, whom nothing contradicts.
    expect(faultOf(roleAs((old) => old.replace('returning-officer', 'returning-clerk')))).toEqual(['log', 'root-differs', 2])
    const other = roleAs((old) => old.replace(/"holder":"[0-9a-f]{8}/, '"holder":"00000000'))
    expect(other).not.toEqual(honest)
    expect(faultOf(other)).toEqual(['log', 'root-differs', null])
  })

  test('is caught in the checkpoint', () => {
    const { checkpoint } = honest
    const other = signCheckpoint({ origin, size: 3, root: new Uint8Array(32), extensions: [] }, log)
    expect(faultOf({ ...honest, checkpoint: other })).toEqual(['log', 'size-differs', null])
    expect(faultOf({ ...honest, checkpoint: checkpoint.replace(/\n\d+\n/, '\n3\n') })).toEqual([
      'checkpoint',
      'signature-fails',
      null,
    ])
    expect(faultOf({ ...honest, checkpoint: checkpoint.replace('\n', '\n0') })).toEqual(['checkpoint', 'signature-fails', null])
    expect(faultOf({ ...honest, checkpoint: '' })).toEqual(['checkpoint', 'malformed-checkpoint', null])
    expect(faultOf({ ...honest, witnesses: honest.witnesses.slice(1) })).toEqual(['checkpoint', 'unknown-signature', null])
    const foreign = signCheckpoint(
      { origin, size: 3, root: new Uint8Array(32), extensions: [] },
      signerOf(origin, 1, new Uint8Array(32).fill(9)),
    )
    expect(faultOf({ ...honest, checkpoint: foreign })).toEqual(['checkpoint', 'signature-fails', null])
    expect(faultOf({ ...honest, origin: 'other.example' })).toEqual(['dossier', 'other-origin', null])
  })

  test('is caught where the log has lost an entry, and its place is named', () => {
    const gap = { ...honest, entries: honest.entries.toSpliced(5, 1), leaves: honest.leaves.with(5, null) }
    expect(faultOf(gap)).toEqual(['log', 'entry-missing', 5])
    const own = stored(entries)
    const head = {
      decision,
      logKey: log.key,
      witnesses: honest.witnesses,
      checkpoint: honest.checkpoint,
      documents: honest.documents,
    }
    const without = dossierOf({ ...head, size: own.length, entries: own.filter(({ index }) => index !== 5) })
    expect(without).toEqual(gap)
    const changed = own.map((e) => (e.index === 7 ? { ...e, bytes: e.bytes.with(3, 0xff) } : e))
    expect(faultOf(dossierOf({ ...head, size: own.length, entries: changed }))).toEqual(['log', 'entry-changed', 7])
    expect(
      dossierOf({ ...head, size: own.length, entries: [...own, { ...(own[0] as (typeof own)[number]), index: own.length }] }),
    ).toEqual(honest)
  })

  test('is caught in the documents', () => {
    const { documents } = honest
    const proposed = entries.findIndex((e) => e.decision === decision)
    const name = String((entries[proposed]?.body['act'] as { readonly document?: string }).document)
    expect(faultOf({ ...honest, documents: { ...documents, [name]: `${documents[name] ?? ''} ` } })).toMatchObject([
      'documents',
      'document-changed',
      proposed,
    ])
    const others = Object.fromEntries(Object.entries(documents).filter(([n]) => n !== name))
    expect(faultOf({ ...honest, documents: others })).toEqual(['documents', 'document-missing', proposed])
    const more = { ...documents, [sha256Hex('more')]: 'more' }
    expect(faultOf({ ...honest, documents: more })).toEqual(['documents', 'document-uncited', null])
    expect(faultOf({ ...honest, decision: 13 })).toEqual(['entries', 'decision-not-on-record', null])
  })
})

describe('a log its operator has rewritten and signed again', () => {
  test.each([
    ['time runs backwards', changedEntry(6, (e) => ({ ...e, at: instant(started) })), 'time-runs-backwards', 6],
    ['another log', changedEntry(0, (e) => ({ ...e, body: { ...e.body, origin: 'other.example' } })), 'other-origin', 0],
    ['no first entry', entries.slice(1), 'no-first-entry', 0],
    [
      'opened twice',
      [...entries, { ...(entries[0] as Entry), at: (entries.at(-1) as Entry).at }],
      'opened-twice',
      entries.length,
    ],
    [
      'the clock of a real movement moved',
      changedEntry(0, (e) => ({ ...e, body: { ...e.body, demonstration: false } })),
      'demonstration-only',
      placeOf('demo-clock'),
    ],
    ['the decision left out', entries.filter((e) => e.decision === null), 'decision-not-on-record', null],
  ] as const)('is refused: %s', (_, own, code, entry) => {
    expect(faultOf(dossierFor(own))).toEqual(['entries', code, entry])
  })

  test('is refused: an entry that is not one', () => {
    const name = utf8(canonicalJson({ ...(entries[2] as unknown as { [key: string]: Json }), name: 'Anna Smith' }))
    for (const bytes of [utf8('{}'), utf8('hello'), name, utf8(`${canonicalJson(entries[2] as unknown as Json)} `)])
      expect(faultOf(dossierFor([...entries.slice(0, 2), bytes, ...entries.slice(3)]))).toEqual(['entries', 'malformed-entry', 2])
  })

  test('is refused from the future, except in a demonstration', () => {
    const real = changedEntry(0, (e) => ({ ...e, body: { ...e.body, demonstration: false } })).filter(
      (e) => e.type !== 'demo-clock',
    )
    const text = dossierText(dossierFor(real))
    expect(verify(text, { now: instant(started + 30 * 86_400_000) }).verdict).toBe('holds')
    expect(fault(verify(text, { now: instant(started) }))).toEqual(['entries', 'in-the-future', 3])
    expect(verify(source, { now: instant(started) }).verdict).toBe('holds')
  })
})

test('a dossier that leaves entries out holds in part, and says how many', () => {
  const partial = verify(dossierText({ ...honest, entries: honest.entries.filter(({ index }) => index !== 7 && index !== 8) }))
  expect(partial.verdict).toBe('holds-in-part')
  expect(partial.checks.find((c) => c.name === 'completeness')).toEqual({
    name: 'completeness',
    state: 'not-checked',
    why: 'entries-left-out',
    detail: [{ name: 'entries', count: 2 }],
  })
  expect(faultOf({ ...honest, entries: [] })).toEqual(['entries', 'no-first-entry', 0])
})

describe('any input', () => {
  const bytes = utf8(source)

  test('with one byte changed fails, and never throws: 1,000 at random', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.with(at, ((bytes[at] as number) + by) & 255)
        const verdict = verify(changed)
        expect(verdict.verdict, `byte ${String(at)}`).toBe('fails')
        expect(verdict.fault).not.toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  test('cut short or with bytes inserted fails', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 8 }), fc.nat(8), (at, more, dropped) => {
        fc.pre(more.length > 0 || dropped > 0)
        const changed = Uint8Array.from([...bytes.slice(0, at), ...more, ...bytes.slice(at + dropped)])
        fc.pre(changed.join() !== bytes.join())
        expect(verify(changed).verdict).toBe('fails')
      }),
      { numRuns: 200 },
    )
  })

  test('with a value replaced fails or is told apart, and never throws', () => {
    const nonsense: readonly Json[] = [null, true, -1, 0, 2 ** 53 - 1, '', 'x', [], {}, [null], { a: 1 }, '\u0000', '__proto__']
    const places: string[][] = []
    const walk = (value: Json, path: string[]): void => {
      places.push(path)
      if (typeof value === 'object' && value !== null)
        for (const [key, v] of Object.entries(value).slice(0, 3)) walk(v, [...path, key])
    }
    const root = JSON.parse(source) as Json
    walk(root, [])
    const replaced = (value: Json, path: readonly string[], by: Json): Json => {
      const [key, ...rest] = path
      if (key === undefined) return by
      const copy = structuredClone(value) as { [key: string]: Json }
      copy[key] = replaced(copy[key] as Json, rest, by)
      return copy
    }
    for (const path of places)
      for (const by of nonsense) expect(verify(canonicalJson(replaced(root, path, by))).verdict, path.join('/')).toBe('fails')
  })

  test('at all gives a verdict', () => {
    fc.assert(fc.property(fc.uint8Array(), (some) => verify(some).verdict === 'fails'))
    fc.assert(fc.property(fc.json(), (some) => verify(some).verdict === 'fails'))
    expect(verify('['.repeat(200_000)).verdict).toBe('fails')
  })
})
