import type { Instant } from '@quorate/kernel'
import { due, timeline, waiting, type DecisionId, type Editions, type State } from '@quorate/rulebook'

/**
 * When somebody must look at a decision again: now, if something fell due or waits for the rule; else the nearest instant at which a stage
 * could begin or end. Too early costs one look; too late would be a silent stop, so every instant ahead is a candidate.
 */
export function nextInstant(editions: Editions, state: State, decision: DecisionId, now: Instant): Instant | null {
  if (state.decisions[decision]?.ended !== null) return null
  if (due(editions, state, now).length > 0 || waiting(editions, state, now).length > 0) return now
  const ahead = timeline(editions, state, decision, now)
    .filter((stage) => stage.state === 'now' || stage.state === 'next')
    .flatMap(({ earliest, latest }) => [earliest?.startsAt, earliest?.endsAt, latest?.startsAt, latest?.endsAt])
    .filter((at): at is Instant => at !== undefined && at !== null && at > now)
  return ahead.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null)
}
