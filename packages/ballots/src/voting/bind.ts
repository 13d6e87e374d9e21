import { canonicalJson, fail, ok, parseCanonicalJson, type Result } from '@quorate/kernel'

import { compareKeys, type VotingCode } from './credential.ts'
import { sha256Hex } from '../hash.ts'

/** One line of the bind list: the voting key X and its bind, 64 hex digits. */
export type Bind = { readonly key: string; readonly bind: string }

/** A line's opening: whose leaf of the frozen roll (64 hex digits), and the secret s (64 hex digits) that only the code's holder can make. */
export type BindOpening = { readonly leaf: string; readonly secret: string }

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** s = H(`bind|uuid|c`), 64 hex digits. Sent when casting; it tells neither the code nor the credential's secret. */
export const bindSecretOf = (uuid: string, code: VotingCode): string => sha256Hex(`bind|${uuid}|${code}`)

/** bind = H(`quorate/bind/v1|uuid|X|leaf|s`). None of the parts can hold a bar, so no two statements have one text. */
const bindOf = (uuid: string, key: string, { leaf, secret }: BindOpening): string =>
  sha256Hex(`quorate/bind/v1|${uuid}|${key}|${leaf}|${secret}`)

/**
 * The bind list: for every voting key a commitment to the roll leaf of the member it was made for, in the order of the public roll. It
 * says nothing to the public; the server demands at each cast that the logged-in member's own leaf opens it.
 */
export const bindList = (
  uuid: string,
  issued: readonly { readonly key: string; readonly leaf: string; readonly code: VotingCode }[],
): readonly Bind[] =>
  issued
    .map(({ key, leaf, code }) => ({ key, bind: bindOf(uuid, key, { leaf, secret: bindSecretOf(uuid, code) }) }))
    .sort((a, b) => compareKeys(a.key, b.key))

/** Why a leaf and a secret do not open a key's line. */
export type BindRefusal =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'key not on the bind list' }
  /** The code was made for another member: a stolen or swapped code, or a registrar's mistake. */
  | { readonly kind: 'bound to another member' }

/** Whether `opening` opens the line `bind` of `key` (undefined: the key has no line). For the server at each cast, and for scrutineers. */
export function openBind(uuid: string, key: string, bind: string | undefined, opening: BindOpening): Result<null, BindRefusal> {
  if (!isHash(opening.leaf) || !isHash(opening.secret)) return fail({ kind: 'malformed' })
  if (bind === undefined) return fail({ kind: 'key not on the bind list' })
  return bindOf(uuid, key, opening) === bind ? ok(null) : fail({ kind: 'bound to another member' })
}

/** Exact text of the bind list, as its fingerprint on the record is taken: canonical JSON `[["X","bind"],…]`. */
export const bindListText = (list: readonly Bind[]): string => canonicalJson(list.map(({ key, bind }) => [key, bind]))

/** Why a text is not the bind list of a public roll; `line` counts from 1. */
export type BindListFault =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'count differs'; readonly found: number; readonly expected: number }
  | { readonly kind: 'key differs from the roll'; readonly line: number }

/** Reads a bind list strictly: the same keys as the public roll, in its order, each with one hash. */
export function parseBindList(text: string, roll: readonly string[]): Result<readonly Bind[], BindListFault> {
  const json = parseCanonicalJson(text)
  if (json.kind === 'fail' || !Array.isArray(json.value)) return fail({ kind: 'malformed' })
  const list: Bind[] = []
  for (const line of json.value as readonly unknown[]) {
    if (!Array.isArray(line) || line.length !== 2) return fail({ kind: 'malformed' })
    const [key, bind] = line as readonly unknown[]
    if (typeof key !== 'string' || typeof bind !== 'string' || !isHash(bind)) return fail({ kind: 'malformed' })
    list.push({ key, bind })
  }
  if (list.length !== roll.length) return fail({ kind: 'count differs', found: list.length, expected: roll.length })
  const other = list.findIndex(({ key }, i) => key !== roll[i])
  return other < 0 ? ok(list) : fail({ kind: 'key differs from the roll', line: other + 1 })
}
