import { marksOf, provision, provisionsOf } from '@quorate/rulebook'
import { capital, namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import type { ProcedureStep } from '#lib/platform/ui/procedure.ts'
import { words } from '#lib/platform/words.ts'
import { callMessages } from './call-messages.ts'
import { proposingCapacity } from './commands.ts'
import { procedureSteps } from './procedure-view.ts'
import { rehearseCall } from './rehearse.ts'

/** An election that a body may call: the power, what it is called, and how it would go if it were called now. */
export type Callable = {
  readonly power: string
  readonly name: string
  readonly clause: string
  /** How many are chosen and until when nominations are open; empty when the rules would refuse the call whatever the vote. */
  readonly terms: readonly string[]
  readonly steps: readonly ProcedureStep[]
}

/**
 * The elections that a body may call under the edition in force: powers whose procedure the body begins and which takes nominations. `seats` is
 * how many of the body's seats are filled; the dates are those of a call on which all of them agree.
 */
export async function electionsToCall(visit: Visit, personId: string, body: string, seats: number): Promise<readonly Callable[]> {
  const { db, locale, zone } = visit
  const rulebook = await rulebookInForce(db)
  const [t, name] = [words(callMessages, locale), namingOf(rulebook, locale)]
  const found: Callable[] = []
  for (const { clause, rule } of provisionsOf(rulebook, 'power')) {
    const via = rule.via?.[0]
    const stages = via === undefined ? [] : (provision(rulebook, 'procedure', via)?.rule.stages ?? [])
    const isTheirs = stages.some((one) => one.do === 'nominate') && (await proposingCapacity(visit, rule.act)) === `body ${body}`
    if (!isTheirs) continue
    const ahead = await rehearseCall(visit, personId, { power: rule.act, vote: { for: seats, against: 0 } })
    const own = { power: rule.act, name: capital(name('power', rule.act)), clause }
    if (ahead.kind === 'refusal') {
      found.push({ ...own, terms: [], steps: [] })
      continue
    }
    const view = ahead.views.find((one) => one.kind === 'nominate')
    const until = view?.latest?.endsAt ?? view?.earliest?.endsAt ?? null
    const places = view === undefined ? 1 : (marksOf(ahead.own, view.id).field?.places ?? 1)
    found.push({
      ...own,
      terms: [
        t('chosen', { n: places }),
        ...(until === null ? [] : [t('until', { at: instantWords(until, zone, locale, 'full') })]),
      ],
      steps: procedureSteps({ ...ahead, proposer: name('body', body), electionFacts: null }, { locale, zone, rulebook }),
    })
  }
  return found
}
