import { linkCode } from '@quorate/ballots'
import { sql } from 'kysely'
import { fullName, holdersOf, personById, personsById } from '#lib/features/membership/index.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { deliveryOf, enqueueMails } from '#lib/platform/mail.ts'
import { instant } from '@quorate/kernel'
import { closingOf } from './box.ts'
import { atFrozenAddress } from './frozen-roll.ts'
import { codesToMail } from './registrar.ts'
import type { ElectionTable } from './tables.ts'
import { votingLetter } from './voting-letter.ts'

const purpose = 'ballot'
/** Purpose of a voting link that was asked for again. */
export const resentPurpose = 'ballot-again'

/** Full name of the returning officer to write to; empty while nobody holds the office. */
export async function officerName({ db, clock }: Pick<Work, 'db' | 'clock'>): Promise<string> {
  const [officer] = await holdersOf(db, 'returning-officer', clock.now())
  const named = officer === undefined ? null : await personById(db, officer.personId)
  return named === null ? '' : fullName(named)
}

/**
 * Mails the voting link to everyone on the frozen roll, once the ballot is open; later it takes the codes out of what was sent, so that the
 * outbox keeps none. Returns how many mails are new.
 */
export async function mailVotingLinks(work: Work): Promise<number> {
  const open = await work.db
    .selectFrom('election')
    .innerJoin('decision', 'decision.id', 'election.decision')
    .selectAll('election')
    .select('decision.title')
    .where('election.set_up_at', 'is not', null)
    .where('election.tally', 'is', null)
    // A separate registrar mails its own.
    .where('election.registrar_key', 'is', null)
    .where(
      sql<boolean>`exists (select from jsonb_each(decision.state->'stages') s where s.value->'box'->>'openedAt' is not null)`,
    )
    .execute()
  let added = 0
  for (const election of open) {
    if ((await deliveryOf(work.db, purpose, String(election.decision))).total === 0) added += await writeMails(work, election)
    else await forgetCodes(work, election.decision)
  }
  return added
}

async function writeMails(work: Work, election: ElectionTable & { readonly title: string }): Promise<number> {
  const { decision, uuid, title } = election
  const codes = await codesToMail(work, decision)
  const known = await personsById(work.db, [...codes.keys()])
  const persons = await atFrozenAddress(work.db, decision, [...known.values()])
  const closesAt = await closingOf(work.db, decision)
  const officer = await officerName(work)
  return transaction(work.db, (tx) =>
    enqueueMails(
      tx,
      work.clock,
      work.random,
      [...codes].flatMap(([personId, code]) => {
        const person = persons.get(personId)
        if (person === undefined) return []
        return [
          {
            purpose,
            about: String(decision),
            recipient: personId,
            address: person.email,
            name: fullName(person),
            locale: person.locale,
            letter: votingLetter(person.locale, {
              title,
              closesAt: closesAt === null ? null : instant(closesAt),
              zone: work.movement.zone,
              address: work.settings.publicAddress,
              uuid,
              code: election.phi === null ? code : linkCode(code, election.phi),
              officer,
              givenName: person.givenName,
              votingKey: null,
              again: false,
            }),
          },
        ]
      }),
    ),
  )
}

/** Takes the code out of voting links that have been sent or given up: from then on only the sealed copy exists. */
async function forgetCodes({ db }: Work, decision: number): Promise<void> {
  await sql`update mail set
      body_text = regexp_replace(body_text, '(/vote/[1-9A-HJ-NP-Za-km-z]+)#[\\w-]+', '\\1', 'g'),
      body_html = regexp_replace(body_html, '(/vote/[1-9A-HJ-NP-Za-km-z]+)#[\\w-]+', '\\1', 'g')
    where (purpose = ${purpose} and about = ${String(decision)} or purpose = ${resentPurpose} and about like ${`${String(decision)}:%`})
      and state in ('sent', 'bounced', 'failed') and body_text like '%/vote/%#%'`.execute(db)
}
