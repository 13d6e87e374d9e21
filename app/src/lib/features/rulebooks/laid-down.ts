import { provision, provisionsOf, type Rulebook, type RuleOf } from '@quorate/rulebook'
import { holderKind } from './actor-words.ts'
import type { Holder, Part, Role } from './power-parts.ts'

type LaidDown = Part & { readonly power: string }
type Seat = RuleOf<'body'>['seats'][number]
type Actors = NonNullable<RuleOf<'body'>['meets']>['by']

/**
 * Powers that are granted by no `power` clause but by what a rule about a body, an office or an emergency lays down: who elects or appoints,
 * fills an empty seat, recalls, calls a meeting, acts in an emergency. Lots, countbacks and ex-officio seats leave nobody a choice.
 */
export function laidDown(rulebook: Rulebook): readonly LaidDown[] {
  const found: LaidDown[] = []
  const named = (id: string): Holder =>
    provision(rulebook, 'electorate', id) === null ? { kind: holderKind(rulebook, id), id } : { kind: 'electorate', id }
  const add = (power: string, role: Role, holder: Holder, clause: string): void => {
    const isThere = found.some(
      (part) => part.power === power && part.role === role && part.clause === clause && part.holder.id === holder.id,
    )
    if (!isThere) found.push({ power, role, holder, clause })
  }
  const all = (power: string, actors: Actors, clause: string): void => {
    for (const actor of actors)
      if (actor.kind === 'named') add(power, 'alone', named(actor.id), clause)
      else if (actor.kind === 'electorate') add(power, 'begins', { kind: 'electorate', id: actor.id }, clause)
  }
  for (const { clause, rule } of provisionsOf(rulebook, 'body')) {
    for (const seat of rule.seats) {
      const chooser = chooserOf(seat)
      if (chooser === null) continue
      add(chooser.power, chooser.role, named(chooser.id), clause)
    }
    if (rule.vacancy?.fill === 'co-opt') add('fill-vacancy', 'alone', { kind: 'body', id: rule.id }, clause)
    if (rule.meets !== null) all('call-meeting', rule.meets.by, clause)
  }
  for (const { clause, rule } of provisionsOf(rulebook, 'office')) {
    const { filled, removed } = rule
    if (filled.kind === 'election by <by> from <from>') add('elect', 'votes', named(filled.by), clause)
    if (filled.kind === 'appointed by <by>') add('appoint', 'alone', named(filled.by), clause)
    add('recall', 'votes', named(removed.of), clause)
  }
  for (const { clause, rule } of provisionsOf(rulebook, 'emergency')) {
    add('emergency-measure', 'alone', named(rule.by.of), clause)
    if (rule.may.some((act) => act.startsWith('postpone'))) add('postpone', 'alone', named(rule.by.of), clause)
  }
  return found
}

type Chooser = { readonly power: string; readonly role: Role; readonly id: string}

/** Who chooses the holders of a class of seats; null where nobody does. */
function chooserOf({ by }: Seat): Chooser | null {
  switch (by?.kind) {
    case 'election of <electorate>':
      return { power: 'elect', role: 'votes', id: by.electorate }
    case 'election by <body>':
      return { power: 'elect', role: 'votes', id: by.body }
    case 'nomination of <body>':
    case 'appointment by <body>':
      return { power: 'appoint', role: 'alone', id: by.body }
    default:
      return null
  }
}
