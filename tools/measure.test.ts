import { expect, test } from 'vitest'
import { countText, durationText, measure, type Case } from './measure.ts'

test('cases take turns, every round begins with another one, and each runs as often as the others', async () => {
  const order: string[] = []
  const named = (name: string): Case => ({ name, operations: 1, run: () => void order.push(name) })
  const timings = await measure({ title: '', about: '', cases: [named('a'), named('b'), named('c')] }, 6, 1e-4)
  expect(timings.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  const blocks = order.filter((name, i) => name !== order[i - 1]).join('')
  // Warming up goes once through all; then six rounds, each a place further on.
  expect(blocks).toMatch(/^abca?b?c?/)
  expect(order).toContain('c')
})

test('the ratio is to the first case, counted per operation', async () => {
  const spin = (ms: number) => (): void => {
    for (const end = performance.now() + ms; performance.now() < end;);
  }
  const [one, two, half] = await measure(
    {
      title: '',
      about: '',
      cases: [
        { name: '1 ms', operations: 1, run: spin(1) },
        { name: '3 ms', operations: 1, run: spin(3) },
        { name: '3 ms for six', operations: 6, run: spin(3) },
      ],
    },
    5,
    0.006,
  )
  expect(one?.ratio).toBe(1)
  expect(two?.ratio).toBeGreaterThan(2)
  expect(half?.ratio).toBeLessThan(0.9)
  expect(two?.lower).toBeLessThanOrEqual(two?.upper ?? 0)
})

test('figures have three digits and a unit that fits', () => {
  expect([2, 0.0123456, 4.1249e-6, 9.99e-9, 3e-10].map(durationText)).toEqual(['2 s', '12.3 ms', '4.12 µs', '9.99 ns', '0.3 ns'])
  expect([243_451, 12.345, 0.5].map(countText)).toEqual(['243,000', '12.3', '0.5'])
})
