import { instant } from '@quorate/kernel'
import { choicesOf, powerName, whatIf, type WayTold, type WhatIf } from '#lib/features/rulebooks/words.ts'
import type { Analysis, Rulebook } from '@quorate/rulebook'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import { analyseFactsOf, factsOrFault } from './facts.ts'
import { instantForms, instantTyped } from './instants.ts'
import { openRulebook } from './open.ts'
import { zoneOf } from './source.ts'

const usage = `Usage: quorate rulebook analyse FILE [options]

Finds the shortest way to use each power of a rulebook: the fewest people, the
least time and the least warning, by which clauses, and who can stop it until
when. First what is taken as given, then a line for each power and each body
that might try alone; with --power, the whole story of that power.

Options:
  --power P        one power, such as amend-rulebook
  --body B         ask for one body alone, such as committee
  --facts F        a JSON file with the movement's figures and what everybody
                   else does: {"electorates": {"members": 1180},
                   "bodies": {"committee": 12}, "attendance": "bare quorum",
                   "turnout": "cheapest"}
  --from INSTANT   when the attempt begins; now without it
  --json           print the analysis as JSON

Exit code: 0 analysed, 1 no such power or not a rulebook, 2 wrong use.

Example: quorate rulebook analyse rulebooks/lantern.md --power amend-rulebook --from 2026-11-01`

const options = {
  power: { type: 'string' },
  body: { type: 'string' },
  facts: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean' },
} as const
type Options = { readonly [K in Exclude<keyof typeof options, 'json'>]?: string } & { readonly json?: boolean }

/** `quorate rulebook analyse`: the shortest coup. */
export const command: Command = {
  name: 'rulebook analyse',
  summary: 'Find who, how few and how fast could use each power',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one rulebook at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const [file] = read.value.positionals
    if (file === undefined) return misused(io, command, 'which rulebook?')
    return analyseFile(file, read.value.values, io)
  },
}

async function analyseFile(file: string, values: Options, io: Io): Promise<ExitCode> {
  const given = await factsOrFault(values.facts, command, io)
  const opened = given === null ? null : await openRulebook(file, command, io)
  if (given === null || opened === null) return 1
  const { rulebook } = opened
  const zone = await zoneOf(rulebook)
  const from = values.from === undefined ? { kind: 'ok' as const, value: instant(Date.now()) } : instantTyped(values.from, zone)
  if (from.kind === 'fail') return misused(io, command, `--from takes ${instantForms}, not "${values.from ?? ''}"`)
  const { analyse } = await import('@quorate/rulebook')
  const analysis = analyse(rulebook, analyseFactsOf(given, from.value))
  const known = choicesOf(rulebook, analysis, 'en')
  const powers = analysis.powers.filter(({ power }) => values.power === undefined || power === values.power)
  if (values.power !== undefined && powers.length === 0)
    return failed(
      io,
      command,
      `${opened.name} grants nobody the power "${values.power}"`,
      wrapped(`It grants: ${[...new Set(analysis.powers.map(({ power }) => power))].join(', ')}.`, io.columns),
    )
  if (values.body !== undefined && !known.bodies.some(({ value }) => value === values.body))
    return failed(
      io,
      command,
      `${opened.name} has no body "${values.body}" that could try`,
      `It has: ${known.bodies.map(({ value }) => value).join(', ')}.`,
    )
  if (values.json === true) io.out(`${JSON.stringify({ ...analysis, powers }, null, 2)}\n`)
  else {
    const bodies = values.body === undefined ? known.bodies.map(({ value }) => value) : [values.body]
    io.out(analysisText(rulebook, { ...analysis, powers }, bodies, values.power !== undefined, io))
  }
  return 0
}

function analysisText(rulebook: Rulebook, analysis: Analysis, bodies: readonly string[], whole: boolean, io: Io): string {
  const { columns, colour } = io
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const item = (text: string): string => `  - ${wrapped(plain(text), columns - 4, '    ')}`
  const asked = (power: string, body: string | null): WhatIf | null => whatIf(rulebook, analysis, { power, body }, 'en')
  const powers = analysis.powers.map((answer) => {
    const key = answer.tier === null ? answer.power : `${answer.power} ${answer.tier}`
    const any = asked(key, null)
    const alone = bodies.map((body) => asked(key, body)?.answer ?? '')
    const [shortest] = any?.ways ?? []
    const lines = [
      bold(wrapped(`${powerName(rulebook, answer, 'en')} (${answer.power})`, columns)),
      ...(shortest === undefined ? [item(any?.answer ?? '')] : [item(`Shortest: ${shortest.cost}`)]),
      ...(whole && any !== null && any.bound !== null ? [item(any.bound)] : []),
      ...alone.map(item),
    ]
    return [lines.join('\n'), ...(whole ? (any?.ways ?? []).map((way) => wayText(way, columns, bold)) : [])].join('\n\n')
  })
  const notes = analysis.powers.length === 0 ? [] : (asked(firstKey(analysis), null)?.notes ?? [])
  const given = analysis.powers.length === 0 ? [] : (asked(firstKey(analysis), null)?.given ?? [])
  const head = [`Taken as given:`, ...given.map(item)].join('\n')
  return `${[head, ...notes.map((note) => wrapped(plain(note), columns)), ...powers].join('\n\n')}\n`
}

const firstKey = ({ powers: [first] }: Analysis): string =>
  first === undefined ? '' : first.tier === null ? first.power : `${first.power} ${first.tier}`

function wayText(way: WayTold, columns: number, bold: (text: string) => string): string {
  const line = (mark: string, { text, clause }: WayTold['steps'][number]): string =>
    `${mark}${wrapped(plain(`${text} [rule ${clause}]`), columns - mark.length, ' '.repeat(mark.length))}`
  return [
    bold(way.title),
    wrapped(plain(way.cost), columns),
    ...way.steps.map((step, i) => line(`${String(i + 1)}.`.padEnd(4), step)),
    ...(way.stoppers.length === 0 ? [] : ['Who can stop it:', ...way.stoppers.map((stopper) => line('  - ', stopper))]),
    wrapped(plain(`Taken for granted: ${way.granted.join(' ')}`), columns),
  ].join('\n')
}
