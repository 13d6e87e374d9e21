import { areSignedCodes, parseBindList, parsePublicRoll } from '@quorate/ballots'
import { fail, instant, ok, type Result } from '@quorate/kernel'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { fingerprintOf, storeDocument } from '#lib/features/record/index.ts'
import { chunks, transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { deliveryOf, type Delivery } from '#lib/platform/mail.ts'
import { checkSignature, type SignatureFault, type SignedRequest } from '#lib/platform/signed-request.ts'
import { officerName } from './ballot-mail.ts'
import { closingOf } from './box.ts'
import { engine } from './engine.ts'
import { atFrozenAddress } from './frozen-roll.ts'
import { sayHandover } from './handover.ts'
import type { RegistrarElection, RegistrarLine, RegistrarWork } from './registrar-work.ts'
import type { ElectionTable } from './tables.ts'
import { electionsListed, standingOf, type TitledElection } from './view.ts'

/** Whether a request comes from the registrar whose key the operator set. */
export function fromRegistrar(
  { settings, machine }: Pick<Work, 'settings' | 'machine'>,
  request: SignedRequest,
  header: string | null,
): Result<string, SignatureFault | 'no registrar'> {
  const key = settings.registrarKey
  if (key === undefined) return fail('no registrar')
  const checked = checkSignature(request, header, key, machine.now())
  return checked.kind === 'ok' ? ok(key) : checked
}

/** What waits for the registrar of a key: rolls whose codes are to be made, open ballots, requests for a link, boxes that have closed. */
export async function registrarWork(work: Work, key: string): Promise<RegistrarWork> {
  const { db, movement, settings } = work
  const elections: RegistrarElection[] = []
  for (const election of await electionsListed(db))
    if (election.registrar_key === key) elections.push(await registrarElection(work, key, election))
  return { movement: movement.name, zone: String(movement.zone), address: settings.publicAddress, elections }
}

async function registrarElection(work: Work, key: string, election: TitledElection): Promise<RegistrarElection> {
  const { decision, uuid, title, group_name: group, electorate, roll_size: size, roll_root: root } = election
  const standing = await standingOf(work.db, election, work.clock.now())
  const closed = standing.state === 'closed' || standing.state === 'counted'
  const state = election.issued_at === null ? 'to-issue' : standing.state === 'open' ? 'open' : closed ? 'closed' : 'issued'
  const closesAt = await closingOf(work.db, decision)
  const lines = state === 'to-issue' ? await linesOf(work, decision) : []
  if (lines.length > 0) await sayHandover(work, decision, key, lines.length)
  return {
    decision,
    uuid,
    title,
    group,
    electorate,
    size,
    root,
    state,
    closesAt: closesAt === null ? null : instant(closesAt),
    officer: await officerName(work),
    lines,
    again: state === 'open' ? await requestsOf(work, decision) : [],
  }
}

async function linesOf({ db }: Work, decision: number): Promise<readonly RegistrarLine[]> {
  const rows = await db.selectFrom('roll_line').selectAll().where('decision', '=', decision).orderBy('leaf').execute()
  const known = await personsById(
    db,
    rows.map((row) => row.person_id),
  )
  const persons = await atFrozenAddress(db, decision, [...known.values()])
  return rows.flatMap(({ person_id, leaf, salt }) => {
    const person = persons.get(person_id)
    if (person === undefined) return []
    const { membershipNumber: member, givenName, email, locale } = person
    return [{ leaf, salt: salt.toString('hex'), member, name: fullName(person), givenName, email, locale }]
  })
}

const requestsOf = async ({ db }: Work, decision: number) =>
  (
    await db
      .selectFrom('link_request as q')
      .innerJoin('roll_line as r', (j) => j.onRef('r.decision', '=', 'q.decision').onRef('r.person_id', '=', 'q.person_id'))
      .select(['r.leaf', 'q.number'])
      .where('q.decision', '=', decision)
      .where('q.mailed_at', 'is', null)
      .orderBy('q.asked_at')
      .limit(500)
      .execute()
  ).map(({ leaf, number }) => ({ leaf, number }))

/** Why the registrar's lists were not taken. Nothing was written. */
export type CodesFault =
  'not yours' | 'issued already' | 'roll malformed' | 'count differs' | 'bind list malformed' | 'not signed' | 'no such election'

/**
 * Takes the public roll and the bind list that the registrar's program made. The same lists again are taken as done, so that an answer that was
 * lost can be asked for once more; other ones are refused.
 */
export async function takeCodes(
  { db, clock }: Work,
  key: string,
  election: ElectionTable,
  lists: { readonly roll: string; readonly binds: string; readonly signature: string },
): Promise<Result<number, CodesFault>> {
  if (election.registrar_key !== key) return fail('not yours')
  const roll = parsePublicRoll(engine(election.group_name), lists.roll)
  if (roll.kind === 'fail') return fail('roll malformed')
  const keys = [...roll.value.entries.keys()]
  // One vote each: a roll with more weight would be set up, and then refused by everybody who verifies it.
  if (keys.length !== election.roll_size || roll.value.weightTotal !== election.roll_size) return fail('count differs')
  const binds = parseBindList(lists.binds, keys)
  if (binds.kind === 'fail') return fail('bind list malformed')
  const { decision, uuid } = election
  const { signature } = lists
  const hashes = { uuid, roll: fingerprintOf(lists.roll), binds: fingerprintOf(lists.binds) }
  if (!areSignedCodes(hashes, { key, signature })) return fail('not signed')
  return transaction(db, async (tx) => {
    const credentials = await storeDocument(tx, lists.roll)
    const bind = await storeDocument(tx, lists.binds)
    const claimed = await tx
      .updateTable('election')
      .set({ issued_at: clock.now(), credentials, bind, codes_signature: signature })
      .where('decision', '=', decision)
      .where('issued_at', 'is', null)
      .executeTakeFirst()
    if (claimed.numUpdatedRows === 0n) {
      const held = await tx
        .selectFrom('election')
        .select(['credentials', 'bind'])
        .where('decision', '=', decision)
        .executeTakeFirstOrThrow()
      return held.credentials === credentials && held.bind === bind ? ok(keys.length) : fail('issued already')
    }
    for (const chunk of chunks(binds.value))
      await tx
        .insertInto('voting_key')
        .values(chunk.map((line) => ({ decision, voting_key: line.key, bind: line.bind })))
        .execute()
    await wakeSweeper(tx)
    return ok(keys.length)
  })
}

/** What the registrar's program says of its mailing, for the delivery board: figures, and requests for a link that it answered. */
export type MailingReport = {
  readonly total: number
  readonly sent: number
  readonly bounced: number
  readonly answered: readonly { readonly leaf: string; readonly number: number }[]
}

/** Notes how far the registrar's mailing is. */
export async function takeReport(
  { db, clock }: Work,
  key: string,
  election: ElectionTable,
  report: MailingReport,
): Promise<boolean> {
  if (election.registrar_key !== key) return false
  const { decision } = election
  const { total, sent, bounced, answered } = report
  await transaction(db, async (tx) => {
    await tx
      .updateTable('election')
      .set({ mailed_total: total, mailed_sent: sent, mailed_bounced: bounced })
      .where('decision', '=', decision)
      .execute()
    for (const { leaf, number } of answered)
      await tx
        .updateTable('link_request as q')
        .from('roll_line as r')
        .set({ mailed_at: clock.now() })
        .whereRef('r.decision', '=', 'q.decision')
        .whereRef('r.person_id', '=', 'q.person_id')
        .where('q.decision', '=', decision)
        .where('q.number', '=', number)
        .where('r.leaf', '=', leaf)
        .execute()
  })
  return true
}

/** Delivery of the voting links: the server's own mails, or what a separate registrar reports of its own. */
export async function linkDelivery(db: Work['db'], decision: number): Promise<Delivery> {
  const row = await db
    .selectFrom('election')
    .select(['registrar_key', 'mailed_total', 'mailed_sent', 'mailed_bounced'])
    .where('decision', '=', decision)
    .executeTakeFirst()
  if (row === undefined || row.registrar_key === null) return deliveryOf(db, 'ballot', String(decision))
  const [total, sent, bounced] = [row.mailed_total ?? 0, row.mailed_sent ?? 0, row.mailed_bounced ?? 0]
  return { total, sent, bounced, waiting: total - sent - bounced, failed: 0 }
}
