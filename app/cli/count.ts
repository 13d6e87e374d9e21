import { createReadStream } from 'node:fs'
import type { BltFile, CountError, LotOrder, Profile, StvCount } from '@quorate/counting'
import type { Result } from '@quorate/kernel'
import { fail, ok } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate count FILE --method scottish-stv [options]

Counts the papers of a ballot file (.blt) and prints every stage with its
clause. FILE may be - for standard input.

Options:
  --method METHOD   scottish-stv: Scottish Local Government Elections Order 2007
  --seats N         fill N seats, whatever the file says
  --lot A,B,…       decide ties by this order of all candidates, first preferred:
                    numbers as in the file, or names
  --lot-seed WORDS  decide ties by an order drawn from these words, agreed in public
  --json            print the count as JSON
  --csv             print the stages as CSV

A tie is settled by the rule's own look back at earlier stages. Where the rule
then says lot, the count stops and names the tied, unless an order is given.

Exit code: 0 counted, 1 the file cannot be counted, 2 wrong use.

Example: quorate count ward.blt --method scottish-stv`

const options = {
  method: { type: 'string' },
  seats: { type: 'string' },
  lot: { type: 'string' },
  'lot-seed': { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
} as const

type Options = { [K in keyof typeof options]?: (typeof options)[K]['type'] extends 'string' ? string : boolean }

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
    return countFile(file ?? '', values, io)
  },
}

/** What is wrong with the words typed, before any file is opened. */
function misuse(values: Options, file: string | undefined, more: readonly string[]): string | null {
  if (file === undefined) return 'which ballot file?'
  if (more.length > 0) return `one file at a time; left over: ${more.join(' ')}`
  if (values.method === undefined) return 'which method? There is no default: --method scottish-stv'
  if (!/^scottish-stv(@1)?$/.test(values.method))
    return `there is no method "${values.method}" for ballot files. Known: scottish-stv`
  if (values.seats !== undefined && !/^[1-9]\d{0,5}$/.test(values.seats))
    return `--seats takes a whole number from 1 up, not "${values.seats}"`
  if (values.json === true && values.csv === true) return '--json or --csv, not both'
  if (values.lot !== undefined && values['lot-seed'] !== undefined)
    return '--lot or --lot-seed, not both: one order decides every tie'
  return null
}

async function countFile(file: string, values: Options, io: Io): Promise<ExitCode> {
  const { bltFaultText, bltFindingText, count } = await import('@quorate/counting')
  const name = file === '-' ? '(standard input)' : file
  const read = await readBallots(file)
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
  const counted = count('scottish-stv@1', {}, profile, lot.value)
  if (counted.kind === 'fail')
    return failed(io, command, countErrorText(counted.error, profile), helpAfter(counted.error, parsed.value))
  await print(counted.value, profile, values, io)
  return 0
}

async function readBallots(file: string): Promise<Result<ReturnType<typeof import('@quorate/counting').parseBlt>, string>> {
  const { bltReader } = await import('@quorate/counting')
  const reader = bltReader()
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) reader.push(chunk as Uint8Array) // no encoding: bytes
  } catch (e) {
    const code = e instanceof Error && 'code' in e ? e.code : ''
    return fail(
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : code === 'EACCES'
            ? 'no permission'
            : String(e),
    )
  }
  return ok(reader.end())
}

/** The lot order the options give, if any. */
async function lotFrom(values: Options, profile: Profile): Promise<Result<LotOrder | null, string>> {
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

function countErrorText(error: CountError, profile: Profile): string {
  const name = (c: number): string => profile.candidates[c] ?? `candidate ${c + 1}`
  switch (error.kind) {
    case 'lot needed': {
      const what = error.purpose === 'exclusion' ? 'one of them is to be excluded' : 'the surplus of one of them goes first'
      return `stage ${error.stage}: ${error.tied.map(name).join(', ')} are level at every stage that could tell them apart, and ${what}. Rule ${error.clause} decides by lot, and no lot was given.`
    }
    case 'bad lot order':
      return 'the lot order does not name each candidate once'
    case 'bad profile':
      return `the file holds something that cannot be counted: ${error.fault.kind}`
  }
}

function helpAfter(error: CountError, file: BltFile): string | undefined {
  if (error.kind !== 'lot needed') return undefined
  const own = file.tieOrder === null ? '' : `\nThe file itself has an order: --lot ${file.tieOrder.map((c) => c + 1).join(',')}`
  return `Draw a lot in public, then give it: --lot-seed WORDS, or --lot with all candidates in order.${own}`
}

async function print(count: StvCount, profile: Profile, values: Options, io: Io): Promise<void> {
  const { english, stagesCsv, stagesJson } = await import('@quorate/counting')
  if (values.json === true) return io.out(`${JSON.stringify(stagesJson(count, profile, english), null, 2)}\n`)
  if (values.csv === true) return io.out(stagesCsv(count, profile))
  const { countText } = await import('./count-text.ts')
  io.out(countText(count, profile, io))
}
