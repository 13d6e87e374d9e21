import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { poolOf } from '../../testing/pools.ts'
import { drawPanel, drawStratified, lotSeedOfWords, proposeLottery, type Pool, type StratifiedPool } from '../index.ts'

// A lottery is published, and anyone may propose it again from the pool: every machine must come to the same 1,000 panels. What is kept here is
// what the search found when its answers had been checked against every panel there is; a search that goes another way says so.

const seed = lotSeedOfWords('three dice, seven')

/** So many members whose features are bits of a multiplicative hash of their number (D. Knuth, The Art of Computer Programming 3, section 6.4). */
function mixed(members: number, sizes: readonly number[], quotas: readonly (readonly [number, number])[][], seats: number): Pool {
  return {
    title: '',
    seats,
    categories: sizes.map((size, k) => ({
      name: `category ${k + 1}`,
      features: Array.from({ length: size }, (_, f) => {
        const [least = 0, most = seats] = quotas[k]?.[f] ?? []
        return { name: `feature ${f + 1}`, least, most }
      }),
    })),
    members: Array.from({ length: members }, (_, m) =>
      sizes.map((size, k) => (Math.imul(m * m + 7 * m + 1, 2_654_435_761) >>> (5 * k + 3)) % size),
    ),
  }
}

const pools: readonly (readonly [string, Pool])[] = [
  ['two of ten women and two of thirty men', poolOf(4, [['w 2', 'm 2']], ['10 w', '30 m'])],
  ['two categories across', poolOf(3, [['a 1', 'b 2'], ['x 0-3', 'y 0-3']], ['10 ax', '2 bx', '2 by'])], // prettier-ignore
  ['one who must serve', poolOf(3, [['w 2', 'm 1'], ['y 2', 'o 1']], ['1 wo', '5 wy', '4 my'])], // prettier-ignore
  ['one kept out', poolOf(2, [['w 2', 'm 0'], ['y 1', 'o 1']], ['3 wy', '2 wo', '1 mo'])], // prettier-ignore
  ['no quotas', poolOf(2, [], ['7 -'])],
  ['everybody serves', poolOf(3, [['w 1-2', 'm 1-2']], ['2 w', '1 m'])],
  ['40 people, 8 places', mixed(40, [2, 3, 4], [[[4, 4], [4, 4]], [[2, 3], [2, 4], [2, 3]], [[1, 3], [1, 3], [1, 3], [1, 3]]], 8)], // prettier-ignore
  ['150 people, 12 places', mixed(150, [2, 3, 5, 2], [[[5, 7], [5, 7]], [[3, 5], [3, 5], [3, 5]], [[1, 4], [1, 4], [1, 4], [1, 4], [1, 4]], [[2, 6], [6, 10]]], 12)], // prettier-ignore
]

const listed = (numbers: readonly number[]): string =>
  numbers.reduce<readonly (readonly [number, number])[]>((runs, n) => {
    const last = runs.at(-1)
    return last?.[0] === n ? runs.with(-1, [n, last[1] + 1]) : [...runs, [n, 1]]
  }, []).map(([n, times]) => (times === 1 ? `${n}` : `${n}×${times}`)).join(' ') // prettier-ignore

describe('lotteries alike on every machine', () => {
  it.each(['maximin@1', 'leximin@1'] as const)('%s', async (method) => {
    const texts = pools.map(([name, pool]) => {
      const result = proposeLottery(method, pool)
      if (result.kind === 'fail') return `${name}: ${JSON.stringify(result.error)}\n`
      const { poolHash, panels, chances, never, least, bound } = result.value
      const { index, panel, reserves } = drawPanel(pool, result.value, seed)
      const lines = [
        `${name} (${poolHash.slice(0, 8)})`,
        `chances ${listed(chances)}; least ${least}; never ${never.join(' ')}`,
        `bound ${listed(bound.weights)}; most ${bound.most} of ${bound.total}`,
        `panels ${toHex(sha256(utf8(panels.map(String).join('\n')))).slice(0, 16)}, the first ${String(panels[0])}, the last ${String(panels[999])}`,
        `drawn ${index}: ${String(panel)}; in reserve ${reserves.map((r) => `${r.features.join('')}: ${r.members.join(' ')}`).join('; ')}`,
      ]
      return `${lines.join('\n  ')}\n`
    })
    await expect(texts.join('')).toMatchFileSnapshot(`../../testing/golden/sortition/${method.replace('@', '-')}.txt`)
  })
  it('stratified draws', async () => {
    const strata: readonly StratifiedPool['apportionment'][] = [
      { kind: 'exact', places: [2, 0, 3] },
      { kind: 'largest remainder', people: [47, 16, 158], seats: 7 },
      { kind: 'largest remainder', people: [10, 10, 20], seats: 2 },
    ]
    const texts = strata.map((apportionment) => {
      const pool = {
        title: '',
        strata: ['north', 'mid', 'south'],
        members: [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2],
        apportionment,
      }
      return JSON.stringify(
        drawStratified(pool, seed),
        (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
        1,
      )
    })
    await expect(texts.join('\n')).toMatchFileSnapshot('../../testing/golden/sortition/stratified.txt')
  })
})
