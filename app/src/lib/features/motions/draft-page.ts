import type { Instant } from '@quorate/kernel'
import { findingSentence, readDocument, type ClauseId, type Diagnostic, type Finding } from '@quorate/rulebook'
import {
  clauseChange,
  editionText,
  editionsListed,
  rulebookInForce,
  rulebookOfText,
  type ClauseChange,
} from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import type { FieldFault } from '#lib/platform/field.ts'
import type { ProcedureStep } from '#lib/platform/ui/procedure.ts'
import type { Locale } from '#lib/platform/words.ts'
import { previewProposal } from './commands.ts'
import { pageVoice } from './decision-view.ts'
import { procedureSteps } from './procedure-view.ts'
import { refusalView, type RefusalView, type Voice } from './refusal-view.ts'
import { rehearseProposal } from './rehearse.ts'

/** What a draft would do: faults to mend, or the change in words with every stage ahead, or the rules' no. */
export type DraftView = {
  readonly faults: readonly FieldFault[]
  readonly changes: readonly ClauseChange[]
  readonly steps: readonly ProcedureStep[]
  readonly inForce: string | null
  readonly refusal: RefusalView | null
}

const nothing: DraftView = { faults: [], changes: [], steps: [], inForce: null, refusal: null }

/** A diagnostic in words. Its line counts in the whole rulebook; authors count in the text before them. */
function diagnosticText(
  d: Diagnostic,
  own: { readonly clause: string; readonly line: number; readonly lines: number },
  locale: Locale,
): string {
  const t = pageVoice(locale)
  const within = d.line - own.line + 1
  const line = d.code === 'R0402' || d.code === 'R0401' ? d.line : within
  if (d.clause !== null && d.clause !== own.clause) return t('new.fault.elsewhere', { clause: d.clause, help: d.help })
  const help = d.text.trim() === '' ? d.help : `“${d.text.trim()}”: ${d.help}`
  return t('new.fault.line', { line: Math.max(1, Math.min(line, own.lines)), column: d.column, help })
}

function findingText(finding: Finding, locale: Locale): string {
  const t = pageVoice(locale)
  const [clause = ''] = finding.clause.split('@')
  const what = findingSentence(finding, locale)
  return finding.grade === 'error'
    ? t('new.fault.finding', { clause, what })
    : t('new.fault.warning', { clause, what, code: finding.code })
}

/** Judges a draft of one clause without filing it. `personId` null: nobody is signed in, so nothing is said of who may propose. */
export async function draftView(visit: Visit, draft: { readonly clause: string; readonly after: string }): Promise<DraftView> {
  const { db, locale, zone, personId } = visit
  const t = pageVoice(locale)
  const changes = [{ clause: draft.clause as ClauseId, after: draft.after }] // the caller has found the clause in the rulebook
  const [rulebook, resulting] = await Promise.all([rulebookInForce(db), previewProposal(visit, { changes })])
  const line = rulebook.document.clauses.find((c) => c.id === draft.clause)?.line ?? 1
  const own = { clause: draft.clause, line, lines: draft.after.split('\n').length }
  const faults: FieldFault[] = [
    ...resulting.diagnostics.map((d) => ({ field: 'text', message: diagnosticText(d, own, locale) })),
    ...resulting.findings.map((f) => ({ field: 'text', message: findingText(f, locale) })),
  ]
  const after = resulting.text === null ? null : rulebookOfText(resulting.text, rulebook)
  if (after === null) return { ...nothing, faults }
  const change = clauseChange(rulebook, after, draft.clause, locale)
  const source = (id: string, r: typeof rulebook): string => r.document.clauses.find((c) => c.id === id)?.source ?? ''
  if (source(draft.clause, rulebook) === source(draft.clause, after))
    return { ...nothing, faults: [{ field: 'text', message: t('new.fault.same') }] }
  const voice: Voice = { locale, zone, rulebook }
  const shown = { ...nothing, faults, changes: [change] }
  if (personId === null || faults.length > 0) return shown
  const rehearsal = await rehearseProposal(visit, personId, { changes })
  if (rehearsal.kind === 'refusal') return { ...shown, refusal: refusalView(rehearsal.refusal, voice) }
  const steps = procedureSteps({ ...rehearsal, proposer: null, electionFacts: null }, voice)
  const enact = rehearsal.views.find((view) => view.kind === 'enact')
  return { ...shown, steps, inForce: inForceText(enact?.earliest?.endsAt ?? null, enact?.latest?.endsAt ?? null, voice) }
}

function inForceText(earliest: Instant | null, latest: Instant | null, { locale, zone }: Voice): string | null {
  const t = pageVoice(locale)
  if (earliest === null) return null
  const at = instantWords(earliest, zone, locale, 'full')
  return latest === null || latest === earliest
    ? t('new.preview.earliest-only', { at })
    : t('new.preview.earliest', { at, latest: instantWords(latest, zone, locale, 'full') })
}

/** A ready-made draft for a demonstration: longer notice before rules change. Null when the rule no longer says what it would change. */
export async function exampleOf(visit: Visit, clause: string): Promise<{ title: string; reasons: string; text: string } | null> {
  if (!visit.movement.demo) return null
  const edition = (await editionsListed(visit.db)).at(-1)
  const source =
    edition === undefined
      ? ''
      : (readDocument(await editionText(visit.db, edition)).clauses.find((c) => c.id === clause)?.source ?? '')
  if (!source.includes('clear: 14 clear days')) return null
  const t = pageVoice(visit.locale)
  return {
    title: t('new.example.title'),
    reasons: t('new.example.reasons'),
    text: source.replace('clear: 14 clear days', 'clear: 21 clear days'),
  }
}
