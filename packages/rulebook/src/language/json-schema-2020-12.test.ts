import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { arbitraryBlock } from '../../test/arbitrary-rulebook.ts'
import { plainOf, treeIn, treeOf, type Plain } from '../../test/blocks.ts'
import { lantern } from '../../test/lantern.ts'
import { mutants } from '../../test/mutants.ts'
import { blockSchema } from './json-schema.ts'
import { readBlock } from './parse.ts'
import { ruleKinds } from '../schema/kinds.ts'

const runs = 1000
const file = new URL('../../../../docs/spec/schema/rulebook-block.json', import.meta.url)
const validatorFile = new URL('../../../../node_modules/ajv/dist/2020.js', import.meta.url)

type Validator = (value: unknown) => boolean
/** A validator we did not write, where the tools brought one along. */
function foreignValidator(): Validator | null {
  if (!existsSync(validatorFile)) return null
  const loaded = createRequire(import.meta.url)(fileURLToPath(validatorFile)) as {
    readonly default: new (options: object) => { compile: (schema: object) => Validator }
  }
  return new loaded.default({ strict: false, allErrors: false }).compile(blockSchema())
}
const validate = foreignValidator()

describe('the published JSON Schema of a rule block', () => {
  it('is printed from the codecs', async () => {
    await expect(`${JSON.stringify(blockSchema(), null, 1)}\n`).toMatchFileSnapshot(fileURLToPath(file))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(blockSchema())
  })

  it.skipIf(validate === null)('admits every block of Lantern', () => {
    for (const { clause } of lantern.provisions) expect(validate?.(plainOf(treeIn(lantern, clause))), clause).toBe(true)
  })

  it.skipIf(validate === null)('refuses what is plainly wrong', () => {
    const wrong: readonly Plain[] = [
      'kind',
      {},
      { kind: 'body' },
      { kind: 'class', id: 'c', of: 'person', colour: 'red' },
      { kind: 'class', id: 'C', of: 'person' },
      { kind: 'class', id: 'c', of: 'animal' },
      { kind: 'tier', id: 't', guards: [], procedure: 'p' },
      { kind: 'procedure', id: 'p', stages: {} },
      { kind: 'procedure', id: 'p', stages: { propose: {} } },
      { kind: 'procedure', id: 'p', stages: { notify: { to: 'electorate members', clear: '1 day', due: 'notice' } } },
      { kind: 'procedure', id: 'p', stages: { notify: { to: 'electorate members' } } },
      { kind: 'procedure', id: 'p', stages: { wait: { do: 'delay', lasts: '3 fortnights' } } },
    ]
    for (const block of wrong) expect(validate?.(block), JSON.stringify(block)).toBe(false)
  })

  /** Reads only because a nesting expression is described more widely than its grammar. */
  const onlyByGrammar = (block: Plain): boolean => {
    const read = readBlock(treeOf(block))
    return (
      read.kind === 'fail' &&
      (read.error.code === 'R0306' || /IANA|<|lesser|greater|\bof\b|who|\d{4}-\d\d/.test(read.error.help + read.error.text))
    )
  }

  it.skipIf(validate === null).each(ruleKinds)('agrees with the parser on random and mutated blocks of kind %s', (kind) => {
    const block = arbitraryBlock(kind)
    fc.assert(
      fc.property(block, block, fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), (mine, other, dice) => {
        for (const candidate of [mine, ...mutants(mine, other, dice)]) {
          const reads = readBlock(treeOf(candidate)).kind === 'ok'
          const valid = validate?.(candidate) ?? false
          if (reads !== valid && !(valid && onlyByGrammar(candidate)))
            expect({ candidate, reads }).toEqual({ candidate, reads: valid })
        }
      }),
      { numRuns: Math.ceil(runs / 24) },
    )
  })
})
