import type { Actors, Vote, Who } from '../expression.ts'
import { cite, provisionsOf, type Rulebook } from '../model.ts'
import type { Citation, PowerName } from '../terms.ts'

/** Who may use a compiled grant. */
export type GrantHolder =
  | { readonly kind: 'election'; readonly of: string }
  | { readonly kind: 'nomination'; readonly of: string }
  | { readonly kind: 'lot'; readonly of: string }
  | { readonly kind: 'appointment'; readonly of: string }
  | { readonly kind: 'vote'; readonly vote: Vote }
  | { readonly kind: 'actors'; readonly actors: Actors }
  | { readonly kind: 'seated' | 'people'; readonly count: number }
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

type Filled = { readonly kind: string; readonly [slot: string]: unknown }

function fillerOf(by: Filled): GrantHolder | null {
  const [how] = by.kind.split(' ')
  // Every phrase of this kind has one slot, which is an id: its codec says so.
  const of = String(Object.entries(by).find(([key]) => key !== 'kind')?.[1] ?? '')
  if (by.kind.startsWith('election by <by> from')) return { kind: 'election', of: String(by['by']) }
  if (how === 'election' || how === 'nomination' || how === 'lot') return { kind: how, of }
  return how === 'appointment' || how === 'appointed' ? { kind: 'appointment', of } : null
}

/** Every grant that `filled`, `by`, `vacancy`, `removed`, `ceases-when` and `meets` compile to, in the order of the text. */
export function compiledGrants(rulebook: Rulebook): readonly CompiledGrant[] {
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
    const meets = rule.meets
    const calls: readonly CompiledGrant[] =
      meets === null
        ? []
        : [
            ...('by' in meets && meets.by !== null
              ? [
                  {
                    act: 'call-meeting',
                    on,
                    holder: { kind: 'actors' as const, actors: meets.by },
                    clause: cited,
                    from: 'meets.by',
                  },
                ]
              : []),
            ...(meets.or === null ? [] : [requisition(on, meets.or, cited)].filter((g) => g !== null)),
          ]
    return [...seats, ...calls]
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

function requisition(on: CompiledGrant['on'], or: { readonly kind: string }, clause: Citation): CompiledGrant | null {
  const count = 'count' in or && typeof or.count === 'number' ? or.count : null
  if (count === null) return null
  return {
    act: 'call-meeting',
    on,
    holder: { kind: or.kind === '<count> seated' ? 'seated' : 'people', count },
    clause,
    from: 'meets.or',
  }
}

/** How a vacancy is filled again: co-option is the body's own; the rest goes the way the seat was filled, or by rule from the last count. */
function againBy(fill: string, body: string, first: GrantHolder): GrantHolder {
  if (fill === 'co-opt') return { kind: 'appointment', of: body }
  return fill === 'by-election' ? first : { kind: 'rule', when: 'vacancy', who: null }
}
