import { applyChanges, type ClauseId } from '@quorate/rulebook'
import { editionsListed, editionText } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { proposalOf, type Decision } from './decisions.ts'

/** The rulebook as a decision would have it: the whole text, and the edition it was written against. Null when it changes no rules. */
export async function proposedText(
  db: Db,
  decision: Pick<Decision, 'document' | 'state'>,
): Promise<{ readonly edition: number; readonly text: string } | null> {
  const proposal = await proposalOf(db, decision)
  const edition = (await editionsListed(db)).find((e) => e.number === decision.state?.proposedUnder)
  if (proposal === null || edition === undefined || proposal.changes.length === 0) return null
  const changes = proposal.changes.map(({ clause, after }) => ({ clause: clause as ClauseId, after })) // as proposed and judged
  const applied = applyChanges(await editionText(db, edition), changes, edition.number)
  return applied.kind === 'ok' ? { edition: edition.number, text: applied.value } : null
}
