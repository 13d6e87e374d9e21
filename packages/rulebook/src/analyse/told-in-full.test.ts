import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, parsed } from '../../test/lantern.ts'
import {
  alone,
  aloneInWords,
  analyse,
  cheapestFacts,
  factsInWords,
  standingBodies,
  story,
  watchfulFacts,
  type AnalyseFacts,
  type Path,
  type Rulebook,
} from '../index.ts'
import type { StoryLocale } from './story.ts'

// What the analyser says of rulebooks we ship, whole and in both languages: under the facts most and least kind to an attempt, every answer with its
// bounds, thresholds, paths and who can stop them. A change of any of it shows here in a sentence.

const read = (name: string): Rulebook =>
  parsed(readFileSync(new URL(`../../../../rulebooks/${name}.md`, import.meta.url), 'utf8'))
const from = at('2027-03-01 12:00')
const sizes = { members: 1_000, association: 300, branch: 400, 'members-in-good-standing': 900 }
const kind: AnalyseFacts = { ...cheapestFacts(from), electorates: sizes }
const watchful: AnalyseFacts = { ...watchfulFacts(from), electorates: sizes }
const cases: readonly (readonly [name: string, facts: AnalyseFacts, labels: number])[] = [
  ['lantern', kind, 8],
  ['lantern', { ...watchful, officers: 'hostile', attestors: 'unwilling' }, 4],
  ['templates/co-op', kind, 4],
  ['templates/union-branch', { ...kind, without: ['committee'], turnout: { kind: 'returned', count: 120 } }, 4],
  ['templates/party-branch', { ...watchful, attendance: { committee: 3 } }, 4],
  [
    'history/movement-2017',
    {
      ...kind,
      electorates: { members: 40_000 },
      bodies: { ncg: { seated: 23, byClass: { union: 2 }, seats: 28 } },
      settled: { '9.2 stages.forced-ballot.pass': 'turnout' },
    },
    2,
  ],
  ['history/movement-2020', { ...kind, electorates: { members: 15_000 } }, 2],
]

const told = (rulebook: Rulebook, path: Path, locale: StoryLocale): readonly string[] => {
  const s = story(rulebook, path, locale)
  return [
    s.cost,
    ...s.steps.map((step, i) => `  ${i + 1}. ${step.text} (${step.clause})`),
    ...s.stoppers.map((x) => `  - ${x.text} (${x.clause})`),
    `  ${[...s.assumes, ...s.taken, s.replay].join(' ')}`,
  ]
}

function page(rulebook: Rulebook, facts: AnalyseFacts, labels: number): string {
  const analysis = analyse(rulebook, facts, { labels })
  const lines = (['en', 'cy'] as const).flatMap((locale) => factsInWords(rulebook, facts, locale))
  for (const body of standingBodies(rulebook).slice(0, 1))
    for (const answer of alone(rulebook, analysis, body))
      lines.push(`${answer.power}: ${aloneInWords(rulebook, answer, 'en')} ${aloneInWords(rulebook, answer, 'cy')}`)
  for (const { power, tier, scope, front, routes, least, exact } of analysis.powers) {
    lines.push('', `# ${power} ${tier ?? ''} ${scope} ${exact ? 'exact' : 'bounds'} ${JSON.stringify(least)}`)
    for (const path of front.slice(0, 2)) lines.push(...told(rulebook, path, 'en'), ...told(rulebook, path, 'cy'))
    for (const { clause, procedure, holder, thresholds, direct, cheapest } of routes) {
      const cost = (p: Path | null): string => (p === null ? 'none' : `${p.people}/${p.elapsedMs}/${p.warningMs}`)
      lines.push(`  ${clause} ${procedure ?? ''}${holder ?? ''} direct ${cost(direct)}, cheapest ${cost(cheapest)}`)
      for (const t of thresholds)
        lines.push(
          `    ${t.stage} ${t.do} ${JSON.stringify(t.needs.map((n) => [n.pool, n.id, n.ofClass, n.count, n.of]))} ${t.against} ${JSON.stringify(t.taken.map((x) => [x.field, x.value, x.because]))}`,
        )
    }
  }
  lines.push('', JSON.stringify([analysis.taken, analysis.unusable, analysis.lacking]))
  return `${lines.join('\n')}\n`
}

describe('what the analyser says, whole', () => {
  it.each(cases.map(([name, facts, labels], i) => ({ name, facts, labels, file: `${i + 1}-${name.replace('/', '-')}.txt` })))(
    'of $name ($file)',
    async ({ name, facts, labels, file }) => {
      await expect(page(read(name), facts, labels)).toMatchFileSnapshot(`../../test/golden/analyses/${file}`)
    },
  )
})
