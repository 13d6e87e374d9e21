import { onlyProvision, provisionsOf, type Provision, type Rulebook, type RuleKind } from '../language/model.ts'
import { sayAt, type Finding } from './finding.ts'
import { hearsItself } from './hearing.ts'
import { atLeastAsStrict, strictnessOf, strictnessOfHolder, type Strictness } from './strictness.ts'

/** What a rulebook lacks as a whole, powers without or with too many ways, and powers that never end. */
export const inGrants = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] => [
  ...missing(rulebook),
  ...powers(rulebook, provisions),
  ...reliedOn(rulebook, provisions),
  ...twoStrengths(rulebook),
  ...endless(rulebook, provisions),
]

function missing(rulebook: Rulebook): readonly Finding[] {
  const say = sayAt(rulebook, rulebook.document.clauses[0]?.id ?? '0')
  const open = new Set<RuleKind>(rulebook.unresolved.map((u) => u.kind))
  const has = (kind: RuleKind): boolean => onlyProvision(rulebook, kind) !== null || open.has(kind)
  const amends = provisionsOf(rulebook, 'power').some((p) => p.rule.act === 'amend-rulebook')
  return [
    ...(has('calendar') ? [] : [say('nothing-reckons-time', 'calendar')]),
    ...(has('genesis') || has('superior') ? [] : [say('no-genesis', 'genesis')]),
    ...(amends || open.has('power') ? [] : [say('nobody-changes-the-rules', 'amend-rulebook')]),
  ]
}

const powers = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) => {
    if (rule.kind !== 'power') return []
    const say = sayAt(rulebook, clause)
    const found: Finding[] = []
    if ((rule.holder ?? []).length === 0 && (rule.via ?? []).length === 0) found.push(say('power-without-route', rule.act))
    if (rule.limits !== null && rule.limits.within !== null && rule.limits.timeout === null)
      found.push(say('no-timeout', rule.act))
    if (hearsItself(provisions, rule.appeal, (body) => (rule.holder ?? []).includes(body)))
      found.push(say('appeal-to-the-decider', rule.appeal ?? ''))
    return found
  })

// These are granted by the rules of the seat, office or meeting they serve: `filled`, `vacancy`, `removed`, `meets.by`.
const compiled: readonly string[] = ['elect', 'fill-vacancy', 'recall', 'call-meeting']

/** Powers that other rules take for granted: what a procedure enacts, and what brings a person back to standing. */
function reliedOn(rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] {
  const granted = provisionsOf(rulebook, 'power')
  // A power left open may yet be granted.
  if (rulebook.unresolved.some((u) => u.kind === 'power')) return []
  return provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'procedure')
      return rule.stages.flatMap((stage) =>
        // That nobody at all may change the rules is one hole, and has its own name.
        stage.do === 'enact' &&
        !compiled.includes(stage.effect) &&
        (stage.effect !== 'amend-rulebook' || granted.some((p) => p.rule.act === stage.effect)) &&
        !granted.some((p) => p.rule.act === stage.effect && (p.rule.via ?? []).includes(rule.id))
          ? [say('power-nobody-holds', rule.id, { power: stage.effect })]
          : [],
      )
    if (rule.kind !== 'standing') return []
    return rule.states.flatMap(({ key, value }) => {
      const power = value.back?.kind === 'by <power>' ? value.back.power : null
      return power !== null && !granted.some((p) => p.rule.act === power) ? [say('power-nobody-holds', key, { power })] : []
    })
  })
}

type Way = { readonly clause: string; readonly name: string; readonly asks: Strictness }
/** Stricter in deciding, and no easier to start: a members' initiative beside a council's decision is another door, not a back door. */
const strictly = (a: Strictness, b: Strictness): boolean =>
  atLeastAsStrict(a, b) && !atLeastAsStrict(b, a) && a.starters >= b.starters

/** A power with an easier way beside a stricter one: the stricter one then protects nobody. */
function twoStrengths(rulebook: Rulebook): readonly Finding[] {
  const wayOf = (clause: string, name: string): readonly Way[] => {
    const asks = strictnessOf(rulebook, name)
    return asks === null ? [] : [{ clause, name, asks }]
  }
  const ways = new Map<string, Way[]>()
  for (const { clause, rule } of provisionsOf(rulebook, 'power')) {
    // Ways to change the rules are no choice: the tier of each clause says which is open, so they are compared within a tier.
    if (rule.act === 'amend-rulebook') continue
    const holders = (rule.holder ?? []).map((id) => ({ clause, name: id, asks: strictnessOfHolder(rulebook, id, rule.pass) }))
    ways.set(rule.act, [...(ways.get(rule.act) ?? []), ...holders, ...(rule.via ?? []).flatMap((id) => wayOf(clause, id))])
  }
  for (const { clause, rule } of provisionsOf(rulebook, 'tier'))
    ways.set(
      `tier ${rule.id}`,
      [rule.procedure, ...(rule.or ?? [])].flatMap((id) => wayOf(clause, id)),
    )
  return [...ways].flatMap(([act, open]) =>
    open.flatMap((easier) => {
      const stricter = open.find((way) => strictly(way.asks, easier.asks))
      if (stricter === undefined) return []
      return [sayAt(rulebook, easier.clause)('two-strengths', act, { easier: easier.name, stricter: stricter.name })]
    }),
  )
}

/** Emergencies and delegations without an end. */
const endless = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'emergency')
      return rule.again === null || rule.ratify.timeout === 'stands' ? [say('power-without-end', 'emergency')] : []
    if (rule.kind !== 'power' || rule.until !== null) return []
    return rule.act === 'emergency-measure' || rule.act === 'delegate-power' ? [say('power-without-end', rule.act)] : []
  })
