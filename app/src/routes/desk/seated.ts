import { error, redirect } from '@sveltejs/kit'
import { fullName, seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import { pageMessages } from '#lib/features/motions/index.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { words, type Locale } from '#lib/platform/words.ts'

/** Who speaks for a body on a page of its desk, and how many of its seats are filled; 403, with these words, for whoever has none of them. */
export async function seated(
  locals: App.Locals,
  page: string,
  { body, refused }: { readonly body: string | null; readonly refused: string },
): Promise<{ readonly personId: string; readonly who: string; readonly seats: number }> {
  const { person, personId, db, clock } = locals
  if (personId === null) redirect(303, `/signin?next=${page}`)
  const now = clock.now()
  if (body === null || !(await seatsOf(db, personId, now)).some((seat) => seat.body === body)) error(403, refused)
  return { personId, who: person === null ? '' : fullName(person), seats: (await seatedIn(db, body, now)).length }
}

/** A number of votes as typed; null when it is none, or more than there are seats. */
function votesIn(text: string, seats: number): number | null {
  const n = /^\d{1,4}$/.test(text.trim()) ? Number(text) : seats + 1
  return n <= seats ? n : null
}

/** How a body voted, as typed: two numbers that its seats can have cast, or what is wrong with each field. */
export function voteIn(
  typed: { readonly for: string; readonly against: string },
  seats: number,
  locale: Locale,
): { readonly vote: { readonly for: number; readonly against: number } | null; readonly faults: readonly FieldFault[] } {
  const t = words(pageMessages, locale)
  const [yes, no] = [votesIn(typed.for, seats), votesIn(typed.against, seats)]
  const fault = t('tonight.fault.votes', { n: seats })
  if (yes === null || no === null) {
    const wrong = [...(yes === null ? ['for'] : []), ...(no === null ? ['against'] : [])]
    return { vote: null, faults: wrong.map((field) => ({ field, message: fault })) }
  }
  if (yes + no > seats) return { vote: null, faults: [{ field: 'for', message: t('tonight.fault.sum', { n: seats }) }] }
  return { vote: { for: yes, against: no }, faults: [] }
}
