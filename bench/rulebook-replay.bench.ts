import type { Bench } from '../tools/measure.ts'
import { opened } from '../packages/rulebook/test/busy-decision.ts'
import { emptyState, evolve, type DecisionId, type Event } from '@quorate/rulebook'

const decisions = 25
const castsEach = 40_000

/** Replaying a record of a million events: 25 decisions with 40,000 ballots each. The goal is 20 s. */
export default function replayBench(): Bench {
  const begin = opened(0)
  const casts = opened(castsEach).events.filter((event) => event.kind === 'cast')
  const history: Event[] = []
  for (let d = 1; d <= decisions; d++)
    for (const event of [...begin.events, ...casts]) history.push({ ...event, decision: d as DecisionId })
  return {
    title: 'Replay',
    about: `The state after ${history.length.toLocaleString('en')} events of ${decisions} decisions, from nothing. The goal is 20 s.`,
    cases: [{ name: 'evolve over the whole history', operations: 1, run: () => void history.reduce(evolve, emptyState) }],
  }
}
