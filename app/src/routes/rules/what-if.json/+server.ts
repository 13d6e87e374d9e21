import { whatIfAsked } from '../what-if/asked.ts'
import type { RequestHandler } from './$types'

/** The same answer as data. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { edition, power, body, asked, sizes, result } = await whatIfAsked(url, locals)
  const { attendance, turnout, returned, officers, attestors, lots } = asked
  const given = Object.fromEntries(sizes.map(({ name, value }) => [name, value]))
  return Response.json({
    edition,
    power,
    body: body === '' ? null : body,
    given: { ...given, attendance, turnout, returned, officers, attestors, lots },
    result,
  })
}
