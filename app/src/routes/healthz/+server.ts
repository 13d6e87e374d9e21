import { sql } from 'kysely'
import { problem } from '#lib/platform/problem.ts'
import type { RequestHandler } from './$types'

/** Whether this process can serve: the database answers and due work is being done. */
export const GET: RequestHandler = async ({ locals }) => {
  try {
    await sql`select 1`.execute(locals.db)
  } catch {
    return problem({ status: 503, title: 'The database does not answer.' })
  }
  const ok = locals.late.length === 0
  return new Response(JSON.stringify({ status: ok ? 'pass' : 'warn', late: locals.late }), {
    headers: { 'content-type': 'application/health+json', 'cache-control': 'no-store' },
  })
}
