import type { LotOrder } from '@quorate/counting'
import { canonicalJson } from '@quorate/kernel'
import type { Fact } from '@quorate/rulebook'
import { factSaid } from './ballot-stage.ts'
import type { FactCase } from './fact-case.ts'
import { fieldOf, isVotes, openedQuestion, saidOf, type Question, type Said } from './opened-question.ts'
import { leavesToLot, orderOfLot } from './lot.ts'
import { countPapers } from './count-of-papers.ts'
import { faultOf, type Fault } from './verdict.ts'
import { countVotes, votesOf } from './vote-count.ts'

/** What this program makes of a count: what is wrong with it, null when it agrees, or that it cannot count this itself. */
export type Recounted = Fault | null | 'not worked out'

/**
 * A count of choices from a list against what the trustees opened: how many ballots, and who was chosen. Votes by place are compared as they stand; papers
 * with ranks are counted again by the rule's own method. Equals that the rule leaves to a lot need one; those it leaves to a person, and a question that is
 * not among the documents, are taken as stated.
 */
export function recount(kase: FactCase, fact: Fact): Recounted {
  const { result, 'box-closed': closed } = kase.shown
  if (result === undefined || closed === undefined)
    return differs(kase, kase.index, 'evidence-missing', 'a box-closed and a result entry before it', 'none')
  const cast = fieldOf(fact, 'cast')
  if (cast !== closed.body.counted)
    return differs(kase, closed.index, 'fact-differs', `cast ${String(cast)}`, `cast ${String(closed.body.counted)}`)
  const opened = openedQuestion(kase)
  if (opened === null) return 'not worked out'
  const { row, ...paper } = opened
  const lot = orderOfLot(factSaid(kase.facts, 'lot')?.value, paper.numbers.length)
  const found = isVotes(row) ? byVotes(paper, row, closed.body.counted, lot) : byPapers(paper, row, lot)
  if (found === null) return 'not worked out'
  if (!found.agrees(saidOf(fact)))
    return differs(
      kase,
      result.index,
      'fact-differs',
      `${canonicalJson(fact.value)} (entry ${String(kase.index)})`,
      canonicalJson(found.says),
    )
  if (!found.isLevel) return null
  return leavesToLot(paper.asked) ? differs(kase, kase.index, 'lot-differs', 'the lot of the openings', 'none') : 'not worked out'
}

const differs = (kase: FactCase, entry: number, code: Fault['code'], expected: string, found: string): Fault =>
  faultOf(code, { entry, clause: kase.clause, expected, found })

/**
 * What the box says, and whether what was said agrees with it. `isLevel`: the last place lies between equals and nothing says which of them has it, so that
 * more than one outcome agrees.
 */
type Found = { readonly says: Said; readonly agrees: (said: Said) => boolean; readonly isLevel: boolean }

/** The most votes win, as many as there are places; none-of-these, where it is an answer, must be beaten. */
function byVotes(
  { asked, numbers, answers }: Question,
  row: readonly number[],
  cast: number,
  lot: LotOrder | null,
): Found | null {
  const question = { asked, numbers, answers: answers.names }
  if (row.length !== answers.names.length + (answers.blank ? 1 : 0)) return null
  const read = votesOf(question, row)
  if (read === null) return null
  const { blank, order } = read
  const counted = countVotes(question, row, cast, lot)
  const inside = order.slice(0, asked.places)
  const votesFor = (number: number): number => order.find((one) => one.number === number)?.votes ?? -1
  const line = inside.at(-1)?.votes ?? 0
  const agrees = ({ chosen, ...said }: Said): boolean =>
    said.blank === blank &&
    said.valid === cast - blank &&
    chosen.length === inside.length &&
    chosen.every((number) => votesFor(number) >= line) &&
    order.every((one) => one.votes <= line || chosen.includes(one.number))
  const isLevel = 'why' in counted
  const chosen = 'chosen' in counted ? counted.chosen : inside.map((one) => one.number)
  const says = { chosen, valid: cast - blank, blank }
  return {
    says,
    isLevel,
    agrees: isLevel
      ? agrees
      : (said) => agrees(said) && canonicalJson(said.chosen.toSorted()) === canonicalJson(chosen.toSorted()),
  }
}

/** Papers with ranks or grades, counted by the rule's method. Null where it cannot be. */
function byPapers(
  { asked, numbers, answers }: Question,
  papers: readonly (readonly number[])[],
  lot: LotOrder | null,
): Found | null {
  const counted = countPapers({ asked, numbers, answers: answers.names }, papers, lot)
  if ('why' in counted && counted.why.kind === 'lot needed')
    return { says: { chosen: [], valid: null, blank: null }, agrees: () => true, isLevel: true }
  if ('kind' in counted) return null
  const { chosen, valid, blank, beatsNone } = counted
  const says: Said = { chosen, valid, blank, ...(beatsNone === null ? {} : { beatsNone }) }
  const sorted = (said: Said): string => canonicalJson({ ...said, chosen: said.chosen.toSorted() })
  return { says, agrees: (other) => sorted(other) === sorted(says), isLevel: false }
}
