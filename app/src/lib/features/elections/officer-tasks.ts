import { needsMajority } from '@quorate/ballots'
import type { Instant } from '@quorate/kernel'
import { fewestOpened, type Citation, type StageView } from '@quorate/rulebook'
import { dayWords, instantWords, limitWords } from '#lib/platform/dates.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { listText, words, type Say } from '#lib/platform/words.ts'
import { messages } from './messages.ts'
import { progressOf, type Progress } from './progress.ts'

/** One line of an officer's list. `group` names its heading; `clause` is the rule that demands, dates or locks it. */
export type DeskTask = {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly href: string
  readonly text: string
  readonly tag: { readonly kind: 'ok' | 'now' | 'brand' | 'plain'; readonly text: string }
  readonly clause: Citation | null
}

type Key = keyof (typeof messages)['en']
type Draft = Omit<DeskTask, 'group'>
/** What the list is written with: words, days and deadlines in the reader's language. */
export type Voice = {
  readonly t: Say<Key>
  readonly at: (instant: Instant) => string
  /** A limit with its preposition: `until 5pm, Monday 30 November`, `before Tuesday 1 December`. */
  readonly until: (instant: Instant) => string
  readonly by: (instant: Instant) => string
  readonly day: (instant: Instant) => string
  readonly list: (items: readonly string[]) => string
}

/** The voice of a visit. */
export const voiceOf = ({ locale, zone }: Pick<Visit, 'locale' | 'zone'>): Voice => ({
  t: words(messages, locale),
  at: (instant) => instantWords(instant, zone, locale),
  until: (instant) => limitWords(instant, zone, locale, 'until'),
  by: (instant) => limitWords(instant, zone, locale, 'by'),
  day: (instant) => dayWords(instant, zone, locale, 'short'),
  list: (items) => listText(items, locale),
})

const viewOf = ({ views }: Progress, kind: StageView['kind']): StageView | null =>
  views.find((view) => view.kind === kind) ?? null

/** Short form of a fingerprint, for a line that links to the whole. */
export const shortPrint = (fingerprint: string): string => `${fingerprint.slice(0, 8)} ${fingerprint.slice(8, 16)} …`

function rollTasks(p: Progress, { t, at, day }: Voice, page: string): readonly Draft[] {
  const freeze = viewOf(p, 'freeze')
  const clause = freeze?.clause ?? null
  const from = freeze?.earliest?.startsAt ?? null
  const done = { kind: 'ok', text: t('tag.done') } as const
  const ahead = { kind: 'plain', text: from === null ? t('tag.not-yet') : t('tag.from', { day: day(from) }) } as const
  const { election } = p
  if (election === null)
    return [
      { id: 'freeze', title: t('task.freeze'), href: page, text: t('task.freeze.next'), tag: ahead, clause },
      {
        id: 'print',
        title: t('task.print'),
        href: page,
        text: t('task.print.next'),
        tag: { ...ahead, text: t('tag.automatic') },
        clause,
      },
    ]
  return [
    {
      id: 'freeze',
      title: t('task.freeze'),
      href: page,
      text: t('task.freeze.done', { n: election.roll_size, at: p.frozenAt === null ? '' : at(p.frozenAt) }),
      tag: done,
      clause: p.rollClause ?? clause,
    },
    {
      id: 'print',
      title: t('task.print'),
      href: `/record/document/${election.roll_leaves}`,
      text: t('task.print.done', { print: shortPrint(election.roll_root) }),
      tag: done,
      clause,
    },
  ]
}

function keyTask({ key, ceremony, election }: Progress, { t, list }: Voice): Pick<Draft, 'href' | 'text' | 'tag'> {
  const href = '/desk/trustee'
  if (key === null || ceremony === null || election === null)
    return { href, text: t('task.key.next'), tag: { kind: 'plain', text: t('tag.locked') } }
  const { size, threshold, made, step, awaiting } = key
  if (!key.complete && !needsMajority({ size, threshold }))
    return { href, text: t('task.key.few', { size }), tag: { kind: 'now', text: t('tag.now') } }
  if (key.complete) return { href, text: t('task.key.done', { size, threshold }), tag: { kind: 'ok', text: t('tag.done') } }
  const names = list(awaiting.map((place) => ceremony.names[place - 1] ?? String(place)))
  return {
    href,
    text: t('task.key.now', { made, size, step, names }),
    tag: { kind: 'brand', text: t('tag.waiting', { n: awaiting.length }) },
  }
}

function codesTask({ election, codes }: Progress, { t, at }: Voice): Pick<Draft, 'href' | 'text' | 'tag'> {
  const href = '/desk/registrar'
  if (election === null) return { href, text: t('task.codes.next'), tag: { kind: 'plain', text: t('tag.locked') } }
  if (election.issued_at === null)
    return { href, text: t('task.codes.now'), tag: { kind: 'brand', text: t('tag.waiting', { n: 1 }) } }
  return { href, text: t('task.codes.done', { n: codes, at: at(election.issued_at) }), tag: { kind: 'ok', text: t('tag.done') } }
}

function scheduleTask(p: Progress, { t, at, by }: Voice, page: string): Pick<Draft, 'href' | 'text' | 'tag'> {
  const ballot = viewOf(p, 'ballot')
  if (p.box?.opensAt != null)
    return { href: page, text: t('task.schedule.done', { at: at(p.box.opensAt) }), tag: { kind: 'ok', text: t('tag.done') } }
  if (ballot?.state !== 'now' && p.election === null)
    return { href: page, text: t('task.schedule.next'), tag: { kind: 'plain', text: t('tag.locked') } }
  const until = ballot?.deadline ?? null
  return {
    href: `${page}#schedule`,
    text: t('task.schedule.now', { by: until === null ? '' : by(until) }),
    tag: { kind: 'now', text: t('tag.now') },
  }
}

function openTask(p: Progress, { t, at }: Voice, now: Instant): Pick<Draft, 'href' | 'text' | 'tag'> {
  const href = p.election === null ? '/desk' : `/d/${p.election.decision}/box`
  const { box } = p
  if (box?.opensAt == null) return { href, text: t('task.open.unset'), tag: { kind: 'plain', text: t('tag.locked') } }
  if (box.openedAt !== null)
    return {
      href,
      text: t('task.open.done', { at: at(box.openedAt), voted: p.voters, size: p.election?.roll_size ?? 0 }),
      tag: { kind: 'ok', text: t('tag.done') },
    }
  const late = box.opensAt <= now
  return {
    href,
    text: t(late ? 'task.open.late' : 'task.open.next', { at: at(box.opensAt) }),
    tag: late ? { kind: 'now', text: t('tag.waiting', { n: 1 }) } : { kind: 'plain', text: t('tag.automatic') },
  }
}

function mailTask(p: Progress, { t }: Voice, page: string): Pick<Draft, 'href' | 'text' | 'tag'> {
  const { total, waiting } = p.delivery
  if (total === 0) return { href: page, text: t('task.mail.next'), tag: { kind: 'plain', text: t('tag.automatic') } }
  return {
    href: page,
    text: t('task.mail.done', { ...p.delivery }),
    tag: waiting === 0 ? { kind: 'ok', text: t('tag.done') } : { kind: 'brand', text: t('tag.running') },
  }
}

function countTasks(p: Progress, voice: Voice, page: string, now: Instant): readonly Draft[] {
  const { t, at, by, day, list } = voice
  const { box, election } = p
  const clause = viewOf(p, 'ballot')?.clause ?? null
  const certify = viewOf(p, 'certify')
  const locked = { kind: 'plain', text: t('tag.locked') } as const
  const done = { kind: 'ok', text: t('tag.done') } as const
  const closed =
    box !== null && (box.closedAt !== null || (box.openedAt !== null && box.closesAt !== null && box.closesAt <= now))
  const closes = box?.closesAt ?? null
  const needed = election?.threshold ?? 0
  const opened = p.openedBy.length
  const isOver = election !== null && (election.result ?? election.fallen_at ?? election.level_at) !== null
  const marks = Object.values(p.decision.stages)
  const certifiedAt = marks.find((m) => m.certifiedAt !== null)?.certifiedAt ?? null
  const one = certify !== null && (p.decision.stages[certify.id]?.countersigned.length ?? 0) > 0
  const until = certify?.deadline ?? null
  const certifies = certify?.state === 'now' && certifiedAt === null
  return [
    {
      id: 'close',
      title: t('task.close'),
      href: page,
      text:
        closes === null
          ? t('task.close.unset')
          : closed
            ? t('task.close.done', { at: at(closes), voted: p.voters, size: election?.roll_size ?? 0 })
            : t('task.close.next', { at: at(closes) }),
      tag: closed ? done : closes === null ? locked : { kind: 'plain', text: t('tag.from', { day: day(closes) }) },
      clause,
    },
    {
      id: 'box',
      title: t('task.box'),
      href: isOver || (opened >= needed && needed > 0) ? `${page}/result` : '/desk/trustee',
      text:
        election === null
          ? t('task.box.unset')
          : election.fallen_at !== null
            ? t('task.box.unopened', { least: fewestOpened })
            : election.level_at !== null
              ? t('task.box.level')
              : election.result !== null
                ? t('task.box.done', { n: opened, size: p.key?.size ?? 0, names: list(p.openedBy) })
                : closed
                  ? t('task.box.now', { n: opened, needed })
                  : t('task.box.next', { needed }),
      tag: isOver ? done : closed ? { kind: 'brand', text: t('tag.waiting', { n: Math.max(0, needed - opened) }) } : locked,
      clause,
    },
    {
      id: 'certify',
      title: t('task.certify'),
      href: certifies ? `${page}#certify` : `${page}/result`,
      text:
        certifiedAt !== null
          ? t('task.certify.done', { at: at(certifiedAt) })
          : certifies
            ? t(one ? 'task.certify.second' : 'task.certify.now', { by: until === null ? '' : by(until) })
            : t('task.certify.next'),
      tag: certifiedAt !== null ? done : certifies ? { kind: 'now', text: t('tag.now') } : locked,
      clause: certify?.clause ?? clause,
    },
  ]
}

/** The ten tasks of a ballot in three groups, from how far it has come. Nothing here decides: what is locked is locked by the rules. */
export function officerTasksOf(p: Progress, voice: Voice, now: Instant): readonly DeskTask[] {
  const { t } = voice
  const page = `/d/${String(p.decision.id)}`
  const clause = viewOf(p, 'ballot')?.clause ?? null
  const ballot: readonly Draft[] = [
    { id: 'key', title: t('task.key'), clause, ...keyTask(p, voice) },
    { id: 'codes', title: t('task.codes'), clause: p.rollClause ?? clause, ...codesTask(p, voice) },
    { id: 'schedule', title: t('task.schedule'), clause, ...scheduleTask(p, voice, page) },
    { id: 'open', title: t('task.open'), clause, ...openTask(p, voice, now) },
    { id: 'mail', title: t('task.mail'), clause, ...mailTask(p, voice, page) },
  ]
  const grouped = (group: string, tasks: readonly Draft[]): readonly DeskTask[] => tasks.map((task) => ({ ...task, group }))
  return [
    ...grouped(t('task.group.roll'), rollTasks(p, voice, page)),
    ...grouped(t('task.group.ballot'), ballot),
    ...grouped(t('task.group.count'), countTasks(p, voice, page, now)),
  ]
}

/** The returning officer's tasks for the ballot of a decision; empty when it has not begun or has no ballot. */
export async function officerTasks(visit: Visit, decision: number): Promise<readonly DeskTask[]> {
  const now = visit.clock.now()
  const progress = await progressOf(visit.db, decision, now)
  return progress === null || viewOf(progress, 'ballot') === null ? [] : officerTasksOf(progress, voiceOf(visit), now)
}
