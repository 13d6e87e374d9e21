// The solver against enumeration, and the published example of Hill and Otten.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { closes, keeps, narrowed, type CellProblem } from './certificate.ts'
import { byBounds, familiesOf } from './families.ts'
import { judgeLiterally, rememberingJudge } from './judge.ts'
import { byFlow } from './max-flow.ts'
import { solve } from './solve.ts'

/** Problems of up to six cells in up to six groups, tight and loose. */
const problems = fc.integer({ min: 1, max: 6 }).chain((groups) =>
  fc.record({
    places: fc.integer({ min: 0, max: 8 }),
    bounds: fc.array(
      fc
        .record({ least: fc.integer({ min: 0, max: 4 }), room: fc.option(fc.integer({ min: 0, max: 3 })) })
        .map(({ least, room }) => ({ least, most: room === null ? null : least + room })),
      { minLength: groups, maxLength: groups },
    ),
    cells: fc.array(
      fc
        .record({
          groups: fc.subarray(Array.from({ length: groups }, (_, g) => g)),
          low: fc.integer({ min: 0, max: 1 }),
          more: fc.integer({ min: 0, max: 3 }),
        })
        .map(({ groups: own, low, more }) => ({ groups: own, low, high: low + more })),
      { minLength: 1, maxLength: 6 },
    ),
  }),
)

/** Bounds that only a search can tell to be at odds: few random ones are. */
const forTree: CellProblem = {
  places: 6,
  bounds: [
    { least: 4, most: 5 },
    { least: 3, most: 4 },
    { least: 1, most: 3 },
  ],
  cells: [
    { groups: [0, 1, 2], low: 1, high: 4 },
    { groups: [0, 1, 2], low: 0, high: 0 },
    { groups: [0], low: 1, high: 4 },
    { groups: [0, 1, 2], low: 0, high: 3 },
    { groups: [2], low: 0, high: 1 },
  ],
}

/** All sets of numbers that keep the bounds. */
function all(problem: CellProblem): readonly (readonly number[])[] {
  let found: readonly (readonly number[])[] = [[]]
  for (const { low, high } of problem.cells) {
    const range = Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i)
    found = found.flatMap((counts) => range.map((n) => [...counts, n]))
  }
  return found.filter((counts) => keeps(counts, problem))
}

describe('the solver', () => {
  it('finds numbers exactly when there are any, and proves it when there are none', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(problems, (problem) => {
        const answer = solve(problem)
        expect(answer?.kind === 'witness').toBe(all(problem).length > 0)
        if (answer !== null && answer.kind !== 'witness') {
          expect(closes(answer, problem)).toBe(true)
          kinds.add(answer.kind === 'split' ? 'tree' : answer.sides.length === 1 ? 'bound' : 'cut')
        }
        kinds.add(`${familiesOf(problem).length} families`)
      }),
      { ...runs(6000), examples: [[forTree]] },
    )
    // Every kind of proof and number of families was met, so every way of deciding was asked.
    expect([...kinds]).toEqual(
      expect.arrayContaining(['bound', 'cut', 'tree', '0 families', '1 families', '2 families', '3 families']),
    )
  })

  it('sorts groups into families that share nobody, two where two are enough', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const families = familiesOf(problem)
        for (const family of families)
          expect(problem.cells.every(({ groups }) => groups.filter((g) => family.includes(g)).length <= 1)).toBe(true)
        const bounded = problem.bounds.flatMap(({ least, most }, g) => (least > 0 || most !== null ? [g] : []))
        expect(families.flat().sort()).toEqual(bounded)
      }),
      runs(300),
    )
  })

  it('decides one partition by bounds as it does by a flow', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const [family] = familiesOf(problem)
        if (family === undefined) return
        expect(byBounds(problem, family).kind).toBe(byFlow(problem, family, []).kind)
      }),
      runs(500),
    )
  })

  it('judges who is doomed and guarded as enumeration does, remembering or not', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const lawful = all(problem)
        if (lawful.length === 0) return
        const open = problem.cells.flatMap(({ low, high }, i) => (low < high ? [i] : []))
        const truth = {
          doomed: open.filter((i) => lawful.every((counts) => counts[i] === problem.cells[i]?.low)),
          guarded: open.filter((i) => lawful.every((counts) => counts[i] === problem.cells[i]?.high)),
        }
        expect(judgeLiterally(problem)).toEqual(truth)
        const remembering = rememberingJudge()
        expect(remembering(problem)).toEqual(truth)
        expect(remembering(problem)).toEqual(truth)
      }),
      runs(2500),
    )
  })

  it('gives up when it may look at no more', () => {
    // Three groups, each two of three cells, none of which can be alone: parity makes it hard for pairs of partitions.
    const problem: CellProblem = {
      places: 3,
      bounds: [
        { least: 1, most: 1 },
        { least: 1, most: 1 },
        { least: 1, most: 1 },
      ],
      cells: [[0, 1], [1, 2], [0, 2], []].map((groups) => ({ groups, low: 0, high: groups.length === 0 ? 2 : 1 })),
    }
    expect(solve(problem)?.kind).not.toBe('witness')
    expect(solve(problem, 0)).toBeNull()
  })
})

describe('Hill (Voting matters 9, paper 1) and Otten (Voting matters 13, paper 3): 14 places, 7 English, 6 Scottish, 1 Welsh; 7 men, 7 women', () => {
  // Cells EM EW SM SW WM WW; groups English, Scottish, Welsh, men, women.
  const bounds = [7, 6, 1, 7, 7].map((n) => ({ least: n, most: n }))
  // The papers' list has no more than three Scottish women in any line: three stood.
  const cells = [0, 1, 2].flatMap((nation) =>
    [3, 4].map((sex) => ({ groups: [nation, sex], low: 0, high: nation === 1 && sex === 4 ? 3 : 9 })),
  )
  const problem: CellProblem = { places: 14, bounds, cells }

  it('has the eight possibilities that both papers list', () => {
    const found: string[] = []
    for (let em = 0; em <= 7; em++)
      for (let sm = 0; sm <= 6; sm++)
        for (let wm = 0; wm <= 1; wm++) {
          const counts = [em, 7 - em, sm, 6 - sm, wm, 1 - wm]
          if (keeps(counts, problem)) found.push(counts.join(' '))
        }
    expect(found.sort()).toEqual([
      '0 7 6 0 1 0',
      '1 6 5 1 1 0',
      '1 6 6 0 0 1',
      '2 5 4 2 1 0',
      '2 5 5 1 0 1',
      '3 4 3 3 1 0',
      '3 4 4 2 0 1',
      '4 3 3 3 0 1',
    ])
    expect(familiesOf(problem)).toEqual([
      [0, 1, 2],
      [3, 4],
    ])
  })

  it('at the crucial point, 3 English men elected, 2 Scottish women and no other left: Scottish women guarded, exactly 4 Scottish men', () => {
    // "Only 2 Scottish women remain, we have to elect 6 Scottish … we must elect at least 4 Scottish men. But we are restricted to 7 men in total
    // and we have already elected 3": so the 2 Scottish women are guarded, and no further man but Scottish ones can be elected.
    const at = cells.map((cell, i) => ({ ...cell, low: i === 0 ? 3 : 0, high: i === 3 ? 2 : 9 }))
    const now = { ...problem, cells: at }
    const judged = judgeLiterally(now)
    expect(judged).toEqual(rememberingJudge()(now))
    expect(judged?.guarded).toEqual([3])
    // No further English man (cell 0), no Welsh man (cell 4).
    expect(judged?.doomed).toEqual([0, 4])
    const guard = solve(narrowed(now, 3, { high: 1 }))
    expect(guard).toMatchObject({ kind: 'bounds' })
    // The proof is Hill's sentence: at least 6 Scottish, at most 7 men.
    expect(guard?.kind === 'bounds' && guard.sides).toEqual([
      { group: 1, side: 'least' },
      { group: 3, side: 'most' },
    ])
  })
})
