// Quotas of the seats that an election fills: what the rule says when those nominated cannot meet them.
import type { EventBody } from '../event.ts'
import { provision, type Rulebook, type RuleOf } from '../language/model.ts'
import { fieldsFact, type Case } from '../reasons.ts'
import type { Stage } from '../schema/stages.ts'

type IfShort = NonNullable<NonNullable<RuleOf<'body'>['seats'][number]['quota']>[number]['ifShort']>

/** What the strictest of the quotas says when candidates are too few for it. One that says nothing is as strict as one that opens nominations again. */
export type SeatQuotas = { readonly ifShort: IfShort }

/** The quotas of all seats that the stages of a procedure fill, or null when none of them has any. */
export function quotasOf(rulebook: Rulebook, stages: readonly Stage[]): SeatQuotas | null {
  const seats = stages.flatMap((stage) =>
    stage.do !== 'enact'
      ? []
      : (stage.fills ?? []).flatMap((filled) =>
          filled.kind === 'office <office>'
            ? []
            : (provision(rulebook, 'body', filled.body)?.rule.seats.filter(({ id }) => id === filled.seat) ?? []),
        ),
  )
  const says = seats.flatMap(({ quota, ifShort }) => (quota ?? []).map((q) => q.ifShort ?? ifShort ?? 're-open'))
  const [first] = says
  if (first === undefined) return null
  return { ifShort: says.includes('re-open') ? 're-open' : says.includes('leave empty') ? 'leave empty' : first }
}

/** What an act states about the quotas, or null when it states nothing that can be. */
export function quotasFact(
  kase: Pick<Case, 'facts' | 'act'>,
  stage: string,
): Extract<EventBody, { readonly kind: 'quotas-stated' }> | null {
  const stated = fieldsFact(kase, 'quotas', stage)
  const [required, nominated] = [stated?.count('required') ?? null, stated?.count('nominated') ?? null]
  return required === null || nominated === null ? null : { kind: 'quotas-stated', required, nominated }
}
