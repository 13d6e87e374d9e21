import { toHex, utf8 } from '@quorate/kernel'
import { bodyOf } from '@quorate/record'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Check, LoggedEntry } from './check.ts'
import { failed, passed } from './verdict.ts'

/** A document that an entry cites. `required`: without it the decision cannot be checked. */
type Citation = { readonly fingerprint: string; readonly required: boolean; readonly entry: number }

/**
 * The documents a dossier of one decision may hold: every edition, and what the decision's own entries cite. The list of a mailing and the
 * messages of the key ceremony are fingerprints of private things and are not among them.
 */
function citations({ index, entry }: LoggedEntry, decision: number): readonly Citation[] {
  const required = (...fingerprints: readonly string[]): readonly Citation[] =>
    fingerprints.map((fingerprint) => ({ fingerprint, required: true, entry: index }))
  const optional = (...fingerprints: readonly (string | null)[]): readonly Citation[] =>
    fingerprints.flatMap((fingerprint) => (fingerprint === null ? [] : [{ fingerprint, required: false, entry: index }]))
  const edition = bodyOf(entry, 'edition')
  if (edition !== null) return required(edition.text)
  if (entry.decision !== decision) return []
  const act = bodyOf(entry, 'act')?.act ?? bodyOf(entry, 'refusal')?.refusal.act
  if (act !== undefined) {
    const facts = bodyOf(entry, 'act')?.facts ?? bodyOf(entry, 'refusal')?.facts ?? []
    return [
      ...('document' in act ? required(act.document) : []),
      ...(act.kind === 'propose' ? act.changes.flatMap(({ before, after }) => optional(before, after)) : []),
      ...optional(...facts.map((fact) => fact.evidence)),
    ]
  }
  const roll = bodyOf(entry, 'roll')
  if (roll !== null) return required(roll.leaves)
  const setup = bodyOf(entry, 'setup')
  if (setup !== null)
    return [...required(setup.election, setup.trustees, setup.credentials, setup.bind), ...optional(setup.booth)]
  return []
}

/** Every document hashes to its name and is cited, and none that the decision needs is missing. */
export const documentsCheck: Check = {
  name: 'documents',
  run: ({ dossier, entries }, step) => {
    const cited = entries.flatMap((entry) => citations(entry, dossier.decision))
    const names = new Set(cited.map(({ fingerprint }) => fingerprint))
    const documents = Object.entries(dossier.documents)
    for (const [i, [name, text]] of documents.entries()) {
      step(i, documents.length)
      const found = toHex(sha256(utf8(text)))
      const entry = cited.find(({ fingerprint }) => fingerprint === name)?.entry
      if (found !== name) return failed('document-changed', { ...(entry === undefined ? {} : { entry }), expected: name, found })
      if (!names.has(name)) return failed('document-uncited', { expected: 'a document the decision cites', found: name })
    }
    const missing = cited.find(({ fingerprint, required }) => required && !Object.hasOwn(dossier.documents, fingerprint))
    if (missing !== undefined)
      return failed('document-missing', { entry: missing.entry, expected: missing.fingerprint, found: 'nothing' })
    return passed({ name: 'documents', count: documents.length })
  },
}
