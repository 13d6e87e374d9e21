import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  electionFingerprint,
  electionText,
  openVotesMark,
  parseElection,
  parseTrustees,
  type AnyQuestion,
  type Question,
} from '@quorate/ballots'
import { assert, canonicalJson, type Instant } from '@quorate/kernel'
import type { BodyOf } from '@quorate/record'
import type { DecisionState, Fact, Fingerprint, Waiting } from '@quorate/rulebook'
import { changesView, parseProposal, perform, stateOf } from '#lib/features/motions/index.ts'
import { appendOwn, documentOf, lockLog, storeDocument } from '#lib/features/record/index.ts'
import { editionText, editionsListed, editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { engine } from './engine.ts'
import { ballotStageOf } from './lot.ts'
import { listBallotOf, listQuestion, setupValue } from './papers.ts'
import type { ElectionTable } from './tables.ts'

/** The question of a yes-or-no ballot: two answers, exactly one. An abstention is not cast. */
const yesNo = (title: string): Question => ({ answers: ['For', 'Against'], min: 1, max: 1, question: title })

let boothHash: string | null = null
/** What the record says voters were given: the fingerprint of the list of fingerprints of every file of the voting pages, which the build writes. */
function boothFingerprint(): string {
  if (boothHash !== null) return boothHash
  const builds = [
    join(import.meta.dirname, '../client'),
    join(process.cwd(), 'build/client'),
    join(process.cwd(), 'app/build/client'),
  ]
  const sums = builds.map((build) => join(build, 'booth/SHA256SUMS')).find((file) => existsSync(file))
  assert(sums !== undefined, 'the voting pages are built before a ballot is set up')
  boothHash = createHash('sha256').update(readFileSync(sums)).digest('hex')
  return boothHash
}

/**
 * What every voter is shown of the change, bound to the election's text by its fingerprint; therefore one text for all, in English. Null for a
 * decision that changes no clause.
 */
export async function changeOf(db: Db, decision: number): Promise<{ clause: string; before: string; after: string } | null> {
  const own: DecisionState | undefined = (await stateOf(db, decision))?.decisions[decision]
  const text = own === undefined ? null : await documentOf(db, own.document)
  const proposal = text === null ? null : parseProposal(text)
  const edition = (await editionsListed(db)).find(({ number }) => number === own?.proposedUnder)
  const rulebook = edition === undefined ? undefined : (await editionsOf(db)).byNumber.get(edition.number)
  if (proposal === null || edition === undefined || rulebook === undefined) return null
  const [change] = changesView(proposal, rulebook, await editionText(db, edition), 'en')
  return change === undefined ? null : { clause: change.clause, before: change.before ?? '', after: change.after ?? '' }
}

/**
 * Sets up every ballot whose voting codes are issued and whose key is complete: writes the election and its entry. After that nothing about
 * it can change: whoever leaves the list stays on the paper. A decision that is over is not set up. Returns how many were set up.
 */
export async function setUpElections(work: Work): Promise<number> {
  const ready = await work.db
    .selectFrom('election')
    .selectAll()
    .where('set_up_at', 'is', null)
    .where('issued_at', 'is not', null)
    .where('trustees', 'is not', null)
    .where('decision', 'not in', (e) => e.selectFrom('decision').select('id').where('ended_at', 'is not', null))
    .execute()
  for (const election of ready) await transaction(work.db, (tx) => setUp(tx, work, election))
  return ready.length
}

/**
 * The question of a decision's ballot, and who is on its paper. Null where the rule's method is one that no ballot of ours asks, and before the decision has come
 * to its ballot: until then the list may grow.
 */
async function questionOf(
  tx: Tx,
  decision: number,
  title: string,
  now: Instant,
): Promise<{ readonly question: AnyQuestion; readonly paper: readonly number[] | null } | null> {
  const list = await listBallotOf(tx, decision, now)
  if (list === null) return (await ballotStageOf(tx, decision, now)) === null ? null : { question: yesNo(title), paper: null }
  const question = listQuestion(list, title)
  return question === null ? null : { question, paper: list.asked.candidates }
}

/** Who made the codes, as the record says it: with a registrar apart in their own hand. */
const codesBy = ({
  registrar_key: key,
  codes_signature: signature,
}: Omit<ElectionTable, 'decision'>): BodyOf<'setup'>['registrar'] =>
  key === null ? 'single-operator' : signature === null ? 'separate' : { key, signature }

async function setUp(tx: Tx, work: Work, { decision, ...election }: ElectionTable): Promise<void> {
  const now = await lockLog(tx, work.clock.now())
  const { title } = await tx.selectFrom('decision').select('title').where('id', '=', decision).executeTakeFirstOrThrow()
  assert(election.trustees !== null && election.credentials !== null && election.bind !== null, 'codes and key are there')
  const file = await documentOf(tx, election.trustees)
  const own = engine(election.group_name)
  const trustees = parseTrustees(own, file ?? '')
  assert(trustees.kind === 'ok', 'the trustees file we made is one')
  const asked = await questionOf(tx, decision, title, now)
  if (asked === null) return
  const change = await changeOf(tx, decision)
  const bound = change === null ? '' : ` change:${electionFingerprint(canonicalJson(change))}`
  // Bound to every ballot: how few votes the trustees' devices open is settled, and told, before anybody votes.
  const open = (await ballotStageOf(tx, decision, now))?.secret === false ? ` ${openVotesMark}` : ''
  const text = electionText({
    version: 1,
    description: `${work.movement.name}, motion ${String(decision)}.${open}${bound}`,
    name: title,
    group: election.group_name,
    public_key: own.encode(trustees.value.publicKey),
    questions: [asked.question],
    uuid: election.uuid,
    administrator: `Returning officer of ${work.movement.name}`,
    credential_authority: election.registrar_key === null ? 'server' : `Registrar of ${work.movement.name}`,
  })
  // More answers than a paper of ranks or grades holds: no program could read the election.
  if (parseElection(text).kind === 'fail') return
  const fingerprint = await storeDocument(tx, text)
  const claimed = await tx
    .updateTable('election')
    .set({ election: fingerprint, phi: electionFingerprint(text), set_up_at: now, paper: asked.paper })
    .where('decision', '=', decision)
    .where('set_up_at', 'is', null)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return
  await appendOwn(tx, now, [
    {
      type: 'setup',
      decision,
      body: {
        election: fingerprint,
        trustees: election.trustees,
        credentials: election.credentials,
        bind: election.bind,
        booth: boothFingerprint(),
        group: election.group_name,
        registrar: codesBy(election),
      },
    },
  ])
}

/** Opens a ballot at its instant, when it is set up. Until then it waits, and the banner says so. Returns 1 when it opened. */
export async function openBallot(work: Work, { decision }: Waiting): Promise<number> {
  const election = await work.db.selectFrom('election').select(['election']).where('decision', '=', decision).executeTakeFirst()
  const text = election?.election
  if (text === undefined || text === null) return 0
  const fact = (at: Instant, list: Awaited<ReturnType<typeof listBallotOf>>): Fact => ({
    name: 'setup',
    of: null,
    value: setupValue(text, list),
    at,
    knownAt: at,
    source: 'box',
    evidence: text as Fingerprint, // SHA-256 in hex by storeDocument
  })
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'open' },
    facts: async ({ tx, now }) => [fact(now, await listBallotOf(tx, decision, now))],
  })
  return done.kind === 'ok' ? 1 : 0
}
