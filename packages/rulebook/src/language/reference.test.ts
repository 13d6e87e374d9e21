import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { linterReference } from '../../test/linter-reference.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const reference = read('../../../../docs/reference/rulebook.md')
const literals = (path: string, pattern: RegExp): readonly string[] => [...read(path).matchAll(pattern)].map((m) => m[1] ?? '')

describe('the reference', () => {
  it('has a sentence for every diagnostic and reason in the source, and for no other', () => {
    const diagnostics = literals('./diagnostic.ts', /^ {2}\| '(R\d{4})'/gm)
    expect(literals('../../../../docs/reference/rulebook.md', /^\| (R\d{4}) +\|/gm)).toEqual(diagnostics)
    for (const reason of literals('../refusal.ts', /^ {2}\| '([a-z-]+)'/gm)) expect(reference).toContain(`\`${reason}\``)
  })

  it('of the linter is written from its table, and says each sentence in both languages', async () => {
    await expect(linterReference()).toMatchFileSnapshot('../../../../docs/reference/linter.md')
  })
})
