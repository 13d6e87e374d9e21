import { provision, type Rulebook } from './model.ts'
import type { Stage } from './schema/stages.ts'

/** A stage this engine cannot run, and which part of it. */
export type NotRun = { readonly stage: string; readonly part: string }

/**
 * The stages of a procedure whose rules the engine does not carry out yet. It refuses to begin a decision it could not carry to its end by the
 * letter, rather than leave a rule out.
 */
export function notRun(rulebook: Rulebook, stages: readonly Stage[]): readonly NotRun[] {
  return stages.flatMap((stage) => {
    const found: string[] = []
    const by = 'by' in stage ? stage.by : []
    if (by.some((actor) => actor.kind === 'seat on')) found.push('by: seat on')
    if (stage.skipIf !== null) found.push('skip-if')
    switch (stage.do) {
      case 'nominate':
        found.push('do: nominate')
        break
      case 'propose':
        if (stage.due !== null || stage.when !== null) found.push('due, when')
        break
      case 'notify':
        if (stage.to.kind !== 'electorate <electorate>') found.push('to: of this group')
        break
      case 'consider':
        if (stage.appeal !== null) found.push('appeal')
        break
      case 'ballot':
        if (stage.method !== 'yes-no') found.push('method')
        if (stage.tie === 'casting vote' || stage.tie === 'lot in public') found.push('tie')
        if (stage.pass.some((c) => c.kind === 'winner beats' || c.ofClass !== null)) found.push('pass')
        break
      case 'enact':
        if (stage.merge === 'rebase') found.push('merge: rebase')
        if (provision(rulebook, 'appeal', stage.at.stage) !== null && !stages.some((s) => s.id === stage.at.stage))
          found.push('at: end of appeal')
        break
      default:
        break
    }
    return found.map((part) => ({ stage: stage.id, part }))
  })
}
