import { fraction } from '@quorate/kernel'
import type { MajorityCount } from '../majority.ts'
import { wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { majorityText } from '../words/tell-majority.ts'
import type { Account, AccountOption, Subject } from './account.ts'
import { drawn } from './bars.ts'

/** A yes-or-no decision told: a stage for the figures, then one for each condition. */
export function majorityAccount(count: MajorityCount, subject: Subject, say: Phrases): Account {
  const { common, majority } = say
  const { figures, conditions, carried } = count
  const [headline = '', ...texts] = majorityText(say, count)
  const answers = (['for', 'against', 'abstain', 'blank', 'spoilt'] as const).map((kind) => ({ kind, n: figures[kind] }))
  const bars = answers
    .filter(({ kind, n }) => kind === 'for' || kind === 'against' || n > 0)
    .map(({ kind, n }, i) => ({
      option: kind === 'for' || kind === 'against' ? i : null,
      name: majority.options[kind],
      value: fraction(n),
      state:
        kind === 'for'
          ? carried
            ? ('chosen' as const)
            : ('out' as const)
          : kind === 'against'
            ? ('in' as const)
            : ('aside' as const),
    }))
  const stages = [
    { text: headline, ...drawn(bars, null) },
    ...conditions.map(({ line, votes, met, condition }, i) => ({
      text: texts[i] ?? '',
      ...drawn(
        [
          {
            option: null,
            name: condition.measure === 'yes' ? majority.options.for : common.headings.papers,
            value: fraction(votes),
            state: met ? ('chosen' as const) : ('out' as const),
          },
        ],
        { name: common.headings.line, value: fraction(line) },
      ),
    })),
  ]
  const options = (['for', 'against'] as const).map((kind, option): AccountOption => {
    const chosen = (kind === 'for') === carried
    const unmet = conditions.flatMap(({ met }, i) => (met ? [] : [texts[i] ?? '']))
    return {
      option,
      name: majority.options[kind],
      chosen,
      standing: common.votes(wholeText(figures[kind])),
      whyNot: chosen ? null : kind === 'for' ? unmet.join(' ') : texts.join(' '),
    }
  })
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: null,
    headline,
    facts: answers.map(({ kind, n }) => ({ name: majority.options[kind], value: wholeText(n) })),
    options,
    stages: stages.map((stage, i) => ({
      number: i + 1,
      heading: common.stage(i + 1),
      clauses: [],
      flow: [],
      ...stage,
    })),
    tables: [
      {
        id: 'conditions',
        caption: common.captions.conditions,
        headings: [
          common.headings.condition,
          common.headings.base,
          common.headings.line,
          common.headings.votes,
          common.headings.margin,
        ],
        rows: conditions.map(({ base, line, votes, margin, met }, i) => ({
          option: null,
          name: (texts[i] ?? '').split(':')[0] ?? '',
          chosen: met,
          cells: [base === null ? null : wholeText(base), wholeText(line), wholeText(votes), wholeText(margin)],
        })),
      },
    ],
    lot: null,
  }
}
