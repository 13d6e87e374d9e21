import type { Instant } from '@quorate/kernel'
import { fewestOpened, marksOf, type DecisionState, type Stage, type StageMarks, type StageView } from '@quorate/rulebook'
import { capital, clauseQuote, namingOf, type Naming } from '#lib/features/rulebooks/index.ts'
import { dayWords, instantWords, limitWords } from '#lib/platform/dates.ts'
import type { Runway } from '#lib/platform/feature.ts'
import type { ProcedureStep } from '#lib/platform/ui/procedure.ts'
import type { Say } from '#lib/platform/words.ts'
import type { Voice } from './refusal-view.ts'
import type { stageMessages } from './stage-messages.ts'
import { isUnopened } from './unopened.ts'
import { amountWords, durationWords, groundWords, passWords, stageVoice } from './stage-words.ts'

type Key = keyof (typeof stageMessages)['en']
type StageOf<K extends Stage['do']> = Extract<Stage, { do: K }>

/**
 * What another feature knows better than the engine's state: how many have voted so far, of how many on the roll; and whether the box was opened and the
 * votes are level where the rule has no lot for that.
 */
export type ElectionFacts = { readonly rollSize: number | null; readonly voted: number; readonly level: boolean }

/** What the procedure line is drawn from. `proposer` is a name, or null when it is not to be shown. */
export type ProcedureInput = {
  readonly own: DecisionState
  readonly stages: readonly Stage[]
  readonly views: readonly StageView[]
  readonly proposer: string | null
  readonly electionFacts: ElectionFacts | null
}

type Context = ProcedureInput & { readonly voice: Voice; readonly t: Say<Key>; readonly name: Naming }
type Words = { readonly title: string; readonly text: string; readonly met: boolean }

const officer = (stage: { readonly by: StageView['actor'] }, { name, voice, t }: Context): string => {
  const [actor] = stage.by
  if (actor.kind !== 'named') return t('someone')
  const isOffice = voice.rulebook?.provisions.some((p) => p.rule.kind === 'office' && p.rule.id === actor.id) ?? true
  return name(isOffice ? 'office' : 'body', actor.id)
}

/** How many officers an office has who must all certify. */
function certifiers(stage: StageOf<'certify'>, { voice }: Context): number {
  const [actor] = stage.by
  const found = voice.rulebook?.provisions.find(
    (p) => p.rule.kind === 'office' && actor.kind === 'named' && p.rule.id === actor.id,
  )
  return found?.rule.kind === 'office' ? found.rule.holders : 1
}

function supportWords(stage: StageOf<'support'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t, voice } = c
  const need = amountWords(stage.need.amount, voice.locale)
  const have = marks.signers.size
  const needed = stage.need.amount.kind === 'count' ? stage.need.amount.count : have
  const said = { have, need, short: Math.max(0, needed - have), window: durationWords(stage.window, t) }
  const title = t('title.support', { need })
  if (view.state === 'done')
    return { title, text: t(marks.metAt === null ? 'text.support.failed' : 'text.support.done', said), met: marks.metAt !== null }
  return { title, text: t(view.state === 'now' ? 'text.support.now' : 'text.support.next', said), met: false }
}

function checkWords(stage: StageOf<'check'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t } = c
  const who = officer(stage, c)
  const title = t('title.check', { who })
  if (view.state === 'done') {
    const passed = view.outcome !== 'refused'
    const [said] = marks.countersigned
    const ground = groundWords(/^refused: (.+)$/.exec(said?.says ?? '')?.[1] ?? '', t)
    return { title, text: passed ? t('text.check.passed') : t('text.check.refused', { ground }), met: passed }
  }
  const timeout = t(`text.check.timeout.${stage.timeout}`)
  const values = { who: capital(who), within: durationWords(stage.within, t), timeout }
  return { title, text: t(view.state === 'now' ? 'text.check.now' : 'text.check.next', values), met: false }
}

function notifyWords(stage: StageOf<'notify'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t, name } = c
  const title = t('title.notify', { whom: name('electorate', stage.to.electorate) })
  if (stage.clear === null) return { title, text: t('text.notify.due'), met: view.state === 'done' }
  const clear = durationWords(stage.clear, t)
  if (marks.notice === null)
    return { title, text: t(view.state === 'now' ? 'text.notify.now' : 'text.notify.next', { clear }), met: false }
  const said = { served: marks.notice.served, of: marks.notice.of, clear: capital(clear) }
  return { title, text: t(view.state === 'done' ? 'text.notify.done' : 'text.notify.running', said), met: view.state === 'done' }
}

/** How many have voted, and of how many: from who knows best. */
function turnoutOf(marks: StageMarks, c: Context): { readonly voted: number; readonly of: number | null } {
  const roll = Object.values(c.own.stages).find((m) => m.roll !== null)?.roll?.size ?? null
  return { voted: c.electionFacts?.voted ?? marks.box.voters.size, of: c.electionFacts?.rollSize ?? roll }
}

function ballotWords(stage: StageOf<'ballot'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t, name, voice, stages } = c
  const { box } = marks
  const freeze = stages.find((s) => s.id === stage.roll)
  const whom = name('electorate', freeze?.do === 'freeze' ? freeze.electorate : stage.roll)
  const title = t(stage.secret ? 'title.ballot' : 'title.ballot.open', { whom })
  const at = (when: Instant | null): string => (when === null ? t('when.unknown') : instantWords(when, voice.zone, voice.locale))
  const { voted, of } = turnoutOf(marks, c)
  const pass = passWords(stage.pass, voice.locale)
  if (box.result !== null) {
    const { tally } = box.result
    if (box.chosen !== undefined)
      return {
        title,
        text: t('text.ballot.chosen', { cast: tally.cast, of: of ?? tally.cast }),
        met: box.result.outcome === 'carried',
      }
    if (stage.secret && isUnopened(box))
      return {
        title,
        text: t('text.ballot.unopened', { cast: tally.cast, of: of ?? tally.cast, least: fewestOpened }),
        met: false,
      }
    return { title, text: t('text.ballot.done', { ...tally, of: of ?? tally.cast }), met: box.result.outcome === 'carried' }
  }
  if (box.closedAt !== null)
    return {
      title,
      text: t(c.electionFacts?.level === true ? 'text.ballot.level' : 'text.ballot.closed', { voted, of: of ?? voted }),
      met: false,
    }
  if (box.openedAt !== null) {
    const closes = at(box.closesAt)
    const text =
      of === null ? t('text.ballot.running.no-roll', { closes, voted }) : t('text.ballot.running', { closes, voted, of })
    return { title, text, met: false }
  }
  if (box.opensAt !== null)
    return { title, text: t('text.ballot.scheduled', { opens: at(box.opensAt), closes: at(box.closesAt), pass }), met: false }
  if (stage.period === null) return { title, text: t('text.ballot.dated', { pass }), met: false }
  if (view.state !== 'now')
    return { title, text: t('text.ballot.next', { period: durationWords(stage.period, t), pass }), met: false }
  const timeout = t('timeout.opens', { time: stage.timetable.timeout.time, day: stage.timetable.timeout.day })
  return { title, text: t('text.ballot.unscheduled', { who: capital(officer(stage.timetable, c)), timeout, pass }), met: false }
}

function certifyWords(stage: StageOf<'certify'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t } = c
  const title = t('title.certify')
  if (view.state === 'done') return { title, text: t('text.certify.done'), met: true }
  const who = capital(officer(stage, c))
  if (view.state === 'next')
    return { title, text: t('text.certify.next', { who, within: durationWords(stage.within, t) }), met: false }
  const needed = certifiers(stage, c)
  const text =
    needed === 1 ? t('text.certify.now.one', { who }) : t('text.certify.now', { acted: marks.countersigned.length, needed })
  return { title, text, met: false }
}

function challengeWords(stage: StageOf<'challenge'>, marks: StageMarks, view: StageView, c: Context): Words {
  const { t, name } = c
  const values = { n: marks.challenges.length, to: name('body', stage.to), within: durationWords(stage.within, t) }
  const upheld = marks.challenges.some((challenge) => challenge.answer?.outcome === 'upheld')
  return { title: t('title.challenge'), text: t(`text.challenge.${here(view)}`, values), met: view.state === 'done' && !upheld }
}

const here = (view: StageView): 'done' | 'now' | 'next' => (view.state === 'skipped' ? 'next' : view.state)

/** One case for each kind of stage: a table, not a procedure. */
function wordsOf(stage: Stage, marks: StageMarks, view: StageView, c: Context): Words {
  const { t, name } = c
  const plain = (title: string, text: string): Words => ({ title, text, met: false })
  switch (stage.do) {
    case 'propose':
      return plain(t('title.propose'), t(`text.propose.${here(view)}`, { name: c.proposer ?? t('someone') }))
    case 'support':
      return supportWords(stage, marks, view, c)
    case 'check':
      return checkWords(stage, marks, view, c)
    case 'notify':
      return notifyWords(stage, marks, view, c)
    case 'debate':
      return plain(t('title.debate'), t(`text.debate.${here(view)}`, { lasts: durationWords(stage.lasts, t) }))
    case 'consider': {
      const outcome = view.outcome
      const said = outcome === 'agreed' || outcome === 'refused' || outcome === 'fallen' || outcome === 'amended'
      const values = { within: durationWords(stage.within, t), outcome: said ? t(`outcome.${outcome}`) : '' }
      return plain(t('title.consider', { who: name('body', stage.body) }), t(`text.consider.${here(view)}`, values))
    }
    case 'meeting': {
      const outcome = view.outcome
      const said = outcome === 'agreed' || outcome === 'refused' || outcome === 'fallen'
      const values = { within: durationWords(stage.within, t), outcome: said ? t(`outcome.${outcome}`) : '' }
      return plain(t('title.meeting', { who: name('body', stage.body) }), t(`text.meeting.${here(view)}`, values))
    }
    case 'hustings':
      return plain(t('title.hustings'), t(`text.hustings.${here(view)}`))
    case 'nominate':
      return plain(t('title.nominate'), t(`text.nominate.${here(view)}`))
    case 'freeze':
      return marks.roll === null
        ? plain(t('title.freeze'), t(view.state === 'now' ? 'text.freeze.now' : 'text.freeze.next'))
        : plain(t('title.freeze'), t('text.freeze.done', { size: marks.roll.size }))
    case 'ballot':
      return ballotWords(stage, marks, view, c)
    case 'certify':
      return certifyWords(stage, marks, view, c)
    case 'challenge':
      return challengeWords(stage, marks, view, c)
    case 'delay':
      return plain(t('title.delay'), t('text.delay', { lasts: durationWords(stage.lasts, t) }))
    case 'enact':
      return plain(t('title.enact'), t(`text.enact.${here(view)}`))
  }
}

/**
 * Until when what runs now can still be done; null when nobody can say. An open ballot closes when it says: that a late rush may extend it
 * is no promise to anybody.
 */
export function deadlineOf(stage: Stage, view: StageView, { box }: StageMarks): Instant | null {
  if (stage.do === 'ballot') return box.openedAt === null || box.closedAt !== null ? null : box.closesAt
  // The officers' own time first: the deputy's, who has as long again after it, is no date to plan by.
  const soonest = view.earliest?.endsAt ?? null
  if (stage.do === 'certify' && view.deadline !== null && soonest !== null && soonest <= view.deadline) return view.deadline
  return view.latest?.endsAt ?? view.earliest?.endsAt ?? null
}

/** When it happened, until when it runs, or from when it can come; and the last moment, where that is another day. */
function datesOf(
  view: StageView,
  stage: Stage,
  marks: StageMarks,
  c: Context,
): { readonly when: string; readonly latest: string } {
  const { t, voice } = c
  const day = (at: Instant): string => dayWords(at, voice.zone, voice.locale, 'short')
  const moment = (at: Instant): string => instantWords(at, voice.zone, voice.locale, 'short')
  const first = view.earliest
  const last = view.latest
  if (first === null) return { when: t('when.unknown'), latest: '' }
  if (view.state === 'done') {
    const lasting = stage.do === 'ballot' || stage.do === 'challenge' || stage.do === 'debate' || stage.do === 'delay'
    if (lasting && first.endsAt !== null && day(first.startsAt) !== day(first.endsAt))
      return { when: t('when.between', { from: day(first.startsAt), to: day(first.endsAt) }), latest: '' }
    return { when: moment(marks.notice?.servedAt ?? first.endsAt ?? first.startsAt), latest: '' }
  }
  if (view.state === 'now' && stage.do === 'ballot' && marks.box.openedAt === null) {
    const { opensAt, closesAt } = marks.box
    return {
      when: opensAt === null || closesAt === null ? '' : t('when.between', { from: day(opensAt), to: day(closesAt) }),
      latest: '',
    }
  }
  if (view.state === 'now') {
    const until = deadlineOf(stage, view, marks)
    return { when: until === null ? '' : limitWords(until, voice.zone, voice.locale, 'until', 'short'), latest: '' }
  }
  const late = stage.do === 'enact' ? (last?.endsAt ?? null) : (last?.startsAt ?? null)
  const soon = stage.do === 'enact' ? (first.endsAt ?? first.startsAt) : first.startsAt
  return {
    when: late === null || day(late) !== day(soon) ? t('when.from', { at: day(soon) }) : moment(soon),
    latest: late === null || day(late) === day(soon) ? '' : t('latest', { at: dayWords(late, voice.zone, voice.locale) }),
  }
}

/** The procedure line of a decision: every stage its path touches, what each asks, when, and the rule that says so. */
export function procedureSteps(input: ProcedureInput, voice: Voice): readonly ProcedureStep[] {
  const c: Context = { ...input, voice, t: stageVoice(voice.locale), name: namingOf(voice.rulebook, voice.locale) }
  return input.views.flatMap((view): readonly ProcedureStep[] => {
    const stage = input.stages.find((s) => s.id === view.id)
    if (stage === undefined || view.state === 'skipped') return []
    const marks = marksOf(input.own, stage.id)
    const { title, text, met } = wordsOf(stage, marks, view, c)
    const { when, latest } = datesOf(view, stage, marks, c)
    const [id = ''] = view.clause.split('@')
    const quote = voice.rulebook === null ? null : clauseQuote(voice.rulebook, id, voice.locale, stage.id)
    return [
      {
        id: stage.id,
        state: view.state,
        title,
        when,
        text: latest === '' ? text : `${text} ${latest}`,
        met: met ? c.t('met') : null,
        clause: view.clause,
        why: quote === null ? null : { summary: c.t('why'), ...quote },
      },
    ]
  })
}

/** The stage a list shows for a decision under way: the last of those that run now. */
export function stageNow(input: ProcedureInput): { readonly view: StageView; readonly stage: Stage; readonly at: number } | null {
  const shown = input.views.filter((view) => view.state !== 'skipped')
  const at = shown.findIndex((view) => view.state === 'now')
  const view = shown[at]
  const stage = input.stages.find((s) => s.id === view?.id)
  return view === undefined || stage === undefined ? null : { view, stage, at }
}

/** Short name of a stage that runs now: `Gathering support`. */
export function stageShort(stage: Stage, marks: StageMarks, t: Say<Key>): string {
  if (stage.do !== 'ballot') return t(`short.${stage.do}`)
  if (marks.box.closedAt !== null) return t('short.ballot.closed')
  return t(marks.box.openedAt === null ? 'short.ballot.waiting' : 'short.ballot.open')
}

/** A decision's stages in one line: where it stands, and how far through that stage. */
export function runwayOf(
  input: ProcedureInput,
  now: Instant,
  label: (at: number, of: number, stage: string) => string,
  t: Say<Key>,
): Runway | null {
  const here = stageNow(input)
  if (here === null) return null
  const stages = input.views.filter((view) => view.state !== 'skipped').length
  const marks = marksOf(input.own, here.stage.id)
  const from = here.view.latest?.startsAt ?? now
  const until = deadlineOf(here.stage, here.view, marks)
  const byTime = until === null || until <= from ? 50 : Math.floor(((now - from) * 100) / (until - from))
  const need = here.stage.do === 'support' && here.stage.need.amount.kind === 'count' ? here.stage.need.amount.count : 0
  const percent = need > 0 ? Math.floor((marks.signers.size * 100) / need) : byTime
  return {
    stages,
    at: here.at,
    percent: Math.max(0, Math.min(100, percent)),
    label: label(here.at + 1, stages, stageShort(here.stage, marks, t)),
  }
}
