import { readFileSync, statSync } from 'node:fs'
import {
  checkCompanion,
  checkOpening,
  checkResult,
  fastEd25519,
  parseElection,
  parseTrustees,
  type Element,
  type Election,
  type OwnedOpening,
  type Trustees,
} from '@quorate/ballots'
import { fail, fromHex, ok, type Result } from '@quorate/kernel'
import { teller, type Note } from '../union-vote.ts'
import type { Answer, Question, ToCheck } from './check-shard.ts'
import { crewOf } from './in-threads.ts'
import { filesOf, hintSize } from './large-election.ts'
import { shardsOf, sumOf } from './make-box.ts'

/** What a verification came to: the votes, and what it took. Seconds by the clock and of processors; bytes read. */
export type BoxChecked = {
  readonly votes: readonly number[]
  readonly seconds: number
  readonly processorSeconds: number
  readonly bytes: number
}

/** The public roll of one key each, strictly: its text, its order, none twice. Whether each is an element is for the threads. */
function readRoll(text: string): Result<Buffer, string> {
  const keys = JSON.parse(text) as unknown
  if (!Array.isArray(keys) || JSON.stringify(keys) !== text) return fail('the roll is not a list in its one spelling')
  const bytes = Buffer.alloc(32 * keys.length)
  let before = ''
  for (const [i, key] of keys.entries()) {
    if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key) || key <= before)
      return fail(`key ${String(i)} of the roll is out of order`)
    const read = fromHex(key)
    if (read.kind === 'ok') bytes.set(read.value, 32 * i)
    before = key
  }
  return ok(bytes)
}

const shared = (bytes: Uint8Array): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

/** Whether two numbers of a list are the same. Sorts it. */
function repeated(numbers: BigUint64Array): boolean {
  numbers.sort()
  return numbers.some((n, i) => i > 0 && n === numbers[i - 1])
}

/**
 * Verifies a box from its files, in so many threads: the election and its trustees with every proof; the roll, and that every key on it is one; every
 * ballot with all its proofs, each by another key of the roll; no α and no ballot twice (by 64 bits of each: of a million and their two million α two
 * agree by chance once in a few million boxes, and then it says so); the tally, as the sum of all of them; two openings with their companions; the
 * result. Ballots are read chunk by chunk. The error says what is wrong.
 */
export async function checkBox(
  folder: string,
  { threads, shards, note }: { readonly threads: number; readonly shards?: readonly number[]; readonly note: Note },
): Promise<Result<BoxChecked, string>> {
  const began = performance.now()
  const files = filesOf(folder)
  const text = readFileSync(files.election, 'utf8')
  const election = parseElection(text, { wasm: fastEd25519 })
  if (election.kind === 'fail') return fail(`the election: ${election.error.kind}`)
  const trustees = parseTrustees(election.value.engine, readFileSync(files.trustees, 'utf8'))
  if (trustees.kind === 'fail') return fail(`the trustees: ${trustees.error.kind}`)
  if (!election.value.engine.equal(trustees.value.publicKey, election.value.key)) return fail('the key is not the trustees’')
  const roll = readRoll(readFileSync(files.roll, 'utf8'))
  if (roll.kind === 'fail') return roll
  const voters = roll.value.length / 32
  const own = shards ?? shardsOf(voters)
  const toCheck: ToCheck = {
    folder,
    election: text,
    keys: shared(roll.value),
    keyHints: shared(readFileSync(files.rollHints).subarray(0, voters * hintSize)),
    cast: new SharedArrayBuffer(voters),
    alphas: new SharedArrayBuffer(16 * voters),
    trackers: new SharedArrayBuffer(8 * voters),
  }
  const found = await inCrew(toCheck, election.value, { threads, shards: own, voters, note })
  if (found.kind === 'fail') return found
  const { ballots, sums, processorSeconds } = found.value
  // What was not cast left zeros: places of a full box have none.
  const cast = (buffer: SharedArrayBuffer): BigUint64Array => new BigUint64Array(buffer).filter((n) => n !== 0n)
  if (repeated(cast(toCheck.trackers))) return fail('two ballots begin with the same tracker')
  if (repeated(cast(toCheck.alphas))) return fail('two ballots share an α, or the beginning of one')
  const read = [files.roll, files.rollHints, ...own.flatMap((shard) => [files.ballots(shard), files.hints(shard)])]
  const bytes = read.reduce((total, file) => total + statSync(file).size, 0)
  const done = (votes: readonly number[]): Result<BoxChecked, string> =>
    ok({ votes, seconds: (performance.now() - began) / 1000, processorSeconds, bytes })
  // A part of a box has no tally of its own.
  return shards === undefined
    ? countFound(folder, election.value, trustees.value, sumOf(election.value, sums, ballots), done)
    : done([])
}

type Sums = readonly { readonly alpha: Element; readonly beta: Element }[]

/** Asks the threads for every shard, then for the keys that no ballot has. */
async function inCrew(
  toCheck: ToCheck,
  { engine }: Election,
  { threads, shards, voters, note }: { threads: number; shards: readonly number[]; voters: number; note: Note },
): Promise<Result<{ readonly ballots: number; readonly sums: Sums; readonly processorSeconds: number }, string>> {
  const crew = crewOf<Question, Answer>('check-shard.ts', threads, toCheck)
  const total = shards.length === shardsOf(voters).length ? voters : 0
  const told = teller(`ballots verified in ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`, total, note)
  let [ballots, processorSeconds, fault] = [0, 0, null as string | null]
  let sums: Sums = [0, 1].map(() => ({ alpha: engine.identity, beta: engine.identity }))
  const heard = (answer: Answer): void => {
    ballots += answer.ballots
    processorSeconds += answer.seconds
    fault ??= answer.fault
    sums = sums.map((sum, j) => {
      const [alpha, beta] = (answer.sums[j] ?? ['', '']).map((each) => engine.decode(each, true))
      return alpha?.kind === 'ok' && beta?.kind === 'ok'
        ? { alpha: engine.add(sum.alpha, alpha.value), beta: engine.add(sum.beta, beta.value) }
        : sum
    })
    if (total > 0 && answer.ballots > 0) told(ballots)
  }
  try {
    await crew.all(
      shards.map((shard): Question => ({ kind: 'shard', shard })),
      heard,
    )
    const share = Math.ceil(voters / threads)
    const ranges = Array.from({ length: threads }, (_, i): Question => ({
      kind: 'keys',
      from: i * share,
      to: Math.min(voters, (i + 1) * share),
    }))
    if (total > 0) await crew.all(ranges, heard)
  } finally {
    await crew.end()
  }
  return fault === null ? ok({ ballots, sums, processorSeconds }) : fail(fault)
}

/** The tally on file is the sum that was found; its openings hold, and the result is what they give. */
function countFound(
  folder: string,
  election: Election,
  trustees: Trustees<Element>,
  tally: ReturnType<typeof sumOf>,
  done: (votes: readonly number[]) => Result<BoxChecked, string>,
): Result<BoxChecked, string> {
  const files = filesOf(folder)
  if (readFileSync(files.tally, 'utf8') !== tally.text) return fail('the tally is not the sum of the ballots')
  type Written = {
    readonly owner: number
    readonly payload: string
    readonly proof: { readonly challenge: string; readonly response: string }
  }
  const openings: OwnedOpening[] = []
  for (const { owner, payload, proof } of JSON.parse(readFileSync(files.openings, 'utf8')) as readonly Written[]) {
    const key = trustees.keys[owner - 1]
    const opening = key === undefined ? undefined : checkOpening(election, tally, key, payload)
    if (key === undefined || opening?.kind !== 'ok') return fail(`the opening of trustee ${String(owner)} does not hold`)
    const claim = { tally, lastShuffleHash: null, owner }
    if (checkCompanion(election, claim, key, opening.value, proof).kind === 'fail')
      return fail(`the companion of trustee ${String(owner)} does not hold`)
    openings.push({ owner, opening: opening.value })
  }
  const text = readFileSync(files.result, 'utf8')
  const result = checkResult(election, trustees, tally, openings, text)
  if (result.kind === 'fail') return fail(`the result: ${result.error.kind}`)
  const { result: votes } = JSON.parse(text) as { readonly result: readonly (readonly number[])[] } // just checked
  return done(votes[0] ?? [])
}
