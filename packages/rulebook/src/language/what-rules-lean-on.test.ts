import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../test/digest.ts'
import { parsed } from '../../test/lantern.ts'
import { slipsOf } from '../../test/slips.ts'
import { compiledGrants, type Rulebook } from '../index.ts'
import { linksOf } from './links.ts'

// Of the rulebooks we ship: what each clause leans on and what leans on it, who is granted what by keys other than those of powers; and what
// becomes of the grants where one thing in a body or an office is otherwise.

const read = (name: string): Rulebook => parsed(readFileSync(`${import.meta.dirname}/../../../../rulebooks/${name}.md`, 'utf8'))
const shipped = [
  'lantern',
  ...['campaign', 'co-op', 'party-branch', 'student-society', 'tenants-federation', 'union-branch'].map((t) => `templates/${t}`),
  ...['2016', '2017', '2020', '2022', '2023'].map((year) => `history/movement-${year}`),
]

const grantLines = (rulebook: Rulebook): readonly string[] =>
  compiledGrants(rulebook).map(
    ({ act, on, holder, clause, from }) =>
      `${clause} ${act} ${on.of} ${on.id}${on.seat === null ? '' : `/${on.seat}`}: ${from} ${JSON.stringify(holder)}`,
  )

describe('what rules lean on and grant', () => {
  it.each(shipped)('in %s', async (name) => {
    const rulebook = read(name)
    const links = rulebook.document.clauses.flatMap(({ id }) => {
      const { refersTo, usedBy } = linksOf(rulebook, id)
      return refersTo.length + usedBy.length === 0 ? [] : [`${id} leans on ${refersTo.join(' ')}; on it ${usedBy.join(' ')}`]
    })
    const text = [...links, '', ...grantLines(rulebook)].join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../../test/golden/grants/${name.replace('/', '-')}.txt`)
  })

  it.each(['lantern', 'templates/party-branch'])('in %s with one thing otherwise', async (name) => {
    const rulebook = read(name)
    const usual = new Set(grantLines(rulebook))
    const told = new Map<string, string[]>()
    for (const of of rulebook.provisions.filter((p) => p.rule.kind === 'body' || p.rule.kind === 'office'))
      for (const { what, rulebook: other } of slipsOf(rulebook, of)) {
        const now = grantLines(other)
        const text = [
          ...now.filter((line) => !usual.has(line)).map((line) => `+ ${line}`),
          ...[...usual].filter((line) => !now.includes(line)).map((line) => `- ${line}`),
        ].join('\n  ')
        if (text !== '') told.set(text, [...(told.get(text) ?? []), what])
      }
    const text = [...told]
      .map(([change, whats]) => `${whats.join('; ')}\n  ${change.split('\n')[0] ?? ''} #${digestOf(change)}\n`)
      .join('')
    await expect(text).toMatchFileSnapshot(`../../test/golden/grants/${name.replace('/', '-')}-otherwise.txt`)
  })
})
