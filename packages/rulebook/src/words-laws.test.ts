import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryBlock } from '../test/arbitrary-rulebook.ts'
import { plainOf, treeOf, type Plain } from '../test/blocks.ts'
import { edition, parsed } from '../test/lantern.ts'
import { rulebookOf } from '../test/blocks.ts'
import type { ClauseId } from './act.ts'
import { writeRule, type Provision, type Rule, type Rulebook } from './model.ts'
import { readBlock } from './parse.ts'
import { ruleKinds } from './schema/kinds.ts'
import { words, wordsLocales } from './words/words.ts'

const runs = Number(process.env['QUORATE_RUNS'] ?? 1000)
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

type Path = readonly (string | number)[]
const isMap = (p: Plain | undefined): p is { readonly [key: string]: Plain } => typeof p === 'object' && !Array.isArray(p)
const isList = (p: Plain | undefined): p is readonly Plain[] => Array.isArray(p)

/** Every place of a block, deepest last. */
function places(p: Plain, path: Path = []): readonly Path[] {
  if (typeof p === 'string') return [path]
  const within = isList(p) ? p.map((v, i) => places(v, [...path, i])) : Object.entries(p).map(([k, v]) => places(v, [...path, k]))
  return [path, ...within.flat()]
}
const at = (p: Plain | undefined, path: Path): Plain | undefined =>
  path.reduce<Plain | undefined>(
    (v, k) => (v === undefined || typeof v === 'string' ? undefined : (v as Record<string, Plain>)[k]),
    p,
  )
function put(p: Plain, path: Path, value: Plain | null): Plain {
  const [key, ...rest] = path
  if (key === undefined || typeof p === 'string') return value ?? ''
  if (isList(p))
    return rest.length === 0 && value === null
      ? p.filter((_, i) => i !== key)
      : p.map((v, i) => (i === key ? put(v, rest, value) : v))
  return Object.fromEntries(
    Object.entries(p).flatMap(([k, v]): [string, Plain][] =>
      k !== key ? [[k, v]] : rest.length === 0 && value === null ? [] : [[k, put(v, rest, value)]],
    ),
  )
}

/** One token of a text replaced by a token of another. */
function retold(text: string, other: string, i: number, j: number): string {
  const [mine, theirs] = [text.split(' '), other.split(' ')]
  return mine.map((word, at) => (at === i % mine.length ? (theirs[j % theirs.length] ?? word) : word)).join(' ')
}
const leaves = (p: Plain): readonly string[] =>
  places(p).flatMap((path) => {
    const leaf = at(p, path)
    return typeof leaf === 'string' ? [leaf] : []
  })

/** What a slip of the pen might make of a block: a part left out, a part of another block in its place, a word changed. */
function mutants(block: Plain, other: Plain, dice: readonly number[]): readonly Plain[] {
  const [a = 0, b = 0, c = 0, d = 0] = dice
  const paths = places(block).filter((path) => path.length > 0 && path[0] !== 'kind')
  const path = paths[a % paths.length] ?? []
  const own = at(block, path)
  const theirs = at(other, path)
  const texts = leaves(other)
  const added = isMap(own) && isMap(theirs) ? put(block, path, { ...theirs, ...own }) : null
  const longer = isList(own) && isList(theirs) ? put(block, path, [...own, ...theirs]) : null
  return [
    put(block, path, null),
    ...(theirs === undefined ? [] : [put(block, path, theirs)]),
    ...(added === null ? [] : [added]),
    ...(longer === null ? [] : [longer]),
    ...(isList(own) ? [put(block, path, own.toReversed())] : []),
    ...(typeof own === 'string'
      ? [put(block, path, retold(own, texts[b % texts.length] ?? '', c, d)), put(block, path, own.replace(/\d+/, String(b)))]
      : []),
  ]
}

describe('equal words mean an equal rule', () => {
  describe.each(wordsLocales)('in %s', (locale) => {
    it.each(ruleKinds)('whatever a slip of the pen makes of a rule of kind %s', (kind) => {
      const block = arbitraryBlock(kind)
      fc.assert(
        fc.property(block, block, fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), (mine, other, dice) => {
          const rule = ruleOf(mine)
          expect(rule).not.toBeNull()
          if (rule === null) return
          const text = words(alone(rule), clause, locale)
          expect(text).not.toMatch(/undefined|null|\[object/)
          for (const mutant of mutants(mine, other, dice)) {
            const changed = ruleOf(mutant)
            if (changed === null || JSON.stringify(changed) === JSON.stringify(rule)) continue
            if (words(alone(changed), clause, locale) === text) expect(changed).toEqual(rule)
          }
        }),
        { numRuns: Math.ceil(runs / 12) },
      )
    })
  })

  it('and writing a rule in its one spelling and reading it again is the same rule, and the same spelling', () => {
    fc.assert(
      fc.property(fc.oneof(...ruleKinds.map((kind) => arbitraryBlock(kind))), (block) => {
        const rule = ruleOf(block)
        expect(rule).not.toBeNull()
        if (rule === null) return
        const again = ruleOf(writeRule(rule))
        expect(again).toEqual(rule)
        expect(writeRule(again ?? rule)).toEqual(writeRule(rule))
        expect(plainOf(treeOf(writeRule(rule)))).toEqual(writeRule(rule))
      }),
      { numRuns: runs },
    )
  })
})
