import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { edition } from '../../test/lantern.ts'
import { lint, parseRulebook, type ClauseId, type Rulebook } from '../index.ts'
import { writeRule } from '../language/model.ts'
import { readingsOf } from './open-fields.ts'

// Fields of a rule unknown, one at a time, one in so many: what the linter then says, and how the analyser reads the clause, with what it took for the field. A field
// that may be left out is left out; for others stands what is cheapest to an attempt; a clause that cannot be read any way grants nothing.

const read = (path: string): string => readFileSync(`${import.meta.dirname}/../../../../rulebooks/${path}.md`, 'utf8')

/** Fields of a block: `key: value` on a line of its own or in a map, each with the text in which it is `unknown`, or two readings. */
function* unknownIn(source: string): Generator<readonly [key: string, source: string]> {
  for (const found of source.matchAll(
    /(?<=^ *|[{,] *)([a-z][a-z-]*): ([^\s{}[\],][^{}[\],\n]*|\[[^\]]*\]|\{[^{}]*\})(?=[,}\n]|$)/gm,
  )) {
    const [whole, key = '', value = ''] = found
    if (key === 'kind' || key === 'id') continue
    const put = (other: string): string =>
      source.slice(0, found.index) + `${key}: ${other}` + source.slice(found.index + whole.length)
    yield [key, put('unknown')]
    yield [`${key} read two ways`, put(`{readings: {one: ${value.trim()}, two: unknown}}`)]
    yield [`${key} ratified`, put(`{readings: {one: ${value.trim()}, two: unknown}, ratified: one}`)]
  }
}

const findings = (rulebook: Rulebook): readonly string[] => lint(rulebook).map((f) => `${f.code} ${f.clause} ${f.subject}`)

function toldOf(text: string, every: number): string {
  const whole = parseRulebook(text, edition(1))
  if (whole.kind === 'fail') throw new Error('a rulebook we ship reads')
  const usual = new Set(findings(whole.value))
  const lines: string[] = []
  let n = 0
  for (const { id, block } of whole.value.document.clauses)
    for (const [key, source] of block === null ? [] : unknownIn(block.source)) {
      if (block === null || n++ % every !== 0) continue
      const other = parseRulebook(
        text.replace(`\n${block.source}\n`, () => `\n${source}\n`),
        edition(1),
      )
      if (other.kind === 'fail') {
        lines.push(`${id} ${key}: ${other.error.map((d) => d.code).join(' ')}`)
        continue
      }
      const fresh = findings(other.value).filter((f) => !usual.has(f))
      lines.push(`${id} ${key}: ${fresh.join(', ')}`, ...readingsIn(other.value, id))
    }
  return `${lines.join('\n')}\n`
}

function readingsIn(rulebook: Rulebook, id: ClauseId): readonly string[] {
  const open = rulebook.unresolved.find((u) => u.clause === id)
  if (open === undefined) return []
  const ways = readingsOf(rulebook, open, {})
  const settled = readingsOf(rulebook, open, Object.fromEntries(open.fields.map((f) => [`${id} ${f}`, 'one'])))
  return [...ways, ...settled].map(({ provision, taken }) => {
    const [field = ''] = open.fields[0]?.split('.') ?? []
    const written = writeRule(provision.rule)
    const value =
      typeof written === 'object' && field in written
        ? JSON.stringify((written as Readonly<Record<string, unknown>>)[field])
        : 'left out'
    return `  ${taken.map((t) => `${t.field} ${t.because} ${t.value}`).join('; ')} → ${value.slice(0, 200)}`
  })
}

describe('each field unknown, one at a time', () => {
  it.each([
    ['lantern', 11],
    ['templates/union-branch', 13],
    ['templates/student-society', 13],
  ] as const)('of %s', async (name, every) => {
    await expect(toldOf(read(name), every)).toMatchFileSnapshot(`../../test/golden/unknown/${name.replace('/', '-')}.txt`)
  })
})
