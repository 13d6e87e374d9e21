import { z } from 'zod'
import { castBallot, clausesOf, standingOf, voterFor, type CastFault } from '#lib/features/elections/index.ts'
import { readJson } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { electionAt, refused } from '../election.ts'

const scalar = z.string().max(700)
const schema = z.strictObject({
  ballot: z.string().max(60_000),
  statement: z.strictObject({
    previous: z.string().max(64),
    proof: z.strictObject({ challenge: scalar, response: scalar }),
  }),
  bind: z.string().regex(/^[0-9a-f]{64}$/),
  // 64 bytes a point: 15 points a yes/no ballot, some 1,300 the largest.
  hints: z.string().max(120_000).optional(),
  // One point.
  statementHint: z.string().max(88).optional(),
})

/** Takes a ballot. The same bytes again give the same receipt with 200 instead of 201. */
export const POST: RequestHandler = async ({ params, locals, request }) => {
  const election = await electionAt(locals.db, params.uuid)
  if (election instanceof Response) return election
  const cast = await readJson(request, schema)
  const { state, opensAt, closesAt } = await standingOf(locals.db, election, locals.clock.now())
  if (state === 'open') {
    const voter = await voterFor(locals.db, election, cast.bind, locals.personId)
    // With one operator the link alone votes; an opening that nobody's code has is nobody's.
    if (voter === null && election.registrar_key === null) return refused(403, 'wrong-voter')
    const done = await castBallot(locals, election, voter, cast)
    if (done.kind === 'ok') return whole(done.value.receipt, done.value.again ? 200 : 201)
    return answer(done.error, { closesAt, clause: (await clausesOf(locals.db, election)).ballot })
  }
  // Only who is refused is told the clause: looking it up costs as much as all else that is asked before a ballot is checked.
  const { ballot: clause } = await clausesOf(locals.db, election)
  return state === 'not-open'
    ? refused(403, 'not-open', { opensAt, clause })
    : refused(403, 'closed', { closedAt: closesAt, clause })
}

/** An answer that says how long it is: it then leaves in one piece, where one of unknown length needs a second for its end. */
function whole(body: unknown, status: number): Response {
  const bytes = Buffer.from(JSON.stringify(body))
  return new Response(bytes, { status, headers: { 'content-type': 'application/json', 'content-length': String(bytes.length) } })
}

function answer(fault: CastFault, { closesAt, clause }: { closesAt: number; clause: string }): Response {
  switch (fault.kind) {
    case 'not-set-up':
      return refused(403, 'not-open', { clause })
    case 'not-signed-in':
    case 'wrong-voter':
      return refused(403, fault.kind)
    case 'code-collision':
    case 'already-in-box':
    case 'too-many':
    case 'tested-ballot':
      return refused(409, fault.kind)
    case 'busy':
      return refused(503, fault.kind)
    case 'stale-predecessor':
      return refused(409, fault.kind, { previous: fault.previous })
    case 'malformed':
    case 'bad-proof':
      return refused(422, fault.kind, { check: fault.check })
    case 'refused':
      // The rules closed the ballot between the look and the act.
      return refused(403, 'closed', { closedAt: closesAt, clause })
  }
}
