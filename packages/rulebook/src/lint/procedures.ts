import type { Actors } from '../expression.ts'
import { printDuration } from '../expression-print.ts'
import { provisionsOf, type Provision, type Rulebook, type RuleOf } from '../model.ts'
import type { Stage } from '../schema/stages.ts'
import { targetOf } from '../walk.ts'
import { sayAt, type Finding } from './finding.ts'
import { hearsItself } from './hearing.ts'
import { roughHours } from './lengths.ts'

/** Stages without a way on, appeals to the decider, deadlines before notice, and rolls that can be emptied after notice. */
export const inProcedures = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'body') return agendaBeforeNotice(rule).map((figures) => say('deadline-before-notice', 'agenda', figures))
    if (rule.kind !== 'procedure') return []
    return [
      ...exits(rule.stages).map((subject) => say('no-exit', subject)),
      ...rule.stages
        .filter((stage) => judgesItself(provisions, rule.stages, stage))
        .map((s) => say('appeal-to-the-decider', s.id)),
      ...rule.stages
        .filter((stage) => stage.do === 'ballot' && beforeNotice(rule.stages, stage))
        .map((s) => say('ballot-before-notice', s.id)),
      ...lateRolls(rulebook, rule.stages).map(({ ballot, power }) => say('freeze-after-suspension', ballot, { power })),
    ]
  })

const namesBody = (by: Actors, body: string): boolean => by.some((a) => a.kind === 'named' && a.id === body)

function judgesItself(provisions: readonly Provision[], stages: readonly Stage[], stage: Stage): boolean {
  switch (stage.do) {
    case 'consider':
      return hearsItself(provisions, stage.appeal, (body) => body === stage.body)
    case 'check':
      return hearsItself(provisions, stage.appeal, (body) => namesBody(stage.by, body))
    case 'challenge':
      return stages.some((s) => s.do === 'certify' && namesBody(s.by, stage.to))
    default:
      return false
  }
}

const outcomesOf = (stage: Stage): readonly string[] => {
  switch (stage.do) {
    case 'support':
      return ['met', 'unmet']
    case 'check':
      return ['passed', 'refused']
    case 'consider':
      return ['agreed', 'refused', 'amended', 'fallen']
    case 'ballot':
      return ['carried', 'fallen']
    case 'challenge':
      return ['done', 'upheld']
    default:
      return ['done']
  }
}

/** Stages that nothing leads to, and the whole procedure when no path reaches a stage that enacts. Loops are no exit. */
function exits(stages: readonly Stage[]): readonly string[] {
  const reached = new Set<string>()
  const next: string[] = stages[0] === undefined ? [] : [stages[0].id]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const stage = stages.find((s) => s.id === id)
    if (stage === undefined || reached.has(id)) continue
    reached.add(id)
    next.push(...outcomesOf(stage).map((outcome) => targetOf(stages, stage, outcome)))
    next.push(...stages.filter((s) => s.with === stage.id).map((s) => s.id))
  }
  const lost = stages.filter((s) => !reached.has(s.id)).map((s) => s.id)
  const enacts = stages.some((s) => s.do === 'enact' && reached.has(s.id))
  return enacts ? lost : [...lost, stages[0]?.id ?? '']
}

/** Business due for the agenda of a meeting that has not been announced yet. */
function agendaBeforeNotice(body: RuleOf<'body'>): readonly { readonly due: string; readonly notice: string }[] {
  const agenda = body.meets?.agenda ?? null
  const notice = body.meets?.notice ?? null
  if (agenda === null || notice === null) return []
  return roughHours(agenda) > roughHours(notice) ? [{ due: printDuration(agenda), notice: printDuration(notice) }] : []
}

/** A ballot that stands beside or before the only notice of it: people may vote, and it may close, before they have read. */
function beforeNotice(stages: readonly Stage[], ballot: Stage): boolean {
  const at = stages.indexOf(ballot)
  const notices = stages.filter((s) => s.do === 'notify')
  return notices.length > 0 && notices.every((s) => ballot.with === s.id || stages.indexOf(s) > at)
}

const takesVotersOff = ['suspend', 'exclude', 'derecognise-group']

/** Ballots whose roll is fixed after notice, while a power that can take voters off it is not held back for that time. */
function lateRolls(rulebook: Rulebook, stages: readonly Stage[]): readonly { readonly ballot: string; readonly power: string }[] {
  const power = provisionsOf(rulebook, 'power').find(
    (p) => takesVotersOff.includes(p.rule.act) && (p.rule.limits === null || p.rule.limits.notWithin === null),
  )
  if (power === undefined) return []
  return stages.flatMap((ballot) => {
    const freeze = ballot.do === 'ballot' ? stages.find((s) => s.id === ballot.roll) : undefined
    if (freeze?.do !== 'freeze') return []
    const notice = stages.findIndex((s) => s.do === 'notify')
    const fixed = stages.findIndex((s) => s.id === freeze.at)
    return notice >= 0 && fixed > notice ? [{ ballot: ballot.id, power: power.rule.act }] : []
  })
}
