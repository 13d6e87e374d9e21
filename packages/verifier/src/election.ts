import { departuresIn } from '@quorate/ballots'
import { asksYesNo, ballotStageOf, type BallotStage } from './ballot-stage.ts'
import { fillBox } from './ballots.ts'
import { checkBooth } from './copies.ts'
import { ownEntries, type Evidence, type Step, type VerifyOptions } from './check.ts'
import { checkSetup } from './election-setup.ts'
import { checkOpenings, checkTally, closingFault, resultFault } from './opening.ts'
import { lotFault } from './lot.ts'
import { checkShuffles } from './shuffles.ts'
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
  const { setup, ballots, closed, shuffles, opened, result } = entries
  const frozen = replay.acts.flatMap(({ recorded }) => recorded.events).find((event) => event.kind === 'frozen')
  const none = (...names: readonly ElectionCheck[]): void => names.forEach((name) => note(name, notChecked('not-yet')))

  if (order !== null) return void note('setup', failedBy(order))
  if (setup === undefined || frozen?.kind !== 'frozen') return none(...electionChecks)
  const stage = stageOf(replay)
  const asked = { isYesNo: stage !== null && asksYesNo(stage), isSecret: stage?.secret === true }
  const up = checkSetup(evidence, setup, { rollSize: frozen.size, ...asked }, options)
  if (!note('setup', up.outcome) || up.value === null) return
  if (!note('booth', checkBooth(evidence, options))) return
  note('registrar', setup.body.registrar === 'separate' ? passed() : notChecked('single-operator'))

  if (ballots.length === 0 && closed === undefined) return none('ballots', 'tally', 'openings', 'result')
  const acts = replay.acts.map(({ index, recorded }) => ({ index, events: [...recorded.deemed, ...recorded.events] }))
  const departures = departuresIn(acts, closed?.index ?? Infinity)
  const filled = fillBox(up.value, ballots, { departures, tested: entries.tested }, step('ballots'), options)
  if (filled.fault !== null) return void note('ballots', failedBy(filled.fault))
  note('ballots', passed({ name: 'ballots', count: ballots.length }, { name: 'voters', count: filled.voters }))

  if (closed === undefined) return none('tally', 'openings', 'result')
  const early = closingFault(replay.acts, closed)
  if (early !== null) return void note('tally', failedBy(early))
  const tallied = checkTally(evidence, up.value, filled.box, closed)
  if (tallied.fault !== null) return void note('tally', failedBy(tallied.fault))
  note('tally', passed({ name: 'ballots counted', count: tallied.tally.ballots }))

  if (opened.length + shuffles.length === 0 && result === undefined) return none('openings', 'result')
  const isOver = opened.length > 0 || result !== undefined
  const mixed = checkShuffles(evidence, up.value, tallied.tally, { shuffles, isOver }, options)
  if (mixed.fault !== null) return void note('openings', failedBy(mixed.fault))
  const shuffled = shuffles.length === 0 ? [] : [{ name: 'shuffles', count: shuffles.length }]
  const openings = checkOpenings(evidence, up.value, mixed, opened)
  if (openings.fault !== null) return void note('openings', failedBy(openings.fault))
  note('openings', passed(...shuffled, { name: 'openings', count: opened.length }))

  if (result === undefined) return none('result')
  const act = replay.acts.find(({ recorded }) => recorded.events.some((event) => event.kind === 'declared'))?.recorded
  const declared = act?.events.find((event) => event.kind === 'declared')
  // Of a list the rules say who was chosen, were it nobody; of yes and no never.
  const ofList = act?.events.some((event) => event.kind === 'chosen') === true
  const tally = declared?.kind === 'declared' ? { ...declared.tally, ofList } : null
  const before = openings.openings.filter((_, i) => (opened[i]?.index ?? 0) < result.index)
  const wrong = resultFault(evidence, up.value, { tally: mixed.tally, openings: before }, result, tally)
  if (wrong !== null) return void note('result', failedBy(wrong))
  const { tally: papers, lastShuffleHash } = mixed
  const ground = { ...up.value, rollRoot: frozen.root, tally: papers, lastShuffleHash, openings: openings.openings }
  const drawn = lotFault(replay.acts, ground)
  note('result', drawn === null ? passed() : failedBy(drawn))
}

/** The rule of the ballot that opened; null before one has. */
function stageOf({ acts, decision }: Replay): BallotStage | null {
  const stages = acts.flatMap(({ recorded, rulebook }) =>
    recorded.events.flatMap((event) =>
      // A later round of a stage stands under its id with the number of the round: `ballot--2`.
      event.kind === 'opened' && decision !== null ? [ballotStageOf(rulebook, decision, event.stage.split('--')[0] ?? '')] : [],
    ),
  )
  return stages.at(-1) ?? null
}

const electionEntries = (evidence: Evidence) => ({
  setup: ownEntries(evidence, 'setup')[0],
  ballots: ownEntries(evidence, 'ballot'),
  tested: ownEntries(evidence, 'tested'),
  closed: ownEntries(evidence, 'box-closed')[0],
  shuffles: ownEntries(evidence, 'shuffle'),
  opened: ownEntries(evidence, 'opening'),
  result: ownEntries(evidence, 'result')[0],
})

const stages = ['setup', 'ballot', 'box-closed', 'shuffle', 'opening', 'result']

/**
 * The first entry that stands where a ballot has passed it: a ballot after the box was closed, an opening before. A ballot may be empty, and
 * without papers nothing is shuffled: what lies between is left out then. A trustee who comes late may
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
    const skipped = stages.slice(last + 1, stage).filter((between) => between !== 'ballot' && between !== 'shuffle')
    if (skipped.length > 0)
      return faultOf('election-out-of-order', { entry: index, expected: `${skipped[0] ?? ''} before`, found: entry.type })
    last = stage
  }
  return null
}
