import { departuresIn } from '@quorate/ballots'
import { fillBox } from './ballots.ts'
import { checkBooth } from './copies.ts'
import { ownEntries, type Evidence, type Step, type VerifyOptions } from './check.ts'
import { checkSetup } from './election-setup.ts'
import { checkOpenings, checkTally, closingFault, resultFault } from './opening.ts'
import type { Replay } from './replay.ts'
import { faultOf, notChecked, passed, type CheckName, type Fault, type Outcome } from './verdict.ts'

/** The checks of a ballot, in order. */
export const electionChecks = [
  'setup',
  'booth',
  'registrar',
  'ballots',
  'tally',
  'openings',
  'result',
] as const satisfies readonly CheckName[]
type ElectionCheck = (typeof electionChecks)[number]

/** Reports one outcome; says whether to go on. */
type Note = (name: ElectionCheck, outcome: Outcome) => boolean

/**
 * A ballot from its set-up to its result, as far as it has come. Calls `note` with each outcome in order; stops at the first that fails and
 * where the decision has not come further.
 */
export function checkElection(
  evidence: Evidence,
  replay: Replay,
  options: VerifyOptions,
  step: (check: CheckName) => Step,
  note: Note,
): void {
  const failedBy = (fault: Fault): Outcome => ({ state: 'failed', fault })
  const [entries, order] = [electionEntries(evidence), outOfOrder(evidence)]
  const { setup, ballots, closed, opened, result } = entries
  const frozen = replay.acts.flatMap(({ recorded }) => recorded.events).find((event) => event.kind === 'frozen')
  const none = (...names: readonly ElectionCheck[]): void => names.forEach((name) => note(name, notChecked('not-yet')))

  if (order !== null) return void note('setup', failedBy(order))
  if (setup === undefined || frozen?.kind !== 'frozen') return none(...electionChecks)
  const up = checkSetup(evidence, setup, frozen.size, options)
  if (!note('setup', up.outcome) || up.value === null) return
  if (!note('booth', checkBooth(evidence, options))) return
  note('registrar', setup.body.registrar === 'separate' ? passed() : notChecked('single-operator'))

  if (ballots.length === 0 && closed === undefined) return none('ballots', 'tally', 'openings', 'result')
  const acts = replay.acts.map(({ index, recorded }) => ({ index, events: [...recorded.deemed, ...recorded.events] }))
  const filled = fillBox(up.value, ballots, departuresIn(acts, closed?.index ?? Infinity), step('ballots'), options)
  if (filled.fault !== null) return void note('ballots', failedBy(filled.fault))
  note('ballots', passed({ name: 'ballots', count: ballots.length }, { name: 'voters', count: filled.voters }))

  if (closed === undefined) return none('tally', 'openings', 'result')
  const early = closingFault(replay.acts, closed)
  if (early !== null) return void note('tally', failedBy(early))
  const tallied = checkTally(up.value, filled.box, closed)
  if (tallied.fault !== null) return void note('tally', failedBy(tallied.fault))
  note('tally', passed({ name: 'ballots counted', count: tallied.tally.ballots }))

  if (opened.length === 0 && result === undefined) return none('openings', 'result')
  const openings = checkOpenings(up.value, tallied.tally, opened)
  if (openings.fault !== null) return void note('openings', failedBy(openings.fault))
  note('openings', passed({ name: 'openings', count: opened.length }))

  if (result === undefined) return none('result')
  const declared = replay.acts.flatMap(({ recorded }) => recorded.events).find((event) => event.kind === 'declared')
  const tally = declared?.kind === 'declared' ? declared.tally : null
  const before = openings.openings.filter((_, i) => (opened[i]?.index ?? 0) < result.index)
  const wrong = resultFault(up.value, tallied.tally, before, result, tally)
  note('result', wrong === null ? passed() : failedBy(wrong))
}

const electionEntries = (evidence: Evidence) => ({
  setup: ownEntries(evidence, 'setup')[0],
  ballots: ownEntries(evidence, 'ballot'),
  closed: ownEntries(evidence, 'box-closed')[0],
  opened: ownEntries(evidence, 'opening'),
  result: ownEntries(evidence, 'result')[0],
})

const stages = ['setup', 'ballot', 'box-closed', 'opening', 'result']

/**
 * The first entry that stands where a ballot has passed it: a ballot after the box was closed, an opening before. A trustee who comes late may
 * still open after the result, and shows by it that it was right.
 */
function outOfOrder({ dossier, entries }: Evidence): Fault | null {
  let last = -1
  for (const { index, entry } of entries) {
    const stage = entry.decision === dossier.decision ? stages.indexOf(entry.type) : -1
    if (stage < 0) continue
    if (stage < last && entry.type === 'opening') continue
    if (stage < last)
      return faultOf('election-out-of-order', {
        entry: index,
        expected: `nothing before ${stages[last] ?? ''}`,
        found: entry.type,
      })
    if (stage > last + 1 && stages[stage] !== 'box-closed')
      return faultOf('election-out-of-order', { entry: index, expected: `${stages[last + 1] ?? ''} before`, found: entry.type })
    last = stage
  }
  return null
}
