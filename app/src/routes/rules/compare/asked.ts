import { z } from 'zod'
import { decisionById, movementSizes, proposedText } from '#lib/features/motions/index.ts'
import { rulebookInForce, type CompareAsked, type Sizes } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { editionQuery } from '../asked.ts'

const query = z.object({ from: editionQuery, to: editionQuery, decision: editionQuery }).loose()

/** What a comparison is asked for: two editions, or what a decision would make of the rules. Null: there is no such decision. */
export async function compareAsked(url: URL, visit: Visit): Promise<CompareAsked | null> {
  const { from, to, decision } = readQuery(url, query)
  if (decision === null) return { from, to, proposal: null }
  const found = await decisionById(visit.db, decision)
  const proposed = found === null ? null : await proposedText(visit.db, found)
  return proposed === null ? null : { from: null, to: null, proposal: { number: decision, ...proposed } }
}

/** How many people and filled seats there are now, by the register. */
export const sizesNow = async (visit: Visit): Promise<Sizes> =>
  movementSizes(visit.db, await rulebookInForce(visit.db), visit.clock.now())
