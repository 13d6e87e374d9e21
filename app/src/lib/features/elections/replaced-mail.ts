import { fullName, personsById } from '#lib/features/membership/index.ts'
import type { Tx } from '#lib/platform/database.ts'
import { dayWords } from '#lib/platform/dates.ts'
import type { Work } from '#lib/platform/feature.ts'
import { enqueueMails } from '#lib/platform/mail.ts'
import { words } from '#lib/platform/words.ts'
import type { Instant } from '@quorate/kernel'
import { officerName } from './ballot-mail.ts'
import { atFrozenAddress } from './frozen-roll.ts'
import { messages } from './messages.ts'
import type { ElectionTable } from './tables.ts'

/** Purpose of the mail that tells somebody that their vote was replaced. */
export const replacedPurpose = 'ballot-replaced'

/** A person whose vote was replaced by their `turn`-th. */
export type Replaced = { readonly personId: string; readonly turn: number }

/**
 * Tells everybody whose vote was replaced, at the address they had when the roll was frozen: who has somebody's link can vote in their place, and that
 * must not go unseen. It names the day and no more: with the minute a mailbox would tell which locked vote is whose. Source: BALLOTS §3.
 */
export async function tellReplaced(
  work: Work,
  tx: Tx,
  { decision, uuid }: ElectionTable,
  replaced: readonly Replaced[],
  at: Instant,
): Promise<void> {
  if (replaced.length === 0) return
  const { title } = await tx.selectFrom('decision').select('title').where('id', '=', decision).executeTakeFirstOrThrow()
  const known = await personsById(
    tx,
    replaced.map(({ personId }) => personId),
  )
  const persons = await atFrozenAddress(tx, decision, [...known.values()])
  const officer = await officerName({ db: tx, clock: work.clock })
  const { settings, movement } = work
  const mails = replaced.flatMap(({ personId, turn }) => {
    const person = persons.get(personId)
    if (person === undefined) return []
    const t = words(messages, person.locale)
    const letter = {
      subject: t('replaced-subject', { title }),
      parts: [
        t('replaced-greeting', { name: person.givenName, title, day: dayWords(at, movement.zone, person.locale, 'date') }),
        t('replaced-yours'),
        t('replaced-not-yours'),
        { url: `${settings.publicAddress}/vote/${uuid}/mine` },
      ],
      foot: t('ballot-foot', { officer }),
    }
    const about = `${String(decision)}:${String(turn)}`
    return [
      {
        purpose: replacedPurpose,
        about,
        recipient: personId,
        address: person.email,
        name: fullName(person),
        locale: person.locale,
        letter,
      },
    ]
  })
  await enqueueMails(tx, work.clock, work.random, mails)
}
