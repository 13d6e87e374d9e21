import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import {
  checkBallots,
  encryptedTally,
  fastEd25519,
  parseElection,
  type Element,
  type HintedBallot,
  type RollEntry,
} from '@quorate/ballots'
import { assert, fromBase64, fromHex } from '@quorate/kernel'
import { systemRandom } from '../../../app/src/lib/platform/random.ts'
import { filesOf, hintsEach, hintSize, shardSize } from './large-election.ts'

/** What the threads that check a box share: read by all, written each in its own places. */
export type ToCheck = {
  readonly folder: string
  readonly election: string
  /** The keys of the roll in its order, 32 bytes each as they are written, and their hints. */
  readonly keys: SharedArrayBuffer
  readonly keyHints: SharedArrayBuffer
  /** How many ballots each key has in the box, a byte each. */
  readonly cast: SharedArrayBuffer
  /** The first 64 bits of every α, two a ballot, and of every tracker. */
  readonly alphas: SharedArrayBuffer
  readonly trackers: SharedArrayBuffer
}

/** A shard of ballots; or those keys of the roll from one place to another that no ballot has. */
export type Question =
  { readonly kind: 'shard'; readonly shard: number } | { readonly kind: 'keys'; readonly from: number; readonly to: number }

/** What was found: the first fault, or the ciphertexts that the ballots add up to. `seconds` of this thread's processor. */
export type Answer = {
  readonly ballots: number
  readonly fault: string | null
  readonly sums: readonly (readonly [string, string])[]
  readonly seconds: number
}

const { folder, election: text, keys, keyHints, cast, alphas, trackers } = workerData as ToCheck // handed over by the scenario
const read = parseElection(text, { wasm: fastEd25519 })
assert(read.kind === 'ok', 'whoever asks has parsed the election')
const election = read.value
const { engine } = election
const files = filesOf(folder)
const roll = Buffer.from(keys)
const hintsOfRoll = new Uint8Array(keyHints)
const casts = new Uint8Array(cast)
const alphaStarts = new BigUint64Array(alphas)
const trackerStarts = new BigUint64Array(trackers)
/** Ballots that are multiplied out together. */
const chunkSize = 2048

/** Where a key stands on the roll; −1 where it does not. */
function placeOf(key: Uint8Array): number {
  let [low, high] = [0, roll.length / 32]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (roll.compare(key, 0, 32, middle * 32, middle * 32 + 32) < 0) low = middle + 1
    else high = middle
  }
  return low * 32 < roll.length && roll.compare(key, 0, 32, low * 32, low * 32 + 32) === 0 ? low : -1
}

/** Keys of the roll as elements of the group, by their hints where those are good, else strictly; or the first that is none. */
function elementsAt(places: readonly number[]): readonly Element[] | string {
  const texts = places.map((place) => roll.toString('hex', place * 32, place * 32 + 32))
  const hints = new Uint8Array(places.length * hintSize)
  for (const [i, place] of places.entries())
    hints.set(hintsOfRoll.subarray(place * hintSize, (place + 1) * hintSize), i * hintSize)
  const opened = engine.bulk?.open(hints)
  const hinted = typeof opened === 'object' ? opened : undefined
  const known = texts.map((own, i) => (hinted?.textsFrom(i, 1) === own ? hinted.at(i) : undefined))
  const elements: Element[] = []
  for (const [i, own] of texts.entries()) {
    const element = known[i]
    if (element !== undefined && !engine.equal(element, engine.identity)) elements.push(element)
    else {
      const strict = engine.decode(own)
      if (strict.kind === 'fail') return `key ${own} of the roll: ${strict.error}`
      elements.push(strict.value)
    }
  }
  return elements
}

const startOf = (bytes: Uint8Array): bigint => new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
const hexStart = (own: string): bigint => BigInt(`0x${own.slice(0, 16)}`)

/** Checks ballots that stand together; `first`: the number of the first in the box. The fault, or what they add up to. */
function checkChunk(ballots: readonly HintedBallot[], first: number): string | readonly (readonly [string, string])[] {
  const places = ballots.map(({ text: own }) => {
    const key = fromHex(/"credential":"([0-9a-f]{64})"/.exec(own)?.[1] ?? '')
    return key.kind === 'ok' && key.value.length === 32 ? placeOf(key.value) : -1
  })
  const onRoll = [...new Set(places.filter((place) => place >= 0))]
  const elements = elementsAt(onRoll)
  if (typeof elements === 'string') return elements
  const entries = new Map<string, RollEntry<Element>>()
  for (const [i, place] of onRoll.entries()) {
    const key = elements[i]
    if (key !== undefined) entries.set(roll.toString('hex', place * 32, place * 32 + 32), { key, weight: 1 })
  }
  const verdicts = checkBallots(election, { text: '', entries, weightTotal: entries.size }, ballots, systemRandom)
  const checked = []
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict.kind === 'fail') return `ballot ${String(first + i)}: ${verdict.error.kind}`
    const { tracker, alphas: own } = verdict.value
    const digest = fromBase64(tracker, false)
    assert(digest.kind === 'ok', 'a tracker is base64')
    trackerStarts[first + i] = startOf(digest.value)
    for (const [j, alpha] of own.entries()) alphaStarts[2 * (first + i) + j] = hexStart(alpha)
    if (Atomics.add(casts, places[i] ?? 0, 1) > 0) return `ballot ${String(first + i)}: a second one by this key`
    checked.push(verdict.value)
  }
  const [sums = []] = encryptedTally(election, checked).ciphertexts
  return sums.map(({ alpha, beta }) => [engine.encode(alpha), engine.encode(beta)] as const)
}

/** Checks a shard, chunk by chunk, and tells of each. */
function checkShard(shard: number, tell: (ballots: number, found: ReturnType<typeof checkChunk>) => void): void {
  const [bytes, hints] = [readFileSync(files.ballots(shard)), readFileSync(files.hints(shard))]
  const each = hintsEach * hintSize
  let [at, count] = [0, 0]
  while (at < bytes.length) {
    const ballots: HintedBallot[] = []
    const first = count
    while (at < bytes.length && ballots.length < chunkSize) {
      const end = bytes.indexOf(10, at)
      if (end < 0) return tell(0, `shard ${String(shard)}: its last line is cut off`)
      ballots.push({
        text: bytes.toString('utf8', at, end),
        hints: new Uint8Array(hints.subarray(count * each, (count + 1) * each)),
      })
      count++
      at = end + 1
    }
    if (count > shardSize) return tell(0, `shard ${String(shard)}: more ballots than a shard has`)
    tell(ballots.length, checkChunk(ballots, shard * shardSize + first))
  }
}

/** Keys that nobody voted with are on the roll all the same, and must be what keys are. */
function checkKeys(from: number, to: number): string | null {
  const unused = Array.from({ length: to - from }, (_, i) => from + i).filter((place) => casts[place] === 0)
  for (let at = 0; at < unused.length; at += chunkSize) {
    const elements = elementsAt(unused.slice(at, at + chunkSize))
    if (typeof elements === 'string') return elements
  }
  return null
}

parentPort?.on('message', (question: Question) => {
  const before = process.threadCpuUsage()
  const answers: { ballots: number; found: ReturnType<typeof checkChunk> }[] = []
  if (question.kind === 'shard') checkShard(question.shard, (ballots, found) => answers.push({ ballots, found }))
  const keyFault = question.kind === 'keys' ? checkKeys(question.from, question.to) : null
  const fault = answers.map(({ found }) => found).find((found) => typeof found === 'string') ?? keyFault
  const sums = answers.flatMap(({ found }) => (typeof found === 'string' ? [] : [found]))
  const added = [0, 1].map((j): readonly [string, string] => {
    const own = sums.flatMap((row) => (row[j] === undefined ? [] : [row[j]]))
    const total = (i: 0 | 1): string =>
      engine.encode(own.reduce((sum, pair) => engine.add(sum, elementOf(pair[i])), engine.identity))
    return [total(0), total(1)]
  })
  const used = process.threadCpuUsage(before)
  const answer: Answer = {
    ballots: answers.reduce((n, { ballots }) => n + ballots, 0),
    fault: typeof fault === 'string' ? fault : null,
    sums: added,
    seconds: (used.user + used.system) / 1e6,
  }
  parentPort?.postMessage(answer)
})

/** An element that this thread wrote a moment ago. */
function elementOf(own: string): Element {
  const element = engine.decode(own, true)
  assert(element.kind === 'ok', 'a sum is an element')
  return element.value
}
