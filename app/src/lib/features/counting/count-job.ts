import {
  asIfAccount,
  asIfJson,
  accountCsv,
  accountJson,
  accountOf,
  accountSvg,
  boxReader,
  certificateOf,
  constraintsFrom,
  counterOf,
  english,
  flowShapes,
  formatOf,
  lotOrder,
  lotSeedOfWords,
  parseQuotaRules,
  placeOf,
  quotaRulesFaultSentence,
  readFaultText,
  scaleIn,
  subjectOf,
  unpackProfile,
  welsh,
  withSeats,
  type AsIfAccount,
  type AsIfCount,
  type Box,
  type Constraints,
  type Count,
  type CountFailure,
  type CountMethod,
  type CountWords,
  type QuotaRulesFault,
  type ReadFault,
  type ReadyToCount,
  type Subject,
} from '@quorate/counting'
import { fail, ok, toHex, type Result } from '@quorate/kernel'
import { checkCountCertificate } from '@quorate/verifier/counts'
import type { Locale } from '#lib/platform/words.ts'
import type { CertificateAnswer, CountAsked, FileFault, SavedAs, Told, WorkAnswer } from './count-port.ts'

// The work of the page, without a worker around it: the file in pieces, the count, and what is told of it.

const pieceBytes = 2 ** 20
// A line longer than this is no help to whoever mends it.
const lineShown = 200

type Say = (answer: WorkAnswer) => void
/** A finished count, kept for whoever takes a file of it away. */
export type Finished = {
  readonly count: Count
  /** Of counts as if, all of them: `count` is then the first. */
  readonly asIf: AsIfCount | null
  readonly subject: Subject
  readonly words: CountWords
  readonly box: Box
  /** Empty for none. */
  readonly lotWords: string
  readonly bounds: Constraints | null
}

// What docs/spec/count-certificate.md covers.
const certified: ReadonlySet<string> = new Set(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1', 'irv@1'])

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
  const ready = chosen.value
  const box = await boxOf(asked, asked, ready.method, say)
  if (box === null) return null
  if (asked.second === null || ready.secondRound === null) return countBox(asked, { box, second: null }, ready, say)
  const second = await boxOf({ ...asked.second, seats: 1 }, asked, ready.method, say)
  return second === null ? null : countBox(asked, { box, second }, ready, say)
}

type BallotFile = Pick<CountAsked, 'file' | 'name' | 'seats'>

async function boxOf({ file, name, seats }: BallotFile, asked: CountAsked, method: CountMethod, say: Say): Promise<Box | null> {
  const { number } = asked
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  const format = asked.format ?? formatOf(name, head)
  if (format === null) {
    say({ number, kind: 'unknown form' })
    return null
  }
  const scale = new Map(asked.given).get('scale')
  const reader = boxReader({
    format,
    wants: method.ballots,
    seats,
    contest: asked.contest === '' ? null : asked.contest,
    scale: scale === undefined ? null : scaleIn(scale),
    repeats: method.repeats ?? 'refused',
    writeIns: asked.writeIns,
  })
  for (let at = 0; at < file.size; at += pieceBytes) {
    reader.push(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()))
    say({ number, kind: 'reading', read: Math.min(at + pieceBytes, file.size), size: file.size })
  }
  const read = reader.end()
  if (read.kind === 'ok') return seats === null ? read.value.box : withSeats(read.value.box, seats)
  const faults = await withSources(read.error, file, asked.locale)
  say({ number, kind: 'faults', faults, second: file !== asked.file })
  return null
}

type Boxes = { readonly box: Box; readonly second: Box | null }

function countBox(asked: CountAsked, { box, second }: Boxes, ready: ReadyToCount, say: Say): Finished | null {
  const { number, lotWords, quotaRules } = asked
  const subject = subjectOf(box)
  const bounds = boundsFrom(quotaRules, box)
  if (bounds.kind === 'fail') {
    say({ number, kind: 'rule fault', fault: ruleFault(bounds.error, asked) })
    return null
  }
  say({ number, kind: 'counting' })
  const lot = lotWords === '' ? null : lotOrder(lotSeedOfWords(lotWords), subject.names.length)
  const counted =
    second !== null && ready.secondRound !== null
      ? ready.secondRound(box, second, lot)
      : bounds.value === null
        ? ready.count(box, lot)
        : (asked.asIf ? metAsIf : underBounds)(ready, box, bounds.value, lot)
  if (counted.kind === 'fail') {
    const tied = counted.error.kind === 'lot needed' ? counted.error.tied.map((c) => subject.names[c] ?? '') : []
    say({ number, kind: 'failed', failure: counted.error, tied })
    return null
  }
  const words = asked.locale === 'cy' ? welsh : english
  const made = counted.value
  const [first] = made.kind === 'as-if' ? made.counts : []
  const count = made.kind === 'as-if' ? first?.count : made
  if (count === undefined) return null // Counts as if begin with the count as it is.
  const asIf = made.kind === 'as-if' ? made : null
  const finished = { count, asIf, subject, words, box, lotWords, bounds: bounds.value }
  say({ number, kind: 'counted', told: toldOf(finished, ready.method) })
  return finished
}

type Bound = (
  ready: ReadyToCount,
  box: Box,
  bounds: Constraints,
  lot: ReturnType<typeof lotOrder> | null,
) => Result<Count | AsIfCount, CountFailure>

const underBounds: Bound = ({ bounded }, box, bounds, lot) =>
  bounded === null ? fail({ kind: 'bad bounds', what: 'this method keeps none' }) : bounded(box, bounds, lot)

const metAsIf: Bound = ({ asIf }, box, bounds, lot) => {
  const [rule, ...more] = bounds
  if (asIf === null) return fail({ kind: 'bad bounds', what: 'this method has no counts as if' })
  return rule === undefined || more.length > 0
    ? fail({ kind: 'bad bounds', what: 'counts as if know one group' })
    : asIf(box, rule, lot)
}

/** The quota rules over the candidates of a box; null where there are none. */
function boundsFrom(text: string, box: Box): Result<Constraints | null, QuotaRulesFault> {
  if (text.trim() === '' || box.kind !== 'rankings') return ok(null)
  const rules = parseQuotaRules(text)
  return rules.kind === 'ok' ? constraintsFrom(rules.value, box.profile) : rules
}

const ruleFault = (fault: QuotaRulesFault, asked: CountAsked): FileFault => ({
  line: fault.line,
  column: fault.column,
  text: quotaRulesFaultSentence(fault, asked.locale),
  source: shown(asked.quotaRules.split(/\r\n|\n|\r/)[fault.line - 1] ?? ''),
})

function toldOf({ count, asIf, subject, words }: Finished, { clauseWord, authority }: CountMethod): Told {
  const account = accountOf(count, subject, words)
  const contest = { title: subject.title, candidates: subject.names, withdrawn: subject.withdrawn, seats: subject.seats }
  return {
    account,
    shapes: count.kind === 'stv' ? flowShapes(count, contest, words.phrases.flow) : null,
    moves: account.stages.flatMap(({ number, flow }) => flow.map((link) => ({ stage: number, ...link }))),
    clauseWord,
    authority,
    certified: asIf === null && certified.has(count.method),
    asIf: asIf === null ? null : headOf(asIfAccount(asIf, subject, words)),
  }
}

const headOf = ({ headline, quota, counts, heading }: AsIfAccount): Omit<AsIfAccount, 'first'> => ({
  headline,
  quota,
  counts,
  heading,
})

/** A count as a file's text. */
export function savedText(finished: Finished, as: SavedAs): string {
  const { count, asIf, subject, words } = finished
  if (as === 'certificate') return `${certificate(finished)}\n`
  if (as === 'csv') return accountCsv(count, subject, words)
  if (as === 'svg') return accountSvg(count, subject, words)
  const json = asIf === null ? accountJson(count, subject, words) : asIfJson(asIf, subject, words)
  return `${JSON.stringify(json, null, 2)}\n`
}

/** The certificate of a count; empty where it has none. */
function certificate({ count, subject, lotWords }: Finished): string {
  if (count.kind !== 'stv' || !certified.has(count.method)) return ''
  const { title, names, withdrawn, seats } = subject
  const seed = lotWords === '' ? null : lotSeedOfWords(lotWords)
  return certificateOf(count, { title, candidates: names, withdrawn, seats }, seed)
}

/** Has the certificate of a count checked against its papers by the verifier's program, which shares no code with those that count. */
export function checkedCount(finished: Finished): CertificateAnswer {
  const { box, lotWords, bounds, subject } = finished
  if (box.kind !== 'rankings') return { holds: false, stage: null, field: '/papers', expected: 'rankings', found: box.kind }
  const papers = 'papers' in box.profile ? box.profile : unpackProfile(box.profile)
  const seed = lotWords === '' ? undefined : toHex(lotSeedOfWords(lotWords))
  const known = bounds === null ? null : { groups: bounds, elsewhere: null }
  const checked = checkCountCertificate(papers, certificate(finished), seed, known)
  if (checked.kind === 'ok') return { holds: true, elected: checked.value.map((c) => subject.names[c] ?? '') }
  const { stage, field, expected, found } = checked.error
  return { holds: false, stage, field, expected, found }
}

/** Faults with the lines they are about, read from the file a second time. */
async function withSources(faults: readonly ReadFault[], file: Blob, language: Locale): Promise<readonly FileFault[]> {
  const places = faults.map((fault) => ({ text: readFaultText(fault, language), place: placeOf(fault) }))
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
