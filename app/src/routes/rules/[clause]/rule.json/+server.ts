import { clauseAsked } from '../../clause-asked.ts'
import type { RequestHandler } from './$types'

/** A rule as data: its words, its block, the rules it is tied to and the editions in which it changed. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { words, source, edition, old, guard, refersTo, usedBy, history } = await clauseAsked(params, locals)
  const { id, title, prose, lines, block } = words
  return Response.json({
    id,
    title,
    edition,
    inForce: old === null,
    prose,
    words: lines.map(({ text }) => text),
    block,
    source,
    changedThrough: guard?.clause ?? null,
    refersTo: refersTo.map((rule) => rule.id),
    usedBy: usedBy.map((rule) => rule.id),
    changedIn: history.map((line) => line.edition),
  })
}
