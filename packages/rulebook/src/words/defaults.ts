import type { Condition } from '../language/expression.ts'
import { basesIn } from '../measure.ts'
import type { Stage } from '../schema/stages.ts'

/**
 * What a stage leaves unsaid although it changes what the rule means, by what then holds. The words say it, in a sentence of its own: who reads a
 * rule should not need to know what the engine does with a key that is not there. A default that gives nobody anything and takes nothing away
 * (no hustings, no appeal) stays unsaid: what is not granted is refused.
 */
export type Default =
  | 'signatures stand'
  | 'no amendments'
  | 'amendments need nobody'
  | 'amendments as they come'
  | 'amendments stay apart'
  | 'refused unless agreed'
  | 'quorum needed'
  | 'decided after an adjournment'
  | 'asking is enough'
  | 'candidates stay'
  | 'elected unopposed'
  | 'too few falls'
  | 'nobody provisional'
  | 'abstentions count'
  | 'voting stops'
  | 'refused if changed'

const countsVotesCast = (pass: readonly Condition[]): boolean =>
  pass.some(
    (c) => c.kind === 'measure' && basesIn(c.threshold.amount).some((base) => base.kind === 'votes' && base.of === 'votes-cast'),
  )

/** The defaults a stage relies on, in the order in which they are said. One case per kind of stage: a table. */
export function defaultsOf(stage: Stage): readonly Default[] {
  const unless = (said: unknown, unsaid: Default): readonly Default[] => (said === null ? [unsaid] : [])
  const goesOn = (outcome: string): boolean => stage.then?.some((row) => row.key === outcome) ?? false
  switch (stage.do) {
    case 'support':
      return unless(stage.withdraw, 'signatures stand')
    case 'debate':
      return stage.amendments === null
        ? ['no amendments']
        : [
            ...unless(stage.amendments.need, 'amendments need nobody'),
            ...unless(stage.amendments.order, 'amendments as they come'),
            ...unless(stage.amendments.composite, 'amendments stay apart'),
          ]
    case 'consider':
      return unless(stage.refusedWhen, 'refused unless agreed')
    case 'meeting':
      return [...unless(stage.quorum, 'quorum needed'), ...unless(stage.adjourned, 'decided after an adjournment')]
    case 'nominate':
      return [
        ...unless(stage.need, 'asking is enough'),
        ...unless(stage.withdraw, 'candidates stay'),
        ...(goesOn('uncontested') ? [] : unless(stage.uncontested, 'elected unopposed')),
        ...(goesOn('too-few') ? [] : unless(stage.tooFew, 'too few falls')),
      ]
    case 'freeze':
      return unless(stage.provisional, 'nobody provisional')
    case 'ballot':
      return [
        ...(countsVotesCast(stage.pass) ? unless(stage.abstain, 'abstentions count') : []),
        ...unless(stage.queue, 'voting stops'),
      ]
    case 'enact':
      return stage.effect === 'amend-rulebook' ? unless(stage.merge, 'refused if changed') : []
    default:
      return []
  }
}
