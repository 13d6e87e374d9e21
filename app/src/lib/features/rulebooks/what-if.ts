import {
  alone,
  aloneInWords,
  factsInWords,
  provision,
  provisionsOf,
  standingBodies,
  story,
  type Analysis,
  type Path,
  type PowerAnswer,
  type Rulebook,
} from '@quorate/rulebook'
import { listText, words, type Locale } from '#lib/platform/words.ts'
import { capital, namingOf } from './naming.ts'
import { whatIfMessages } from './what-if-messages.ts'

/** A sentence with the rule it rests on. */
export type ToldLine = { readonly text: string; readonly clause: string }
/** One way to use a power, told. */
export type WayTold = {
  readonly title: string
  readonly cost: string
  readonly steps: readonly ToldLine[]
  readonly stoppers: readonly ToldLine[]
  readonly granted: readonly string[]
}
/** What the rules answer about one power: the sentence first, then the ways, fewest people first. */
export type WhatIf = {
  readonly answer: string
  /** Whether the body asked about can do it alone; null where none was named. */
  readonly can: boolean | null
  readonly bound: string | null
  readonly ways: readonly WayTold[]
  readonly given: readonly string[]
  readonly notes: readonly string[]
}
/** A choice of a select: its value and what to call it. */
export type Choice = { readonly value: string; readonly label: string }

const keyOf = ({ power, tier }: Pick<PowerAnswer, 'power' | 'tier'>): string => (tier === null ? power : `${power} ${tier}`)

/** What a power is called, with the tier of rules it would change. */
export function powerName(rulebook: Rulebook, { power, tier }: Pick<PowerAnswer, 'power' | 'tier'>, locale: Locale): string {
  const t = words(whatIfMessages, locale)
  const name = capital(namingOf(rulebook, locale)('power', power))
  const found = tier === null ? null : provision(rulebook, 'tier', tier)
  const called = found === null ? tier : (rulebook.clauses.get(found.clause)?.title ?? tier)
  return called === null ? name : t('what.power.tier', { power: name, tier: called })
}

/** The powers one can ask about, in the order of the rulebook; and the bodies, those that are no crowd. */
export function choicesOf(rulebook: Rulebook, analysis: Analysis, locale: Locale): { readonly powers: readonly Choice[]; readonly bodies: readonly Choice[] } {
  const name = namingOf(rulebook, locale)
  return {
    powers: analysis.powers.map((answer) => ({ value: keyOf(answer), label: powerName(rulebook, answer, locale) })),
    bodies: standingBodies(rulebook).map((id) => ({ value: id, label: capital(name('body', id)) })),
  }
}

/** Tells what an analysis says of one power, for one body if any is named. Null: the rulebook grants no such power. */
export function whatIf(
  rulebook: Rulebook,
  analysis: Analysis,
  asked: { readonly power: string; readonly body: string | null },
  locale: Locale,
): WhatIf | null {
  const t = words(whatIfMessages, locale)
  const power = analysis.powers.find((answer) => keyOf(answer) === asked.power)
  if (power === undefined) return null
  const own =
    asked.body === null ? undefined : alone(rulebook, analysis, asked.body).find((one) => keyOf(one) === asked.power)
  const first = own?.path ?? null
  const paths = first === null ? power.front : [first, ...power.front.filter((path) => !samePath(path, first))]
  return {
    answer: own === undefined ? (paths.length === 0 ? t('what.no-way') : storyCost(rulebook, paths[0], locale)) : aloneInWords(rulebook, own, locale),
    can: own?.can ?? null,
    bound: boundOf(power, locale),
    ways: paths.map((path, i) => told(rulebook, path, t(i === 0 ? 'what.first' : 'what.way', { n: i + 1 }), locale)),
    given: factsInWords(rulebook, analysis.facts, locale),
    notes: notesOn(rulebook, analysis, locale),
  }
}

const storyCost = (rulebook: Rulebook, path: Path | undefined, locale: Locale): string =>
  path === undefined ? '' : story(rulebook, path, locale).cost

const samePath = (a: Path, b: Path): boolean => JSON.stringify(a.steps) === JSON.stringify(b.steps)

function boundOf({ least, exact, front }: PowerAnswer, locale: Locale): string | null {
  if (least === null || front.length === 0) return null
  const t = words(whatIfMessages, locale)
  return exact ? t('what.exact') : t('what.bound', { people: least.people })
}

function told(rulebook: Rulebook, path: Path, title: string, locale: Locale): WayTold {
  const { cost, steps, stoppers, assumes, taken, replay } = story(rulebook, path, locale)
  return { title, cost, steps, stoppers, granted: [...assumes, ...taken, replay] }
}

function notesOn(rulebook: Rulebook, { lacking, unusable }: Analysis, locale: Locale): readonly string[] {
  const t = words(whatIfMessages, locale)
  const name = namingOf(rulebook, locale)
  const names = lacking.map(({ kind, id }) => name(kind === 'body-size' ? 'body' : 'electorate', id))
  const clauses = unusable.map((clause) => clause.split('@')[0] ?? clause)
  return [
    ...(names.length === 0 ? [] : [t('what.lacking', { names: listText([...new Set(names)], locale) })]),
    ...(clauses.length === 0 ? [] : [t('what.unusable', { clauses: listText(clauses, locale) })]),
  ]
}

/** The electorates whose size an answer may rest on, and the bodies, as fields of a form. */
export const sizesAsked = (rulebook: Rulebook): { readonly electorates: readonly string[]; readonly bodies: readonly string[] } => ({
  electorates: provisionsOf(rulebook, 'electorate').map(({ rule }) => rule.id),
  bodies: standingBodies(rulebook),
})
