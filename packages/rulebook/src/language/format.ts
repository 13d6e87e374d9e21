import { ok, type Result } from '@quorate/kernel'
import type { EditionNumber } from '../act.ts'
import type { Written } from './codec.ts'
import type { Diagnostic } from './diagnostic.ts'
import { canonicalText, type Clause } from './document.ts'
import { commonKeys, writeRule, type Provision, type Rulebook } from './model.ts'
import { parseRulebook } from './parse.ts'

// Where a flow map would make a longer line, its parts stand on lines of their own.
const widthMax = 120

const escapes = /[\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/g
/** A text as a scalar: plain where YAML reads it as nothing else, else in double quotes. */
function scalar(text: string): string {
  if (/^[\p{L}\d](?:[\p{L}\d ./%’_-]*[\p{L}\d%])?$/u.test(text)) return text
  return JSON.stringify(text).replace(escapes, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const isList = (value: Written): value is readonly Written[] => Array.isArray(value)

function flow(value: Written): string {
  if (typeof value === 'string') return scalar(value)
  if (isList(value)) return `[${value.map(flow).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`)
    .join(', ')}}`
}

/** The entries of a map, one a line; what does not fit on its line continues below, two blanks further in. */
function lines(map: { readonly [key: string]: Written }, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]): readonly string[] => {
    const line = `${indent}${scalar(key)}: ${flow(value)}`
    if (line.length <= widthMax || typeof value === 'string' || (isList(value) && value.length < 2)) return [line]
    if (isList(value)) return [`${indent}${scalar(key)}:`, ...value.map((item) => `${indent}  - ${flow(item)}`)]
    return [`${indent}${scalar(key)}:`, ...lines(value, `${indent}  `)]
  })
}

/** The block of a provision in its one spelling: keys in the order of the schema, then `names`, `terms` and `basis`. */
function canonicalBlock(provision: Provision): string {
  const { rule, names, terms, basis } = provision
  // A rule is written as a map, see `writeRule`.
  const own = writeRule(rule) as { readonly [key: string]: Written }
  return lines(
    {
      ...own,
      ...(names === null ? {} : { names: commonKeys.names.write(names) }),
      ...(terms === null ? {} : { terms: commonKeys.terms.write(terms) }),
      ...(basis === null ? {} : { basis: commonKeys.basis.write(basis) }),
    },
    '',
  ).join('\n')
}

/** A clause with its block in one spelling. A block with readings keeps the author's: the readings not ratified are part of the text. */
function formatted(rulebook: Rulebook, clause: Clause): string {
  const provision = rulebook.provisions.find((p) => p.clause === clause.id)
  if (clause.block === null || provision === undefined || /\b(?:readings|unknown)\b/.test(clause.block.source))
    return clause.source
  return clause.source.replace(
    `\`\`\`rule\n${clause.block.source}\n\`\`\``,
    () => `\`\`\`rule\n${canonicalBlock(provision)}\n\`\`\``,
  )
}

/**
 * A rulebook's text with every block in its one spelling; headings and prose stay as they are. The result parses to the same rules, and
 * formatting it again changes nothing. Comments inside a block are lost. Diagnostics when the text does not parse.
 */
export function formatRulebook(text: string, edition: EditionNumber): Result<string, readonly [Diagnostic, ...Diagnostic[]]> {
  const read = parseRulebook(text, edition)
  if (read.kind === 'fail') return read
  const { document } = read.value
  const parts = [
    ...(document.preamble === '' ? [] : [document.preamble]),
    ...document.clauses.map((clause) => formatted(read.value, clause)),
  ]
  return ok(canonicalText(parts.join('\n\n')))
}
