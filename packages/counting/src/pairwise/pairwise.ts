import { assert, compare, fail, fraction, ok, type Fraction, type Result } from '@quorate/kernel'
import { firstInLot, isLotOrder, type LotOrder } from '../lot.ts'
import { sameValue, usualSettings, type CountSettings } from '../transferable/engines.ts'
import { checkedPacked, papersPacked, profileHash, unpackProfile, type AnyProfile } from '../papers/packed.ts'
import type { Profile, ProfileFault } from '../papers/profile.ts'
import { debianOutcome, type DebianOutcome, type DebianParams } from './debian.ts'
import { condorcetWinner, packedPairs, preferencesOf, type Preferences, type Strength, type Unranked } from './matrix.ts'
import { lockedAbove, lockPairs, possibleWinners, type Locked } from './ranked-pairs.ts'
import { isBefore, strongestPaths, type Paths } from './schulze.ts'
import { copelandPoints, worstDefeats, type Opposition } from './worst.ts'

/** What each method leaves to the rulebook. Nothing has a default. */
export type PairwiseParams = {
  'schulze@1': { readonly unranked: Unranked; readonly strength: Strength }
  'ranked-pairs@1': { readonly unranked: Unranked; readonly strength: Strength }
  'minimax@1': { readonly unranked: Unranked; readonly opposition: Opposition }
  /** `level`: what a pair without a winner gives each side, from 0 to 1. */
  'copeland@1': { readonly unranked: Unranked; readonly level: Fraction }
  'debian@1': DebianParams
}
/** Id of a method that compares candidates in pairs. */
export type PairwiseMethod = keyof PairwiseParams

/** What a method rests its answer on, beside the table of pairs. */
export type PairwiseEvidence =
  | { readonly kind: 'paths'; readonly paths: Paths }
  | { readonly kind: 'locking'; readonly pairs: readonly Locked[] }
  | { readonly kind: 'worst defeats'; readonly defeats: readonly number[] }
  | { readonly kind: 'points'; readonly points: readonly Fraction[] }
  | ({ readonly kind: 'schwartz' } & DebianOutcome)

/** The outcome of a comparison in pairs, with everything it rests on. */
export type PairwiseCount = {
  readonly kind: 'pairwise'
  readonly method: PairwiseMethod
  readonly profileHash: string
  /** Papers that rank somebody who stands, and the others. */
  readonly valid: number
  readonly blank: number
  readonly preferences: Preferences
  /** Who beats everybody else who stands, or null. */
  readonly condorcetWinner: number | null
  readonly evidence: PairwiseEvidence
  /** All whom the rule itself leaves as winners, ascending; null where finding them all would take too long (ranked pairs). */
  readonly winners: readonly number[] | null
  /**
   * Levels of the rule's own ranking, best first; candidates of one level are level or not comparable. For ranked pairs, the ranking this
   * lot gives; for Debian, the winners and the rest.
   */
  readonly ranking: readonly (readonly number[])[]
  /** The winner, after the lot where there was more than one. */
  readonly elected: number
  /** Those the lot decided between; empty when it was not needed. */
  readonly tied: readonly number[]
  readonly lotOrder: LotOrder | null
}

/** Why there is no count. */
export type PairwiseError =
  | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
  | { readonly kind: 'bad lot order' }
  /** A parameter that makes no sense for these candidates. */
  | { readonly kind: 'bad parameter'; readonly name: string }
  /** Everybody withdrew. */
  | { readonly kind: 'nobody stands' }
  /** The rule leaves these winners, or could leave others by another order of equal pairs, and no lot was given. */
  | { readonly kind: 'lot needed'; readonly winners: readonly number[] | null }

type Judged = {
  readonly evidence: PairwiseEvidence
  readonly winners: readonly number[] | null
  readonly ranking: readonly (readonly number[])[]
}

/** Compares every pair of candidates and decides. Pure; the order of the papers changes nothing. The number of seats is not looked at. */
export function countPairs<M extends PairwiseMethod>(
  method: M,
  params: PairwiseParams[M],
  given: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<PairwiseCount, PairwiseError> {
  const checked = checkedPacked(given)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  const profile = checked.value
  const candidates = profile.candidates.length
  if (lot !== null && !isLotOrder(lot, candidates)) return fail({ kind: 'bad lot order' })
  const standing = profile.candidates.flatMap((_, c) => (profile.withdrawn.includes(c) ? [] : [c]))
  if (standing.length === 0) return fail({ kind: 'nobody stands' })
  const order = lot ?? profile.candidates.map((_, c) => c)
  const rule = { method, params } as Rule // the signature pairs them
  const wrong = badParameter(rule, standing)
  if (wrong !== null) return fail({ kind: 'bad parameter', name: wrong })
  const unranked = rule.method === 'debian@1' ? 'last' : rule.params.unranked
  const { preferences, naming } = packedPairs(profile, unranked)
  const papers = papersPacked(profile)
  if (papers <= settings.bothUpTo) {
    const whole = 'papers' in given ? given : unpackProfile(profile)
    const literal = { preferences: preferencesOf(whole, unranked), naming: papersNaming(whole, standing) }
    assert(sameValue(literal, { preferences, naming }), 'both ways of counting pairs give the same table')
  }
  const { evidence, winners, ranking } = judge(rule, preferences, standing, order)
  if (winners?.length !== 1 && lot === null) return fail({ kind: 'lot needed', winners })
  const among = evidence.kind === 'locking' ? (ranking[0] ?? []) : (winners ?? [])
  const elected = firstInLot(order, among)
  return ok({
    kind: 'pairwise',
    method,
    profileHash: profileHash(profile),
    valid: naming,
    blank: papers - naming,
    preferences,
    condorcetWinner: condorcetWinner(preferences, standing),
    evidence,
    winners,
    ranking,
    elected,
    tied: winners?.length === 1 ? [] : (winners ?? among),
    lotOrder: lot,
  })
}

type Rule = { [M in PairwiseMethod]: { readonly method: M; readonly params: PairwiseParams[M] } }[PairwiseMethod]

/** Papers that rank somebody who stands, paper by paper. */
const papersNaming = ({ papers }: Profile, standing: readonly number[]): number =>
  papers.reduce((sum, { weight, ranking }) => (ranking.flat().some((c) => standing.includes(c)) ? sum + weight : sum), 0)

function badParameter(rule: Rule, standing: readonly number[]): string | null {
  if (rule.method === 'copeland@1') {
    const { level } = rule.params
    return compare(level, fraction(0)) < 0 || compare(level, fraction(1)) > 0 ? 'level' : null
  }
  if (rule.method !== 'debian@1') return null
  const { defaultOption, developers, majorities } = rule.params
  if (!standing.includes(defaultOption)) return 'defaultOption'
  if (developers !== null && (!Number.isSafeInteger(developers) || developers < 0)) return 'developers'
  const positive = (n: number): boolean => Number.isSafeInteger(n) && n > 0
  const sound = majorities.every((m) => m.option !== defaultOption && positive(m.for) && positive(m.against))
  return sound ? null : 'majorities'
}

function judge(rule: Rule, preferences: Preferences, standing: readonly number[], order: readonly number[]): Judged {
  switch (rule.method) {
    case 'schulze@1': {
      const { strength } = rule.params
      const paths = strongestPaths(preferences, strength)
      const ranking = layers(standing, (a, b) => isBefore(paths, strength, a, b))
      return { evidence: { kind: 'paths', paths }, winners: ranking[0] ?? [], ranking }
    }
    case 'ranked-pairs@1': {
      const { strength } = rule.params
      const { pairs, above } = lockPairs(preferences, strength, order)
      const ranking = layers(standing, (a, b) => lockedAbove(above, a, b))
      return { evidence: { kind: 'locking', pairs }, winners: possibleWinners(preferences, strength, standing), ranking }
    }
    case 'minimax@1': {
      const defeats = worstDefeats(preferences, standing, rule.params.opposition)
      const ranking = layers(standing, (a, b) => (defeats[a] ?? 0) < (defeats[b] ?? 0))
      return { evidence: { kind: 'worst defeats', defeats }, winners: ranking[0] ?? [], ranking }
    }
    case 'copeland@1': {
      const points = copelandPoints(preferences, standing, rule.params.level)
      const of = (c: number): Fraction => points[c] ?? fraction(0)
      const ranking = layers(standing, (a, b) => compare(of(a), of(b)) > 0)
      return { evidence: { kind: 'points', points }, winners: ranking[0] ?? [], ranking }
    }
    case 'debian@1': {
      const outcome = debianOutcome(preferences, standing, rule.params)
      const rest = standing.filter((c) => !outcome.winners.includes(c))
      const ranking = rest.length === 0 ? [outcome.winners] : [outcome.winners, rest]
      return { evidence: { kind: 'schwartz', ...outcome }, winners: outcome.winners, ranking }
    }
  }
}

/** The levels of a strict partial order: those with nobody before them, then those with nobody else before them, and so on. */
function layers(standing: readonly number[], before: (a: number, b: number) => boolean): readonly (readonly number[])[] {
  const found: (readonly number[])[] = []
  let rest = standing
  while (rest.length > 0) {
    const now = rest
    const top = now.filter((c) => !now.some((other) => other !== c && before(other, c)))
    found.push(top)
    rest = now.filter((c) => !top.includes(c))
  }
  return found
}
