import { toHex, utf8 } from '@quorate/kernel'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Check } from './check.ts'
import { citations } from './citations.ts'
import { failed, passed } from './verdict.ts'

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
