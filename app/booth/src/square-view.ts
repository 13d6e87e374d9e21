import type { SquareCode } from './square-code.ts'

const space = 'http://www.w3.org/2000/svg'

/** Draws a square code, with its quiet zone, always dark on light: cameras do not read the reverse. */
export function squareView({ size, isDark }: SquareCode, words: string): Element {
  const side = size + 8
  const square = document.createElementNS(space, 'svg')
  for (const [name, value] of [
    ['viewBox', `0 0 ${String(side)} ${String(side)}`],
    ['class', 'square-code'],
    ['role', 'img'],
    ['aria-label', words],
    ['shape-rendering', 'crispEdges'],
  ] as const)
    square.setAttribute(name, value)
  let dark = ''
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      let run = 0
      while (column + run < size && isDark(row, column + run)) run++
      if (run > 0) dark += `M${String(column + 4)} ${String(row + 4)}h${String(run)}v1h-${String(run)}z`
      column += run
    }
  for (const [fill, d] of [
    ['#fff', `M0 0h${String(side)}v${String(side)}H0z`],
    ['#000', dark],
  ] as const) {
    const path = document.createElementNS(space, 'path')
    path.setAttribute('fill', fill)
    path.setAttribute('d', d)
    square.append(path)
  }
  return square
}
