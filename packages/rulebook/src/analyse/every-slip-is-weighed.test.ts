import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../test/digest.ts'
import { at, lantern, parsed } from '../../test/lantern.ts'
import { groupOf, slipsOf } from '../../test/slips.ts'
import { analyse, cheapestFacts, watchfulFacts, type Analysis, type AnalyseFacts, type Rulebook } from '../index.ts'

// What it takes to use a power where one thing in the rules is otherwise: for each such rule that makes a difference, the cheapest way under it, and a digest
// of the whole analysis. One slip in so many is asked, a prime number of them, so that each key has its turn.

const day = 86_400_000
const from = at('2027-03-01 12:00')
const branch = parsed(readFileSync(new URL('../../../../rulebooks/templates/party-branch.md', import.meta.url), 'utf8'))
const sizes = { members: 1_000, association: 300, branch: 400, 'members-in-good-standing': 900 }
const every = 53

const cheapest = ({ powers }: Analysis): string =>
  powers
    .map(({ power, tier, front, least }) => {
      const [best] = front
      const name = tier === null ? power : `${power} of ${tier}`
      return best === undefined
        ? `${name}: no way`
        : `${name}: ${best.people} people, ${Math.floor(best.elapsedMs / day)} days, ${Math.floor(best.warningMs / day)} of warning, at least ${least?.people ?? 0}`
    })
    .join('; ')
const whole = ({ powers, taken, unusable, lacking }: Analysis): string => JSON.stringify([powers, taken, unusable, lacking])

function toldOf(rulebook: Rulebook, clauses: readonly string[], facts: AnalyseFacts, only: readonly string[]): string {
  const weigh = (of: Rulebook): Analysis => analyse(of, facts, { labels: 1, only })
  const usual = weigh(rulebook)
  const slips = rulebook.provisions.filter((p) => clauses.includes(p.clause)).flatMap((p) => [...slipsOf(rulebook, p)])
  const told = new Map<string, string[]>([[cheapest(usual), []]])
  for (const { what, rulebook: other } of slips.filter((_, i) => i % every === 0)) {
    const analysis = weigh(other)
    if (whole(analysis) === whole(usual)) continue
    const text = cheapest(analysis)
    told.set(text, [...(told.get(text) ?? []), `${what} #${digestOf(whole(analysis))}`])
  }
  return [...told].map(([text, whats]) => `${text}\n${whats.map((what) => `  ${what}\n`).join('')}`).join('')
}

const weighed: ReadonlySet<string> = new Set([
  'electorate',
  'body',
  'office',
  'power',
  'procedure',
  'tier',
  'emergency',
  'order',
  'appeal',
])
const kindsOf = (rulebook: Rulebook): readonly (readonly [kind: string, clauses: readonly string[]])[] =>
  [...Map.groupBy(rulebook.provisions, groupOf)].flatMap(([kind, all]) =>
    weighed.has(all[0]?.rule.kind ?? '') ? [[kind, all.map((p) => p.clause)] as const] : [],
  )

describe('each key of a rule has its weight in what a power takes', () => {
  it.each(kindsOf(lantern))('in Lantern: %s', async (kind, clauses) => {
    const told = toldOf(lantern, clauses, { ...cheapestFacts(from), electorates: sizes }, ['exclude', 'emergency-measure'])
    await expect(told).toMatchFileSnapshot(`../../test/golden/weights/lantern-${kind}.txt`)
  })
  it.each(kindsOf(branch))('in a branch of a party: %s', async (kind, clauses) => {
    const told = toldOf(branch, clauses, { ...watchfulFacts(from), electorates: sizes }, ['amend-rulebook', 'endorse', 'elect'])
    await expect(told).toMatchFileSnapshot(`../../test/golden/weights/party-branch-${kind}.txt`)
  })
})
