import type { EventBody } from '../event.ts'
import { actorReasons } from '../actors.ts'
import { neededFor } from '../measure.ts'
import { includesPerson } from '../people-set.ts'
import { countFact, named, people, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { sizesOf, type Found, type Running, type StageCase } from './stage-case.ts'

/** A signature under a proposal; the one that reaches the threshold says so. */
export function sign(kase: StageCase, { stage, marks }: Running<'support'>): Found {
  const { act, clause } = kase
  const electorate = stage.signers.electorate
  const reasons: Reason[] = [
    ...actorReasons(kase, kase.rulebook, clause, [{ kind: 'electorate', id: electorate, thisGroup: false }]),
  ]
  if (includesPerson(marks.signers, act.by)) reasons.push(reason('already-done', clause))
  const needed = neededFor(stage.need, sizesOf(kase))
  if (needed === null) reasons.push(reason('missing-fact', clause, named('electorate', electorate)))
  // Signers who have since left count only where the rule says so; the register states how many of the earlier ones are still there.
  const standing = stage.lapsed === 'do not count' ? countFact(kase, 'signers', electorate) : null
  const signers = Math.min(marks.signers.size, standing ?? marks.signers.size) + 1
  const isEnough = needed !== null && signers >= needed && marks.metAt === null
  // Before the last signature it makes no difference who has left; at the last, what nobody has stated is not taken to be nobody.
  if (isEnough && stage.lapsed === 'do not count' && standing === null && marks.signers.size > 0)
    reasons.push(reason('missing-fact', clause, named('electorate', electorate)))
  const met: readonly EventBody[] = isEnough ? [{ kind: 'supported', signers }] : []
  return { reasons, events: [{ kind: 'signed' }, ...met] }
}

/** A signature taken back. Where it may be until the time is over, what counts is the number at that instant. */
export function withdraw(kase: StageCase, { stage, marks }: Running<'support'>): Found {
  const reasons: Reason[] = []
  if (stage.withdraw === null || stage.withdraw === 'no') reasons.push(reason('no-power', kase.clause))
  if (!includesPerson(marks.signers, kase.act.by))
    reasons.push(reason('not-eligible', kase.clause, people(1), people(0), people(1)))
  const withdrawn: EventBody = { kind: 'withdrawn' }
  if (marks.metAt === null) return { reasons, events: [withdrawn] }
  const needed = neededFor(stage.need, sizesOf(kase))
  if (needed === null) reasons.push(reason('missing-fact', kase.clause, named('electorate', stage.signers.electorate)))
  const short = needed === null || marks.signers.size - 1 < needed
  return { reasons, events: short ? [withdrawn, { kind: 'unmet' }] : [withdrawn] }
}
