import { assert } from '@quorate/kernel'
import {
  resultingText,
  type ClauseId,
  type DecisionId,
  type EditionNumber,
  type Fingerprint,
  type Waiting,
} from '@quorate/rulebook'
import { documentOf, storeDocument } from '#lib/features/record/index.ts'
import { addEdition, draftEdition, editionText, editionsListed } from '#lib/features/rulebooks/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { perform } from './perform.ts'
import { parseProposal } from './proposal.ts'
import './tables.ts'

/** Enacts a decision that changes no clause, such as an endorsement: what was proposed is what takes effect. */
async function enactText(work: Work, decision: DecisionId, document: string): Promise<number> {
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'enact', text: document as Fingerprint }, // the column holds what storeDocument gave
    facts: () => Promise.resolve([]),
  })
  return done.kind === 'ok' ? 1 : 0
}

/**
 * Puts a carried change of the rules in force: applies it to the text that stands now, and, when the rules permit (no touched clause changed,
 * no stay), stores the new edition, its entry and the act together. Returns 1 when it moved something.
 */
export async function enactDecision(work: Work, { decision }: Waiting): Promise<number> {
  const row = await work.db.selectFrom('decision').select('document').where('id', '=', decision).executeTakeFirst()
  const source = row?.document === null || row?.document === undefined ? null : await documentOf(work.db, row.document)
  const proposal = source === null ? null : parseProposal(source)
  const inForce = (await editionsListed(work.db)).at(-1)
  assert(proposal !== null && inForce !== undefined, 'a decision to enact has its document, and there is an edition to change')
  if (row?.document != null && proposal.changes.length === 0) return enactText(work, decision, row.document)
  const changes = proposal.changes.map(({ clause, after }) => ({ clause: clause as ClauseId, after })) // as proposed and judged
  const now = work.clock.now()
  const resulting = resultingText(await editionText(work.db, inForce), inForce.number, changes, now)
  const { text } = resulting
  if (text === null) return 0
  const number = (inForce.number + 1) as EditionNumber // the number after the last
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: async ({ tx }) => ({ kind: 'enact', text: (await storeDocument(tx, text)) as Fingerprint }),
    facts: (judging) => Promise.resolve([{ ...resulting.fact, at: judging.now, knownAt: judging.now }]),
    before: async ({ tx }) => [(await draftEdition(tx, number, decision, text)).entry],
    then: async ({ tx, now: inForceAt }) => {
      await addEdition(tx, { ...(await draftEdition(tx, number, decision, text)).edition, inForceAt })
    },
  })
  return done.kind === 'ok' ? 1 : 0
}
