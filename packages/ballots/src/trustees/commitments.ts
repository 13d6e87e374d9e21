import { fail, ok, type Result } from '@quorate/kernel'

import type { CeremonyFault } from './ceremony-messages.ts'
import type { Table } from './certificates.ts'
import type { Engine } from '../groups/engine.ts'
import { keyProved, messageSigned, type Proof } from '../schnorr.ts'
import {
  certificatesText,
  coefexpsShape,
  type SignedMessage,
  type TrusteeKeyMessage,
  verificationKeyOf,
  verificationKeyText,
} from './trustees-format.ts'
import { parseWire } from '../wire.ts'

/** What a trustee signs over the table's certificates and its own commitments. */
export const tableSignatureText = <P>({ certificates }: Table<P>, coefexps: readonly string[]): string =>
  certificatesText(
    certificates.map(({ signed }) => signed),
    coefexps,
  )

/**
 * Checks one trustee's commitments A_0 … A_{t−1} as they stand in the trustees file: their number, that each is in the group, and both
 * signatures. `signature` is the one over {@link tableSignatureText}.
 */
export function checkCommitments<P>(
  engine: Engine<P>,
  table: Table<P>,
  trustee: number,
  coefexps: SignedMessage,
  signature: Proof,
): Result<readonly P[], CeremonyFault> {
  const signer = table.signers[trustee - 1]
  if (signer === undefined) return fail({ kind: 'absent', trustee })
  const said = parseWire(coefexpsShape, coefexps.message)
  if (said.kind === 'fail' || said.value.coefexps.length !== table.context.threshold)
    return fail({ kind: 'wrong number of coefficients', trustee })
  if (!messageSigned(engine, signer, coefexps.message, coefexps.signature))
    return fail({ kind: 'signature fails', trustee, of: 'coefexps' })
  if (!messageSigned(engine, signer, tableSignatureText(table, said.value.coefexps), signature))
    return fail({ kind: 'signature fails', trustee, of: 'certs' })
  const commitments: P[] = []
  for (const text of said.value.coefexps) {
    const A = engine.decode(text)
    if (A.kind === 'fail') return fail({ kind: 'not an element', trustee })
    commitments.push(A.value)
  }
  return ok(commitments)
}

/**
 * Checks one verification key: X_j = Σ_i f_i(j)·G from everybody's commitments, the proof of knowledge, the owner's signature.
 * `commitments[i]` are those of trustee i + 1.
 */
export function checkVerificationKey<P>(
  engine: Engine<P>,
  table: Table<P>,
  commitments: readonly (readonly P[])[],
  trustee: number,
  key: TrusteeKeyMessage,
): Result<P, CeremonyFault> {
  const signer = table.signers[trustee - 1]
  if (signer === undefined) return fail({ kind: 'absent', trustee })
  const X = engine.decode(key.public_key)
  if (X.kind === 'fail') return fail({ kind: 'not an element', trustee })
  if (!engine.equal(X.value, verificationKeyOf(engine, commitments, trustee)))
    return fail({ kind: 'wrong verification key', trustee })
  if (!keyProved(engine, X.value, key.pok)) return fail({ kind: 'proof of the key fails', trustee })
  if (key.signature === undefined || !messageSigned(engine, signer, verificationKeyText(key), key.signature))
    return fail({ kind: 'signature fails', trustee, of: 'key' })
  return X
}
