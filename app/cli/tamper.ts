import { fail, ok, type Result } from '@quorate/kernel'

/** What a root shell might do to a record. */
export const tamperKinds = ['ballot', 'total', 'notice', 'roll', 'delete', 'reorder'] as const
/** One of them. */
export type TamperKind = (typeof tamperKinds)[number]

/** What each kind needs, as it is said when there is none. */
export const neededFor: Readonly<Record<TamperKind, string>> = {
  ballot: 'ballot',
  total: 'result',
  notice: 'notice',
  roll: 'roll',
  delete: 'decision',
  reorder: 'pair of entries of one decision',
}

/** Whether a word names a kind. */
export const isTamperKind = (word: string): word is TamperKind => (tamperKinds as readonly string[]).includes(word)

/** An entry of a log as it is stored: its place and its bytes as text. */
export type TamperEntry = { readonly index: number; readonly bytes: string }

/** One alteration: what each touched entry becomes, `null` for deleted, and what was done, in words. */
export type Tampering = {
  readonly kind: TamperKind
  readonly entries: readonly { readonly index: number; readonly before: string; readonly after: string | null }[]
  readonly did: string
}

/** A whole number from 0 to `below` − 1, each equally likely. */
export type Dice = (below: number) => number

/** Something that can be altered in one way: the places where it stands, and the alteration there. */
type Way = {
  readonly where: (entry: Read) => boolean
  readonly change: (entry: Read, dice: Dice, all: readonly Read[]) => Tampering | null
}

type Read = TamperEntry & { readonly type: string; readonly decision: number | null; readonly act: string | null }

/** What an entry says of itself; an entry that cannot be read any more is left alone. */
function read(entry: TamperEntry): Read {
  const type = /"type":"([a-z-]+)","v":1\}$/.exec(entry.bytes)?.[1] ?? ''
  const decision = /"decision":(\d+),"type":"[a-z-]+","v":1\}$/.exec(entry.bytes)?.[1]
  const act = type === 'act' ? (/"act":\{[^{}]*"kind":"([a-z-]+)"/.exec(entry.bytes)?.[1] ?? null) : null
  return { ...entry, type, decision: decision === undefined ? null : Number(decision), act }
}

const replaced = (kind: TamperKind, { index, bytes }: Read, after: string, did: string): Tampering | null =>
  after === bytes ? null : { kind, entries: [{ index, before: bytes, after }], did: `${did} in entry ${index}` }

const otherDigit = (digit: string, dice: Dice): string => String((Number(digit) + 1 + dice(9)) % 10)

const daysBack = 3
const dayMs = 86_400_000

/** A table: one row a kind. */
const ways: Readonly<Record<TamperKind, Way>> = {
  ballot: {
    where: ({ type }) => type === 'ballot',
    change: (entry, dice) => {
      // A digit inside the ballot's own text, so that the entry can still be read.
      const from = entry.bytes.indexOf('"ballot":')
      const digits = [...entry.bytes.matchAll(/\d/g)]
        .map((match) => match.index)
        .filter((at) => at > from && at < entry.bytes.indexOf('"cast":'))
      const at = digits[dice(digits.length)]
      if (at === undefined) return null
      const after = `${entry.bytes.slice(0, at)}${otherDigit(entry.bytes.charAt(at), dice)}${entry.bytes.slice(at + 1)}`
      return replaced('ballot', entry, after, 'one digit of a ballot was changed')
    },
  },
  total: {
    where: ({ type }) => type === 'result',
    change: (entry) => {
      const after = entry.bytes.replace(/\[\[(\d+),(\d+)/, (_, a: string, b: string) => `[[${Number(b) + (a === b ? 1 : 0)},${a}`)
      return replaced('total', entry, after, 'the votes for and against changed places')
    },
  },
  notice: {
    where: ({ act }) => act === 'notify',
    change: (entry) => {
      const after = entry.bytes.replace(/"(?:occurredAt|receivedAt)":(\d+)/g, (text, at: string) =>
        text.replace(at, String(Number(at) - daysBack * dayMs)),
      )
      return replaced('notice', entry, after, `notice was dated back by ${daysBack} days`)
    },
  },
  roll: {
    where: ({ type }) => type === 'roll',
    change: (entry, dice) => {
      const after = entry.bytes.replace(
        /"root":"(.)/,
        (_, digit: string) => `"root":"${((parseInt(digit, 16) + 1 + dice(15)) % 16).toString(16)}`,
      )
      return replaced('roll', entry, after, 'the roll was swapped for another')
    },
  },
  delete: {
    where: ({ index, decision }) => index > 0 && decision !== null,
    change: ({ index, bytes, type }) => ({
      kind: 'delete',
      entries: [{ index, before: bytes, after: null }],
      did: `entry ${index} (${type}) was deleted`,
    }),
  },
  reorder: {
    where: ({ index, decision }) => index > 0 && decision !== null,
    change: (entry, _, all) => {
      const next = all.find(({ index }) => index === entry.index + 1)
      if (next === undefined || next.decision !== entry.decision) return null
      const swapped = [
        { index: entry.index, before: entry.bytes, after: next.bytes },
        { index: next.index, before: next.bytes, after: entry.bytes },
      ]
      return { kind: 'reorder', entries: swapped, did: `entries ${entry.index} and ${next.index} changed places` }
    },
  },
}

/**
 * Alters one thing at random. `decision`: leaves other decisions alone. Fails when there is nothing of the kind yet: a decision without a
 * ballot has none to change.
 */
export function tamper(
  entries: readonly TamperEntry[],
  wish: { readonly kind: TamperKind | null; readonly decision: number | null },
  dice: Dice,
): Result<Tampering, 'nothing of that kind'> {
  const all = entries.map(read)
  const kinds = wish.kind === null ? [...tamperKinds] : [wish.kind]
  while (kinds.length > 0) {
    const [kind] = kinds.splice(dice(kinds.length), 1)
    if (kind === undefined) break
    const places = all.filter((entry) => ways[kind].where(entry) && (wish.decision === null || entry.decision === wish.decision))
    while (places.length > 0) {
      const [place] = places.splice(dice(places.length), 1)
      const done = place === undefined ? null : ways[kind].change(place, dice, all)
      if (done !== null) return ok(done)
    }
  }
  return fail('nothing of that kind')
}
