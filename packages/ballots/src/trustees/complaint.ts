import { fail, ok, type Result } from '@quorate/kernel'

import { unwrap, wrap } from './ceremony-messages.ts'
import type { Table } from './certificates.ts'
import type { Engine } from '../groups/engine.ts'
import { boxFor, type Polynomials, shareInBox } from './polynomials.ts'
import { equalLogsHold, proofShape, proveEqualLogs } from '../schnorr.ts'
import { type TrusteeKey, trusteeSecret } from './trustee-key.ts'
import { elementText, hexHash, literal, natural, record } from '../wire.ts'

const complaintShape = record(['format', 'index', 'against', 'polynomials', 'shared', 'proof'], {
  format: literal('quorate/trustee-complaint/v1'),
  index: natural,
  against: natural,
  polynomials: hexHash,
  shared: elementText,
  proof: proofShape,
})

const domainOf = (hash: string, by: number, against: number): string => `quorate/trustee-complaint/v1|${hash}|${by}|${against}`

/**
 * A complaint about a share: reveals the shared point K = dk_j·R of that one box, with a proof that it is the right one, so that everybody
 * can look in. It gives away that one share: worthless if it is wrong, and if it is right the ceremony starts afresh anyway.
 */
export function complaintAbout<P>(
  engine: Engine<P>,
  key: TrusteeKey,
  table: Table<P>,
  polynomials: Polynomials<P>,
  against: number,
): Result<string, 'no such box'> {
  const { index } = key.context
  const polynomial = polynomials.each[against - 1]
  const box = polynomial === undefined ? undefined : boxFor(polynomial, index)
  const X = table.certificates[index - 1]?.encryption
  if (box === undefined || X === undefined) return fail('no such box')
  const secret = trusteeSecret(engine, key, 'decrypt')
  const V = engine.multiplySecret(box.oneTimeKey, secret)
  const proof = proveEqualLogs(engine, secret, { X, U: box.oneTimeKey, V, domain: domainOf(polynomials.hash, index, against) })
  const shared = engine.encode(V)
  const body = { format: 'quorate/trustee-complaint/v1', index, against, polynomials: polynomials.hash, shared, proof }
  return ok(wrap(engine, trusteeSecret(engine, key, 'sign'), body))
}

/** Whose fault a complaint lays open. The ceremony starts afresh without that trustee, or with a new key of theirs. */
export type Verdict = { readonly guilty: number; readonly of: 'a wrong share' | 'a false complaint' }

/**
 * Judges a complaint; anybody can, from public messages. Refused, and nobody blamed, when it is not signed by the complainer, names no
 * box or is about other messages.
 */
export function judgeComplaint<P>(
  engine: Engine<P>,
  table: Table<P>,
  polynomials: Polynomials<P>,
  text: string,
): Result<Verdict, 'not a complaint' | 'of another ceremony'> {
  const read = unwrap(engine, complaintShape, table.signers, text, 0)
  if (read.kind === 'fail') return fail('not a complaint')
  const { index, against, shared, proof, polynomials: hash } = read.value.body
  if (hash !== polynomials.hash) return fail('of another ceremony')
  const polynomial = polynomials.each[against - 1]
  const X = table.certificates[index - 1]?.encryption
  const box = polynomial === undefined ? undefined : boxFor(polynomial, index)
  if (polynomial === undefined || X === undefined || box === undefined) return fail('not a complaint')
  const V = engine.decode(shared)
  const revealed =
    V.kind === 'ok' && equalLogsHold(engine, { X, U: box.oneTimeKey, V: V.value, domain: domainOf(hash, index, against) }, proof)
  if (!revealed || shareInBox(engine, table, polynomial, index, V.value).kind === 'ok')
    return ok({ guilty: index, of: 'a false complaint' })
  return ok({ guilty: against, of: 'a wrong share' })
}
