import { describe, expect, it } from 'vitest'
import { lanternText, parsed } from '../../test/lantern.ts'
import { lint } from './lint.ts'

const one = '{who: attribute gender woman, at-least: 5, if-short: leave empty'
/** Lantern with other quotas for its committee's ten ordinary seats. */
const withQuotas = (...quotas: readonly string[]): string => {
  expect(lanternText.includes(one)).toBe(true)
  return lanternText.replace(one, quotas.join('}, '))
}
const unmeetable = (text: string) =>
  lint(parsed(text))
    .filter((f) => f.code === 'unmeetable-quota')
    .map((f) => f.figures)

describe('a quota of any size', () => {
  it.each([11, 786, 9_999])('of %d on ten seats cannot be met, and the linter says what it needs', (n) => {
    expect(unmeetable(withQuotas(`{who: attribute gender woman, at-least: ${n}`))).toEqual([{ needed: n, seats: 10 }])
  })

  it('of ten can', () => {
    expect(unmeetable(withQuotas('{who: attribute gender woman, at-least: 10'))).toEqual([])
  })

  it.each([40, 9_999])('of %d beside another that shares nobody with it is never too much for the linter', (n) => {
    const found = unmeetable(
      withQuotas(`{who: attribute gender woman, at-least: ${n}`, `{who: not attribute gender woman, at-least: ${n}`),
    )
    expect(found).toEqual([{ needed: 2 * n, seats: 10 }])
  })

  it('of three that overlap in part stops where it would take too long, and claims nothing', () => {
    const kinds = [
      'attribute gender woman or age under 30',
      'age under 30 or standing active',
      'standing active or attribute gender woman',
    ]
    expect(unmeetable(withQuotas(...kinds.map((who) => `{who: ${who}, at-least: 4`)))).toEqual([])
    expect(() => unmeetable(withQuotas(...kinds.map((who) => `{who: ${who}, at-least: 9999`)))).not.toThrow()
  })
})
