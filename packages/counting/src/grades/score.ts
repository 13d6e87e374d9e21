// Score voting: the candidate with the highest sum, or mean, of grades.
import { compare, fraction, type Fraction } from '@quorate/kernel'
import { histograms, type GradeProfile } from './grades.ts'

/** What a paper says of somebody it does not grade: the lowest grade, or nothing, in which case the mean leaves it out. */
export type Blank = 'lowest grade' | 'no opinion'

/** What score voting leaves to the rulebook. */
export type ScoreParams = {
  readonly aggregate: 'sum' | 'mean'
  readonly blank: Blank
  /** Share of all papers that must grade a candidate before a mean counts at all; 0 for none. */
  readonly leastGraders: Fraction
}

/** A candidate's total; null where too few graded them, or nobody. */
export type Score = { readonly total: Fraction | null; readonly graders: number }

/** Sums or means, exact. */
export function scores(profile: GradeProfile, { aggregate, blank, leastGraders }: ScoreParams): readonly Score[] {
  const { lowest } = profile.scale
  return histograms(profile).map(({ papers, none }) => {
    const graders = papers.reduce((sum, n) => sum + n, 0)
    const counted = blank === 'lowest grade' ? graders + none : graders
    const points = papers.reduce((sum, n, i) => sum + n * (lowest + i), 0) + (blank === 'lowest grade' ? none * lowest : 0)
    const enough =
      compare(fraction(graders), fraction(BigInt(graders + none) * leastGraders.numerator, leastGraders.denominator)) >= 0
    if (!enough || (aggregate === 'mean' && counted === 0)) return { total: null, graders }
    return { total: aggregate === 'sum' ? fraction(points) : fraction(points, counted), graders }
  })
}
