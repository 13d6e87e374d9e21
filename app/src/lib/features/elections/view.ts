import { noPreviousTracker } from '@quorate/ballots'
import { assert, fail, type Instant, ok, type Result, toHex } from '@quorate/kernel'
import { cite, provision } from '@quorate/rulebook'
import { createHash } from 'node:crypto'
import { fullName, holdersOf, personById } from '#lib/features/membership/index.ts'
import { outlineOf, stateOf } from '#lib/features/motions/index.ts'
import { bodyOfEntry, documentOf, entries, logHead, logSigner, recordStretch, recordTerms } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { askedTogether } from '#lib/platform/asked-together.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Visit, Work } from '#lib/platform/feature.ts'
import { changeOf } from './setup.ts'
import { ownLeaf, voterFor } from './code-holders.ts'
import { historyOf, votersIn } from './box.ts'
import { ceremonyOf } from './ceremony.ts'
import { placesLeft } from './papers.ts'
import { codeOf, votingKeyOf } from './registrar.ts'
import { departuresFrom, recordedBallots } from './encrypted-sum.ts'
import { shufflesOf } from './shuffles.ts'
import type { ElectionTable } from './tables.ts'

/** Where a ballot stands. */
export type ElectionState = 'not-open' | 'open' | 'closed' | 'counted'

/** The election of an id, or null. */
export const electionByUuid = async (db: Db, uuid: string): Promise<ElectionTable | null> =>
  (await electionTogether(db, uuid)) ?? null

// Everybody asks it of the same election.
const electionTogether = askedTogether<string, ElectionTable>(async (db, uuids) => {
  const rows = await db.selectFrom('election').selectAll().where('uuid', 'in', uuids).execute()
  return new Map(rows.map((row) => [row.uuid, row]))
})

/** The election of a decision, or null before its roll is frozen. */
export const electionOfDecision = async (db: Db, decision: number): Promise<ElectionTable | null> =>
  (await db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()) ?? null

/** An election with the title of its decision. */
export type TitledElection = ElectionTable & { readonly title: string }

/** Every election, the newest first. */
export const electionsListed = (db: Db): Promise<readonly TitledElection[]> =>
  db
    .selectFrom('election')
    .innerJoin('decision', 'decision.id', 'election.decision')
    .selectAll('election')
    .select('decision.title')
    .orderBy('election.decision', 'desc')
    .execute()

/** Opening and closing of a ballot by the engine's state, and where it stands at `now`. */
export async function standingOf(db: Db, election: ElectionTable, now: Instant) {
  const stages = (await outlineOf(db, election.decision))?.stages ?? {}
  const box = Object.values(stages).find((marks) => marks.box.opensAt !== null)?.box ?? null
  const closed =
    box !== null && (box.closedAt !== null || (box.closesAt !== null && box.openedAt !== null && box.closesAt <= now))
  const found: ElectionState =
    election.result !== null || (box !== null && box.result !== null)
      ? 'counted'
      : closed
        ? 'closed'
        : box !== null && box.openedAt !== null
          ? 'open'
          : 'not-open'
  return { opensAt: box?.openedAt ?? box?.opensAt ?? 0, closesAt: box?.closesAt ?? 0, state: found }
}

/** The clauses a ballot rests on, as cited: that of its procedure and that of its electorate, in the edition it runs under. */
export async function clausesOf(db: Db, { decision, electorate }: ElectionTable) {
  const own = (await stateOf(db, decision))?.decisions[decision]
  const { byNumber, inForce } = await editionsOf(db)
  const rulebook = byNumber.get(own?.noticedUnder ?? inForce)
  assert(own !== undefined && rulebook !== undefined, 'an election belongs to a decision under an edition')
  const procedure = provision(rulebook, 'procedure', own.procedure)
  const people = provision(rulebook, 'electorate', electorate.split('@')[0] ?? '')
  assert(procedure !== null && people !== null, 'the edition has the procedure and the electorate of its own decision')
  return { ballot: cite(rulebook, procedure.clause), roll: cite(rulebook, people.clause) }
}

/** A member on this roll, as they are shown themselves. */
export type Voter = { readonly name: string; readonly leaf: string; readonly previous: string | null; readonly castCount: number }

/** Why a code's opening shows nobody: it opens no key for whoever shows it; or, with a registrar apart, nobody is signed in. */
export type HolderFault = 'not-on-roll' | 'not-signed-in' | 'wrong-voter'

/**
 * The voter behind a voting key and the opening of its bind line. In single-operator mode the opening alone says who it is; with a registrar apart
 * it must open the key for the person who is signed in.
 */
export async function voterOfKey(
  db: Db,
  election: ElectionTable,
  { votingKey, secret }: { readonly votingKey: string; readonly secret: string },
  signedIn: string | null,
): Promise<Result<{ readonly personId: string; readonly voter: Voter }, HolderFault>> {
  const isApart = election.registrar_key !== null
  const personId = await voterFor(db, election, secret, signedIn)
  if (personId === null) return fail(isApart ? 'not-signed-in' : 'not-on-roll')
  const leaf = await ownLeaf(db, election, { personId, votingKey, secret })
  const person = leaf === null ? null : await personById(db, personId)
  if (leaf === null || person === null) return fail(isApart ? 'wrong-voter' : 'not-on-roll')
  const history = await historyOf(db, election.decision, votingKey)
  const previous = history.last === noPreviousTracker ? null : history.last
  return ok({ personId, voter: { name: fullName(person), leaf, previous, castCount: history.cast } })
}

/** Everything anybody may know of an election, and the visitor's own line when they are on its roll. */
export async function publicView(visit: Visit, election: ElectionTable) {
  const { db, clock, movement } = visit
  const { decision } = election
  const now = clock.now()
  const standing = await standingOf(db, election, now)
  const row = await db.selectFrom('decision').select('title').where('id', '=', decision).executeTakeFirstOrThrow()
  const castCount = await votersIn(db, decision)
  const [officer] = await holdersOf(db, 'returning-officer', now)
  const named = officer === undefined ? null : await personById(db, officer.personId)
  const trustees = election.trustees === null ? null : await documentOf(db, election.trustees)
  return {
    uuid: election.uuid,
    decision,
    number: String(decision),
    title: row.title,
    movement: movement.name,
    ...standing,
    now,
    zone: visit.zone,
    election: election.election === null ? '' : ((await documentOf(db, election.election)) ?? ''),
    fingerprint: election.phi ?? '',
    trusteesFingerprint: trustees === null ? null : createHash('sha256').update(trustees).digest('hex'),
    group: election.group_name,
    rollSize: election.roll_size,
    castCount,
    singleOperator: election.registrar_key === null,
    clauses: await clausesOf(db, election),
    returningOfficer: { name: named === null ? '' : fullName(named) },
    help: { missing: '/missing', post: `/d/${String(decision)}` },
    recordSize: (await logHead(db)).size,
    receiptKey: toHex(logSigner(visit).key.publicKey),
    change: await changeOf(db, decision),
    left: await placesLeft(db, election, now),
    voter: visit.personId === null ? null : await voterOfSession(visit, election, visit.personId),
  }
}

/** The signed-in member's own line. In single-operator mode the server can tell their voting key from the sealed code; later it cannot. */
async function voterOfSession(visit: Visit, election: ElectionTable, personId: string): Promise<Voter | null> {
  const line = await visit.db
    .selectFrom('roll_line')
    .select('leaf')
    .where('decision', '=', election.decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const person = line === undefined ? null : await personById(visit.db, personId)
  if (line === undefined || person === null) return null
  const code = await codeOf(visit, election.decision, personId)
  const key = code === null ? null : votingKeyOf(election.group_name, election.uuid, code)
  const history = key === null ? null : await historyOf(visit.db, election.decision, key)
  return {
    name: fullName(person),
    leaf: line.leaf,
    previous: history === null || history.last === noPreviousTracker ? null : history.last,
    castCount: history?.cast ?? 0,
  }
}

/** Where a ballot lies in the public box, by its fingerprint or its code; null when it is not there. */
export async function placeInBox(db: Db, election: ElectionTable, name: string) {
  const row = await db
    .selectFrom('ballot')
    .selectAll()
    .where('decision', '=', election.decision)
    .where((e) => e.or([e('tracker', '=', name), e('code', '=', name.toUpperCase().replaceAll('-', '–'))]))
    .executeTakeFirst()
  if (row === undefined) return null
  const history = await historyOf(db, election.decision, row.voting_key)
  const [placed] = await entries(db, { from: row.position, count: 1 })
  return {
    index: row.position,
    ballotNumber: row.number,
    at: row.at,
    tracker: row.tracker,
    code: row.code,
    current: history.last === row.tracker,
    /** The exact bytes, so that a device compares what lies in the box with what it sent. */
    ballot: placed === undefined ? null : (bodyOfEntry(placed.entry, 'ballot')?.ballot ?? null),
  }
}

/** The whole public box of an election that was set up; null before. */
export async function publicBox(db: Db, election: ElectionTable) {
  const document = async (fingerprint: string | null): Promise<string | null> =>
    fingerprint === null ? null : documentOf(db, fingerprint)
  const [text, trustees, credentials] = await Promise.all([
    document(election.election),
    document(election.trustees),
    document(election.credentials),
  ])
  if (text === null || trustees === null || credentials === null) return null
  const openings = await db.selectFrom('opening').selectAll().where('decision', '=', election.decision).orderBy('place').execute()
  const [closing] = await entries(db, { decision: election.decision, type: 'box-closed' })
  const closed = closing === undefined ? null : bodyOfEntry(closing.entry, 'box-closed')
  const tally = closed === null || election.tally === null ? null : { ...closed, tally: election.tally }
  return {
    election: text,
    trustees,
    // As `publicRollText` wrote it. Whoever recounts checks every key; to check a thousand here at each visit would take a second.
    credentials: JSON.parse(credentials) as readonly string[],
    ballots: await recordedBallots(db, election.decision),
    departures: await departuresFrom(db, election.decision),
    closed: closed !== null,
    encryptedTally:
      tally === null
        ? null
        : { text: tally.tally, tallied: tally.counted, hash: createHash('sha256').update(tally.tally).digest('hex') },
    shuffles: await shufflesOf(db, election.decision),
    openings: openings.map(({ place, payload, proof }) => ({ owner: place, payload, proof })),
    result: election.result,
  }
}

/**
 * The public box with what the record says of it, once it has closed: every entry since the roll was frozen, before which no trustee's key was made.
 * Null before the election was set up.
 */
export async function boxOnRecord(work: Work, election: ElectionTable) {
  const { decision } = election
  const box = await publicBox(work.db, election)
  const [frozen] = await entries(work.db, { decision, type: 'roll', latestFirst: true, count: 1 })
  if (box === null) return null
  const record =
    box.closed && frozen !== undefined ? await recordStretch(work, frozen.position, { type: 'ballot', decision }) : null
  return { ...box, record }
}

/** The key ceremony of an election as a visitor sees it, with what its page says on top. */
export async function ceremonyView(visit: Visit, election: ElectionTable) {
  const row = await visit.db.selectFrom('decision').select('title').where('id', '=', election.decision).executeTakeFirstOrThrow()
  const ceremony = await ceremonyOf(visit.db, election, visit.personId)
  return { ...ceremony, title: row.title, movement: visit.movement.name, record: await recordTerms(visit) }
}
