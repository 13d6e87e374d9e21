import { expect, test } from 'vitest'
import { remembering, turnsOf } from './turns.ts'

const now = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

test('reckonings run one after another, in the order in which they were asked for', async () => {
  const turns = turnsOf(5)
  const order: number[] = []
  const all = [1, 2, 3].map((n) => turns.take(() => order.push(n)))
  expect(order).toEqual([])
  expect(await Promise.all(all)).toEqual([1, 2, 3])
  expect(order).toEqual([1, 2, 3])
})

test('whatever else waits is served between two of them', async () => {
  const turns = turnsOf(5)
  const order: string[] = []
  const first = turns.take(() => order.push('one'))
  const second = turns.take(() => order.push('two'))
  await first
  setTimeout(() => order.push('a request'), 0)
  await now()
  await second
  expect(order.indexOf('one')).toBe(0)
  expect(order).toContain('a request')
})

test('whoever comes when the queue is full is turned away at once, and served again when it has emptied', async () => {
  const turns = turnsOf(2)
  const all = [1, 2, 3].map((n) => turns.take(() => n))
  expect(await all[2]).toBe('busy')
  expect(await Promise.all(all)).toEqual([1, 2, 'busy'])
  expect(await turns.take(() => 4)).toBe(4)
})

test('a reckoning that throws fails alone and frees its place', async () => {
  const turns = turnsOf(1)
  await expect(
    turns.take(() => {
      throw new Error('it broke')
    }),
  ).rejects.toThrow('it broke')
  expect(await turns.take(() => 5)).toBe(5)
})

test('of remembered answers the one not asked for longest goes first', () => {
  const kept = remembering<number>(2)
  kept.set('a', 1)
  kept.set('b', 2)
  expect(kept.get('a')).toBe(1)
  kept.set('c', 3)
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([1, undefined, 3])
})
