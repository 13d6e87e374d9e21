import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import {
  askToOpen,
  demoMessages,
  makeKeys,
  onlyInDemo,
  playedTrustees,
  startVoting,
  stopVoting,
  votersMax,
  votingOf,
} from '#lib/features/demo/index.ts'
import { ceremonyOf, electionOfDecision, electionsListed, standingOf } from '#lib/features/elections/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { localPath } from '#lib/platform/sessions.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** Every ballot with what members and trustees of the demonstration could do in it now. */
export const load: PageServerLoad = async ({ locals }) => {
  onlyInDemo(locals)
  const { db, personId, clock, locale } = locals
  const t = words(demoMessages, locale)
  const listed = await electionsListed(db)
  const ballots = await Promise.all(
    listed.map(async (election) => {
      const { decision, title } = election
      const [ceremony, played, voting, standing] = await Promise.all([
        ceremonyOf(db, election, personId),
        playedTrustees(db, decision),
        votingOf(db, decision),
        standingOf(db, election, clock.now()),
      ])
      const stateOf = (place: number): string => {
        const kept = played.find((p) => p.place === place)
        if (ceremony.opened.includes(place)) return t('act.opened')
        if (kept?.opening === 'asked') return t('act.opening')
        if (kept?.opening === 'failed') return t('act.open-failed', { why: kept.fault ?? '' })
        if (ceremony.state === 'complete') return t('act.key-done')
        if (kept !== undefined) return t('act.key-wait')
        return ceremony.steps.some((step) => step.index === place) ? t('act.key-own') : t('act.key-none')
      }
      const closed = election.tally !== null && (election.result ?? election.fallen_at ?? election.level_at) === null
      return {
        decision,
        title,
        state: standing.state,
        voting,
        mayVote: standing.state === 'open' && voting?.running !== true,
        seated: ceremony.you !== null,
        keys:
          ceremony.state === 'collecting' &&
          ceremony.names.some((_, i) => t('act.key-none') === stateOf(i + 1) && i + 1 !== ceremony.you),
        busy: voting?.running === true || played.some((p) => p.opening === 'asked'),
        trustees: ceremony.names.map((name, i) => ({
          name,
          place: i + 1,
          state: stateOf(i + 1),
          opens:
            closed &&
            !ceremony.opened.includes(i + 1) &&
            played.some((p) => p.place === i + 1 && p.complete && p.opening !== 'asked'),
        })),
      }
    }),
  )
  return { ballots, votersMax }
}

const common = { decision: z.coerce.number().int().positive(), back: z.string().optional() }
const forms = {
  vote: z.object({ ...common, count: z.coerce.number().int().min(1).max(votersMax) }),
  plain: z.object(common),
  open: z.object({ ...common, place: z.coerce.number().int().positive() }),
}

const backOf = (back: string | undefined): string => localPath(back, '/demo/ballots')

/** Lets members vote, and trustees make their keys and open the box. */
export const actions: Actions = {
  vote: async ({ request, locals }) => {
    onlyInDemo(locals)
    const t = words(demoMessages, locals.locale)
    const read = await readForm(request, forms.vote)
    if (read.kind === 'fail') return fail(422, { why: t('act.count-fault', { max: votersMax }) })
    if (!(await startVoting(locals, read.value.decision, read.value.count))) return fail(409, { why: t('act.not-open') })
    redirect(303, backOf(read.value.back))
  },
  stop: async ({ request, locals }) => {
    onlyInDemo(locals)
    const read = await readForm(request, forms.plain)
    if (read.kind === 'fail') error(422, 'decision')
    await stopVoting(locals.db, read.value.decision)
    redirect(303, backOf(read.value.back))
  },
  keys: async ({ request, locals }) => {
    onlyInDemo(locals)
    const read = await readForm(request, forms.plain)
    const election = read.kind === 'ok' ? await electionOfDecision(locals.db, read.value.decision) : null
    if (read.kind === 'fail' || election === null) error(422, 'decision')
    await makeKeys(locals, election, locals.personId)
    redirect(303, backOf(read.value.back))
  },
  open: async ({ request, locals }) => {
    onlyInDemo(locals)
    const read = await readForm(request, forms.open)
    if (read.kind === 'fail' || !(await askToOpen(locals.db, read.value.decision, read.value.place))) error(422, 'place')
    redirect(303, backOf(read.value.back))
  },
}
