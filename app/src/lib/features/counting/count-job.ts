import {
  accountCsv,
  accountJson,
  accountOf,
  accountSvg,
  boxReader,
  counterOf,
  english,
  flowShapes,
  formatOf,
  lotOrder,
  lotSeedOfWords,
  placeOf,
  readFaultText,
  scaleIn,
  subjectOf,
  welsh,
  withSeats,
  type Box,
  type Count,
  type Counter,
  type CountMethod,
  type CountWords,
  type ReadFault,
  type Subject,
} from '@quorate/counting'
import type { CountAsked, FileFault, SavedAs, Told, WorkAnswer } from './count-port.ts'

// The work of the page, without a worker around it: the file in pieces, the count, and what is told of it.

const pieceBytes = 2 ** 20
// A line longer than this is no help to whoever mends it.
const lineShown = 200

type Say = (answer: WorkAnswer) => void
/** A finished count, kept for whoever takes a file of it away. */
export type Finished = { readonly count: Count; readonly subject: Subject; readonly words: CountWords }

/** Reads, counts and tells one file; null when there is no count, which has been said. */
export async function countJob(asked: CountAsked, say: Say): Promise<Finished | null> {
  const { number } = asked
  const chosen = counterOf(asked.method, new Map(asked.given))
  if (chosen.kind === 'fail') {
    const { error } = chosen
    const points = error.kind === 'not chosen' ? error.points : error.kind === 'bad value' ? [error.point] : []
    say({ number, kind: 'not chosen', points: points.map(({ name }) => name) })
    return null
  }
  const box = await boxOf(asked, chosen.value.method, say)
  return box === null ? null : countBox(asked, box, chosen.value, say)
}

async function boxOf(asked: CountAsked, method: CountMethod, say: Say): Promise<Box | null> {
  const { file, number } = asked
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  const format = asked.format ?? formatOf(asked.name, head)
  if (format === null) {
    say({ number, kind: 'unknown form' })
    return null
  }
  const scale = new Map(asked.given).get('scale')
  const reader = boxReader({
    format,
    wants: method.ballots,
    seats: asked.seats,
    contest: asked.contest === '' ? null : asked.contest,
    scale: scale === undefined ? null : scaleIn(scale),
  })
  for (let at = 0; at < file.size; at += pieceBytes) {
    reader.push(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()))
    say({ number, kind: 'reading', read: Math.min(at + pieceBytes, file.size), size: file.size })
  }
  const read = reader.end()
  if (read.kind === 'ok') return asked.seats === null ? read.value.box : withSeats(read.value.box, asked.seats)
  say({ number, kind: 'faults', faults: await withSources(read.error, file) })
  return null
}

function countBox(
  { number, lotWords, locale }: CountAsked,
  box: Box,
  { method, count: counter }: { readonly method: CountMethod; readonly count: Counter },
  say: Say,
): Finished | null {
  say({ number, kind: 'counting' })
  const subject = subjectOf(box)
  const lot = lotWords === '' ? null : lotOrder(lotSeedOfWords(lotWords), subject.names.length)
  const counted = counter(box, lot)
  if (counted.kind === 'fail') {
    const tied = counted.error.kind === 'lot needed' ? counted.error.tied.map((c) => subject.names[c] ?? '') : []
    say({ number, kind: 'failed', failure: counted.error, tied })
    return null
  }
  const words = locale === 'cy' ? welsh : english
  const finished = { count: counted.value, subject, words }
  say({ number, kind: 'counted', told: toldOf(finished, method) })
  return finished
}

function toldOf({ count, subject, words }: Finished, { clauseWord, authority }: CountMethod): Told {
  const account = accountOf(count, subject, words)
  const contest = { title: subject.title, candidates: subject.names, withdrawn: subject.withdrawn, seats: subject.seats }
  return {
    account,
    shapes: count.kind === 'stv' ? flowShapes(count, contest, words.phrases.flow) : null,
    moves: account.stages.flatMap(({ number, flow }) => flow.map((link) => ({ stage: number, ...link }))),
    clauseWord,
    authority,
  }
}

/** A count as a file's text. */
export function savedText({ count, subject, words }: Finished, as: SavedAs): string {
  if (as === 'csv') return accountCsv(count, subject, words)
  return as === 'svg' ? accountSvg(count, subject, words) : `${JSON.stringify(accountJson(count, subject, words), null, 2)}\n`
}

/** Faults with the lines they are about, read from the file a second time. */
async function withSources(faults: readonly ReadFault[], file: Blob): Promise<readonly FileFault[]> {
  const places = faults.map((fault) => ({ text: readFaultText(fault), place: placeOf(fault) }))
  const lines = await linesOf(file, new Set(places.flatMap(({ place }) => (place === null ? [] : [place.line]))))
  return places.map(({ text, place }) => ({
    text,
    line: place?.line ?? null,
    column: place?.column ?? null,
    source: place === null ? null : (lines.get(place.line) ?? null),
  }))
}

async function linesOf(file: Blob, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  const decoder = new TextDecoder()
  let number = 1
  let line = ''
  for (let at = 0; at < file.size && found.size < wanted.size; at += pieceBytes) {
    const text = decoder.decode(await file.slice(at, at + pieceBytes).arrayBuffer(), { stream: true })
    const [rest = '', ...others] = text.split('\n')
    line += rest
    for (const other of others) {
      if (wanted.has(number)) found.set(number, shown(line))
      number += 1
      line = other
    }
  }
  if (wanted.has(number) && !found.has(number)) found.set(number, shown(line))
  return found
}

const shown = (line: string): string => {
  const plain = line.replace(/\r$/, '')
  return plain.length > lineShown ? `${plain.slice(0, lineShown)}…` : plain
}
