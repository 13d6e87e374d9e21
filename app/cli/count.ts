import type { Given } from '@quorate/counting'
import { misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'
import { countOptions, type CountOptions } from './count-asked.ts'

const usage = `Usage: quorate count FILE --method METHOD [options]
       quorate count --methods

Counts the papers of a ballot file by any method and prints the outcome, every
stage in words and why the others were not chosen. FILE may be - for standard
input. Forms: BLT, PrefLib (.soc .soi .toc .toi .cat), .pb, CSV, cast vote
records of NIST (JSON), .abc.yaml; the form is found from the file.

Options:
  --methods         list the methods, with what each leaves open
  --method METHOD   there is no default: scottish-stv, nz-meek, schulze, …
  --param NAME=VALUE  a point the method leaves open; may be given several times
  --seats N         fill N seats, whatever the file says
  --format FORM     blt, preflib, pb, csv, cvr or abc
  --contest NAME    the contest of a file that holds several
  --quota-rules F   who must or may be elected together: a file of groups with
                    how many of each (docs/reference/counting.md). Where most
                    marks win, places are kept for the one group of the file
  --as-if           meet the quota of one group by counting again as if there
                    were more places and fewer, not by guard and doom
  --second-round F  the papers of the second round, for two-round: all who stood
                    or only those who go on, by name
  --write-ins HOW   names written in on cast vote records: count (each is a
                    candidate, the default) or refuse
  --lot A,B,…       decide ties by this order of all candidates, first preferred:
                    numbers as in the file, or names
  --lot-seed WORDS  decide ties by an order drawn from these words, agreed in public
  --language en|cy  the language of the account and of faults in the file
  --json            print the count as JSON
  --certificate     print the count certificate of a transferable vote or of
                    an instant runoff, for quorate check-count
  --csv             print the stages as CSV
  --svg             print a drawing: the transfer flow with its table, or bars

A tie is settled by the rule's own look at earlier stages. Where the rule then
says lot, the count stops and names the tied, unless an order is given.

Exit code: 0 counted, 1 the file cannot be counted, 2 wrong use.

Example: quorate count ward.blt --method scottish-stv`

/** `quorate count`: an election from a ballot file to its account. */
export const command: Command = {
  name: 'count',
  summary: 'Count a ballot file by any method and explain every stage',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, countOptions)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    if (values.methods === true) return list(io)
    const [file, ...more] = positionals
    const wrong = (await misuse(values, file, more)) ?? misusedTogether(values)
    return wrong === null ? chosenCount(file ?? '', values, io) : misused(io, command, wrong)
  },
}

async function list(io: Io): Promise<ExitCode> {
  const { countMethods } = await import('@quorate/counting')
  const { methodsText } = await import('./count-words.ts')
  io.out(methodsText(countMethods))
  return 0
}

/** What is wrong with the words typed, before any file is opened. */
async function misuse(values: CountOptions, file: string | undefined, more: readonly string[]): Promise<string | null> {
  const { ballotFormats } = await import('@quorate/counting/lazy')
  if (file === undefined) return 'which ballot file?'
  if (more.length > 0) return `one file at a time; left over: ${more.join(' ')}`
  if (values.method === undefined) return 'which method? There is no default: --method scottish-stv, or --methods for the list'
  if (values.seats !== undefined && !/^[1-9]\d{0,5}$/.test(values.seats))
    return `--seats takes a whole number from 1 up, not "${values.seats}"`
  if (values.format !== undefined && !ballotFormats.some((known) => known === values.format))
    return `--format is one of ${ballotFormats.join(', ')}, not "${values.format}"`
  if (values.language !== undefined && values.language !== 'en' && values.language !== 'cy')
    return `--language is en or cy, not "${values.language}"`
  if (values['write-ins'] !== undefined && values['write-ins'] !== 'count' && values['write-ins'] !== 'refuse')
    return `--write-ins is count or refuse, not "${values['write-ins']}"`
  const unnamed = values.param?.find((text) => !/^\w+=./.test(text))
  return unnamed === undefined ? null : `--param takes NAME=VALUE, not "${unnamed}"`
}

/** What cannot be asked together. */
function misusedTogether(values: CountOptions): string | null {
  if ([values.json, values.csv, values.svg, values.certificate].filter((wanted) => wanted === true).length > 1)
    return 'one of --json, --csv, --svg and --certificate at a time'
  if (values.lot !== undefined && values['lot-seed'] !== undefined)
    return '--lot or --lot-seed, not both: one order decides every tie'
  if (values['second-round'] !== undefined && values['quota-rules'] !== undefined)
    return '--second-round or --quota-rules, not both: a second round has one place'
  if (values['as-if'] !== true) return null
  if (values['quota-rules'] === undefined) return '--as-if needs --quota-rules with the one group it is for'
  const drawn = values.csv === true || values.svg === true || values.certificate === true
  return drawn ? '--as-if makes several counts: it prints them as text or with --json' : null
}

/** Sets the method up and counts. */
async function chosenCount(file: string, values: CountOptions, io: Io): Promise<ExitCode> {
  const { counterNamed } = await import('@quorate/counting/lazy')
  const given: Given = new Map(
    (values.param ?? []).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  )
  const counter = await counterNamed(values.method ?? '', given, values['quota-rules'] !== undefined)
  if (counter.kind === 'fail') {
    const { choiceText } = await import('./count-words.ts')
    return misused(io, command, choiceText(counter.error))
  }
  const { asIf, secondRound, method } = counter.value
  if (values['as-if'] === true && asIf === null)
    return misused(io, command, `${method.id} has no count as if: the transferable votes have`)
  if (values['second-round'] !== undefined && secondRound === null)
    return misused(io, command, `${method.id} has no second round: two-round has`)
  const { countFile } = await import('./count-file.ts')
  return countFile(file, { ready: counter.value, given, values, command }, io)
}
