// An account as lines of text, nothing left out, for golden files that a person can read.
import type { Account } from '../src/index.ts'

/** Headline, facts, candidates, stages with bars, line and flow, tables, lot. */
export function accountText(account: Account): string {
  const { stages, tables, options } = account
  const lines = [
    `${account.language} ${account.kind} ${account.method} “${account.title}” ${account.profileHash?.slice(0, 8) ?? '–'}`,
    account.headline,
    account.facts.map(({ name, value }) => `${name}: ${value}`).join('; '),
    ...options.map(
      ({ option, name, chosen, standing, whyNot }) => `${chosen ? '*' : '-'} ${option} ${name}: ${standing}. ${whyNot ?? ''}`,
    ),
    ...stages.flatMap(({ number, heading, text, clauses, bars, line, flow }) => [
      `${number} ${heading} [${clauses.join(', ')}] ${text}`,
      ...bars.map((bar) => `    ${bar.option ?? '–'} ${bar.name} ${bar.figure} (${bar.exact}) ${bar.share}‰ ${bar.state}`),
      ...(line === null ? [] : [`    | ${line.name} ${line.figure} ${line.share}‰`]),
      ...flow.map(({ from, to, figure, exact }) => `    ${from} → ${to} ${figure} (${exact})`),
    ]),
    ...tables.flatMap(({ id, caption, headings, rows }) => [
      `${id}: ${caption} | ${headings.join(' | ')}`,
      ...rows.map(
        ({ option, name, chosen, cells }) =>
          `    ${chosen ? '*' : '-'} ${option ?? '–'} ${name} | ${cells.map((cell) => cell ?? '.').join(' | ')}`,
      ),
    ]),
    `lot: ${account.lot ?? '–'}`,
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** The same in short: the headline and what was said of each stage and candidate. */
export const accountInShort = ({ headline, options, stages, tables }: Account): string =>
  [
    headline,
    ...options.map(({ name, standing }) => `${name}: ${standing}`),
    ...stages.map(({ text, bars }) => `${text} ${bars.map(({ exact, state }) => `${exact} ${state}`).join(', ')}`),
    ...tables.map(({ id, rows }) => `${id}: ${rows.map(({ name, cells }) => [name, ...cells].join(' ')).join('; ')}`),
  ].join('\n  ')
