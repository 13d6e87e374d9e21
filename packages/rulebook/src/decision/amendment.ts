import { fail, ok, type Instant, type Result } from '@quorate/kernel'
import type { Change, ClauseId, EditionNumber, Fact, Fingerprint } from '../act.ts'
import { diagnose, type Diagnostic } from '../language/diagnostic.ts'
import { canonicalText, fingerprintOf, readDocument, type Clause } from '../language/document.ts'
import type { Finding, LintFacts } from '../lint/finding.ts'
import { lint } from '../lint/lint.ts'
import type { Rulebook } from '../language/model.ts'
import { parseRulebook } from '../language/parse.ts'
import { lost, takenAway, type TakenAway } from './taken-away.ts'

/** A change to one clause as its author writes it: the clause's whole new source from its heading on, or null to repeal it. */
export type TextChange = { readonly clause: ClauseId; readonly after: string | null }

/** One clause in which two texts differ; null where it does not stand. */
export type ClauseDifference = { readonly clause: ClauseId; readonly before: Clause | null; readonly after: Clause | null }

type Diagnostics = readonly [Diagnostic, ...Diagnostic[]]

const wrong = (code: Diagnostic['code'], clause: string, line: number, text: string, help: string): Diagnostic =>
  diagnose({ code, at: { line, column: 1 }, text, help }, clause)

const parts = (id: string): readonly number[] => id.split('.').map(Number)
/** `4.2` before `4.10` before `5`. */
function compareClauses(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const d = (x[i] ?? -1) - (y[i] ?? -1)
    if (d !== 0) return d
  }
  return 0
}

/** The new source of a clause: exactly one clause, of that number, with nothing before it. */
function fragmentFault(change: TextChange): Diagnostic | null {
  if (change.after === null) return null
  const fragment = readDocument(change.after)
  const [only, second] = fragment.clauses
  if (only === undefined || second !== undefined || only.id !== change.clause || fragment.preamble.trim() !== '')
    return wrong(
      'R0402',
      change.clause,
      1,
      change.after.split('\n')[0] ?? '',
      `begin with the heading of ${change.clause} and write that clause alone`,
    )
  return fragment.diagnostics[0] ?? null
}

/**
 * The text of a rulebook with some clauses replaced, added or repealed; every other line stays as it is. Refused with diagnostics when a
 * change is not one clause of its number, when a clause to repeal does not stand, or when the result does not parse.
 */
export function applyChanges(text: string, changes: readonly TextChange[], edition: EditionNumber): Result<string, Diagnostics> {
  const faults = changes.flatMap((change) => fragmentFault(change) ?? [])
  let current = canonicalText(text)
  for (const change of changes) {
    const document = readDocument(current)
    const index = document.clauses.findIndex((c) => c.id === change.clause)
    if (index < 0 && change.after === null)
      faults.push(wrong('R0401', change.clause, 1, change.clause, 'there is no such clause to repeal'))
    else current = spliced(current, document.clauses, index, change)
  }
  const parsed = parseRulebook(current, edition)
  const [first, ...rest] = parsed.kind === 'fail' ? [...faults, ...parsed.error] : faults
  return first === undefined ? ok(current) : fail([first, ...rest])
}

function spliced(text: string, clauses: readonly Clause[], index: number, change: TextChange): string {
  const lines = text.split('\n')
  const source = change.after === null ? [] : canonicalText(change.after).trimEnd().split('\n')
  const old = clauses[index]
  if (old !== undefined) {
    const next = clauses[index + 1]?.line
    const length = change.after === null ? (next ?? lines.length) - old.line : old.source.split('\n').length
    return canonicalText(lines.toSpliced(old.line - 1, length, ...source).join('\n'))
  }
  const next = clauses.find((c) => compareClauses(c.id, change.clause) > 0)
  return canonicalText(lines.toSpliced(next === undefined ? lines.length : next.line - 1, 0, ...source).join('\n'))
}

/** The clauses in which two texts differ, in the order of the second and then of what the first alone has. */
export function compareText(before: string, after: string): readonly ClauseDifference[] {
  const old = new Map(readDocument(before).clauses.map((c) => [c.id, c]))
  const now = new Map(readDocument(after).clauses.map((c) => [c.id, c]))
  const ids = [...new Set([...now.keys(), ...old.keys()])].toSorted(compareClauses)
  return ids
    .map((clause) => ({ clause, before: old.get(clause) ?? null, after: now.get(clause) ?? null }))
    .filter((d) => d.before?.fingerprint !== d.after?.fingerprint)
}

/** Changes as an act names them: each clause by the fingerprint of its source before and after. */
export function changesOf(text: string, changes: readonly TextChange[]): readonly Change[] {
  const document = readDocument(text)
  return changes.map(({ clause, after }) => ({
    clause,
    before: document.clauses.find((c) => c.id === clause)?.fingerprint ?? null,
    after: after === null ? null : (readDocument(after).clauses[0]?.fingerprint ?? fingerprintOf(after)),
  }))
}

/** What would come of changes to a rulebook, with the fact `decide` asks for at `propose` and at `enact`. */
export type ResultingText = {
  /** Null when it does not parse. */
  readonly text: string | null
  readonly diagnostics: readonly Diagnostic[]
  /** Errors, and warnings its own text does not waive, that the text would have and the present one does not. */
  readonly findings: readonly Finding[]
  readonly fact: Fact
}

/**
 * Applies changes to the text in force, parses and lints the result, and states it as the fact `resulting-text` of an instant: with the holes it would
 * make, the fields it would leave open, and the ways to appeal and the rights it would take away. One that is there already must not stop its own repair.
 */
export function resultingText(
  text: string,
  edition: EditionNumber,
  changes: readonly TextChange[],
  at: Instant,
  facts?: LintFacts,
): ResultingText {
  const next = (edition + 1) as EditionNumber
  const applied = applyChanges(text, changes, next)
  const diagnostics = applied.kind === 'fail' ? applied.error : []
  const findings = applied.kind === 'fail' ? [] : newFindings(text, edition, applied.value, next, facts)
  const result = applied.kind === 'fail' ? null : applied.value
  const fingerprint = (result === null ? '' : fingerprintOf(result)) as Fingerprint
  const counts = applied.kind === 'fail' ? { open: 0, appeals: 0, rights: 0 } : consequences(text, edition, applied.value, next)
  const value = {
    text: fingerprint,
    diagnostics: diagnostics.length,
    findings: findings.length,
    open: counts.open,
    'appeals-removed': counts.appeals,
    'rights-removed': counts.rights,
  }
  return {
    text: result,
    diagnostics,
    findings,
    fact: { name: 'resulting-text', of: null, value, at, knownAt: at, source: 'register', evidence: null },
  }
}

/**
 * A text to found a movement on, as it stands: parsed, linted, and stated as the fact `resulting-text` of the draft's id, for `found` and
 * `declare-founding`. Nothing came before it, so every hole and every open field of its own counts.
 */
export function foundingText(id: string, text: string, at: Instant): ResultingText {
  const read = parseRulebook(text, 1 as EditionNumber)
  const diagnostics = read.kind === 'fail' ? read.error : []
  const findings = read.kind === 'fail' ? [] : lint(read.value)
  const value = {
    text: fingerprintOf(text),
    diagnostics: diagnostics.length,
    findings: findings.length,
    open: read.kind === 'fail' ? 0 : openFields(read.value).size,
  }
  const fact: Fact = { name: 'resulting-text', of: id, value, at, knownAt: at, source: 'register', evidence: null }
  return { text: read.kind === 'fail' ? null : text, diagnostics, findings, fact }
}

const openFields = ({ unresolved }: Rulebook): ReadonlySet<string> =>
  new Set(unresolved.flatMap(({ clause, fields }) => fields.map((field) => `${clause} ${field}`)))

/** Fields a change leaves open that were not, and what it takes away. */
function consequences(
  before: string,
  edition: EditionNumber,
  after: string,
  next: EditionNumber,
): TakenAway & { readonly open: number } {
  const [old, now] = [parseRulebook(before, edition), parseRulebook(after, next)]
  if (old.kind === 'fail' || now.kind === 'fail') return { open: 0, appeals: 0, rights: 0 }
  return { open: lost(openFields(now.value), openFields(old.value)), ...takenAway(old.value, now.value) }
}

function newFindings(
  before: string,
  edition: EditionNumber,
  after: string,
  next: EditionNumber,
  facts?: LintFacts,
): readonly Finding[] {
  const old = parseRulebook(before, edition)
  const now = parseRulebook(after, next)
  const holes = (r: typeof old): readonly Finding[] => (r.kind === 'ok' ? lint(r.value, facts) : [])
  const key = (f: Finding): string => `${f.code} ${f.clause.split('@')[0] ?? ''} ${f.subject}`
  const known = new Set(holes(old).map(key))
  return holes(now).filter((f) => !known.has(key(f)))
}
