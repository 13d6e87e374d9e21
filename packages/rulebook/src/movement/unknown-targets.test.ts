import { describe, expect, it } from 'vitest'
import { at, codes, later, print } from '../../test/lantern.ts'
import { proven, seated } from '../../test/movement.ts'
import { lanternText, person } from '../../test/lantern.ts'
import { evolveAppeals, noAppeals } from './appeal.ts'
import type { Head } from './head.ts'
import { evolveOrders, isTarget, noOrders, ordersOn, type Target } from './order.ts'

// What reads acts refuses a target of a kind there is not. Where nothing has read one, the rule refuses it, and the state takes no harm from it.
const start = at('2026-03-01 12:00')
const stranger = { kind: 'person', person: 'somebody' } as unknown as Target
const head = { id: '0/1', clause: '1@1', edition: 1, by: person(1), at: start } as unknown as Head

describe('an order about a kind of thing there is not', () => {
  it('is refused, by the clause on orders', () => {
    const story = seated(lanternText, start)
    const order = {
      kind: 'record-order',
      order: 'o1',
      from: 'court',
      does: 'stay',
      form: 'document',
      document: print(8),
      until: null,
    } as const
    const record = (target: Target) =>
      story.act(person(1), 'office chair', later(start, 1), { ...order, target }, proven('holds-office', 'chair', true, start))
    expect(codes(record(stranger))).toEqual(['no-such-decision'])
    expect(isTarget(stranger)).toBe(false)
    expect('routes' in record({ kind: 'power', power: 'spend' })).toBe(false)
  })

  it('leaves a state that still answers, however many there are', () => {
    const stay = { from: 'court', does: 'stay', document: print(1), until: null } as const
    const known = { kind: 'event', event: '0/9' } as const
    // More than fit one leaf of the table, so that the keys themselves are looked into.
    const orders = Array.from({ length: 40 }, (_, i) => i).reduce(
      (all, i) =>
        evolveOrders(
          all,
          {
            kind: 'order-recorded',
            order: `o${i}`,
            ...stay,
            target: i === 20 ? known : ({ kind: `k${i}` } as unknown as Target),
          },
          head,
        ),
      noOrders,
    )
    expect(orders.byId.size).toBe(40)
    expect(ordersOn(orders, known, 'stay', start).map((o) => o.id)).toEqual(['o20'])
    const appealed = {
      kind: 'appealed',
      appeal: 'a1',
      rule: 'appeal',
      against: stranger,
      decideBy: later(start, 1),
      timeout: 'dismissed',
      stay: true,
    } as const
    expect(evolveAppeals(noAppeals, appealed, head).byId.size).toBe(1)
  })
})
