import { instant, type Instant } from '@quorate/kernel'
import { isRegistrar } from '#lib/features/membership/index.ts'
import { daysLeft } from '#lib/platform/dates.ts'
import type { HomeDecided, HomeItems, HomeNeed, Visit } from '#lib/platform/feature.ts'
import { keyProgress } from './progress.ts'
import { voiceOf } from './officer-tasks.ts'
import { trusteeItems } from './trustee-desk.ts'
import { electionsListed, standingOf, type ElectionState, type TitledElection } from './view.ts'

type Standing = { readonly election: TitledElection; readonly state: ElectionState; readonly closesAt: number }

/** What elections bring to Home: the vote, the key, the box, the codes that wait for this person, and what was decided. */
export async function homeItems(visit: Visit): Promise<HomeItems> {
  const now = visit.clock.now()
  const standings: Standing[] = []
  for (const election of await electionsListed(visit.db))
    standings.push({ election, ...(await standingOf(visit.db, election, now)) })
  const { personId } = visit
  const needs =
    personId === null
      ? []
      : [
          ...(await voteNeeds(visit, personId, standings, now)),
          ...(await trusteeNeeds(visit)),
          ...(await registrarNeeds(visit, personId, standings, now)),
        ]
  return { needs, decided: await decided(visit, standings) }
}

/** Open ballots on whose roll the person is and in which they have not voted: nobody who has is asked again. */
async function voteNeeds(
  visit: Visit,
  personId: string,
  standings: readonly Standing[],
  now: Instant,
): Promise<readonly HomeNeed[]> {
  const { db, zone } = visit
  const { t, at } = voiceOf(visit)
  const needs: HomeNeed[] = []
  for (const { election, state, closesAt } of standings) {
    if (state !== 'open') continue
    const line = await db
      .selectFrom('roll_line as r')
      .leftJoin('participation as p', (j) => j.onRef('p.decision', '=', 'r.decision').onRef('p.person_id', '=', 'r.person_id'))
      .select('p.person_id')
      .where('r.decision', '=', election.decision)
      .where('r.person_id', '=', personId)
      .executeTakeFirst()
    if (line === undefined || line.person_id !== null) continue
    const closes = instant(closesAt)
    needs.push({
      href: `/vote/${election.uuid}/mine`,
      title: t('need.vote.title', { title: election.title }),
      due: t('need.vote.due', { at: at(closes), days: daysLeft(now, closes, zone) }),
      dueAt: closes,
      urgent: true,
      text: t('need.vote.text'),
      action: t('need.vote.action'),
    })
  }
  return needs
}

async function trusteeNeeds(visit: Visit): Promise<readonly HomeNeed[]> {
  const { t } = voiceOf(visit)
  return (await trusteeItems(visit)).flatMap(({ election, ceremony, state }): HomeNeed[] => {
    const { uuid, title } = election
    const place = ceremony.you
    if (place === null) return []
    const { step, awaiting } = keyProgress(ceremony)
    const common = { href: `/trustee/${uuid}`, dueAt: null, urgent: true }
    if (ceremony.state === 'collecting')
      return awaiting.includes(place)
        ? [
            {
              ...common,
              title: t('need.key.title', { title }),
              due: t('need.key.due'),
              text: t('need.key.text', { step }),
              action: t('need.key.action'),
            },
          ]
        : []
    const isClosed = state === 'closed' && election.tally !== null && election.level_at === null
    const mixing = { shuffled: ceremony.shuffled.length, needed: ceremony.shufflesNeeded }
    if (isClosed && mixing.shuffled < mixing.needed)
      return ceremony.shuffled.includes(place)
        ? []
        : [
            {
              ...common,
              title: t('need.shuffle.title', { title }),
              due: t('need.open.due'),
              text: t('trustee.shuffled-of', mixing),
              action: t('trustee.shuffle'),
            },
          ]
    return isClosed && !ceremony.opened.includes(place)
      ? [
          {
            ...common,
            title: t('need.open.title', { title }),
            due: t('need.open.due'),
            text: t('need.open.text', { opened: ceremony.opened.length, needed: ceremony.threshold }),
            action: t('need.open.action'),
          },
        ]
      : []
  })
}

async function registrarNeeds(
  visit: Visit,
  personId: string,
  standings: readonly Standing[],
  now: Instant,
): Promise<readonly HomeNeed[]> {
  const waiting = standings.filter(({ election }) => election.issued_at === null)
  if (waiting.length === 0 || !(await isRegistrar(visit.db, personId, now))) return []
  const { t } = voiceOf(visit)
  return waiting.map(({ election }) => ({
    href: '/desk/registrar',
    title: t('need.codes.title', { title: election.title }),
    due: t('need.codes.due'),
    dueAt: null,
    urgent: true,
    text: t('need.codes.text', { n: election.roll_size }),
    action: t('need.codes.action'),
  }))
}

/** Ballots that were counted, with the count and its base. */
async function decided(visit: Visit, standings: readonly Standing[]): Promise<readonly HomeDecided[]> {
  const { t } = voiceOf(visit)
  const items: HomeDecided[] = []
  for (const { election, state } of standings) {
    if (state !== 'counted') continue
    const row = await visit.db.selectFrom('decision').select('state').where('id', '=', election.decision).executeTakeFirst()
    const box = Object.values(row?.state?.stages ?? {}).find((marks) => marks.box.result !== null)?.box
    const result = box?.result ?? null
    const isList = box?.chosen !== undefined
    // What has ended is told by its decision; until then the count is news.
    if (result === null || row?.state?.ended != null) continue
    const { tally, outcome, at } = result
    const certified = outcome === 'fallen' || Object.values(row?.state?.stages ?? {}).some((marks) => marks.certifiedAt !== null)
    items.push({
      href: `/d/${String(election.decision)}/result`,
      title: election.title,
      outcome: t(`outcome.${outcome}`),
      good: outcome === 'carried',
      text:
        (isList || election.fallen_at !== null
          ? t('result.turnout', { cast: tally.cast, roll: election.roll_size })
          : t('result.short', { for: tally.for, against: tally.against, cast: tally.cast, roll: election.roll_size })) +
        (certified ? '' : ` ${t('result.not-certified')}`),
      at,
    })
  }
  return items
}
