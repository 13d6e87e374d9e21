import { isListQuestion, papersOf, paperRuleOf, type AnyQuestion, type Election, type QuestionResult } from '@quorate/ballots'
import { certificateOf, type LotOrder } from '@quorate/counting'
import { assert, type Instant } from '@quorate/kernel'
import { ballotAsked, type BallotAsked, type DecisionId, type Fact } from '@quorate/rulebook'
import {
  countPapers,
  rankedMethod,
  withoutSpoiled,
  type NotCounted,
  type PapersCounted,
  type RankedQuestion,
} from '@quorate/verifier'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { personsBehind, stateOf } from '#lib/features/motions/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { electionOf } from './engine.ts'

/** The last answer of a ranked question whose rule offers it: one text for all voters, bound to the election, in English. */
const noneOfThese = 'None of these'

/** The methods that a foreign program knows by name; to it all others are rankings. Source: Belenios, `extra` of a question. */
const foreignName: Readonly<Record<string, string>> = { 'scottish-stv': 'STV', schulze: 'Schulze' }

/** A ballot that chooses from a list: what the rule asks, and the names on the list by place. */
export type ListBallot = { readonly asked: BallotAsked; readonly numbers: readonly number[]; readonly names: readonly string[] }

/** Two of one name are told apart by their numbers on the list. */
const distinct = (names: readonly string[], numbers: readonly number[]): readonly string[] =>
  names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${String(numbers[i])})`))

/** What the ballot of a decision chooses from, by the rules and the nominations; null for a ballot of yes and no. */
export async function listBallotOf(db: Db, decision: number, now: Instant): Promise<ListBallot | null> {
  const [editions, state] = await Promise.all([editionsOf(db), stateOf(db, decision)])
  const own = state?.decisions[decision]
  const asked = state === null ? null : ballotAsked(editions, state, decision as DecisionId, now) // ids of rows are of decisions
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

/** The question of a ballot of ranks; null where the rule's method is not one of ranks that it settles, or nobody stands. */
export function rankedQuestion({ asked, names }: ListBallot, title: string): AnyQuestion | null {
  const { stage, places } = asked
  if (rankedMethod(stage) === null || names.length === 0) return null
  const answers = stage.noneOfThese === true ? [...names, noneOfThese] : names
  const method = foreignName[stage.method] ?? 'Ranking'
  return { type: 'NonHomomorphic', value: { answers, question: title }, extra: { method, blank: true, seats: places } }
}

/** What is stated of a set-up whose ballot lists candidates, for the rule that none may be left off. */
export const setupValue = (fingerprint: string, list: ListBallot | null): Fact['value'] =>
  list === null || list.asked.list === null ? { fingerprint } : { fingerprint, options: list.names.length, list: list.asked.list }

/** The one question of an election, when its papers are ranked. */
export function rankedIn({ message }: Pick<Election, 'message'>): Extract<AnyQuestion, { readonly type: unknown }> | null {
  const [question] = message.questions
  return question !== undefined && isListQuestion(question) && paperRuleOf(question)?.kind === 'ranking' ? question : null
}

/** Whether an election's text asks for rankings. */
export const isRanked = (text: string): boolean => rankedIn(electionOf(text)) !== null

/** Counts the opened papers of an election by the rule's method; `spoiled` are left out by their index. */
export function countOpened(
  election: Election,
  list: ListBallot,
  result: QuestionResult | undefined,
  spoiled: readonly number[],
  lot: LotOrder | null,
): PapersCounted | NotCounted {
  const question = rankedIn(election)
  assert(question !== null, 'papers are of a ranked election')
  const asked: RankedQuestion = { asked: list.asked, numbers: list.numbers, answers: question.value.answers }
  return countPapers(asked, withoutSpoiled(papersOf(result), spoiled), lot)
}

/** A count as the rules read it. */
export const countValue = ({ chosen, valid, blank, beatsNone }: PapersCounted, cast: number): Fact['value'] => ({
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
export const certificateFor = ({ count, profile, beatsNone }: PapersCounted, lotSeed: Uint8Array | null): string | null =>
  count.kind === 'stv' && beatsNone === null
    ? certificateOf(count, { title: profile.title, candidates: profile.candidates, withdrawn: [], seats: profile.seats }, lotSeed)
    : null
