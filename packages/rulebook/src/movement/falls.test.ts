import { describe, expect, it } from 'vitest'
import { at, later } from '../../test/lantern.ts'
import { due, emptyState, type Editions } from '../index.ts'
import { withDeadline } from './agenda.ts'
import { assertCleared, nextFall } from './falls.ts'
import { emptyMovement, type Movement } from './movement.ts'
import { emptyTable, withRow } from './table.ts'

const now = at('2026-03-01 12:00')
/** A meeting that has lapsed and yet stands on the agenda: what falls for it changes nothing. */
const stuck: Movement = {
  ...emptyMovement,
  orders: {
    ...emptyMovement.orders,
    byId: withRow(emptyTable, 'o', {
      id: 'o',
      clause: '1@1',
      edition: 1,
      until: later(now, -1),
      target: { kind: 'power', power: 'spend' },
    } as never),
    agenda: withDeadline(emptyTable, now, 'o'),
  },
}

describe('what falls by time alone', () => {
  it('falls once: a deadline that its own fall does not clear stops the engine instead of turning for ever', () => {
    const fall = nextFall(stuck, now)
    expect(fall).toMatchObject({ at: now, did: { kind: 'order-ended', order: 'o' } })
    if (fall === null) return
    expect(() => {
      assertCleared(stuck, fall)
    }).toThrow('what falls clears its deadline: order-ended')
    expect(() => {
      assertCleared(emptyMovement, fall)
    }).not.toThrow()
    const editions: Editions = { byNumber: new Map(), inForce: 1 as Editions['inForce'] }
    expect(() => due(editions, { ...emptyState, movement: stuck }, now)).toThrow('clears its deadline')
  })
})
