import { readFileSync } from 'node:fs'
import { ok } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'
import { boundsFrom } from './quota-rules.ts'

const usage = `Usage: quorate check-count BALLOTS CERTIFICATE [options]

Checks a count certificate against the ballot file it speaks of, with a program
that shares no code with the one that counted. BALLOTS may be - for standard
input. The first field that is wrong is named with its stage and clause.

Options:
  --seats N         N seats were filled, whatever the ballot file says
  --lot-seed WORDS  the words agreed in public from which the lot was drawn
  --quota-rules F   the quota rules that the count was bound by: a file of groups
                    with bounds. Without it those of the certificate are taken
                    as stated
  --json            print the answer as JSON

Exit code: 0 the certificate holds, 1 it does not, 2 wrong use.

Example: quorate check-count ward.blt ward-certificate.json`

const options = {
  seats: { type: 'string' },
  'lot-seed': { type: 'string' },
  'quota-rules': { type: 'string' },
  json: { type: 'boolean' },
} as const

type Asked = {
  readonly ballots: string
  readonly certificate: string
  readonly seats: number | null
  readonly lotSeed: string | null
  readonly quotaRules: string | undefined
  readonly json: boolean
}

/** `quorate check-count`: a count certificate is checked against the papers. */
export const command: Command = {
  name: 'check-count',
  summary: 'Check a count certificate against its ballot file',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 2, each: 'one certificate at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [ballots, certificate] = positionals
    if (ballots === undefined || certificate === undefined)
      return misused(io, command, 'which files? First the ballots, then the certificate')
    if (values.seats !== undefined && !/^[1-9]\d{0,5}$/.test(values.seats))
      return misused(io, command, `--seats takes a whole number from 1 up, not "${values.seats}"`)
    const seats = values.seats === undefined ? null : Number(values.seats)
    const { 'lot-seed': lotSeed = null, 'quota-rules': quotaRules, json = false } = values
    return checkFiles({ ballots, certificate, seats, lotSeed, quotaRules, json }, io)
  },
}

async function checkFiles({ ballots, certificate, seats, lotSeed, quotaRules, json }: Asked, io: Io): Promise<ExitCode> {
  let text: string
  try {
    text = readFileSync(certificate, 'utf8')
  } catch {
    return failed(
      io,
      command,
      `cannot read ${certificate}`,
      'Give the path of a certificate, as quorate count --certificate prints it.',
    )
  }
  const [{ lotSeedOfWords, placeOf, readFaultText, unpackProfile }, { readBallots }] = await Promise.all([
    import('@quorate/counting'),
    import('./ballot-file.ts'),
  ])
  // A paper may name somebody twice where the rule says what becomes of it. Inside a text of JSON the quotes would be escaped.
  const repeats = text.includes('"method":"irv@1"') ? 'allowed' : 'refused'
  const as = { format: null, wants: 'rankings', seats, contest: null, scale: null, repeats } as const
  const read = await readBallots(ballots, as, io)
  if (read.kind === 'fail') return failed(io, command, `cannot read ${ballots}: ${read.error}`)
  if (read.value.kind === 'fail') {
    for (const fault of read.value.error) {
      const place = placeOf(fault)
      io.err(`${ballots}:${place === null ? '' : `${place.line}:${place.column}:`} ${readFaultText(fault)}\n`)
    }
    return failed(io, command, `${ballots} is not a ballot file that can be counted`)
  }
  const [{ checkCountCertificate }, { toHex }] = await Promise.all([
    import('@quorate/verifier/counts'),
    import('@quorate/kernel'),
  ])
  const { box } = read.value.value
  if (box.kind !== 'rankings') return failed(io, command, `${ballots} holds no papers that rank candidates`)
  const profile = 'papers' in box.profile ? box.profile : unpackProfile(box.profile)
  const papers = seats === null ? profile : { ...profile, seats }
  const bounds = quotaRules === undefined ? ok(null) : await boundsFrom(quotaRules, { ...box, profile: papers })
  if (bounds.kind === 'fail') return failed(io, command, bounds.error)
  const known = bounds.value === null ? undefined : { groups: bounds.value, elsewhere: null }
  const seed = lotSeed === null ? undefined : toHex(lotSeedOfWords(lotSeed))
  const checked = checkCountCertificate(papers, text.trimEnd(), seed, known)
  if (json) {
    io.out(
      `${JSON.stringify(checked.kind === 'ok' ? { holds: true, elected: checked.value } : { holds: false, ...checked.error })}\n`,
    )
    return checked.kind === 'ok' ? 0 : 1
  }
  if (checked.kind === 'ok') {
    const names = checked.value.map((c) => papers.candidates[c] ?? '')
    io.out(`The certificate holds. Elected: ${names.length === 0 ? 'nobody' : names.join(', ')}.\n`)
    return 0
  }
  const { stage, clause, field, expected, found } = checked.error
  const where = stage === null ? '' : ` at stage ${stage}, clause ${clause ?? '?'}`
  io.out(`The certificate does not hold${where}.\n  field     ${field}\n  must say  ${expected}\n  says      ${found}\n`)
  return 1
}
