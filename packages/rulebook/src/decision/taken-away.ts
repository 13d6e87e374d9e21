import type { Rulebook } from '../language/model.ts'
import { provisionsOf } from '../language/model.ts'

/** What a new text takes from people that the old one gave them. */
export type TakenAway = {
  /** Ways to appeal: rules of appeal, and powers, checks and bodies whose answer could be appealed. */
  readonly appeals: number
  /** Rights of a standing or a class. */
  readonly rights: number
}

/** Ways to appeal and rights by a name each, so that two texts can be compared. */
function givenBy(rulebook: Rulebook): { readonly appeals: ReadonlySet<string>; readonly rights: ReadonlySet<string> } {
  const appeals = new Set<string>()
  const rights = new Set<string>()
  for (const { rule } of provisionsOf(rulebook, 'appeal')) appeals.add(`appeal ${rule.id}`)
  for (const { rule, clause } of provisionsOf(rulebook, 'power'))
    if (rule.appeal !== null) appeals.add(`power ${rule.act} ${clause}`)
  for (const { rule } of provisionsOf(rulebook, 'procedure'))
    for (const stage of rule.stages) if ('appeal' in stage && stage.appeal !== null) appeals.add(`stage ${rule.id} ${stage.id}`)
  const has = (of: string, right: { readonly right: string }): void => {
    rights.add(`${of} ${JSON.stringify(right)}`)
  }
  for (const { rule } of provisionsOf(rulebook, 'standing'))
    for (const { key, value } of rule.states) {
      for (const right of value.rights ?? []) has(`state ${key}`, right)
      // What a state does not take away is a right kept in it.
      for (const right of ['vote', 'stand', 'propose', 'sign', 'speak', 'attend'] as const)
        if (value.loses?.includes(right) === false) has(`state ${key} keeps`, { right })
    }
  for (const { rule } of provisionsOf(rulebook, 'class')) for (const right of rule.rights ?? []) has(`class ${rule.id}`, right)
  return { appeals, rights }
}

/** How many of one set are not in another. */
export const lost = (before: ReadonlySet<string>, after: ReadonlySet<string>): number =>
  [...before].filter((one) => !after.has(one)).length

/** How many ways to appeal and how many rights stand in one text and not in another. */
export function takenAway(before: Rulebook, after: Rulebook): TakenAway {
  const [old, now] = [givenBy(before), givenBy(after)]
  return { appeals: lost(old.appeals, now.appeals), rights: lost(old.rights, now.rights) }
}
