import type { parseArgs } from 'node:util'
import type { Contest, CountError, LotOrder, StvChoiceFault, StvCount, StvCounter, TiePurpose } from '@quorate/counting'
import type { Result } from '@quorate/kernel'
import { fail, ok } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate count FILE --method METHOD [options]

Counts the papers of a ballot file (.blt) and prints every stage with its
clause. FILE may be - for standard input.

Methods:
  scottish-stv      Scottish Local Government Elections Order 2007
  nz-meek           Local Electoral Regulations 2001 (New Zealand), Schedule 1A
  meek-reference    reference Meek rule of the PR Foundation
  ers97             Electoral Reform Society, 3rd edition 1997

Options:
  --method METHOD   one of the above; there is no default
  --param NAME=VALUE  a point the method leaves open; may be given several times
  --seats N         fill N seats, whatever the file says
  --lot A,B,…       decide ties by this order of all candidates, first preferred:
                    numbers as in the file, or names
  --lot-seed WORDS  decide ties by an order drawn from these words, agreed in public
  --json            print the count as JSON
  --csv             print the stages as CSV
  --svg             print the transfer flow as a drawing, with its table

A tie is settled by the rule's own look at earlier stages. Where the rule then
says lot, the count stops and names the tied, unless an order is given.

Exit code: 0 counted, 1 the file cannot be counted, 2 wrong use.

Example: quorate count ward.blt --method scottish-stv`

const options = {
  method: { type: 'string' },
  param: { type: 'string', multiple: true },
  seats: { type: 'string' },
  lot: { type: 'string' },
  'lot-seed': { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  svg: { type: 'boolean' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** `quorate count`: an election from a ballot file to its stage table. */
export const command: Command = {
  name: 'count',
  summary: 'Count a ballot file and print every stage with its clause',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file, ...more] = positionals
    const wrong = misuse(values, file, more)
    if (wrong !== null) return misused(io, command, wrong)
    const chosen = await counterFrom(values)
    if (chosen.kind === 'fail') return misused(io, command, chosen.error)
    return countFile(file ?? '', chosen.value, values, io)
  },
}

/** What is wrong with the words typed, before any file is opened. */
function misuse(values: Options, file: string | undefined, more: readonly string[]): string | null {
  if (file === undefined) return 'which ballot file?'
  if (more.length > 0) return `one file at a time; left over: ${more.join(' ')}`
  if (values.method === undefined) return 'which method? There is no default: --method scottish-stv'
  if (values.seats !== undefined && !/^[1-9]\d{0,5}$/.test(values.seats))
    return `--seats takes a whole number from 1 up, not "${values.seats}"`
  if ([values.json, values.csv, values.svg].filter((wanted) => wanted === true).length > 1)
    return 'one of --json, --csv and --svg at a time'
  if (values.lot !== undefined && values['lot-seed'] !== undefined)
    return '--lot or --lot-seed, not both: one order decides every tie'
  const unnamed = values.param?.find((text) => !/^\w+=./.test(text))
  return unnamed === undefined ? null : `--param takes NAME=VALUE, not "${unnamed}"`
}

/** The counter that method and params name. */
async function counterFrom(values: Options): Promise<Result<StvCounter, string>> {
  const { stvCounter } = await import('@quorate/counting')
  const given = new Map((values.param ?? []).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
  const counter = stvCounter(values.method ?? '', given)
  return counter.kind === 'ok' ? ok(counter.value.count) : fail(choiceText(counter.error))
}

function choiceText(fault: StvChoiceFault): string {
  switch (fault.kind) {
    case 'unknown method':
      return `there is no method "${fault.name}" for ballot files. Known: ${fault.known.join(', ')}`
    case 'unknown param': {
      const known = fault.method.open.map(({ name }) => name).join(', ')
      return `${fault.method.id} has no param "${fault.name}"${known === '' ? ': it leaves nothing open' : `. Known: ${known}`}`
    }
    case 'bad value':
      return `--param ${fault.point.name} is one of ${fault.point.values.join(', ')}, not "${fault.value}"`
    case 'not chosen': {
      const lines = fault.points.map(({ name, values, about }) => `  --param ${name}=${values.join('|')}\n      ${about}`)
      return `the rule leaves open, and you must say:\n${lines.join('\n')}`
    }
  }
}

async function countFile(file: string, counter: StvCounter, values: Options, io: Io): Promise<ExitCode> {
  const { bltFaultText, bltFindingText } = await import('@quorate/counting')
  const name = file === '-' ? '(standard input)' : file
  const { readBallots } = await import('./ballot-file.ts')
  const read = await readBallots(file, io)
  if (read.kind === 'fail')
    return failed(io, command, `cannot read ${name}: ${read.error}`, 'Give the path of a ballot file in BLT format.')
  const parsed = read.value
  if (parsed.kind === 'fail') {
    for (const fault of parsed.error) io.err(`${name}:${fault.line}:${fault.column}: ${bltFaultText(fault)}\n`)
    return failed(
      io,
      command,
      `${name} is not a ballot file that can be counted`,
      'The format is described in docs/reference/counting.md.',
    )
  }
  const { profile: inFile, findings } = parsed.value
  const profile = values.seats === undefined ? inFile : { ...inFile, seats: Number(values.seats) }
  for (const finding of findings) {
    if (finding.kind !== 'more seats than candidates' || values.seats === undefined)
      io.err(`${name}: note: ${bltFindingText(finding)}\n`)
  }
  const lot = await lotFrom(values, profile)
  if (lot.kind === 'fail') return misused(io, command, lot.error)
  const counted = counter(profile, lot.value)
  if (counted.kind === 'fail')
    return failed(io, command, countErrorText(counted.error, profile), helpAfter(counted.error, parsed.value.tieOrder))
  await print(counted.value, profile, values, io)
  return 0
}

/** The lot order the options give, if any. */
async function lotFrom(values: Options, profile: Contest): Promise<Result<LotOrder | null, string>> {
  const { isLotOrder, lotOrder, lotSeedOfWords } = await import('@quorate/counting')
  const { candidates } = profile
  if (values['lot-seed'] !== undefined) return ok(lotOrder(lotSeedOfWords(values['lot-seed']), candidates.length))
  if (values.lot === undefined) return ok(null)
  const words = values.lot.split(',').map((word) => word.trim())
  const order = words.map((word) => (/^\d+$/.test(word) ? Number(word) - 1 : candidates.indexOf(word)))
  const strange = words.find((_, i) => candidates[order[i] ?? -1] === undefined)
  if (strange !== undefined) return fail(`--lot: there is no candidate "${strange}"`)
  if (!isLotOrder(order, candidates.length)) return fail(`--lot must name each of the ${candidates.length} candidates once`)
  return ok(order)
}

const tieWords: Readonly<Record<TiePurpose, string>> = {
  exclusion: 'one of them is to be excluded',
  surplus: 'the surplus of one of them goes first',
  election: 'there is a place for one of them',
}

function countErrorText(error: CountError, profile: Contest): string {
  const name = (c: number): string => profile.candidates[c] ?? `candidate ${c + 1}`
  switch (error.kind) {
    case 'lot needed': {
      return `stage ${error.stage}: ${error.tied.map(name).join(', ')} are level at every stage that could tell them apart, and ${tieWords[error.purpose]}. Rule ${error.clause} decides by lot, and no lot was given.`
    }
    case 'bad lot order':
      return 'the lot order does not name each candidate once'
    case 'bad params':
      return `the method does not know this value of ${error.param}`
    case 'bad profile':
      return `the file holds something that cannot be counted: ${error.fault.kind}`
  }
}

function helpAfter(error: CountError, inFile: LotOrder | null): string | undefined {
  if (error.kind !== 'lot needed') return undefined
  const own = inFile === null ? '' : `\nThe file itself has an order: --lot ${inFile.map((c) => c + 1).join(',')}`
  return `Draw a lot in public, then give it: --lot-seed WORDS, or --lot with all candidates in order.${own}`
}

async function print(count: StvCount, profile: Contest, values: Options, io: Io): Promise<void> {
  const { english, flowSvg, stagesCsv, stagesJson } = await import('@quorate/counting')
  if (values.json === true) return io.out(`${JSON.stringify(stagesJson(count, profile, english), null, 2)}\n`)
  if (values.csv === true) return io.out(stagesCsv(count, profile))
  if (values.svg === true) return io.out(flowSvg(count, profile, english.flow))
  const { countText } = await import('./count-text.ts')
  io.out(countText(count, profile, io))
}
