import type { TrusteePost, TrusteeTask } from '@quorate/ballots'
import { ok, type Result } from '@quorate/kernel'
import { readFields } from './fields.ts'
import type { World } from './http.ts'
import { type CeremonyView, parseCeremony } from './trustee-protocol.ts'

/** A server that is only a file: it answers what the task holds, and keeps what is posted to be carried back. */
export type TaskServer = {
  readonly fetch: World['fetch']
  /** The trustee's place, from 1; null where the task is for no trustee. */
  readonly index: number | null
  /** What was posted since the task was brought, in order. */
  readonly posts: () => readonly TrusteePost[]
}

const problem = (status: number, code: string): Response => Response.json({ title: code, status, code }, { status })

/**
 * Stands where the server stands for the trustees' client, which so does in a file what it does on a page, step by step and check by check. A post is
 * taken as the server would take it if nothing else had happened meanwhile; whether it did is found out when the answer is handed in.
 */
export function taskServer({ uuid, ceremony: given, election, box }: TrusteeTask): Result<TaskServer, string> {
  const parsed = parseCeremony(given)
  if (parsed.kind === 'fail') return parsed
  let ceremony: CeremonyView = parsed.value
  const posts: TrusteePost[] = []
  const { you: index, threshold, shufflesNeeded } = ceremony

  function take(post: TrusteePost, place: number): Response {
    switch (post.kind) {
      case 'step': {
        const { step, message } = post
        if (ceremony.steps.some((s) => s.step === step && s.index === place)) return problem(409, 'step-done')
        const steps = [...ceremony.steps, { step, index: place, message }].sort((a, b) => a.step - b.step || a.index - b.index)
        ceremony = { ...ceremony, steps }
        posts.push(post)
        return Response.json(ceremony)
      }
      case 'shuffle': {
        if (ceremony.shuffled.includes(place)) return problem(409, 'already-shuffled')
        ceremony = { ...ceremony, shuffled: [...ceremony.shuffled, place] }
        posts.push(post)
        return Response.json({ shuffled: ceremony.shuffled.length, needed: shufflesNeeded }, { status: 201 })
      }
      case 'opening': {
        if (ceremony.opened.includes(place)) return problem(409, 'already-opened')
        ceremony = { ...ceremony, opened: [...ceremony.opened, place] }
        posts.push(post)
        return Response.json({ opened: ceremony.opened.length, needed: threshold }, { status: 201 })
      }
    }
  }

  const answer = (method: string, path: string, body: string): Response => {
    const found = (value: unknown): Response => (value === null ? problem(404, 'no-such-election') : Response.json(value))
    if (method === 'GET') {
      if (path === '/ceremony') return found(ceremony)
      if (path === '') return found(election)
      if (path === '/box') return found(box)
    }
    const post = method === 'POST' ? postOf(path, body) : null
    if (post === null) return problem(422, 'malformed')
    return index === null ? problem(403, 'not-a-trustee') : take(post, index)
  }

  const fetch: World['fetch'] = (input, init) => {
    const { pathname } = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url)
    const place = `/api/elections/${uuid}`
    const text = typeof init?.body === 'string' ? init.body : ''
    return Promise.resolve(
      pathname.startsWith(place)
        ? answer(init?.method ?? 'GET', pathname.slice(place.length), text)
        : problem(404, 'no-such-election'),
    )
  }
  return ok({ fetch, index, posts: () => posts })
}

/** What our own client posts to one of the three addresses, as it is carried. */
function postOf(path: string, body: string): TrusteePost | null {
  const read = readFields(JSON.parse(body), (f): TrusteePost | null => {
    if (path === '/ceremony') {
      const step = f.integer('step')
      return step === 1 || step === 2 || step === 3 ? { kind: 'step', step, message: f.text('message') } : null
    }
    if (path === '/shuffles') return { kind: 'shuffle', after: f.textOrNull('after'), shuffle: f.text('shuffle') }
    if (path !== '/openings') return null
    const proof = f.object('proof', (p) => ({ challenge: p.text('challenge'), response: p.text('response') }))
    return { kind: 'opening', payload: f.text('payload'), proof }
  })
  return read.kind === 'ok' ? read.value : null
}
