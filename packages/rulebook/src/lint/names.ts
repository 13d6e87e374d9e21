import type { ClauseId } from '../act.ts'
import { idOf, onlyProvision, provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import { referencesOf, type Reference } from '../language/references.ts'
import type { Stage } from '../schema/stages.ts'
import { sayAt, type Finding } from './finding.ts'

/** Names that nothing defines. */
export const inNames = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) => {
    const stages = rule.kind === 'procedure' ? rule.stages : []
    const lost = referencesOf(rule).filter((ref) => ref.id !== 'unknown' && !resolves(rulebook, ref, stages))
    return lost.map((ref) => sayAt(rulebook, clause)(rule.kind === 'electorate' ? 'empty-reference' : 'unknown-id', ref.id))
  })

/** Whether something defines a name; a rule that is left open defines its id all the same. */
function resolves(rulebook: Rulebook, ref: Reference, stages: readonly Stage[]): boolean {
  const open = (kind: string, id: string | null = null): boolean =>
    rulebook.unresolved.some((u) => u.kind === kind && (id === null || u.id === id))
  if (ref.to === 'clause') return rulebook.clauses.has(ref.id as ClauseId) // looked up only; a text that is no clause is not found
  if (ref.to === 'state')
    return onlyProvision(rulebook, 'standing')?.rule.states.some((s) => s.key === ref.id) ?? open('standing')
  if (ref.to === 'seat')
    return open('body') || provisionsOf(rulebook, 'body').some((b) => b.rule.seats.some((s) => s.id === ref.id))
  if (ref.to === 'stage') return stages.some((s) => s.id === ref.id)
  if (ref.to === 'anchor')
    return (
      stages.some((s) => s.id === ref.id) ||
      (['appeal', 'meeting'] as const).some((kind) => provision(rulebook, kind, ref.id) !== null || open(kind, ref.id))
    )
  if (ref.to === 'value') {
    const attribute = provision(rulebook, 'attribute', ref.of ?? '')
    return attribute === null || attribute.rule.values.includes(ref.id)
  }
  const kinds = ref.to
  return (
    kinds.some((kind) => open(kind, ref.id)) ||
    rulebook.provisions.some((p) => kinds.includes(p.rule.kind) && idOf(p.rule) === ref.id)
  )
}
