// The file of quota rules for `quorate count --quota-rules`: who belongs to which group, and how many of each may be elected. A small part of
// YAML, so that other programs read it too:
//
//   women:
//     clause: 4.2
//     at least: 3
//     members: 1, 4, "Siân Rees"
import { fail, ok, type Result } from '@quorate/kernel'
import type { Contest } from '../papers/profile.ts'
import { faultAt, type FormatFault, type Place } from '../formats/fault.ts'
import type { Constraint, Constraints } from './constraints.ts'

/** A candidate as the file names them: by the number on the ballot file, or by name. */
export type NamedCandidate = Place & { readonly text: string }

/** One group of the file, its candidates not yet looked up. */
export type QuotaRule = Place & {
  readonly name: string
  readonly clause: string
  readonly least: number
  readonly most: number | null
  readonly members: readonly NamedCandidate[]
  readonly unsettled: readonly NamedCandidate[]
}

/** Why a file of quota rules does not read. */
export type QuotaRulesFault = FormatFault<
  | 'not a line'
  | 'key outside a group'
  | 'unknown key'
  | 'repeated key'
  | 'repeated group'
  | 'bad number'
  | 'bad bounds'
  | 'missing bounds'
  | 'missing members'
  | 'open quote'
  | 'unknown candidate'
  | 'two of that name'
  | 'candidate twice'
>

type Key = 'clause' | 'at least' | 'at most' | 'exactly' | 'members' | 'unsettled'
const keys: readonly string[] = ['clause', 'at least', 'at most', 'exactly', 'members', 'unsettled'] satisfies Key[]
const isKey = (text: string): text is Key => keys.includes(text)
type Draft = Place & { readonly name: string; readonly values: Map<Key, NamedCandidate> }

/** Reads the rules; the candidates are looked up by {@link constraintsFrom}. Total: any text gives rules or the first fault. */
export function parseQuotaRules(text: string): Result<readonly QuotaRule[], QuotaRulesFault> {
  const drafts: Draft[] = []
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const fault = readLine(raw, i + 1, drafts)
    if (fault !== null) return fail(fault)
  }
  const rules: QuotaRule[] = []
  for (const draft of drafts) {
    const rule = ruleFrom(draft)
    if (rule.kind === 'fail') return rule
    rules.push(rule.value)
  }
  return ok(rules)
}

const faultOf = (kind: QuotaRulesFault['kind'], { line, column }: Place, text: string): QuotaRulesFault => ({
  kind,
  line,
  column,
  text: text.slice(0, 60),
})

/** A value without the comment after it: from the first `#` that follows a blank. In one pass, whatever the text. */
function withoutComment(text: string): string {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1))
    if (at === 0 || text[at - 1] === ' ' || text[at - 1] === '\t') return text.slice(0, at).trimEnd()
  return text.trimEnd()
}

/** `name: value`, the name perhaps in quotation marks; null when the line is something else. */
function pairOf(text: string): { readonly name: string; readonly value: string } | null {
  const colon = text.startsWith('"') ? text.indexOf(':', text.indexOf('"', 1) + 1) : text.indexOf(':')
  if (colon < 0) return null
  const head = text.slice(0, colon).trimEnd()
  const quoted = head.length > 1 && head.startsWith('"') && head.endsWith('"')
  const name = quoted ? head.slice(1, -1) : head
  const rest = text.slice(colon + 1)
  const apart = rest === '' || rest.startsWith(' ') || rest.startsWith('\t')
  return name.trim() === '' || name.includes('"') || (!quoted && name.includes('#')) || !apart
    ? null
    : { name, value: rest.trim() }
}

function readLine(raw: string, line: number, drafts: Draft[]): QuotaRulesFault | null {
  const text = raw.trimStart()
  if (text === '' || text.startsWith('#')) return null
  const indent = raw.slice(0, raw.length - text.length)
  const found = pairOf(text)
  const at = { line, column: indent.length + 1 }
  if (found === null) return faultOf('not a line', at, text.trimEnd())
  const { name, value } = found
  if (indent === '') {
    if (value !== '' && !value.startsWith('#')) return faultOf('key outside a group', at, name)
    if (drafts.some((draft) => draft.name === name)) return faultOf('repeated group', at, name)
    drafts.push({ ...at, name, values: new Map() })
    return null
  }
  const draft = drafts.at(-1)
  if (draft === undefined) return faultOf('key outside a group', at, name)
  if (!isKey(name)) return faultOf('unknown key', at, name)
  if (draft.values.has(name)) return faultOf('repeated key', at, name)
  draft.values.set(name, { line, column: raw.lastIndexOf(value) + 1, text: value })
  return null
}

function ruleFrom({ name, line, column, values }: Draft): Result<QuotaRule, QuotaRulesFault> {
  const numberOf = (key: Key): Result<number | null, QuotaRulesFault> => {
    const value = values.get(key)
    if (value === undefined) return ok(null)
    const digits = withoutComment(value.text)
    return /^\d{1,9}$/.test(digits) ? ok(Number(digits)) : faultAt('bad number', value, value.text)
  }
  const [least, most, exactly] = [numberOf('at least'), numberOf('at most'), numberOf('exactly')]
  if (least.kind === 'fail') return least
  if (most.kind === 'fail') return most
  if (exactly.kind === 'fail') return exactly
  const bounds = { least: exactly.value ?? least.value ?? 0, most: exactly.value ?? most.value }
  const here = { line, column }
  if (exactly.value !== null && (least.value !== null || most.value !== null)) return faultAt('bad bounds', here, name)
  if (bounds.most !== null && bounds.most < bounds.least) return faultAt('bad bounds', here, name)
  if (least.value === null && bounds.most === null) return faultAt('missing bounds', here, name)
  const [listed, open] = [values.get('members'), values.get('unsettled')]
  if (listed === undefined) return faultAt('missing members', here, name)
  const members = itemsOf(listed)
  const unsettled = open === undefined ? ok([]) : itemsOf(open)
  if (members.kind === 'fail') return members
  if (unsettled.kind === 'fail') return unsettled
  const clause = unquoted(values.get('clause')?.text ?? '')
  return ok({
    name,
    line,
    column,
    clause: clause === '' ? name : clause,
    ...bounds,
    members: members.value,
    unsettled: unsettled.value,
  })
}

const unquoted = (text: string): string => (/^"[^"]*"$/.test(text) ? text.slice(1, -1) : withoutComment(text))

/** `1, 4, "Rees, Siân"`, with or without brackets; a comment may follow. */
function itemsOf({ text, line, column }: NamedCandidate): Result<readonly NamedCandidate[], QuotaRulesFault> {
  const items: NamedCandidate[] = []
  const bracketed = text.startsWith('[')
  const blank = bracketed ? ' \t,[' : ' \t,'
  const stops = bracketed ? ',"]' : ',"'
  for (let at = 0; at < text.length;) {
    const first = text[at] ?? ''
    const item = { line, column: column + at }
    if (blank.includes(first)) at++
    else if (first === '#' || (bracketed && first === ']')) break
    else if (first === '"') {
      const end = text.indexOf('"', at + 1)
      if (end < 0) return faultAt('open quote', item, text.slice(at))
      items.push({ ...item, text: text.slice(at + 1, end) })
      at = end + 1
    } else {
      let end = at
      while (end < text.length && !stops.includes(text[end] ?? '')) end++
      const whole = text.slice(at, end)
      const plain = withoutComment(whole)
      items.push({ ...item, text: plain })
      if (plain.length < whole.trimEnd().length) break // the rest is the comment
      at = end
    }
  }
  return ok(items)
}

/** The rules with their candidates looked up in a contest: by number from 1, or by a name only one of them has. */
export function constraintsFrom(rules: readonly QuotaRule[], contest: Contest): Result<Constraints, QuotaRulesFault> {
  const constraints: Constraint[] = []
  for (const { name, clause, least, most, members, unsettled } of rules) {
    const known = new Set<number>()
    const found: number[][] = []
    for (const list of [members, unsettled]) {
      const numbers: number[] = []
      for (const item of list) {
        const candidate = candidateOf(item, contest)
        if (candidate.kind === 'fail') return candidate
        if (known.has(candidate.value)) return faultAt('candidate twice', item, item.text)
        known.add(candidate.value)
        numbers.push(candidate.value)
      }
      found.push(numbers.sort((a, b) => a - b))
    }
    constraints.push({ name, clause, least, most, members: found[0] ?? [], unsettled: found[1] ?? [] })
  }
  return ok(constraints)
}

function candidateOf(item: NamedCandidate, { candidates }: Contest): Result<number, QuotaRulesFault> {
  const named = candidates.flatMap((name, c) => (name === item.text ? [c] : []))
  const [only, ...others] = named
  if (others.length > 0) return faultAt('two of that name', item, item.text)
  if (only !== undefined) return ok(only)
  const number = /^\d{1,9}$/.test(item.text) ? Number(item.text) : 0
  return number >= 1 && number <= candidates.length ? ok(number - 1) : faultAt('unknown candidate', item, item.text)
}

const sentences: Readonly<Record<QuotaRulesFault['kind'], string>> = {
  'not a line': 'this is neither the name of a group with a colon nor “key: value”',
  'key outside a group': 'a value stands under the name of a group, indented',
  'unknown key': `a group has ${keys.join(', ')}, and nothing else`,
  'repeated key': 'the group has this already',
  'repeated group': 'a group of this name has been given',
  'bad number': 'a whole number of candidates is needed here',
  'bad bounds': 'the bounds contradict each other',
  'missing bounds': 'the group needs “at least”, “at most” or “exactly”',
  'missing members': 'the group needs “members”, if only an empty list',
  'open quote': 'the quotation mark is not closed',
  'unknown candidate': 'no candidate has this name or number',
  'two of that name': 'two candidates have this name: give the number',
  'candidate twice': 'the candidate is in this group already',
}

// Awaiting a native reader.
const welshSentences: Readonly<Record<QuotaRulesFault['kind'], string>> = {
  'not a line': 'nid enw grŵp â cholon yw hyn, na “key: value”',
  'key outside a group': 'saif gwerth o dan enw grŵp, wedi’i fewnoli',
  'unknown key': `mae gan grŵp ${keys.join(', ')}, a dim arall`,
  'repeated key': 'mae hyn gan y grŵp eisoes',
  'repeated group': 'rhoddwyd grŵp o’r enw hwn eisoes',
  'bad number': 'mae angen rhif cyfan o ymgeiswyr yma',
  'bad bounds': 'mae’r terfynau’n gwrth-ddweud ei gilydd',
  'missing bounds': 'mae angen “at least”, “at most” neu “exactly” ar y grŵp',
  'missing members': 'mae angen “members” ar y grŵp, hyd yn oed os yw’r rhestr yn wag',
  'open quote': 'ni chaewyd y dyfynnod',
  'unknown candidate': 'nid oes ymgeisydd â’r enw na’r rhif hwn',
  'two of that name': 'mae gan ddau ymgeisydd yr enw hwn: rhowch y rhif',
  'candidate twice': 'mae’r ymgeisydd yn y grŵp hwn eisoes',
}

/** A fault as a person reads it, without its place; in a language. */
export const quotaRulesFaultSentence = ({ kind, text }: QuotaRulesFault, language: 'en' | 'cy' = 'en'): string =>
  `“${text}”: ${(language === 'cy' ? welshSentences : sentences)[kind]}`

/** A fault as a person reads it, with its place; in a language. */
export const quotaRulesFaultText = (fault: QuotaRulesFault, language: 'en' | 'cy' = 'en'): string => {
  const place = language === 'cy' ? `llinell ${fault.line}, colofn ${fault.column}` : `line ${fault.line}, column ${fault.column}`
  return `${place}: ${quotaRulesFaultSentence(fault, language)}`
}
