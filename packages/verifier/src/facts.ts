import { canonicalJson, type Json } from '@quorate/kernel'
import { fingerprintOf, resultingText, type Act, type Fact } from '@quorate/rulebook'
import { voterPseudonymOf } from '@quorate/ballots'
import { certificateFault, drawFault } from './cited-certificates.ts'
import type { Logged } from './check.ts'
import { recount } from './count-fact.ts'
import type { FactCase } from './fact-case.ts'
import { draftFault, mayStandFault, outcomeFault, rollAppealFault, runOffFault } from './facts-of-others.ts'
import { proposedChanges } from './proposal.ts'
import { listStated, otherAnswering, type Answering } from './opened-question.ts'
import type { ShownType } from './replay.ts'
import { countsOf, readingsOf } from './result-rows.ts'
import { rollCallFault } from './roll-call-fact.ts'
import { faultOf, type Fault } from './verdict.ts'

/** The entry that shows what an act of a kind rests on. */
export const shownFor: { readonly [K in Act['kind']]?: ShownType } = {
  notify: 'delivery',
  freeze: 'roll',
  open: 'setup',
  cast: 'ballot',
  declare: 'result',
}

/**
 * The facts of an act against what the record itself shows. A fact of the register that nothing on the record shows is counted as stated, by
 * name: that a person is a member or holds an office cannot be checked from outside.
 */
export function factFault(kase: FactCase): Fault | null {
  for (const fact of kase.facts) {
    // Nothing is known before it is so, and no act rests on what was known only after it.
    if (fact.at > fact.knownAt || fact.knownAt > kase.act.recordedAt)
      return faultOf('instant-differs', {
        entry: kase.index,
        clause: kase.clause,
        expected: `${fact.name} known by ${String(kase.act.recordedAt)}`,
        found: `of ${String(fact.at)}, known at ${String(fact.knownAt)}`,
      })
    const fault = oneFault(kase, fact)
    if (fault !== null) return fault
  }
  return kase.act.kind === 'cast' ? castFault(kase) : null
}

function oneFault(kase: FactCase, fact: Fact): Fault | null {
  const checked = checkedFact(kase, fact)
  if (checked !== undefined) return checked
  const { stated } = kase.replaying
  stated.set(fact.name, (stated.get(fact.name) ?? 0) + 1)
  return null
}

/** What is wrong with a fact, null when the record shows that it is so, undefined when nothing on the record shows it. A table by name. */
function checkedFact(kase: FactCase, fact: Fact): Fault | null | undefined {
  const { act, shown } = kase
  switch (fact.name) {
    case 'notice':
      if (act.kind === 'notify' && shown.delivery !== undefined) return noticeFault(kase, fact, shown.delivery)
      break
    case 'roll':
      if (act.kind === 'freeze' && shown.roll !== undefined) return rollFault(kase, fact, shown.roll)
      break
    case 'setup':
      if (act.kind === 'open' && shown.setup !== undefined) return setupFault(kase, fact, shown.setup)
      break
    case 'tally':
      if (act.kind === 'declare' && shown.result !== undefined) return tallyFault(kase, fact, shown.result)
      break
    case 'unopened':
      if (act.kind !== 'declare') break
      // A box with a result was opened, whatever is said of it.
      if (shown.result !== undefined) return differs(kase, fact, shown.result.index, 'opened')
      if (shown['box-closed'] !== undefined)
        return differs(kase, fact, shown['box-closed'].index, { cast: shown['box-closed'].body.counted })
      break
    case 'count': {
      if (act.kind !== 'declare') break
      const followed = certificateFault(kase, fact)
      if (followed !== undefined) return followed
      const counted = recount(kase, fact)
      return counted === 'not worked out' ? undefined : counted
    }
    case 'lot':
      return lotStated(kase)
    case 'drawn':
      return drawFault(kase, fact)
    case 'outcome':
      return outcomeFault(kase, fact)
    case 'run-off':
      return runOffFault(kase, fact)
    case 'roll-appeal':
      return act.kind === 'settle-roll' ? rollAppealFault(kase, fact) : undefined
    case 'resolution':
      return rollCallFault(kase, fact)
    case 'may-stand':
      return mayStandFault(kase, fact)
    case 'resulting-text':
      return act.kind === 'movement' ? draftFault(kase, fact) : resultingFault(kase, fact)
    case 'eligible':
      // Who may cast is shown by the roll: the voting key of the ballot is on the list, see the check of the ballots.
      if (act.kind === 'cast' && fact.source === 'roll') return null
      break
  }
  return undefined
}

/**
 * One ballot has one lot. Where the box of the decision in question was opened it is drawn from the openings, whoever says it was: these are checked after
 * the replay, and it with them (`lotFault`). Of another decision nothing is here to draw it from.
 */
function lotStated({ index, clause, act, facts, shown, evidence }: FactCase): Fault | null | undefined {
  if (act.kind !== 'declare' || shown.result === undefined) return undefined
  const lots = facts.filter(({ name }) => name === 'lot').length
  if (lots > 1) return faultOf('lot-differs', { entry: index, clause, expected: 'one lot', found: lots })
  return act.decision === evidence.dossier.decision ? null : undefined
}

/** The entry that shows something else than an act rested on is named; what the act says is what was expected of it. */
function differs(kase: FactCase, fact: Fact, index: number, expected: Json): Fault | null {
  const [said, is] = [canonicalJson(fact.value), canonicalJson(expected)]
  if (said === is) return null
  return faultOf('fact-differs', {
    entry: index,
    clause: kase.clause,
    expected: `${said} (entry ${String(kase.index)})`,
    found: is,
  })
}

/** The election's text, and where a ballot has a list, how many it lists, who they were when it was set up, and who of them has left since. */
function setupFault(kase: FactCase, fact: Fact, { index, body }: Logged<'setup'>): Fault | null {
  const { value } = fact
  const other = otherAnswering(kase)
  if (other !== null) {
    const said = (how: Answering): string => {
      if (how.kind === 'order') return 'answers to rank'
      return how.kind === 'grades'
        ? `answers to grade, ${String(how.top)} at most`
        : `answers to choose, ${String(how.most)} at most`
    }
    return faultOf('election-invalid', {
      entry: index,
      clause: kase.clause,
      expected: said(other.rule),
      found: said(other.paper),
    })
  }
  if (typeof value !== 'object' || !('options' in value)) return differs(kase, fact, index, { fingerprint: body.election })
  const stated = listStated(kase)
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => stated === null || !key.startsWith('off-')))
  return differs(kase, fact, index, { ...kept, fingerprint: body.election, ...stated })
}

function noticeFault(kase: FactCase, fact: Fact, { index, body }: Logged<'delivery'>): Fault | null {
  const channels = typeof fact.value === 'object' ? Object.keys(fact.value).filter((key) => key !== 'served' && key !== 'of') : []
  const byChannel = channels.map((name) => [name, body.channels.find((c) => c.channel === name)?.served ?? 0] as const)
  return differs(kase, fact, index, { served: body.served, of: body.served + body.failed, ...Object.fromEntries(byChannel) })
}

function rollFault(kase: FactCase, fact: Fact, { index, body }: Logged<'roll'>): Fault | null {
  const edition = kase.state?.noticedUnder ?? kase.replaying.inForce
  const electorate = `${fact.of ?? ''}@${String(edition)}`
  if (body.electorate !== electorate)
    return faultOf('fact-differs', { entry: index, clause: kase.clause, expected: electorate, found: body.electorate })
  if (fact.evidence !== null && fact.evidence !== body.root && fact.evidence !== body.leaves)
    return faultOf('fact-differs', { entry: index, clause: kase.clause, expected: fact.evidence, found: body.leaves })
  return differs(kase, fact, index, { size: body.size, root: body.root })
}

function tallyFault(kase: FactCase, fact: Fact, { index, body }: Logged<'result'>): Fault | null {
  const cast = kase.shown['box-closed']?.body.counted
  if (cast === undefined)
    return faultOf('evidence-missing', {
      entry: kase.index,
      clause: kase.clause,
      expected: 'a box-closed entry before it',
      found: 'none',
    })
  const [row, ...more] = countsOf(body) ?? []
  const readings = row === undefined || more.length > 0 ? [] : readingsOf(row)
  const tallies = readings.map((r) => ({ ...r, cast, valid: r.for + r.against + r.blank }))
  const said = canonicalJson(fact.value)
  if (tallies.some((tally) => canonicalJson(tally) === said)) return null
  const found = tallies.map((tally) => canonicalJson(tally)).join(' or ')
  return faultOf('fact-differs', {
    entry: index,
    clause: kase.clause,
    expected: `${said} (entry ${String(kase.index)})`,
    found: found || body.result,
  })
}

/** What the changed rulebook would be, worked out again where the proposal is in the dossier. Findings are the linter's of that day. */
function resultingFault(kase: FactCase, fact: Fact): Fault | null {
  const { act, state, replaying, evidence, index, clause } = kase
  const [document, changes] = act.kind === 'propose' ? [act.document, act.changes] : [state?.document ?? '', state?.changes ?? []]
  const edition = replaying.inForce
  const source = evidence.dossier.documents[document]
  const text = edition === null ? undefined : replaying.editions.get(edition)?.text
  if (source === undefined || text === undefined || edition === null) return null
  const proposed = proposedChanges(source, changes)
  if (proposed === null)
    return faultOf('proposal-differs', {
      entry: index,
      clause,
      expected: 'the changes of the proposal',
      found: 'other changes, or none',
    })
  const { value } = resultingText(text, edition, proposed, act.recordedAt).fact
  const keyed = (v: Fact['value'], key: string): unknown => (typeof v === 'object' && Object.hasOwn(v, key) ? v[key] : undefined)
  // What the linter finds depends on sizes of the movement that are not on the record.
  const other = ['text', 'diagnostics', 'open', 'appeals-removed', 'rights-removed'].find(
    (key) => keyed(value, key) !== keyed(fact.value, key),
  )
  if (other === undefined) return null
  return faultOf('fact-differs', {
    entry: index,
    clause,
    expected: `${other} ${String(keyed(value, other))}`,
    found: `${other} ${String(keyed(fact.value, other))}`,
  })
}

/** A ballot is the one the act names, and the act is by the pseudonym of its voting key. */
function castFault({ act, shown, index, clause }: FactCase): Fault | null {
  const { ballot } = shown
  if (act.kind !== 'cast' || ballot === undefined) return null
  const print = fingerprintOf(ballot.body.ballot)
  if (print !== act.ballot)
    return faultOf('fact-differs', {
      entry: ballot.index,
      clause,
      expected: `${act.ballot} (entry ${String(index)})`,
      found: print,
    })
  // The shape has checked that the text is JSON with a credential.
  const { credential } = JSON.parse(ballot.body.ballot) as { readonly credential: string }
  const voter = voterPseudonymOf(credential)
  return act.by === voter ? null : faultOf('voter-differs', { entry: index, clause, expected: voter, found: act.by })
}
