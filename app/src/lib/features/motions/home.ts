import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { HomeDecided, HomeItems, HomeNeed, HomeUnderWay, Visit } from '#lib/platform/feature.ts'
import { limitWords } from '#lib/platform/dates.ts'
import { dueText, pageVoice, procedureInput, rulebookFor, supportOf, underWayView } from './decision-view.ts'
import { decisionsListed, type Decision } from './decisions.ts'
import { endedItem } from './list-page.ts'
import type { ProcedureInput } from './procedure-view.ts'
import type { Voice } from './refusal-view.ts'
import { openSteps, type OpenSteps } from './rehearse.ts'

const decidedMax = 5

/** What decisions ask of this person, what is under way, and what was just decided. */
export async function homeOfMotions(visit: Visit): Promise<HomeItems> {
  const { db, clock, locale, zone, personId } = visit
  const now = clock.now()
  const [editions, all] = await Promise.all([editionsOf(db), decisionsListed(db)])
  const voice: Voice = { locale, zone, rulebook: editions.byNumber.get(editions.inForce) ?? null }
  const needs: HomeNeed[] = []
  const underWay: HomeUnderWay[] = []
  for (const decision of all) {
    if (decision.state === null || decision.endedAt !== null) continue
    const input = procedureInput(editions, decision.state, now, { proposer: null, electionFacts: null })
    const line = underWayView(decision, input, now, { ...voice, rulebook: rulebookFor(editions, decision.state) })
    if (line !== null) underWay.push(line)
    if (personId === null) continue
    const open = await openSteps(visit, personId, decision.state, input.stages, input.views)
    needs.push(...needsOf(decision, input, open, visit, voice))
  }
  const decided = all.filter((d) => d.endedAt !== null && !d.attempt).slice(0, decidedMax)
  return {
    needs,
    underWay,
    decided: decided.map((decision): HomeDecided => {
      const { href, title, tag, good, text } = endedItem(decision, voice)
      return { href, title, outcome: tag, good, text, at: decision.endedAt ?? decision.proposedAt }
    }),
  }
}

function needsOf(decision: Decision, input: ProcedureInput, open: OpenSteps, visit: Visit, voice: Voice): readonly HomeNeed[] {
  const t = pageVoice(visit.locale)
  const now = visit.clock.now()
  const href = `/d/${String(decision.id)}`
  const values = { n: decision.id, title: decision.title }
  const endOf = (kind: string) => input.views.find((v) => v.kind === kind && v.state === 'now')?.latest?.endsAt ?? null
  const officer = (step: 'check' | 'schedule' | 'certify', stage: string): HomeNeed => ({
    href,
    title: t(`home.${step}.title`, values),
    due: dueText(endOf(stage), now, voice),
    dueAt: endOf(stage),
    urgent: true,
    text: t(`home.${step}.text`),
    action: t(`home.${step}.action`),
  })
  const needs: HomeNeed[] = []
  const support = supportOf(input)
  if (open.sign && support !== null) {
    const until = endOf('support')
    needs.push({
      href,
      title: t('home.sign.title', values),
      due: until === null ? t('home.due.none') : t('home.sign.due', { by: limitWords(until, visit.zone, visit.locale, 'by') }),
      dueAt: until,
      urgent: false,
      text: t('home.sign.text', { short: Math.max(0, support.need - support.have) }),
      action: t('home.sign.action'),
    })
  }
  if (open.check !== null) needs.push(officer('check', 'check'))
  if (open.schedule !== null) needs.push(officer('schedule', 'ballot'))
  if (open.certify !== null) needs.push(officer('certify', 'certify'))
  return needs
}
