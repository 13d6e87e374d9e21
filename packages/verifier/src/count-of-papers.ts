import type { LotOrder } from '@quorate/counting'
import { countGraded, highestGrade } from './graded-count.ts'
import { countRankings, type CandidateQuestion, type NotCounted, type PapersCounted } from './paper-count.ts'

/** Counts papers that were opened one by one, by the rule's method: of grades, else of ranks. Pure; `lot` is asked only for ties. */
export const countPapers = (
  question: CandidateQuestion,
  papers: readonly (readonly number[])[],
  lot: LotOrder | null,
): PapersCounted | NotCounted =>
  highestGrade(question.asked) === null ? countRankings(question, papers, lot) : countGraded(question, papers, lot)
