// Every published draw is found right by a program that shares nothing with the one that drew, and no field of it can say anything else.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawPanel,
  drawStratified,
  lotSeedOfWords,
  lotteryText,
  proposeLottery,
  stratifiedText,
  type LotteryMethod,
  type Pool,
  type StratifiedPool,
} from '@quorate/counting'
import { canonicalJson, toHex, type Json, type JsonObject } from '@quorate/kernel'
import { runs } from '../../../counting/testing/arbitrary.ts'
import { changesOf } from '../../../counting/testing/changes.ts'
import { poolOf, pools } from '../../../counting/testing/pools.ts'
import { checkDraw } from './check-draw.ts'

const seed = lotSeedOfWords('a bell over the shop door')
const hex = toHex(seed)

function lotteryOf(
  method: LotteryMethod,
  pool: Pool,
  isDrawn = true,
): { readonly text: string; readonly panel: readonly number[] } | null {
  const lottery = proposeLottery(method, pool)
  if (lottery.kind === 'fail') return null
  const draw = drawPanel(pool, lottery.value, seed)
  return isDrawn
    ? { text: lotteryText(pool, lottery.value, { draw, seed }), panel: draw.panel }
    : { text: lotteryText(pool, lottery.value, null), panel: [] }
}

const strata = fc
  .record({
    sizes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
    seats: fc.integer({ min: 1, max: 6 }),
    exact: fc.boolean(),
  })
  .chain(({ sizes, seats, exact }) =>
    fc
      .array(fc.integer({ min: 0, max: exact ? 2 : 30 }), { minLength: sizes.length, maxLength: sizes.length })
      .map((numbers): StratifiedPool => ({
        title: 'a pool',
        strata: sizes.map((_, s) => `stratum ${s + 1}`),
        members: sizes.flatMap((size, s) => Array.from({ length: size }, () => s)),
        apportionment: exact ? { kind: 'exact', places: numbers } : { kind: 'largest remainder', people: numbers, seats },
      })),
  )

// The solver prices one of its cells a hair below nought.
const priceOfMinusNought: Pool = {
  title: '',
  categories: [
    {
      name: 'first',
      features: [
        { name: 'a', least: 0, most: 1 },
        { name: 'b', least: 0, most: 2 },
        { name: 'c', least: 1, most: 2 },
      ],
    },
    {
      name: 'second',
      features: [
        { name: 'd', least: 0, most: 3 },
        { name: 'e', least: 1, most: 3 },
      ],
    },
  ],
  members: [
    [1, 0],
    [0, 1],
    [2, 0],
    [2, 0],
    [1, 1],
    [0, 1],
    [2, 1],
    [2, 0],
    [1, 0],
  ],
  seats: 5,
}

describe('a draw by lottery', () => {
  it.each<LotteryMethod>(['maximin@1', 'leximin@1'])('%s: found right, before the draw and after it', (method) => {
    fc.assert(
      fc.property(pools, fc.boolean(), (pool, isDrawn) => {
        const made = lotteryOf(method, pool, isDrawn)
        fc.pre(made !== null) // Fewer than one pool in five has a panel: the others are not counted among the runs.
        expect(checkDraw(made.text, isDrawn ? hex : undefined)).toEqual({ kind: 'ok', value: made.panel })
      }),
      { ...runs(15), examples: [[priceOfMinusNought, false]] },
    )
  })
  const pool = poolOf(
    3,
    [
      ['w 1-2', 'm 1-2'],
      ['y 1-2', 'o 1-2'],
    ],
    ['3 wy', '2 wo', '2 my', '1 mo'],
  )
  const made = lotteryOf('leximin@1', pool)
  if (made === null) throw new Error('the quotas can be met')
  const document = JSON.parse(made.text) as JsonObject
  it('every single change is refused, naming the field', () => {
    const { panels, ...rest } = document
    for (const { path, value } of changesOf(rest)) {
      const checked = checkDraw(canonicalJson({ ...(value as JsonObject), panels: panels ?? null }), hex)
      // The title is not what is drawn from; the feature of a name may be any; a weaker bound is still one, and so is the other method's name.
      if (
        /^\/pool\/(title|categories\/\d+\/(name|features\/\d+\/name))$/.test(path) ||
        path === '/bound/most' ||
        path === '/method'
      )
        continue
      expect({ path, kind: checked.kind }).toEqual({ path, kind: 'fail' })
      if (checked.kind === 'fail') expect(checked.error.path).not.toBe('')
    }
    // The 1,000 panels, a few of the changes to each.
    for (const [i, { path, value }] of [...changesOf(panels ?? null, '/panels')].entries())
      if (i % 97 === 0)
        expect({ path, kind: checkDraw(canonicalJson({ ...document, panels: value }), hex).kind }).toEqual({ path, kind: 'fail' })
  })
  it('says what is wrong with a panel, a chance, the bound, and with who was drawn', () => {
    const put = (change: JsonObject): string => {
      const checked = checkDraw(canonicalJson({ ...document, ...change }), hex)
      return checked.kind === 'ok' ? 'ok' : `${checked.error.path}: ${checked.error.expected}`
    }
    const panels = document['panels'] as readonly Json[]
    expect(put({ panels: panels.with(7, [0, 1, 2]) })).toMatch(/^\/chances\/|^\/panels\/7: "from 1 to 2/)
    expect(put({ panels: panels.with(7, [2, 1, 0]) })).toContain('3 different members, ascending')
    expect(put({ panels: panels.slice(1) })).toBe('/panels: 1000 panels')
    expect(put({ bound: { ...(document['bound'] as JsonObject), most: 0 } })).toMatch(/^\/bound: "no panel heavier than 0/)
    expect(put({ never: [0] })).toContain('members who are on no panel')
    expect(put({ draw: { ...(document['draw'] as JsonObject), index: 1000 } })).toMatch(/^\/draw\/index: \d+$/)
    expect(put({ draw: null })).toMatch(/^\/draw: /)
  })
  it('another seed than the one publicly known gives another draw', () => {
    const other = toHex(lotSeedOfWords('another bell'))
    const checked = checkDraw(made.text, other)
    expect(checked.kind === 'fail' && ['/draw', '/seed'].some((part) => checked.error.path.startsWith(part))).toBe(true)
  })
})

describe('a stratified draw', () => {
  it('is found right, whatever the strata', () => {
    fc.assert(
      fc.property(strata, (pool) => {
        const draw = drawStratified(pool, seed)
        fc.pre(draw.kind === 'ok')
        expect(checkDraw(stratifiedText(pool, draw.value, seed), hex)).toEqual({ kind: 'ok', value: draw.value.panel })
      }),
      runs(150),
    )
  })
  it('every single change is refused', () => {
    const pool: StratifiedPool = {
      title: 'a pool',
      strata: ['north', 'south', 'west'],
      members: [0, 0, 0, 1, 1, 1, 2, 2],
      apportionment: { kind: 'largest remainder', people: [50, 30, 30], seats: 4 },
    }
    const draw = drawStratified(pool, seed)
    if (draw.kind === 'fail') throw new Error(draw.error.kind)
    const document = JSON.parse(stratifiedText(pool, draw.value, seed)) as JsonObject
    for (const { path, value } of changesOf(document)) {
      // Names of strata and the title decide nothing.
      if (/^\/pool\/(title|strata\/\d+)$/.test(path)) continue
      const checked = checkDraw(canonicalJson(value), hex)
      if (checked.kind === 'ok') expect(path).toMatch(/^\/pool\/apportionment\/people\/\d$/)
    }
  })
  it('more places than members in a stratum, or no places at all, are no draw', () => {
    const base = { format: 'quorate/draw/v1', method: 'stratified@1', seed: hex, draw: null }
    const pool = (apportionment: JsonObject) => ({ title: '', strata: ['a', 'b'], members: [0, 1], apportionment })
    expect(checkDraw(canonicalJson({ ...base, pool: pool({ kind: 'exact', places: [2, 0] }) }))).toMatchObject({
      error: { path: '/pool/members' },
    })
    expect(checkDraw(canonicalJson({ ...base, pool: pool({ kind: 'exact', places: [0, 0] }) }))).toMatchObject({
      error: { path: '/pool' },
    })
  })
})

describe('what is no draw is refused, and nothing throws', () => {
  it.each<[string, string]>([
    ['no JSON', 'panel'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['an unknown method', canonicalJson({ format: 'quorate/draw/v1', method: 'by hand' })],
    ['a pool of nothing', canonicalJson({ format: 'quorate/draw/v1', method: 'leximin@1', pool: null })],
    ['blanks in canonical JSON', ' {}'],
  ])('%s', (_what, text) => expect(checkDraw(text)).toMatchObject({ kind: 'fail' }))
  it('any JSON at all', () => {
    const whole = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.trunc(value % 1000) + 0 : value)
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, whole))
    fc.assert(
      fc.property(json, fc.constantFrom('stratified@1', 'leximin@1'), (text, method) => {
        const pool = JSON.parse(text) as Json
        expect(['ok', 'fail']).toContain(checkDraw(canonicalJson({ method, pool, panels: pool, seed: hex })).kind)
      }),
      runs(200),
    )
  })
})
