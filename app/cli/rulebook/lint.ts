import type { Diagnostic, Rulebook } from '@quorate/rulebook'
import { misused, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { factsOrFault, seatsFilled } from './facts.ts'
import { parsed, textOrFault } from './source.ts'

const usage = `Usage: quorate rulebook lint FILE [options]

Says what is wrong with a rulebook: first whether it can be read at all, then
the holes the linter finds in it, each with its line. An error stops a rulebook
from coming into force; a warning must be waived by those who ratify it. A note
is a form of a name that the Welsh words need, in a rulebook that has Welsh names.

Options:
  --facts F   a JSON file with what only the movement knows:
              {"turnouts": [{"cast": 402, "of": 1150}],
               "electorates": {"members": 1150}, "bodies": {"committee": 11}}
  --json      print diagnostics and findings as JSON

Exit code: 0 no error, 1 errors or not a rulebook, 2 wrong use.

Example: quorate rulebook lint rulebooks/lantern.md`

const options = { facts: { type: 'string' }, json: { type: 'boolean' } } as const

/** `quorate rulebook lint`: diagnostics and findings, as a compiler would say them. */
export const command: Command = {
  name: 'rulebook lint',
  summary: 'Say what is wrong with a rulebook, line by line',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one rulebook at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file] = positionals
    if (file === undefined) return misused(io, command, 'which rulebook?')
    return lintFile(file, values.facts, values.json === true, io)
  },
}

async function lintFile(file: string, factsFile: string | undefined, json: boolean, io: Io): Promise<ExitCode> {
  const facts = await factsOrFault(factsFile, command, io)
  const source = facts === null ? null : await textOrFault(file, command, io)
  if (facts === null || source === null) return 1
  const read = await parsed(source)
  const [{ diagnosticsText, findingsText }, { placeOf }] = await Promise.all([
    import('./excerpt.ts'),
    import('#lib/features/rulebooks/words.ts'),
  ])
  if (read.kind === 'fail') {
    const { diagnostics } = read.error
    if (json) io.out(`${JSON.stringify({ diagnostics, findings: [] }, null, 2)}\n`)
    else io.out(`${diagnosticsText(read.error, io)}\n\n${summary(source.name, diagnostics.length, 0, null)}\n`)
    return 1
  }
  const { lint } = await import('@quorate/rulebook')
  const findings = lint(read.value.rulebook, {
    turnouts: facts.turnouts,
    electorates: facts.electorates,
    seated: seatsFilled(facts),
  })
  const errors = findings.filter(({ grade }) => grade === 'error').length
  const notes = await lackingNames(read.value.rulebook)
  if (json) {
    const placed = findings.map((finding) => ({ ...finding, ...placeOf(read.value.rulebook, finding) }))
    io.out(`${JSON.stringify({ diagnostics: notes, findings: placed }, null, 2)}\n`)
  } else {
    const rules = read.value.rulebook.provisions.length
    const parts = [
      ...(findings.length === 0 ? [] : [findingsText(read.value, findings, io)]),
      ...(notes.length === 0 ? [] : [diagnosticsText({ ...source, diagnostics: notes }, io, 'note')]),
      summary(source.name, errors, findings.length - errors, rules, notes.length),
    ]
    io.out(`${parts.join('\n\n')}\n`)
  }
  return errors === 0 ? 0 : 1
}

/** Forms of names that Welsh words lack; none of a rulebook that names nothing in Welsh, for it is not meant to be said in it. */
async function lackingNames(rulebook: Rulebook): Promise<readonly Diagnostic[]> {
  if (!rulebook.provisions.some(({ names }) => names?.cy != null)) return []
  const { wordsDiagnostics } = await import('@quorate/rulebook')
  return wordsDiagnostics(rulebook, 'cy')
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

function summary(name: string, errors: number, warnings: number, rules: number | null, notes = 0): string {
  const read = rules === null ? `${name} does not read as a rulebook` : `${name}: ${plural(rules, 'rule', 'rules')} read`
  if (errors + warnings + notes === 0) return `${read}, nothing found.`
  const noted = notes === 0 ? '' : `, ${plural(notes, 'note', 'notes')}`
  return `${read}, ${plural(errors, 'error', 'errors')}, ${plural(warnings, 'warning', 'warnings')}${noted}.`
}
