import { sha256 } from '@noble/hashes/sha2.js'
import {
  assert,
  canonicalJson,
  fail,
  fromHex,
  ok,
  parseCanonicalJson,
  type Random,
  type Result,
  toHex,
  utf8,
} from '@quorate/kernel'

import { prepareBallot, type UnsignedBallot } from './ballot.ts'
import type { Election } from '../election.ts'
import type { Answer, ChoiceFault } from './question.ts'
import { seededRandom } from '../seeded-random.ts'

/** A locked ballot and the seed it was locked with: cast it (and forget the seed), or test it (and never sign it). */
export type TestableBallot = { readonly unsigned: UnsignedBallot; readonly seed: string; readonly choices: readonly Answer[] }

/** Bound to election and key as well, so that a seed used twice by a faulty device does not repeat randomness elsewhere. */
const streamOf = (election: Election, credential: string, seed: string): Random =>
  seededRandom(sha256(utf8(`quorate/lock/v1|${election.fingerprint}|${credential}|${seed}`)))

/**
 * Locks choices so that the device can be tested (Benaloh 2006): everything in the unsigned ballot is a function of election, choices,
 * credential and a 32-byte seed, fresh at each locking. Its digest is the commitment: show it before asking "cast or test".
 */
export function lockTestably(
  election: Election,
  choices: readonly Answer[],
  credential: string,
  random: Random,
): Result<TestableBallot, ChoiceFault> {
  const seed = toHex(random(32))
  assert(seed.length === 64, 'the source of randomness gives what it is asked for')
  const unsigned = prepareBallot(election, choices, credential, streamOf(election, credential, seed))
  return unsigned.kind === 'fail' ? unsigned : ok({ unsigned: unsigned.value, seed, choices })
}

const format = 'quorate/spoil/v1'

/** What a test reveals, to be scanned by a page from elsewhere. From then on the ballot is public: it must never be signed. */
export const revealOf = (election: Election, { unsigned, seed, choices }: TestableBallot): string =>
  canonicalJson({ format, electionHash: election.fingerprint, credential: unsigned.message.credential, seed, choices })

/** Why a test does not speak for the device. */
export type SpoilFault =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'another election' }
  | { readonly kind: 'choices break the rules'; readonly fault: ChoiceFault }
  /** The revealed choices do not give the ballot that was committed to: the device would have cast something else. Use another device. */
  | { readonly kind: 'not the ballot that was locked'; readonly rebuilt: string }

/** What an honest device had locked. */
export type Tested = { readonly choices: readonly Answer[]; readonly credential: string; readonly digest: string }

function readChoices(value: unknown): readonly Answer[] | undefined {
  if (!Array.isArray(value) || value.length > 100) return undefined
  const choices: Answer[] = []
  for (const row of value as readonly unknown[]) {
    if (!Array.isArray(row) || row.length > 500) return undefined
    const numbers = (row as readonly unknown[]).filter((each) => typeof each === 'number')
    if (numbers.length !== row.length) return undefined
    choices.push(numbers)
  }
  return choices
}

/**
 * Rebuilds the unsigned ballot from what a test revealed and compares digests. `committed` is the digest that was scanned or compared
 * *before* the device knew it would be tested. The box runs the same check before it refuses the digest for ever.
 */
export function checkReveal(election: Election, reveal: string, committed: string): Result<Tested, SpoilFault> {
  const json = parseCanonicalJson(reveal)
  if (json.kind === 'fail' || typeof json.value !== 'object' || json.value === null) return fail({ kind: 'malformed' })
  const body = json.value as Readonly<Record<string, unknown>>
  const { seed, credential } = body
  const choices = readChoices(body['choices'])
  if (body['format'] !== format || choices === undefined || typeof seed !== 'string' || typeof credential !== 'string')
    return fail({ kind: 'malformed' })
  if (body['electionHash'] !== election.fingerprint) return fail({ kind: 'another election' })
  if (fromHex(seed).kind === 'fail' || seed.length !== 64 || election.engine.decode(credential).kind === 'fail')
    return fail({ kind: 'malformed' })
  const rebuilt = prepareBallot(election, choices, credential, streamOf(election, credential, seed))
  if (rebuilt.kind === 'fail') return fail({ kind: 'choices break the rules', fault: rebuilt.error })
  const { digest } = rebuilt.value
  if (digest !== committed) return fail({ kind: 'not the ballot that was locked', rebuilt: digest })
  return ok({ choices, credential, digest })
}
