import { InvariantBroken, type Result } from '@quorate/kernel'
import type { Checkpoint } from '@quorate/record'
import type { Evidence, Step, VerifyOptions } from './check.ts'
import { checkCount } from './count.ts'
import { checkCopies } from './copies.ts'
import { documentsCheck } from './documents.ts'
import { parseDossier, type Dossier } from './dossier.ts'
import { checkElection, electionChecks } from './election.ts'
import { checkCheckpoint, checkCompleteness, checkEntries, checkKey, checkLog, checkWitnesses, witnessesAmong } from './log.ts'
import { checkNotice } from './notice.ts'
import { witnessRuleOf } from './quorum.ts'
import type { Replay } from './replay.ts'
import { checkRoll } from './roll.ts'
import { checkRules } from './rules.ts'
import { failed, notChecked, passed, type CheckName, type Fault, type Outcome, type Verdict } from './verdict.ts'
import { wordsCheck } from './words.ts'

/** Checks that need every entry of the log. */
const decisionChecks: readonly CheckName[] = ['rules', 'register', 'words', 'notice', 'roll', ...electionChecks, 'count']

const names: readonly CheckName[] = [
  'dossier',
  'checkpoint',
  'key',
  'witnesses',
  'log',
  'copies',
  'completeness',
  'entries',
  'documents',
  ...decisionChecks,
]

/**
 * Checks a dossier from its bytes to its result and says what holds, what does not and what could not be checked. Total: any input gives a
 * verdict. Nothing is fetched: what is not in the dossier or the options is not used. A dossier that was read already may be given as `parseDossier`
 * answered. Cost: linear in the dossier.
 */
export function verify(source: string | Uint8Array | Result<Dossier, Fault>, options: VerifyOptions = {}): Verdict {
  const outcomes = new Map<CheckName, Outcome>()
  const note = (name: CheckName, outcome: Outcome): boolean => {
    outcomes.set(name, outcome)
    return outcome.state !== 'failed'
  }
  const stepOf =
    (check: CheckName) =>
    (done: number, total: number): void =>
      options.progress?.({ check, done, total })

  const isRead = typeof source === 'object' && 'kind' in source
  const parsed = isRead ? source : parseDossier(source)
  if (parsed.kind === 'fail') {
    note('dossier', { state: 'failed', fault: parsed.error })
    return verdictOf(outcomes, null)
  }
  const dossier = parsed.value
  note('dossier', passed({ name: 'documents', count: Object.keys(dossier.documents).length }))
  const head = { decision: dossier.decision, origin: dossier.origin, size: dossier.leaves.length }

  const signed = checkCheckpoint(dossier)
  if (!note('checkpoint', signed.outcome) || signed.value === null) return verdictOf(outcomes, head)
  const { checkpoint, cosigners } = signed.value
  if (!note('key', checkKey(dossier, options))) return verdictOf(outcomes, head)
  if (!note('witnesses', checkWitnesses(cosigners, options))) return verdictOf(outcomes, head)
  const log = checkLog(dossier, checkpoint, stepOf('log'), options)
  if (!note('log', log)) {
    note('log', withSuspect(log, dossier, checkpoint, options))
    return verdictOf(outcomes, head)
  }
  if (!note('copies', checkCopies(dossier, checkpoint, options))) return verdictOf(outcomes, head)
  note('completeness', checkCompleteness(dossier))
  const entries = checkEntries(dossier, stepOf('entries'), options)
  if (!note('entries', entries.outcome) || entries.value === null) return verdictOf(outcomes, head)

  const evidence = { dossier, checkpoint, cosigners, entries: entries.value }
  if (!note('documents', documentsCheck.run(evidence, stepOf('documents'), options))) return verdictOf(outcomes, head)
  if (dossier.entries.length < dossier.leaves.length) {
    // An act may lie among those left out, and every act after it would be judged wrongly.
    for (const name of decisionChecks) note(name, notChecked('entries-left-out'))
    note('words', wordsCheck.run(evidence, stepOf('words'), options))
    return verdictOf(outcomes, head)
  }
  checkDecision(evidence, options, stepOf, note)
  return verdictOf(outcomes, head)
}

/**
 * An entry that was changed together with its leaf hash shows only in the root. Whoever changed it seldom made it agree with all the others:
 * the first entry that contradicts them is named, as the one to look at.
 */
function withSuspect(log: Outcome, dossier: Dossier, checkpoint: Checkpoint, options: VerifyOptions): Outcome {
  if (log.state !== 'failed' || log.fault.code !== 'root-differs') return log
  const found: number[] = []
  const note: Note = (_, outcome) => {
    if (outcome.state === 'failed' && outcome.fault.entry !== null) found.push(outcome.fault.entry)
    return outcome.state !== 'failed'
  }
  const silent = (): Step => () => undefined
  const entries = checkEntries(dossier, silent(), options)
  if (note('entries', entries.outcome) && entries.value !== null) {
    const evidence = { dossier, checkpoint, cosigners: dossier.witnesses, entries: entries.value }
    if (note('documents', documentsCheck.run(evidence, silent(), options))) checkDecision(evidence, options, silent, note)
  }
  return { state: 'failed', fault: { ...log.fault, entry: found[0] ?? null } }
}

type Note = (name: CheckName, outcome: Outcome) => boolean

/** The rules, and then all that rests on them. */
function checkDecision(evidence: Evidence, options: VerifyOptions, stepOf: (check: CheckName) => Step, note: Note): void {
  const within = (name: CheckName, work: () => void): void => {
    try {
      work()
    } catch (e) {
      // A dossier may hold numbers no clock or count of ours reaches, such as a ballot that opens in the year 275,000: our own invariants
      // then stop the work. Whoever asked gets a verdict all the same, and it is never a good one.
      if (!(e instanceof InvariantBroken) && !(e instanceof RangeError)) throw e
      note(name, failed('beyond-limits', { expected: 'values within the limits of the format', found: e.message }))
    }
  }
  within('rules', () => {
    const { rules, register, replay } = checkRules(evidence, stepOf('rules'))
    if (!note('rules', rules) || replay === null) return
    note('register', register)
    const unwatched = watchedFault(evidence, replay, options)
    if (unwatched !== null) return void note('witnesses', unwatched)
    if (!note('words', wordsCheck.run(evidence, stepOf('words'), options))) return
    within('notice', () => {
      if (!note('notice', checkNotice(evidence, replay)) || !note('roll', checkRoll(evidence, replay, options))) return
      const failedYet = { is: false }
      checkElection(evidence, replay, options, stepOf, (name, outcome) => {
        if (outcome.state === 'failed') failedYet.is = true
        return note(name, outcome)
      })
      if (!failedYet.is) note('count', checkCount(replay))
    })
  })
}

/** The edition in force asks for more witnesses than have signed; null when it does not. */
function watchedFault({ cosigners }: Evidence, { editions }: Replay, options: VerifyOptions): Outcome | null {
  const rulebook = editions.byNumber.get(editions.inForce)
  const { witnesses, clause } = rulebook === undefined ? { witnesses: 0, clause: null } : witnessRuleOf(rulebook)
  const found = witnessesAmong(cosigners, options)
  return clause === null || found >= witnesses ? null : failed('too-few-witnesses', { clause, expected: witnesses, found })
}

type Head = { readonly decision: number; readonly origin: string; readonly size: number }

function verdictOf(outcomes: ReadonlyMap<CheckName, Outcome>, head: Head | null): Verdict {
  const checks = names.map((name) => ({ name, ...(outcomes.get(name) ?? notChecked('earlier-check-failed')) }))
  const wrong = checks.flatMap((check) => (check.state === 'failed' ? [{ check: check.name, ...check.fault }] : []))
  const partial = outcomes.get('completeness')?.state === 'not-checked'
  return {
    verdict: wrong.length > 0 ? 'fails' : partial ? 'holds-in-part' : 'holds',
    decision: head?.decision ?? null,
    origin: head?.origin ?? null,
    size: head?.size ?? null,
    fault: wrong[0] ?? null,
    checks,
  }
}
