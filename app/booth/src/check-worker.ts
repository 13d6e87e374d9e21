import {
  type Answer,
  type AnyQuestion,
  ballotCodeOf,
  checkReveal,
  type Election,
  fingerprintOf,
  isListQuestion,
  paperRuleOf,
  parseElection,
} from '@quorate/ballots'
import { fail, ok, type Result } from '@quorate/kernel'
import type { CheckOrder, CheckResult } from './check-state.ts'
import { persistent, type World } from './http.ts'
import { parseNoted, parseView } from './protocol.ts'
import { parseTestLink, revealText } from './test-link.ts'

/** The checking page's side of the worker. It holds no secret: what it reads was made public by the test. */
export type CheckDesk = { readonly take: (order: CheckOrder) => Promise<void> }

/** What an answer of an opened ballot says, in the words of its question: best first for a ranking, with its score for scores, empty for blank. */
export function markedIn(question: AnyQuestion, answer: Answer): readonly string[] {
  if (!isListQuestion(question)) {
    const words = question.blank === true ? ['', ...question.answers] : question.answers
    return answer.flatMap((place, i) => (place === 1 && words[i] !== undefined && words[i] !== '' ? [words[i]] : []))
  }
  const given = answer.map((mark, i) => ({ mark, words: question.value.answers[i] ?? '' })).filter(({ mark }) => mark > 0)
  return paperRuleOf(question)?.kind === 'scores'
    ? given.map(({ mark, words }) => `${words}: ${String(mark)}`)
    : given.sort((a, b) => a.mark - b.mark).map(({ mark, words }) => `${String(mark)}. ${words}`)
}

/** Looks at what an address says: the commitment alone, or an opened ballot, which is locked again and compared. */
export async function lookAtTest(world: World, { typed, election: brought }: CheckOrder): Promise<CheckResult> {
  const link = parseTestLink(typed)
  if (link.kind === 'fail') return { kind: 'unreadable' }
  const { digest, uuid, revealed } = link.value
  const eyes = fingerprintOf(digest)
  if (eyes.kind === 'fail') return { kind: 'unreadable' }
  const locked = { uuid, code: ballotCodeOf(digest), digest, fingerprint: eyes.value }
  if (revealed === null) return { kind: 'committed', ...locked }
  const election = await electionFor(world, uuid, brought)
  if (election.kind === 'fail') return { kind: election.error }
  const reveal = revealText(election.value.fingerprint, revealed)
  const tested = checkReveal(election.value, reveal, digest)
  if (tested.kind === 'fail')
    return tested.error.kind === 'not the ballot that was locked'
      ? { kind: 'other', code: locked.code, rebuilt: ballotCodeOf(tested.error.rebuilt) }
      : { kind: 'unreadable' }
  if (brought === null) await note(world, uuid, reveal, digest)
  const { message, fingerprint } = election.value
  const answers = message.questions.map((question, i) => ({
    question: isListQuestion(question) ? question.value.question : question.question,
    marked: markedIn(question, tested.value.choices[i] ?? []),
  }))
  return { kind: 'same', ...locked, title: message.name, election: fingerprint, answers }
}

/** The election from the reader's own file, else from the server that gave this page. Its text must name the ballot that was asked for. */
async function electionFor(
  world: World,
  uuid: string,
  brought: string | null,
): Promise<Result<Election, 'no-election' | 'no-answer'>> {
  const text = brought === null ? await textFromServer(world, uuid) : ok(brought)
  if (text.kind === 'fail') return text
  const election = parseElection(text.value.trim())
  return election.kind === 'ok' && election.value.message.uuid === uuid ? election : fail('no-election')
}

async function textFromServer(world: World, uuid: string): Promise<Result<string, 'no-election' | 'no-answer'>> {
  const path = `/api/elections/${encodeURIComponent(uuid)}`
  const view = await persistent(world)({ method: 'GET', path, read: parseView })
  if (view.kind === 'ok') return ok(view.value.election)
  return fail(view.error.kind === 'refused' ? 'no-election' : 'no-answer')
}

/** The device under test may keep silent about the test, so this page tells the box as well. What it answers changes nothing here. */
const note = (world: World, uuid: string, reveal: string, digest: string): Promise<unknown> =>
  persistent(world)({
    method: 'POST',
    path: `/api/elections/${encodeURIComponent(uuid)}/tests`,
    body: { reveal, digest },
    read: parseNoted,
  })

/** Sets up the desk. */
export const checkDesk = (world: World, tell: (result: CheckResult) => void): CheckDesk => ({
  take: (order) =>
    lookAtTest(world, order)
      .then(tell)
      .catch(() => tell({ kind: 'unreadable' })),
})
