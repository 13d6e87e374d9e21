import { engineOf, fastEd25519, issueCodes, parsePublicRoll, publicRollText, seededRandom } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { dossierText, parseDossier, verify, type Dossier } from '@quorate/verifier'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dossierFor, wholeDecision } from '../../../../packages/verifier/testing/whole-decision.ts'
import { checkAhead } from './ballots-ahead.ts'
import { knowingKeys } from './keys-ahead.ts'
import { modexp } from './modexp.ts'

const bytesOf = (people: number): Uint8Array =>
  new TextEncoder().encode(dossierText(dossierFor(wholeDecision('Ed25519', { people, until: 'closed' }).log)))

/** A dossier as a host has read it. */
function dossierOf(bytes: Uint8Array): Dossier {
  const parsed = parseDossier(bytes)
  assert(parsed.kind === 'ok', 'it is one')
  return parsed.value
}

describe('ballots of a dossier checked ahead in threads', { timeout: 120_000 }, () => {
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
