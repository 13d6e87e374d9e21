import { type Random, uintBytes } from '@quorate/kernel'

import { lockBallot } from '../src/voting/ballot.ts'
import { demoElection, good, randomFrom, ranked } from './demo-election.ts'

/** A source whose first draws are these numbers, as wide as they are asked for; then ordinary. */
function startingWith(...numbers: readonly bigint[]): Random {
  const then = randomFrom('afterwards')
  let at = 0
  return (n) => {
    const number = numbers[at++]
    return number === undefined ? then(n) : uintBytes(number, n)
  }
}

/**
 * Two ballots of one voter with one ballot code, and their election. Found among 94,000 tries by a device that draws its nonces in a row: Ada
 * before Bea, and Bea before Ada.
 */
export function ballotsOfOneCode() {
  const demo = demoElection({ group: 'Ed25519', questions: [ranked], voters: 2, holders: { size: 3, threshold: 2 } })
  const secret = demo.voters[0] ?? 0n
  const first = good(lockBallot(demo.election, [[1, 2, 0, 0]], secret, startingWith(1_000_003n, 48_602n)))
  const second = good(lockBallot(demo.election, [[2, 1, 0, 0]], secret, startingWith(1_000_004n, 45_211n)))
  return { demo, first, second }
}
