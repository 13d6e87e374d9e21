import { parseSpoiled } from '@quorate/ballots'
import { canonicalJson } from '@quorate/kernel'
import { ballotAsked, type BallotAsked, type Fact } from '@quorate/rulebook'
import { textIn } from './citations.ts'
import type { FactCase } from './fact-case.ts'
import { highestGrade } from './graded-count.ts'
import { offList, rankedMethod, withoutSpoiled } from './paper-count.ts'
import { editionsOf, stateFor } from './replay.ts'
import { marksMax } from './vote-count.ts'

// The one question of an election's ballot with what the trustees opened of it, and what a `count` fact says came of that.

/** One question of a result: votes by place, or papers of ranks by place, 0 for none. */
export type Row = readonly number[] | readonly (readonly number[])[]
/** Whether a question was opened as votes by place, not as papers. */
export const isVotes = (row: Row): row is readonly number[] => row.every((place) => typeof place === 'number')

/** A number that a fact states, null for none. */
export const fieldOf = ({ value }: Fact, key: string): number | null => {
  const said = typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : null
  return typeof said === 'number' ? said : null
}

/** What a `count` fact says of its count. */
export type Said = {
  readonly chosen: readonly number[]
  readonly valid: number | null
  readonly blank: number | null
  /** Whether everybody chosen stands above none-of-these: stated of papers where that is an answer. */
  readonly beatsNone?: boolean
}
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
  const paper = replaying.papers.get(act.decision) ?? null
  return editions === null ? null : ballotAsked(editions, stateFor(replaying, act), act.decision, act.recordedAt, paper)
}

type Answers = {
  readonly names: readonly string[]
  readonly blank: boolean
  /** How they are answered. */
  readonly how: Answering
}

/** How the answers of a list are answered: so many chosen at most, put in order, or each graded from 0 up to a highest grade. */
export type Answering =
  | { readonly kind: 'marks'; readonly most: number }
  | { readonly kind: 'order' }
  | { readonly kind: 'grades'; readonly top: number }

/** The answers of the one question of an election's text, and whether a ballot may be blank. */
function answersIn(text: string | undefined): Answers | null {
  if (text === undefined) return null
  // The setup check has read the election; here only its first question is looked at, and what is not there is not used.
  type Question = {
    readonly answers?: readonly string[]
    readonly blank?: boolean
    readonly max?: number
    readonly value?: { readonly answers?: readonly string[] }
    readonly extra?: { readonly method?: unknown; readonly most?: unknown }
  }
  const { questions } = JSON.parse(text) as { readonly questions?: readonly Question[] }
  const question = questions?.length === 1 ? questions[0] : undefined
  const names = question?.answers ?? question?.value?.answers
  if (question === undefined || names === undefined) return null
  const { extra, max } = question
  const graded =
    extra?.method === 'Score' && typeof extra.most === 'number' ? ({ kind: 'grades', top: extra.most } as const) : null
  const how: Answering = max === undefined ? (graded ?? { kind: 'order' }) : { kind: 'marks', most: max }
  return { names, blank: question.blank === true, how }
}

/** What was asked: the numbers on the list by place, what the answers are called, and where the question has one place more, what that stands for. */
export type Question = { readonly asked: BallotAsked; readonly numbers: readonly number[]; readonly answers: Answers }

/** The question with what was opened of it; null where it, or what was asked, is not among the documents, or there are several. */
export function openedQuestion(kase: FactCase): (Question & { readonly row: Row }) | null {
  const { result, setup } = kase.shown
  if (result === undefined || setup === undefined) return null
  const asked = askedIn(kase)
  const answers = answersIn(kase.evidence.dossier.documents[setup.body.election])
  const { documents } = kase.evidence.dossier
  const rows = rowsIn(textIn(documents, result.body.result))
  const spoiled = 'spoiled' in result.body ? (parseSpoiled(textIn(documents, result.body.spoiled))?.[0] ?? []) : []
  const [row] = rows
  if (asked === null || answers === null || row === undefined || rows.length !== 1) return null
  const numbers = asked.candidates ?? Array.from({ length: answers.names.length }, (_, i) => i + 1)
  return { asked, numbers, answers, row: isVotes(row) ? row : withoutSpoiled(row, spoiled) }
}

/** The rows of a result's text; its shape was checked with its entry, or with the openings it follows from. */
function rowsIn(text: string): readonly Row[] {
  const { result } = JSON.parse(text || '{"result":[]}') as { readonly result: readonly Row[] }
  return result
}

/**
 * What a `setup` fact has to say of a ballot with a list: how many its text lists beside none-of-these, who the nominations had listed when it was set up, and
 * which of them no longer stand. Null where its text or the rule is not there to say, or there is no list.
 */
export function listStated(kase: FactCase): Readonly<Record<string, number | string>> | null {
  const { setup } = kase.shown
  const asked = askedIn(kase)
  const answers = setup === undefined ? null : answersIn(kase.evidence.dossier.documents[setup.body.election])
  if (asked === null || asked.list === null || answers === null) return null
  return {
    options: answers.names.length - (asked.stage.noneOfThese === true ? 1 : 0),
    list: asked.list,
    ...offList(asked.withdrawn),
  }
}

/**
 * How the answers of a list are answered by its rule, and by the election's text, where they differ. Null where they agree, or
 * the rule's method is none that a question of ours asks.
 */
export function otherAnswering(kase: FactCase): { readonly rule: Answering; readonly paper: Answering } | null {
  const { setup } = kase.shown
  const asked = askedIn(kase)
  const answers = setup === undefined ? null : answersIn(kase.evidence.dossier.documents[setup.body.election])
  if (asked === null || answers === null) return null
  const rule = answeringBy(asked, answers.names)
  return rule === null || canonicalJson(rule) === canonicalJson(answers.how) ? null : { rule, paper: answers.how }
}

function answeringBy(asked: BallotAsked, answers: readonly string[]): Answering | null {
  const marks = marksMax({ asked, numbers: asked.candidates ?? [], answers })
  if (marks !== null) return { kind: 'marks', most: marks }
  const top = highestGrade(asked)
  if (top !== null) return { kind: 'grades', top }
  return rankedMethod(asked.stage) === null ? null : { kind: 'order' }
}

/** What a `count` fact says. */
export function saidOf(fact: Fact): Said {
  const beats = fieldOf(fact, 'beats-none-of-these')
  return {
    chosen: chosenIn(fact),
    valid: fieldOf(fact, 'valid'),
    blank: fieldOf(fact, 'blank'),
    ...(beats === null ? {} : { beatsNone: beats === 1 }),
  }
}
