import fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { arbitraryRulebook } from '../../test/arbitrary-rulebook.ts'
import { edition } from '../../test/lantern.ts'
import { formatRulebook } from './format.ts'
import { parseRulebook, type Rulebook } from '../index.ts'

const folder = fileURLToPath(new URL('../../../../rulebooks/', import.meta.url))
const shipped = globSync('**/*.md', { cwd: folder }).map((name): [string, string] => [
  name,
  readFileSync(`${folder}${name}`, 'utf8'),
])

const model = (text: string): Pick<Rulebook, 'provisions' | 'unresolved'> | string => {
  const read = parseRulebook(text, edition(1))
  if (read.kind === 'fail') return JSON.stringify(read.error)
  const { provisions, unresolved } = read.value
  return { provisions, unresolved }
}
const once = (text: string): string => {
  const read = formatRulebook(text, edition(1))
  return read.kind === 'ok' ? read.value : JSON.stringify(read.error)
}

describe('a rulebook in its one spelling', () => {
  it.each(shipped)('%s says the same, and formatting it again changes nothing', (_, text) => {
    expect(model(once(text))).toEqual(model(text))
    expect(once(once(text))).toBe(once(text))
  })

  it('loses nothing of a random rulebook: the same model, the same spelling again', () => {
    fc.assert(
      fc.property(arbitraryRulebook(), ({ text }) => {
        const formatted = once(text)
        expect(model(formatted)).toEqual(model(text))
        expect(once(formatted)).toBe(formatted)
      }),
      { numRuns: 40 },
    )
  })

  it('keeps headings, prose and readings as their author wrote them', () => {
    const text =
      '# Title\n\nBefore.\n## 1 One\nProse.\n```rule\nid: c\nof: "person"\nkind: class\n```\nAfter.\n## 2 Two\n```rule\nkind: tier\nid: t\nguards: {readings: {a: ["1"], b: unknown}, ratified: a}\nprocedure: p\n```\n'
    expect(once(text)).toBe(
      '# Title\n\nBefore.\n\n## 1 One\nProse.\n```rule\nkind: class\nid: c\nof: person\n```\nAfter.\n\n## 2 Two\n```rule\nkind: tier\nid: t\nguards: {readings: {a: ["1"], b: unknown}, ratified: a}\nprocedure: p\n```\n',
    )
    expect(once('nothing')).toContain('R0102')
  })

  it('breaks a long block over lines and quotes what YAML would read otherwise', () => {
    const long = `## 1 A\n\`\`\`rule\n${['kind: superior', 'rulebook: national', 'prevails: yes', 'on-conflict: "rule suspended, members told within 14 days"', `basis: {known: {prevails: "a source, with: signs # and {brackets}"}}`].join('\n')}\n\`\`\`\n`
    expect(once(long)).toContain('basis: {known: {prevails: "a source, with: signs # and {brackets}"}}')
    const names = `## 1 A\n\`\`\`rule\nkind: class\nid: c\nof: person\nnames: {en: {one: "- x", many: "x: y", the: "o’r \u2028"}}\n\`\`\`\n`
    expect(model(once(names))).toEqual(model(names))
  })
})
