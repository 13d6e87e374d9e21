import { readFileSync } from 'node:fs'
import { assert } from '@quorate/kernel'
import { idOf, type Provision, type Rulebook } from '../src/language/model.ts'
import { readBlock } from '../src/language/parse.ts'
import { readTree } from '../src/yaml/read-tree.ts'
import { blockText } from './arbitrary-rulebook.ts'
import { plainOf, type Plain } from './blocks.ts'
import { pick, type Roll } from './dice.ts'
import { parsed } from './lantern.ts'
import { mutants } from './mutants.ts'

// Random rulebooks that can run: a shipped one with slips of the pen in some of its blocks. Of blocks made from the schema alone hardly any act is
// ever permitted, for nobody fills the seats by which everything else is done.

const names = [
  'lantern',
  ...['campaign', 'co-op', 'party-branch', 'student-society', 'tenants-federation', 'union-branch'].map((t) => `templates/${t}`),
  ...['2016', '2017', '2020', '2022', '2023'].map((year) => `history/movement-${year}`),
]

/** A rule of a shipped rulebook as written. */
type Written = { readonly provision: Provision; readonly block: Plain; readonly said: string }
type Shipped = { readonly book: Rulebook; readonly rules: readonly Written[] }

const shipped: readonly Shipped[] = names.map((name) => {
  const book = parsed(readFileSync(new URL(`../../../rulebooks/${name}.md`, import.meta.url), 'utf8'))
  const rules = book.provisions.map((provision): Written => {
    const tree = readTree(book.clauses.get(provision.clause)?.block?.source ?? '', 1)
    assert(tree.kind === 'ok', `a block in ${provision.clause} of ${name}`)
    return { provision, block: plainOf(tree.value), said: JSON.stringify(provision.rule) }
  })
  return { book, rules }
})
const blocksByKind = Map.groupBy(
  shipped.flatMap(({ rules }) => rules),
  ({ provision }) => provision.rule.kind,
)

/** A rule after one slip of the pen, with parts of another of its kind, written and read again; null when ten of them do not read or change nothing. */
function slipped({ provision, block, said }: Written, roll: Roll): Provision | null {
  for (let i = 0; i < 10; i++) {
    const other = pick(blocksByKind.get(provision.rule.kind) ?? [], roll)
    const made = mutants(
      block,
      other === '' ? block : other.block,
      [0, 1, 2, 3].map(() => roll(1000)),
    )
    const tree = readTree(blockText(made[roll(made.length)] ?? ''), 1)
    const read = tree.kind === 'ok' ? readBlock(tree.value) : tree
    if (read.kind === 'fail' || read.value.kind !== 'rule' || JSON.stringify(read.value.rule) === said) continue
    const { rule, names, terms, basis, waives } = read.value
    return { clause: provision.clause, rule, names, terms, basis, waives }
  }
  return null
}

const keyOf = ({ rule }: Provision): string => `${rule.kind} ${idOf(rule) ?? ''}`

/**
 * A shipped rulebook and the same with slips of the pen in one to three of its rules. The blocks with slips are written and read; the text around them
 * stays the old one, for neither the engine nor the words read it.
 */
export function crossedRulebook(roll: Roll): { readonly before: Rulebook; readonly after: Rulebook } {
  for (;;) {
    const one = shipped[roll(shipped.length)]
    assert(one !== undefined, 'a shipped rulebook')
    const places = new Set(Array.from({ length: 1 + roll(3) }, () => roll(one.rules.length)))
    let provisions = one.book.provisions
    for (const i of places) {
      const rule = one.rules[i]
      const changed = rule === undefined ? null : slipped(rule, roll)
      const isTaken = (p: Provision, at: number): boolean => at !== i && changed !== null && keyOf(p) === keyOf(changed)
      if (changed !== null && !provisions.some(isTaken)) provisions = provisions.with(i, changed)
    }
    if (provisions !== one.book.provisions) return { before: one.book, after: { ...one.book, provisions } }
  }
}
