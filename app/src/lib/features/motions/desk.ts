import type { Instant } from '@quorate/kernel'
import { marksOf, type StageView } from '@quorate/rulebook'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { dayWords, instantWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { headingOf, pageVoice, procedureInput, rulebookFor } from './decision-view.ts'
import { decisionsUnderWay } from './decisions.ts'
import { procedureSteps, type ProcedureInput } from './procedure-view.ts'
import { openSteps, type OpenSteps } from './rehearse.ts'

/** One line of an officer's list. `group` puts tasks of several features in one list; `clause` says which rule locks or times it. */
export type DeskTask = {
  readonly id: string
  readonly group: 'proposal' | 'roll' | 'ballot' | 'count'
  readonly title: string
  readonly text: string
  readonly href: string | null
  readonly state: 'done' | 'now' | 'waiting' | 'automatic' | 'locked'
  readonly tag: string
  readonly clause: string | null
}
/** The tasks of one decision. */
export type TaskGroup = { readonly decision: number; readonly heading: string; readonly tasks: readonly DeskTask[] }

type Part = {
  readonly kind: StageView['kind']
  readonly task: 'check' | 'notify' | 'freeze' | 'timetable' | 'certify'
  readonly group: DeskTask['group']
  readonly open: (steps: OpenSteps) => boolean
  readonly byRule: boolean
}
const parts: readonly Part[] = [
  { kind: 'check', task: 'check', group: 'proposal', open: (s) => s.check !== null, byRule: false },
  { kind: 'notify', task: 'notify', group: 'proposal', open: () => false, byRule: true },
  { kind: 'freeze', task: 'freeze', group: 'roll', open: () => false, byRule: true },
  { kind: 'ballot', task: 'timetable', group: 'ballot', open: (s) => s.schedule !== null, byRule: false },
  { kind: 'certify', task: 'certify', group: 'count', open: (s) => s.certify !== null, byRule: false },
]

/** What the returning officer has to do in every decision under way, in the order of the rulebook. */
export async function deskTasks(visit: Visit, personId: string): Promise<readonly TaskGroup[]> {
  const { db, clock, locale, zone } = visit
  const now = clock.now()
  const [editions, running] = await Promise.all([editionsOf(db), decisionsUnderWay(db)])
  const groups: TaskGroup[] = []
  for (const decision of running) {
    if (decision.state === null) continue
    const input = procedureInput(editions, decision.state, now, { proposer: null, electionFacts: null })
    const open = await openSteps(visit, personId, decision.state, input.stages, input.views)
    const steps = procedureSteps(input, { locale, zone, rulebook: rulebookFor(editions, decision.state) })
    const tasks = parts.flatMap((part) => {
      const view = input.views.find((v) => v.kind === part.kind && v.state !== 'skipped')
      const step = steps.find((s) => s.id === view?.id)
      return view === undefined || step === undefined
        ? []
        : [taskOf({ part, view, text: step.text, input, open: part.open(open), visit, decision: decision.id })]
    })
    groups.push({ decision: decision.id, heading: headingOf(decision, pageVoice(locale)), tasks })
  }
  return groups
}

type TaskInput = {
  readonly part: Part
  readonly view: StageView
  readonly text: string
  readonly input: ProcedureInput
  readonly open: boolean
  readonly visit: Visit
  readonly decision: number
}

/** A timetable is done once the day is set, though its ballot has not even begun. */
function isDone({ part, view, input }: TaskInput): boolean {
  const { box } = marksOf(input.own, view.id)
  return part.task === 'timetable' ? box.opensAt !== null : view.state === 'done'
}

function taskOf(task: TaskInput): DeskTask {
  const { part, view, text, open, visit, decision } = task
  const { locale, zone } = visit
  const t = pageVoice(locale)
  const base = {
    id: `${String(decision)}-${part.task}`,
    group: part.group,
    title: t(`task.${part.task}`),
    text,
    href: `/d/${String(decision)}`,
    clause: view.clause,
  }
  const until = (at: Instant | null): string =>
    at === null ? t('task.now') : t('task.until', { at: instantWords(at, zone, locale, 'short') })
  if (isDone(task)) return { ...base, state: 'done', tag: t('task.done'), clause: null }
  if (part.byRule) return { ...base, href: null, state: 'automatic', tag: t('task.automatic') }
  if (open) return { ...base, text: `${text} ${until(view.latest?.endsAt ?? null)}.`, state: 'now', tag: t('task.now') }
  if (view.state === 'now') return { ...base, state: 'waiting', tag: t('task.waiting') }
  const from = view.earliest?.startsAt ?? null
  const tag = from === null ? t('task.locked') : t('task.from', { date: dayWords(from, zone, locale, 'short') })
  return { ...base, href: null, text: `${text} ${t('task.opens')}`, state: 'locked', tag }
}
