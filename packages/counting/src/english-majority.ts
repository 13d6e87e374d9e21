import { votesText } from './english-phrases.ts'
import type { Base, Condition, MajorityCount } from './majority.ts'

const baseWords: Readonly<Record<Base, string>> = {
  'for-and-against': 'votes for and against',
  'votes-cast': 'votes cast',
  valid: 'valid papers',
  returned: 'papers returned',
  issued: 'papers issued',
  roll: 'people on the roll',
  present: 'people present',
  seated: 'seats filled',
  seats: 'seats',
  electorate: 'people in the electorate',
}

/** One sentence for the outcome, one for each condition. */
export function majorityText(count: MajorityCount): readonly string[] {
  const { figures } = count
  const asides = [
    [figures.abstain, 'abstained'],
    [figures.blank, 'left blank'],
    [figures.spoilt, 'spoilt'],
  ] as const
  const rest = asides.flatMap(([n, word]) => (n === 0 ? [] : [`${votesText(BigInt(n), 0)} ${word}`]))
  const sides = `${votesText(BigInt(figures.for), 0)} for, ${votesText(BigInt(figures.against), 0)} against`
  const outcome = `${count.carried ? 'Carried' : 'Not carried'}: ${[sides, ...rest].join(', ')}.`
  return [
    outcome,
    ...count.conditions.map(({ condition, base, line, votes, margin, met }) => {
      const short = votesText(BigInt(margin < 0 ? -margin : margin), 0)
      const by = margin < 0 ? `${short} short` : margin === 0 ? 'met exactly' : `met with ${short} to spare`
      return `${needText(condition, base)}: the line is ${votesText(BigInt(line), 0)}, there were ${votesText(BigInt(votes), 0)}, ${by}.${met ? '' : ' Not met.'}`
    }),
  ]
}

function needText({ measure, comparison, need }: Condition, base: number | null): string {
  const what = measure === 'yes' ? 'Votes for' : 'Turnout'
  if (need.kind === 'number') return `${what} ${comparison} ${votesText(BigInt(need.number), 0)}`
  const { numerator, denominator } = need.share
  return `${what} ${comparison} ${numerator}/${denominator} of ${votesText(BigInt(base ?? 0), 0)} ${baseWords[need.of]}`
}
