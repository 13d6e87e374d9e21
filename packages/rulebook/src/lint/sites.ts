import type { Condition, Threshold } from '../language/expression.ts'
import { provision, type Provision, type Rulebook, type RuleOf } from '../language/model.ts'
import type { Stage } from '../schema/stages.ts'

/** Where numbers are counted: a ballot has a roll, a body has seats, signatures have neither. */
export type Place = 'ballot' | 'body' | 'support'

/** One place of a rulebook where thresholds stand, with what they are measured in. */
export type Site = {
  readonly clause: string
  readonly subject: string
  readonly place: Place
  readonly conditions: readonly Condition[]
  /** Whether the condition at this index says how many must take part, rather than how many must agree. */
  readonly quorum: (condition: Condition) => boolean
  readonly tie: string | null
  /** The body whose seats are counted, or the electorate that signs or votes. */
  readonly of: string | null
  /** Names an instant may have here beside the words of the grammar. */
  readonly stages: readonly string[]
  /** The founding ballot: it is held once, and what later ballots reached says nothing of it. */
  readonly founding: boolean
}

const isTurnout = (c: Condition): boolean => c.kind === 'measure' && c.measure === 'turnout'
const isPresent = (c: Condition): boolean => c.kind === 'measure' && c.measure === 'present'
const asCondition = (threshold: Threshold): Condition => ({
  kind: 'measure',
  measure: 'yes',
  ofClass: null,
  threshold,
  orNoneSeated: false,
})

/** Every place where thresholds stand. */
export const sitesOf = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Site[] =>
  provisions.flatMap(({ clause, rule }) => {
    const site = (over: Partial<Site> & Pick<Site, 'subject' | 'place' | 'conditions'>): Site => ({
      clause,
      quorum: isTurnout,
      tie: null,
      of: null,
      stages: [],
      founding: false,
      ...over,
    })
    switch (rule.kind) {
      case 'genesis':
        return [site({ subject: 'pass', place: 'ballot', conditions: rule.pass, of: rule.electorate, founding: true })]
      case 'body':
        return ofBody(rule, site)
      case 'power': {
        const body = (rule.holder ?? []).find((id) => provision(rulebook, 'body', id) !== null) ?? null
        return [site({ subject: 'pass', place: 'body', conditions: rule.pass ?? [], quorum: isPresent, of: body })]
      }
      case 'office':
        return [
          site({ subject: 'removed', place: 'body', conditions: [asCondition(rule.removed.threshold)], of: rule.removed.of }),
        ]
      case 'emergency':
        return [site({ subject: 'by', place: 'body', conditions: [asCondition(rule.by.threshold)], of: rule.by.of })]
      case 'procedure':
        return rule.stages.flatMap((stage) => ofStage(rule, stage, site))
      default:
        return []
    }
  })

type Make = (over: Partial<Site> & Pick<Site, 'subject' | 'place' | 'conditions'>) => Site

const ofBody = (rule: RuleOf<'body'>, site: Make): readonly Site[] => {
  const body = { place: 'body', quorum: isPresent, of: rule.id } as const
  return [
    site({ ...body, subject: 'quorum', conditions: [rule.quorum] }),
    site({ ...body, subject: 'decides', conditions: rule.decides.pass, tie: rule.decides.tie }),
    ...(rule.adjourn?.quorumThen.kind === '<condition>'
      ? [site({ ...body, subject: 'adjourn', conditions: [rule.adjourn.quorumThen.condition] })]
      : []),
  ]
}

function ofStage(rule: RuleOf<'procedure'>, stage: Stage, site: Make): readonly Site[] {
  const stages = rule.stages.map((s) => s.id)
  switch (stage.do) {
    case 'ballot': {
      const freeze = rule.stages.find((s) => s.id === stage.roll && s.do === 'freeze')
      const of = freeze?.do === 'freeze' ? freeze.electorate : null
      return [site({ subject: stage.id, place: 'ballot', conditions: stage.pass, tie: stage.tie, of, stages })]
    }
    case 'support': {
      const conditions = [asCondition(stage.need)]
      return [site({ subject: stage.id, place: 'support', conditions, of: stage.signers.electorate, stages, quorum: () => true })]
    }
    case 'consider':
      return [site({ subject: stage.id, place: 'body', conditions: stage.pass ?? [], of: stage.body, stages, quorum: isPresent })]
    case 'meeting': {
      const { id: subject, pass: conditions, tie, body: of } = stage
      return [site({ subject, place: 'body', conditions, tie, of, stages, quorum: isPresent })]
    }
    default:
      return []
  }
}
