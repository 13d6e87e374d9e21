import { parseSpoiled } from '@quorate/ballots'
import { canonicalJson } from '@quorate/kernel'
import { ballotAsked, type BallotAsked, type Fact } from '@quorate/rulebook'
import { textIn } from './citations.ts'
import type { FactCase } from './fact-case.ts'
import { countPapers } from './paper-count.ts'
import { editionsOf, stateFor } from './replay.ts'
import { faultOf, type Fault } from './verdict.ts'

/** What this program makes of a count: what is wrong with it, null when it agrees, or that it cannot count this itself. */
export type Recounted = Fault | null | 'not worked out'

/** One question of a result: votes by place, or papers of ranks by place, 0 for none. */
type Row = readonly number[] | readonly (readonly number[])[]
/** The rows of a result's text; its shape was checked with its entry, or with the openings it follows from. */
function rowsIn(text: string): readonly Row[] {
  const { result } = JSON.parse(text || '{"result":[]}') as { readonly result: readonly Row[] }
  return result
}
const isVotes = (row: Row): row is readonly number[] => row.every((place) => typeof place === 'number')

/**
 * A count of choices from a list against what the trustees opened: how many ballots, and who was chosen. Votes by place are compared as they stand; papers
 * with ranks are counted again by the rule's own method. Where that leaves equals to a lot, or the question is not among the documents, it is taken as stated.
 */
export function recount(kase: FactCase, fact: Fact): Recounted {
  const { result, 'box-closed': closed, setup } = kase.shown
  if (result === undefined || closed === undefined)
    return differs(kase, kase.index, 'evidence-missing', 'a box-closed and a result entry before it', 'none')
  const cast = fieldOf(fact, 'cast')
  if (cast !== closed.body.counted)
    return differs(kase, closed.index, 'fact-differs', `cast ${String(cast)}`, `cast ${String(closed.body.counted)}`)
  const asked = askedIn(kase)
  const answers = setup === undefined ? null : answersIn(kase.evidence.dossier.documents[setup.body.election])
  const { documents } = kase.evidence.dossier
  const rows = rowsIn(textIn(documents, result.body.result))
  const spoiled = 'spoiled' in result.body ? (parseSpoiled(textIn(documents, result.body.spoiled))?.[0] ?? []) : []
  const [row] = rows
  if (asked === null || answers === null || row === undefined || rows.length !== 1) return 'not worked out'
  const numbers = asked.candidates ?? Array.from({ length: answers.names.length }, (_, i) => i + 1)
  const paper = { asked, numbers, answers }
  const sound = (papers: readonly (readonly number[])[]) => papers.filter((_, i) => !spoiled.includes(i))
  const found = isVotes(row) ? byVotes(paper, row, closed.body.counted) : byPapers(paper, sound(row))
  if (found === null) return 'not worked out'
  const beats = fieldOf(fact, 'beats-none-of-these')
  const said: Said = {
    chosen: chosenIn(fact),
    valid: fieldOf(fact, 'valid'),
    blank: fieldOf(fact, 'blank'),
    ...(beats === null ? {} : { beatsNone: beats === 1 }),
  }
  if (found.agrees(said)) return null
  return differs(
    kase,
    result.index,
    'fact-differs',
    `${canonicalJson(fact.value)} (entry ${String(kase.index)})`,
    canonicalJson(found.says),
  )
}

const differs = (kase: FactCase, entry: number, code: Fault['code'], expected: string, found: string): Fault =>
  faultOf(code, { entry, clause: kase.clause, expected, found })

const fieldOf = ({ value }: Fact, key: string): number | null => {
  const said = typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : null
  return typeof said === 'number' ? said : null
}

/** What a count says. `beatsNone` is asked of papers with ranks alone. */
type Said = {
  readonly chosen: readonly number[]
  readonly valid: number | null
  readonly blank: number | null
  readonly beatsNone?: boolean
}
/** What the box says, and whether what was said agrees with it: a tie may be broken in more than one way. */
type Found = { readonly says: Said; readonly agrees: (said: Said) => boolean }

/** `chosen-1`, `chosen-2` and so on, as far as they go without a gap. */
function chosenIn(fact: Fact): readonly number[] {
  const chosen: number[] = []
  for (
    let number = fieldOf(fact, 'chosen-1');
    typeof number === 'number';
    number = fieldOf(fact, `chosen-${String(chosen.length + 1)}`)
  )
    chosen.push(number)
  return chosen
}

function askedIn({ replaying, act }: FactCase): BallotAsked | null {
  const editions = editionsOf(replaying)
  return editions === null ? null : ballotAsked(editions, stateFor(replaying, act), act.decision, act.recordedAt)
}

/** How many an election lists beside none-of-these; null where its text or the rule is not there to say. */
export function optionsListed(kase: FactCase): number | null {
  const { setup } = kase.shown
  const asked = askedIn(kase)
  const answers = setup === undefined ? null : answersIn(kase.evidence.dossier.documents[setup.body.election])
  return asked === null || answers === null ? null : answers.names.length - (asked.stage.noneOfThese === true ? 1 : 0)
}

type Answers = { readonly names: readonly string[]; readonly blank: boolean }

/** The answers of the one question of an election's text, and whether a ballot may be blank. */
function answersIn(text: string | undefined): Answers | null {
  if (text === undefined) return null
  // The setup check has read the election; here only its first question is looked at, and what is not there is not used.
  type Question = {
    readonly answers?: readonly string[]
    readonly blank?: boolean
    readonly value?: { readonly answers?: readonly string[] }
  }
  const { questions } = JSON.parse(text) as { readonly questions?: readonly Question[] }
  const question = questions?.length === 1 ? questions[0] : undefined
  const names = question?.answers ?? question?.value?.answers
  return names === undefined ? null : { names, blank: question?.blank === true }
}

/** What was asked: the numbers on the list by place, and where the question has one place more, what that stands for. */
type Question = { readonly asked: BallotAsked; readonly numbers: readonly number[]; readonly answers: Answers }

const byMarks: ReadonlySet<string> = new Set(['plurality', 'block-vote', 'choose-k', 'approval'])

/** The most votes win, as many as there are places; none-of-these, where it is an answer, must be beaten. */
function byVotes({ asked, numbers, answers }: Question, row: readonly number[], cast: number): Found | null {
  const { stage, places } = asked
  const none = stage.noneOfThese === true && answers.names.length === numbers.length + 1
  if (!byMarks.has(stage.method) || (answers.names.length !== numbers.length && !none)) return null
  const blank = answers.blank ? (row[0] ?? 0) : 0
  const votes = answers.blank ? row.slice(1) : row
  if (votes.length !== answers.names.length) return null
  const least = none ? (votes[numbers.length] ?? 0) : -1
  const standing = numbers.map((number, i) => ({ number, votes: votes[i] ?? 0 })).filter((one) => one.votes > least)
  const order = standing.toSorted((a, b) => b.votes - a.votes)
  const [inside, outside] = [order.slice(0, places), order.slice(places)]
  const votesOf = (number: number): number => order.find((one) => one.number === number)?.votes ?? -1
  const line = inside.at(-1)?.votes ?? 0
  const agrees = ({ chosen, ...said }: Said): boolean =>
    said.blank === blank &&
    said.valid === cast - blank &&
    chosen.length === inside.length &&
    chosen.every((number) => votesOf(number) >= line) &&
    order.every((one) => one.votes <= line || chosen.includes(one.number))
  const tied = outside[0]?.votes === line && inside.length > 0
  const says = { chosen: inside.map((one) => one.number), valid: cast - blank, blank }
  return {
    says,
    agrees: tied
      ? agrees
      : (said) => agrees(said) && canonicalJson(said.chosen.toSorted()) === canonicalJson(says.chosen.toSorted()),
  }
}

/** Papers with ranks, counted by the rule's method. Null where it cannot be, or where only a lot tells equals apart. */
function byPapers({ asked, numbers, answers }: Question, papers: readonly (readonly number[])[]): Found | null {
  const counted = countPapers({ asked, numbers, answers: answers.names }, papers)
  if ('kind' in counted) return null
  const { chosen, valid, blank, beatsNone } = counted
  const says: Said = { chosen, valid, blank, ...(beatsNone === null ? {} : { beatsNone }) }
  const sorted = (said: Said): string => canonicalJson({ ...said, chosen: said.chosen.toSorted() })
  return { says, agrees: (other) => sorted(other) === sorted(says) }
}
