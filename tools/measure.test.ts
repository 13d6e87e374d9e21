import { expect, test } from 'vitest'
import { countText, durationText, measure, type Case } from './measure.ts'

/** Cases that take as many milliseconds as they are told, by a clock that only they move. */
function simulated(cases: readonly (readonly [name: string, ms: number, operations: number])[]) {
  let clock = 0
  const order: string[] = []
  const run = (name: string, ms: number) => (): void => {
    clock += ms
    order.push(name)
  }
  return {
    bench: {
      title: '',
      about: '',
      cases: cases.map(([name, ms, operations]): Case => ({ name, operations, run: run(name, ms) })),
    },
    now: () => clock,
    order,
  }
}

test('cases take turns and every round begins with another one', async () => {
  const { bench, now, order } = simulated([
    ['a', 10, 1],
    ['b', 10, 1],
    ['c', 10, 1],
  ])
  await measure(bench, 4, 0.01, now)
  // Once through all to find how often each must run, then four rounds.
  expect(order.join('')).toBe('abc' + 'abc' + 'bca' + 'cab' + 'abc')
})

test('a case that is quick runs as often as fills its slice', async () => {
  const { bench, now, order } = simulated([
    ['quick', 1, 1],
    ['slow', 40, 1],
  ])
  await measure(bench, 1, 0.02, now)
  expect(order.slice(-21)).toEqual([...Array.from({ length: 20 }, () => 'quick'), 'slow'])
})

test('the ratio is to the first case, counted per operation', async () => {
  const { bench, now } = simulated([
    ['1 ms', 1, 1],
    ['3 ms', 3, 1],
    ['3 ms for six', 3, 6],
  ])
  const timings = await measure(bench, 5, 0.012, now)
  expect(timings.map(({ median }) => Number(median.toFixed(6)))).toEqual([0.001, 0.003, 0.0005])
  expect(timings.map(({ ratio }) => Number(ratio.toFixed(6)))).toEqual([1, 3, 0.5])
})

test('figures have three digits and a unit that fits', () => {
  expect([2, 0.0123456, 4.1249e-6, 9.99e-9, 3e-10].map(durationText)).toEqual(['2 s', '12.3 ms', '4.12 µs', '9.99 ns', '0.3 ns'])
  expect([243_451, 12.345, 0.5].map(countText)).toEqual(['243,000', '12.3', '0.5'])
})
