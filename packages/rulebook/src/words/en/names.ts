import { idOf, type Provision, type Rule, type Rulebook, type RuleKind } from '../../language/model.ts'

/** How English speaks of the things a rulebook defines: from their `names`, or made from their ids. */
export type Speaker = {
  /** "the committee" */
  readonly the: (id: string) => string
  /** "member" */
  readonly one: (id: string) => string
  /** "members" */
  readonly many: (id: string) => string
  /** "member" as the name of a class. */
  readonly ofClass: (id: string) => string
  /** "group secretary" as the name of an office. */
  readonly office: (id: string) => string
  /** What an id inside a rule is called: a seat, a state, a value, a ground. */
  readonly term: (id: string) => string
  /** "(4)" for the stage of the procedure being said, or the name of an appeal. */
  readonly stage: (id: string) => string
}

/** An id as plain words: `returning-officer` is "returning officer". */
export const spaced = (id: string): string => id.replaceAll('-', ' ')

type Row = { readonly key: string; readonly value: string }
type Forms = Readonly<Record<string, string>>
const formsOf = (rows: readonly Row[] | null): Forms => Object.fromEntries((rows ?? []).map((row) => [row.key, row.value]))

type Called = { readonly the: string; readonly one: string; readonly many: string }

const singular = (words: string): string =>
  /(?:ss|us|is)$/.test(words)
    ? words
    : words
        .replace(/ies$/, 'y')
        .replace(/(ch|sh|x|ss)es$/, '$1')
        .replace(/s$/, '')
const plural = (words: string): string =>
  /(?:ss|x|ch|sh|us)$/.test(words)
    ? `${words}es`
    : /s$/.test(words)
      ? words
      : /[^aeiou]y$/.test(words)
        ? words.replace(/y$/, 'ies')
        : `${words}s`

/** What the things of some kinds that a rulebook defines are called: by their `names`, else by their ids as plain words. */
function callings(rulebook: Rulebook, kinds: readonly RuleKind[]): ReadonlyMap<string, Called> {
  const rows = [
    ...rulebook.provisions.map((p) => ({ kind: p.rule.kind, id: idOf(p.rule), names: p.names })),
    ...rulebook.unresolved.map((u) => ({ kind: u.kind, id: u.id, names: u.names })),
  ].filter(({ kind }) => kinds.includes(kind))
  return new Map(
    rows.flatMap(({ id, names }): [string, Called][] => {
      if (id === null) return []
      const given = formsOf(names?.en ?? null)
      const plain = spaced(id)
      return [
        [id, { the: given['the'] ?? `the ${plain}`, one: given['one'] ?? singular(plain), many: given['many'] ?? plural(plain) }],
      ]
    }),
  )
}

/** A speaker for a rulebook and, inside a procedure, its stages. */
export function speakerOf(rulebook: Rulebook, own: Rule | null = null): Speaker {
  const called = callings(rulebook, ['body', 'office', 'electorate', 'meeting', 'superior'])
  // Where only things of some kinds can stand, only those can be mistaken for one another.
  const groups = callings(rulebook, ['body', 'electorate'])
  const classes = callings(rulebook, ['class'])
  const offices = callings(rulebook, ['office'])
  const terms = new Map<string, string>()
  const learn = (p: Provision): void => {
    for (const row of p.terms ?? []) {
      const { one } = formsOf(row.value.en)
      if (one !== undefined) terms.set(row.key, one)
    }
  }
  rulebook.provisions.filter((p) => p.rule !== own).forEach(learn)
  // What the rule itself calls things goes before what others call them.
  rulebook.provisions.filter((p) => p.rule === own).forEach(learn)
  const stages = own?.kind === 'procedure' ? own.stages : []
  // An id that nothing defines, and one of two that would be called alike, is said as it is written: equal words must mean an equal rule.
  const form = (among: ReadonlyMap<string, Called>, id: string, which: keyof Called): string => {
    const name = among.get(id)?.[which]
    const alike = [...among].some(([other, forms]) => other !== id && forms[which] === name)
    return name === undefined || alike ? `“${id}”` : name
  }
  return {
    the: (id) => form(called, id, 'the'),
    one: (id) => form(groups, id, 'one'),
    many: (id) => form(groups, id, 'many'),
    ofClass: (id) => form(classes, id, 'one'),
    office: (id) => form(offices, id, 'one'),
    term: (id) => terms.get(id) ?? spaced(id),
    stage: (id) => {
      const index = stages.findIndex((s) => s.id === id)
      return index >= 0 ? `(${index + 1})` : `“${spaced(id)}”`
    },
  }
}

/** "a", "a or b", "a, b or c" */
export function joined(parts: readonly string[], word: 'and' | 'or'): string {
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1) ?? ''}`
}

/** A sentence: first letter large, full stop at the end. */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/,$/, '')}${/[.:]$/.test(text) ? '' : '.'}`

/** Sentences of a group, those that are null left out. */
export const group = (...parts: readonly (string | null)[]): string =>
  parts
    .filter((p) => p !== null && p !== '')
    .map((p) => sentence(p ?? ''))
    .join(' ')

/** Says something of a value unless it is absent. */
export const when = <T>(value: T | null, say: (value: T) => string | null): string | null => (value === null ? null : say(value))

/** Numbered groups, one a line. */
export const numbered = (groups: readonly string[]): string => groups.map((g, i) => `(${i + 1}) ${g}`).join('\n')

/** Thousands apart: 2,000. */
export const figure = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1 seat", "3 seats" */
export const countOf = (n: number, one: string, many: string): string => `${figure(n)} ${n === 1 ? one : many}`

const letters = 'abcdefghijklmnopqrstuvwxyz'
// A sentence has at most 30 words; a list is told in line as long as it leaves room for what stands before it.
const inLineMax = 24

/** A list at the end of a sentence: in line, or as lettered limbs where it would make the sentence too long. */
export function listed(lead: string, items: readonly string[], word: 'and' | 'or'): string {
  const line = `${lead} ${joined(items, word)}`
  if (line.split(' ').length <= inLineMax) return line
  const limbs = items.map((item, i) => `\n  (${letters.charAt(i % 26)}) ${item}`)
  return `${lead}, ${word === 'or' ? 'any' : 'all'} of these:${limbs.join(';')}`
}
