// A ballot file from its bytes to a printed count.
import type {
  AsIfCount,
  BallotFormat,
  Box,
  Constraints,
  Count,
  CountFailure,
  LotOrder,
  ReadBox,
  Subject,
} from '@quorate/counting'
import { isLotOrder, lotOrder, lotSeedOfWords, profileHash, subjectOf, withSeats } from '@quorate/counting/lazy'
import { fail, ok, type Result } from '@quorate/kernel'
import { readBallots } from './ballot-file.ts'
import { failed, misused, type ExitCode, type Io } from './command.ts'
import type { CountAsked, CountOptions } from './count-asked.ts'

// Different rankings from which on the platform's SHA-256 saves more than it takes to load.
const largeFrom = 20_000

/** Reads, counts and prints one file. */
export async function countFile(file: string, asked: CountAsked, io: Io): Promise<ExitCode> {
  const { values, command } = asked
  const read = await readBox(file, asked, values.seats === undefined ? null : Number(values.seats), io)
  if (read.kind === 'fail') return read.error
  const { box, tieOrder } = read.value
  const subject = subjectOf(box)
  await fingerprint(box)
  const lot = lotFrom(values, subject.names)
  if (lot.kind === 'fail') return misused(io, command, lot.error)
  const rules = values['quota-rules']
  const bounds =
    rules === undefined ? ok(null) : await (await import('./quota-rules.ts')).boundsFrom(rules, box, languageOf(values))
  if (bounds.kind === 'fail') return failed(io, command, bounds.error)
  const second = values['second-round'] === undefined ? ok(null) : await readBox(values['second-round'], asked, 1, io)
  if (second.kind === 'fail') return second.error
  const counted = countBox(asked, box, { bounds: bounds.value, second: second.value?.box ?? null, lot: lot.value })
  if (counted.kind === 'fail') {
    const { failureText, helpAfter } = await import('./count-words.ts')
    return failed(io, command, failureText(counted.error, subject.names, languageOf(values)), helpAfter(counted.error, tieOrder))
  }
  return print(counted.value, subject, asked, io)
}

async function print(count: Count | AsIfCount, subject: Subject, asked: CountAsked, io: Io): Promise<ExitCode> {
  const { printAsIf, printCertificate, printCount } = await import('./count-print.ts')
  if (count.kind === 'as-if') return printAsIf(count, subject, asked, io)
  return asked.values.certificate === true ? printCertificate(count, subject, asked, io) : printCount(count, subject, asked, io)
}

type With = { readonly bounds: Constraints | null; readonly second: Box | null; readonly lot: LotOrder | null }

/** Counts in the way asked for. */
function countBox(
  { ready, values }: CountAsked,
  box: Box,
  { bounds, second, lot }: With,
): Result<Count | AsIfCount, CountFailure> {
  const { count, bounded, asIf, secondRound } = ready
  if (second !== null && secondRound !== null) return secondRound(box, second, lot)
  if (bounds === null) return count(box, lot)
  if (values['as-if'] !== true || asIf === null)
    return bounded === null
      ? fail({ kind: 'bad bounds', what: 'this method cannot be counted under quota rules' })
      : bounded(box, bounds, lot)
  const [rule, ...more] = bounds
  return rule === undefined || more.length > 0
    ? fail({ kind: 'bad bounds', what: 'a count as if there were more places knows one group' })
    : asIf(box, rule, lot)
}

/** Of a large box, takes the fingerprint ahead by the platform's SHA-256: the count then finds it made. */
async function fingerprint(box: Box): Promise<void> {
  if (box.kind !== 'rankings' || !('packed' in box.profile) || box.profile.packed.weights.length < largeFrom) return
  const { createHash } = await import('node:crypto')
  profileHash(box.profile, (bytes) => createHash('sha256').update(bytes).digest())
}

const languageOf = ({ language }: CountOptions): 'en' | 'cy' => (language === 'cy' ? 'cy' : 'en')

/** The box in a file for so many seats, or the exit code after its faults have been said. */
async function readBox(file: string, asked: CountAsked, seats: number | null, io: Io): Promise<Result<ReadBox, ExitCode>> {
  const { ready, given, values, command } = asked
  const name = file === '-' ? '(standard input)' : file
  const scale = given.get('scale')
  const as = {
    format: (values.format ?? null) as BallotFormat | null, // checked before by the command
    wants: ready.method.ballots,
    seats,
    contest: values.contest ?? null,
    scale: scale === undefined ? null : (await import('@quorate/counting')).scaleIn(scale),
    repeats: ready.method.repeats ?? 'refused',
    writeIns: values['write-ins'] === 'refuse' ? 'refused' : 'candidates',
  } as const
  const read = await readBallots(file, as, io)
  if (read.kind === 'fail')
    return fail(
      failed(io, command, `cannot read ${name}: ${read.error}`, 'Give the path of a ballot file; --format says its form.'),
    )
  if (read.value.kind === 'ok') {
    await sayFindings(read.value.value, name, values, io)
    const { box } = read.value.value
    return ok(seats === null ? read.value.value : { ...read.value.value, box: withSeats(box, seats) })
  }
  const { placeOf, readFaultText } = await import('@quorate/counting')
  for (const fault of read.value.error) {
    const place = placeOf(fault)
    io.err(`${name}:${place === null ? '' : `${place.line}:${place.column}:`} ${readFaultText(fault, languageOf(values))}\n`)
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

async function sayFindings({ findings }: ReadBox, name: string, values: CountOptions, io: Io): Promise<void> {
  if (findings.length === 0) return
  const { bltFindingText, bltFindingTextInWelsh } = await import('@quorate/counting')
  const text = languageOf(values) === 'cy' ? bltFindingTextInWelsh : bltFindingText
  for (const finding of findings) io.err(`${name}: note: ${text(finding)}\n`)
}

/** The lot order the options give, if any. */
function lotFrom(values: CountOptions, names: readonly string[]): Result<LotOrder | null, string> {
  if (values['lot-seed'] !== undefined) return ok(lotOrder(lotSeedOfWords(values['lot-seed']), names.length))
  if (values.lot === undefined) return ok(null)
  const words = values.lot.split(',').map((word) => word.trim())
  const order = words.map((word) => (/^\d+$/.test(word) ? Number(word) - 1 : names.indexOf(word)))
  const strange = words.find((_, i) => names[order[i] ?? -1] === undefined)
  if (strange !== undefined) return fail(`--lot: there is no candidate "${strange}"`)
  if (!isLotOrder(order, names.length)) return fail(`--lot must name each of the ${names.length} candidates once`)
  return ok(order)
}
