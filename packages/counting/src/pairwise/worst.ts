// Rules that give each candidate one figure from the pairs.
import { fraction, type Fraction } from '@quorate/kernel'
import { winOf, type Preferences } from './matrix.ts'

/** What minimax takes as the weight of a defeat: the winner's papers, their margin, or the papers against whether or not they win. */
export type Opposition = 'winning votes' | 'margins' | 'pairwise opposition'

/**
 * Minimax (P. B. Simpson 1969, G. H. Kramer 1977): everybody's worst defeat; fewest wins. 0 where nobody beats them; by pairwise opposition,
 * the most papers that prefer anybody else.
 */
export const worstDefeats = (preferences: Preferences, standing: readonly number[], opposition: Opposition): readonly number[] =>
  preferences.map((_, c) =>
    standing.reduce((worst, other) => {
      if (other === c) return worst
      const win = winOf(preferences, other, c)
      const weight =
        opposition === 'pairwise opposition'
          ? (preferences[other]?.[c] ?? 0)
          : win === null
            ? 0
            : opposition === 'margins'
              ? win.for - win.against
              : win.for
      return weight > worst ? weight : worst
    }, 0),
  )

/** Copeland (A. H. Copeland 1951): a point for each candidate beaten, and a stated part of one for each who is level. Most points win. */
export function copelandPoints(preferences: Preferences, standing: readonly number[], level: Fraction): readonly Fraction[] {
  return preferences.map((_, c) => {
    const others = standing.filter((other) => other !== c)
    const beaten = others.filter((other) => winOf(preferences, c, other) !== null).length
    const even = others.filter((other) => winOf(preferences, c, other) === null && winOf(preferences, other, c) === null).length
    return fraction(BigInt(beaten) * level.denominator + BigInt(even) * level.numerator, level.denominator)
  })
}
