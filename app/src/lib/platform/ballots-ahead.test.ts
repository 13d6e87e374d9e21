import { fastEd25519 } from '@quorate/ballots'
import { dossierText, verify } from '@quorate/verifier'
import { describe, expect, test } from 'vitest'
import { dossierFor, wholeDecision } from '../../../../packages/verifier/testing/whole-decision.ts'
import { checkAhead } from './ballots-ahead.ts'
import { modexp } from './modexp.ts'

const bytesOf = (people: number): Uint8Array =>
  new TextEncoder().encode(dossierText(dossierFor(wholeDecision('Ed25519', { people, until: 'closed' }).log)))

describe('ballots of a dossier checked ahead in threads', { timeout: 120_000 }, () => {
  const many = bytesOf(112)
  const options = { modexp, wasm: fastEd25519 }

  test('give the verdict that the verifier reaches alone', async () => {
    const steps: number[] = []
    const ballotsAhead = await checkAhead(many, 2, (done, total) => steps.push(done / total))
    if (ballotsAhead === null) throw new Error('threads were worth it')
    let asked = 0
    const verdict = verify(many, {
      ...options,
      ballotsAhead: (ballot, cast) => {
        const known = ballotsAhead(ballot, cast)
        asked += Number(known !== undefined)
        return known
      },
    })
    expect(verdict).toEqual(verify(many, options))
    expect(verdict.verdict).toBe('holds')
    expect(asked).toBe(112)
    expect(steps.at(-1)).toBe(1)
  })

  test('condemn a ballot by name as the verifier does', async () => {
    // The statement of another ballot stands beside the first.
    const text = new TextDecoder().decode(many)
    const proofs = [...text.matchAll(/\\"cast\\":(\{.{20,400}?\}\})/g)].map(([, proof]) => proof ?? '')
    expect(proofs.length).toBeGreaterThan(100)
    const forged = new TextEncoder().encode(text.replace(proofs[0] ?? '', proofs[1] ?? ''))
    const ballotsAhead = await checkAhead(forged, 2, () => undefined)
    expect(verify(forged, { ...options, ...(ballotsAhead === null ? {} : { ballotsAhead }) })).toEqual(verify(forged, options))
  })

  test('are not worth threads when there are few, one thread, or nothing that can be read', async () => {
    expect(await checkAhead(bytesOf(6), 2, () => undefined)).toBeNull()
    expect(await checkAhead(many, 1, () => undefined)).toBeNull()
    expect(await checkAhead(new Uint8Array([1, 2, 3]), 2, () => undefined)).toBeNull()
  })
})
