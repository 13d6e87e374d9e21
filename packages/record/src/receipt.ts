import { fail, fromBase64, ok, toBase64, type Result } from '@quorate/kernel'
import { openCheckpoint, parseHash, parseSize, type CheckpointFault, type OpenCheckpoint, type Trust } from './checkpoint.ts'
import { leafHash, type Hash, type HashReader } from './merkle.ts'
import { inclusionProof, isIncluded } from './proof.ts'

/** Proof that an entry is on the record, checked without asking anybody. `checkpoint` is the signed note, word for word. */
export type Receipt = {
  readonly index: number
  readonly proof: readonly Hash[]
  readonly checkpoint: string
  /** Bytes with a meaning of the application; nothing signs them. Null when absent. */
  readonly extra: Uint8Array | null
}

/** Why a text is not a receipt, or does not prove that the entry is there. */
export type ReceiptFault =
  | CheckpointFault
  | { readonly kind: 'malformed receipt'; readonly line: number }
  | { readonly kind: 'entry is not at this place' }

const header = 'c2sp.org/tlog-proof@v1'
/** Proofs are as long as the tree is high; sizes end at 2^53. */
const proofHashesMax = 53

/** Makes a receipt for entry `index` under a checkpoint of `size` leaves, whose signed text is `checkpoint`. */
export const makeReceipt = (index: number, size: number, checkpoint: string, reader: HashReader): Receipt => ({
  index,
  proof: inclusionProof(index, size, reader),
  checkpoint,
  extra: null,
})

/** A receipt as a file, extension `.tlog-proof`. Source: c2sp.org/tlog-proof, Format. */
export function receiptText(receipt: Receipt): string {
  const extra = receipt.extra === null ? [] : [`extra ${toBase64(receipt.extra)}`]
  return [
    header,
    ...extra,
    `index ${String(receipt.index)}`,
    ...receipt.proof.map((h) => toBase64(h)),
    '',
    receipt.checkpoint,
  ].join('\n')
}

/** Reads a receipt strictly. Nothing is proved before {@link checkReceipt}. */
export function parseReceipt(source: string): Result<Receipt, ReceiptFault> {
  const split = source.indexOf('\n\n')
  if (split < 0) return fail({ kind: 'malformed receipt', line: 0 })
  const lines = source.slice(0, split).split('\n')
  if (lines[0] !== header) return fail({ kind: 'malformed receipt', line: 0 })
  const extraLine = lines[1]?.startsWith('extra ') === true ? lines[1].slice('extra '.length) : null
  const extra = extraLine === null ? null : fromBase64(extraLine)
  if (extra?.kind === 'fail') return fail({ kind: 'malformed receipt', line: 1 })
  const indexAt = extra === null ? 1 : 2
  const [, digits = ''] = /^index (.*)$/.exec(lines[indexAt] ?? '') ?? []
  const index = parseSize(digits)
  if (index === null) return fail({ kind: 'malformed receipt', line: indexAt })
  const proof: Hash[] = []
  for (const [i, line] of lines.slice(indexAt + 1).entries()) {
    const hash = parseHash(line)
    if (hash === null || i >= proofHashesMax) return fail({ kind: 'malformed receipt', line: indexAt + 1 + i })
    proof.push(hash)
  }
  return ok({ index, proof, checkpoint: source.slice(split + 2), extra: extra?.value ?? null })
}

/** Checks a receipt for an entry's bytes: the checkpoint holds under `trust`, and the entry lies in its tree where the receipt says. */
export function checkReceipt(
  source: string,
  entry: Uint8Array,
  trust: Trust,
): Result<{ readonly index: number } & OpenCheckpoint, ReceiptFault> {
  const receipt = parseReceipt(source)
  if (receipt.kind === 'fail') return receipt
  const opened = openCheckpoint(receipt.value.checkpoint, trust)
  if (opened.kind === 'fail') return opened
  const { size, root } = opened.value.checkpoint
  const { index, proof } = receipt.value
  return isIncluded(leafHash(entry), index, size, root, proof)
    ? ok({ index, ...opened.value })
    : fail({ kind: 'entry is not at this place' })
}
