// The transfer flow as a drawing (SVG 1.1 with ARIA): a column of bars a stage, bands for votes that stay and votes that move, and below it
// the same as a table, so that nobody has to see the drawing to know what it says.
import { decimalText, quotient } from './arithmetic.ts'
import { flowOf, type FlowEnd } from './flow.ts'
import { tableOrder } from './outcome.ts'
import type { Contest } from './profile.ts'
import type { Stage, StvCount, Votes } from './trace.ts'
import type { FlowWords } from './words/phrases.ts'

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

/** The drawing with its table, as text of an SVG document. Names are escaped; no script, no style sheet, no outside reference. */
export function flowSvg(count: StvCount, contest: Contest, words: FlowWords): string {
  const order: readonly FlowEnd[] = [...tableOrder(count, contest.withdrawn), 'non-transferable', 'lost']
  const scale = (votes: Votes): number =>
    count.valid === 0 ? 0 : Number(quotient(votes * BigInt(chart), BigInt(count.valid) * 10n ** BigInt(count.places)))
  const columns = count.stages.map((stage, k) => columnOf(stage, left + k * column, order, scale))
  const rows = flowTable(count, contest, words)
  const drawn = left + columns.length * column
  // The table's four columns need 680.
  const width = drawn > 680 ? drawn : 680
  const bottom = top + chart + order.length * gap + 50
  const height = bottom + (rows.length + 1) * line + 20
  const title = escapedXml(contest.title === '' ? words.title : `${words.title}: ${contest.title}`)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="group" aria-labelledby="flow-title">`,
    `<title id="flow-title">${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g role="img" aria-label="${escapedXml(words.described)}">`,
    `<text x="12" y="26" font-size="16" font-weight="bold">${title}</text>`,
    ...columns.map((_, k) => `<text x="${left + k * column}" y="${top - 10}">${escapedXml(words.stage(k + 1))}</text>`),
    ...labels(columns[0], contest, words),
    ...count.stages.flatMap(({ number }) => bandsOf(count, number, columns, scale)),
    ...columns.flatMap((bars) => [...bars].flatMap(([end, b]) => (b.height === 0 ? [] : [rectangle(b, colour(end))]))),
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
): readonly string[] {
  const [before, after] = [columns[number - 2], columns[number - 1]]
  const stage = count.stages[number - 2]
  if (before === undefined || after === undefined || stage === undefined) return []
  const links = flowOf(count, number)
  const bands: string[] = []
  for (const [end, from] of before) {
    const out = links.reduce((sum, link) => sum + (link.from === end ? link.amount : 0n), 0n)
    const kept = scale(figureOf(stage, end) - out)
    const to = after.get(end)
    if (to !== undefined && kept > 0) bands.push(band(from, to, kept, colour(end), '0.25'))
  }
  const pool: Bar = { x: left + (number - 1) * column - 60, y: top - 4, height: 0, taken: 0, given: 0 }
  for (const { from, to, amount } of links) {
    const [source, target] = [from === 'pool' ? pool : before.get(from), to === 'pool' ? pool : after.get(to)]
    if (source !== undefined && target !== undefined)
      bands.push(band(source, target, scale(amount), colour(from === 'pool' ? to : from), '0.6'))
  }
  return bands
}

function band(from: Bar, to: Bar, height: number, fill: string, opacity: string): string {
  const [x0, x1, y0, y1] = [from.x + bar, to.x, from.y + from.given, to.y + to.taken]
  from.given += height
  to.taken += height
  const middle = Number(quotient(BigInt(x0 + x1), 2n))
  // A band thinner than a unit is drawn a quarter of one thick: there, but not louder than it is.
  const thick = height === 0 ? '.25' : String(height)
  return `<path d="M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}v${thick}C${middle} ${y1 + height} ${middle} ${y0 + height} ${x0} ${y0 + height}z" fill="${fill}" fill-opacity="${opacity}"/>`
}

const rectangle = ({ x, y, height }: Bar, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${bar}" height="${height}" fill="${fill}"/>`

/** A colour a candidate, 137 degrees apart on the circle so that neighbours differ; grey for votes that are no longer anybody's. */
const colour = (end: FlowEnd): string => (typeof end === 'number' ? `hsl(${(end * 137) % 360},55%,42%)` : '#777')

function labels(bars: Column | undefined, contest: Contest, words: FlowWords): readonly string[] {
  return [...(bars ?? [])].map(([end, { y }]) => {
    const name = typeof end === 'number' ? (contest.candidates[end] ?? '') : words.ends[end]
    return `<text x="${left - 8}" y="${y + 10}" text-anchor="end">${escapedXml(shortened(name))}</text>`
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
