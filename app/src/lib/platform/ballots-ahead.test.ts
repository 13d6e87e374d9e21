import {
  engineOf,
  fastEd25519,
  issueCodes,
  parsePublicRoll,
  publicRollText,
  seededRandom,
  type CastStatement,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { dossierText, hintsHeader, hintsLine, parseDossier, verify, type Dossier } from '@quorate/verifier'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dossierFor, wholeDecision } from '../../../../packages/verifier/testing/whole-decision.ts'
import { hintsFileOf, hintsFor, inPieces } from '../../../../packages/verifier/testing/hints.ts'
import { checkAhead } from './ballots-ahead.ts'
import type { BallotVerdict } from './ballot-threads.ts'
import { knowingKeys } from './keys-ahead.ts'
import { modexp } from './modexp.ts'

/** What an entry of a ballot holds. */
type Entry = { readonly body: { readonly ballot: string; readonly cast: CastStatement } }

const bytesOf = (people: number): Uint8Array =>
  new TextEncoder().encode(dossierText(dossierFor(wholeDecision('Ed25519', { people, until: 'closed' }).log)))

/** A dossier as a host has read it. */
function dossierOf(bytes: Uint8Array): Dossier {
  const parsed = parseDossier(bytes)
  assert(parsed.kind === 'ok', 'it is one')
  return parsed.value
}

describe('ballots of a dossier checked ahead in threads', { timeout: 300_000 }, () => {
  const many = bytesOf(112)
  const options = { modexp, wasm: fastEd25519 }

  test('give the verdict that the verifier reaches alone', async () => {
    const steps: number[] = []
    const ahead = await checkAhead(dossierOf(many), 2, (done, total) => steps.push(done / total))
    if (ahead === null) throw new Error('threads were worth it')
    let [asked, askedForRoll] = [0, 0]
    const verdict = verify(parseDossier(many), {
      ...options,
      rollAhead: (credentials) => {
        const known = ahead.rollAhead(credentials)
        askedForRoll += Number(known !== undefined)
        return known
      },
      ballotsAhead: (ballot, cast) => {
        const known = ahead.ballotsAhead(ballot, cast)
        asked += Number(known !== undefined)
        return known
      },
    })
    expect(verdict).toEqual(verify(many, options))
    expect(verdict.verdict).toBe('holds')
    expect([asked, askedForRoll]).toEqual([112, 1])
    expect(ahead.rollAhead('[]')).toBeUndefined()
    expect(steps.at(-1)).toBe(1)
  })

  test('condemn a ballot by name as the verifier does', async () => {
    // The statement of another ballot stands beside the first.
    const text = new TextDecoder().decode(many)
    const proofs = [...text.matchAll(/\\"cast\\":(\{.{20,400}?\}\})/g)].map(([, proof]) => proof ?? '')
    expect(proofs.length).toBeGreaterThan(100)
    const forged = new TextEncoder().encode(text.replace(proofs[0] ?? '', proofs[1] ?? ''))
    const ahead = await checkAhead(dossierOf(forged), 2, () => undefined)
    expect(ahead).not.toBeNull()
    expect(verify(forged, { ...options, ...ahead })).toEqual(verify(forged, options))
  })

  test('fare the same with hints, whatever those are: turned, swapped, of others, broken off, far too many', async () => {
    const dossier = dossierOf(many)
    const lines = hintsFor(dossier)
    const partsOf = (i: number) => lines[i % lines.length]?.parts ?? []
    const good = hintsFileOf(lines)
    const expected = verify(parseDossier(many), options)
    expect(expected.verdict).toBe('holds')
    const casts = dossier.entries.flatMap(({ bytes }) =>
      bytes.includes('"type":"ballot"') ? [(JSON.parse(bytes) as Entry).body] : [],
    )
    /** The verdict with these hints, and of how many ballots and statements they were good. */
    const judged = async (hints: AsyncIterable<Uint8Array>) => {
      const ahead = await checkAhead(
        dossier,
        2,
        () => undefined,
        () => hints,
      )
      assert(ahead !== null, 'threads were worth it')
      const found = casts.map(({ ballot, cast }) => ahead.ballotsAhead(ballot, cast) as BallotVerdict | undefined)
      const sum = (of: 'ballot' | 'statement') => found.filter((one) => one?.byHints?.[of] === true).length
      return { verdict: verify(parseDossier(many), { ...options, ...ahead }), good: [sum('ballot'), sum('statement')] }
    }
    expect(await judged(inPieces(good))).toEqual({ verdict: expected, good: [112, 112] })
    // Those of another decision, a page of HTML.
    const foreign = hintsFileOf(lines.map(({ entry }, i) => ({ entry: entry + 1, parts: partsOf(i) })))
    for (const none of [foreign, new TextEncoder().encode('<!doctype html><p>Not found')])
      expect(await judged(inPieces(none))).toEqual({ verdict: expected, good: [0, 0] })
    // A stream without an end, of lines that nobody asked for.
    async function* endless() {
      yield hintsHeader
      for (;;) yield* inPieces(hintsLine(0, new Uint8Array(4096)))
    }
    expect(await judged(endless())).toEqual({ verdict: expected, good: [0, 0] })
    const spoil = fc.record({
      kind: fc.constantFrom('turn', 'swap', 'cut', 'drop', 'short'),
      i: fc.nat(111),
      at: fc.nat(good.length - 1),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(spoil, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 13, max: 9000 }),
        async (spoils, size) => {
          const own = lines.map((line) => ({ ...line }))
          let end = Infinity
          for (const { kind, i, at } of spoils) {
            const line = own[i]
            assert(line !== undefined, 'it is one of the box')
            if (kind === 'swap') line.parts = partsOf(i + 1 + (at % 100))
            if (kind === 'drop') own[i] = { entry: line.entry, parts: [] }
            if (kind === 'short') line.parts = line.parts.map((part) => part.subarray(64))
            if (kind === 'cut') end = Math.min(end, at)
          }
          const file = hintsFileOf(own).slice(0, end)
          // Anywhere: in a point, a length, an entry's number, the header.
          for (const { kind, at } of spoils) if (kind === 'turn' && at < file.length) file[at] = (file[at] ?? 0) ^ (1 << (at % 8))
          const { verdict, good: used } = await judged(inPieces(file, size))
          expect(verdict).toEqual(expected)
          expect(used[0]).toBeLessThanOrEqual(112)
        },
      ),
      { numRuns: 3 },
    )
  })

  test('condemn the same ballot with the best hints that can be had', async () => {
    // The box holds the statement of another ballot, with the hints of the honest one.
    const lines = hintsFor(dossierOf(many))
    const text = new TextDecoder().decode(many)
    const proofs = [...text.matchAll(/\\"cast\\":(\{.{20,400}?\}\})/g)].map(([, proof]) => proof ?? '')
    const forged = new TextEncoder().encode(text.replace(proofs[0] ?? '', proofs[1] ?? ''))
    const bodies = dossierOf(forged).entries.flatMap(({ index, bytes }) =>
      bytes.includes('"type":"ballot"') ? [{ index, bytes }] : [],
    )
    const cast = (at: number) => (JSON.parse(bodies[at]?.bytes ?? '') as Entry).body
    const ahead = await checkAhead(
      dossierOf(forged),
      1,
      () => undefined,
      () => inPieces(hintsFileOf(lines)),
    )
    const states = [0, 1, 2].map((at) => ahead?.ballotsAhead(cast(at).ballot, cast(at).cast)?.states)
    expect(states).toEqual([false, true, true])
    expect(verify(forged, { ...options, ...ahead })).toEqual(verify(forged, options))
  })

  test('are not worth threads when there are few, one thread, or nothing that can be read', async () => {
    expect(await checkAhead(dossierOf(bytesOf(6)), 2, () => undefined)).toBeNull()
    expect(await checkAhead(dossierOf(many), 1, () => undefined)).toBeNull()
    expect(await checkAhead({ ...dossierOf(many), documents: {} }, 2, () => undefined)).toBeNull()
  })
})

describe('keys of a roll read in threads', { timeout: 60_000 }, () => {
  afterEach(() => vi.unstubAllEnvs())
  const engine = engineOf('Ed25519', { wasm: fastEd25519 })
  const { roll } = issueCodes(engine, 'QuorateThread42', 40, seededRandom(new Uint8Array(32).fill(3)))
  const text = publicRollText(roll)

  test('are those that are read one by one, and none is read again', async () => {
    let read = 0
    const counting = { ...engine, decode: (each: string) => (read++, engine.decode(each)) }
    const knowing = await knowingKeys(counting, roll, 3, 1)
    const [found, expected] = [parsePublicRoll(knowing, text), parsePublicRoll(engine, text)]
    assert(found.kind === 'ok' && expected.kind === 'ok', 'the roll is one')
    const keysOf = ({ entries }: typeof found.value) => [...entries].map(([own, { key }]) => [own, engine.encode(key)])
    expect(keysOf(found.value)).toEqual(keysOf(expected.value))
    expect(read).toBe(0)
  })

  test('that are no keys are named as they are one by one', async () => {
    const bad = roll
      .with(7, `${roll[7]?.slice(0, -2) ?? ''}zz`)
      .with(8, `${roll[8]?.slice(0, -1) ?? ''}${roll[8]?.endsWith('0') === true ? '1' : '0'}`)
    for (const own of [bad, bad.with(7, roll[7] ?? '')]) {
      const knowing = await knowingKeys(engine, own, 2, 1)
      expect(parsePublicRoll(knowing, publicRollText(own))).toEqual(parsePublicRoll(engine, publicRollText(own)))
    }
  })

  test('are read here where a thread cannot be had, or is not worth it', async () => {
    expect(await knowingKeys(engine, roll, 2)).toBe(engine)
    vi.stubEnv('QUORATE_APP_FOLDER', '/nowhere')
    expect(parsePublicRoll(await knowingKeys(engine, roll, 2, 1), text).kind).toBe('ok')
  })
})
