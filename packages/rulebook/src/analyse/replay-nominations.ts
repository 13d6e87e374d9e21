import type { ActBody, Capacity, Fact } from '../act.ts'
import { provisionsOf } from '../language/model.ts'
import type { StageOf } from '../schema/stages.ts'
import { print, type Playing } from './playing.ts'
import { signersNeeded } from './procedure.ts'

/** An act of a replay: who does it, and what is known besides. */
type Attempt = (as: Capacity, who: number, body: ActBody, ...more: readonly Fact[]) => void

/**
 * Two people stand, one of the attempt and one other, and each is signed for by as many as the rule asks, spread over as many groups: a list of one
 * would be no contest.
 */
export function nominated(p: Playing, stage: StageOf<'nominate'>, attempt: Attempt): void {
  const electorate = stage.signers?.electorate ?? firstOf(p)
  const as: Capacity = `electorate ${electorate}`
  for (const candidate of [1, 2]) attempt(as, candidate, { kind: 'stand', statement: print(6) })
  if (stage.signers === null || stage.need === null) return
  const shrunk = new Set(p.plan.steps.flatMap((s) => (s.purpose.kind === 'shrink' ? [s.purpose.electorate] : [])))
  const needed = signersNeeded(p.world, stage.need, shrunk) ?? 0
  const { groups, atLeast } = stage.spread ?? { groups: 1, atLeast: needed }
  const all = Math.max(needed, groups * atLeast)
  for (const candidate of [1, 2])
    for (let n = 0; n < all && p.refused === null; n++) {
      const of = Math.min(groups - 1, Math.floor(n / Math.max(1, atLeast)))
      const group: Fact = {
        name: 'group',
        of: null,
        value: `group-${String(of + 1)}`,
        at: p.now,
        knownAt: p.now,
        source: 'register',
        evidence: null,
      }
      attempt(as, 1_000 * candidate + n, { kind: 'second', candidate }, group)
    }
}

const firstOf = (p: Playing): string => provisionsOf(p.world.rulebook, 'electorate')[0]?.rule.id ?? ''
