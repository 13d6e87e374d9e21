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
const inLanguages = { en: forms, cy: forms }
/** Keys that every kind may have beside its own: where a field was found, and what words call an id. */
export const commonKeys = {
  basis: table(list(id)) as Codec<unknown>,
  names: fields({}, { ...inLanguages, parts: table(fields({}, inLanguages)) }),
}
/**
 * What an id is called: `{ one, many, the }` in English; in Welsh `{ one, many, the, gender, soft, nasal, aspirate }` and the same for the
 * plural (`many-soft`, …). `parts` names, in the same way, ids that stand inside the block and have none of their own: states, seats,
 * values, grounds, stages.
 */
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

/** All provisions of a kind, in the order of the text. */
export const provisionsOf = <K extends RuleKind>(rulebook: Rulebook, kind: K): readonly Provision<K>[] =>
  rulebook.provisions.filter((p): p is Provision<K> => p.rule.kind === kind)

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
  return provisionsOf(rulebook, kind).find((p) => (p.rule as { readonly id: string }).id === name) ?? null
}

/** The only provision of a kind that stands once, such as the calendar, or null. */
export const onlyProvision = <K extends RuleKind>(rulebook: Rulebook, kind: K): Provision<K> | null =>
  provisionsOf(rulebook, kind)[0] ?? null
