import { codesFile, lockedFile, registrarKeyOf, unlockedFile, type CheckedFileFault, type KeyFileWork } from '@quorate/ballots'
import { assert, canonicalJson, fail, fromHex, ok, parseCanonicalJson, toHex, type Random, type Result } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'
import { type Addressee } from './address-list.ts'
import { checkFrozenRoll } from './frozen-roll.ts'
import { makeCodes } from './make-codes.ts'
import type { RegistrarTask } from './task.ts'

/** A member of one roll with the voting code that was made for them. */
export type Coded = {
  readonly leaf: string
  readonly member: number
  readonly name: string
  readonly address: string
  readonly locale: Locale
  readonly code: string
  readonly key: string
}

/** The codes of one election, as a registrar's file keeps them until voting closes. */
export type KeptBallot = {
  readonly uuid: string
  readonly title: string
  readonly roll: string
  readonly binds: string
  readonly members: readonly Coded[]
}

/** Everything a registrar keeps: the seed of their key, the codes of ballots that have not closed, and the addresses that codes went to. */
export type Keeping = {
  readonly seed: string
  readonly ballots: readonly KeptBallot[]
  /** Addresses that codes were made for, by membership number: a later list that says another one is asked about. */
  readonly known: readonly { readonly member: number; readonly address: string }[]
}

const format = 'quorate/registrar-locked/v1'

/** A new registrar: a key, and nothing else yet. */
export const newKeeping = (random: Random): Keeping => ({ seed: toHex(random(32)), ballots: [], known: [] })

function seedOf({ seed }: Keeping): Uint8Array {
  const bytes = fromHex(seed)
  assert(bytes.kind === 'ok' && bytes.value.length === 32, 'a registrar keeps a seed of 32 bytes')
  return bytes.value
}

/** The public key as a server is told it (`QUORATE_REGISTRAR`): 32 bytes in base64url. */
export function publicKeyOf(keeping: Keeping): string {
  const bytes = fromHex(registrarKeyOf(seedOf(keeping)))
  assert(bytes.kind === 'ok', 'a key is written in hex')
  return btoa(String.fromCharCode(...bytes.value))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Exact text of the registrar's file under a passphrase. */
export const keepingFile = (
  keeping: Keeping,
  passphrase: string,
  random: Random,
  work?: KeyFileWork,
): Result<string, 'passphrase too short'> =>
  lockedFile(format, { registrar: publicKeyOf(keeping) }, canonicalJson(keeping), passphrase, random, work)

/** Opens a registrar's file. */
export function openKeeping(text: string, passphrase: string): Result<Keeping, CheckedFileFault | 'wrong passphrase'> {
  const opened = unlockedFile(format, text, passphrase)
  if (opened.kind === 'fail') return opened
  const json = parseCanonicalJson(opened.value.secret)
  const keeping = json.kind === 'ok' ? (json.value as unknown as Keeping) : null // our own text: its cipher vouches for it
  return keeping === null ? fail('damaged') : ok(keeping)
}

/** The codes that are kept of an election, or null. */
export const ballotOf = ({ ballots }: Keeping, uuid: string): KeptBallot | null =>
  ballots.find((ballot) => ballot.uuid === uuid) ?? null

/** How a roll and a registrar's own list fit together. */
export type Fit = {
  /** Members on the roll who are not on the list, and so cannot be written to. */
  readonly missing: readonly number[]
  /** Members whose address on the list is not the one that an earlier code was made for. */
  readonly moved: readonly number[]
}

/** Compares a roll with the registrar's own list. */
export function fitOf({ known }: Keeping, { lines }: RegistrarTask, list: ReadonlyMap<number, Addressee>): Fit {
  const earlier = new Map(known.map(({ member, address }) => [member, address]))
  const members = lines.map(({ member }) => member)
  return {
    missing: members.filter((member) => !list.has(member)),
    moved: members.filter((member) => {
      const [now, before] = [list.get(member)?.address, earlier.get(member)]
      return now !== undefined && before !== undefined && now !== before
    }),
  }
}

/** Why no codes were made. */
export type IssueFault =
  | { readonly kind: 'another registrar' | 'made already' | 'not now' }
  | { readonly kind: 'roll'; readonly why: string }
  | { readonly kind: 'missing'; readonly members: readonly number[] }

/** Makes the codes of a frozen roll once. Codes that exist are never made again: two of them would be two votes that look alike. */
export function issue(
  keeping: Keeping,
  task: RegistrarTask,
  list: ReadonlyMap<number, Addressee>,
  random: Random,
): Result<Keeping, IssueFault> {
  if (task.registrar !== publicKeyOf(keeping)) return fail({ kind: 'another registrar' })
  if (ballotOf(keeping, task.uuid) !== null) return fail({ kind: 'made already' })
  if (task.state !== 'to-issue') return fail({ kind: 'not now' })
  const roll = checkFrozenRoll(task)
  if (roll.kind === 'fail') return fail({ kind: 'roll', why: roll.error })
  const lines = task.lines.flatMap(({ leaf, member }) => {
    const addressee = list.get(member)
    return addressee === undefined ? [] : [{ leaf, ...addressee }]
  })
  if (lines.length !== task.lines.length) return fail({ kind: 'missing', members: fitOf(keeping, task, list).missing })
  const made = makeCodes(task, lines, random)
  const known = new Map(keeping.known.map(({ member, address }) => [member, address]))
  for (const { member, address } of lines) if (!known.has(member)) known.set(member, address)
  return ok({
    ...keeping,
    ballots: [...keeping.ballots, { ...made, title: task.title }],
    known: [...known].map(([member, address]) => ({ member, address })),
  })
}

/** The file to be handed in at the desk: what may be public, signed. */
export const publicFile = (keeping: Keeping, { uuid, roll, binds }: KeptBallot): string =>
  codesFile({ uuid, roll, binds }, seedOf(keeping))

/** The same without the codes of one election. What was saved before still holds them until it is thrown away. */
export const withoutBallot = (keeping: Keeping, uuid: string): Keeping => ({
  ...keeping,
  ballots: keeping.ballots.filter((ballot) => ballot.uuid !== uuid),
})
