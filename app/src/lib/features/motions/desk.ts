import type { Citation, StageView } from '@quorate/rulebook'
import { capital, editionsOf } from '#lib/features/rulebooks/index.ts'
import { limitWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { headingOf, pageVoice, procedureInput, rulebookFor } from './decision-view.ts'
import { decisionsUnderWay } from './decisions.ts'
import { procedureSteps } from './procedure-view.ts'
import { openSteps } from './rehearse.ts'

/** One line of an officer's list. `group` names its heading; `clause` is the rule that demands, dates or locks it. */
export type DeskTask = {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly href: string
  readonly text: string
  readonly tag: { readonly kind: 'ok' | 'now' | 'brand' | 'plain'; readonly text: string }
  readonly clause: Citation | null
}
/** The tasks of one decision. Those of its ballot come from the elections; a page puts both in one list. */
export type TaskGroup = { readonly decision: number; readonly heading: string; readonly tasks: readonly DeskTask[] }

const parts = [
  { kind: 'check', byRule: false },
  { kind: 'notify', byRule: true },
] as const

/** What the returning officer has to do about proposals under way, in the order of the rulebook. */
export async function deskTasks(visit: Visit, personId: string): Promise<readonly TaskGroup[]> {
  const { db, clock, locale, zone } = visit
  const now = clock.now()
  const t = pageVoice(locale)
  const [editions, running] = await Promise.all([editionsOf(db), decisionsUnderWay(db)])
  const groups: TaskGroup[] = []
  for (const decision of running) {
    if (decision.state === null) continue
    const input = procedureInput(editions, decision.state, now, { proposer: null, electionFacts: null })
    const open = await openSteps(visit, personId, decision.state, input.stages, input.views)
    const steps = procedureSteps(input, { locale, zone, rulebook: rulebookFor(editions, decision.state) })
    const tasks = parts.flatMap(({ kind, byRule }): readonly DeskTask[] => {
      const view = input.views.find((v) => v.kind === kind && v.state !== 'skipped')
      const step = steps.find((s) => s.id === view?.id)
      if (view === undefined || step === undefined) return []
      const mine = kind === 'check' && open.check !== null
      const until =
        mine && view.latest?.endsAt != null ? capital(limitWords(view.latest.endsAt, zone, locale, 'until', 'short')) : null
      return [
        {
          id: `${String(decision.id)}-${kind}`,
          group: t('task.group.proposal'),
          title: t(`task.${kind}`),
          href: `/d/${String(decision.id)}${mine ? '#check' : ''}`,
          text: until === null ? step.text : `${step.text} ${until}.`,
          tag: tagOf(view, mine, byRule, t),
          clause: view.clause,
        },
      ]
    })
    groups.push({ decision: decision.id, heading: headingOf(decision, t), tasks })
  }
  return groups
}

function tagOf(view: StageView, mine: boolean, byRule: boolean, t: ReturnType<typeof pageVoice>): DeskTask['tag'] {
  if (view.state === 'done') return { kind: 'ok', text: t('task.done') }
  if (mine) return { kind: 'now', text: t('task.now') }
  return { kind: 'plain', text: t(byRule ? 'task.automatic' : 'task.next') }
}
