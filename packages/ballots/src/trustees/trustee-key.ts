import { assert, fail, ok, type Random, type Result, toHex } from '@quorate/kernel'

import { checkedFile, parseCheckedFile } from '../checked-file.ts'
import type { Engine, GroupName } from '../groups/engine.ts'
import { isGroupName } from '../groups/groups.ts'
import { derivedScalar } from '../schnorr.ts'
import { type KeptRecord, parseKeptRecord } from './kept-record.ts'
import { trusteesMax } from './trustees-format.ts'

/** Which place at which table a trustee sits. The `context` of format v1, and the election it is for. */
export type TrusteeContext = {
  readonly uuid: string
  readonly group: GroupName
  /** Number of trustees n. */
  readonly size: number
  /** How many open the box together: t. */
  readonly threshold: number
  /** 1 to n. */
  readonly index: number
}

/** The ceremony's result for one trustee. */
export type TrusteeShare = {
  /** S_j = Σ s_ij mod q: the key that opens. */
  readonly secret: bigint
  /** SHA-256, in hex, of the exact `trustees` file it belongs to. */
  readonly trusteesHash: string
}

/**
 * All that one trustee keeps. Everything the trustee ever says is a function of `seed` and the public messages, so the seed alone
 * restores the rest, and a step done twice gives the same bytes: a lost answer can be sent again without looking like a second one.
 */
export type TrusteeKey = {
  readonly context: TrusteeContext
  /** 32 bytes in hex. Whoever has it is this trustee. */
  readonly seed: string
  /** Null until the ceremony is over. */
  readonly share: TrusteeShare | null
  /** What this trustee has seen of the public record; null for a key that no record was shown to. */
  readonly record: KeptRecord | null
}

/** Whether a place exists: 1 ≤ t ≤ n ≤ 100 and 1 ≤ index ≤ n. What our elections ask beyond that: {@link needsMajority}. */
export const isContext = ({ uuid, size, threshold, index }: TrusteeContext): boolean =>
  /^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid) &&
  [size, threshold, index].every((n) => Number.isSafeInteger(n) && n >= 1) &&
  size <= trusteesMax &&
  threshold <= size &&
  index <= size

/** A new trustee's key, before the ceremony. */
export function newTrusteeKey(context: TrusteeContext, random: Random): TrusteeKey {
  assert(isContext(context), 'a trustee has a place at the table')
  return { context, seed: toHex(random(32)), share: null, record: null }
}

/** What a trustee's seed is stretched into. The polynomial and the sealing keys depend on all certificates, so no two tables share them. */
export type TrusteePurpose = 'sign' | 'decrypt' | `coefficient|${string}|${number}` | `seal|${string}|${number}`

/** The secret scalar of one purpose. */
export function trusteeSecret<P>(engine: Engine<P>, { seed, context }: TrusteeKey, purpose: TrusteePurpose): bigint {
  assert(context.group === engine.name, 'a trustee uses the engine of their own group')
  return derivedScalar(`quorate/trustee/v1|${engine.name}|${purpose}|${seed}`, engine)
}

const format = 'quorate/trustee-key/v1'

/** Exact text of the key file. Its last field is a check over the others, so that a damaged copy is found when it is restored. */
export const trusteeKeyFile = ({ context, seed, share, record }: TrusteeKey): string =>
  checkedFile(format, {
    ...context,
    seed,
    share: share?.secret.toString() ?? null,
    trustees: share?.trusteesHash ?? null,
    ...(record === null ? {} : { record }),
  })

/** Why a text is not a trustee's key file. */
export type KeyFileFault =
  { readonly kind: 'not a key file' } | { readonly kind: 'of a later version' } | { readonly kind: 'damaged' }

/** Reads a key file. Blanks at both ends, as copying leaves them, do no harm. */
export function parseTrusteeKeyFile(text: string): Result<TrusteeKey, KeyFileFault> {
  const read = parseCheckedFile(format, text)
  if (read.kind === 'fail') return fail({ kind: read.error === 'another kind of file' ? 'not a key file' : read.error })
  const { uuid, group, size, threshold, index, seed, share, trustees, record: kept } = read.value
  if (typeof uuid !== 'string' || typeof group !== 'string' || !isGroupName(group)) return fail({ kind: 'damaged' })
  if (typeof size !== 'number' || typeof threshold !== 'number' || typeof index !== 'number') return fail({ kind: 'damaged' })
  const context = { uuid, group, size, threshold, index }
  if (!isContext(context) || typeof seed !== 'string' || !/^[0-9a-f]{64}$/.test(seed)) return fail({ kind: 'damaged' })
  const record = kept === undefined ? null : parseKeptRecord(kept)
  if (kept !== undefined && record === null) return fail({ kind: 'damaged' })
  if (share === null && trustees === null) return ok({ context, seed, share: null, record })
  if (typeof share !== 'string' || !/^[1-9][0-9]{0,616}$/.test(share)) return fail({ kind: 'damaged' })
  if (typeof trustees !== 'string' || !/^[0-9a-f]{64}$/.test(trustees)) return fail({ kind: 'damaged' })
  return ok({ context, seed, share: { secret: BigInt(share), trusteesHash: trustees }, record })
}
