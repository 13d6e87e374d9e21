import { error, fail, redirect } from '@sveltejs/kit'
import type { Instant } from '@quorate/kernel'
import { z } from 'zod'
import { ballotBrief } from '#lib/features/elections/index.ts'
import {
  attemptEntry,
  challenge,
  decisionById,
  decisionPage,
  decisionParams,
  headingOf,
  pageMessages,
  pageVoice,
  refusalView,
  stand,
  standDown,
  statementMax,
  takeStep,
  type Decision,
  type PerformFault,
  type StepBody,
} from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { dayWords } from '#lib/platform/dates.ts'
import { readForm, readParams } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

const dones = [
  'sign',
  'withdraw',
  'check',
  'schedule',
  'certify',
  'challenge',
  'stand',
  'stand-down',
  'filed',
  'called',
  'helped',
] as const
const isDone = (text: string | null): text is (typeof dones)[number] => dones.some((done) => done === text)

async function decisionAsked(event: RequestEvent | Parameters<PageServerLoad>[0]): Promise<Decision> {
  const { number } = readParams(event.params, decisionParams)
  const decision = await decisionById(event.locals.db, number)
  if (decision === null) error(404, 'Not Found')
  return decision
}

/** A decision's page, or that of an attempt that was refused. */
export const load: PageServerLoad = async (event) => {
  const { locals, url } = event
  const decision = await decisionAsked(event)
  const { db, locale, zone } = locals
  const t = pageVoice(locale)
  const asked = url.searchParams.get('done')
  const helped = Number(url.searchParams.get('n'))
  const done = isDone(asked) ? t(`act.done.${asked}`, { n: Number.isSafeInteger(helped) ? helped : 0 }) : null
  if (decision.state === null) {
    const entry = await attemptEntry(db, decision.id)
    if (entry === null) error(404, 'Not Found')
    const voice = { locale, zone, rulebook: await rulebookInForce(db) }
    return {
      kind: 'attempt' as const,
      heading: headingOf(decision, t),
      date: dayWords(decision.proposedAt, zone, locale, 'full'),
      refusal: refusalView(entry.refusal, voice, { position: entry.position, attempt: 1 }),
    }
  }
  const ballot = await ballotBrief(db, decision.id, locals.clock.now(), locals.personId)
  return {
    kind: 'decision' as const,
    done,
    ballot,
    ...(await decisionPage(locals, { ...decision, state: decision.state }, ballot)),
  }
}

/** A person of ours, or the sign-in page. */
function signedIn(event: RequestEvent): string {
  if (event.locals.personId === null) redirect(303, `/signin?next=${encodeURIComponent(event.url.pathname)}`)
  return event.locals.personId
}

async function refused(event: RequestEvent, fault: PerformFault) {
  const { locale, zone, db } = event.locals
  if (fault.kind === 'malformed')
    return fail(422, { refusal: null, faults: [{ field: '', message: pageVoice(locale)('act.malformed') }] })
  const voice = { locale, zone, rulebook: await rulebookInForce(db) }
  return fail(403, { refusal: refusalView(fault, voice), faults: [] })
}

async function step(event: RequestEvent, body: StepBody) {
  const personId = signedIn(event)
  const decision = await decisionAsked(event)
  const taken = await takeStep(event.locals, personId, decision.id, body)
  if (taken.kind === 'fail') return refused(event, taken.error)
  await wakeSweeper(event.locals.db)
  redirect(303, `/d/${String(decision.id)}?done=${body.kind}`)
}

const ground = z.string().min(1).max(100)
const instantText = z.string().regex(/^\d{1,15}$/)

/** The steps of a decision. The rules judge every one; a no is a page of its own. */
export const actions: Actions = {
  sign: (event) => step(event, { kind: 'sign' }),
  withdraw: (event) => step(event, { kind: 'withdraw' }),
  certify: (event) => step(event, { kind: 'certify' }),
  check: async (event) => {
    const t = words(pageMessages, event.locals.locale)
    const read = await readForm(event.request, z.object({ outcome: z.enum(['passed', 'refused']), ground: ground.optional() }))
    if (read.kind === 'fail') return fail(422, { refusal: null, faults: [{ field: 'ground', message: t('act.check.choose') }] })
    const { outcome } = read.value
    if (outcome === 'refused' && read.value.ground === undefined)
      return fail(422, { refusal: null, faults: [{ field: 'ground', message: t('act.check.choose') }] })
    return step(event, { kind: 'check', outcome, ground: outcome === 'refused' ? (read.value.ground ?? null) : null })
  },
  schedule: async (event) => {
    const t = words(pageMessages, event.locals.locale)
    const read = await readForm(event.request, z.object({ opensAt: instantText }))
    const faults = [{ field: 'opens-0', message: t('act.schedule.choose') }]
    if (read.kind === 'fail' || Number(read.value.opensAt) > latestInstant) return fail(422, { refusal: null, faults })
    return step(event, { kind: 'schedule', opensAt: Number(read.value.opensAt) as Instant }) // a whole number of milliseconds in range
  },
  stand: async (event) => {
    const personId = signedIn(event)
    const t = words(pageMessages, event.locals.locale)
    const decision = await decisionAsked(event)
    const said = t('act.stand.write')
    const read = await readForm(
      event.request,
      z.object({ statement: z.string(said).trim().min(1, said).max(statementMax, said) }),
    )
    if (read.kind === 'fail') return fail(422, { refusal: null, faults: read.error })
    const done = await stand(event.locals, personId, decision.id, read.value.statement)
    if (done.kind === 'fail') return refused(event, done.error)
    redirect(303, `/d/${String(decision.id)}?done=stand`)
  },
  standDown: async (event) => {
    const personId = signedIn(event)
    const decision = await decisionAsked(event)
    const done = await standDown(event.locals, personId, decision.id)
    if (done.kind === 'fail') return refused(event, done.error)
    redirect(303, `/d/${String(decision.id)}?done=stand-down`)
  },
  challenge: async (event) => {
    const personId = signedIn(event)
    const t = words(pageMessages, event.locals.locale)
    const decision = await decisionAsked(event)
    const form = z.object({
      ground: z.string(t('act.challenge.choose')).min(1, t('act.challenge.choose')).max(100, t('act.challenge.choose')),
      text: z.string(t('act.challenge.write')).trim().min(1, t('act.challenge.write')).max(5_000, t('act.challenge.write')),
    })
    const read = await readForm(event.request, form)
    if (read.kind === 'fail') return fail(422, { refusal: null, faults: read.error })
    const done = await challenge(event.locals, personId, decision.id, read.value)
    if (done.kind === 'fail') return refused(event, done.error)
    await wakeSweeper(event.locals.db)
    redirect(303, `/d/${String(decision.id)}?done=challenge`)
  },
}

const latestInstant = 32_503_680_000_000 // the year 3000
