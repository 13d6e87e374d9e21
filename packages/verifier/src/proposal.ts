import { parseCanonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import { fingerprintOf, type Change, type TextChange } from '@quorate/rulebook'

/**
 * The changes that a proposal's document proposes, when they are those of the act: each clause with its source before and after, by
 * fingerprint. Null when the document is no proposal or proposes something else. The document is canonical JSON
 * `{changes: [{after, before, clause}], reasons, title}`.
 */
export function proposedChanges(document: string, changes: readonly Change[]): readonly TextChange[] | null {
  const json = parseCanonicalJson(document)
  const listed = json.kind === 'ok' && isObject(json.value) ? json.value['changes'] : undefined
  if (!Array.isArray(listed) || listed.length !== changes.length) return null
  const found: TextChange[] = []
  for (const [i, change] of changes.entries()) {
    const item = (listed as readonly Json[])[i]
    if (item === undefined || !isObject(item) || item['clause'] !== change.clause) return null
    const [before, after] = [item['before'], item['after']]
    if (printOf(before) !== change.before || printOf(after) !== change.after) return null
    found.push({ clause: change.clause, after: typeof after === 'string' ? after : null })
  }
  return found
}

const printOf = (source: Json | undefined): string | null | undefined =>
  typeof source === 'string' ? fingerprintOf(source) : source === null ? null : undefined
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
