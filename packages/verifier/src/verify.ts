import type { Check, VerifyOptions } from './check.ts'
import { documentsCheck } from './documents.ts'
import { parseDossier } from './dossier.ts'
import { checkCheckpoint, checkCompleteness, checkEntries, checkKey, checkLog, checkWitnesses } from './log.ts'
import { notChecked, passed, type CheckName, type Outcome, type Verdict } from './verdict.ts'

/** Checks on a log whose bytes are established, in order. */
const decisionChecks: readonly Check[] = [documentsCheck]

const names: readonly CheckName[] = [
  'dossier',
  'checkpoint',
  'key',
  'witnesses',
  'log',
  'completeness',
  'entries',
  ...decisionChecks.map((check) => check.name),
]

/**
 * Checks a dossier from its bytes to its result and says what holds, what does not and what could not be checked. Total: any input gives a
 * verdict. Nothing is fetched: what is not in the dossier or the options is not used. Cost: linear in the dossier.
 */
export function verify(source: string | Uint8Array, options: VerifyOptions = {}): Verdict {
  const outcomes = new Map<CheckName, Outcome>()
  const note = (name: CheckName, outcome: Outcome): boolean => {
    outcomes.set(name, outcome)
    return outcome.state !== 'failed'
  }
  const stepOf =
    (check: CheckName) =>
    (done: number, total: number): void =>
      options.progress?.({ check, done, total })

  const parsed = parseDossier(source)
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
  if (!note('log', checkLog(dossier, checkpoint, stepOf('log')))) return verdictOf(outcomes, head)
  note('completeness', checkCompleteness(dossier))
  const entries = checkEntries(dossier, stepOf('entries'), options)
  if (!note('entries', entries.outcome) || entries.value === null) return verdictOf(outcomes, head)

  const evidence = { dossier, checkpoint, entries: entries.value }
  for (const check of decisionChecks) if (!note(check.name, check.run(evidence, stepOf(check.name), options))) break
  return verdictOf(outcomes, head)
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
