// A count of any method as CSV and JSON. Transferable votes keep the fuller files of report.ts.
import { assert, type Fraction, type Json, type JsonObject } from '@quorate/kernel'
import type { Count } from '../count.ts'
import { csvCell, stagesCsv, stagesJson } from '../report/report.ts'
import { exactText } from '../words/figures.ts'
import type { CountWords } from '../words/words.ts'
import type { Account, AccountBar, Subject } from './account.ts'
import { accountOf } from './tell.ts'

const contestOf = ({ title, names, withdrawn, seats }: Subject) => ({ title, candidates: names, withdrawn, seats })

const statusOf = (bar: AccountBar): string => ({ in: 'continuing', chosen: 'chosen', out: 'out', aside: '' })[bar.state]

/**
 * The count as CSV: for transferable votes a row per stage and candidate ({@link stagesCsv}); for all others a row per bar of each stage,
 * with exact figures.
 */
export function accountCsv(count: Count, subject: Subject, words: CountWords): string {
  if (count.kind === 'stv') return stagesCsv(count, contestOf(subject))
  const { stages }: Account = accountOf(count, subject, words)
  const lines = ['stage,row,candidate,name,figure,status']
  for (const { number, bars } of stages)
    for (const bar of bars) {
      const row = bar.option === null ? 'other' : 'candidate'
      const option = bar.option === null ? '' : `${bar.option + 1}`
      lines.push([`${number}`, row, option, csvCell(bar.name), csvCell(bar.exact), statusOf(bar)].join())
    }
  return `${lines.join('\r\n')}\r\n`
}

/**
 * The count as JSON. Transferable votes: {@link stagesJson}. All others: the whole trace as it is, candidates from 0 as in the trace, exact
 * fractions and large numbers as texts, and under `told` the account in words.
 */
export function accountJson(count: Count, subject: Subject, words: CountWords): JsonObject {
  if (count.kind === 'stv') return stagesJson(count, contestOf(subject), words)
  const { headline, options, stages } = accountOf(count, subject, words)
  return {
    title: subject.title,
    names: subject.names,
    trace: jsonOf(count),
    told: {
      headline,
      stages: stages.map(({ text }) => text),
      options: options.map(({ option, name, chosen, standing, whyNot }) => ({ option, name, chosen, standing, whyNot })),
    },
  }
}

/** A value of a trace as JSON: whole numbers beyond a float's reach and fractions become texts. */
function jsonOf(value: unknown): Json {
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(jsonOf)
  assert(typeof value === 'object', 'a trace is made of texts, numbers, lists and objects')
  if ('denominator' in value) return exactText(value as Fraction) // nothing else in a trace has one
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]))
}
