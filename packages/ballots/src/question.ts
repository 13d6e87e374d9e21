import { fail, ok, type Result } from '@quorate/kernel'

import { bool, list, natural, record, text } from './wire.ts'

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

/** Reads a question of the wire. */
export const questionShape = record(
  ['answers', 'blank', 'min', 'max', 'question'],
  { answers: list(text, answersMax), min: natural, max: natural, question: text },
  { blank: bool },
)

/** Whether a question can be answered at all: some answers, and 0 ≤ min ≤ max ≤ their number. */
export const isAnswerable = ({ answers, min, max }: Question): boolean =>
  answers.length > 0 && min <= max && max <= answers.length

/** Number of ciphertexts of an answer: one an answer, and one before them for "blank" where that is allowed. */
export const choiceCount = (question: Question): number => question.answers.length + (question.blank === true ? 1 : 0)

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
  readonly question: number
}

/** The places of a pick. Checks only that the picked answers exist; {@link checkChoices} checks the question's rules. */
export function choiceOf(question: Question, pick: Pick): Choice | undefined {
  const picked = pick.kind === 'blank' ? [] : pick.picked
  if (picked.some((i) => !Number.isInteger(i) || i < 0 || i >= question.answers.length)) return undefined
  if (pick.kind === 'blank' && question.blank !== true) return undefined
  const answers = question.answers.map((_, i) => (picked.includes(i) ? 1 : 0))
  return question.blank === true ? [pick.kind === 'blank' ? 1 : 0, ...answers] : answers
}

function choiceFault(question: Question, choice: Choice): ChoiceFault['kind'] | undefined {
  if (choice.length !== choiceCount(question) || choice.some((bit: number) => bit !== 0 && bit !== 1)) return 'number of answers'
  const blank = question.blank === true ? choice[0] : 0
  const chosen = choice.reduce((sum: number, bit) => sum + bit, 0) - (blank ?? 0)
  if (blank === 1) return chosen === 0 ? undefined : 'blank and answers'
  return chosen < question.min ? 'too few' : chosen > question.max ? 'too many' : undefined
}

/** Whether a ballot's choices obey the rules of its questions; otherwise the first that does not. */
export function checkChoices(questions: readonly Question[], choices: readonly Choice[]): Result<null, ChoiceFault> {
  if (choices.length !== questions.length)
    return fail({ kind: 'number of questions', question: Math.min(choices.length, questions.length) })
  for (const [i, question] of questions.entries()) {
    const kind = choiceFault(question, choices[i] ?? [])
    if (kind !== undefined) return fail({ kind, question: i })
  }
  return ok(null)
}
