import { instant } from '@quorate/kernel'
import type { VerifierKey } from '@quorate/record'
import type { Progress } from '@quorate/verifier'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate verify URL | FILE [options]

Re-checks a decision from its dossier: the record and its signature, every act
against the rulebook's own text, notice, roll, every ballot, the openings, the
result and the outcome. Says first whether it holds, then what was checked.

URL may be the page of a decision; the dossier beside it is read. Nothing else
is fetched. A FILE is checked without any network.

Options:
  --key KEY   the log's key as you know it, to compare with the dossier's
  --json      print the verdict as JSON
  --quiet     print the verdict alone

Exit code: 0 it holds, 1 it does not or only in part, 2 wrong use.

Example: quorate verify https://lantern.example/d/12`

const options = { key: { type: 'string' }, json: { type: 'boolean' }, quiet: { type: 'boolean' } } as const

/** `quorate verify`: an outsider re-checks a decision. */
export const command: Command = {
  name: 'verify',
  summary: 'Re-check a decision: rules, notice, roll, ballots, count',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [typed, ...more] = positionals
    if (typed === undefined) return misused(io, command, 'which dossier? Give a file, or the address of a decision')
    if (more.length > 0) return misused(io, command, `one dossier at a time; left over: ${more.join(' ')}`)
    if (values.json === true && values.quiet === true) return misused(io, command, '--json or --quiet, not both')
    let key: VerifierKey | undefined
    if (values.key !== undefined) {
      const { parseVerifierKey } = await import('@quorate/record')
      const parsed = parseVerifierKey(values.key)
      if (parsed.kind === 'fail' || parsed.value.type !== 1)
        return misused(io, command, '--key takes the key of a log, such as lantern.example/record+5f3a90c1+AQ…')
      key = parsed.value
    }
    return verifyTyped(
      typed,
      { ...(key === undefined ? {} : { key }), json: values.json === true, quiet: values.quiet === true },
      io,
    )
  },
}

type Wishes = { readonly key?: VerifierKey; readonly json: boolean; readonly quiet: boolean }

async function verifyTyped(typed: string, { key, json, quiet }: Wishes, io: Io): Promise<ExitCode> {
  const { dossierSource, readSource } = await import('./dossier-source.ts')
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
  const [{ parseDossier, verify }, { verifierKeyText }, { modexp }] = await Promise.all([
    import('@quorate/verifier'),
    import('@quorate/record'),
    import('../src/lib/platform/modexp.ts'),
  ])
  const progress = show ? await progressOf(line) : undefined
  const verdict = verify(bytes.value, {
    now: instant(Date.now()),
    modexp,
    ...(key === undefined ? {} : { logKey: key }),
    ...(progress === undefined ? {} : { progress }),
  })
  line.clear()
  const exit = verdict.verdict === 'holds' ? 0 : 1
  if (json) {
    io.out(`${JSON.stringify(verdict, null, 2)}\n`)
    return exit
  }
  const { verdictSentence, verdictText } = await import('./verdict-text.ts')
  if (quiet) io.out(`${verdictSentence(verdict)}\n`)
  else {
    const parsed = parseDossier(bytes.value)
    const typeOf = (entry: number): string => {
      const found = parsed.kind === 'ok' ? parsed.value.entries.find(({ index }) => index === entry)?.bytes : undefined
      return /"type":"([a-z-]{1,20})","v":1\}$/.exec(found ?? '')?.[1] ?? ''
    }
    io.out(verdictText(verdict, { key: parsed.kind === 'ok' ? verifierKeyText(parsed.value.logKey) : '', typeOf }, io))
  }
  return exit
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
