import { deciderOf } from './debate-acts.ts'
import type { Stage } from './schema/stages.ts'

/** A stage this engine cannot run, and which part of it. */
export type NotRun = { readonly stage: string; readonly part: string }

/**
 * The stages of a procedure whose rules the engine does not carry out yet. It refuses to begin a decision it could not carry to its end by the
 * letter, rather than leave a rule out.
 */
export function notRun(stages: readonly Stage[]): readonly NotRun[] {
  return stages.flatMap((stage) => {
    const found: string[] = []
    switch (stage.do) {
      case 'notify':
        if (stage.to.kind !== 'electorate <electorate>') found.push('to: of this group')
        break
      case 'debate':
        if (stage.amendments !== null && deciderOf(stages, stage) === null) found.push('amendments')
        break
      case 'nominate':
        if (stage.statement === 'by opening') found.push('statement: by opening')
        if (stage.withdraw === 'until opening') found.push('withdraw: until opening')
        break
      default:
        break
    }
    return found.map((part) => ({ stage: stage.id, part }))
  })
}
