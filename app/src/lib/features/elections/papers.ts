import {
  countsOf,
  isListQuestion,
  papersOf,
  paperRuleOf,
  type AnyQuestion,
  type Election,
  type QuestionResult,
} from '@quorate/ballots'
import { certificateOf } from '@quorate/counting'
import { assert, fromHex, type Instant } from '@quorate/kernel'
import { ballotAsked, type BallotAsked, type DecisionId, type Fact } from '@quorate/rulebook'
import {
  countPapers,
  countVotes,
  highestGrade,
  marksMax,
  offList,
  orderOfLot,
  placesOff,
  rankedMethod,
  withoutSpoiled,
  type NotCounted,
  type PapersCounted,
  type CandidateQuestion,
  type VotesCounted,
} from '@quorate/verifier'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { personsBehind, stateOf } from '#lib/features/motions/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { electionOf } from './engine.ts'
import type { ElectionTable } from './tables.ts'

/** The last answer of a ranked question whose rule offers it: one text for all voters, bound to the election, in English. */
const noneOfThese = 'None of these'

/** The methods that a foreign program knows by name; to it all others are rankings. Source: Belenios, `extra` of a question. */
const foreignName: Readonly<Record<string, string>> = { 'scottish-stv': 'STV', schulze: 'Schulze' }

/** A ballot that chooses from a list: what the rule asks, and the names on the list by place. */
export type ListBallot = { readonly asked: BallotAsked; readonly numbers: readonly number[]; readonly names: readonly string[] }

/** Two of one name are told apart by their numbers on the list. */
const distinct = (names: readonly string[], numbers: readonly number[]): readonly string[] =>
  names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${String(numbers[i])})`))

/** The candidates on the paper of a decision's ballot as it was set up, by number; null before that, and where it lists none. */
async function paperOf(db: Db, decision: number): Promise<readonly number[] | null> {
  const row = await db.selectFrom('election').select('paper').where('decision', '=', decision).executeTakeFirst()
  return row?.paper ?? null
}

/** Places on the paper of those who have left the list since it was made; none before that. */
export async function placesLeft(db: Db, { decision, paper }: Pick<ElectionTable, 'decision' | 'paper'>, now: Instant) {
  if (paper === null) return []
  const [editions, state] = await Promise.all([editionsOf(db), stateOf(db, decision)])
  const asked = state === null ? null : ballotAsked(editions, state, decision as DecisionId, now, paper) // ids of rows are of decisions
  return asked === null ? [] : placesOff({ asked, numbers: paper })
}

/**
 * What the ballot of a decision chooses from, by the rules and the nominations; null for a ballot of yes and no. Once it is set up its paper stays, and those
 * who have left the list since are withdrawn.
 */
export async function listBallotOf(db: Db, decision: number, now: Instant): Promise<ListBallot | null> {
  const [editions, state, paper] = await Promise.all([editionsOf(db), stateOf(db, decision), paperOf(db, decision)])
  const own = state?.decisions[decision]
  const asked = state === null ? null : ballotAsked(editions, state, decision as DecisionId, now, paper) // ids of rows are of decisions
  if (own === undefined || asked === null || (asked.stage.method === 'yes-no' && asked.stage.options === null)) return null
  const numbers = asked.candidates ?? []
  const field = Object.values(own.stages).findLast((marks) => marks.field !== undefined)?.field?.candidates ?? []
  const standing = numbers.map((number) => field[number - 1]?.by ?? '')
  const behind = await personsBehind(db, decision, standing)
  const people = await personsById(db, [...behind.values()])
  const names = standing.map((pseudonym) => {
    const person = people.get(behind.get(pseudonym) ?? '')
    return person === undefined ? pseudonym : fullName(person)
  })
  return { asked, numbers, names: distinct(names, numbers) }
}

/**
 * The question of a ballot that lists candidates: ranks, grades, or so many marks as the rule's method gives. Null where the rule's method is none of them, or
 * nobody stands.
 */
export function listQuestion({ asked, names, numbers }: ListBallot, title: string): AnyQuestion | null {
  const { stage, places } = asked
  if (names.length === 0) return null
  const answers = stage.noneOfThese === true ? [...names, noneOfThese] : names
  const max = marksMax({ asked, numbers, answers })
  if (max !== null) return { answers, min: 1, max, question: title }
  const top = highestGrade(asked)
  if (top !== null) return { type: 'NonHomomorphic', value: { answers, question: title }, extra: { method: 'Score', most: top } }
  if (rankedMethod(stage) === null) return null
  const method = foreignName[stage.method] ?? 'Ranking'
  return { type: 'NonHomomorphic', value: { answers, question: title }, extra: { method, blank: true, seats: places } }
}

/** What is stated of a set-up whose ballot lists candidates, for the rule that none may be left off: who is on the paper, and who has left since. */
export const setupValue = (fingerprint: string, list: ListBallot | null): Fact['value'] =>
  list === null || list.asked.list === null
    ? { fingerprint }
    : { fingerprint, options: list.names.length, list: list.asked.list, ...offList(list.asked.withdrawn) }

/** The one question of an election, when its papers are ranked or graded, and so are opened one by one. */
export function paperQuestion({ message }: Pick<Election, 'message'>): Extract<AnyQuestion, { readonly type: unknown }> | null {
  const [question] = message.questions
  return question !== undefined && isListQuestion(question) && paperRuleOf(question) !== undefined ? question : null
}

/** Whether the papers of an election's text are shuffled and opened one by one. */
export const opensPapers = (text: string): boolean => paperQuestion(electionOf(text)) !== null

/** The answers of an election's one question, as its text has them. */
function answersIn({ message }: Election): readonly string[] {
  const [question] = message.questions
  assert(question !== undefined, 'an election of ours asks one question')
  return isListQuestion(question) ? question.value.answers : question.answers
}

/** What was opened of an election that lists candidates: totals or papers, those spoiled by their index, ballots counted. */
export type Opened = {
  readonly result: QuestionResult | undefined
  readonly spoiled: readonly number[]
  readonly cast: number
}

/** Counts what was opened by the rule's method. `seed`: the lot, 64 hex digits; asked only for ties that are left to it. */
export function countOpened(
  election: Election,
  { asked, numbers }: ListBallot,
  { result, spoiled, cast }: Opened,
  seed: string | null,
): PapersCounted | VotesCounted | NotCounted {
  const question: CandidateQuestion = { asked, numbers, answers: answersIn(election) }
  const lot = seed === null ? null : orderOfLot(seed, numbers.length)
  return paperQuestion(election) === null
    ? countVotes(question, countsOf(result), cast, lot)
    : countPapers(question, withoutSpoiled(papersOf(result), spoiled), lot)
}

/** A count that waits for a lot between equals. */
export const needsLot = (
  counted: ReturnType<typeof countOpened>,
): counted is Extract<NotCounted, { readonly kind: 'no count' }> => 'why' in counted && counted.why.kind === 'lot needed'

type Counted = Pick<PapersCounted, 'chosen' | 'valid' | 'blank' | 'beatsNone'>

/** A count as the rules read it. */
export const countValue = ({ chosen, valid, blank, beatsNone }: Counted, cast: number): Fact['value'] => ({
  cast,
  valid,
  blank,
  ...Object.fromEntries(chosen.map((number, i) => [`chosen-${String(i + 1)}`, number])),
  ...(beatsNone === null ? {} : { 'beats-none-of-these': beatsNone ? 1 : 0 }),
})

/**
 * The certificate of a count, by which anybody can follow it stage by stage with another program; null for methods that have none, and where
 * none-of-these was on the paper, which no certificate knows.
 */
export function certificateFor({ count, profile, beatsNone }: PapersCounted, seed: string | null): string | null {
  if (count.kind !== 'stv' || beatsNone !== null) return null
  const bytes = seed === null ? null : fromHex(seed)
  const { title, candidates, withdrawn, seats } = profile
  return certificateOf(count, { title, candidates, withdrawn, seats }, bytes?.kind === 'ok' ? bytes.value : null)
}
