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
    const asks = (part: string, ...values: readonly unknown[]): void => {
      if (values.some((v) => v !== null && v !== false)) found.push(part)
    }
    const by = 'by' in stage ? (stage.by ?? []) : []
    asks(
      'by: seat on',
      by.some((actor) => actor.kind === 'seat on'),
    )
    asks('when', stage.when)
    asks('skip-if', stage.skipIf)
    asks('at-most', stage.atMost)
    switch (stage.do) {
      case 'nominate':
      case 'hustings':
      case 'meeting':
        found.push(`do: ${stage.do}`)
        break
      case 'propose':
        asks('due', stage.due)
        asks('form: counter-proposal', stage.form === 'counter-proposal')
        break
      case 'notify':
        asks('to: of this group', stage.to.kind !== 'electorate <electorate>')
        asks('due', stage.due)
        asks('by', stage.by)
        break
      case 'debate':
        asks('amendments', stage.amendments)
        break
      case 'consider':
        asks('appeal', stage.appeal)
        asks('meeting, at', stage.meeting, stage.at)
        asks('pass', stage.pass)
        asks('refused-when', stage.refusedWhen)
        asks('mandate', stage.mandate)
        break
      case 'ballot':
        asks('method', stage.method !== 'yes-no', stage.counting)
        asks('tie', stage.tie !== 'falls' && stage.tie !== 'carried')
        asks(
          'pass',
          stage.pass.some((c) => c.kind === 'winner beats' || c.ofClass !== null),
        )
        asks('closes', stage.closes)
        asks('weight', stage.weight !== null && stage.weight.kind !== 'people')
        asks('paper', stage.paper)
        asks('incompatible', stage.incompatible)
        break
      case 'certify':
        asks('objections', stage.objections)
        break
      case 'enact':
        asks('merge', stage.merge === 'rebase', stage.merge === 'run-off')
        asks('fills', stage.fills)
        if (stage.at.kind === '<moment>') found.push('at')
        else {
          const { stage: end } = stage.at
          asks('at: end of appeal or meeting', !stages.some((s) => s.id === end) && definesEnd(rulebook, end))
        }
        break
      default:
        break
    }
    return found.map((part) => ({ stage: stage.id, part }))
  })
}

const definesEnd = (rulebook: Rulebook, end: string): boolean =>
  provision(rulebook, 'appeal', end) !== null || provision(rulebook, 'meeting', end) !== null
