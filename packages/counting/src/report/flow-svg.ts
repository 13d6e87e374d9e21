// The transfer flow as a drawing (SVG 1.1 with ARIA): a column of bars a stage, bands for votes that stay and votes that move, and below it
// the same as a table, so that nobody has to see the drawing to know what it says.
import { decimalText, quotient } from '../arithmetic.ts'
import { flowOf, type FlowEnd } from './flow.ts'
import { tableOrder } from './outcome.ts'
import type { Contest } from '../papers/profile.ts'
import type { Stage, StvCount, Votes } from '../trace.ts'
import type { FlowWords } from '../words/phrases.ts'

/** One row of the table under the drawing: who gave how many votes to whom in which stage. */
export type FlowRow = { readonly stage: number; readonly from: string; readonly to: string; readonly votes: string }

/** The flow of all stages as rows, in the order of the stages. The same links as the drawing's bands. */
export function flowTable(count: StvCount, contest: Contest, words: FlowWords): readonly FlowRow[] {
  const nameOf = (end: FlowEnd): string => (typeof end === 'number' ? (contest.candidates[end] ?? '') : words.ends[end])
  return count.stages.flatMap(({ number }) =>
    flowOf(count, number).map(({ from, to, amount }) => ({
      stage: number,
      from: nameOf(from),
      to: nameOf(to),
      votes: decimalText(amount, count.places),
    })),
  )
}

const [left, top, column, bar, chart, gap, line] = [190, 60, 150, 16, 420, 15, 18]

/** Where one bar lies, and how far its two sides have been used by bands. */
type Bar = { readonly x: number; readonly y: number; readonly height: number; taken: number; given: number }
type Column = ReadonlyMap<FlowEnd, Bar>

/** Where everything of a drawing lies, in units of its own view box; `end` says whose it is. */
export type FlowShapes = {
  readonly width: number
  readonly height: number
  readonly columns: readonly { readonly x: number; readonly y: number; readonly text: string }[]
  readonly labels: readonly { readonly x: number; readonly y: number; readonly text: string }[]
  /** `d` is an SVG path. Bands that stay are paler than those that move. */
  readonly bands: readonly { readonly d: string; readonly end: FlowEnd; readonly stays: boolean }[]
  readonly bars: readonly { readonly x: number; readonly y: number; readonly height: number; readonly end: FlowEnd }[]
}

/** How wide each bar of a drawing is. */
export const flowBarWidth = bar

/** The drawing without its table, as shapes for whoever draws it. */
export function flowShapes(count: StvCount, contest: Contest, words: FlowWords): FlowShapes {
  const order: readonly FlowEnd[] = [...tableOrder(count, contest.withdrawn), 'non-transferable', 'lost']
  const scale = (votes: Votes): number =>
    count.valid === 0 ? 0 : Number(quotient(votes * BigInt(chart), BigInt(count.valid) * 10n ** BigInt(count.places)))
  const columns = count.stages.map((stage, k) => columnOf(stage, left + k * column, order, scale))
  return {
    width: left + columns.length * column,
    height: top + chart + order.length * gap + 10,
    columns: columns.map((_, k) => ({ x: left + k * column, y: top - 10, text: words.stage(k + 1) })),
    labels: labels(columns[0], contest, words),
    bands: count.stages.flatMap(({ number }) => bandsOf(count, number, columns, scale)),
    bars: columns.flatMap((bars) =>
      [...bars].flatMap(([end, { x, y, height }]) => (height === 0 ? [] : [{ x, y, height, end }])),
    ),
  }
}

/** The drawing with its table, as text of an SVG document. Names are escaped; no script, no style sheet, no outside reference. */
export function flowSvg(count: StvCount, contest: Contest, words: FlowWords): string {
  const shapes = flowShapes(count, contest, words)
  const rows = flowTable(count, contest, words)
  // The table's four columns need 680.
  const width = shapes.width > 680 ? shapes.width : 680
  const bottom = shapes.height + 40
  const height = bottom + (rows.length + 1) * line + 20
  const title = escapedXml(contest.title === '' ? words.title : `${words.title}: ${contest.title}`)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="group" aria-labelledby="flow-title">`,
    `<title id="flow-title">${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g role="img" aria-label="${escapedXml(words.described)}">`,
    `<text x="12" y="26" font-size="16" font-weight="bold">${title}</text>`,
    ...shapes.columns.map(({ x, y, text }) => `<text x="${x}" y="${y}">${escapedXml(text)}</text>`),
    ...shapes.labels.map(({ x, y, text }) => `<text x="${x}" y="${y}" text-anchor="end">${escapedXml(text)}</text>`),
    ...shapes.bands.map(({ d, end, stays }) => `<path d="${d}" fill="${colour(end)}" fill-opacity="${stays ? '0.25' : '0.6'}"/>`),
    ...shapes.bars.map((b) => `<rect x="${b.x}" y="${b.y}" width="${bar}" height="${b.height}" fill="${colour(b.end)}"/>`),
    '</g>',
    ...tableParts(rows, bottom, words),
    '</svg>',
  ]
  return `${parts.join('\n')}\n`
}

function columnOf(stage: Stage, x: number, order: readonly FlowEnd[], scale: (votes: Votes) => number): Column {
  const bars = new Map<FlowEnd, Bar>()
  let y = top
  for (const end of order) {
    const height = scale(figureOf(stage, end))
    bars.set(end, { x, y, height, taken: 0, given: 0 })
    y += height + gap
  }
  return bars
}

function figureOf(stage: Stage, end: FlowEnd): Votes {
  const figure = typeof end === 'number' ? (stage.totals[end] ?? 0n) : end === 'lost' ? stage.lost : stage.nonTransferable
  return figure > 0n ? figure : 0n
}

/** Bands from the stage before into this one: first what everybody keeps, then what moves. */
function bandsOf(
  count: StvCount,
  number: number,
  columns: readonly Column[],
  scale: (votes: Votes) => number,
): FlowShapes['bands'] {
  const [before, after] = [columns[number - 2], columns[number - 1]]
  const stage = count.stages[number - 2]
  if (before === undefined || after === undefined || stage === undefined) return []
  const links = flowOf(count, number)
  const bands: FlowShapes['bands'][number][] = []
  for (const [end, from] of before) {
    const out = links.reduce((sum, link) => sum + (link.from === end ? link.amount : 0n), 0n)
    const kept = scale(figureOf(stage, end) - out)
    const to = after.get(end)
    if (to !== undefined && kept > 0) bands.push({ d: bandPath(from, to, kept), end, stays: true })
  }
  const pool: Bar = { x: left + (number - 1) * column - 60, y: top - 4, height: 0, taken: 0, given: 0 }
  for (const { from, to, amount } of links) {
    const [source, target] = [from === 'pool' ? pool : before.get(from), to === 'pool' ? pool : after.get(to)]
    if (source !== undefined && target !== undefined)
      bands.push({ d: bandPath(source, target, scale(amount)), end: from === 'pool' ? to : from, stays: false })
  }
  return bands
}

function bandPath(from: Bar, to: Bar, height: number): string {
  const [x0, x1, y0, y1] = [from.x + bar, to.x, from.y + from.given, to.y + to.taken]
  from.given += height
  to.taken += height
  const middle = Number(quotient(BigInt(x0 + x1), 2n))
  // A band thinner than a unit is drawn a quarter of one thick: there, but not louder than it is.
  const thick = height === 0 ? '.25' : String(height)
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}v${thick}C${middle} ${y1 + height} ${middle} ${y0 + height} ${x0} ${y0 + height}z`
}

/** A colour a candidate, 137 degrees apart on the circle so that neighbours differ; grey for votes that are no longer anybody's. */
const colour = (end: FlowEnd): string => (typeof end === 'number' ? `hsl(${(end * 137) % 360},55%,42%)` : '#777')

function labels(bars: Column | undefined, contest: Contest, words: FlowWords): FlowShapes['labels'] {
  return [...(bars ?? [])].map(([end, { y }]) => {
    const name = typeof end === 'number' ? (contest.candidates[end] ?? '') : words.ends[end]
    return { x: left - 8, y: y + 10, text: shortened(name) }
  })
}

const shortened = (name: string): string => {
  const characters = Array.from(name)
  return characters.length > 26 ? `${characters.slice(0, 25).join('')}…` : name
}

function tableParts(rows: readonly FlowRow[], bottom: number, words: FlowWords): readonly string[] {
  const at = [12, 90, 330, 570] as const
  const cells = (texts: readonly string[], y: number, role: string): string => {
    const inner = texts.map((text, i) => `<text role="${role}" x="${at[i] ?? 0}" y="${y}">${escapedXml(text)}</text>`)
    return `<g role="row">${inner.join('')}</g>`
  }
  return [
    `<g role="table" aria-label="${escapedXml(words.title)}">`,
    cells(words.headings, bottom, 'columnheader'),
    ...rows.map(({ stage, from, to, votes }, i) => cells([String(stage), from, to, votes], bottom + (i + 1) * line, 'cell')),
    '</g>',
  ]
}

/** A text as XML 1.0 holds it: characters it cannot hold at all are no part of a name (profile.ts), but a caller may pass any text. */
export const escapedXml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
