import type { ClauseId, Citation, EditionNumber, Fingerprint } from '../act.ts'
import { list, table, text, word, type Codec, type TypeOf, type Written } from './codec.ts'
import { fields, mapOr } from './codec-fields.ts'
import type { Clause, RulebookDocument } from './document.ts'
import { warningCodes, type WarningCode } from '../lint/codes.ts'
import { body, meeting, office } from '../schema/bodies.ts'
import {
  appeal,
  calendar,
  conduct,
  emergency,
  fact,
  genesis,
  interest,
  limit,
  order,
  record,
  service,
  superior,
  tier,
  transition,
  validity,
} from '../schema/foundations.ts'
import type { RuleKind } from '../schema/kinds.ts'
import { attribute, classOfMember, electorate, standing } from '../schema/people.ts'
import { dissolution, power } from '../schema/powers.ts'
import { procedure } from '../schema/stages.ts'

export type { RuleKind } from '../schema/kinds.ts'

/** The codec of each kind of rule: the schema of the language. */
export const ruleCodecs = {
  calendar,
  service,
  standing,
  class: classOfMember,
  attribute,
  electorate,
  fact,
  body,
  meeting,
  office,
  power,
  procedure,
  tier,
  transition,
  limit,
  validity,
  order,
  superior,
  conduct,
  emergency,
  interest,
  genesis,
  appeal,
  dissolution,
  record,
} satisfies { readonly [K in RuleKind]: Codec<unknown> }
/** What a block of one kind says. */
export type RuleOf<K extends RuleKind> = K extends RuleKind ? { readonly kind: K } & TypeOf<(typeof ruleCodecs)[K]> : never
/** What a block says. */
export type Rule = RuleOf<RuleKind>

const form = text(
  { what: 'a word or words', pattern: '[^\\n\\[\\]{}]{1,80}', example: 'member' },
  (t) => (/^[^\n[\]{}]{1,80}$/.test(t) ? t : null),
  String,
)
const forms = {
  en: table(form, word('one', 'many', 'the')),
  // `soft`, `nasal`, `aspirate` are mutated forms of `one`; with `many-` before them, of `many`.
  cy: table(form, word('one', 'many', 'the', 'gender', 'soft', 'nasal', 'aspirate', 'many-soft', 'many-nasal', 'many-aspirate')),
}
const mark = word('known', 'inferred', 'unknown', 'ours')
const path = text(
  { what: 'a key such as `support.need`', pattern: '[a-z0-9][a-z0-9.-]{0,79}', example: 'support.need' },
  (t) => (/^[a-z0-9][a-z0-9.-]{0,79}$/.test(t) ? t : null),
  String,
)
const source = text(
  { what: 'where it was found', pattern: '[^\\n]{1,160}', example: 'LabourList 2020/04' },
  (t) => (/^[^\n]{1,160}$/.test(t) ? t : null),
  String,
)
/**
 * Keys that every kind may have beside its own: where a field was found, what words call the id of the rule (`names`), and what they call
 * the ids inside it, such as its seats, states and values (`terms`). `waives` names warnings of the linter that those who ratify the text accept for this
 * rule: it is part of the text and of its words, so nobody waives anything for them.
 */
export const commonKeys = {
  basis: table(
    mapOr(table(source, path), list(path), (v): v is TypeOf<ReturnType<typeof table<string>>> => typeof v[0] === 'object'),
    mark,
  ),
  names: fields({}, forms),
  terms: table(fields({}, forms)),
  waives: list(word(...warningCodes), 1),
}
/** What an id is called: `{ one, many, the }` in each language. */
export type Names = TypeOf<(typeof commonKeys)['names']>
/** What the ids inside a rule are called. */
export type Terms = TypeOf<(typeof commonKeys)['terms']>
/** Where the fields of a rule were found: known, inferred, unknown or ours. */
export type Basis = TypeOf<(typeof commonKeys)['basis']>

/** A clause whose block reads: what it says, and where. */
export type Provision<K extends RuleKind = RuleKind> = {
  readonly clause: ClauseId
  readonly rule: RuleOf<K>
  readonly names: Names | null
  readonly terms: Terms | null
  readonly basis: Basis | null
  /** Warnings accepted for this rule; absent for none. */
  readonly waives?: readonly WarningCode[] | null
}
/** A clause with a field that is `unknown`, or has readings without one ratified: it grants nothing. */
export type Unresolved = {
  readonly clause: ClauseId
  readonly kind: RuleKind
  readonly id: string | null
  readonly fields: readonly string[]
  readonly names: Names | null
  readonly basis: Basis | null
}

/** One edition of a rulebook, parsed: the text and what it says. Immutable; everything is found by clause or by kind and id. */
export type Rulebook = {
  readonly edition: EditionNumber
  readonly document: RulebookDocument
  readonly textHash: Fingerprint
  readonly clauses: ReadonlyMap<ClauseId, Clause>
  readonly provisions: readonly Provision[]
  readonly unresolved: readonly Unresolved[]
}

/** A rule in its one spelling: what its block would be with nothing left to chance. Reading it back gives the same rule. */
export const writeRule = (rule: Rule): Written => {
  // Every kind is read and written by `fields`, which writes a map.
  const written = (ruleCodecs[rule.kind] as Codec<unknown>).write(rule) as { readonly [key: string]: Written }
  return { kind: rule.kind, ...written }
}

/** The id a rule defines, or null for a kind that stands once. A rulebook above this one is named by its own name. */
export const idOf = (rule: Rule): string | null => (rule.kind === 'superior' ? rule.rulebook : 'id' in rule ? rule.id : null)

/** How a clause of an edition is cited. */
export const cite = (rulebook: Rulebook, clause: string): Citation => `${clause}@${rulebook.edition}`

/** Provisions by kind, and by kind and id: every act looks up a dozen, and a text of 200 clauses is searched no faster than it is read. */
type Index = { readonly byKind: Map<RuleKind, Provision[]>; readonly byId: Map<string, Provision> }
const indexes = new WeakMap<readonly Provision[], Index>()

function indexOf({ provisions }: Rulebook): Index {
  const known = indexes.get(provisions)
  if (known !== undefined) return known
  const made: Index = { byKind: new Map(), byId: new Map() }
  for (const found of provisions) {
    const { kind } = found.rule
    made.byKind.set(kind, [...(made.byKind.get(kind) ?? []), found])
    const key = 'id' in found.rule ? `${kind} ${found.rule.id}` : kind
    if (!made.byId.has(key)) made.byId.set(key, found)
  }
  indexes.set(provisions, made)
  return made
}

/** All provisions of a kind, in the order of the text. */
export const provisionsOf = <K extends RuleKind>(rulebook: Rulebook, kind: K): readonly Provision<K>[] =>
  // The list of a kind holds provisions of that kind alone.
  (indexOf(rulebook).byKind.get(kind) ?? []) as unknown as readonly Provision<K>[]

/** The provision of a kind with an id, or null. */
export function provision<
  K extends
    | 'service'
    | 'class'
    | 'attribute'
    | 'electorate'
    | 'fact'
    | 'body'
    | 'meeting'
    | 'office'
    | 'procedure'
    | 'tier'
    | 'conduct'
    | 'appeal',
>(rulebook: Rulebook, kind: K, name: string): Provision<K> | null {
  // Stored under its kind and id.
  return (indexOf(rulebook).byId.get(`${kind} ${name}`) as Provision<K> | undefined) ?? null
}

/** The only provision of a kind that stands once, such as the calendar, or null. */
export const onlyProvision = <K extends RuleKind>(rulebook: Rulebook, kind: K): Provision<K> | null =>
  provisionsOf(rulebook, kind)[0] ?? null
