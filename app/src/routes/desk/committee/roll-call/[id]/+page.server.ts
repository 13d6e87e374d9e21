import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import {
  actOnRollCall,
  attemptPlace,
  castRollCall,
  closeRollCall,
  enterRollCall,
  pageMessages,
  refusalView,
  rollCallMessages,
  rollCallPage,
  type RollCallFaultKind,
  type SignedOnDevice,
} from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readForm, readParams } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import { body, committeeSeated } from '../../committee.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/committee/roll-call'
const address = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) })

/** The roll-call that an address names, its page, and who asks, who sits on the committee. */
async function asked(
  locals: App.Locals,
  params: unknown,
): Promise<{ readonly id: string; readonly here: string; readonly personId: string }> {
  const { id } = readParams(params, address)
  const here = `${page}/${id}`
  return { id, here, personId: (await committeeSeated(locals, here)).personId }
}

/** A roll-call as the committee sees it: who said what. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { id, personId } = await asked(locals, params)
  const { locale, zone } = locals
  const found = await rollCallPage(locals, personId, body, id)
  if (found === null) error(404, words(rollCallMessages, locale)('fault.no such roll-call'))
  const { openedAt, closedAt, actedAt, ...rest } = found
  const said = (at: typeof closedAt): string | null => (at === null ? null : instantWords(at, zone, locale, 'full'))
  return { ...rest, body, openedAt: said(openedAt) ?? '', closedAt: said(closedAt), acted: actedAt !== null }
}

const statuses: Readonly<Record<RollCallFaultKind, number>> = {
  'not seated': 403,
  'no such roll-call': 404,
  closed: 409,
  'voted already': 409,
  'not in the chair': 403,
  'still open': 409,
  'acted already': 409,
  'has a device': 409,
  'no such device': 403,
  'signature fails': 422,
  'not the next': 409,
  'too often': 409,
  'not the minutes': 403,
  'your own seat': 409,
}

/** The page again, with why nothing was done. */
function refused(locals: App.Locals, kind: RollCallFaultKind) {
  const message = words(rollCallMessages, locals.locale)(`fault.${kind}`)
  return fail(statuses[kind], { faults: [{ field: '', message }], refusal: null })
}

const said = z.enum(['for', 'against', 'abstain'])
const voteForm = z.object({
  vote: said,
  seq: z.string().default(''),
  key: z.string().default(''),
  signature: z.string().default(''),
})
const aloudForm = z.object({ seat: z.string().max(80), aloud: said })

/** What a device signed, as the form has it; null when no device did. */
function signedIn({ seq, key, signature }: Omit<z.output<typeof voteForm>, 'vote'>): SignedOnDevice | null {
  return seq === '' && key === '' && signature === '' ? null : { seq: /^\d{1,4}$/.test(seq) ? Number(seq) : 0, key, signature }
}

/** A vote, what was called aloud, the closing, and what comes of it: each a form of its own. */
export const actions: Actions = {
  vote: async ({ request, locals, params }) => {
    const { id, here, personId } = await asked(locals, params)
    const read = await readForm(request, voteForm)
    if (read.kind === 'fail') {
      const message = words(rollCallMessages, locals.locale)('fault.vote')
      return fail(422, { faults: [{ field: 'vote', message }], refusal: null })
    }
    const done = await castRollCall(locals, personId, id, read.value.vote, signedIn(read.value))
    if (done.kind === 'fail') return refused(locals, done.error)
    redirect(303, here)
  },
  enter: async ({ request, locals, params }) => {
    const { id, here, personId } = await asked(locals, params)
    const read = await readForm(request, aloudForm)
    if (read.kind === 'fail') {
      const message = words(rollCallMessages, locals.locale)('fault.aloud')
      return fail(422, { faults: [{ field: 'seat', message }], refusal: null })
    }
    const { seat, aloud } = read.value
    const done = await enterRollCall(locals, personId, id, { seat, vote: aloud })
    if (done.kind === 'fail') return refused(locals, done.error)
    redirect(303, here)
  },
  close: async ({ locals, params }) => {
    const { id, here, personId } = await asked(locals, params)
    const done = await closeRollCall(locals, personId, id)
    if (done.kind === 'fail') return refused(locals, done.error)
    redirect(303, here)
  },
  act: async ({ locals, params }) => {
    const { id, personId } = await asked(locals, params)
    const { db, locale, zone } = locals
    const done = await actOnRollCall(locals, personId, id)
    if (done.kind === 'ok') {
      await wakeSweeper(db)
      redirect(303, `/d/${String(done.value.decision)}`)
    }
    const why = done.error
    if (why.kind === 'refusal') {
      const place = await attemptPlace(locals, personId, why)
      const rulebook = await rulebookInForce(db)
      return fail(403, { faults: [], refusal: refusalView(why, { locale, zone, rulebook }, place) })
    }
    if (why.kind === 'malformed')
      return fail(422, { faults: [{ field: '', message: words(pageMessages, locale)('act.malformed') }], refusal: null })
    return refused(locals, why.kind)
  },
}
