// A count as a drawing: of transferable votes the transfer flow with its table; of all others the bars of each stage, figures beside them.
import { escapedXml, flowSvg } from '../report/flow-svg.ts'
import type { Count } from '../count.ts'
import type { CountWords } from '../words/words.ts'
import type { Account, AccountStage, Subject } from './account.ts'
import { accountOf } from './tell.ts'

const [width, left, row, head, most] = [720, 220, 22, 44, 340]
const colours = { in: '#48195a', chosen: '#136a43', out: '#8a8a8a', aside: '#b8b2bd' } as const

/** The drawing as text of an SVG document. Names are escaped; no script, no style sheet, no outside reference. */
export function accountSvg(count: Count, subject: Subject, words: CountWords): string {
  if (count.kind === 'stv') {
    const { title, names, withdrawn, seats } = subject
    return flowSvg(count, { title, candidates: names, withdrawn, seats }, words.flow)
  }
  const account = accountOf(count, subject, words)
  const stages = account.stages.filter(({ bars }) => bars.length > 0)
  const height = head + stages.reduce((sum, { bars }) => sum + head + bars.length * row, 0)
  const parts: string[] = []
  let y = head
  for (const stage of stages) {
    parts.push(...stageParts(stage, y))
    y += head + stage.bars.length * row
  }
  return `${[...opening(account, height), ...parts, '</svg>'].join('\n')}\n`
}

const opening = ({ title, headline }: Account, height: number): readonly string[] => [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="group" aria-labelledby="count-title">`,
  `<title id="count-title">${escapedXml(title === '' ? headline : `${title}: ${headline}`)}</title>`,
  `<rect width="${width}" height="${height}" fill="#fff"/>`,
  `<text x="12" y="26" font-size="16" font-weight="bold">${escapedXml(headline.length > 90 ? `${headline.slice(0, 89)}…` : headline)}</text>`,
]

function stageParts({ heading, bars, line }: AccountStage, y: number): readonly string[] {
  const x = (share: number): number => left + Number((BigInt(share) * BigInt(most)) >> 10n)
  const bottom = y + head + bars.length * row - 16
  return [
    `<text x="12" y="${y + 22}" font-weight="bold">${escapedXml(line === null ? heading : `${heading} (${line.name}: ${line.figure})`)}</text>`,
    ...bars.flatMap(({ name, figure, share, state }, i) => {
      const top = y + 32 + i * row
      return [
        `<text x="${left - 8}" y="${top + 12}" text-anchor="end">${escapedXml(name.length > 30 ? `${name.slice(0, 29)}…` : name)}</text>`,
        `<rect x="${left}" y="${top}" width="${x(share) - left}" height="16" fill="${colours[state]}"/>`,
        `<text x="${x(share) + 6}" y="${top + 12}">${escapedXml(figure)}</text>`,
      ]
    }),
    ...(line === null
      ? []
      : [`<path d="M${x(line.share)} ${y + 28}V${bottom}" stroke="#000" stroke-dasharray="4 3" fill="none"/>`]),
  ]
}
