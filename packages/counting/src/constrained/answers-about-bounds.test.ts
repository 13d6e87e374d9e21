import { describe, expect, it } from 'vitest'
import { group } from '../../testing/constraints.ts'
import { numbers } from '../../testing/drawn.ts'
import { wards, wardBounds } from '../../testing/boxes.ts'
import { afterShortage, counterOf, nominationsUnder, unpackProfile, type Contest } from '../index.ts'
import { closes, keeps, type CellProblem } from './certificate.ts'
import { familiesOf } from './families.ts'
import { solve } from './solve.ts'
import { witnessesOf } from './witnesses.ts'

// Whether bounds can be kept, on problems drawn by a seed: the answers, which a person can check, as golden files; that each is right, by trying
// every committee.

/** Two to five groups over three to six cells, each with room for nobody to three. */
function problemOf(seed: number): CellProblem {
  const { below } = numbers(seed)
  const groups = 2 + below(4)
  const often = 2 + below(2)
  const cells = Array.from({ length: 3 + below(5) }, () => {
    const low = below(4) === 0 ? 1 : 0
    return { groups: Array.from({ length: groups }, (_, g) => g).filter(() => below(often) === 0), low, high: low + below(4) }
  })
  const bounds = Array.from({ length: groups }, () => {
    const least = below(3)
    return { least, most: below(2) === 0 ? null : least + below(3) }
  })
  return { cells, bounds, places: 2 + below(6) }
}

/** Every way to fill the places. */
function* fillings({ cells, places }: CellProblem, from: readonly number[] = []): Generator<readonly number[]> {
  const cell = cells[from.length]
  const used = from.reduce((sum, n) => sum + n, 0)
  if (cell === undefined) {
    if (used === places) yield from
    return
  }
  for (let n = cell.low; n <= cell.high && used + n <= places; n++) yield* fillings({ cells, places, bounds: [] }, [...from, n])
}

describe('answers', () => {
  it('are right, and say why', async () => {
    const lines: string[] = []
    for (let seed = 1; seed <= 250; seed++) {
      const problem = problemOf(seed)
      const answer = solve(problem)
      const possible = [...fillings(problem)].some((counts) => keeps(counts, problem))
      expect([seed, answer?.kind === 'witness']).toEqual([seed, possible])
      expect(answer !== null && (answer.kind === 'witness' ? keeps(answer.counts, problem) : closes(answer, problem))).toBe(true)
      if (seed <= 120 || answer?.kind === 'split') {
        const cells = problem.cells.map(({ groups, low, high }) => `${low}–${high} of ${groups.join('+') || 'none'}`)
        const bounds = problem.bounds.map(({ least, most }) => `${least}–${most ?? '∞'}`)
        lines.push(
          `${seed}: ${problem.places} places; ${cells.join(', ')}; groups ${bounds.join(', ')}; families ${familiesOf(problem)
            .map((f) => f.join('+'))
            .join(' ')}`,
        )
        lines.push(`  ${JSON.stringify(answer)}`)
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../testing/golden/constrained/answers.txt')
  })
  it('are given up after so many nodes', () => {
    const hard = Array.from({ length: 250 }, (_, i) => problemOf(i + 1)).filter((problem) => familiesOf(problem).length > 2)
    const searched = hard.filter((problem) => solve(problem, 0) === null)
    expect(searched.length).toBeGreaterThan(3)
    for (const problem of searched) expect(solve(problem)).not.toBeNull()
  })
})

describe('nominations', () => {
  const contest = (letters: string, seats: number): Contest => ({
    title: '',
    candidates: letters.split(''),
    withdrawn: [],
    seats,
  })
  it('floors that ask for more than there are places: all of them, and the places', () => {
    const bounds = [group('women', 'AB', 2), group('north', 'CD', 1), group('young', 'EF', 0, 2)]
    expect(nominationsUnder(contest('ABCDEF', 2), bounds)).toMatchObject({
      certificate: {
        evidence: {
          kind: 'bounds',
          sides: [
            { group: 0, side: 'least' },
            { group: 1, side: 'least' },
            { group: null, side: 'most' },
          ],
        },
      },
    })
  })
  it('ceilings that leave too few: all of them, and the places', () => {
    const bounds = [group('women', 'ABC', 0, 1), group('north', 'DEF', 0, 1)]
    expect(nominationsUnder(contest('ABCDEF', 4), bounds)).toMatchObject({
      certificate: {
        evidence: {
          kind: 'bounds',
          sides: [
            { group: 0, side: 'most' },
            { group: 1, side: 'most' },
            { group: null, side: 'least' },
          ],
        },
      },
    })
  })
  it('what cannot be asked is passed on', () => {
    const unsettled = [{ ...group('women', 'GH', 3), unsettled: [0] }]
    expect(afterShortage(contest('ABCDEFGH', 6), unsettled, 'next best')).toEqual({
      kind: 'fail',
      error: { kind: 'blocked', fault: { kind: 'unsettled', group: 0, candidates: [0] } },
    })
  })
  it('a place left empty for each step, down to the last', () => {
    expect(afterShortage(contest('AB', 1), [group('women', 'A', 0, 0), group('north', 'B', 0, 0)], 'leave empty')).toEqual({
      kind: 'fail',
      error: { kind: 'no floor to lower' },
    })
    expect(afterShortage(contest('ABC', 3), [group('women', 'A', 2)], 'leave empty')).toMatchObject({
      value: { seats: 2, constraints: [{ least: 1 }], lowered: [{ group: 0, by: 1 }] },
    })
  })
})

describe('numbers that show nobody else was shut out or kept in', () => {
  it.each(['scottish-stv@1', 'ers97@1', 'meek-reference@1'])('%s: none without use, the same for the same count', (method) => {
    const [ward] = wards
    const ready = counterOf(method, new Map())
    if (ward?.box.kind !== 'rankings' || ready.kind === 'fail' || ready.value.bounded === null) throw new Error('there is a ward')
    const made = ready.value.bounded(ward.box, wardBounds, ward.lot)
    if (made.kind === 'fail' || made.value.kind !== 'stv') throw new Error('it is counted')
    const profile = 'papers' in ward.box.profile ? ward.box.profile : unpackProfile(ward.box.profile)
    expect(witnessesOf(made.value, profile)).toMatchObject(witnessesOf(made.value, profile))
    const bare = ready.value.count(ward.box, ward.lot)
    expect(bare.kind === 'ok' && bare.value.kind === 'stv' && witnessesOf(bare.value, profile)).toEqual([])
  })
})
