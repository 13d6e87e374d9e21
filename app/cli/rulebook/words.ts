import type { Clause, Rulebook, WordsLocale } from '@quorate/rulebook'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import { openRulebook } from './open.ts'

const usage = `Usage: quorate rulebook words FILE [RULE] [options]

Prints the operative words of a rulebook, made from its rule blocks: what binds.
With RULE (such as 4.2), those of that rule or of the part with that number.

Options:
  --lang en   the language of the words: en, or cy for Welsh
  --json      print id, title, prose and words as JSON

Exit code: 0 printed, 1 no such rule or not a rulebook, 2 wrong use.

Example: quorate rulebook words rulebooks/lantern.md 4.2`

const options = { lang: { type: 'string', default: 'en' }, json: { type: 'boolean' } } as const
const locales: readonly WordsLocale[] = ['en', 'cy']

/** `quorate rulebook words`: what the rules say. */
export const command: Command = {
  name: 'rulebook words',
  summary: 'Print what the rules say, in words',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 2, each: 'one rule at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file, rule] = positionals
    if (file === undefined) return misused(io, command, 'which rulebook?')
    const locale = locales.find((known) => known === values.lang)
    if (locale === undefined) return misused(io, command, `--lang takes ${locales.join(' or ')}, not "${values.lang}"`)
    return printWords(file, rule ?? null, locale, values.json === true, io)
  },
}

/** What a clause says, for `--json`: `words` is null for prose alone and for a rule that is not resolved. */
type Said = {
  readonly id: string
  readonly title: string
  readonly prose: string
  readonly words: readonly string[] | null
}

async function printWords(file: string, rule: string | null, locale: WordsLocale, json: boolean, io: Io): Promise<ExitCode> {
  const opened = await openRulebook(file, command, io)
  if (opened === null) return 1
  const { rulebook } = opened
  const under = (id: string): boolean => rule === null || id === rule || id.startsWith(`${rule}.`)
  const clauses = rulebook.document.clauses.filter(({ id }) => under(id))
  if (clauses.length === 0)
    return failed(io, command, `${opened.name} has no rule ${rule ?? ''}`, `It goes from ${ends(rulebook)}.`)
  const said = await Promise.all(clauses.map((clause) => saidBy(rulebook, clause, locale)))
  if (json) io.out(`${JSON.stringify(said, null, 2)}\n`)
  else io.out(`${clauses.map((clause, i) => clauseText(clause, said[i]?.words ?? null, io)).join('\n\n')}\n`)
  await remarks(opened.name, rulebook, locale, clauses, io)
  return 0
}

/** What must be known of the words beside them: that nobody has signed them off yet, and the names they lack. */
async function remarks(
  name: string,
  rulebook: Rulebook,
  locale: WordsLocale,
  clauses: readonly Clause[],
  { err }: Io,
): Promise<void> {
  const { awaitingReader, wordsDiagnostics } = await import('@quorate/rulebook')
  if (awaitingReader.includes(locale)) err('These words wait for a native reader of legal texts to approve them.\n')
  for (const d of wordsDiagnostics(rulebook, locale))
    if (clauses.some(({ id }) => id === d.clause))
      err(`${plain(name)}:${d.line}:${d.column} ${d.code} ${plain(d.text)}. ${plain(d.help)}\n`)
}

const ends = ({ document: { clauses } }: Rulebook): string => `${clauses[0]?.id ?? ''} to ${clauses.at(-1)?.id ?? ''}`

async function saidBy(rulebook: Rulebook, clause: Clause, locale: WordsLocale): Promise<Said> {
  const { words } = await import('@quorate/rulebook')
  const said = words(rulebook, clause.id, locale)
  const { id, title, prose } = clause
  return { id, title, prose, words: said === null ? null : said.split('\n').filter((line) => line.trim() !== '') }
}

function clauseText(clause: Clause, said: readonly string[] | null, { columns, colour }: Io): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const open = said === null && clause.block !== null
  const lines = open ? ['(This rule leaves something open, so it grants nothing yet.)'] : (said ?? [])
  return [
    bold(plain(`${clause.id} ${clause.title}`)),
    ...(clause.prose === '' ? [] : clause.prose.split('\n').map((line) => wrapped(line, columns))),
    ...lines.map((line) => {
      const margin = /^ */.exec(line)?.[0] ?? ''
      return `${margin}${wrapped(line.trim(), columns - margin.length, `${margin}    `)}`
    }),
  ].join('\n')
}
