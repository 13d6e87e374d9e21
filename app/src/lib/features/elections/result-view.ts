import type { Instant } from '@quorate/kernel'
import { fewestOpened, standards, type Citation, type DecisionId, type Standard, type StageView } from '@quorate/rulebook'
import { certifiersOf } from './certifiers.ts'
import { stateOf } from '#lib/features/motions/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import type { ProcedureStep } from '#lib/platform/ui/procedure.ts'
import { numberText, percentText, type Locale } from '#lib/platform/words.ts'
import { shortPrint, voiceOf, type Voice } from './officer-tasks.ts'
import { progressOf, type Progress } from './progress.ts'
import { countedViewOf } from './counted-view.ts'

/** A bar of `part` out of `whole`, with a dashed line at `line` votes where one was needed. */
export type ResultBar = {
  readonly name: string
  readonly part: number
  readonly whole: number
  readonly line: number | null
  readonly share: string
}
/** One fact in large type. */
export type ResultFact = {
  readonly name: string
  readonly value: string
  readonly note: string
  readonly clause: Citation | null
}
/** A line of the table: every share recomputed from its count and its base. */
export type ResultRow = { readonly name: string; readonly count: string; readonly share: string; readonly needed: string }

/** The result of a yes-or-no ballot in the reader's words. */
export type ResultView = {
  readonly carried: boolean
  readonly sentence: string
  readonly turnout: string
  /** The certificate, or null with what is still to come in `pending`. */
  readonly stamp: { readonly who: string; readonly when: string } | null
  readonly pending: string | null
  readonly quashed: boolean
  readonly facts: readonly ResultFact[]
  readonly votes: { readonly bars: readonly ResultBar[]; readonly note: string | null }
  readonly voters: { readonly bars: readonly ResultBar[]; readonly note: string | null }
  readonly table: readonly ResultRow[]
  readonly steps: readonly ProcedureStep[]
  readonly check: readonly { readonly name: string; readonly value: string }[]
  readonly challenge: { readonly text: string; readonly clause: Citation | null; readonly open: boolean }
}

/** What a result is drawn from. */
export type ResultInput = {
  readonly progress: Progress
  readonly standards: readonly Standard[]
  /** Who certified, in the order they did; empty before. */
  readonly certifiers: readonly string[]
  readonly now: Instant
}

const shareKeys = ['1/2', '1/3', '2/3', '3/4', '3/5', '4/5'] as const
const baseKeys = ['for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll'] as const

/** What a ballot needed, in the rule's words and as a number: `two thirds of votes for and against: 190 of 285`. */
export function neededLine({ kind, share, base, size, needed }: Standard, { t }: Pick<Voice, 't'>): string {
  if (share === null || size === null) return t('result.line-count', { needed })
  const written = `${String(share.numerator)}/${String(share.denominator)}`
  const named = shareKeys.find((key) => key === written)
  const of = baseKeys.find((key) => key === base)
  return t('result.line', {
    kind: kind === 'more than' ? 'more' : 'least',
    share: share.percent ? `${String(share.numerator)}%` : named === undefined ? written : t(`share.${named}`),
    base: of === undefined ? (base ?? '') : t(`base.${of}`),
    needed,
    size,
  })
}

const stageOf = ({ views }: Progress, kind: StageView['kind']): StageView | null =>
  views.find((view) => view.kind === kind) ?? null

function factsOf(
  input: ResultInput,
  votes: { for: number; against: number; cast: number },
  voice: Voice,
  locale: Locale,
): readonly ResultFact[] {
  const { t } = voice
  const { progress } = input
  const both = votes.for + votes.against
  const roll = progress.election?.roll_size ?? 0
  const clause = stageOf(progress, 'ballot')?.clause ?? null
  const yes = input.standards.find((s) => s.measure === 'yes')
  const turnout = input.standards.find((s) => s.measure === 'turnout')
  const shareOf = (count: number): string => t('result.share', { percent: percentText(count, both, locale) })
  return [
    { name: t('result.for'), value: numberText(votes.for, locale), note: shareOf(votes.for), clause: null },
    { name: t('result.against'), value: numberText(votes.against, locale), note: shareOf(votes.against), clause: null },
    {
      name: t('result.turnout-fact'),
      value: percentText(votes.cast, roll, locale),
      note:
        t('result.of', { n: votes.cast, base: roll }) +
        (turnout === undefined ? '' : `. ${t('result.turnout-needed', { needed: turnout.needed })}`),
      clause: turnout === undefined ? null : clause,
    },
    ...(yes === undefined
      ? []
      : [{ name: t('result.needed'), value: numberText(yes.needed, locale), note: neededLine(yes, voice), clause }]),
  ]
}

function tableOf(
  input: ResultInput,
  votes: { for: number; against: number; cast: number },
  { t }: Voice,
  locale: Locale,
): readonly ResultRow[] {
  const both = votes.for + votes.against
  const roll = input.progress.election?.roll_size ?? 0
  const yes = input.standards.find((s) => s.measure === 'yes')
  const turnout = input.standards.find((s) => s.measure === 'turnout')
  const needed = (standard: Standard | undefined): string =>
    standard === undefined
      ? '–'
      : `${numberText(standard.needed, locale)}, ${t(standard.holds ? 'result.met' : 'result.not-met')}`
  return [
    {
      name: t('result.for'),
      count: numberText(votes.for, locale),
      share: percentText(votes.for, both, locale),
      needed: needed(yes),
    },
    {
      name: t('result.against'),
      count: numberText(votes.against, locale),
      share: percentText(votes.against, both, locale),
      needed: '–',
    },
    { name: t('result.table-total'), count: numberText(both, locale), share: percentText(both, both, locale), needed: '–' },
    {
      name: t('result.voted'),
      count: t('result.of', { n: votes.cast, base: roll }),
      share: percentText(votes.cast, roll, locale),
      needed: needed(turnout),
    },
  ]
}

type StepDraft = Pick<ProcedureStep, 'id' | 'title' | 'when' | 'text'> & {
  readonly done: boolean
  readonly clause: Citation | null
}

/** How the result was reached and what comes next. The first step that is not done is the one that is now. */
function stepsOf(input: ResultInput, { t, at, until: limit, list }: Voice): readonly ProcedureStep[] {
  const { progress: p, certifiers } = input
  const { election, box, decision } = p
  const marks = Object.values(decision.stages)
  const certifiedAt = marks.find((m) => m.certifiedAt !== null)?.certifiedAt ?? null
  const certify = stageOf(p, 'certify')
  const challenge = stageOf(p, 'challenge')
  const enact = stageOf(p, 'enact')
  const clause = stageOf(p, 'ballot')?.clause ?? null
  const challenges = marks.reduce((n, m) => n + m.challenges.length, 0)
  const enactedAt = marks.find((m) => m.enactedAt !== null)?.enactedAt ?? null
  const until = challenge?.deadline ?? null
  const forceAt = enactedAt ?? enact?.earliest?.startsAt ?? null
  const carried = box?.result?.outcome === 'carried'
  // Papers are mixed before they are opened. People are chosen by papers or by sums; a change of the rules by sums alone.
  const mixed = (p.ceremony?.shufflesNeeded ?? 0) > 0
  const choosesPeople = marks.some(({ field }) => field !== undefined)
  const drafts: StepDraft[] = [
    {
      id: 'roll',
      title: t('step.roll', { n: election?.roll_size ?? 0 }),
      when: p.frozenAt === null ? '' : at(p.frozenAt),
      text: t('step.roll.text', { print: shortPrint(election?.roll_root ?? '') }),
      done: true,
      clause: p.rollClause,
    },
    {
      id: 'open',
      title: t('step.open', { until: box?.closesAt == null ? '' : limit(box.closesAt) }),
      when: box?.openedAt == null ? '' : t('step.from', { at: at(box.openedAt) }),
      text: t('step.open.text', {
        sent: p.delivery.sent,
        bounced: p.delivery.bounced + p.delivery.failed,
        again: p.ballots - p.voters,
      }),
      done: true,
      clause,
    },
    {
      id: 'box',
      title: t('step.box', { n: p.openedBy.length, size: p.key?.size ?? 0 }),
      when: box?.result == null ? '' : at(box.result.at),
      text: t(mixed ? 'step.box.text-mixed' : 'step.box.text', { names: list(p.openedBy) }),
      done: true,
      clause,
    },
    {
      id: 'certify',
      title: t(certifiedAt === null ? 'step.certify.now' : 'step.certify'),
      when: certifiedAt === null ? (certify?.deadline == null ? '' : limit(certify.deadline)) : at(certifiedAt),
      text:
        certifiedAt === null
          ? t('step.certify.now-text')
          : certifiers.length > 0
            ? t('step.certify.text', { names: list(certifiers) })
            : '',
      done: certifiedAt !== null,
      clause: certify?.clause ?? null,
    },
    ...(carried && challenge !== null && challenge.state !== 'skipped'
      ? [
          {
            id: 'challenge',
            title: t('step.challenge'),
            when: until === null || challenge.state === 'next' ? '' : limit(until),
            text: t('step.challenge.text', { n: challenges }),
            done: challenge.state === 'done',
            clause: challenge.clause,
          },
        ]
      : []),
    ...(carried && enact !== null && enact.state !== 'skipped'
      ? [
          {
            id: 'force',
            title: t('step.force'),
            when: forceAt === null ? '' : t(enact.state === 'next' ? 'step.earliest' : 'step.from', { at: at(forceAt) }),
            text: t(`step.force.${enactedAt === null ? 'text' : 'done'}${choosesPeople ? '-chosen' : ''}`),
            done: enactedAt !== null,
            clause: enact.clause,
          },
        ]
      : []),
  ]
  const current = drafts.findIndex((step) => !step.done)
  return drafts.map(({ done, ...step }, i) => ({
    ...step,
    state: done ? 'done' : i === current ? 'now' : 'next',
    met: null,
    why: null,
  }))
}

function challengeOf({ progress: p, now }: ResultInput, { t, at, until: limit }: Voice): ResultView['challenge'] {
  const challenge = stageOf(p, 'challenge')
  const until = challenge?.deadline ?? null
  const clause = challenge?.clause ?? null
  if (challenge?.state === 'now' && until !== null)
    return { text: t('challenge.open', { until: limit(until) }), clause, open: until > now }
  if (challenge?.state === 'done' && until !== null) return { text: t('challenge.over', { at: at(until) }), clause, open: false }
  return { text: t('challenge.before'), clause, open: false }
}

/** Draws a result; null before the box was opened. Every share on it is computed here from its count and its base. */
export function resultViewOf(input: ResultInput, voice: Voice, locale: Locale): ResultView | null {
  const { progress: p, standards: needed, certifiers } = input
  const result = p.box?.result ?? null
  const election = p.election
  // What has fallen unopened has no votes to draw.
  if (result === null || election === null || election.result === null) return null
  const { t, at, by, list } = voice
  const votes = result.tally
  const both = votes.for + votes.against
  const roll = election.roll_size
  const yes = needed.find((s) => s.measure === 'yes')
  const turnout = needed.find((s) => s.measure === 'turnout')
  const certifiedAt = Object.values(p.decision.stages).find((m) => m.certifiedAt !== null)?.certifiedAt ?? null
  const until = stageOf(p, 'certify')?.deadline ?? null
  const quashed = result.outcome === 'carried' && p.decision.ended !== null && p.decision.ended.outcome !== 'carried'
  const carried = result.outcome === 'carried'
  return {
    carried,
    sentence: t('result.sentence', { outcome: t(`outcome.${result.outcome}`), for: votes.for, against: votes.against }),
    turnout: t('result.turnout', { cast: votes.cast, roll }),
    stamp:
      certifiedAt === null
        ? null
        : { who: t('result.certified', { names: list(certifiers), n: certifiers.length }), when: at(certifiedAt) },
    pending: certifiedAt === null && carried ? t('result.uncertified', { by: until === null ? '' : by(until) }) : null,
    quashed,
    facts: factsOf(input, votes, voice, locale),
    votes: {
      bars: [
        {
          name: t('result.for'),
          part: votes.for,
          whole: both,
          line: yes?.needed ?? null,
          share: percentText(votes.for, both, locale),
        },
        {
          name: t('result.against'),
          part: votes.against,
          whole: both,
          line: null,
          share: percentText(votes.against, both, locale),
        },
      ],
      note: yes === undefined ? null : t('result.votes-note', { line: neededLine(yes, voice) }),
    },
    voters: {
      bars: [
        {
          name: t('result.voted'),
          part: votes.cast,
          whole: roll,
          line: turnout?.needed ?? null,
          share: percentText(votes.cast, roll, locale),
        },
      ],
      note: turnout === undefined ? null : t('result.who-note', { line: neededLine(turnout, voice) }),
    },
    table: tableOf(input, votes, voice, locale),
    steps: stepsOf(input, voice),
    check: [
      { name: t('check.in-box'), value: numberText(p.ballots, locale) },
      { name: t('check.replaced'), value: numberText(p.ballots - p.voters, locale) },
      { name: t('check.counted'), value: numberText(votes.cast, locale) },
      { name: t('check.trustees'), value: t('check.trustees-value', { n: p.openedBy.length, size: p.key?.size ?? 0 }) },
    ],
    challenge: challengeOf(input, voice),
  }
}

/** Where a ballot without a result stands, in one sentence. */
export function noResultYet(p: Progress, { t, at }: Voice, now: Instant): string {
  const { box, election } = p
  if (election === null) return t('result.no-ballot')
  if (box?.openedAt == null && p.decision.ended !== null) return t('result.never-opened')
  if (box === null || box.openedAt === null || box.closesAt === null) return t('result.none-yet')
  if (box.result !== null) return t('result.unopened', { cast: box.result.tally.cast, least: fewestOpened })
  if (election.level_at !== null) return t('result.level')
  return box.closedAt === null && box.closesAt > now
    ? t('result.none-open', { at: at(box.closesAt), voted: p.voters, roll: election.roll_size })
    : t('result.none-closed', { opened: p.openedBy.length, needed: election.threshold })
}

/** The result of a decision for a visitor: drawn, or where the ballot stands. Null for a decision that has not begun. */
export async function resultOf(visit: Visit, id: number) {
  const now = visit.clock.now()
  const progress = await progressOf(visit.db, id, now)
  if (progress === null) return null
  const [state, editions] = await Promise.all([stateOf(visit.db, id), editionsOf(visit.db)])
  const voice = voiceOf(visit)
  const judged = state === null ? [] : standards(editions, state, id as DecisionId) // ids of rows are numbers of decisions
  const certifiers = await certifiersOf(visit.db, id)
  const view = resultViewOf({ progress, standards: judged, certifiers, now }, voice, visit.locale)
  const { election } = progress
  return {
    view,
    counted: election === null ? null : await countedViewOf(visit.db, election, now, visit.locale),
    standing: noResultYet(progress, voice, now),
    hasBox: progress.election?.set_up_at != null,
    uuid: progress.election?.uuid ?? null,
    separate: progress.election?.registrar_key != null,
  }
}
