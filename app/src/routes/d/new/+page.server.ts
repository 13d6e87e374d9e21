import { fail, redirect } from '@sveltejs/kit'
import type { ClauseId } from '@quorate/rulebook'
import { z } from 'zod'
import {
  attemptPlace,
  clauseText,
  draftView,
  exampleOf,
  pageMessages,
  propose,
  refusalView,
  type RefusalView,
} from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import { readForm, readQuery } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

const query = z.object({ clause: clauseText.optional(), example: z.literal('notice').optional() }).loose()

/** A rule to change, with its text ready to be changed; or the list of rules to choose from. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const t = words(pageMessages, locals.locale)
  const { clause, example } = readQuery(url, query)
  const rulebook = await rulebookInForce(locals.db)
  const chosen = rulebook.document.clauses.find((c) => c.id === clause)
  const rules = rulebook.document.clauses.map(({ id, title, level }) => ({ id, title, level }))
  if (clause === undefined || chosen === undefined)
    return { clause: null, rules, fault: clause === undefined ? null : t('new.fault.clause', { clause }) }
  const ready = await exampleOf(locals, chosen.id)
  const start = example === undefined || ready === null ? { title: '', reasons: '', text: chosen.source } : ready
  return { clause: chosen.id, rules: [], fault: null, title: chosen.title, example: ready !== null, start }
}

const titleMax = 200
const reasonsMax = 10_000
const textMax = 20_000

/** What was typed, whatever it was: nothing is lost on a fault. */
async function typed(event: RequestEvent) {
  const t = words(pageMessages, event.locals.locale)
  const loose = z.object({
    clause: clauseText,
    title: z.string().default(''),
    reasons: z.string().default(''),
    text: z.string().default(''),
  })
  const read = await readForm(event.request, loose)
  if (read.kind === 'fail') return null
  const values = { ...read.value, text: read.value.text.replaceAll('\r\n', '\n') }
  const faults: FieldFault[] = []
  if (values.title.trim() === '' || values.title.length > titleMax) faults.push({ field: 'title', message: t('new.fault.title') })
  if (values.reasons.trim() === '' || values.reasons.length > reasonsMax)
    faults.push({ field: 'reasons', message: t('new.fault.reasons') })
  if (values.text.trim() === '' || values.text.length > textMax) faults.push({ field: 'text', message: t('new.fault.text') })
  return { values, faults }
}

const noView = { changes: [], steps: [], inForce: null, refusal: null as RefusalView | null }

async function knownClause(event: RequestEvent, clause: string): Promise<boolean> {
  return (await rulebookInForce(event.locals.db)).document.clauses.some((c) => c.id === clause)
}

async function read(event: RequestEvent) {
  const form = await typed(event)
  const t = words(pageMessages, event.locals.locale)
  if (form === null || !(await knownClause(event, form.values.clause))) {
    const message = t('new.fault.clause', { clause: form?.values.clause ?? '' })
    const values = form?.values ?? { clause: '', title: '', reasons: '', text: '' }
    return { ok: false as const, answer: fail(422, { values, faults: [{ field: 'text', message }], view: noView }) }
  }
  const { values, faults } = form
  const longText = faults.some((fault) => fault.field === 'text')
  const view = longText ? { ...noView, faults: [] } : await draftView(event.locals, { clause: values.clause, after: values.text })
  const all = [...faults, ...view.faults]
  if (all.length > 0) return { ok: false as const, answer: fail(422, { values, faults: all, view }) }
  if (view.refusal !== null) return { ok: false as const, answer: fail(403, { values, faults: all, view }) }
  return { ok: true as const, values, view }
}

/** Preview judges and files nothing; file does. */
export const actions: Actions = {
  preview: async (event) => {
    const form = await read(event)
    return form.ok ? { values: form.values, faults: [], view: form.view } : form.answer
  },
  file: async (event) => {
    const { personId, locale, zone, db } = event.locals
    if (personId === null) redirect(303, '/signin?next=/d/new')
    const form = await read(event)
    if (!form.ok) return form.answer
    const { title, reasons, clause, text } = form.values
    const draft = { title: title.trim(), reasons: reasons.trim(), changes: [{ clause: clause as ClauseId, after: text }] } // found in the rulebook
    const filed = await propose(event.locals, personId, draft)
    if (filed.kind === 'ok') {
      await wakeSweeper(db)
      redirect(303, `/d/${String(filed.value.decision)}?done=filed`)
    }
    const t = words(pageMessages, locale)
    if (filed.error.kind === 'refusal') {
      const voice = { locale, zone, rulebook: await rulebookInForce(db) }
      const refusal = refusalView(filed.error, voice, await attemptPlace(event.locals, personId, filed.error))
      return fail(403, { values: form.values, faults: [], view: { ...form.view, refusal } })
    }
    return fail(422, { values: form.values, faults: [{ field: 'text', message: t('act.malformed') }], view: form.view })
  },
}
