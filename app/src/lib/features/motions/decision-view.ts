import type { Instant } from '@quorate/kernel'
import {
  fewestOpened,
  marksOf,
  timeline,
  type ClauseId,
  type DecisionState,
  type Editions,
  type Rulebook,
  type Stage,
  type StageMarks,
  type State,
} from '@quorate/rulebook'
import { applyChanges } from '@quorate/rulebook'
import { capital, clauseChange, namingOf, rulebookOfText, type ClauseChange } from '#lib/features/rulebooks/index.ts'
import { daysLeft, dayWords, limitDayWords, limitWords } from '#lib/platform/dates.ts'
import type { HomeUnderWay } from '#lib/platform/feature.ts'
import { percentText, words, type Locale, type Say } from '#lib/platform/words.ts'
import type { Decision } from './decisions.ts'
import { pageMessages } from './page-messages.ts'
import { deadlineOf, runwayOf, stageNow, stageShort, type ElectionFacts, type ProcedureInput } from './procedure-view.ts'
import type { Proposal } from './proposal.ts'
import type { Voice } from './refusal-view.ts'
import { stagesOf } from './rehearse.ts'
import { stageVoice } from './stage-words.ts'
import { isUnopened } from './unopened.ts'

type Key = keyof (typeof pageMessages)['en']

/** The voice of these pages in a language. */
export const pageVoice = (locale: Locale): Say<Key> => words(pageMessages, locale)

/** The edition a decision runs by: that of its notice, or the one in force before. */
export function rulebookFor(editions: Editions, own: DecisionState): Rulebook | null {
  return editions.byNumber.get(own.noticedUnder ?? editions.inForce) ?? editions.byNumber.get(own.proposedUnder) ?? null
}

/** What the line of a decision is drawn from, at an instant. */
export function procedureInput(
  editions: Editions,
  own: DecisionState,
  now: Instant,
  more: { readonly proposer: string | null; readonly electionFacts: ElectionFacts | null },
): ProcedureInput {
  const state: State = { decisions: { [own.id]: own }, recordedAt: null }
  return { own, stages: stagesOf(editions, own), views: timeline(editions, state, own.id, now), ...more }
}

/** `Motion 12: …`, or `Attempt 3: …`. */
export const headingOf = (decision: Pick<Decision, 'id' | 'title' | 'attempt'>, t: Say<Key>): string =>
  t(decision.attempt ? 'list.attempt' : 'list.heading', { n: decision.id, title: decision.title })

/** A decision under way, as a list shows it. Null when nothing of it runs now. */
export function underWayView(decision: Decision, input: ProcedureInput, now: Instant, voice: Voice): HomeUnderWay | null {
  const t = pageVoice(voice.locale)
  const s = stageVoice(voice.locale)
  const here = stageNow(input)
  const label = (at: number, of: number, stage: string): string => t('runway.label', { at, of, stage })
  const runway = runwayOf(input, now, label, s)
  if (here === null || runway === null) return null
  const marks = marksOf(input.own, here.stage.id)
  return {
    href: `/d/${String(decision.id)}`,
    title: headingOf(decision, t),
    runway,
    stage: stageShort(here.stage, marks, s),
    until: untilText(here.stage, marks, deadlineOf(here.stage, here.view, marks), voice),
    note: noteOf(input, t) ?? t('line.rule-change'),
  }
}

/** Until when a stage runs; of a ballot that is still ahead, when it opens, once that is known. */
function untilText(stage: Stage, { box }: StageMarks, until: Instant | null, { locale, zone }: Voice): string {
  const t = pageVoice(locale)
  const ahead = stage.do === 'ballot' && box.openedAt === null
  const at = ahead ? box.opensAt : until
  if (at === null) return ''
  return ahead
    ? t('line.opens', { at: dayWords(at, zone, locale, 'long') })
    : t('line.until', { until: limitDayWords(at, zone, locale) })
}

/** The figure that matters now: signatures gathered, or votes cast. */
function noteOf(input: ProcedureInput, t: Say<Key>): string | null {
  const here = stageNow(input)
  const support = here?.stage.do === 'support' ? supportOf(input) : null
  if (support !== null) return t('line.signed', support)
  const voting = here?.stage.do === 'ballot' ? votingOf(input) : null
  return voting === null ? null : t('line.voted', voting)
}

/** How many signed, of how many needed; null when the procedure asks for none or for a share. */
export function supportOf(input: ProcedureInput): { readonly have: number; readonly need: number } | null {
  const stage = input.stages.find((s) => s.do === 'support')
  if (stage?.do !== 'support' || stage.need.amount.kind !== 'count') return null
  return { have: marksOf(input.own, stage.id).signers.size, need: stage.need.amount.count }
}

/** How many have voted, of how many on the roll; null before the ballot opened or without a roll. */
export function votingOf(input: ProcedureInput): { readonly voted: number; readonly of: number } | null {
  const marks = Object.values(input.own.stages)
  const box = marks.find((m) => m.box.openedAt !== null)?.box
  const size = input.electionFacts?.rollSize ?? marks.find((m) => m.roll !== null)?.roll?.size ?? null
  if (box === undefined || size === null) return null
  return { voted: input.electionFacts?.voted ?? box.voters.size, of: size }
}

/** The frozen roll's size, or null before. */
const rollSizeOf = (own: DecisionState): number | null =>
  Object.values(own.stages).find((m) => m.roll !== null)?.roll?.size ?? null

/** The first lines above a decision: where it stands now, and what kind it is. */
export function tagsOf(
  decision: Decision,
  input: ProcedureInput,
  now: Instant,
  voice: Voice,
): readonly { readonly kind: 'now' | 'ok' | 'plain' | 'brand'; readonly text: string }[] {
  const t = pageVoice(voice.locale)
  const text =
    decision.power === 'amend-rulebook'
      ? t('d.tag.rule-change')
      : capital(namingOf(voice.rulebook, voice.locale)('power', decision.power))
  const kind = { kind: 'brand' as const, text }
  if (input.own.ended !== null) {
    const { outcome } = input.own.ended
    return [{ kind: outcome === 'carried' ? 'ok' : 'plain', text: t(`outcome.${outcome}`) }, kind]
  }
  const here = stageNow(input)
  if (here === null) return [kind]
  const marks = marksOf(input.own, here.stage.id)
  const stage = stageShort(here.stage, marks, stageVoice(voice.locale))
  const until = deadlineOf(here.stage, here.view, marks)
  const left = until === null ? stage : t('d.tag.days', { stage, n: daysLeft(now, until, voice.zone) })
  return [{ kind: 'now', text: left }, kind]
}

/** What a proposal would change, clause by clause, in words: against the edition it was written for. */
export function changesView(proposal: Proposal, before: Rulebook, text: string, locale: Locale): readonly ClauseChange[] {
  const changes = proposal.changes.map(({ clause, after }) => ({ clause: clause as ClauseId, after })) // as proposed and judged
  const applied = applyChanges(text, changes, before.edition)
  const after = applied.kind === 'ok' ? rulebookOfText(applied.value, before) : null
  return proposal.changes.map((change) =>
    after === null
      ? { clause: change.clause, before: change.before, after: change.after, lang: 'en-GB' }
      : clauseChange(before, after, change.clause, locale),
  )
}

/** A result as a decision's page sums it up: the sentence, then every share with its base. */
export type ResultView = { readonly carried: boolean; readonly sentence: string; readonly shares: readonly string[] }

/** The result of a ballot that chose from a list: its own page says whom. */
const chosenText = (outcome: 'carried' | 'fallen', { cast }: { readonly cast: number }, t: Say<Key>): string =>
  t(outcome === 'carried' ? 'd.chosen' : 'd.nobody', { cast })

/** The result, once declared. */
export function resultView(own: DecisionState, locale: Locale): ResultView | null {
  const box = Object.values(own.stages).find((m) => m.box.result !== null)?.box
  const result = box?.result ?? null
  if (box === undefined || result === null) return null
  const t = pageVoice(locale)
  const { tally, outcome } = result
  if (box.chosen !== undefined) return { carried: outcome === 'carried', sentence: chosenText(outcome, tally, t), shares: [] }
  const base = tally.for + tally.against
  const size = rollSizeOf(own)
  const turnout =
    size === null ? [] : [t('d.turnout-text', { cast: tally.cast, of: size, percent: percentText(tally.cast, size, locale) })]
  if (isUnopened(box))
    return { carried: false, sentence: t('d.unopened', { cast: tally.cast, least: fewestOpened }), shares: turnout }
  return {
    carried: outcome === 'carried',
    sentence: t(outcome === 'carried' ? 'd.carried' : 'd.fallen', tally),
    shares: [t('d.share', { percent: percentText(tally.for, base, locale), base }), ...turnout],
  }
}

/** How a decision ended, in one line of a list. */
export function endedText(decision: Decision, voice: Voice): string {
  const t = pageVoice(voice.locale)
  const box = Object.values(decision.state?.stages ?? {}).find((m) => m.box.result !== null)?.box
  const result = box?.result ?? null
  if (box !== undefined && isUnopened(box)) return t('outcome.unopened', { cast: result?.tally.cast ?? 0 })
  if (result !== null)
    return box?.chosen === undefined ? t('outcome.tally', result.tally) : chosenText(result.outcome, result.tally, t)
  return decision.endedAt === null
    ? ''
    : t('outcome.text', { date: dayWords(decision.endedAt, voice.zone, voice.locale, 'date') })
}

/** A due line: `By 5pm, Monday 30 November. 4 days left`. */
export const dueText = (at: Instant | null, now: Instant, voice: Voice): string => {
  const t = pageVoice(voice.locale)
  return at === null
    ? t('home.due.none')
    : t('home.due', { by: capital(limitWords(at, voice.zone, voice.locale, 'by')), n: daysLeft(now, at, voice.zone) })
}
