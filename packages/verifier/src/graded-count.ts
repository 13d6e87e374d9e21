import { counterOf, type GradedPaper, type GradeProfile, type LotOrder } from '@quorate/counting'
import type { BallotAsked } from '@quorate/rulebook'
import { beatsBy, electedIn, placesOff, type CandidateQuestion, type NotCounted, type PapersCounted } from './paper-count.ts'

/** The scale that a method brings with it, where a rule is silent: STAR is zero to five stars (Equal Vote Coalition, starvoting.org). */
const usualTop: Readonly<Record<string, number>> = { star: 5 }

/** How counting calls the methods of grades, and what they take: every paper grades everybody, and whoever is left out has the lowest. */
const methods: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  score: [
    ['aggregate', 'sum'],
    ['blank', 'lowest'],
    ['leastGraders', '0'],
  ],
  star: [],
  'majority-judgment': [['blank', 'lowest']],
}

/** The most that a number of a paper holds. */
const topMax = 255

/**
 * The highest grade that a ballot gives by its rule, the lowest being 0; null where the method is none of grades, or the rule leaves open how they are read:
 * without a scale, with several places for STAR, or with a name left out taken for no opinion, since nothing says how many must have one.
 */
export function highestGrade({ stage, places }: Pick<BallotAsked, 'stage' | 'places'>): number | null {
  const { method, counting } = stage
  if (!Object.hasOwn(methods, method) || counting?.blank === 'no opinion' || (method === 'star' && places !== 1)) return null
  const top = counting?.grades ?? usualTop[method] ?? 0
  return top >= 1 && top <= topMax ? top : null
}

/**
 * Counts papers of grades by the method of the rule: `grades[place]` from 0 to the highest, for everybody. A paper of other numbers counts for nobody. Who no
 * longer stands is not graded; none-of-these is graded like the others, and left out of the count. Pure; `lot` is asked only for ties.
 * Source: the rulebook's `ballot` stage; `docs/spec/dossier.md`, fact `count`.
 */
export function countGraded(
  question: CandidateQuestion,
  papers: readonly (readonly number[])[],
  lot: LotOrder | null,
): PapersCounted | NotCounted {
  const { asked, numbers, answers } = question
  const top = highestGrade(asked)
  const given = new Map([...(methods[asked.stage.method] ?? []), ['scale', `0-${String(top)}`]])
  const none = asked.stage.noneOfThese === true && answers.length === numbers.length + 1 ? numbers.length : null
  if (top === null || answers.length !== numbers.length + (none === null ? 0 : 1)) return { kind: 'not a method of this ballot' }
  const counter = counterOf(asked.stage.method, given)
  if (counter.kind === 'fail') return { kind: 'not a method of this ballot' }
  const off = placesOff(question)
  const standing = numbers.flatMap((_, place) => (off.includes(place) ? [] : [place]))
  const valid = papers.filter(
    (paper) => paper.length === answers.length && paper.every((grade) => Number.isInteger(grade) && grade >= 0 && grade <= top),
  )
  const contest = {
    title: '',
    candidates: standing.map((place) => answers[place] ?? ''),
    seats: Math.max(1, Math.min(asked.places, standing.length)),
  }
  const profile: GradeProfile = {
    ...contest,
    scale: { lowest: 0, highest: top },
    papers: valid.map((paper): GradedPaper => ({ weight: 1, grades: standing.map((place, i) => [i, paper[place] ?? 0]) })),
  }
  const order = lot?.flatMap((place) => (standing.includes(place) ? [standing.indexOf(place)] : [])) ?? null
  const count = counter.value.count({ kind: 'grades', profile }, order)
  if (count.kind === 'fail') return { kind: 'no count', why: count.error }
  const elected = electedIn(count.value).map((i) => standing[i] ?? 0)
  const above = (paper: readonly number[], a: number, b: number): number => Math.sign((paper[a] ?? 0) - (paper[b] ?? 0))
  return {
    method: asked.stage.method,
    given,
    profile: { ...contest, withdrawn: [] },
    count: count.value,
    chosen: elected.map((place) => numbers[place] ?? 0),
    valid: valid.length,
    blank: 0,
    beatsNone:
      none === null ? null : elected.length > 0 && elected.every((place) => beatsBy(valid, (p) => above(p, place, none))),
  }
}
