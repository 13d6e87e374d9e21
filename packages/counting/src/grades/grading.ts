import { compare, fail, fraction, ok, type Result } from '@quorate/kernel'
import { levels, taken } from '../levels.ts'
import { firstInLot, isLotOrder, type LotOrder } from '../lot.ts'
import { checkGrades, gradesHash, mergedGrades, type GradeFault, type GradeProfile } from './grades.ts'
import { compareJudgments, judgments, type Judgment, type Parting } from './majority-judgment.ts'
import { scores, type Blank, type Score, type ScoreParams } from './score.ts'
import { starRun, type StarRun } from './star.ts'

/** What each method of grades leaves to the rulebook. Nothing has a default. */
export type GradeParams = {
  'score@1': ScoreParams
  /** One place only. */
  'star@1': Readonly<Record<never, never>>
  'majority-judgment@1': { readonly blank: Blank }
  /** `points`: how many a paper has to give; a paper that gives more is not valid. The scale's highest is the most for one candidate. */
  'cumulative@1': { readonly points: number }
}
/** Id of a method of grades. */
export type GradeMethod = keyof GradeParams

/** What a method rests its answer on. */
export type GradeEvidence =
  | { readonly kind: 'scores'; readonly scores: readonly Score[] }
  | ({ readonly kind: 'star' } & StarRun)
  | { readonly kind: 'judgments'; readonly judgments: readonly Judgment[]; readonly partings: readonly Parting[] }
  | { readonly kind: 'points'; readonly points: readonly number[]; readonly overspent: number }

/** The outcome of a vote by grades, with everything it rests on. */
export type GradeCount = {
  readonly kind: 'grades'
  readonly method: GradeMethod
  readonly profileHash: string
  readonly papers: number
  readonly evidence: GradeEvidence
  /** Candidates best first, those the rule cannot tell apart together. */
  readonly ranking: readonly (readonly number[])[]
  readonly elected: readonly number[]
  /** Those between whom the lot decided; empty when it was not needed. */
  readonly tied: readonly number[]
  readonly lotOrder: LotOrder | null
}

/** Why there is no count. */
export type GradeError =
  | { readonly kind: 'bad profile'; readonly fault: GradeFault }
  | { readonly kind: 'bad lot order' }
  | { readonly kind: 'bad parameter'; readonly name: string }
  /** The method fills one place and was asked for more. */
  | { readonly kind: 'one place only' }
  | { readonly kind: 'lot needed'; readonly tied: readonly number[] }

type Rule = { [M in GradeMethod]: { readonly method: M; readonly params: GradeParams[M] } }[GradeMethod]

/** Decides by grades. Pure; the order of the papers changes nothing. */
export function countGrades<M extends GradeMethod>(
  method: M,
  params: GradeParams[M],
  profile: GradeProfile,
  lot: LotOrder | null,
): Result<GradeCount, GradeError> {
  const checked = checkGrades(profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  if (lot !== null && !isLotOrder(lot, profile.candidates.length)) return fail({ kind: 'bad lot order' })
  const rule = { method, params } as Rule // the signature pairs them
  const wrong = badParameter(rule)
  if (wrong !== null) return fail({ kind: 'bad parameter', name: wrong })
  if (method === 'star@1' && profile.seats !== 1) return fail({ kind: 'one place only' })
  const order = lot ?? profile.candidates.map((_, c) => c)
  const { evidence, ranking } = judge(rule, { ...profile, papers: mergedGrades(profile.papers) }, order)
  const { elected, tied } = taken(ranking, profile.seats, order)
  const drawn = evidence.kind === 'star' ? (evidence.ties.find(({ by }) => by === 'lot')?.tied ?? []) : tied
  if (drawn.length > 0 && lot === null) return fail({ kind: 'lot needed', tied: drawn })
  const papers = profile.papers.reduce((sum, { weight }) => sum + weight, 0)
  return ok({
    kind: 'grades',
    method,
    profileHash: gradesHash(profile),
    papers,
    evidence,
    ranking,
    elected,
    tied: drawn,
    lotOrder: lot,
  })
}

function badParameter(rule: Rule): string | null {
  if (rule.method === 'score@1') {
    const { leastGraders } = rule.params
    return compare(leastGraders, fraction(0)) < 0 || compare(leastGraders, fraction(1)) > 0 ? 'leastGraders' : null
  }
  if (rule.method === 'cumulative@1') return Number.isSafeInteger(rule.params.points) && rule.params.points > 0 ? null : 'points'
  return null
}

function judge(
  rule: Rule,
  profile: GradeProfile,
  order: LotOrder,
): { readonly evidence: GradeEvidence; readonly ranking: readonly (readonly number[])[] } {
  const all = profile.candidates.map((_, c) => c)
  switch (rule.method) {
    case 'score@1': {
      const found = scores(profile, rule.params)
      return { evidence: { kind: 'scores', scores: found }, ranking: levels(all, (a, b) => byScore(found[a], found[b])) }
    }
    case 'star@1': {
      const run = starRun(profile, (tied) => firstInLot(order, tied))
      const rest = all.filter((c) => c !== run.winner)
      return { evidence: { kind: 'star', ...run }, ranking: rest.length === 0 ? [[run.winner]] : [[run.winner], rest] }
    }
    case 'majority-judgment@1': {
      const found = judgments(profile, rule.params.blank)
      const between = (a: number, b: number): number => parted(found, a, b).order
      const ranking = levels(all, between)
      return { ranking, evidence: { kind: 'judgments', judgments: found, partings: partingsOf(found, ranking.flat()) } }
    }
    case 'cumulative@1': {
      const valid = profile.papers.filter(({ grades }) => grades.reduce((sum, [, n]) => sum + n, 0) <= rule.params.points)
      const points = all.map(() => 0)
      for (const { weight, grades } of valid) for (const [c, n] of grades) points[c] = (points[c] ?? 0) + weight * n
      const given = (papers: GradeProfile['papers']): number => papers.reduce((sum, { weight }) => sum + weight, 0)
      const overspent = given(profile.papers) - given(valid)
      return {
        evidence: { kind: 'points', points, overspent },
        ranking: levels(all, (a, b) => (points[a] ?? 0) - (points[b] ?? 0)),
      }
    }
  }
}

/** Nobody with too few graders comes before anybody with enough. */
function byScore(a: Score | undefined, b: Score | undefined): number {
  const x = a?.total ?? null
  const y = b?.total ?? null
  if (x !== null && y !== null) return compare(x, y)
  return x === y ? 0 : x === null ? -1 : 1
}

const nobody: Judgment = { papers: [], median: null }
const parted = (found: readonly Judgment[], a: number, b: number): ReturnType<typeof compareJudgments> =>
  compareJudgments(found[a] ?? nobody, found[b] ?? nobody)

/** How neighbours in the ranking with one majority grade were told apart. */
function partingsOf(found: readonly Judgment[], ranked: readonly number[]): readonly Parting[] {
  return ranked.flatMap((a, i): readonly Parting[] => {
    const b = ranked[i + 1]
    if (b === undefined || found[a]?.median !== found[b]?.median) return []
    const { taken: papers, medians } = parted(found, a, b)
    return [{ between: [a, b], taken: papers, medians }]
  })
}
