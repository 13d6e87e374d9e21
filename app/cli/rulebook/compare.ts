import { instant } from '@quorate/kernel'
import { compare, type AnalyseFacts, type Rulebook } from '@quorate/rulebook'
import { differencesOf, powerChanges, type PowerChangeView, type RuleDifference } from '#lib/features/rulebooks/words.ts'
import { misused, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import { analyseFactsOf, factsOrFault } from './facts.ts'
import { instantForms, instantTyped } from './instants.ts'
import { openRulebook } from './open.ts'
import { zoneOf } from './source.ts'

const usage = `Usage: quorate rulebook compare BEFORE AFTER [options]

Says how two rulebooks differ: rule by rule in words, then which powers became
easier or harder to use, for how many people, in what time and with what
warning, and whom they ask.

Options:
  --facts F        a JSON file with the movement's figures, as for analyse
  --from INSTANT   when an attempt begins; now without it
  --json           print differences and changes as JSON

Exit code: 0 compared, 1 one of them is not a rulebook, 2 wrong use.

Example: quorate rulebook compare rulebooks/lantern.md rulebooks/lantern.md`

const options = { facts: { type: 'string' }, from: { type: 'string' }, json: { type: 'boolean' } } as const

/** `quorate rulebook compare`: what a change of the rules changes. */
export const command: Command = {
  name: 'rulebook compare',
  summary: 'Say how two rulebooks differ, in words and in power',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 2, each: 'two rulebooks at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [before, after] = positionals
    if (before === undefined || after === undefined) return misused(io, command, 'which two rulebooks?')
    return compareFiles(before, after, values, io)
  },
}

type Options = { readonly facts?: string; readonly from?: string; readonly json?: boolean }

async function compareFiles(before: string, after: string, values: Options, io: Io): Promise<ExitCode> {
  const given = await factsOrFault(values.facts, command, io)
  const old = given === null ? null : await openRulebook(before, command, io, 1)
  const now = old === null ? null : await openRulebook(after, command, io, 2)
  if (given === null || old === null || now === null) return 1
  const zone = await zoneOf(old.rulebook)
  const from = values.from === undefined ? { kind: 'ok' as const, value: instant(Date.now()) } : instantTyped(values.from, zone)
  if (from.kind === 'fail') return misused(io, command, `--from takes ${instantForms}, not "${values.from ?? ''}"`)
  const differences = differencesOf(old, now, 'en')
  const powers = differences.length === 0 ? [] : powersChanged(old.rulebook, now.rulebook, analyseFactsOf(given, from.value))
  if (values.json === true) io.out(`${JSON.stringify({ differences, powers }, null, 2)}\n`)
  else io.out(comparisonText(differences, powers, io))
  return 0
}

const powersChanged = (before: Rulebook, after: Rulebook, facts: AnalyseFacts): readonly PowerChangeView[] =>
  powerChanges(before, after, compare(before, after, facts, 'en', { labels: 8 }), 'en')

function comparisonText(
  differences: readonly RuleDifference[],
  powers: readonly PowerChangeView[],
  { columns, colour }: Io,
): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const side = (mark: string, code: number, text: string | null): readonly string[] =>
    (text ?? '').split('\n').flatMap((line) => {
      if (line === '') return []
      const shown = `${mark} ${wrapped(plain(line), columns - 2, '    ')}`
      return [colour ? `\u001b[${code}m${shown}\u001b[39m` : shown]
    })
  const rules = differences.map(({ clause, title, kind, before, after }) =>
    [
      bold(plain(`${clause} ${title}${kind === 'new' ? ' (new)' : kind === 'gone' ? ' (repealed)' : ''}`)),
      ...side('-', 31, before),
      ...side('+', 32, after),
    ].join('\n'),
  )
  const count =
    differences.length === 0
      ? 'No rule differs.'
      : differences.length === 1
        ? '1 rule differs.'
        : `${differences.length} rules differ.`
  const changed = powers.map(({ name, says, figures, asked }) =>
    [
      wrapped(`${name} ${says}.`, columns),
      ...figures.map((figure) => `  ${figure.name.padEnd(8)} ${figure.value}`),
      ...asked.map((line) => `  ${wrapped(line, columns - 2, '  ')}`),
    ].join('\n'),
  )
  const power =
    differences.length === 0
      ? []
      : powers.length === 0
        ? ['No power became easier or harder.']
        : [bold('Who can do what:'), ...changed]
  return `${[count, ...rules, ...power].join('\n\n')}\n`
}
