import { parseTrusteeAnswer, trusteeTaskFile, type CheckedFileFault, type TrusteePost } from '@quorate/ballots'
import { fail, ok, type JsonObject, type Result } from '@quorate/kernel'
import type { Visit, Work } from '#lib/platform/feature.ts'
import { takeStepMessage, type StepFault } from './ceremony.ts'
import { takeShuffle, type ShuffleRefusal } from './shuffles.ts'
import { takeOpening, type OpeningFault } from './tally.ts'
import type { ElectionTable } from './tables.ts'
import { boxOnRecord, ceremonyView, publicView } from './view.ts'

const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject // objects of ours, as they go over the wire

/**
 * Everything that the trustees' page would fetch, as one file for a program that fetches nothing; null for who is no trustee of the election. The box is in it
 * once it has closed. Nothing in the file is secret.
 */
export async function trusteeTask(visit: Visit, election: ElectionTable): Promise<string | null> {
  const ceremony = await ceremonyView(visit, election)
  if (ceremony.you === null) return null
  const view = await publicView({ ...visit, personId: null }, election)
  const box = election.tally === null ? null : await boxOnRecord(visit, election)
  return trusteeTaskFile({
    uuid: election.uuid,
    at: visit.clock.now(),
    ceremony: plain(ceremony),
    election: plain(view),
    box: box === null ? null : plain(box),
  })
}

/** Why an answer file was not taken, or not the whole of it. */
export type AnswerFault =
  | { readonly kind: 'unreadable'; readonly why: CheckedFileFault | 'task' }
  | { readonly kind: 'other-ballot' | 'other-trustee' | 'another-answer' }
  | StepFault
  | ShuffleRefusal
  | OpeningFault

/** What became of an answer: how many of its parts are new, and how many had been taken before. */
export type AnswerTaken = { readonly taken: number; readonly before: number }

/**
 * Takes what a trustee's program wrote for them to carry: each part by the same door, with the same checks, as if the page had posted it. The same answer
 * twice does no harm. Parts before one that is refused stay taken: each stands for itself.
 */
export async function takeTrusteeAnswer(
  work: Work,
  election: ElectionTable,
  personId: string,
  text: string,
): Promise<Result<AnswerTaken, AnswerFault>> {
  const answer = parseTrusteeAnswer(text)
  if (answer.kind === 'fail')
    return fail({ kind: 'unreadable', why: text.includes('"quorate/trustee-task/') ? 'task' : answer.error })
  const { uuid, index, posts } = answer.value
  if (uuid !== election.uuid) return fail({ kind: 'other-ballot' })
  const { db } = work
  const seat = await db
    .selectFrom('trustee')
    .select('place')
    .where('decision', '=', election.decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (seat === undefined) return fail({ kind: 'not-a-trustee' })
  if (seat.place !== index) return fail({ kind: 'other-trustee' })
  let [taken, before] = [0, 0]
  for (const post of posts) {
    if (await stands(work, election, index, post)) {
      before++
      continue
    }
    const done = await takePost(work, election, personId, post)
    if (done.kind === 'fail') return alreadyDone(done.error) ? fail({ kind: 'another-answer' }) : done
    taken++
  }
  return ok({ taken, before })
}

const alreadyDone = ({ kind }: AnswerFault): boolean =>
  kind === 'step-done' || kind === 'already-shuffled' || kind === 'already-opened'

function takePost(
  work: Work,
  election: ElectionTable,
  personId: string,
  post: TrusteePost,
): Promise<Result<unknown, StepFault | ShuffleRefusal | OpeningFault>> {
  switch (post.kind) {
    case 'step':
      return takeStepMessage(work, election, personId, post.step, post.message)
    case 'shuffle':
      return takeShuffle(work, election, personId, post)
    case 'opening':
      return takeOpening(work, election, personId, post)
  }
}

/** Whether exactly this was taken before. A shuffle is never made twice alike, so the same text is the same shuffle. */
async function stands({ db }: Work, { decision }: ElectionTable, place: number, post: TrusteePost): Promise<boolean> {
  switch (post.kind) {
    case 'step': {
      const own = db.selectFrom('ceremony_message').select('message').where('decision', '=', decision).where('place', '=', place)
      return (await own.where('step', '=', post.step).executeTakeFirst())?.message === post.message
    }
    case 'shuffle': {
      const own = db.selectFrom('shuffle').innerJoin('record_document', 'record_document.fingerprint', 'shuffle.document')
      const row = await own
        .select('record_document.content')
        .where('shuffle.decision', '=', decision)
        .where('shuffle.place', '=', place)
        .executeTakeFirst()
      return row?.content === post.shuffle
    }
    case 'opening': {
      const own = db.selectFrom('opening').select('payload').where('decision', '=', decision).where('place', '=', place)
      return (await own.executeTakeFirst())?.payload === post.payload
    }
  }
}
