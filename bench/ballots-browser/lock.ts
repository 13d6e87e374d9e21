import { fastEd25519, lockBallot, parseElection, type Answer, type Election } from '@quorate/ballots'
import { assert } from '@quorate/kernel'

/** A paper and how to mark it; `isFast`: by WebAssembly. */
export type Paper = { readonly election: string; readonly choice: Answer; readonly secret: string; readonly isFast: boolean }
/** `open` does what the booth does when it shows the paper, `lock` what it does when the voter has marked it. */
export type Step = 'open' | 'lock'

const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
let opened: Election | null = null

/** Milliseconds that a step takes on this device. */
export function timeStep(step: Step, { election: text, choice, secret, isFast }: Paper): number {
  const began = performance.now()
  if (step === 'open') {
    const election = parseElection(text, isFast ? { wasm: fastEd25519 } : {})
    assert(election.kind === 'ok', 'the election reads')
    opened = election.value
  } else {
    assert(opened !== null, 'the paper is opened first')
    const locked = lockBallot(opened, [choice], BigInt(secret), random)
    assert(locked.kind === 'ok', 'the ballot locks')
  }
  return performance.now() - began
}
