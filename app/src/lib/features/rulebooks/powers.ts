import { powerNames, provision, provisionsOf, type Provision, type Rulebook, type StageView } from '@quorate/rulebook'
import { holderKind } from './actor-words.ts'
import { laidDown } from './laid-down.ts'
import type { Holder, Part, Role } from './power-parts.ts'

/**
 * One way to a power and everybody's part in it: by a holder's own decision, through a procedure, or as a rule about a body or an office lays
 * down (who elects, appoints, recalls, calls a meeting).
 */
export type Way = {
  readonly by: 'own decision' | 'procedure' | 'rule'
  readonly clause: string
  readonly procedure: string | null
  readonly parts: readonly Part[]
}
/** A power of the catalogue with the ways to it; without any, nobody has it. */
export type PowerHeld = { readonly power: string; readonly ways: readonly Way[] }

/** Who holds what under a rulebook: the whole catalogue of powers, those that are granted first and in the order of the text. */
export function powersHeld(rulebook: Rulebook): readonly PowerHeld[] {
  const granted = new Map<string, Way[]>()
  for (const power of provisionsOf(rulebook, 'power'))
    granted.set(power.rule.act, [...(granted.get(power.rule.act) ?? []), ...waysOf(rulebook, power)])
  for (const { power, ...part } of laidDown(rulebook)) {
    const ways = granted.get(power) ?? []
    const same = ways.find((way) => way.by === 'rule' && way.clause === part.clause)
    const way: Way = { by: 'rule', clause: part.clause, procedure: null, parts: [...(same?.parts ?? []), part] }
    granted.set(power, [...ways.filter((other) => other !== same), way])
  }
  const rest = powerNames.filter((power) => !granted.has(power)).map((power): PowerHeld => ({ power, ways: [] }))
  return [...[...granted].map(([power, ways]) => ({ power, ways })), ...rest]
}

function waysOf(rulebook: Rulebook, { clause, rule }: Provision<'power'>): readonly Way[] {
  const own = (rule.holder ?? []).map((id): Way => {
    const holder = { kind: holderKind(rulebook, id), id }
    return { by: 'own decision', clause, procedure: null, parts: [{ holder, role: 'alone', clause }] }
  })
  const through = (rule.via ?? []).flatMap((id): readonly Way[] => {
    const found = provision(rulebook, 'procedure', id)
    return found === null ? [] : [{ by: 'procedure', clause, procedure: id, parts: partsIn(rulebook, found) }]
  })
  return [...own, ...through]
}

/** Everybody's part in a procedure, each holder once a role. */
function partsIn(rulebook: Rulebook, { clause, rule }: Provision<'procedure'>): readonly Part[] {
  const parts: Part[] = []
  const add = (role: Role, holder: Holder): void => {
    const isThere = parts.some((p) => p.role === role && p.holder.kind === holder.kind && p.holder.id === holder.id)
    if (!isThere) parts.push({ role, holder, clause })
  }
  const all = (role: Role, actors: StageView['actor']): void => {
    for (const actor of actors)
      if (actor.kind === 'named') add(role, { kind: holderKind(rulebook, actor.id), id: actor.id })
      else if (actor.kind === 'electorate') add(role, { kind: 'electorate', id: actor.id })
      else if (actor.kind === 'people') add(role, { kind: 'electorate', id: actor.electorate })
      else if (actor.kind === 'seat on') add(role, { kind: 'body', id: actor.body })
  }
  for (const stage of rule.stages)
    switch (stage.do) {
      case 'propose':
        all('begins', stage.by)
        break
      case 'support':
        add('signs', { kind: 'electorate', id: stage.signers.electorate })
        break
      case 'check':
        all('checks', stage.by)
        break
      case 'consider':
        add('agrees', { kind: 'body', id: stage.body })
        break
      case 'ballot': {
        const freeze = rule.stages.find((s) => s.id === stage.roll)
        add('votes', { kind: 'electorate', id: freeze?.do === 'freeze' ? freeze.electorate : stage.roll })
        break
      }
      case 'certify':
        all('certifies', stage.by)
        break
      case 'challenge':
        all('challenges', stage.by)
        add('judges', { kind: 'body', id: stage.to })
        break
      default:
        break
    }
  return parts
}
