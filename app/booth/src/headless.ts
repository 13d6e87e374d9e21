import { fail, type Result } from '@quorate/kernel'
import type { Choice, Failure, InBox, Paper } from './booth-state.ts'
import { castChoice, identify, loadElection } from './client.ts'
import { sessionFetch, type World } from './http.ts'
import { parseLink } from './link.ts'
import type { PublicView } from './protocol.ts'

/** What a voter without a page needs. Clock and pauses default to the runtime's own. */
export type Headless = Pick<World, 'origin' | 'fetch' | 'random'> &
  Partial<Pick<World, 'now' | 'wait'>> & {
    /** The link of the mail, whole: `http://…/vote/UUID#CODE`. */
    readonly link: string
    /** What to mark, given the paper. */
    readonly choose: (paper: Paper, view: PublicView) => Choice
  }

/** A world for Node: keeps cookies and names its origin, as a browser does by itself. One for each person. */
export const headlessWorld = ({ origin, fetch, random, now, wait }: Omit<Headless, 'link' | 'choose'>): World => ({
  origin,
  random,
  fetch: sessionFetch(fetch, origin),
  now: now ?? (() => performance.now()),
  wait: wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
})

/** Votes as the page does, with the same client: opens the link, says who, locks, casts, reads the ballot back from the box. */
export async function castVote(headless: Headless): Promise<Result<InBox, Failure>> {
  const link = parseLink(headless.link, headless.origin)
  if (link === null) return fail({ kind: 'bad-code', fault: { kind: 'wrong length', found: 0 } })
  const world = headlessWorld(headless)
  const loaded = await loadElection(world, link.uuid)
  if (loaded.kind === 'fail') return loaded
  const member = await identify(world, loaded.value, link.code ?? '')
  if (member.kind === 'fail') return member
  const { paper, view } = loaded.value
  const watch = { progress: () => {}, sealed: () => {} }
  return castChoice(world, loaded.value, member.value, headless.choose(paper, view), watch)
}
