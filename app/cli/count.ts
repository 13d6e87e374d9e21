import type { parseArgs } from 'node:util'
import type {
  BallotFormat,
  BoundedCounter,
  Box,
  Constraints,
  CountFailure,
  ChoicePoint,
  Count,
  Counter,
  CountMethod,
  CountWords,
  LotOrder,
  ReadBox,
  Subject,
} from '@quorate/counting'
import type { Result } from '@quorate/kernel'
import { fail, ok } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate count FILE --method METHOD [options]
       quorate count --methods

Counts the papers of a ballot file by any method and prints the outcome, every
stage in words and why the others were not chosen. FILE may be - for standard
input. Forms: BLT, PrefLib (.soc .soi .toc .toi), .pb, CSV, cast vote records
of NIST (JSON); the form is found from the file.

Options:
  --methods         list the methods, with what each leaves open
  --method METHOD   there is no default: scottish-stv, nz-meek, schulze, …
  --param NAME=VALUE  a point the method leaves open; may be given several times
  --seats N         fill N seats, whatever the file says
  --format FORM     blt, preflib, pb, csv or cvr
  --contest NAME    the contest of a file that holds several
  --quota-rules F   who must or may be elected together: a file of groups with
                    how many of each (docs/reference/counting.md)
  --lot A,B,…       decide ties by this order of all candidates, first preferred:
                    numbers as in the file, or names
  --lot-seed WORDS  decide ties by an order drawn from these words, agreed in public
  --language en|cy  the language of the account
  --json            print the count as JSON
  --certificate     print the count certificate of a transferable vote, for
                    quorate check-count
  --csv             print the stages as CSV
  --svg             print a drawing: the transfer flow with its table, or bars

A tie is settled by the rule's own look at earlier stages. Where the rule then
says lot, the count stops and names the tied, unless an order is given.

Exit code: 0 counted, 1 the file cannot be counted, 2 wrong use.

Example: quorate count ward.blt --method scottish-stv`

const options = {
  methods: { type: 'boolean' },
  method: { type: 'string' },
  param: { type: 'string', multiple: true },
  seats: { type: 'string' },
  format: { type: 'string' },
  contest: { type: 'string' },
  'quota-rules': { type: 'string' },
  lot: { type: 'string' },
  'lot-seed': { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
  certificate: { type: 'boolean' },
  csv: { type: 'boolean' },
  svg: { type: 'boolean' },
} as const

// Different rankings from which on the platform's SHA-256 saves more than it takes to load.
const largeFrom = 20_000

// What docs/spec/count-certificate.md covers.
const certified: ReadonlySet<string> = new Set(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1'])

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** `quorate count`: an election from a ballot file to its account. */
export const command: Command = {
  name: 'count',
  summary: 'Count a ballot file by any method and explain every stage',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    if (values.methods === true) return list(io)
    const [file, ...more] = positionals
    const wrong = await misuse(values, file, more)
    if (wrong !== null) return misused(io, command, wrong)
    const chosen = await counterFrom(values)
    if (chosen.kind === 'fail') return misused(io, command, chosen.error)
    return countFile(file ?? '', chosen.value, values, io)
  },
}

async function list(io: Io): Promise<ExitCode> {
  const { countMethods } = await import('@quorate/counting')
  const { methodsText } = await import('./count-words.ts')
  io.out(methodsText(countMethods))
  return 0
}

/** What is wrong with the words typed, before any file is opened. */
async function misuse(values: Options, file: string | undefined, more: readonly string[]): Promise<string | null> {
  const { ballotFormats } = await import('@quorate/counting/lazy')
  if (file === undefined) return 'which ballot file?'
  if (more.length > 0) return `one file at a time; left over: ${more.join(' ')}`
  if (values.method === undefined) return 'which method? There is no default: --method scottish-stv, or --methods for the list'
  if (values.seats !== undefined && !/^[1-9]\d{0,5}$/.test(values.seats))
    return `--seats takes a whole number from 1 up, not "${values.seats}"`
  if ([values.json, values.csv, values.svg, values.certificate].filter((wanted) => wanted === true).length > 1)
    return 'one of --json, --csv, --svg and --certificate at a time'
  if (values.lot !== undefined && values['lot-seed'] !== undefined)
    return '--lot or --lot-seed, not both: one order decides every tie'
  if (values.format !== undefined && !ballotFormats.some((known) => known === values.format))
    return `--format is one of ${ballotFormats.join(', ')}, not "${values.format}"`
  if (values.language !== undefined && values.language !== 'en' && values.language !== 'cy')
    return `--language is en or cy, not "${values.language}"`
  const unnamed = values.param?.find((text) => !/^\w+=./.test(text))
  return unnamed === undefined ? null : `--param takes NAME=VALUE, not "${unnamed}"`
}

/** A method ready to count, with what was chosen for it. */
type Chosen = {
  readonly method: CountMethod
  readonly count: Counter
  readonly bounded: BoundedCounter | null
  readonly given: ReadonlyMap<string, string>
}

/** The counter that method and params name. */
async function counterFrom(values: Options): Promise<Result<Chosen, string>> {
  const { counterNamed } = await import('@quorate/counting/lazy')
  const given = new Map((values.param ?? []).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
  const counter = await counterNamed(values.method ?? '', given, values['quota-rules'] !== undefined)
  if (counter.kind === 'ok') return ok({ ...counter.value, given })
  const { choiceText } = await import('./count-words.ts')
  return fail(choiceText(counter.error))
}

async function countFile(file: string, chosen: Chosen, values: Options, io: Io): Promise<ExitCode> {
  const { subjectOf, withSeats } = await import('@quorate/counting/lazy')
  const name = file === '-' ? '(standard input)' : file
  const read = await readFile(file, name, chosen, values, io)
  if (read.kind === 'fail') return read.error
  const { findings, tieOrder } = read.value
  const box = values.seats === undefined ? read.value.box : withSeats(read.value.box, Number(values.seats))
  const { bltFindingText } = findings.length > 0 ? await import('@quorate/counting') : { bltFindingText: () => '' }
  for (const finding of findings) io.err(`${name}: note: ${bltFindingText(finding)}\n`)
  const subject = subjectOf(box)
  await fingerprint(box)
  const lot = await lotFrom(values, subject.names)
  if (lot.kind === 'fail') return misused(io, command, lot.error)
  const rules = values['quota-rules']
  const bounds = rules === undefined ? ok(null) : await (await import('./quota-rules.ts')).boundsFrom(rules, box)
  if (bounds.kind === 'fail') return failed(io, command, bounds.error)
  const counted = countUnder(chosen, box, bounds.value, lot.value)
  if (counted.kind === 'fail') {
    const { failureText, helpAfter } = await import('./count-words.ts')
    return failed(io, command, failureText(counted.error, subject.names), helpAfter(counted.error, tieOrder))
  }
  if (values.certificate === true) return certify(counted.value, subject, values, io)
  await print(counted.value, subject, chosen, values, io)
  return 0
}

/** Of a large box, takes the fingerprint ahead by the platform's SHA-256: the count then finds it made. */
async function fingerprint(box: Box): Promise<void> {
  if (box.kind !== 'rankings' || !('packed' in box.profile) || box.profile.packed.weights.length < largeFrom) return
  const { profileHash } = await import('@quorate/counting/lazy')
  const { createHash } = await import('node:crypto')
  profileHash(box.profile, (bytes) => createHash('sha256').update(bytes).digest())
}

/** Prints the certificate of a count that has one. */
async function certify(count: Count, subject: Subject, values: Options, io: Io): Promise<ExitCode> {
  if (count.kind !== 'stv' || !certified.has(count.method))
    return failed(
      io,
      command,
      'there is no certificate for this kind of count: only for scottish-stv, nz-meek, meek-reference and ers97',
    )
  const { certificateOf, lotSeedOfWords } = await import('@quorate/counting')
  const { title, names, withdrawn, seats } = subject
  const words = values['lot-seed']
  const seed = words === undefined ? null : lotSeedOfWords(words)
  io.out(`${certificateOf(count, { title, candidates: names, withdrawn, seats }, seed)}\n`)
  return 0
}

/** Counts, under the bounds where there are any. */
function countUnder(
  { count, bounded }: Chosen,
  box: Box,
  bounds: Constraints | null,
  lot: LotOrder | null,
): Result<Count, CountFailure> {
  if (bounds === null) return count(box, lot)
  return bounded === null
    ? fail({ kind: 'bad bounds', what: 'this method cannot be counted under quota rules' })
    : bounded(box, bounds, lot)
}

/** The box in a file, or the exit code after its faults have been said. */
async function readFile(
  file: string,
  name: string,
  { method, given }: Chosen,
  values: Options,
  io: Io,
): Promise<Result<ReadBox, ExitCode>> {
  const { readBallots } = await import('./ballot-file.ts')
  const scale = given.get('scale')
  const as = {
    format: (values.format ?? null) as BallotFormat | null, // checked by `misuse`
    wants: method.ballots,
    seats: values.seats === undefined ? null : Number(values.seats),
    contest: values.contest ?? null,
    scale: scale === undefined ? null : (await import('@quorate/counting')).scaleIn(scale),
  }
  const read = await readBallots(file, as, io)
  if (read.kind === 'fail')
    return fail(
      failed(io, command, `cannot read ${name}: ${read.error}`, 'Give the path of a ballot file; --format says its form.'),
    )
  if (read.value.kind === 'ok') return read.value
  const { placeOf, readFaultText } = await import('@quorate/counting')
  for (const fault of read.value.error) {
    const place = placeOf(fault)
    io.err(`${name}:${place === null ? '' : `${place.line}:${place.column}:`} ${readFaultText(fault)}\n`)
  }
  return fail(
    failed(
      io,
      command,
      `${name} is not a ballot file that can be counted`,
      'The forms are described in docs/reference/counting.md.',
    ),
  )
}

/** The lot order the options give, if any. */
async function lotFrom(values: Options, names: readonly string[]): Promise<Result<LotOrder | null, string>> {
  const { isLotOrder, lotOrder, lotSeedOfWords } = await import('@quorate/counting/lazy')
  if (values['lot-seed'] !== undefined) return ok(lotOrder(lotSeedOfWords(values['lot-seed']), names.length))
  if (values.lot === undefined) return ok(null)
  const words = values.lot.split(',').map((word) => word.trim())
  const order = words.map((word) => (/^\d+$/.test(word) ? Number(word) - 1 : names.indexOf(word)))
  const strange = words.find((_, i) => names[order[i] ?? -1] === undefined)
  if (strange !== undefined) return fail(`--lot: there is no candidate "${strange}"`)
  if (!isLotOrder(order, names.length)) return fail(`--lot must name each of the ${names.length} candidates once`)
  return ok(order)
}

async function print(count: Count, subject: Subject, chosen: Chosen, values: Options, io: Io): Promise<void> {
  const { wordsIn } = await import('@quorate/counting/lazy')
  const words = await wordsIn(values.language === 'cy' ? 'cy' : 'en')
  if (values.json === true || values.csv === true || values.svg === true)
    return printFile(count, subject, chosen, values, words, io)
  const { countText } = await import('./count-text.ts')
  const open: readonly ChoicePoint[] = chosen.method.open
  const params = open.flatMap(({ name }) => (chosen.given.has(name) ? [`${name} ${chosen.given.get(name) ?? ''}`] : []))
  io.out(await countText(count, subject, { method: chosen.method, params, words }, io))
}

async function printFile(
  count: Count,
  subject: Subject,
  chosen: Chosen,
  values: Options,
  words: CountWords,
  io: Io,
): Promise<void> {
  const { accountCsv, accountJson, accountSvg } = await import('@quorate/counting')
  if (values.json === true) {
    const params = Object.fromEntries(chosen.given)
    return io.out(`${JSON.stringify({ ...accountJson(count, subject, words), chosen: params }, null, 2)}\n`)
  }
  if (values.csv === true) return io.out(accountCsv(count, subject, words))
  io.out(accountSvg(count, subject, words))
}
