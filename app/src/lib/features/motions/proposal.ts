import { canonicalJson, parseCanonicalJson } from '@quorate/kernel'
import { z } from 'zod'

const schema = z.strictObject({
  title: z.string().min(1).max(200),
  reasons: z.string().max(10_000),
  changes: z.array(z.strictObject({ clause: z.string(), before: z.string().nullable(), after: z.string().nullable() })).max(1000),
})

/**
 * What a proposer puts forward, a document that the record cites by fingerprint: title, reasons, and the source of every clause touched
 * before and after (null: new, or repealed).
 */
export type Proposal = z.output<typeof schema>

/** The one spelling of a proposal: what is fingerprinted. */
export const proposalText = (proposal: Proposal): string => canonicalJson(proposal)

/** Reads a stored proposal; null when the text is none. */
export function parseProposal(text: string): Proposal | null {
  const json = parseCanonicalJson(text)
  const read = json.kind === 'ok' ? schema.safeParse(json.value) : null
  return read?.success === true ? read.data : null
}
