import { fail, ok, type Result } from '@quorate/kernel'

import type { Election } from '../election.ts'
import type { ElementFault } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { challengeOf } from '../hash.ts'
import { nonceOf, type Proof, proofShape, responseOf, scalarBelow } from '../schnorr.ts'
import type { EncryptedTally } from './tally.ts'
import { elementText, list, parseWire, record, type WireFault, wireText } from '../wire.ts'

/** A trustee's opening of the tally: for every place F = x·α, and the proof that x is the trustee's key (Belenios specification §4.18). */
export type PartialDecryptionMessage = {
  readonly decryption_factors: readonly (readonly string[])[]
  readonly decryption_proofs: readonly (readonly Proof[])[]
}

/** An opening whose proofs hold. */
export type Opening = { readonly text: string; readonly factors: readonly (readonly Element[])[] }

/** Why an opening is not one. Questions and places count from 0. */
export type OpeningFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  | { readonly kind: 'not of the shape of the tally' }
  | { readonly kind: 'factor'; readonly question: number; readonly place: number; readonly fault: ElementFault }
  | { readonly kind: 'proof'; readonly question: number; readonly place: number }

const shape = record(['decryption_factors', 'decryption_proofs'], {
  decryption_factors: list(list(elementText), 100),
  decryption_proofs: list(list(proofShape), 100),
})

/**
 * Proof of log_G X = log_α F. The challenge `decrypt|φ|X|A,B` of format v1 hashes neither α nor F: alone it does not prove an opening.
 * The companion of the same record entry does.
 */
function proveFactor({ engine, fingerprint }: Election, secret: bigint, key: string, alpha: Element): Proof {
  const statement = `decrypt|${fingerprint}|${key}`
  const w = nonceOf(secret, `${engine.name}|${statement}|${engine.encode(alpha)}`, engine)
  const A = engine.multiplyBaseSecret(w)
  const B = engine.multiplySecret(alpha, w)
  const c = challengeOf(`${statement}|${engine.encode(A)},${engine.encode(B)}`, engine.q)
  return { challenge: c.toString(), response: responseOf(w, secret, c, engine.q).toString() }
}

function factorHolds({ engine, fingerprint }: Election, key: Element, alpha: Element, factor: Element, proof: Proof): boolean {
  const { add, encode, generator, multiply, q } = engine
  const c = scalarBelow(proof.challenge, q)
  const z = scalarBelow(proof.response, q)
  if (c === null || z === null) return false
  const A = add(multiply(generator, z), multiply(key, c))
  const B = add(multiply(alpha, z), multiply(factor, c))
  return challengeOf(`decrypt|${fingerprint}|${encode(key)}|${encode(A)},${encode(B)}`, q) === c
}

/**
 * Opens the tally with a trustee's secret: the text of the `PartialDecryption`'s payload. Nonces are derived from the secret and what is
 * proven, so doing it twice gives the same bytes. The caller must first have recomputed the tally from a verified record.
 */
export function openTally(election: Election, tally: EncryptedTally, secret: bigint): string {
  const { engine } = election
  const key = engine.encode(engine.multiplyBaseSecret(secret))
  const message: PartialDecryptionMessage = {
    decryption_factors: tally.ciphertexts.map((row) =>
      row.map(({ alpha }) => engine.encode(engine.multiplySecret(alpha, secret))),
    ),
    decryption_proofs: tally.ciphertexts.map((row) => row.map(({ alpha }) => proveFactor(election, secret, key, alpha))),
  }
  return wireText(message)
}

/** Checks an opening strictly against the tally and the trustee's public key. */
export function checkOpening(
  election: Election,
  tally: EncryptedTally,
  key: Element,
  openingText: string,
): Result<Opening, OpeningFault> {
  const read = parseWire(shape, openingText)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const { decryption_factors, decryption_proofs } = read.value
  const places = tally.ciphertexts.map((row) => row.length).join()
  if ([decryption_factors, decryption_proofs].some((rows) => rows.map((row) => row.length).join() !== places))
    return fail({ kind: 'not of the shape of the tally' })
  const factors: Element[][] = []
  for (const [question, row] of tally.ciphertexts.entries()) {
    const opened: Element[] = []
    for (const [place, { alpha }] of row.entries()) {
      // An empty box has α = identity, and so has its factor.
      const factor = election.engine.decode(decryption_factors[question]?.[place] ?? '', true)
      if (factor.kind === 'fail') return fail({ kind: 'factor', question, place, fault: factor.error })
      const proof = decryption_proofs[question]?.[place]
      if (proof === undefined || !factorHolds(election, key, alpha, factor.value, proof))
        return fail({ kind: 'proof', question, place })
      opened.push(factor.value)
    }
    factors.push(opened)
  }
  return ok({ text: openingText, factors })
}
