import type { Act, Capacity, Fact } from '../act.ts'
import { capacityOf } from '../actors.ts'
import { decide } from '../decide.ts'
import { evolve } from '../evolve.ts'
import { onlyProvision, provision } from '../language/model.ts'
import type { MovementAct } from '../movement/movement.ts'
import type { Under } from '../movement/under.ts'
import { emptyState, type State } from '../state.ts'
import { movementDecision } from '../terms.ts'
import type { Step } from './answer.ts'
import { person, print, type Playing } from './playing.ts'

/**
 * An emergency, as the movement has it: somebody attests the fact, the body is called together, meets, votes and declares it. `facts`: what is taken for
 * granted at this step. It is the goal of a plan and its last step, so its state is its own.
 */
export function emergencyDeclared(p: Playing, step: Step, facts: () => readonly Fact[]): void {
  const { rulebook } = p.world
  const rule = onlyProvision(rulebook, 'emergency')?.rule
  const body = rule === undefined ? null : provision(rulebook, 'body', rule.by.of)
  if (rule === undefined || body === null || step.votes === null) return
  let state: State = emptyState
  const attempt = (as: Capacity, does: MovementAct): void => {
    if (p.refused !== null) return
    const by = as === 'rule' ? ('rule' as const) : person(1)
    const act: Act = { decision: movementDecision, by, as, occurredAt: p.now, recordedAt: p.now, kind: 'movement', does }
    const answer = decide(p.editions, state, facts(), act)
    p.acts += 1
    if (answer.kind === 'refusal') p.refused = (answer.routes.find((r) => r.clause === step.clause) ?? answer.routes[0]).reasons
    else state = [...answer.deemed, ...answer.events].reduce(evolve, state)
  }
  const [attestor = ''] = provision(rulebook, 'fact', rule.when.fact)?.rule.attestedBy ?? []
  const as: Capacity = `body ${body.rule.id}`
  const { meets } = body.rule
  const end = step.endsAt > p.now ? step.endsAt : p.now
  let under: Under = { kind: 'own' }
  if (meets !== null) {
    const called = p.plan.steps.find((s) => s.act.kind === 'call-meeting' && s.act.body === body.rule.id)
    const [caller] = meets.by
    const chair = {
      meeting: 'meeting-1',
      chair: person(1),
      persons: [],
      present: step.votes.for + step.votes.against,
      proxies: 0,
    }
    p.now = called?.startsAt ?? p.now
    const call = {
      kind: 'call-meeting',
      meeting: 'meeting-1',
      body: body.rule.id,
      group: null,
      at: end,
      items: ['item-1'],
      under,
    } as const
    attempt(capacityOf(rulebook, caller) ?? as, call)
    p.now = end
    attempt(as, { kind: 'open-meeting', ...chair })
    const votes = { for: step.votes.for, against: step.votes.against, abstain: 0, casting: null }
    attempt(as, { kind: 'resolve', meeting: 'meeting-1', item: 'item-1', way: 'hands', ...votes })
    under = { kind: 'resolution', meeting: 'meeting-1', item: 'item-1' }
  }
  p.now = end
  const isBody = provision(rulebook, 'body', attestor) !== null
  attempt(isBody ? `body ${attestor}` : `office ${attestor}`, {
    kind: 'attest',
    fact: rule.when.fact,
    form: 'document',
    evidence: print(8),
  })
  attempt(as, { kind: 'declare-emergency', under })
}
