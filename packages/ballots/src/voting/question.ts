import { fail, ok, type Result } from '@quorate/kernel'

import { type ListQuestion, listQuestionShape, type Paper, type PaperFault, paperFault, paperRuleOf } from './list-question.ts'
import { bool, list, natural, oneOf, record, text } from '../wire.ts'

/** Largest number of answers of one question that we read: keeps the cost of a hostile election bounded. */
const answersMax = 200

/**
 * A homomorphic question: choose min to max of the answers; only totals are ever opened. With `blank` a voter may instead choose
 * nothing and say so, whatever `min` is. Source: Belenios specification §4.9.1.
 */
export type Question = {
  readonly answers: readonly string[]
  readonly blank?: boolean
  readonly min: number
  readonly max: number
  readonly question: string
}

/** Any question of an election. */
export type AnyQuestion = Question | ListQuestion

/** Whether a question is answered with a list of numbers, and its papers are shuffled and opened one by one. */
export const isListQuestion = (question: AnyQuestion): question is ListQuestion => 'type' in question

/** Reads a question of the wire. */
export const questionShape = oneOf(
  record(
    ['answers', 'blank', 'min', 'max', 'question'],
    { answers: list(text, answersMax), min: natural, max: natural, question: text },
    { blank: bool },
  ),
  listQuestionShape,
)

/**
 * Whether a question can be answered at all: some answers, and 0 ≤ min ≤ max ≤ their number. `listMax`: longest list that the group holds,
 * 0 if none.
 */
export function isAnswerable(question: AnyQuestion, listMax: number): boolean {
  if (isListQuestion(question)) return question.value.answers.length > 0 && question.value.answers.length <= listMax
  const { answers, min, max } = question
  return answers.length > 0 && min <= max && max <= answers.length
}

/**
 * Number of ciphertexts of an answer: one an answer, and one before them for "blank" where that is allowed. A list has a single one, which
 * holds all of it.
 */
export const choiceCount = (question: AnyQuestion): number =>
  isListQuestion(question) ? 1 : question.answers.length + (question.blank === true ? 1 : 0)

/**
 * One voter's answer to one question in the order of the wire: 0 or 1 for each of {@link choiceCount} places, the blank bit first where
 * the question has one. The result of an election has the same places.
 */
export type Choice = readonly (0 | 1)[]

/** What the voter picked: answers by index from 0, or a blank vote. */
export type Pick = { readonly kind: 'answers'; readonly picked: readonly number[] } | { readonly kind: 'blank' }

/** Why an answer breaks its question's rules. `question` counts from 0. */
export type ChoiceFault = {
  readonly kind:
    | 'number of questions'
    | 'number of answers'
    | 'no such answer'
    | 'too few'
    | 'too many'
    | 'blank not offered'
    | 'blank and answers'
    | PaperFault
  readonly question: number
}

/** The places of a pick, undefined for a list question. Checks only that the picked answers exist; {@link checkChoices} checks the question's rules. */
export function choiceOf(question: AnyQuestion, pick: Pick): Choice | undefined {
  if (isListQuestion(question)) return undefined
  const picked = pick.kind === 'blank' ? [] : pick.picked
  if (picked.some((i) => !Number.isInteger(i) || i < 0 || i >= question.answers.length)) return undefined
  if (pick.kind === 'blank' && question.blank !== true) return undefined
  const answers = question.answers.map((_, i) => (picked.includes(i) ? 1 : 0))
  return question.blank === true ? [pick.kind === 'blank' ? 1 : 0, ...answers] : answers
}

/** What a voter answers to one question: the places of a {@link Choice}, or a paper of numbers where the question asks for a list. */
export type Answer = Choice | Paper

function choiceFault(question: AnyQuestion, choice: Answer): ChoiceFault['kind'] | undefined {
  if (isListQuestion(question)) {
    // A rule we do not know asks for nothing but numbers that fit.
    const rule = paperRuleOf(question) ?? { kind: 'scores', least: 0, most: 255, blank: true }
    return paperFault(question, rule, choice)
  }
  if (choice.length !== choiceCount(question) || choice.some((bit) => bit !== 0 && bit !== 1)) return 'number of answers'
  const blank = question.blank === true ? choice[0] : 0
  const chosen = choice.reduce<number>((sum, bit) => sum + bit, 0) - (blank ?? 0)
  if (blank === 1) return chosen === 0 ? undefined : 'blank and answers'
  return chosen < question.min ? 'too few' : chosen > question.max ? 'too many' : undefined
}

/** Whether a ballot's choices obey the rules of its questions; otherwise the first that does not. */
export function checkChoices(questions: readonly AnyQuestion[], choices: readonly Answer[]): Result<null, ChoiceFault> {
  if (choices.length !== questions.length)
    return fail({ kind: 'number of questions', question: Math.min(choices.length, questions.length) })
  for (const [i, question] of questions.entries()) {
    const kind = choiceFault(question, choices[i] ?? [])
    if (kind !== undefined) return fail({ kind, question: i })
  }
  return ok(null)
}
