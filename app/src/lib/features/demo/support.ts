import { decisionById, electorateAsOf, knownPseudonym, procedureInput, supportOf, takeStep } from '#lib/features/motions/index.ts'
import { editionsOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { Work } from '#lib/platform/feature.ts'

/**
 * Lets further members of the demonstration sign a proposal, one after another, each through the same door as a press of theirs, until the
 * support it needs is reached. Returns how many signed, or null when the decision gathers no support now.
 */
export async function gatherSupport(work: Work, number: number): Promise<number | null> {
  const decision = await decisionById(work.db, number)
  const own = decision?.state ?? null
  if (decision === null || own === null || own.ended !== null) return null
  const now = work.clock.now()
  const input = procedureInput(await editionsOf(work.db), own, now, { proposer: null, electionFacts: null })
  const view = input.views.find((v) => v.kind === 'support' && v.state === 'now')
  const stage = input.stages.find((s) => s.id === view?.id)
  const support = supportOf(input)
  if (stage?.do !== 'support' || support === null) return null
  const rulebook = await rulebookInForce(work.db)
  const members = await electorateAsOf(work.db, rulebook, stage.signers.electorate, { validAt: now, knownAt: now })
  let signed = 0
  for (const member of members) {
    if (support.have + signed >= support.need) break
    // Whoever has acted in this decision before has made up their mind themselves.
    if ((await knownPseudonym(work.db, number, member.id)) !== null) continue
    const taken = await takeStep(work, member.id, decision.id, { kind: 'sign' })
    if (taken.kind === 'ok') signed++
  }
  return signed
}
