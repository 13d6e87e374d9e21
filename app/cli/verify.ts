import { fail, instant, ok, type Result } from '@quorate/kernel'
import type { Progress, VerifyOptions } from '@quorate/verifier'
import { availableParallelism } from 'node:os'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate verify URL | FILE [options]

Re-checks a decision from its dossier: the record and its signature, every act
against the rulebook's own text, notice, roll, every ballot, the openings, the
result and the outcome. Says first whether it holds, then what was checked.

URL may be the page of a decision; the dossier beside it is read, and of a large
ballot its hints, which save time and are not trusted. Nothing else is fetched.
A FILE is checked without any network.

Options:
  --key KEY       the log's key as you know it, to compare with the dossier's
  --witness KEY   the key of a witness you trust; may stand several times
  --quorum N      how many of them must have signed (default: all but one)
  --compare FILE  another member's dossier, of any decision, or a checkpoint
                  somebody noted: were you both shown one record? Or your
                  receipt of a roll-call: is your line in? May stand several times
  --booth FILE    SHA256SUMS of the voting page you were given, or its SHA-256
  --hints FILE    hints saved beside the dossier: a check of many ballots takes
                  a third of the time, and says the same whatever they are
  --threads N     check ballots in so many threads (default: one a core)
  --json          print the verdict as JSON
  --quiet         print the verdict alone

Exit code: 0 it holds, 1 it does not, 2 wrong use, 3 nothing is wrong with what
is here, but entries of the record were left out.

Example: quorate verify https://lantern.example/d/12`

const options = {
  key: { type: 'string' },
  witness: { type: 'string', multiple: true },
  quorum: { type: 'string' },
  compare: { type: 'string', multiple: true },
  booth: { type: 'string' },
  hints: { type: 'string' },
  threads: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const

/** `quorate verify`: an outsider re-checks a decision. */
export const command: Command = {
  name: 'verify',
  summary: 'Re-check a decision: rules, notice, roll, ballots, count',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one dossier at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [typed] = positionals
    if (typed === undefined) return misused(io, command, 'which dossier? Give a file, or the address of a decision')
    if (values.json === true && values.quiet === true) return misused(io, command, '--json or --quiet, not both')
    const trust = await readTrust(values)
    if (trust.kind === 'fail') return misused(io, command, trust.error)
    const threads = Number(values.threads ?? availableParallelism())
    if (!Number.isInteger(threads) || threads < 1 || threads > 256)
      return misused(io, command, '--threads takes a number from 1 to 256')
    const { json = false, quiet = false, hints } = values
    return verifyTyped(typed, { trust: trust.value, threads, json, quiet, ...(hints === undefined ? {} : { hints }) }, io)
  },
}

type Typed = {
  readonly key?: string
  readonly witness?: readonly string[]
  readonly quorum?: string
  readonly compare?: readonly string[]
  readonly booth?: string
}

/** The fingerprint of a booth, as typed or as that of the file named; null where it is neither. */
async function boothGiven(typed: string): Promise<string | null> {
  if (/^[0-9a-f]{64}$/.test(typed)) return typed
  const [{ readFile }, { createHash }] = await Promise.all([import('node:fs/promises'), import('node:crypto')])
  const bytes = await readFile(typed).catch(() => null)
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
}

/** Whom and what the reader brings to compare with, from the words typed. The error is a sentence without full stop. */
async function readTrust({ key, witness = [], quorum, compare = [], booth }: Typed): Promise<Result<VerifyOptions, string>> {
  const { parseVerifierKey } = await import('@quorate/record')
  const log = key === undefined ? null : parseVerifierKey(key)
  if (log !== null && (log.kind === 'fail' || log.value.type !== 1))
    return fail('--key takes the key of a log, such as lantern.example/record+5f3a90c1+AQ…')
  const witnesses = witness.map((text) => parseVerifierKey(text))
  const known = witnesses.flatMap((one) => (one.kind === 'ok' && one.value.type === 4 ? [one.value] : []))
  if (known.length < witnesses.length) return fail('--witness takes the key of a witness, such as rival.example/w1+7bce84c1+BB…')
  // Of three, two: one that is dead must not stop anybody, and one that lies must not be enough.
  const needed = quorum === undefined ? Math.max(known.length - 1, Math.min(known.length, 1)) : Number(quorum)
  if (!Number.isInteger(needed) || needed < 0 || needed > known.length)
    return fail(`--quorum takes a number up to that of the witnesses, ${String(known.length)}`)
  const given = booth === undefined ? undefined : await boothGiven(booth)
  if (given === null) return fail('--booth takes 64 hex digits, or the file SHA256SUMS of the voting page')
  const copies: Uint8Array[] = []
  if (compare.length > 0) {
    const { dossierSource, readSource } = await import('./dossier-source.ts')
    for (const other of compare) {
      const source = dossierSource(other)
      const bytes = source.kind === 'fail' ? source : await readSource(source.value)
      if (bytes.kind === 'fail') return fail(`cannot read ${other}: ${bytes.error}`)
      copies.push(bytes.value)
    }
  }
  return ok({
    ...(log === null ? {} : { logKey: log.value }),
    ...(known.length === 0 ? {} : { witnesses: known, quorum: needed }),
    ...(given === undefined ? {} : { booth: given }),
    copies,
  })
}

/** What is only known in part is neither good nor bad, and a script must be able to tell. */
const exitCodes = { holds: 0, fails: 1, 'holds-in-part': 3 } as const

type Wishes = {
  readonly trust: VerifyOptions
  readonly threads: number
  readonly hints?: string
  readonly json: boolean
  readonly quiet: boolean
}

async function verifyTyped(typed: string, { trust, threads, hints, json, quiet }: Wishes, io: Io): Promise<ExitCode> {
  const { dossierSource, hintsBeside, readSource } = await import('./dossier-source.ts')
  const source = dossierSource(typed)
  if (source.kind === 'fail') return misused(io, command, source.error)
  const show = io.watched && !quiet
  const name = source.value.kind === 'file' ? source.value.path : source.value.url.href
  const line = progressLine(io)
  if (show) line.say(`Reading ${name}`)
  const bytes = await readSource(source.value)
  if (bytes.kind === 'fail') {
    line.clear()
    return failed(io, command, `cannot read ${name}: ${bytes.error}`)
  }
  const [{ fastEd25519, parseDossier, verify }, { verifierKeyText }, { modexp }, { sha256 }, { checkAhead }] = await Promise.all([
    import('@quorate/verifier'),
    import('@quorate/record'),
    import('../src/lib/platform/modexp.ts'),
    import('../src/lib/platform/sha256.ts'),
    import('../src/lib/platform/ballots-ahead.ts'),
  ])
  const progress = show ? await progressOf(line) : undefined
  // Read once: of 100,000 ballots it takes seconds and a gigabyte.
  const parsed = parseDossier(bytes.value)
  const step = (done: number, total: number): void => progress?.({ check: 'ballots', done, total })
  const beside = await hintsFrom(hints ?? hintsBeside(source.value))
  const { existsSync } = await import('node:fs')
  if (hints !== undefined && !existsSync(hints)) io.err(`quorate verify: there are no hints at ${hints}; checking without\n`)
  const ahead = parsed.kind === 'ok' ? await checkAhead(parsed.value, threads, step, beside) : null
  const verdict = verify(parsed, {
    now: instant(Date.now()),
    modexp,
    sha256,
    wasm: fastEd25519,
    ...trust,
    ...ahead,
    ...(progress === undefined ? {} : { progress }),
  })
  line.clear()
  const exit = exitCodes[verdict.verdict]
  if (json) {
    io.out(`${JSON.stringify(verdict, null, 2)}\n`)
    return exit
  }
  const { verdictSentence, verdictText } = await import('./verdict-text.ts')
  if (quiet) io.out(`${verdictSentence(verdict)}\n`)
  else {
    const typeOf = (entry: number): string => {
      const found = parsed.kind === 'ok' ? parsed.value.entries.find(({ index }) => index === entry)?.bytes : undefined
      return /"type":"([a-z-]{1,20})","v":1\}$/.exec(found ?? '')?.[1] ?? ''
    }
    io.out(verdictText(verdict, { key: parsed.kind === 'ok' ? verifierKeyText(parsed.value.logKey) : '', typeOf }, io))
  }
  return exit
}

/** Opens hints where there may be some. */
async function hintsFrom(where: string | URL | null): Promise<(() => AsyncIterable<Uint8Array>) | undefined> {
  if (where === null) return undefined
  const { hintsAt } = await import('./hints-source.ts')
  return () => hintsAt(where)
}

type Line = { readonly say: (text: string) => void; readonly clear: () => void }

/** One line at the foot of the terminal, written over and over. */
function progressLine(io: Io): Line {
  let written = false
  return {
    say: (text) => {
      written = true
      io.err(`\r\u001b[2K${text.slice(0, Math.max(20, io.columns - 1))}`)
    },
    clear: () => {
      if (written) io.err('\r\u001b[2K')
      written = false
    },
  }
}

/** Ten times a second at most: drawing must not cost more than checking. */
async function progressOf(line: Line): Promise<Progress> {
  const { checkWords } = await import('./verdict-words.ts')
  let last = 0
  return ({ check, done, total }) => {
    const now = performance.now()
    if (now - last < 100) return
    last = now
    line.say(`Checking ${checkWords[check]}: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`)
  }
}
