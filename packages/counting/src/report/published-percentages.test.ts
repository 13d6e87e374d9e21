import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileShare } from '../index.ts'

describe('published percentages against whole votes', () => {
  it('finds that no whole number of 7,395 votes gives 70.42% or 52.15%', () => {
    for (const [percent, votes, near] of [
      ['70.42', 5208, '70.43'],
      ['52.15', 3856, '52.14'],
    ] as const) {
      const found = reconcileShare({ percent, of: 7395 })
      expect(found?.votes).toEqual([])
      expect([found?.nearest.votes, found?.nearest.percent]).toEqual([votes, near])
    }
  })

  it('finds every number that rounds to a figure, and only those', () => {
    expect(reconcileShare({ percent: '50', of: 400 })?.votes).toEqual([198, 199, 200, 201])
    expect(reconcileShare({ percent: '100.0', of: 3 })?.votes).toEqual([3])
    expect(reconcileShare({ percent: '0.0', of: 3 })?.votes).toEqual([0])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), fc.nat({ max: 3 }), (of, some, places) => {
        const votes = some % (of + 1)
        const percent = ((100 * votes) / of).toFixed(places)
        const exact = (100 * votes * 10 ** places) / of
        // Binary fractions round a half either way: only figures away from a half are compared.
        fc.pre(Math.abs(exact - Math.floor(exact) - 0.5) > 1e-6)
        expect(reconcileShare({ percent, of })?.votes).toContain(votes)
      }),
    )
  })

  it('refuses what is no percentage, or of nothing', () => {
    for (const percent of ['', '101', '100.01', '-3', '12,5', '1e2', '7.1234567'])
      expect(reconcileShare({ percent, of: 100 })).toBeNull()
    for (const size of [0, -1, 1.5, Number.NaN]) expect(reconcileShare({ percent: '50', of: size })).toBeNull()
  })
})
