import type { Finding, Rulebook } from '@quorate/rulebook'

/** A place in a text, line and column from 1, and how many characters of it are meant. */
export type Place = { readonly line: number; readonly column: number; readonly length: number }

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Where a finding shows: the first line of the rule's block that names its subject, else the rule's heading. */
export function placeOf(rulebook: Rulebook, finding: Pick<Finding, 'clause' | 'subject'>): Place {
  const clause = rulebook.document.clauses.find(({ id }) => id === finding.clause.split('@')[0])
  if (clause === undefined) return { line: 1, column: 1, length: 1 }
  const subject = new RegExp(`(?<![\\w-])${escaped(finding.subject)}(?![\\w-])`)
  const block = clause.block?.source.split('\n') ?? []
  const found = block.findIndex((line) => subject.test(line))
  if (clause.block !== null && found >= 0) {
    const column = (block[found] ?? '').search(subject)
    return { line: clause.block.line + found, column: column + 1, length: finding.subject.length }
  }
  return { line: clause.line, column: clause.level + 2, length: clause.id.length }
}
