import type { Instant } from '@quorate/kernel'
import { fewestOpened } from '@quorate/rulebook'
import type { Visit } from '#lib/platform/feature.ts'
import { voiceOf, type DeskTask, type Voice } from './officer-tasks.ts'
import { ceremonyOf, type CeremonyView } from './ceremony.ts'
import { keyProgress } from './progress.ts'
import { seatsOf } from './seats.ts'
import type { ShuffleUnderway } from './shuffle-check.ts'
import { electionsListed, standingOf, type ElectionState, type TitledElection } from './view.ts'

/** What a trustee's desk says of one ballot box: where it stands, and the one thing to do, if there is one. */
export type TrusteeItem = {
  readonly decision: number
  readonly uuid: string
  readonly separate: boolean
  readonly title: string
  readonly seat: string
  readonly heading: string
  readonly text: string
  readonly tag: DeskTask['tag']
  readonly button: { readonly href: string; readonly text: string; readonly urgent: boolean } | null
}

/** What a trustee's line is made from. */
export type TrusteeFacts = {
  readonly election: Pick<
    TitledElection,
    'decision' | 'uuid' | 'title' | 'tally' | 'result' | 'fallen_at' | 'level_at' | 'registrar_key'
  >
  readonly ceremony: CeremonyView
  readonly state: ElectionState
  readonly closesAt: number
}

type Line = Pick<TrusteeItem, 'heading' | 'text' | 'tag' | 'button'>

function makingLine({ ceremony, election }: TrusteeFacts, { t, list }: Voice): Line {
  const { step, awaiting } = keyProgress(ceremony)
  const place = ceremony.you
  const href = `/trustee/${election.uuid}`
  if (place !== null && awaiting.includes(place)) {
    const tag = { kind: 'now', text: t('tag.now') } as const
    return step === 1
      ? { heading: t('trustee.make'), text: t('trustee.make-text'), tag, button: { href, text: t('trustee.make'), urgent: true } }
      : {
          heading: t('trustee.go-on'),
          text: t('trustee.go-on-text', { step }),
          tag,
          button: { href, text: t('trustee.go-on'), urgent: true },
        }
  }
  return {
    heading: t('trustee.wait', { names: list(awaiting.map((at) => ceremony.names[at - 1] ?? String(at))) }),
    text: t('trustee.wait-text', { step }),
    tag: { kind: 'brand', text: t('tag.waiting', { n: awaiting.length }) },
    button: { href, text: t('trustee.go-on'), urgent: false },
  }
}

/** How far a check has come, in whole parts of a hundred. */
const percentOf = ({ done, all }: ShuffleUnderway): number => (all === 0 ? 0 : Math.floor((100 * done) / all))

/** Papers are shuffled before the box is opened: by this trustee now, or by others first. */
function shufflingLine(
  { you, shuffled, names, checking }: CeremonyView,
  mixing: { readonly shuffled: number; readonly needed: number },
  href: string,
  t: Voice['t'],
): Line {
  const count = t('trustee.shuffled-of', mixing)
  if (checking !== null && checking.place !== you) {
    const figures = { name: names[checking.place - 1] ?? '', percent: percentOf(checking) }
    return {
      heading: t('trustee.shuffle-wait'),
      text: `${t('trustee.checking', figures)} ${count}.`,
      tag: { kind: 'brand', text: t('tag.running') },
      button: null,
    }
  }
  if (you !== null && shuffled.includes(you))
    return {
      heading: t('trustee.shuffled'),
      text: `${count}. ${t('trustee.shuffled-text')}`,
      tag: { kind: 'brand', text: t('tag.waiting', { n: mixing.needed - mixing.shuffled }) },
      button: null,
    }
  return {
    heading: t('trustee.shuffle'),
    text: `${t('trustee.shuffle-text')} ${count}.`,
    tag: { kind: 'now', text: t('tag.now') },
    button: { href, text: t('trustee.shuffle'), urgent: true },
  }
}

/** How a box ended for its trustees: never opened, opened and level, or counted; null while something is left to do. */
function endOf({ fallen_at, level_at }: TrusteeFacts['election'], state: ElectionState): 'unopened' | 'level' | 'counted' | null {
  if (fallen_at !== null) return 'unopened'
  return level_at !== null ? 'level' : state === 'counted' ? 'counted' : null
}

function lineOf(facts: TrusteeFacts, voice: Voice): Line {
  const { ceremony, election, state, closesAt } = facts
  const { t, until } = voice
  const href = `/trustee/${election.uuid}`
  const done = { kind: 'ok', text: t('tag.done') } as const
  if (ceremony.state === 'collecting') return makingLine(facts, voice)
  const over = endOf(election, state)
  if (over !== null)
    return {
      heading: t(`trustee.${over}`),
      text: over === 'unopened' ? t('trustee.unopened-text', { least: fewestOpened }) : t(`trustee.${over}-text`),
      tag: done,
      button: { href: `/d/${String(election.decision)}/result`, text: t('trustee.result'), urgent: false },
    }
  if (state !== 'closed')
    return {
      heading: t('trustee.ready'),
      text: closesAt > 0 ? t('trustee.ready-until', { until: until(closesAt as Instant) }) : t('trustee.ready-text'), // an instant of the engine
      tag: done,
      button: { href, text: t('trustee.rehearse'), urgent: false },
    }
  const count = { opened: ceremony.opened.length, needed: ceremony.threshold }
  if (ceremony.you !== null && ceremony.opened.includes(ceremony.you))
    return {
      heading: t('trustee.opened'),
      text: `${t('trustee.of-needed', count)}. ${t('trustee.opened-text')}`,
      tag: { kind: 'brand', text: t('tag.waiting', { n: Math.max(0, count.needed - count.opened) }) },
      button: null,
    }
  if (election.tally === null)
    return {
      heading: t('trustee.open'),
      text: t('trustee.folding'),
      tag: { kind: 'brand', text: t('tag.running') },
      button: null,
    }
  const mixing = { shuffled: ceremony.shuffled.length, needed: ceremony.shufflesNeeded }
  if (mixing.shuffled < mixing.needed) return shufflingLine(ceremony, mixing, href, t)
  return {
    heading: t('trustee.open'),
    text: `${t('trustee.open-text')} ${t('trustee.of-needed', count)}.`,
    tag: { kind: 'now', text: t('tag.now') },
    button: { href, text: t('trustee.open'), urgent: true },
  }
}

/** One ballot box as its trustee sees it. */
export function trusteeItemOf(facts: TrusteeFacts, voice: Voice): TrusteeItem {
  const { election, ceremony } = facts
  const { you: place, size, threshold } = ceremony
  return {
    decision: election.decision,
    uuid: election.uuid,
    separate: election.registrar_key !== null,
    title: election.title,
    seat: place === null ? '' : voice.t('trustee.seat', { place, size, threshold }),
    ...lineOf(facts, voice),
  }
}

/** Every ballot box at whose key table the visitor sits, the newest first. */
export async function trusteeItems(visit: Visit): Promise<readonly (TrusteeFacts & { readonly item: TrusteeItem })[]> {
  const { db, personId } = visit
  if (personId === null) return []
  const now = visit.clock.now()
  const voice = voiceOf(visit)
  const items: (TrusteeFacts & { readonly item: TrusteeItem })[] = []
  for (const election of await electionsListed(db)) {
    if (!(await seatsOf(db, election.decision)).some((seat) => seat.personId === personId)) continue
    const [ceremony, { state, closesAt }] = await Promise.all([ceremonyOf(db, election, personId), standingOf(db, election, now)])
    const facts = { election, ceremony, state, closesAt }
    items.push({ ...facts, item: trusteeItemOf(facts, voice) })
  }
  return items
}
