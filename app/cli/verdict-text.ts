import { instant, instantText } from '@quorate/kernel'
import type { CheckName, Quantity, Verdict } from '@quorate/verifier'
import type { Io } from './command.ts'
import { plain, wrapped } from './stage-table.ts'
import { checkWords, faultWords, figureWords, notCheckedWords } from './verdict-words.ts'

type Outcome = Verdict['checks'][number]

const number = (count: number): string => count.toLocaleString('en-GB')
function figure({ name, count }: Quantity): string {
  const [one, many] = figureWords[name] ?? [name, name]
  return `${number(count)} ${count === 1 ? one : many}`
}

const detailOf = (verdict: Verdict, name: CheckName): readonly Quantity[] => {
  const check = verdict.checks.find((c) => c.name === name)
  return check?.state === 'passed' ? check.detail : []
}
const countOf = (verdict: Verdict, name: CheckName, figureName: string): number | null =>
  detailOf(verdict, name).find((detail) => detail.name === figureName)?.count ?? null
const passed = (verdict: Verdict, name: CheckName): boolean => verdict.checks.some((c) => c.name === name && c.state === 'passed')

/** The parts that were re-checked, as they are said: "the record, the rules, notice, 312 ballots and the count". */
function rechecked(verdict: Verdict): string {
  const ballots = countOf(verdict, 'ballots', 'ballots')
  const parts = [
    'the record',
    ...(passed(verdict, 'rules') ? ['the rules'] : []),
    ...(passed(verdict, 'notice') ? ['the notice'] : []),
    ...(passed(verdict, 'roll') ? ['the roll'] : []),
    ...(ballots === null ? [] : [figure({ name: 'ballots', count: ballots })]),
    ...(passed(verdict, 'count') ? ['the count'] : []),
  ]
  return parts.length === 1 ? `${parts[0] ?? ''} was` : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''} were`
}

/** The verdict in a sentence or two: the first thing a reader sees. */
export function verdictSentence(verdict: Verdict): string {
  const about = verdict.decision === null ? '' : ` of decision ${number(verdict.decision)}`
  switch (verdict.verdict) {
    case 'holds': {
      const left = verdict.checks.some((c) => c.state === 'not-checked' && c.why === 'not-yet')
        ? ' It is not at its end yet.'
        : ''
      return `Holds. Of decision ${number(verdict.decision ?? 0)}, ${rechecked(verdict)} re-checked.${left}`
    }
    case 'holds-in-part': {
      const check = verdict.checks.find((c) => c.name === 'completeness')
      const missing = check?.state === 'not-checked' ? (check.detail[0]?.count ?? 0) : 0
      return `Holds in part. Nothing is wrong with what is here${about}, but ${figure({ name: 'entries', count: missing })} of the log were left out, and what they say is unknown.`
    }
    case 'fails': {
      const entry = verdict.fault?.entry
      return `Does not hold. ${entry === undefined || entry === null ? '' : `Entry ${number(entry)}: `}${verdict.fault === null ? '' : faultWords[verdict.fault.code]}`
    }
  }
}

// Expected and found are values. An instant stands on the record as milliseconds; a reader wants to see the day.
const valueText = (value: string): string => {
  const ms = /^[12]\d{12}$/.test(value) ? Number(value) : null
  return plain(ms === null ? value : `${value} (${instantText(instant(ms))})`)
}

function faultLines({ fault }: Verdict, typeOf: (entry: number) => string): readonly string[] {
  if (fault === null) return []
  const type = fault.entry === null ? '' : typeOf(fault.entry)
  return [
    `  where     ${checkWords[fault.check]}${fault.entry === null ? '' : `, entry ${number(fault.entry)}${type === '' ? '' : ` (${plain(type)})`}`}`,
    ...(fault.clause === null ? [] : [`  rule      ${fault.clause}`]),
    `  expected  ${valueText(fault.expected)}`,
    `  found     ${valueText(fault.found)}`,
    `  code      ${fault.code}`,
  ]
}

const mark = { passed: '✓', failed: '✗', 'not-checked': '–' } as const

function checkLine(check: Outcome, verdict: Verdict, key: string): string {
  const detail = check.state === 'failed' ? [] : check.detail
  const figures = detail.map(figure).join(', ')
  const said =
    check.state === 'passed'
      ? figures
      : check.state === 'failed'
        ? 'see above'
        : `${notCheckedWords[check.why]}${check.why === 'no-key-given' && key !== '' ? `. Its key: ${key}` : ''}${figures === '' ? '' : `: ${figures}`}`
  return check.name === 'count' && check.state === 'passed' ? outcomeText(verdict) : said
}

/** "4 for, 1 against of 5 ballots; needed: 4 for" */
function outcomeText(verdict: Verdict): string {
  const [inFavour, against, ballots] = (['for', 'against', 'ballots'] as const).map(
    (name) => countOf(verdict, 'count', name) ?? 0,
  ) as [number, number, number]
  const needed = detailOf(verdict, 'count')
    .filter(({ name }) => name.startsWith('needed'))
    .map(({ name, count }) => `${number(count)} ${name.replace('needed ', '')}`)
  return `${number(inFavour)} for, ${number(against)} against, of ${figure({ name: 'ballots', count: ballots })}; needed: ${needed.join(', ')}`
}

/** What a dossier says of itself, shown beside the verdict: the log's key, to compare by eye, and the type that an entry has or claims. */
export type Shown = { readonly key: string; readonly typeOf: (entry: number) => string }

/** The whole verdict: plain words first, then every check with its figures. */
export function verdictText(
  verdict: Verdict,
  { key, typeOf }: Shown,
  { columns, colour }: Pick<Io, 'columns' | 'colour'>,
): string {
  const width = Math.max(60, columns)
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const labels = Math.max(...verdict.checks.map((check) => checkWords[check.name].length))
  const from =
    verdict.origin === null || verdict.size === null
      ? ''
      : `${verdict.origin}, ${figure({ name: 'entries', count: verdict.size })}`
  const reached = verdict.checks.filter((check) => check.state !== 'not-checked' || check.why !== 'earlier-check-failed')
  const checks = reached.map((check) => {
    const head = `  ${mark[check.state]} ${checkWords[check.name].padEnd(labels)}  `
    const lines = wrapped(checkLine(check, verdict, key), width - head.length).split('\n')
    return `${head}${lines.join(`\n${' '.repeat(head.length)}`)}`.trimEnd()
  })
  const rest = verdict.checks.length - reached.length
  if (rest > 0) checks.push(wrapped(`The other ${rest} checks build on this one and were not made.`, width))
  const parts = [
    bold(wrapped(verdictSentence(verdict), width)),
    ...(from === '' ? [] : [wrapped(`The log is ${plain(from)}.`, width)]),
    ...(verdict.fault === null ? [] : [faultLines(verdict, typeOf).join('\n')]),
    checks.join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}
