import { isJson, type Json } from '@quorate/kernel'

import { list, literal, record, type Shape, text } from '../wire.ts'

/** Largest number of answers that any group holds; the election's own group may hold fewer. */
const answersMax = 200

/**
 * A question answered with a list of small numbers, one an answer: ranks, grades or points. Every paper is opened alone, after a shuffle.
 * On the wire it is "NonHomomorphic" (Belenios specification §4.9.2). `extra` says how the papers are to be read; see {@link paperRuleOf}.
 */
export type ListQuestion = {
  readonly type: 'NonHomomorphic'
  readonly value: { readonly answers: readonly string[]; readonly question: string }
  readonly extra?: Json
}

/** One paper: for each answer its rank (1 the best, 0 none), grade or points. */
export type Paper = readonly number[]

const json: Shape<Json> = (v) => (isJson(v) ? v : undefined)

/** Reads a list question of the wire. */
export const listQuestionShape: Shape<ListQuestion> = record(
  ['type', 'value', 'extra'],
  {
    type: literal('NonHomomorphic'),
    value: record(['answers', 'question'], { answers: list(text, answersMax), question: text }),
  },
  { extra: json },
)

/**
 * What a paper must be. A ranking names ranks 1, 2 … k once each, k at most `depth`, and 0 for all others; scores lie between `least` and
 * `most`. `blank`: a paper of zeros says nothing and is allowed.
 */
export type PaperRule =
  | { readonly kind: 'ranking'; readonly depth: number; readonly blank: boolean }
  | { readonly kind: 'scores'; readonly least: 0 | 1; readonly most: number; readonly blank: boolean }

const object = (value: Json | undefined): Readonly<Record<string, Json | undefined>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {}

const whole = (value: Json | undefined, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

/**
 * The rule that a question's `extra` names, or undefined if we do not know it. Methods of Belenios: `STV`, `Schulze` (rankings),
 * `MajorityJudgment` with `grades` (1 the best); ours: `Ranking`, and `Score` with `most`. Rankings may cap their `depth`. Without `extra`
 * papers are rankings of any depth.
 */
export function paperRuleOf({ value, extra }: ListQuestion): PaperRule | undefined {
  const places = value.answers.length
  if (extra === undefined) return { kind: 'ranking', depth: places, blank: true }
  const { method, blank = true, depth = places, most, grades } = object(extra)
  if (typeof blank !== 'boolean') return undefined
  if (method === 'STV' || method === 'Schulze' || method === 'Ranking')
    return whole(depth, 1, places) ? { kind: 'ranking', depth, blank } : undefined
  if (method === 'Score') return whole(most, 1, 255) ? { kind: 'scores', least: 0, most, blank } : undefined
  if (method === 'MajorityJudgment' && Array.isArray(grades) && grades.length > 0 && grades.length < 256)
    return { kind: 'scores', least: 1, most: grades.length, blank }
  return undefined
}

/** Why a paper is not one: it can be told from all papers that say the same, or says nothing lawful. */
export type PaperFault =
  | 'number of answers'
  /** A rank twice, a gap, or more ranks than there are answers. */
  | 'not a ranking'
  | 'ranked too deep'
  | 'score out of range'
  | 'blank not offered'
  /** Something stands in ε or in the unused bits: a mark by which its writer could prove it. */
  | 'marked'

function rankingFault(depth: number, paper: Paper): PaperFault | undefined {
  const ranks = paper.filter((rank) => rank !== 0).sort((a, b) => a - b)
  if (ranks.some((rank, i) => rank !== i + 1)) return 'not a ranking'
  return ranks.length > depth ? 'ranked too deep' : undefined
}

/** Judges a paper's numbers by the question's rule. */
export function paperFault(question: ListQuestion, rule: PaperRule, paper: Paper): PaperFault | undefined {
  if (paper.length !== question.value.answers.length) return 'number of answers'
  if (paper.every((value) => value === 0) && (rule.kind === 'ranking' || rule.least > 0 || !rule.blank))
    return rule.blank ? undefined : 'blank not offered'
  if (rule.kind === 'ranking') return rankingFault(rule.depth, paper)
  const inRange = (value: number): boolean => Number.isInteger(value) && value >= rule.least && value <= rule.most
  return paper.every(inRange) ? undefined : 'score out of range'
}

/** How many different rankings of up to `depth` of `answers` there are: Σ n!/(n−i)!. Infinity past 2¹⁰²⁴. */
export function rankingCount(answers: number, depth: number): number {
  let sum = 0
  let product = 1
  for (let i = 1; i <= Math.min(answers, depth); i++) {
    product *= answers - i + 1
    sum += product
  }
  return sum
}

/**
 * Whether so many papers hide one another: opened rankings can be signatures ("Italian attack"), and a buyer may prescribe a rare one. Safe
 * where at least 50 papers are expected for each possible ranking. If not, cap the depth, or say so to the voters.
 */
export const hidesSignatures = (answers: number, depth: number, papers: number): boolean =>
  papers >= 50 * rankingCount(answers, depth)
