import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { keptKeyFile, playedTrustees } from '#lib/features/demo/index.ts'
import {
  electionByUuid,
  electionMessages,
  takeTrusteeAnswer,
  trusteeItems,
  type AnswerFault,
} from '#lib/features/elections/index.ts'
import { fullName, holdersOf } from '#lib/features/membership/index.ts'
import { dayWords } from '#lib/platform/dates.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words, type Locale } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** The ballot boxes at whose key table this person sits. In a demonstration, also what its own trustees could do. */
export const load: PageServerLoad = async ({ locals }) => {
  const { person, db, clock, locale, zone, movement } = locals
  if (person === null) redirect(303, '/signin?next=/desk/trustee')
  const t = words(electionMessages, locale)
  const items = await trusteeItems(locals)
  const holders = await holdersOf(db, 'trustee', clock.now())
  if (items.length === 0 && !holders.some((held) => held.personId === person.id)) error(403, t('trustee.only'))
  return {
    eyebrow: t('trustee.eyebrow', { name: fullName(person), today: dayWords(clock.now(), zone, locale, 'full') }),
    boxes: await Promise.all(
      items.map(async ({ item, ceremony }) => {
        const played = movement.demo ? await playedTrustees(db, item.decision) : []
        const begun = new Set([...ceremony.steps.map((step) => step.index), ...played.map((p) => p.place)])
        return {
          ...item,
          demo: movement.demo
            ? {
                keyFile: (await keptKeyFile(db, item.decision, person.id)) !== null,
                others:
                  ceremony.state === 'collecting' && ceremony.names.some((_, i) => i + 1 !== ceremony.you && !begun.has(i + 1)),
              }
            : null,
        }
      }),
    ),
  }
}

const form = z.object({ uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/), answer: z.instanceof(File) })

const malformed: ReadonlySet<AnswerFault['kind']> = new Set(['unreadable', 'bad-message', 'bad-proof'])
const waits: ReadonlySet<AnswerFault['kind']> = new Set(['busy', 'not-checked'])
const statusOf = ({ kind }: AnswerFault) =>
  malformed.has(kind) ? 422 : kind === 'not-a-trustee' ? 403 : waits.has(kind) ? 503 : 409

function faultText(fault: AnswerFault, locale: Locale): string {
  const t = words(electionMessages, locale)
  switch (fault.kind) {
    case 'unreadable':
      return t(`trustee.files.fault.${fault.why}`)
    case 'bad-message':
    case 'bad-proof':
      return t(`trustee.files.fault.${fault.kind}`, { check: fault.check })
    case 'step-done':
    case 'already-shuffled':
    case 'already-opened':
      return t('trustee.files.fault.another-answer')
    default:
      return t(`trustee.files.fault.${fault.kind}`)
  }
}

/** Takes the answer file that a trustee's own program wrote. The same file again does no harm, so nothing is redirected. */
export const actions: Actions = {
  answer: async ({ request, locals }) => {
    const { personId, locale, db } = locals
    const t = words(electionMessages, locale)
    if (personId === null) redirect(303, '/signin?next=/desk/trustee')
    const read = await readForm(request, form)
    if (read.kind === 'fail' || read.value.answer.size === 0)
      return fail(422, { uuid: read.kind === 'ok' ? read.value.uuid : null, why: t('trustee.files.fault.none') })
    const { uuid, answer } = read.value
    const election = await electionByUuid(db, uuid)
    const done = election === null ? null : await takeTrusteeAnswer(locals, election, personId, await answer.text())
    if (done === null) return fail(409, { uuid, why: t('trustee.files.fault.other-ballot') })
    if (done.kind === 'fail') return fail(statusOf(done.error), { uuid, why: faultText(done.error, locale) })
    return { uuid, said: t(done.value.taken > 0 ? 'trustee.files.taken' : 'trustee.files.before') }
  },
}
