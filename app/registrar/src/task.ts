import { isGroupName, parseCheckedFile, type CheckedFileFault, type GroupName } from '@quorate/ballots'
import { fail, instant, ok, parseZone, type Instant, type Json, type JsonObject, type Result, type Zone } from '@quorate/kernel'
import type { ShownRoll } from './frozen-roll.ts'

/** What a registrar's program on a disk is told of one election. No name and no address is in it. */
export type RegistrarTask = ShownRoll & {
  readonly uuid: string
  /** When it was made, milliseconds. */
  readonly at: number
  readonly address: string
  readonly zone: Zone
  readonly title: string
  readonly group: GroupName
  readonly officer: string
  /** The registrar's public key under which the roll was frozen, base64url. */
  readonly registrar: string
  readonly state: 'to-issue' | 'issued' | 'open' | 'closed'
  readonly closesAt: Instant | null
  /** φ, once the ballot is set up: letters say by it which paper they are for. */
  readonly fingerprint: string | null
  /** Public keys that cast a ballot, once voting has closed; null before. */
  readonly used: readonly string[] | null
}

/** The format of its file. */
export const registrarTaskFormat = 'quorate/registrar-task/v1'

const states = ['to-issue', 'issued', 'open', 'closed'] as const
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
const hex = /^[0-9a-f]{64}$/

/** Reads a task file. */
export function parseRegistrarTask(text: string): Result<RegistrarTask, CheckedFileFault> {
  const read = parseCheckedFile(registrarTaskFormat, text)
  if (read.kind === 'fail') return read
  const f = read.value
  const words = ['uuid', 'address', 'zone', 'title', 'electorate', 'officer', 'registrar', 'root'].map((name) => f[name])
  const numbers = ['at', 'decision', 'size'].map((name) => f[name])
  const state = states.find((each) => each === f['state'])
  const group = typeof f['group'] === 'string' && isGroupName(f['group']) ? f['group'] : undefined
  const { lines, used, closesAt, fingerprint } = f
  if (!words.every((word) => typeof word === 'string') || !numbers.every((number) => typeof number === 'number'))
    return fail('damaged')
  const [uuid = '', address = '', zoneName = '', title = '', electorate = '', officer = '', registrar = '', root = ''] =
    words as readonly string[] // looked at above
  const [at = 0, decision = 0, size = 0] = numbers as readonly number[] // looked at above
  const zone = parseZone(zoneName)
  const wrong = !/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid) || !hex.test(root) || !/^https?:\/\/[^\s"<>]+$/.test(address)
  if (wrong || zone.kind === 'fail' || state === undefined || group === undefined || !Array.isArray(lines)) return fail('damaged')
  const shown = (lines as readonly Json[]).flatMap((line) => {
    if (!isObject(line)) return []
    const { leaf, salt, member } = line
    return typeof leaf === 'string' && typeof salt === 'string' && typeof member === 'number' ? [{ leaf, salt, member }] : []
  })
  const keys = Array.isArray(used) ? (used as readonly Json[]).filter((key) => typeof key === 'string') : null
  if (shown.length !== lines.length || (used !== null && keys?.length !== (used as readonly Json[]).length))
    return fail('damaged')
  if (closesAt !== null && typeof closesAt !== 'number') return fail('damaged')
  if (fingerprint !== null && (typeof fingerprint !== 'string' || !/^[A-Za-z0-9+/]{43}$/.test(fingerprint)))
    return fail('damaged')
  return ok({
    uuid,
    at,
    address,
    zone: zone.value,
    title,
    electorate,
    officer,
    registrar,
    root,
    decision,
    size,
    state,
    group,
    lines: shown,
    fingerprint,
    used: keys,
    closesAt: closesAt === null ? null : instant(closesAt),
  })
}
