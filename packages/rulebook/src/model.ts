import type { ClauseId, Citation, EditionNumber, Fingerprint } from './act.ts'
import { fields, id, list, table, text, type Codec, type TypeOf, type Written } from './codec.ts'
import type { Clause, RulebookDocument } from './document.ts'
import { body, office } from './schema/bodies.ts'
import {
  appeal,
  calendar,
  conduct,
  emergency,
  fact,
  genesis,
  interest,
  limit,
  meeting,
  order,
  power,
  service,
  superior,
  tier,
  transition,
  validity,
} from './schema/foundations.ts'
import { attribute, classOfMember, electorate, standing } from './schema/people.ts'
import { procedure } from './schema/stages.ts'

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
}
/** The kinds of rule. */
export type RuleKind = keyof typeof ruleCodecs
/** What a block of one kind says. */
export type RuleOf<K extends RuleKind> = K extends RuleKind ? { readonly kind: K } & TypeOf<(typeof ruleCodecs)[K]> : never
/** What a block says. */
export type Rule = RuleOf<RuleKind>

const forms = table(text('a word or words', (t) => (/^[^\n[\]{}]{1,80}$/.test(t) ? t : null), String))
/** Keys that every kind may have beside its own: where a field was found, and what words call an id. */
export const commonKeys = {
  basis: table(list(id)) as Codec<unknown>,
  names: fields({}, { en: forms, cy: forms }),
}
/** What an id is called: `{ one, many, the }` in each language. */
export type Names = TypeOf<(typeof commonKeys)['names']>

/** A clause whose block reads: what it says, and where. */
export type Provision<K extends RuleKind = RuleKind> = {
  readonly clause: ClauseId
  readonly rule: RuleOf<K>
  readonly names: Names | null
}
/** A clause with a field that is `unknown`, or has readings without one ratified: it grants nothing. */
export type Unresolved = {
  readonly clause: ClauseId
  readonly kind: RuleKind
  readonly id: string | null
  readonly fields: readonly string[]
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
