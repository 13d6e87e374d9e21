/** A state of the public record at which this trustee's device has checked the box, and the sum it found. */
export type SeenSum = {
  /** Entries under that state's checkpoint, and its root in hex. */
  readonly size: number
  readonly root: string
  /** Hash of the encrypted tally, in hex. */
  readonly tally: string
}

/**
 * What a trustee's device keeps of the public record, so that a server that shows another record later is found out. `size` and `root` (hex) are
 * the record's state when the key was made: nothing of a box that this key opens can stand before. No secret.
 */
export type KeptRecord = {
  /** Key of the log, `name+id+base64`. */
  readonly log: string
  /** Keys of the witnesses that the server named, and how many of them its rulebook asks for. */
  readonly witnesses: readonly string[]
  readonly quorum: number
  readonly size: number
  readonly root: string
  /** The last check of the box, null before the first. */
  readonly seen: SeenSum | null
}

// One organisation each; far more than any movement will find.
const witnessesMax = 100

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isKey = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 1000

/** Reads what was kept of a check; null when it is none. */
export function parseSeenSum(value: unknown): SeenSum | null {
  if (!isObject(value)) return null
  const { size, root, tally } = value
  return isSize(size) && isHash(root) && isHash(tally) ? { size, root, tally } : null
}

/** Reads what was kept of the record; null when it is none. */
export function parseKeptRecord(value: unknown): KeptRecord | null {
  if (!isObject(value)) return null
  const { log, witnesses, quorum, size, root, seen } = value
  if (!isKey(log) || !isSize(quorum) || !isSize(size) || !isHash(root)) return null
  if (!Array.isArray(witnesses) || witnesses.length > witnessesMax || !witnesses.every(isKey)) return null
  const sum = seen === null ? null : parseSeenSum(seen)
  return seen === null || sum !== null ? { log, witnesses: [...witnesses], quorum, size, root, seen: sum } : null
}
