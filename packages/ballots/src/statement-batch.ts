import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, type Random, utf8 } from '@quorate/kernel'

import { openAll, weightsFrom } from './batch.ts'
import type { Election } from './election.ts'
import type { Bulk } from './groups/engine.ts'
import type { Element } from './groups/groups.ts'
import { scalarBelow, wideChallenge } from './schnorr.ts'
import { type CastClaim, castDomain, type CastStatement, statementHolds } from './voting/cast-statement.ts'

/**
 * A cast statement, the decoded key X that it must be by, and the ballot that it must be about. `hint`: A/8 of its commitment A, 64 bytes,
 * from whoever sent it; never trusted, and without a good one the check takes longer.
 */
export type HintedStatement = {
  readonly key: Element
  readonly claim: Omit<CastClaim, 'previous'>
  readonly statement: CastStatement
  readonly hint?: Uint8Array
}

type Candidate = {
  readonly index: number
  readonly key: Element
  /** What the challenge hashes before A. */
  readonly domain: string
  readonly c: bigint
  readonly z: bigint
  readonly hints: Uint8Array
}

/**
 * Indexes of candidates that hold but for a chance of 2⁻¹²⁸: each challenge is the hash over the commitment that its hint gives, and the sum of
 * all A − z·G − c·X, each under a weight of 128 bits drawn when everything is fixed, is the identity. The others are for the strict check.
 */
function holdTogether(election: Election, bulk: Bulk<Element>, given: readonly Candidate[], random: Random): readonly number[] {
  if (given.length === 0) return []
  const { engine, fingerprint } = election
  const { q } = engine
  const { candidates, opened } = openAll(bulk, given)
  const isSound = candidates.map(({ domain, c }, i) => wideChallenge(`${domain}|${opened.textsFrom(i, 1)}`, q) === c)
  const sound = candidates.filter((_, i) => isSound[i])
  if (sound.length === 0) return []
  // c is the hash over A, so with c and z every term is fixed.
  const fixed = sound.map(({ c, z }) => `${c},${z}`).join('|')
  const seed = sha256(concatBytes(utf8(`quorate/batch/v1|cast|${fingerprint}|`), random(32), utf8(fixed)))
  const drawWeight = weightsFrom(bulk, seed)
  let base = 0n
  const more: (readonly [Element, bigint])[] = []
  const scalars = candidates.map(({ key, c, z }, i) => {
    if (isSound[i] !== true) return 0n
    const weight = drawWeight()
    base += weight * z
    more.push([key, (q - ((weight * c) % q)) % q])
    return weight
  })
  more.push([engine.generator, (q - (base % q)) % q])
  if (opened.cancel(scalars, more)) return sound.map(({ index }) => index)
  if (sound.length === 1) return []
  const half = sound.length >> 1
  return [sound.slice(0, half), sound.slice(half)].flatMap((part) => holdTogether(election, bulk, part, random))
}

/**
 * Whether each of many statements is by its key and about its ballot, as `statementHolds` says of each, in about a fifth of the time for those
 * with good hints. Whatever is odd goes through the strict check; only that condemns. `random` gives fresh bytes that no caster could foresee.
 * `byHints` hears the index of each that needed no strict check: its hint is good.
 */
export function statementsHold(
  election: Election,
  statements: readonly HintedStatement[],
  random: Random,
  byHints: (index: number) => void = () => undefined,
): readonly boolean[] {
  const { engine } = election
  const { bulk, q } = engine
  const candidates = statements.flatMap(({ key, claim, statement: { previous, proof }, hint }, index): readonly Candidate[] => {
    const [c, z] = [scalarBelow(proof.challenge, q), scalarBelow(proof.response, q)]
    const isWhole = hint?.length === 64 && c !== null && z !== null
    return isWhole ? [{ index, key, domain: castDomain({ ...claim, previous }), c, z, hints: hint }] : []
  })
  const held = new Set(bulk === undefined ? [] : holdTogether(election, bulk, candidates, random))
  for (const index of held) byHints(index)
  return statements.map(({ key, claim, statement }, index) => held.has(index) || statementHolds(engine, key, claim, statement))
}

/** A/8 of a statement that holds: {@link HintedStatement.hint}, from its proof. Undefined where the engine has no use for hints. */
export function statementHint(
  { engine }: Election,
  key: Element,
  { proof: { challenge, response } }: CastStatement,
): Uint8Array | undefined {
  const [c, z] = [scalarBelow(challenge, engine.q), scalarBelow(response, engine.q)]
  if (c === null || z === null) return undefined
  // The proof has A = z·G + c·X.
  return engine.hintsOf?.([engine.add(engine.multiply(engine.generator, z), engine.multiply(key, c))])
}
