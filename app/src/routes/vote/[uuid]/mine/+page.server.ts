import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { instant } from '@quorate/kernel'
import {
  electionMessages,
  electionsListed,
  officerName,
  sendAgain,
  standingOf,
  type TitledElection,
} from '#lib/features/elections/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readParams } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

const params = z.object({ uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/) })

async function electionAt(db: Db, uuid: string): Promise<TitledElection> {
  const found = (await electionsListed(db)).find((election) => election.uuid === uuid)
  if (found === undefined) error(404, 'There is nothing here.')
  return found
}

/** `n…@lantern.example`: enough to know one's own address by. */
const veiled = (address: string): string => address.replace(/^(.)[^@]*/, '$1…')

/** What a member finds who presses Vote without the mail: where their link is, and one press to send it again. */
export const load: PageServerLoad = async (event) => {
  const { db, person, clock, locale, zone, movement } = event.locals
  const { uuid } = readParams(event.params, params)
  const election = await electionAt(db, uuid)
  if (person === null) redirect(303, `/signin?next=/vote/${uuid}/mine`)
  const { state, closesAt } = await standingOf(db, election, clock.now())
  const line = await db
    .selectFrom('roll_line')
    .select('leaf')
    .where('decision', '=', election.decision)
    .where('person_id', '=', person.id)
    .executeTakeFirst()
  return {
    title: election.title,
    decision: election.decision,
    separate: election.registrar_key !== null,
    onRoll: line !== undefined,
    state,
    closes: closesAt === 0 ? '' : instantWords(instant(closesAt), zone, locale),
    address: veiled(person.email),
    officer: await officerName(event.locals),
    mailbox: movement.demo ? `/demo/mail?to=${encodeURIComponent(person.email)}` : null,
  }
}

/** Mails the link again, to the address on the register and nowhere else. The code is never shown here, nor in an address of ours. */
export const actions: Actions = {
  default: async (event) => {
    const { db, person, locale } = event.locals
    const { uuid } = readParams(event.params, params)
    const election = await electionAt(db, uuid)
    if (person === null) redirect(303, `/signin?next=/vote/${uuid}/mine`)
    const t = words(electionMessages, locale)
    const resent = await sendAgain(event.locals, election, person)
    if (resent === 'sent') return { sent: true, why: null }
    if (resent === 'too often') return fail(429, { sent: false, why: t('mine.too-often') })
    return fail(403, { sent: false, why: resent === 'not open' ? t('mine.not-open') : t('mine.off-roll') })
  },
}
