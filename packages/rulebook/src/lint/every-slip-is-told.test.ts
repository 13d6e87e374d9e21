import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lantern, parsed } from '../../test/lantern.ts'
import { groupOf, slipsOf } from '../../test/slips.ts'
import type { Rulebook } from '../index.ts'
import type { LintFacts } from './finding.ts'
import { lint } from './lint.ts'

// What the linter says of a rulebook in which one thing is otherwise: what it finds that was not there before, and what is no longer there. Slips it finds
// nothing in are not named: a slip may be as sound as what it is a slip from.

const facts: LintFacts = { turnouts: [{ cast: 180, of: 1_000 }], electorates: { members: 120 }, seated: { committee: 9 } }
const union = parsed(readFileSync(new URL('../../../../rulebooks/templates/union-branch.md', import.meta.url), 'utf8'))

function findings(rulebook: Rulebook): ReadonlySet<string> {
  return new Set(
    lint(rulebook, facts).map((f) => `${f.code} ${f.clause} ${f.subject} ${Object.values(f.figures).join(' ')}`.trim()),
  )
}

/** For each change of findings, the slips that make it. */
function toldOf(rulebook: Rulebook, clauses: readonly string[]): string {
  const usual = findings(rulebook)
  const told = new Map<string, string[]>()
  for (const of of rulebook.provisions.filter((p) => clauses.includes(p.clause)))
    for (const { what, rulebook: other } of slipsOf(rulebook, of)) {
      const found = findings(other)
      const fresh = [...found].filter((f) => !usual.has(f)).map((f) => `+ ${f}`)
      const gone = [...usual].filter((f) => !found.has(f)).map((f) => `- ${f}`)
      const text = [...fresh, ...gone].join('\n  ')
      if (text !== '') told.set(text, [...(told.get(text) ?? []), what])
    }
  return [...told].map(([text, whats]) => `${whats.join('; ')}\n  ${text}\n`).join('')
}

describe('the linter tells of every slip that makes a hole', () => {
  const examined = new Set([
    'genesis',
    'standing',
    'electorate',
    'body',
    'meeting',
    'office',
    'power',
    'procedure',
    'tier',
    'emergency',
    'appeal',
  ])
  const kinds = (rulebook: Rulebook): readonly (readonly [kind: string, clauses: readonly string[]])[] =>
    [...Map.groupBy(rulebook.provisions, groupOf)].flatMap(([kind, all]) =>
      examined.has(all[0]?.rule.kind ?? '') ? [[kind, all.map((p) => p.clause)] as const] : [],
    )
  it.each(kinds(lantern))('of Lantern: %s', async (kind, clauses) => {
    await expect(toldOf(lantern, clauses)).toMatchFileSnapshot(`../../test/golden/slips/lantern-${kind}.txt`)
  })
  it.each(kinds(union))('of a union branch: %s', async (kind, clauses) => {
    await expect(toldOf(union, clauses)).toMatchFileSnapshot(`../../test/golden/slips/union-branch-${kind}.txt`)
  })
})
