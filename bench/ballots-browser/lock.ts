import { fastEd25519, lockBallot, parseElection, type Answer } from '@quorate/ballots'

/** What a page or a worker is asked to time: a voter's first ballot of an election, and one more. */
export type ToTime = { readonly election: string; readonly choice: Answer; readonly secret: string; readonly isFast: boolean }
/** Milliseconds from the election's text to the locked ballot, and of the second ballot; whether WebAssembly ran. */
export type Timed = { readonly first: number; readonly second: number }

/** Locks two ballots as a voter's device does. Throws where the ballot does not lock: then there is nothing to time. */
export function timeLocking({ election: text, choice, secret, isFast }: ToTime): Timed {
  const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
  const began = performance.now()
  const election = parseElection(text, isFast ? { wasm: fastEd25519 } : {})
  if (election.kind === 'fail') throw new Error(election.error.kind)
  const lock = (): void => {
    const locked = lockBallot(election.value, [choice], BigInt(secret), random)
    if (locked.kind === 'fail') throw new Error(locked.error.kind)
  }
  lock()
  const middle = performance.now()
  lock()
  return { first: middle - began, second: performance.now() - middle }
}
