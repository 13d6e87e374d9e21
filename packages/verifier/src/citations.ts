import { bodyOf, type Entry } from '@quorate/record'

/** A document that an entry cites. `required`: without it the decision cannot be checked. */
export type DocumentCitation = { readonly fingerprint: string; readonly required: boolean; readonly entry: number }

/**
 * The documents a dossier of one decision may hold: every edition, and what the decision's own entries cite. The list of a mailing and the
 * messages of the key ceremony are fingerprints of private things and are not among them.
 */
export function citations(
  { index, entry }: { readonly index: number; readonly entry: Entry },
  decision: number,
): readonly DocumentCitation[] {
  const required = (...fingerprints: readonly string[]): readonly DocumentCitation[] =>
    fingerprints.map((fingerprint) => ({ fingerprint, required: true, entry: index }))
  const optional = (...fingerprints: readonly (string | null)[]): readonly DocumentCitation[] =>
    fingerprints.flatMap((fingerprint) => (fingerprint === null ? [] : [{ fingerprint, required: false, entry: index }]))
  const edition = bodyOf(entry, 'edition')
  if (edition !== null) return required(edition.text, edition.words)
  const does = bodyOf(entry, 'act')?.act
  if (does?.kind === 'movement' && does.does.kind === 'found') return optional(...does.does.drafts.map(({ text }) => text))
  // Acts outside any one decision are replayed with each; what a draw came to is checked wherever it filled a seat.
  const facts = bodyOf(entry, 'act')?.facts ?? bodyOf(entry, 'refusal')?.facts ?? []
  const of = (name: string): readonly DocumentCitation[] =>
    facts.flatMap((fact) => (fact.name === name && fact.evidence !== null ? required(fact.evidence) : []))
  if (entry.decision !== decision) return of('drawn')
  const act = bodyOf(entry, 'act')?.act ?? bodyOf(entry, 'refusal')?.refusal.act
  if (act !== undefined) {
    return [
      ...of('drawn'),
      ...of('count'),
      // Of an attempt that was refused too: what it claimed the body had resolved is on the record.
      ...of('resolution'),
      ...('document' in act && act.document !== null ? required(act.document) : []),
      ...('statement' in act ? optional(act.statement) : []),
      ...('changes' in act ? act.changes.flatMap(({ before, after }) => optional(before, after)) : []),
      ...optional(...facts.map((fact) => fact.evidence)),
    ]
  }
  const roll = bodyOf(entry, 'roll')
  if (roll !== null) return required(roll.leaves)
  const setup = bodyOf(entry, 'setup')
  if (setup !== null)
    return [...required(setup.election, setup.trustees, setup.credentials, setup.bind), ...optional(setup.booth)]
  const grown = [
    bodyOf(entry, 'box-closed')?.tally,
    bodyOf(entry, 'shuffle')?.shuffle,
    bodyOf(entry, 'opening')?.decryption,
    ...Object.values(bodyOf(entry, 'result') ?? {}),
  ]
  return required(...grown.filter((text) => text !== undefined && isFingerprint(text)).map(String))
}

/** Whether a body names a document where a short text might stand: what grows with the papers of a list question. */
export const isFingerprint = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** A text that an entry holds or cites. The check of documents has made sure that those cited are there. */
export const textIn = (documents: Readonly<Record<string, string>>, said: string): string =>
  isFingerprint(said) ? (documents[said] ?? '') : said
