import { fastEd25519, lockBallot, ownHints, parseElection, type Answer, type Election, type LockedBallot } from '@quorate/ballots'
import { assert } from '@quorate/kernel'

/** A paper and how to mark it; `isFast`: by WebAssembly. */
export type Paper = { readonly election: string; readonly choice: Answer; readonly secret: string; readonly isFast: boolean }
/** `open` does what the booth does when it shows the paper, `lock` what it does when the voter has marked it, `hint` what it sends with the ballot. */
export type Step = 'open' | 'lock' | 'hint'

const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
let opened: Election | null = null
let locked: LockedBallot | null = null

/** Milliseconds that a step takes on this device. */
export function timeStep(step: Step, { election: text, choice, secret, isFast }: Paper): number {
  const began = performance.now()
  if (step === 'open') {
    const election = parseElection(text, isFast ? { wasm: fastEd25519 } : {})
    assert(election.kind === 'ok', 'the election reads')
    opened = election.value
  } else if (step === 'lock') {
    assert(opened !== null, 'the paper is opened first')
    const ballot = lockBallot(opened, [choice], BigInt(secret), random)
    assert(ballot.kind === 'ok', 'the ballot locks')
    locked = ballot.value
  } else {
    assert(opened !== null && locked !== null, 'the ballot is locked first')
    const hints = ownHints(opened, locked)
    assert(hints?.length === 64 * (locked.points?.length ?? 0), 'every point has its hint')
  }
  return performance.now() - began
}
