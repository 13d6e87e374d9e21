import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { HomeUnderWay, Visit } from '#lib/platform/feature.ts'
import { endedText, headingOf, pageVoice, procedureInput, rulebookFor, underWayView } from './decision-view.ts'
import { decisionsListed, type Decision } from './decisions.ts'
import type { Voice } from './refusal-view.ts'

/** A decision that is over, or an attempt, as the list shows it. */
export type EndedItem = {
  readonly href: string
  readonly title: string
  readonly tag: string
  readonly good: boolean
  readonly text: string
}
/** The list of decisions in its three parts. */
export type DecisionLists = {
  readonly underWay: readonly HomeUnderWay[]
  readonly decided: readonly EndedItem[]
  readonly attempts: readonly EndedItem[]
}

const isOutcome = (text: string): text is 'carried' | 'fallen' | 'refused' | 'lapsed' =>
  text === 'carried' || text === 'fallen' || text === 'refused' || text === 'lapsed'

/** A decision that is over, in words. */
export function endedItem(decision: Decision, voice: Voice): EndedItem {
  const t = pageVoice(voice.locale)
  const outcome = decision.outcome ?? ''
  return {
    href: `/d/${String(decision.id)}`,
    title: headingOf(decision, t),
    tag: isOutcome(outcome) ? t(`outcome.${outcome}`) : outcome,
    good: outcome === 'carried',
    text: endedText(decision, voice),
  }
}

/** Every decision and attempt, newest first, in three parts. */
export async function decisionLists(visit: Visit): Promise<DecisionLists> {
  const { locale, zone, db, clock } = visit
  const now = clock.now()
  const [editions, all] = await Promise.all([editionsOf(db), decisionsListed(db)])
  const voice: Voice = { locale, zone, rulebook: editions.byNumber.get(editions.inForce) ?? null }
  const underWay = all.flatMap((decision): readonly HomeUnderWay[] => {
    if (decision.endedAt !== null || decision.state === null) return []
    const input = procedureInput(editions, decision.state, now, { proposer: null, electionFacts: null })
    const view = underWayView(decision, input, now, { ...voice, rulebook: rulebookFor(editions, decision.state) })
    return view === null ? [] : [view]
  })
  const over = all.filter((decision) => decision.endedAt !== null)
  return {
    underWay,
    decided: over.filter((decision) => !decision.attempt).map((decision) => endedItem(decision, voice)),
    attempts: over.filter((decision) => decision.attempt).map((decision) => endedItem(decision, voice)),
  }
}
