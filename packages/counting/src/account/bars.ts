import { compare, floor, fraction, multiply, divide, type Fraction } from '@quorate/kernel'
import { exactText, fractionText } from '../words/figures.ts'
import type { AccountBar, AccountLine, BarState } from './account.ts'

/** A figure to be drawn as a bar. `figure` and `exact` are its texts where those of a fraction would not do. */
export type Drawn = {
  readonly option: number | null
  readonly name: string
  readonly value: Fraction
  readonly state: BarState
  readonly figure?: string
  readonly exact?: string
}

const zero = fraction(0)
const full = fraction(1000)

/** Thousandths of a scale, cut; 0 for nothing and for figures below it, never above 1,000. */
function shareOf(value: Fraction, scale: Fraction): number {
  if (compare(scale, zero) <= 0 || compare(value, zero) <= 0) return 0
  const share = Number(floor(divide(multiply(value, full), scale)))
  return share > 1000 ? 1000 : share
}

/** Bars and a line to one scale: the greatest figure, the line included, or `scale` where all stages share one. */
export function drawn(
  bars: readonly Drawn[],
  line: { readonly name: string; readonly value: Fraction; readonly figure?: string } | null,
  scale: Fraction | null = null,
): { readonly bars: readonly AccountBar[]; readonly line: AccountLine | null } {
  const values = [...bars.map(({ value }) => value), ...(line === null ? [] : [line.value])]
  const most = scale ?? values.reduce((top, value) => (compare(value, top) > 0 ? value : top), zero)
  return {
    bars: bars.map(({ option, name, value, state, figure, exact }) => ({
      option,
      name,
      figure: figure ?? fractionText(value),
      exact: exact ?? exactText(value),
      share: shareOf(value, most),
      state,
    })),
    line:
      line === null
        ? null
        : { name: line.name, figure: line.figure ?? fractionText(line.value), share: shareOf(line.value, most) },
  }
}
