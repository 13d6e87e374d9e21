import { compareText } from '../decision/amendment.ts'
import type { ClauseId } from '../act.ts'
import type { Rulebook } from '../language/model.ts'
import { words, type WordsLocale } from '../words/words.ts'
import { analyse, type Effort } from './analyse.ts'
import type { Analysis, Demand, Path, PowerAnswer, Threshold } from './answer.ts'
import type { AnalyseFacts } from './inputs.ts'

/** One clause that differs, in words: the operative words where it has a rule, and the author's prose. Null where it does not stand. */
export type ClauseWords = {
  readonly clause: ClauseId
  readonly before: { readonly title: string; readonly prose: string; readonly words: string | null } | null
  readonly after: { readonly title: string; readonly prose: string; readonly words: string | null } | null
}

/** A figure of two editions. Null: the power cannot be used in that edition. */
export type Change<T> = { readonly before: T | null; readonly after: T | null }

/** A number that a stage asks for in one edition or the other. */
export type ThresholdChange = {
  readonly route: string
  readonly stage: string
  readonly before: readonly Threshold[]
  readonly after: readonly Threshold[]
}

/** Somebody whom a power asks: holders of seats or of an office, or people of an electorate. */
export type Holder = Pick<Demand, 'pool' | 'id'>

/** What changed for one power. */
export type PowerChange = {
  readonly power: string
  readonly tier: string | null
  /** `easier`: some figure fell and none rose; `mixed`: some fell, some rose; `other`: the figures are the same and the way is not. */
  readonly change: 'new' | 'gone' | 'easier' | 'harder' | 'mixed' | 'other' | 'same'
  readonly people: Change<number>
  readonly elapsedMs: Change<number>
  readonly warningMs: Change<number>
  /** Whom the power asks now and did not, and the other way round. */
  readonly gained: readonly Holder[]
  readonly lost: readonly Holder[]
  /** Ways by clauses and acts that the other edition does not have. */
  readonly newPaths: readonly Path[]
  readonly gonePaths: readonly Path[]
  readonly thresholds: readonly ThresholdChange[]
  readonly before: PowerAnswer | null
  readonly after: PowerAnswer | null
}

/** Two editions beside each other: the text in words, and what became of every power under the same facts. */
export type Comparison = {
  readonly text: readonly ClauseWords[]
  readonly powers: readonly PowerChange[]
  readonly before: Analysis
  readonly after: Analysis
}

/** Compares two editions: their texts in words, and their shortest coups under the same facts. */
export function compare(
  before: Rulebook,
  after: Rulebook,
  facts: AnalyseFacts,
  locale: WordsLocale = 'en',
  effort: Effort = { labels: 32 },
): Comparison {
  const [old, now] = [analyse(before, facts, effort), analyse(after, facts, effort)]
  const keys = new Map([...now.powers, ...old.powers].map((p) => [keyOf(p), p]))
  const find = (analysis: Analysis, key: string): PowerAnswer | null => analysis.powers.find((p) => keyOf(p) === key) ?? null
  return {
    text: textChanges(before, after, locale),
    powers: [...keys.keys()].map((key) => powerChange(find(old, key), find(now, key))),
    before: old,
    after: now,
  }
}

const keyOf = (p: PowerAnswer): string => `${p.power} ${p.tier ?? ''}`

function textChanges(before: Rulebook, after: Rulebook, locale: WordsLocale): readonly ClauseWords[] {
  const sourceOf = (r: Rulebook): string => [r.document.preamble, ...r.document.clauses.map((c) => c.source)].join('\n\n')
  const side = (rulebook: Rulebook, id: ClauseId) => {
    const clause = rulebook.clauses.get(id)
    return clause === undefined ? null : { title: clause.title, prose: clause.prose, words: words(rulebook, id, locale) }
  }
  return compareText(sourceOf(before), sourceOf(after)).map(({ clause }) => ({
    clause,
    before: side(before, clause),
    after: side(after, clause),
  }))
}

function powerChange(before: PowerAnswer | null, after: PowerAnswer | null): PowerChange {
  const some = after ?? before
  const [old, now] = [usable(before), usable(after)]
  const figures = {
    people: both(old, now, 'people'),
    elapsedMs: both(old, now, 'elapsedMs'),
    warningMs: both(old, now, 'warningMs'),
  }
  const [gone, fresh] = [unlike(old, now), unlike(now, old)]
  const thresholds = thresholdChanges(before, after)
  const moved = fresh.length + gone.length + thresholds.length > 0
  return {
    power: some?.power ?? '',
    tier: some?.tier ?? null,
    change: old === null ? (now === null ? 'same' : 'new') : now === null ? 'gone' : kindOf(Object.values(figures), moved),
    ...figures,
    gained: holders(after).filter((h) => !holders(before).some((o) => same(o, h))),
    lost: holders(before).filter((h) => !holders(after).some((o) => same(o, h))),
    newPaths: fresh,
    gonePaths: gone,
    thresholds,
    before,
    after,
  }
}

const usable = (answer: PowerAnswer | null): PowerAnswer | null => (answer === null || answer.front.length === 0 ? null : answer)
const least = (answer: PowerAnswer | null, what: 'people' | 'elapsedMs' | 'warningMs'): number | null =>
  answer === null ? null : Math.min(...answer.front.map((p) => p[what]))
const both = (
  before: PowerAnswer | null,
  after: PowerAnswer | null,
  what: 'people' | 'elapsedMs' | 'warningMs',
): Change<number> => ({
  before: least(before, what),
  after: least(after, what),
})

function kindOf(figures: readonly Change<number>[], moved: boolean): PowerChange['change'] {
  const fell = figures.some((f) => (f.after ?? 0) < (f.before ?? 0))
  const rose = figures.some((f) => (f.after ?? 0) > (f.before ?? 0))
  return fell ? (rose ? 'mixed' : 'easier') : rose ? 'harder' : moved ? 'other' : 'same'
}

const same = (a: Holder, b: Holder): boolean => a.pool === b.pool && a.id === b.id

/** Whom the direct ways of a power ask. */
function holders(answer: PowerAnswer | null): readonly Holder[] {
  const needs = (answer?.routes ?? []).flatMap((r) => r.direct?.needs ?? [])
  return [...new Map(needs.map((d) => [`${d.pool} ${d.id}`, { pool: d.pool, id: d.id }])).values()]
}

/** What a path does, without the numbers: clauses and acts in order. */
const shapeOf = (path: Path): string =>
  path.steps
    .map((s) => `${s.clause.split('@')[0] ?? ''} ${s.act.kind} ${'stage' in s.act ? s.act.outcome : ''} ${s.purpose.kind}`)
    .join('; ')

const unlike = (answer: PowerAnswer | null, other: PowerAnswer | null): readonly Path[] => {
  const known = new Set((other?.front ?? []).map(shapeOf))
  return (answer?.front ?? []).filter((path) => !known.has(shapeOf(path)))
}

function thresholdChanges(before: PowerAnswer | null, after: PowerAnswer | null): readonly ThresholdChange[] {
  const rows = (answer: PowerAnswer | null) =>
    (answer?.routes ?? []).flatMap((r) => r.thresholds.map((t) => ({ route: r.procedure ?? r.holder ?? '', threshold: t })))
  const [old, now] = [rows(before), rows(after)]
  const keys = [...new Set([...now, ...old].map((r) => `${r.route} ${r.threshold.stage}`))]
  return keys.flatMap((key): readonly ThresholdChange[] => {
    const [route = '', stage = ''] = key.split(' ')
    const of = (list: typeof old): readonly Threshold[] =>
      list.filter((r) => r.route === route && r.threshold.stage === stage).map((r) => r.threshold)
    const figures = (list: readonly Threshold[]): string =>
      JSON.stringify(list.map((t) => [t.against, t.needs.map((d) => [d.pool, d.id, d.ofClass, d.count])]))
    return figures(of(old)) === figures(of(now)) ? [] : [{ route, stage, before: of(old), after: of(now) }]
  })
}
