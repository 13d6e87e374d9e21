import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryBlock, arbitraryRulebook, blockText } from '../../test/arbitrary-rulebook.ts'
import { treeOf } from '../../test/blocks.ts'
import { edition } from '../../test/lantern.ts'
import { parseRulebook } from '../index.ts'
import { readBlock } from './parse.ts'
import { ruleKinds } from '../schema/kinds.ts'
import { readTree } from '../yaml/read-tree.ts'

const runs = 1000

describe('random rules made from the schema', () => {
  it.each(ruleKinds)('of kind %s read without a fault', (kind) => {
    fc.assert(
      fc.property(arbitraryBlock(kind), (block) => {
        const read = readBlock(treeOf(block))
        expect(read.kind === 'fail' ? { fault: read.error, block: blockText(block) } : null).toBeNull()
        const tree = readTree(blockText(block), 1)
        expect(tree.kind).toBe('ok')
      }),
      { numRuns: Math.ceil(runs / 24) },
    )
  })

  it('of a whole rulebook too', () => {
    fc.assert(
      fc.property(arbitraryRulebook(), ({ text }) => {
        const read = parseRulebook(text, edition(1))
        expect(read.kind === 'fail' ? read.error : null).toBeNull()
      }),
      { numRuns: Math.ceil(runs / 50) },
    )
  })
})
