import type { Election } from '../election.ts'
import { paperFault, type PaperFault, paperRuleOf } from './list-question.ts'
import { isListQuestion } from './question.ts'
import type { CheckedResult } from '../opening/result.ts'
import { list, natural, parseWire, record, wireText } from '../wire.ts'

/** A paper that does not count, by its index from 0 in the result, and why. */
export type SpoiledPaper = { readonly paper: number; readonly fault: PaperFault }

/**
 * The papers of each list question that do not count. Foreign programs count them: a paper may carry some ten bits in ε alone, more in
 * gaps between ranks, by which a buyer would know it. A question whose rule we do not know spoils marked papers alone.
 */
export const spoiledPapers = (
  { message }: Election,
  { papers }: Pick<CheckedResult, 'papers'>,
): readonly (readonly SpoiledPaper[])[] =>
  message.questions.flatMap((question, i) => {
    if (!isListQuestion(question)) return []
    const rule = paperRuleOf(question)
    const row = (papers[i] ?? []).flatMap(({ list: values, isPlain }, paper): SpoiledPaper[] => {
      const fault = isPlain ? rule && paperFault(question, rule, values) : 'marked'
      return fault === undefined ? [] : [{ paper, fault }]
    })
    return [row]
  })

const shape = record(['spoiled'], { spoiled: list(list(natural), 50) })

/** The companion of a result: `{"spoiled":[[…indices…],…]}`, one list a list question. */
export const spoiledText = (spoiled: readonly (readonly SpoiledPaper[])[]): string =>
  wireText({ spoiled: spoiled.map((row) => row.map(({ paper }) => paper)) })

/** The indices that a companion names, or undefined if it is none. */
export function parseSpoiled(text: string): readonly (readonly number[])[] | undefined {
  const read = parseWire(shape, text)
  return read.kind === 'ok' ? read.value.spoiled : undefined
}
