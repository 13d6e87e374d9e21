import type { Actors, Threshold, Vote, Who } from '../language/expression.ts'
import { cite, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import type { Citation, PowerName } from '../terms.ts'

/** Who may use a compiled grant. */
export type GrantHolder =
  | { readonly kind: 'election'; readonly of: string; readonly from?: string }
  | { readonly kind: 'nomination'; readonly of: string }
  | { readonly kind: 'lot'; readonly of: string }
  | { readonly kind: 'appointment'; readonly of: string }
  | { readonly kind: 'vote'; readonly vote: Vote }
  | { readonly kind: 'actors'; readonly actors: Actors }
  | { readonly kind: 'seated' | 'people'; readonly count: number }
  | { readonly kind: 'procedure'; readonly id: string }
  | { readonly kind: 'need'; readonly need: Threshold }
  | { readonly kind: 'rule'; readonly when: 'vacancy' | 'ceases'; readonly who: Who | null }

/**
 * A grant that a rule other than `power` makes: to fill a seat, to fill it again, to remove its holder, to call a meeting. Nothing else grants.
 * `on`: the body, seat class or office it is about.
 */
export type CompiledGrant = {
  readonly act: Extract<PowerName, string>
  readonly on: { readonly of: 'body' | 'office'; readonly id: string; readonly seat: string | null }
  readonly holder: GrantHolder
  readonly clause: Citation
  /** The key that makes it, such as `seats.ordinary.by`. */
  readonly from: string
}

type Filled = NonNullable<Provision<'body'>['rule']['seats'][number]['by']> | Provision<'office'>['rule']['filled']

/** How a phrase that fills seats compiles; ex officio seats are filled by nobody: they follow their office. */
function fillerOf(by: Filled): GrantHolder | null {
  switch (by.kind) {
    case 'election of <electorate>':
      return { kind: 'election', of: by.electorate }
    case 'election by <body>':
      return { kind: 'election', of: by.body }
    case 'election by <by> from <from>':
      return { kind: 'election', of: by.by, from: by.from }
    case 'nomination of <body>':
      return { kind: 'nomination', of: by.body }
    case 'nomination of affiliates':
      return { kind: 'nomination', of: 'affiliates' }
    case 'nomination of affiliates of class <class>':
    case 'nomination of affiliates not of class <class>':
      return { kind: 'nomination', of: by.class }
    case 'lot from <electorate>':
      return { kind: 'lot', of: by.electorate }
    case 'appointment by <body>':
      return { kind: 'appointment', of: by.body }
    case 'appointed by <by>':
      return { kind: 'appointment', of: by.by }
    case 'ex-officio <office>':
      return null
  }
}

const known = new WeakMap<Rulebook, readonly CompiledGrant[]>()

/** Every grant that `filled`, `by`, `vacancy`, `removed`, `ceases-when` and `meets` compile to, in the order of the text; compiled once an edition. */
export function compiledGrants(rulebook: Rulebook): readonly CompiledGrant[] {
  const made = known.get(rulebook) ?? compiled(rulebook)
  known.set(rulebook, made)
  return made
}

function compiled(rulebook: Rulebook): readonly CompiledGrant[] {
  const bodies = provisionsOf(rulebook, 'body').flatMap(({ rule, clause }): readonly CompiledGrant[] => {
    const cited = cite(rulebook, clause)
    const body = { of: 'body' as const, id: rule.id }
    const seats = rule.seats.flatMap((seat): readonly CompiledGrant[] => {
      const holder = seat.by === null ? null : fillerOf(seat.by)
      const on = { ...body, seat: seat.id }
      const fill = holder === null ? [] : [{ act: 'elect', on, holder, clause: cited, from: `seats.${seat.id}.by` }]
      const again =
        holder === null || rule.vacancy === null || rule.vacancy.fill === 'leave'
          ? []
          : [{ act: 'fill-vacancy', on, holder: againBy(rule.vacancy.fill, rule.id, holder), clause: cited, from: 'vacancy' }]
      return [...fill, ...again]
    })
    const on = { ...body, seat: null }
    const { meets } = rule
    const asked = meets?.or == null ? null : requisition(on, meets.or, cited)
    const calls: readonly CompiledGrant[] =
      meets === null
        ? []
        : [
            { act: 'call-meeting', on, holder: { kind: 'actors', actors: meets.by }, clause: cited, from: 'meets.by' },
            ...(asked === null ? [] : [asked]),
          ]
    const ceases: readonly CompiledGrant[] =
      rule.ceasesWhen === null
        ? []
        : [
            {
              act: 'recall',
              on,
              holder: { kind: 'rule', when: 'ceases', who: rule.ceasesWhen },
              clause: cited,
              from: 'ceases-when',
            },
          ]
    const late = meets?.ifNotHeldBy ?? null
    const instead: readonly CompiledGrant[] =
      late === null
        ? []
        : [
            {
              act: 'call-meeting',
              on,
              holder: { kind: 'actors', actors: late.then },
              clause: cited,
              from: 'meets.if-not-held-by',
            },
          ]
    return [...seats, ...calls, ...instead, ...ceases]
  })
  const offices = provisionsOf(rulebook, 'office').flatMap(({ rule, clause }): readonly CompiledGrant[] => {
    const cited = cite(rulebook, clause)
    const on = { of: 'office' as const, id: rule.id, seat: null }
    const holder = fillerOf(rule.filled)
    return [
      ...(holder === null ? [] : [{ act: 'elect', on, holder, clause: cited, from: 'filled' }]),
      ...(holder === null ? [] : [{ act: 'fill-vacancy', on, holder, clause: cited, from: 'filled' }]),
      { act: 'recall', on, holder: { kind: 'vote', vote: rule.removed }, clause: cited, from: 'removed' },
      ...(rule.ceasesWhen === null
        ? []
        : [
            {
              act: 'recall',
              on,
              holder: { kind: 'rule' as const, when: 'ceases' as const, who: rule.ceasesWhen },
              clause: cited,
              from: 'ceases-when',
            },
          ]),
    ]
  })
  return [...bodies, ...offices]
}

type Requisition = NonNullable<NonNullable<Provision<'body'>['rule']['meets']>['or']>

function requisition(on: CompiledGrant['on'], or: Requisition, clause: Citation): CompiledGrant {
  const head = { act: 'call-meeting', on, clause, from: 'meets.or' }
  switch (or.kind) {
    case '<count> seated':
      return { ...head, holder: { kind: 'seated', count: or.count } }
    case '<count> people':
      return { ...head, holder: { kind: 'people', count: or.count } }
    case 'procedure <procedure>':
      return { ...head, holder: { kind: 'procedure', id: or.procedure } }
    case '<need>':
      return { ...head, holder: { kind: 'need', need: or.need } }
  }
}

/** How a vacancy is filled again: co-option is the body's own; the rest goes the way the seat was filled, or by rule from the last count. */
function againBy(fill: string, body: string, first: GrantHolder): GrantHolder {
  if (fill === 'co-opt') return { kind: 'appointment', of: body }
  return fill === 'by-election' ? first : { kind: 'rule', when: 'vacancy', who: null }
}
