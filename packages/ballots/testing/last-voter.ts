import { assert, type Random, uintBytes } from '@quorate/kernel'

import type { Choice } from '../src/voting/question.ts'
import { lockBallot, type LockedBallot } from '../src/voting/ballot.ts'
import type { Election } from '../src/election.ts'
import { challengeOf } from '../src/hash.ts'
import { responseOf } from '../src/schnorr.ts'
import type { EncryptedTally } from '../src/opening/tally.ts'
import { wireText } from '../src/wire.ts'
import { good, randomFrom } from './demo-election.ts'

/** What the cheat leaves behind: a ballot that is valid, and the making of an opening that is false though every `decrypt` proof holds. */
export type Forgery = {
  readonly ballot: LockedBallot
  readonly openingOf: (tally: EncryptedTally) => string
}

/** A source whose first draws are these numbers (below q), as wide as they are asked for; then ordinary. */
function startingWith(numbers: readonly bigint[], then: Random): Random {
  let at = 0
  return (n) => {
    const number = numbers[at++]
    return number === undefined ? then(n) : uintBytes(number, n)
  }
}

/**
 * The last voter's forgery: a trustee with secret x casts the last ballot. The challenge `decrypt|φ|X|A,B` hashes neither α nor F, so the
 * trustee fixes A = w·G and B = w·S + b·G first (S: the sum of all earlier α), gets c, and only then chooses the ballot's randomness
 * r = (b + c·δ)/w. With α = S + r·G, F = x·α − δ·G and z = w − c·x the proof holds: z·α + c·F = w·S + (w·r − c·δ)·G = B.
 *
 * `before`: the tally of all earlier ballots. `shifts`: by what λ·δ to raise each place of the one question, already divided by λ.
 */
export function forgeAsLastVoter(
  election: Election,
  before: EncryptedTally,
  {
    trusteeSecret,
    voterSecret,
    choice,
  }: { readonly trusteeSecret: bigint; readonly voterSecret: bigint; readonly choice: Choice },
  shifts: readonly bigint[],
): Forgery {
  const { engine, fingerprint } = election
  const { add, encode, multiply, multiplyBaseSecret, negate, q } = engine
  const key = encode(multiplyBaseSecret(trusteeSecret))
  const places = shifts.map((delta, place) => {
    const S = before.ciphertexts[0]?.[place]?.alpha
    assert(S !== undefined, 'a shift for every place')
    const w = 1_000_003n + BigInt(place)
    const b = 7_777_777n
    const A = multiplyBaseSecret(w)
    const B = add(multiply(S, w), multiplyBaseSecret(b))
    const c = challengeOf(`decrypt|${fingerprint}|${key}|${encode(A)},${encode(B)}`, q)
    const r = ((b + c * delta) * inverseOf(w, q)) % q
    return { delta, r, proof: { challenge: c.toString(), response: responseOf(w, trusteeSecret, c, q).toString() } }
  })
  const draws = startingWith(
    places.map(({ r }) => r),
    randomFrom('the rest of the last ballot'),
  )
  return {
    ballot: good(lockBallot(election, [choice], voterSecret, draws)),
    openingOf: (tally) =>
      wireText({
        decryption_factors: [
          places.map(({ delta }, place) => {
            const alpha = tally.ciphertexts[0]?.[place]?.alpha
            assert(alpha !== undefined, 'a place of the tally')
            return encode(add(multiply(alpha, trusteeSecret), negate(multiplyBaseSecret(delta))))
          }),
        ],
        decryption_proofs: [places.map(({ proof }) => proof)],
      }),
  }
}

/** a⁻¹ mod q for prime q, by Fermat. */
export function inverseOf(a: bigint, q: bigint): bigint {
  let out = 1n
  let power = a % q
  for (let e = q - 2n; e > 0n; e >>= 1n) {
    if (e & 1n) out = (out * power) % q
    power = (power * power) % q
  }
  return out
}
