import { createHash } from 'node:crypto'
import { linkCode } from '@quorate/ballots'
import { fail, instant, ok, type Instant, type Result } from '@quorate/kernel'
import { fullName, personByNumber, personsByEmail, type Person } from '#lib/features/membership/index.ts'
import { transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { newId } from '#lib/platform/ids.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { enqueueMails } from '#lib/platform/mail.ts'
import { officerName, resentPurpose } from './ballot-mail.ts'
import { atFrozenAddress } from './frozen-roll.ts'
import { codeOf } from './registrar.ts'
import './tables.ts'
import { electionsListed, standingOf, type TitledElection } from './view.ts'
import { votingLetter } from './voting-letter.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Requests from one network address within {@link windowMs}; a family shares one, a guesser of members would need thousands. */
const perNetwork = 12
const windowMs = 10 * minuteMs
/** Links sent again to one person for one ballot within an hour. */
const perPerson = 3
/** Requests answered in one round of the sweeper. */
const roundMax = 200

const networkOf = (address: string): Buffer => createHash('sha256').update(`quorate/network/v1\n${address}`).digest()

/**
 * Notes that somebody asks for a voting link again, by e-mail address or membership number. Whether anybody is behind it is looked up later
 * and elsewhere, so the answer and its time are the same for a stranger. Fails only by what the asker's own connection has done. Times are
 * the machine's: moving a demonstration's clock must not lift a limit.
 */
export async function askForLink(work: Work, asked: string, address: string): Promise<Result<null, 'too many'>> {
  const { db, machine, random } = work
  const now = machine.now()
  const network = networkOf(address)
  return transaction(db, async (tx) => {
    const { n } = await tx
      .selectFrom('lost_ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('network', '=', network)
      .where('asked_at', '>', instant(now - windowMs))
      .executeTakeFirstOrThrow()
    if (n >= perNetwork) return fail('too many')
    await tx
      .insertInto('lost_ballot')
      .values({ id: newId(now, random), asked: asked.trim(), network, asked_at: now })
      .execute()
    await wakeSweeper(tx)
    return ok(null)
  })
}

/** Who is meant by what somebody typed: everyone at an address, or the member of a number. */
async function meant(db: Db, asked: string): Promise<readonly Person[]> {
  if (asked.includes('@')) return personsByEmail(db, asked)
  const number = /^\d{1,9}$/.test(asked) ? Number(asked) : null
  const person = number === null ? null : await personByNumber(db, number)
  return person === null ? [] : [person]
}

/**
 * Answers the requests that wait: mails each person their links again, then forgets what was typed. Each request and its mails are one
 * transaction, and rivals skip what another holds, so that nobody gets two mails for one request. Returns how many it answered.
 */
export async function answerRequests(work: Work): Promise<number> {
  const { db, machine } = work
  let answered = 0
  for (; answered < roundMax && (await answerOne(work)); answered++);
  await db
    .deleteFrom('lost_ballot')
    .where('asked', 'is', null)
    .where('asked_at', '<', instant(machine.now() - windowMs))
    .execute()
  return answered
}

const answerOne = (work: Work): Promise<boolean> =>
  transaction(work.db, async (tx) => {
    const row = await tx
      .selectFrom('lost_ballot')
      .select(['id', 'asked'])
      .where('asked', 'is not', null)
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return false
    const within: Work = { ...work, db: tx }
    const open = await openElections(within)
    const persons = open.length === 0 ? [] : await meant(tx, row.asked ?? '')
    for (const person of persons) for (const election of open) await sendAgain(within, election, person)
    await tx.updateTable('lost_ballot').set({ asked: null }).where('id', '=', row.id).execute()
    return true
  })

/** Ballots that are open now. */
async function openElections({ db, clock }: Work): Promise<readonly TitledElection[]> {
  const found: TitledElection[] = []
  for (const election of await electionsListed(db))
    if ((await standingOf(db, election, clock.now())).state === 'open') found.push(election)
  return found
}

/** How sending a link again ended. */
export type Resent = 'sent' | 'not on the roll' | 'not open' | 'too often'

/**
 * Mails one person their voting link for one open ballot again. In this version the sealed code is the same one, so the earlier link stays
 * good, and the mail says so. Numbers run on from the last such mail, so that each is sent once.
 */
export async function sendAgain(work: Work, election: TitledElection, person: Person): Promise<Resent> {
  const { db, clock, random, settings, movement } = work
  const { decision, uuid, title } = election
  const now = clock.now()
  const { state, closesAt } = await standingOf(db, election, now)
  if (state !== 'open') return 'not open'
  if (election.registrar_key !== null) return askRegistrar(work, decision, person.id, now)
  const code = await codeOf(work, decision, person.id)
  if (code === null) return 'not on the roll'
  const earlier = await db
    .selectFrom('mail')
    .select(['queued_at'])
    .where('purpose', '=', resentPurpose)
    .where('recipient', '=', person.id)
    .where('about', 'like', `${String(decision)}:%`)
    .execute()
  if (earlier.filter((mail) => mail.queued_at > now - hourMs).length >= perPerson) return 'too often'
  const officer = await officerName(work)
  const address = (await atFrozenAddress(db, decision, [person])).get(person.id)?.email ?? person.email
  await transaction(db, async (tx) => {
    await enqueueMails(tx, clock, random, [
      {
        purpose: resentPurpose,
        about: `${String(decision)}:${String(earlier.length + 1)}`,
        recipient: person.id,
        address,
        name: fullName(person),
        locale: person.locale,
        letter: votingLetter(person.locale, {
          title,
          closesAt: instant(closesAt),
          zone: movement.zone,
          address: settings.publicAddress,
          uuid,
          code: election.phi === null ? code : linkCode(code, election.phi),
          officer,
          givenName: person.givenName,
          votingKey: null,
          again: true,
        }),
      },
    ])
    await wakeSweeper(tx)
  })
  return 'sent'
}

/** Asks a separate registrar to mail somebody their link again: it knows the code, and where the frozen roll says it goes. */
async function askRegistrar({ db }: Work, decision: number, personId: string, now: Instant): Promise<Resent> {
  const line = await db
    .selectFrom('roll_line')
    .select('leaf')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (line === undefined) return 'not on the roll'
  const earlier = await db
    .selectFrom('link_request')
    .select(['asked_at'])
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .execute()
  if (earlier.filter(({ asked_at }) => asked_at > now - hourMs).length >= perPerson) return 'too often'
  await db
    .insertInto('link_request')
    .values({ decision, person_id: personId, number: earlier.length + 1, asked_at: now, mailed_at: null })
    // Two at once: one request is enough for both.
    .onConflict((c) => c.doNothing())
    .execute()
  return 'sent'
}
