import { checkBallot, packBallot, statementHolds, type Element, type PublicRoll } from '@quorate/ballots'
import { ballotThreads, type BallotThreads, type BallotToCheck, type BallotVerdict } from '#lib/platform/ballot-threads.ts'
import { electionOf } from './engine.ts'

/** Ballots that may wait to be checked in one process. At 1,000 a second the last of them would wait four seconds. */
const waitingMax = 4_000

let threads: BallotThreads | null = null

/** The threads of this process that work on ballots. */
export const ownThreads = (): BallotThreads => (threads ??= ballotThreads())

/** Checks a ballot and its statement in a thread beside this one; null when too many wait. */
export const checkAside = (election: string, roll: PublicRoll<Element>, ballot: BallotToCheck): Promise<BallotVerdict | null> =>
  (threads?.pending() ?? 0) >= waitingMax ? Promise.resolve(null) : checkSurely(election, roll, ballot)

/** The same however many wait. Where no thread can be had, here. */
export async function checkSurely(election: string, roll: PublicRoll<Element>, ballot: BallotToCheck): Promise<BallotVerdict> {
  try {
    return await ownThreads().check({ election, roll }, ballot)
  } catch {
    return checkHere(election, roll, ballot)
  }
}

function checkHere(text: string, roll: PublicRoll<Element>, ballot: BallotToCheck): BallotVerdict {
  const election = electionOf(text)
  const verdict = checkBallot(election, roll, ballot.text)
  const key = verdict.kind === 'ok' ? roll.entries.get(verdict.value.credential)?.key : undefined
  if (verdict.kind === 'fail' || key === undefined || ballot.statement === undefined)
    return { verdict, states: verdict.kind === 'ok' }
  const { credential, digest } = verdict.value
  const packed = ballot.pack === true ? packBallot(election, ballot.text, digest) : null
  const claim = { electionHash: election.fingerprint, credential, digest }
  const states = statementHolds(election.engine, key, claim, ballot.statement)
  return packed === null ? { verdict, states } : { verdict, states, packed }
}
