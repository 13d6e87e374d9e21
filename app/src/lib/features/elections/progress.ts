import type { Instant } from '@quorate/kernel'
import { cite, provision, timeline, type Citation, type DecisionId, type DecisionState, type StageView } from '@quorate/rulebook'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { stateOf } from '#lib/features/motions/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Delivery } from '#lib/platform/mail.ts'
import { ceremonyOf, type CeremonyView } from './ceremony.ts'
import { linkDelivery } from './separate-registrar.ts'
import type { ElectionTable } from './tables.ts'
import { votersIn } from './box.ts'
import { electionOfDecision, standingOf } from './view.ts'

type Box = DecisionState['stages'][string]['box']

/** How far the key ceremony has come: the step under way (1 to 3) and the places that have not sent it. */
export type KeyProgress = {
  readonly made: number
  readonly size: number
  readonly threshold: number
  readonly step: 1 | 2 | 3
  readonly awaiting: readonly number[]
  readonly complete: boolean
}

/** Everything that pages say about one ballot, from the frozen roll to the certificate. Null parts have not happened. */
export type Progress = {
  readonly election: ElectionTable | null
  readonly decision: DecisionState
  readonly views: readonly StageView[]
  readonly box: Box | null
  readonly frozenAt: Instant | null
  readonly key: KeyProgress | null
  readonly ceremony: CeremonyView | null
  readonly codes: number
  readonly delivery: Delivery
  /** People who have voted, and votes in the box with those that later ones replaced. */
  readonly voters: number
  readonly ballots: number
  readonly openedBy: readonly string[]
  /** The rule that says who is on the roll. */
  readonly rollClause: Citation | null
}

/** Where the ceremony stands, from its messages. */
export function keyProgress({ steps, size, threshold, state }: CeremonyView): KeyProgress {
  const sent = (step: number): readonly number[] => steps.filter((s) => s.step === step).map((s) => s.index)
  const step = ([1, 2, 3] as const).find((s) => sent(s).length < size) ?? 3
  const here = sent(step)
  return {
    made: sent(1).length,
    size,
    threshold,
    step,
    awaiting: Array.from({ length: size }, (_, i) => i + 1).filter((place) => !here.includes(place)),
    complete: state === 'complete',
  }
}

const count = async (db: Db, table: 'ballot' | 'sealed_code' | 'voting_key', decision: number): Promise<number> => {
  const { n } = await db
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .executeTakeFirstOrThrow()
  return n
}

/** Gathers how far a ballot has come; null for a decision that has not begun. */
export async function progressOf(db: Db, id: number, now: Instant, personId: string | null = null): Promise<Progress | null> {
  const [state, editions, election] = await Promise.all([
    stateOf(db, id),
    editionsOf(db),
    db.selectFrom('election').selectAll().where('decision', '=', id).executeTakeFirst(),
  ])
  const decision = state?.decisions[id]
  if (state === null || decision === undefined) return null
  const views = timeline(editions, state, id as DecisionId, now) // ids of rows are numbers of decisions
  const marks = Object.values(decision.stages)
  const ceremony = election === undefined ? null : await ceremonyOf(db, election, personId)
  const [electorate = '', edition = ''] = election?.electorate.split('@') ?? []
  const rulebook = [...editions.byNumber.values()].find((book) => String(book.edition) === edition)
  const found = rulebook === undefined ? null : provision(rulebook, 'electorate', electorate)
  return {
    election: election ?? null,
    decision,
    views,
    box: marks.find(({ box }) => box.opensAt !== null)?.box ?? null,
    frozenAt: marks.find(({ roll }) => roll !== null)?.roll?.at ?? null,
    key: ceremony === null ? null : keyProgress(ceremony),
    ceremony,
    codes: await count(db, 'voting_key', id),
    delivery: await linkDelivery(db, id),
    voters: await votersIn(db, id),
    ballots: await count(db, 'ballot', id),
    openedBy: ceremony === null ? [] : ceremony.opened.flatMap((place) => ceremony.names[place - 1] ?? []),
    rollClause: rulebook === undefined || found === null ? null : cite(rulebook, found.clause),
  }
}

/** How many sealed voting codes are kept for a decision. */
export const sealedCodes = (db: Db, decision: number): Promise<number> => count(db, 'sealed_code', decision)

/** Full names of persons, in the order of their ids; those who are not on the register any more are left out. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  const persons = await personsById(db, ids)
  return ids.flatMap((id) => {
    const person = persons.get(id)
    return person === undefined ? [] : [fullName(person)]
  })
}

/** The ballot of a decision in brief, for its page: figures of who voted, and where this person votes, when they can. */
export type BallotBrief = {
  /** Whether a registrar apart from the server made the voting codes. */
  readonly separate: boolean
  readonly rollSize: number
  readonly voted: number
  /** Whether it was opened and is level where the rule has no lot for that. */
  readonly level: boolean
  readonly vote: { readonly href: string; readonly done: boolean } | null
}

/** What a decision's page says of its ballot; null before its roll is frozen. */
export async function ballotBrief(db: Db, decision: number, now: Instant, personId: string | null): Promise<BallotBrief | null> {
  const election = await electionOfDecision(db, decision)
  if (election === null) return null
  const { state } = await standingOf(db, election, now)
  const line =
    personId === null || state !== 'open'
      ? undefined
      : await db
          .selectFrom('roll_line as r')
          .leftJoin('participation as p', (j) =>
            j.onRef('p.decision', '=', 'r.decision').onRef('p.person_id', '=', 'r.person_id'),
          )
          .select('p.person_id')
          .where('r.decision', '=', decision)
          .where('r.person_id', '=', personId)
          .executeTakeFirst()
  return {
    separate: election.registrar_key !== null,
    rollSize: election.roll_size,
    voted: await votersIn(db, decision),
    level: election.level_at !== null,
    vote: line === undefined ? null : { href: `/vote/${election.uuid}/mine`, done: line.person_id !== null },
  }
}
