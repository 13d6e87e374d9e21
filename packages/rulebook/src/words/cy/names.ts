import type { ClauseId } from '../../act.ts'
import { idOf, provisionsOf, type Names, type Rulebook, type RuleKind, type Terms } from '../../language/model.ts'
import { spaced } from '../en/names.ts'
import { changesUnder, fixed, own, type Mutation, type Phrase } from './grammar.ts'
import { ownWords } from './vocabulary.ts'

/**
 * The forms of a Welsh name: `one` and `many` as they stand in a dictionary, `the` with its article, `gender` (`m` or `f`), and the mutated
 * forms of `one` and, with `many-` before them, of `many`. A form is needed where the words come to a position that asks for it.
 */
type Form = 'one' | 'many' | 'the' | 'gender' | Exclude<Mutation, 'plain'> | `many-${Exclude<Mutation, 'plain'>}`

/** A form the Welsh words needed and the rulebook does not give. */
export type MissingForm = { readonly id: string; readonly form: Form }

/** How Welsh speaks of the things a rulebook defines: from their `names` alone; what has none is its id in square brackets. */
export type Speaker = {
  /** "y pwyllgor", "clerc y panel" */
  readonly the: (id: string) => Phrase
  /** "aelod" */
  readonly one: (id: string) => Phrase
  /** "aelodau" */
  readonly many: (id: string) => Phrase
  /** Whether it is `ef` or `hi`. */
  readonly feminine: (id: string) => boolean
  /** Its name in quotation marks, which nothing mutates: “aelod”. */
  readonly title: (id: string) => string
  /** What a block names inside itself, such as a state, a seat or a ground: "gweithredol". */
  readonly part: (id: string) => Phrase
  /** The same in quotation marks: “gweithredol”. */
  readonly label: (id: string) => string
  /** A step of procedures or what an officer does there: as {@link part}, else by the language's own word for a stage of that name. */
  readonly step: (id: string) => Phrase
  /** "cam (4)" for a stage of the procedure being said, else what the appeal or meeting of that id is called. */
  readonly stage: (id: string) => Phrase
}

type Forms = ReadonlyMap<string, string>

const named: readonly RuleKind[] = [
  'electorate',
  'body',
  'office',
  'class',
  'attribute',
  'procedure',
  'appeal',
  'conduct',
  'fact',
  'meeting',
  'service',
  'superior',
  'tier',
]

const formsOf = (names: Names | null): Forms => new Map((names?.cy ?? []).map((row) => [row.key, row.value]))
const termOf = (terms: Terms | null, id: string): Forms | undefined => {
  const forms = terms?.find((term) => term.key === id)?.value.cy ?? null
  return forms === null ? undefined : new Map(forms.map((row) => [row.key, row.value]))
}

/**
 * The forms of an id as one clause means it. What the clause's own block names comes first; then, for a rule, the rule of that id, and for
 * a part what any block names inside itself, in the order of the text; then the other of the two.
 */
function lookup(rulebook: Rulebook, clause: ClauseId): (id: string, as: 'rule' | 'part') => Forms {
  const here = rulebook.provisions.find((p) => p.clause === clause)
  const rules = new Map<string, Forms>()
  // A rule that leaves something open has its name all the same.
  for (const { kind, id, names } of rulebook.unresolved)
    if (id !== null && names !== null && named.includes(kind)) rules.set(id, formsOf(names))
  for (const kind of named)
    for (const p of provisionsOf(rulebook, kind)) {
      const id = idOf(p.rule)
      if (id !== null && p.names !== null) rules.set(id, formsOf(p.names))
    }
  const within = (id: string): Forms | undefined => {
    for (const p of rulebook.provisions) {
      const part = termOf(p.terms, id)
      if (part !== undefined) return part
    }
    return undefined
  }
  return (id, as) => {
    const ownPart = here === undefined ? undefined : termOf(here.terms, id)
    const ownRule = here !== undefined && idOf(here.rule) === id ? formsOf(here.names) : undefined
    const found = as === 'rule' ? [ownRule, rules.get(id), ownPart, within(id)] : [ownPart, within(id), ownRule, rules.get(id)]
    return found.find((forms) => forms !== undefined && forms.size > 0) ?? new Map()
  }
}

const startsWithArticle = (text: string): boolean => /^(?:yr?|Yr?) /.test(text)

/**
 * A speaker for one clause of a rulebook and, inside a procedure, its stages. No form of a name is guessed: what is missing is told to
 * `miss` and stands in square brackets in the form there is.
 */
export function speakerOf(
  rulebook: Rulebook,
  clause: ClauseId,
  stages: readonly { readonly id: string }[],
  miss: (missing: MissingForm) => void,
): Speaker {
  const formsFor = lookup(rulebook, clause)

  const bracketed = (id: string, form: Form, best: string | undefined): string => {
    miss({ id, form })
    return `[${best ?? spaced(id)}]`
  }

  /** `one` or `many` in a mutation: itself where none shows, else the stored form. */
  const mutatedForm = (id: string, forms: Forms, number: 'one' | 'many', mutation: Mutation): string => {
    const plain = forms.get(number)
    if (plain === undefined) return bracketed(id, number, forms.get('one'))
    if (mutation === 'plain' || !changesUnder(plain, mutation)) return plain
    const form: Form = number === 'one' ? mutation : `many-${mutation}`
    return forms.get(form) ?? bracketed(id, form, plain)
  }

  /** The definite form: no position changes what begins with the article; else its first word is `one` or `many` and changes like it. */
  const definite = (id: string, mutation: Mutation): string => {
    const forms = formsFor(id, 'rule')
    const the = forms.get('the')
    if (the === undefined) return bracketed(id, 'the', forms.get('one'))
    if (startsWithArticle(the) || mutation === 'plain' || !changesUnder(the, mutation)) return the
    for (const number of ['one', 'many'] as const) {
      const head = forms.get(number)
      if (head !== undefined && the.startsWith(head))
        return `${mutatedForm(id, forms, number, mutation)}${the.slice(head.length)}`
    }
    return bracketed(id, mutation, the)
  }

  const said = (id: string, as: 'rule' | 'part', number: 'one' | 'many', mutation: Mutation): string =>
    mutatedForm(id, formsFor(id, as), number, mutation)
  const title = (id: string): string => `“${said(id, 'rule', 'one', 'plain')}”`
  return {
    the: (id) => (mutation) => definite(id, mutation),
    one: (id) => (mutation) => said(id, 'rule', 'one', mutation),
    many: (id) => (mutation) => said(id, 'rule', 'many', mutation),
    feminine: (id) => {
      const gender = formsFor(id, 'rule').get('gender')
      if (gender !== 'm' && gender !== 'f') miss({ id, form: 'gender' })
      return gender === 'f'
    },
    title,
    part: (id) => (mutation) => said(id, 'part', 'one', mutation),
    label: (id) => `“${said(id, 'part', 'one', 'plain')}”`,
    step: (id) => {
      // No word of ours stands for a ground or a state: a rulebook may call another so.
      const ours = formsFor(id, 'part').has('one') ? undefined : ownWords[id]
      return ours ?? ((mutation) => said(id, 'part', 'one', mutation))
    },
    stage: (id) => {
      const index = stages.findIndex((s) => s.id === id)
      if (index >= 0) return own(`cam (${index + 1})`)
      return formsFor(id, 'rule').has('the') ? (mutation) => definite(id, mutation) : fixed(title(id))
    },
  }
}
