import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { linterReference } from '../../test/linter-reference.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const reference = read('../../../../docs/reference/rulebook.md')
const literals = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map((m) => m[1] ?? '')
/** The members of a closed union as its source names them, however its lines are laid out. */
const membersOf = (path: string, union: string): readonly string[] =>
  literals(
    new RegExp(`export type ${union} =((?:\\s|\\||//.*|'[^']*')+)`).exec(read(path))?.[1]?.replaceAll(/\/\/.*/g, '') ?? '',
    /'([^']+)'/g,
  )

describe('the reference', () => {
  it('has a sentence for every diagnostic and reason in the source, and for no other', () => {
    expect(literals(reference, /^\| (R\d{4}) +\|/gm)).toEqual(membersOf('./diagnostic.ts', 'DiagnosticCode'))
    const reasons = membersOf('../refusal.ts', 'ReasonCode')
    expect(reasons.length).toBeGreaterThan(20)
    for (const reason of reasons) expect(reference).toContain(`\`${reason}\``)
  })

  it('of the linter is written from its table, and says each sentence in both languages', async () => {
    await expect(linterReference()).toMatchFileSnapshot('../../../../docs/reference/linter.md')
  })
})
