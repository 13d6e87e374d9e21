import type { MajorityCount } from '../majority.ts'
import { wholeText } from './figures.ts'
import type { Phrases } from './phrases.ts'

/** One sentence for the outcome of a yes-or-no decision, one for each condition. */
export function majorityText({ majority }: Phrases, count: MajorityCount): readonly string[] {
  const { figures } = count
  const aside = (n: number): string | null => (n === 0 ? null : wholeText(n))
  return [
    majority.outcome(
      count.carried,
      { for: wholeText(figures.for), against: wholeText(figures.against) },
      { abstain: aside(figures.abstain), blank: aside(figures.blank), spoilt: aside(figures.spoilt) },
    ),
    ...count.conditions.map(({ condition, base, line, votes, margin, met }) => {
      const { need } = condition
      return majority.condition(
        condition.measure,
        condition.comparison,
        need.kind === 'number'
          ? { number: wholeText(need.number) }
          : { share: `${need.share.numerator}/${need.share.denominator}`, size: wholeText(base ?? 0), of: need.of },
        {
          line: wholeText(line),
          votes: wholeText(votes),
          margin: wholeText(margin < 0 ? -margin : margin),
          sign: margin < 0 ? -1 : margin === 0 ? 0 : 1,
          met,
        },
      )
    }),
  ]
}
