import { counterOf, type Count, type CountFailure, type LotOrder, type Paper, type Profile } from '@quorate/counting'
import type { BallotAsked } from '@quorate/rulebook'

/** How counting calls the methods of ranks that the rulebook names. Those with more to choose than a rule says are not counted by it alone. */
const methods: Readonly<Record<string, string>> = {
  'instant-run-off': 'irv',
  'scottish-stv': 'scottish-stv',
  'nz-meek': 'nz-meek',
  'reference-meek': 'meek-reference',
  ers97: 'ers97',
  schulze: 'schulze',
  'ranked-pairs': 'ranked-pairs',
  minimax: 'minimax',
}

/**
 * What methods take where a rule is silent. In pairs a win weighs by the papers for it, and who is left out stands last. Papers of ours have ranks 1 to n,
 * each once, so that of instant run-off only the majority and the lot can matter. The New Zealand schedule is read as published counts read it
 * (docs/reference/counting.md).
 */
const pairs = [['unranked', 'last']] as const
const whereSilent: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  schulze: [...pairs, ['strength', 'winning-votes']],
  'ranked-pairs': [...pairs, ['strength', 'winning-votes']],
  minimax: [...pairs, ['opposition', 'winning-votes']],
  irv: [
    ['overvote', 'exhaust'],
    ['skippedRanks', 'unlimited'],
    ['repeated', 'exhaust'],
    ['maxRanks', 'all'],
    ['batch', 'no'],
    ['until', 'majority'],
    ['majorityOf', 'continuing'],
    ['ties', 'lot'],
  ],
  'nz-meek': [
    ['clause10', 'as-practised'],
    ['clause13', 'from-step-1'],
    ['discards', '4'],
    ['numbersAmong', 'all-tied'],
  ],
}

/** A ballot on candidates: what the rule asks, and the answers of the election's question in the order of the paper. */
export type CandidateQuestion = {
  readonly asked: BallotAsked
  /** Numbers of the candidates by place; with one answer more than candidates, the last stands for none of them. */
  readonly numbers: readonly number[]
  readonly answers: readonly string[]
}

/** What papers with ranks or grades come to. `beatsNone`: everybody chosen stands above none-of-these on more papers than below; null where it is no answer. */
export type PapersCounted = {
  readonly method: string
  readonly given: ReadonlyMap<string, string>
  /** What was counted for: the candidates by name, those who withdrew among them where the method passes their votes on, and the places. */
  readonly profile: Omit<Profile, 'papers'>
  readonly count: Count
  /** Numbers of those chosen, in the order in which the method names them. */
  readonly chosen: readonly number[]
  readonly valid: number
  readonly blank: number
  readonly beatsNone: boolean | null
}

/** Why papers are not counted: the method is not one of ranks or grades that a rule settles, or it leaves a tie to a lot that nobody has drawn. */
export type NotCounted =
  { readonly kind: 'not a method of this ballot' } | { readonly kind: 'no count'; readonly why: CountFailure }

/** How a rule's method is called in counting and what it is given; null where it is not one of ranks that the rule settles. */
export function rankedMethod({ method, counting }: BallotAsked['stage']): Pick<PapersCounted, 'method' | 'given'> | null {
  const name = methods[method]
  if (name === undefined || counting?.equalRanks === true) return null
  const weight = counting?.strength?.replaceAll(' ', '-')
  const said: Readonly<Record<string, string | undefined>> = {
    unranked: counting?.unranked?.replaceAll(' ', '-'),
    strength: weight,
    opposition: weight,
    majorityOf: counting?.majority?.replace('of continuing', 'continuing').replace('of all valid', 'valid'),
  }
  const given = (whereSilent[name] ?? []).map(([key, usual]) => [key, said[key] ?? usual] as const)
  return { method: name, given: new Map(given) }
}

/** A paper that is no ranking: what stands for one that the result names as spoiled. */
const spoiledPaper: readonly number[] = [2]

/** Papers with those that are spoiled, by their index, made to count for nobody. */
export const withoutSpoiled = (
  papers: readonly (readonly number[])[],
  spoiled: readonly number[],
): readonly (readonly number[])[] => papers.map((paper, i) => (spoiled.includes(i) ? spoiledPaper : paper))

/**
 * Counts papers of ranks by the method of the rule: `ranks[place]` is 1 for the first preference, 0 for none. A paper that is no ranking counts for
 * nobody; one with no rank is blank. Who no longer stands is passed over. Pure; `lot` is asked only for ties that the method leaves to it. Source: the rulebook's `ballot` stage;
 * `docs/spec/dossier.md`, fact `count`.
 */
export function countRankings(
  question: CandidateQuestion,
  papers: readonly (readonly number[])[],
  lot: LotOrder | null,
): PapersCounted | NotCounted {
  const { asked, numbers, answers } = question
  const ready = rankedMethod(asked.stage)
  const none = asked.stage.noneOfThese === true && answers.length === numbers.length + 1 ? numbers.length : null
  if (ready === null || answers.length !== numbers.length + (none === null ? 0 : 1))
    return { kind: 'not a method of this ballot' }
  const counter = counterOf(ready.method, ready.given)
  if (counter.kind === 'fail') return { kind: 'not a method of this ballot' }
  const read = papers.map(rankingOf)
  const withdrawn = placesOff(question)
  const profile: Profile = {
    title: '',
    candidates: answers.slice(0, numbers.length),
    withdrawn,
    seats: asked.places,
    papers: read.map((ranking): Paper => ({ weight: 1, ranking: (ranking ?? []).filter((place) => place !== none) })),
  }
  const count = counter.value.count({ kind: 'rankings', profile }, lot)
  if (count.kind === 'fail') return { kind: 'no count', why: count.error }
  const elected = electedIn(count.value)
  // A paper that names only people who have left says nothing that can be counted; it is not blank either.
  const filled = read
    .map((ranking) => (ranking ?? []).filter((place) => !withdrawn.includes(place)))
    .filter((ranking) => ranking.length > 0)
  return {
    ...ready,
    profile,
    count: count.value,
    chosen: elected.map((place) => numbers[place] ?? 0),
    valid: filled.length,
    blank: read.filter((ranking) => ranking?.length === 0).length,
    beatsNone:
      none === null
        ? null
        : elected.length > 0 && elected.every((place) => beatsBy(filled, (paper) => above(paper, place, none))),
  }
}

/** Places on the paper of those who no longer stand. */
export const placesOff = ({ asked, numbers }: Pick<CandidateQuestion, 'asked' | 'numbers'>): readonly number[] =>
  numbers.flatMap((number, place) => (asked.withdrawn.includes(number) ? [place] : []))

/** Candidates on the paper who no longer stand, as a `setup` fact names them. */
export const offList = (withdrawn: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(withdrawn.map((number, i) => [`off-${String(i + 1)}`, number]))

/** Those whom a count elects, by their places in what was counted. */
export function electedIn(count: Count): readonly number[] {
  if (!('elected' in count) || count.elected === null) return []
  return typeof count.elected === 'number' ? [count.elected] : count.elected
}

/** Whether more papers put one place above another than below it. `above`: 1, −1 or 0 of one paper. */
export const beatsBy = (papers: readonly (readonly number[])[], above: (paper: readonly number[]) => number): boolean =>
  papers.reduce((margin, paper) => margin + above(paper), 0) > 0

/** Of a ranking: who is not ranked stands below all who are. */
function above(ranking: readonly number[], place: number, other: number): number {
  const [at, against] = [place, other].map((one) => ranking.indexOf(one)).map((i) => (i < 0 ? Infinity : i)) as [number, number]
  return at === against ? 0 : at < against ? 1 : -1
}

/** The places in order of their ranks: 1 to n, each once; none at all is blank. Null for a paper that says anything else. */
export function rankingOf(ranks: readonly number[]): readonly number[] | null {
  const named = ranks.map((rank, place) => ({ rank, place })).filter(({ rank }) => rank > 0)
  const order = named.toSorted((a, b) => a.rank - b.rank)
  return order.every(({ rank }, i) => rank === i + 1) ? order.map(({ place }) => place) : null
}
