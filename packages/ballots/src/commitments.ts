import { fail, ok, type Result } from '@quorate/kernel'

import { type CeremonyFault, coefexpsShape, type Signed, type VerificationKey } from './ceremony-messages.ts'
import type { Certificates } from './certificates.ts'
import type { Engine } from './engine.ts'
import { keyProved, messageSigned, type Proof } from './schnorr.ts'
import { parseWire, wireText } from './wire.ts'

/** f(j)·G = Σ_k j^k·A_k, by Horner's rule. */
export const commitmentAt = <P>(engine: Engine<P>, commitments: readonly P[], j: number): P =>
  commitments.reduceRight((sum, A) => engine.add(engine.multiply(sum, BigInt(j)), A), engine.identity)

/** What a trustee signs over all certificates and its own commitments (format v1, `certs_sig|`). */
export const certsSignatureText = <P>({ certificates }: Certificates<P>, coefexps: readonly string[]): string =>
  `certs_sig|${wireText({ certs: certificates.map(({ signed }) => signed), coefexps })}`

/**
 * Checks one trustee's commitments A_0 … A_{t−1} as they stand in the trustees file: their number, that each is in the group, and both
 * signatures. `signature` is the one over {@link certsSignatureText}.
 */
export function checkCommitments<P>(
  engine: Engine<P>,
  table: Certificates<P>,
  threshold: number,
  trustee: number,
  coefexps: Signed,
  signature: Proof,
): Result<readonly P[], CeremonyFault> {
  const signer = table.signers[trustee - 1]
  if (signer === undefined) return fail({ kind: 'absent', trustee })
  const said = parseWire(coefexpsShape, coefexps.message)
  if (said.kind === 'fail' || said.value.coefexps.length !== threshold)
    return fail({ kind: 'wrong number of coefficients', trustee })
  if (!messageSigned(engine, signer, coefexps.message, coefexps.signature))
    return fail({ kind: 'signature fails', trustee, of: 'coefexps' })
  if (!messageSigned(engine, signer, certsSignatureText(table, said.value.coefexps), signature))
    return fail({ kind: 'signature fails', trustee, of: 'certs' })
  const commitments: P[] = []
  for (const text of said.value.coefexps) {
    const A = engine.decode(text)
    if (A.kind === 'fail') return fail({ kind: 'not an element', trustee })
    commitments.push(A.value)
  }
  return ok(commitments)
}

/** What the owner of a verification key signs: the key and its proof, as they stand before the signature. */
export const verificationKeyText = ({ pok, public_key }: Omit<VerificationKey, 'signature'>): string =>
  wireText({ pok, public_key })

/**
 * Checks one verification key: X_j = Σ_i f_i(j)·G from everybody's commitments, the proof of knowledge, the owner's signature.
 * `commitments[i]` are those of trustee i + 1.
 */
export function checkVerificationKey<P>(
  engine: Engine<P>,
  table: Certificates<P>,
  commitments: readonly (readonly P[])[],
  trustee: number,
  key: VerificationKey,
): Result<P, CeremonyFault> {
  const signer = table.signers[trustee - 1]
  if (signer === undefined) return fail({ kind: 'absent', trustee })
  const X = engine.decode(key.public_key)
  if (X.kind === 'fail') return fail({ kind: 'not an element', trustee })
  const expected = commitments.reduce((sum, each) => engine.add(sum, commitmentAt(engine, each, trustee)), engine.identity)
  if (!engine.equal(X.value, expected)) return fail({ kind: 'wrong verification key', trustee })
  if (!keyProved(engine, X.value, key.pok)) return fail({ kind: 'proof of the key fails', trustee })
  if (!messageSigned(engine, signer, verificationKeyText(key), key.signature))
    return fail({ kind: 'signature fails', trustee, of: 'key' })
  return X
}
