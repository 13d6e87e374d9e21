import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryBlock } from '../../test/arbitrary-rulebook.ts'
import { plainOf, treeOf, type Plain } from '../../test/blocks.ts'
import { edition, parsed } from '../../test/lantern.ts'
import { mutants } from '../../test/mutants.ts'
import { rulebookOf } from '../../test/blocks.ts'
import { asked, howOften } from '../../test/how-often.ts'
import type { ClauseId } from '../act.ts'
import { writeRule, type Provision, type Rule, type Rulebook } from '../language/model.ts'
import { readBlock } from '../language/parse.ts'
import { ruleKinds } from '../schema/kinds.ts'
import { words, wordsLocales } from './words.ts'

const runs = 1000
/** Of each kind; by night the kinds together make up the number. */
const ofEach = Math.ceil(runs / (howOften > 1 ? ruleKinds.length : 12))
const empty = parsed(rulebookOf(), 1)
const clause = '9' as ClauseId

/** A rulebook of one rule, enough to say its words. */
const alone = (rule: Rule): Rulebook => {
  const provision = { clause, rule, names: null, terms: null, basis: null } as Provision
  return { ...empty, edition: edition(1), provisions: [provision] }
}
const ruleOf = (block: Plain): Rule | null => {
  const read = readBlock(treeOf(block))
  return read.kind === 'ok' && read.value.kind === 'rule' ? read.value.rule : null
}

describe('equal words mean an equal rule', () => {
  describe.each(wordsLocales)('in %s', (locale) => {
    it.each(ruleKinds)('whatever a slip of the pen makes of a rule of kind %s', (kind) => {
      const block = arbitraryBlock(kind)
      const told = { rules: 0, changes: 0 }
      fc.assert(
        fc.property(block, block, fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), (mine, other, dice) => {
          const rule = ruleOf(mine)
          expect(rule).not.toBeNull()
          if (rule === null) return
          const text = words(alone(rule), clause, locale)
          expect(text).not.toMatch(/\b(?:undefined|null)\b|\[object/)
          for (const mutant of mutants(mine, other, dice)) {
            const changed = ruleOf(mutant)
            if (changed === null || JSON.stringify(changed) === JSON.stringify(rule)) continue
            told.changes++
            if (words(alone(changed), clause, locale) === text) expect(changed).toEqual(rule)
          }
          told.rules++
        }),
        { numRuns: ofEach },
      )
      asked(`words of random rules (${locale})`, ofEach, told)
    })
  })

  it('and writing a rule in its one spelling and reading it again is the same rule, and the same spelling', () => {
    let rules = 0
    fc.assert(
      fc.property(fc.oneof(...ruleKinds.map((kind) => arbitraryBlock(kind))), (block) => {
        const rule = ruleOf(block)
        expect(rule).not.toBeNull()
        if (rule === null) return
        const again = ruleOf(writeRule(rule))
        expect(again).toEqual(rule)
        expect(writeRule(again ?? rule)).toEqual(writeRule(rule))
        expect(plainOf(treeOf(writeRule(rule)))).toEqual(writeRule(rule))
        rules++
      }),
      { numRuns: runs },
    )
    asked('rules in their one spelling', runs, { rules })
  })
})
