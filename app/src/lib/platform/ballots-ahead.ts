import { fastEd25519, parseCastStatement, parseElection, parsePublicRoll, type CastStatement } from '@quorate/ballots'
import type { BallotAhead, Dossier, VerifyOptions } from '@quorate/verifier'
import { ballotThreads } from './ballot-threads.ts'
import { knowingKeys } from './keys-ahead.ts'
import { modexp } from './modexp.ts'

/** Fewer ballots are checked before threads have started. */
const worthThreads = 100
/** Ballots of one job: so few that progress moves, so many that handing them over costs nothing. */
const jobSize = 64

/** What was done ahead of the verifier. */
type Ahead = Required<Pick<VerifyOptions, 'ballotsAhead' | 'rollAhead'>>

/** Body of an entry of a type that belongs to the decision; undefined for any other, or what the verifier will call unreadable. */
function bodyIn(bytes: string, type: string, decision: number): Readonly<Record<string, unknown>> | undefined {
  if (!bytes.includes(`"type":"${type}"`)) return undefined
  try {
    const entry = JSON.parse(bytes) as { readonly type?: unknown; readonly decision?: unknown; readonly body?: unknown }
    const isOwn = entry.type === type && entry.decision === decision && typeof entry.body === 'object' && entry.body !== null
    return isOwn ? (entry.body as Readonly<Record<string, unknown>>) : undefined // an object, asked just before
  } catch {
    return undefined
  }
}

/** A ballot that is worth checking ahead. Nothing is lost with one that is read wrongly here: the verifier then does not find it. */
type Cast = { readonly ballot: string; readonly statement: CastStatement }

function castIn(bytes: string, decision: number): Cast | undefined {
  const { ballot, cast } = bodyIn(bytes, 'ballot', decision) ?? {}
  const statement = typeof ballot === 'string' ? parseCastStatement(JSON.stringify(cast ?? null)) : undefined
  return typeof ballot === 'string' && statement?.kind === 'ok' ? { ballot, statement: statement.value } : undefined
}

/** Texts of the keys of a roll, without their weights. A roll that is none is for the verifier to name. */
function keysIn(credentials: string): readonly string[] {
  try {
    const lines = JSON.parse(credentials) as unknown
    return Array.isArray(lines) ? lines.map((line) => String(line).split(',', 1)[0] ?? '') : []
  } catch {
    return []
  }
}

/**
 * Reads the roll of a dossier and checks its ballots in `threads` threads, before the verifier walks through it. What it answers goes into the
 * options of `verify`; null where it is not worth it: few ballots, one thread, or no election that can be read, which the verifier will say itself.
 */
export async function checkAhead(
  { entries, documents, decision }: Dossier,
  threads: number,
  step: (done: number, total: number) => void,
): Promise<Ahead | null> {
  if (threads < 2) return null
  const setup = entries.map(({ bytes }) => bodyIn(bytes, 'setup', decision)).find((body) => body !== undefined)
  const text = (field: string): string => documents[String(setup?.[field])] ?? ''
  const casts = entries.flatMap(({ bytes }) => castIn(bytes, decision) ?? [])
  if (casts.length < worthThreads) return null
  const election = parseElection(text('election'), { modexp, wasm: fastEd25519 })
  if (election.kind === 'fail') return null
  // Points cross between threads as bytes; noble's would lose what they are.
  const { engine } = election.value
  if (engine.name === 'Ed25519' && engine.bulk === undefined) return null
  step(0, casts.length)
  const credentials = text('credentials')
  const roll = parsePublicRoll(await knowingKeys(engine, keysIn(credentials), threads), credentials)
  if (roll.kind === 'fail') return null
  const found = await inThreads(casts, { election: text('election'), roll: roll.value }, threads, step)
  return {
    ballotsAhead: (ballot, cast) => {
      const known = found.get(ballot)
      return known !== undefined && JSON.stringify(known.statement) === JSON.stringify(cast) ? known.ahead : undefined
    },
    rollAhead: (asked) => (asked === credentials ? roll.value : undefined),
  }
}

type Known = { readonly statement: CastStatement; readonly ahead: BallotAhead }

async function inThreads(
  casts: readonly Cast[],
  box: Parameters<ReturnType<typeof ballotThreads>['check']>[0],
  threads: number,
  step: (done: number, total: number) => void,
): Promise<ReadonlyMap<string, Known>> {
  const own = ballotThreads(threads, jobSize)
  const found = new Map<string, Known>()
  let done = 0
  try {
    await Promise.all(
      casts.map(async ({ ballot, statement }) => {
        found.set(ballot, { statement, ahead: await own.check(box, { text: ballot, statement }) })
        step(++done, casts.length)
      }),
    )
  } catch {
    // A thread that ends takes its ballots with it: the verifier checks those itself.
  } finally {
    await own.end()
  }
  return found
}
