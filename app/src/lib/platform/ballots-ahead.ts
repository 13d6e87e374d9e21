import { fastEd25519, parseCastStatement, parseElection, parsePublicRoll } from '@quorate/ballots'
import { electionEvents, parseDossier, type BallotAhead, type VerifyOptions } from '@quorate/verifier'
import { ballotThreads } from './ballot-threads.ts'
import { modexp } from './modexp.ts'

/** Fewer ballots are checked before threads have started. */
const worthThreads = 100
/** Ballots of one job: so few that progress moves, so many that handing them over costs nothing. */
const jobSize = 64

/**
 * Checks the ballots of a dossier in `threads` threads, before the verifier walks through it. What it answers goes into the options of `verify`;
 * null where it is not worth it: few ballots, one thread, or no election that can be read, which the verifier will say itself.
 */
export async function checkAhead(
  dossier: Uint8Array,
  threads: number,
  step: (done: number, total: number) => void,
): Promise<NonNullable<VerifyOptions['ballotsAhead']> | null> {
  if (threads < 2) return null
  const parsed = parseDossier(dossier)
  const events = parsed.kind === 'ok' ? electionEvents(parsed.value) : parsed
  if (events.kind === 'fail') return null
  const [setup] = events.value
  const ballots = events.value.flatMap((event) => (event.type === 'Ballot' ? [event] : []))
  if (setup?.type !== 'Setup' || ballots.length < worthThreads) return null
  const election = parseElection(setup.election, { modexp, wasm: fastEd25519 })
  if (election.kind === 'fail') return null
  // Points cross between threads as bytes; noble's would lose what they are.
  const { engine } = election.value
  if (engine.name === 'Ed25519' && engine.bulk === undefined) return null
  const roll = parsePublicRoll(engine, setup.credentials)
  if (roll.kind === 'fail') return null
  const box = { election: setup.election, roll: roll.value }
  const own = ballotThreads(threads, jobSize)
  const found = new Map<string, BallotAhead>()
  const named = (ballot: string, cast: unknown): string => `${ballot}\n${JSON.stringify(cast)}`
  let done = 0
  try {
    await Promise.all(
      ballots.map(async ({ ballot, companion = '' }) => {
        const statement = parseCastStatement(companion)
        if (statement.kind === 'fail') return
        found.set(named(ballot, statement.value), await own.check(box, { text: ballot, statement: statement.value }))
        step(++done, ballots.length)
      }),
    )
  } catch {
    // A thread that ends takes its ballots with it: the verifier checks those itself.
  } finally {
    await own.end()
  }
  return (ballot, cast) => found.get(named(ballot, cast))
}
