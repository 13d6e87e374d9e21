import type { Actors, Amount, Base, Condition, Moment, Threshold, Who } from './expression.ts'
import type { Rule, RuleKind } from './model.ts'
import type { Stage } from './schema/stages.ts'

/** A name one rule uses for something another must define: a rule of one of some kinds, a state of standing, a value, a seat or a stage. */
export type Reference = {
  readonly to: readonly RuleKind[] | 'state' | 'value' | 'seat' | 'stage or appeal' | 'clause'
  readonly id: string
  /** For a value: its attribute. */
  readonly of: string | null
}

const rule = (id: string, ...to: readonly RuleKind[]): Reference => ({ to, id, of: null })
const state = (id: string): Reference => ({ to: 'state', id, of: null })
const stageOrAppeal = (id: string): Reference => ({ to: 'stage or appeal', id, of: null })

const inBase = (base: Base): readonly Reference[] => {
  switch (base.kind) {
    case 'votes':
      return []
    case 'seats':
      return base.ofClass === null ? [] : [rule(base.ofClass, 'class')]
    case 'electorate':
      return [rule(base.id, 'electorate')]
    case 'bodies':
      return [rule(base.id, 'body')]
  }
}

const inAmount = (amount: Amount): readonly Reference[] => {
  switch (amount.kind) {
    case 'count':
      return []
    case 'share':
      return inBase(amount.base)
    case 'lesser':
    case 'greater':
      return [...inAmount(amount.first), ...inAmount(amount.second)]
    case 'quorum':
      return [rule(amount.body, 'body')]
  }
}
const inThreshold = (threshold: Threshold | null): readonly Reference[] => (threshold === null ? [] : inAmount(threshold.amount))
const inConditions = (conditions: readonly Condition[] | null): readonly Reference[] =>
  (conditions ?? []).flatMap((c) =>
    c.kind === 'winner beats' ? [] : [...(c.ofClass === null ? [] : [rule(c.ofClass, 'class')]), ...inThreshold(c.threshold)],
  )

function inWho(who: Who): readonly Reference[] {
  switch (who.kind) {
    case 'or':
    case 'and':
      return who.parts.flatMap(inWho)
    case 'not':
      return inWho(who.part)
    case 'standing':
      return [state(who.id)]
    case 'class':
      return [rule(who.id, 'class')]
    case 'attribute':
      return [rule(who.id, 'attribute'), { to: 'value', id: who.value, of: who.id }]
    case 'in':
      return who.body === null ? [] : [rule(who.body, 'body')]
    case 'seat on':
      return [rule(who.id, 'body')]
    case 'office':
      return [rule(who.id, 'office')]
    case 'electorate':
      return [rule(who.id, 'electorate')]
    case 'age at least':
    case 'age under':
    case 'joined by':
    case 'paid by':
    case 'before':
    case 'after':
      return []
  }
}

const inActors = (actors: Actors | null): readonly Reference[] =>
  (actors ?? []).flatMap((a) => {
    switch (a.kind) {
      case 'rule':
        return []
      case 'named':
        return [rule(a.id, 'body', 'office')]
      case 'seat on':
        return [rule(a.body, 'body')]
      case 'electorate':
        return [rule(a.id, 'electorate')]
      case 'people':
        return [rule(a.electorate, 'electorate')]
    }
  })

type Phrased = { readonly kind: string; readonly [slot: string]: unknown }
const slotKinds: Readonly<Record<string, readonly RuleKind[]>> = {
  electorate: ['electorate'],
  body: ['body'],
  office: ['office'],
  by: ['body', 'electorate'],
  from: ['body', 'electorate'],
  power: ['power'],
  fact: ['fact'],
}
/** Names in the slots of a phrase, by the name of the slot. */
const inPhrase = (phrase: Phrased | null): readonly Reference[] =>
  Object.entries(phrase ?? {}).flatMap(([slot, value]) => {
    const kinds = slotKinds[slot]
    return kinds === undefined || typeof value !== 'string' || slot === 'power' ? [] : [rule(value, ...kinds)]
  })
const momentAnchors = (moment: Moment | null): readonly string[] =>
  moment === null || moment.kind === 'date' ? [] : [moment.anchor]
const anchorWords = ['propose', 'notice', 'freeze', 'open', 'close', 'cut-off', 'meeting']
const inMoment = (moment: Moment | null): readonly Reference[] =>
  momentAnchors(moment)
    .filter((a) => !anchorWords.includes(a))
    .map(stageOrAppeal)

/** One case per kind of stage: a table. */
function inStage(stage: Stage): readonly Reference[] {
  const common = [stage.with, stage.after].flatMap((id) => (id === null ? [] : [stageOrAppeal(id)]))
  const targets = [...(stage.then ?? []), ...(stage.do === 'consider' ? (stage.outcomes ?? []) : [])]
    .filter((row) => row.value !== 'fallen' && row.value !== 'end')
    .map((row) => stageOrAppeal(row.value))
  const own = (): readonly Reference[] => {
    switch (stage.do) {
      case 'propose':
        return [...inActors(stage.by), ...inMoment(stage.due), ...inMoment(stage.when)]
      case 'support':
        return [rule(stage.signers.electorate, 'electorate'), ...inThreshold(stage.need)]
      case 'check':
        return [
          ...inActors(stage.by),
          ...(stage.appeal === null ? [] : [rule(stage.appeal, 'appeal')]),
          ...stage.grounds.flatMap((g): readonly Reference[] =>
            g.kind === 'breaks <clause>' ? [{ to: 'clause', id: g.clause, of: null }] : [],
          ),
        ]
      case 'notify':
        return [rule(stage.to.electorate, 'electorate'), ...(stage.service === null ? [] : [rule(stage.service, 'service')])]
      case 'consider':
        return [rule(stage.body, 'body'), ...(stage.appeal === null ? [] : [rule(stage.appeal, 'appeal')])]
      case 'nominate':
        return [...inPhrase(stage.signers), ...inThreshold(stage.need)]
      case 'freeze':
        return [rule(stage.electorate, 'electorate'), stageOrAppeal(stage.at)]
      case 'ballot':
        return [
          stageOrAppeal(stage.roll),
          ...inActors(stage.timetable.by),
          ...(stage.opens ?? []).map((o) => stageOrAppeal(o.stage)),
          ...inConditions(stage.pass),
        ]
      case 'certify':
        return [...inActors(stage.by), ...inPhrase(stage.timeout)]
      case 'challenge':
        return [...inActors(stage.by), rule(stage.to, 'body')]
      case 'enact':
        return [stageOrAppeal(stage.at.stage)]
      case 'debate':
      case 'delay':
        return []
    }
  }
  return [...common, ...targets, ...inActors(stage.skipIf), ...own()]
}

/** Everything a rule refers to by name. One case per kind: a table. */
export function referencesOf(r: Rule): readonly Reference[] {
  switch (r.kind) {
    case 'calendar':
    case 'service':
    case 'class':
    case 'transition':
    case 'limit':
    case 'validity':
    case 'superior':
    case 'conduct':
      return []
    case 'genesis':
      return [rule(r.electorate, 'electorate'), ...inConditions(r.pass)]
    case 'standing':
      return [
        ...r.states.flatMap(({ value }) => [
          ...(value.from === null || value.from === 'any' ? [] : [state(value.from)]),
          ...(value.then === null ? [] : [state(value.then)]),
          ...(value.when?.kind === '<predicate>' ? inWho(value.when.predicate) : []),
        ]),
        ...(r.default === null ? [] : [state(r.default)]),
      ]
    case 'attribute':
      return inPhrase(r.evidence)
    case 'electorate':
      return [...inWho(r.who), ...inMoment(r.cutOff)]
    case 'fact':
      return [
        ...r.attestedBy.map((id) => rule(id, 'office', 'body')),
        ...(r.challenge === null ? [] : [rule(r.challenge.to, 'body')]),
      ]
    case 'body':
      return [
        ...r.seats.flatMap((seat) => [
          ...inPhrase(seat.by),
          ...(seat.everyoneIn === null ? [] : inWho(seat.everyoneIn)),
          ...(seat.quota ?? []).flatMap((q) => inWho(q.who)),
        ]),
        ...inConditions([r.quorum, ...r.decides.pass, ...(r.adjourn === null ? [] : [r.adjourn.quorumThen])]),
        ...inActors(r.meets?.by ?? null),
        ...(r.sits?.not ?? []).flatMap(inPhrase),
      ]
    case 'meeting':
      return [rule(r.of, 'body'), ...inActors(r.by)]
    case 'office':
      return [
        ...inPhrase(r.filled),
        ...(r.acting?.kind === 'longest seated <seat>'
          ? [{ to: 'seat' as const, id: r.acting.seat, of: null }]
          : inPhrase(r.acting)),
        ...(r.never ?? []).flatMap(inPhrase),
        rule(r.removed.of, 'body', 'electorate'),
        ...inThreshold(r.removed.threshold),
        ...(r.ceasesWhen === null ? [] : inWho(r.ceasesWhen)),
        ...inThreshold(r.mandate),
      ]
    case 'power':
      return [
        ...(r.holder ?? []).map((id) => rule(id, 'body', 'office')),
        ...(r.via ?? []).map((id) => rule(id, 'procedure')),
        ...inConditions(r.pass),
        ...(r.appeal === null ? [] : [rule(r.appeal, 'appeal')]),
        ...(r.limits?.grounds == null ? [] : [rule(r.limits.grounds, 'conduct')]),
      ]
    case 'procedure':
      return r.stages.flatMap(inStage)
    case 'tier':
      return [rule(r.procedure, 'procedure'), ...r.guards.map((id): Reference => ({ to: 'clause', id, of: null }))]
    case 'order':
      return inPhrase(r.recordedBy)
    case 'emergency':
      return [...inPhrase(r.when), rule(r.by.of, 'body', 'electorate'), ...inThreshold(r.by.threshold), rule(r.ratify.by, 'body')]
    case 'interest':
      return [rule(r.whoDecides, 'office', 'body')]
    case 'appeal':
      return [rule(r.to.body, 'body')]
  }
}
