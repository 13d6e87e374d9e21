import { fastEd25519, parseCastStatement, parseElection, parsePublicRoll, type CastStatement } from '@quorate/ballots'
import {
  readHints,
  type BallotAhead,
  type Dossier,
  type DossierEntry,
  type EntryHints,
  type VerifyOptions,
} from '@quorate/verifier'
import { ballotThreads, type BallotToCheck } from './ballot-threads.ts'
import { knowingKeys } from './keys-ahead.ts'
import { modexp } from './modexp.ts'

/** Fewer ballots are checked before threads have started. */
const worthThreads = 100
/** Ballots of one job: so few that progress moves, so many that handing them over costs nothing. */
const jobSize = 64
/** The same where there are hints: a ballot then takes a quarter of a millisecond, and a longer sum costs less for each. */
const hintedJobSize = 256
/** Jobs a thread whose ballots may have their hints read while as many are being checked: no more hints than theirs are held at once. */
const jobsAhead = 4

/** What was done ahead of the verifier. */
type Ahead = Required<Pick<VerifyOptions, 'ballotsAhead' | 'rollAhead' | 'shuffleHints'>>

/** Opens the hints that stand beside a dossier (docs/spec/hints.md), when it is known that they are worth it. */
type HintsBeside = () => AsyncIterable<Uint8Array>

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
type Cast = { readonly entry: number; readonly ballot: string; readonly statement: CastStatement }

function castIn({ index, bytes }: DossierEntry, decision: number): Cast | undefined {
  const { ballot, cast } = bodyIn(bytes, 'ballot', decision) ?? {}
  const statement = typeof ballot === 'string' ? parseCastStatement(JSON.stringify(cast ?? null)) : undefined
  return typeof ballot === 'string' && statement?.kind === 'ok' ? { entry: index, ballot, statement: statement.value } : undefined
}

/** Entries of shuffles, and how long the text of each is. */
const shufflesIn = ({ entries, documents, decision }: Dossier): ReadonlyMap<number, number> =>
  new Map(
    entries.flatMap(({ index, bytes }) => {
      const said = bodyIn(bytes, 'shuffle', decision)?.['shuffle']
      return typeof said === 'string' ? [[index, (documents[said] ?? said).length] as const] : []
    }),
  )

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
 * options of `verify`; null where it is not worth it: few ballots, one thread and no `hints`, or no election that can be read, which the verifier
 * will say itself. Hints, whatever they are, change how long that takes and nothing else.
 */
export async function checkAhead(
  dossier: Dossier,
  threads: number,
  step: (done: number, total: number) => void,
  hints?: HintsBeside,
): Promise<Ahead | null> {
  const { entries, documents, decision } = dossier
  if (threads < 2 && hints === undefined) return null
  const setup = entries.map(({ bytes }) => bodyIn(bytes, 'setup', decision)).find((body) => body !== undefined)
  const text = (field: string): string => documents[String(setup?.[field])] ?? ''
  const casts = entries.flatMap((entry) => castIn(entry, decision) ?? [])
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
  const beside = besideOf(dossier, casts, engine.hintsOf === undefined ? undefined : hints)
  const found = await inThreads(casts, { election: text('election'), roll: roll.value }, { threads, beside, step })
  const shuffles = await beside.shuffles()
  return {
    ballotsAhead: (ballot, cast) => {
      const known = found.get(ballot)
      return known !== undefined && JSON.stringify(known.statement) === JSON.stringify(cast) ? known.ahead : undefined
    },
    rollAhead: (asked) => (asked === credentials ? roll.value : undefined),
    shuffleHints: (entry) => shuffles.get(entry),
  }
}

/** Hints as they are asked for, in ascending order of entry: those of ballots first, of the shuffles when no more ballots come. */
type Beside = {
  readonly are: boolean
  readonly at: (entry: number) => Promise<EntryHints['parts'] | undefined>
  readonly shuffles: () => Promise<ReadonlyMap<number, EntryHints['parts']>>
}

/** Bytes of a line of hints before its parts, and of the file before its lines. */
const [lineHead, fileHead] = [12, 17]

function besideOf(dossier: Dossier, casts: readonly Cast[], hints: HintsBeside | undefined): Beside {
  const shuffles = shufflesIn(dossier)
  // A hint takes 64 bytes, and the text whose point it is, or whose commitment, more: so nobody's hints are held that are longer than what they are of.
  const most = new Map([...casts.map(({ entry, ballot }) => [entry, ballot.length] as const), ...shuffles])
  const all = [...most.values()].reduce((sum, each) => sum + lineHead + each, fileHead)
  const lines = hints === undefined ? null : readHints(within(hints(), all), (entry) => most.get(entry) ?? 0)
  let held: EntryHints | null | undefined = lines === null ? null : undefined
  const at = async (entry: number): Promise<EntryHints['parts'] | undefined> => {
    while (lines !== null && held !== null && (held === undefined || held.entry < entry)) held = await nextOf(lines)
    return held?.entry === entry ? held.parts : undefined
  }
  return {
    are: lines !== null,
    at,
    shuffles: async () => {
      const found = new Map<number, EntryHints['parts']>()
      for (const entry of shuffles.keys()) {
        const parts = await at(entry)
        if (parts !== undefined) found.set(entry, parts)
      }
      await lines?.return()
      return found
    },
  }
}

/** The next line; null where there is none, or the hints cannot be read any further. */
async function nextOf(lines: ReturnType<typeof readHints>): Promise<EntryHints | null> {
  try {
    const next = await lines.next()
    return next.done === true ? null : next.value
  } catch {
    return null
  }
}

/** The first bytes of a stream: hints that never end must not hold up a verdict. */
async function* within(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array, void, undefined> {
  let left = most
  for await (const piece of source) {
    yield piece.subarray(0, left)
    left -= piece.length
    if (left <= 0) return
  }
}

type Known = { readonly statement: CastStatement; readonly ahead: BallotAhead }

const toCheck = ({ ballot, statement }: Cast, parts: EntryHints['parts'] | undefined): BallotToCheck => {
  const [hints, ofStatement] = parts ?? []
  return {
    text: ballot,
    statement,
    ...(hints === undefined ? {} : { hints }),
    ...(ofStatement === undefined ? {} : { packedStatement: Buffer.from(ofStatement).toString('base64') }),
  }
}

async function inThreads(
  casts: readonly Cast[],
  box: Parameters<ReturnType<typeof ballotThreads>['check']>[0],
  {
    threads,
    beside,
    step,
  }: { readonly threads: number; readonly beside: Beside; readonly step: (done: number, total: number) => void },
): Promise<ReadonlyMap<string, Known>> {
  const size = beside.are ? hintedJobSize : jobSize
  const own = ballotThreads(threads, size)
  const found = new Map<string, Known>()
  let done = 0
  const check = async (cast: Cast, asked: BallotToCheck): Promise<void> => {
    found.set(cast.ballot, { statement: cast.statement, ahead: await own.check(box, asked) })
    step(++done, casts.length)
  }
  const atOnce = size * threads * jobsAhead
  let before: Promise<unknown> = Promise.resolve()
  try {
    for (let from = 0; from < casts.length; from += atOnce) {
      const some: [Cast, BallotToCheck][] = []
      for (const cast of casts.slice(from, from + atOnce)) some.push([cast, toCheck(cast, await beside.at(cast.entry))])
      const now = Promise.all(some.map((each) => check(...each)))
      now.catch(() => undefined) // awaited a round later
      await before
      before = now
    }
    await before
  } catch {
    // A thread that ends takes its ballots with it: the verifier checks those itself.
  } finally {
    await own.end()
  }
  return found
}
