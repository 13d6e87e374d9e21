// Pools for sortition, small enough to list every panel.
import fc, { type Arbitrary } from 'fast-check'
import type { Pool } from '../src/index.ts'

/** A pool from what its members are, such as `wy` for a woman who is young: `['3 wy', '2 mo']`. Quotas: `w 2-3`. */
export function poolOf(seats: number, quotas: readonly (readonly string[])[], members: readonly string[]): Pool {
  const categories = quotas.map((features, k) => ({
    name: `category ${k + 1}`,
    features: features.map((text) => {
      const [name = '', range = ''] = text.split(' ')
      const [least = '', most = least] = range.split('-')
      return { name, least: Number(least), most: Number(most) }
    }),
  }))
  const of = (word: string): readonly number[] =>
    categories.map(({ features }, k) => features.findIndex(({ name }) => name === word.charAt(k)))
  const all = members.flatMap((text) => {
    const [times = '', word = ''] = text.split(' ')
    return Array.from({ length: Number(times) }, () => of(word))
  })
  return { title: '', categories, members: all, seats }
}

/** Small pools with one to three categories; their quotas may contradict one another. */
export const pools: Arbitrary<Pool> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    seats: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ sizes, seats }) =>
    fc.record(
      {
        title: fc.constant(''),
        categories: fc.tuple(
          ...sizes.map((size, k) =>
            fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })), { minLength: size, maxLength: size }).map((ranges) => ({
              name: `category ${k + 1}`,
              features: ranges.map(([least, more], f) => ({ name: `feature ${f + 1}`, least, most: least + more })),
            })),
          ),
        ),
        members: fc.array(fc.tuple(...sizes.map((size) => fc.nat({ max: size - 1 }))), { minLength: 1, maxLength: 11 }),
        seats: fc.constant(seats),
      },
      { noNullPrototype: true },
    ),
  )

/** Every panel that meets all quotas, by trying all. */
export function allPanels({ categories, members, seats }: Pool): readonly (readonly number[])[] {
  const found: (readonly number[])[] = []
  const meets = (panel: readonly number[]): boolean =>
    categories.every(({ features }, k) =>
      features.every(({ least, most }, f) => {
        const count = panel.filter((m) => members[m]?.[k] === f).length
        return count >= least && count <= most
      }),
    )
  const choose = (from: number, panel: readonly number[]): void => {
    if (panel.length === seats) {
      if (meets(panel)) found.push(panel)
      return
    }
    for (let m = from; m < members.length; m++) choose(m + 1, [...panel, m])
  }
  choose(0, [])
  return found
}
