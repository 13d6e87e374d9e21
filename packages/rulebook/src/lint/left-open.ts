import type { Rulebook } from '../language/model.ts'
import type { Tree } from '../language/tree.ts'
import { readTree } from '../yaml/read-tree.ts'
import type { FindingCode } from './codes.ts'
import { sayAt, type Finding } from './finding.ts'

/** A field nobody has decided: unknown, or the readings it has, each as one line of text. */
type Open = { readonly path: string; readonly readings: readonly { readonly name: string; readonly says: string }[] }

/** What two readings of one field disagree about: they become equal when this is taken out of them. A table. */
const disagreements: readonly (readonly [FindingCode, (says: string) => string])[] = [
  ['or-between-thresholds', (says) => says.replace(/\b(?:lesser|greater) of\b/g, '')],
  ['filled-or-established', (says) => says.replace(/(?<!none )\bseated\b/g, 'seats')],
  ['empty-class-veto', (says) => says.replaceAll(' or none seated', '')],
  ['base-undated', (says) => says.replace(/ at (?!least\b)[a-z-]+/g, '')],
  [
    'base-unstated',
    (says) =>
      says
        .replace(/\b(?:yes|turnout)\b/g, '')
        .replace(/\bof (?:for-and-against|votes-cast|valid|returned|issued|roll|present)\b/g, ''),
  ],
]

/** Fields that a rulebook leaves open, each under the most particular name for what is wrong with it. */
export function leftOpen(rulebook: Rulebook): readonly Finding[] {
  return rulebook.unresolved.flatMap(({ clause }) => {
    const block = rulebook.clauses.get(clause)?.block ?? null
    const tree = block === null ? null : readTree(block.source, block.line)
    if (tree?.kind !== 'ok' || tree.value.kind !== 'map') return []
    const say = sayAt(rulebook, clause)
    const fields = tree.value.entries.filter((e) => !['basis', 'names', 'terms'].includes(e.key))
    return fields
      .flatMap((e) => openIn(e.value, e.key))
      .flatMap(({ path, readings }) => {
        const names = readings.map((r) => r.name).join(' / ')
        return codesOf(path, readings).map((code) => {
          if (code === 'empty-class-veto') return say(code, path, { class: classIn(readings) })
          return say(code, path, readings.length === 0 ? {} : { readings: names })
        })
      })
  })
}

const classIn = (readings: Open['readings']): string =>
  readings.map((r) => /\bof class ([a-z0-9-]+)/.exec(r.says)?.[1]).find((id) => id !== undefined) ?? ''

function codesOf(path: string, readings: Open['readings']): readonly FindingCode[] {
  const key = path.split('.').at(-1) ?? ''
  if (key === 'refused-when') return ['refusal-unsaid']
  if (readings.length === 0) return [key === 'timeout' ? 'no-timeout' : 'unresolved']
  const found = disagreements.filter(([, without]) =>
    readings.some((a, i) => readings.slice(i + 1).some((b) => a.says !== b.says && without(a.says) === without(b.says))),
  )
  return found.length === 0 ? ['unresolved'] : found.map(([code]) => code)
}

const saysOf = (tree: Tree): string =>
  tree.kind === 'text'
    ? tree.text
    : tree.kind === 'list'
      ? tree.items.map(saysOf).join('; ')
      : tree.kind === 'open'
        ? 'unknown'
        : tree.entries.map((e) => `${e.key}: ${saysOf(e.value)}`).join('; ')

/** Every open field of a tree by its path, as the parser names it. */
function openIn(tree: Tree, path: string): readonly Open[] {
  if (tree.kind === 'text') return tree.text === 'unknown' ? [{ path, readings: [] }] : []
  if (tree.kind === 'open') return []
  if (tree.kind === 'list') return tree.items.flatMap((item, i) => openIn(item, `${path}.${i}`))
  const readings = tree.entries.find((e) => e.key === 'readings')?.value
  if (readings?.kind !== 'map') return tree.entries.flatMap((e) => openIn(e.value, `${path}.${e.key}`))
  const ratified = tree.entries.find((e) => e.key === 'ratified')?.value
  const chosen = ratified?.kind === 'text' ? readings.entries.find((e) => e.key === ratified.text) : undefined
  if (chosen !== undefined) return openIn(chosen.value, path)
  return [{ path, readings: readings.entries.map((e) => ({ name: e.key, says: saysOf(e.value) })) }]
}
