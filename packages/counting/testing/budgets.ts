// Budgets of Polish cities with what each city recorded, read where they lie beside the repository; never copied into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc, { type Arbitrary } from 'fast-check'
import type { BudgetProfile, LotOrder } from '../src/index.ts'

const shared = process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const folder = join(shared, 'data/counting/pb')

export const budgetsPresent = existsSync(folder)
export const whyNoBudgets = budgetsPresent ? '' : ` (skipped: no folder ${folder})`

/** What the fixtures say of a file: what the city ranked by, what it funded, and whether a greedy rule reproduces that. */
export type Recorded = {
  readonly rankBy: 'votes' | 'score'
  readonly recordedSelected: readonly string[]
  readonly greedySkip: 'equal' | 'differs'
  readonly greedyStop: 'equal' | 'differs'
}
export type BudgetFile = { readonly name: string; readonly bytes: Uint8Array; readonly recorded: Recorded }

export function budgetFiles(): readonly BudgetFile[] {
  if (!budgetsPresent) return []
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<Record<string, Recorded>>
  return readdirSync(folder).flatMap((name) => {
    const recorded = expected[name]
    return recorded === undefined ? [] : [{ name, bytes: readFileSync(join(folder, name)), recorded }]
  })
}

/** Small budgets, rich in ties, with an order of the projects. */
export const budgets: Arbitrary<{ readonly profile: BudgetProfile; readonly lot: LotOrder }> = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => {
    const all = Array.from({ length: n }, (_, p) => p)
    const paper = fc.record({
      weight: fc.integer({ min: 1, max: 3 }),
      points: fc
        .tuple(fc.subarray(all), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }))
        .map(([named, points]) => named.map((p): [number, number] => [p, points[p] ?? 0])),
    })
    return fc.record({
      profile: fc.record({
        title: fc.constant(''),
        projects: fc
          .array(fc.bigInt({ min: 0n, max: 12n }), { minLength: n, maxLength: n })
          .map((costs) => costs.map((cost, p) => ({ id: `P${p}`, name: '', cost }))),
        budget: fc.bigInt({ min: 0n, max: 30n }),
        papers: fc.array(paper, { maxLength: 8 }),
      }),
      lot: fc.shuffledSubarray(all, { minLength: n }),
    })
  })
