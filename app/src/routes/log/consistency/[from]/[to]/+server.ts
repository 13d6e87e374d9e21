import { error } from '@sveltejs/kit'
import { toBase64 } from '@quorate/kernel'
import { z } from 'zod'
import { consistencyOf, publishedCheckpoint } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'

const size = z
  .string()
  .regex(/^[1-9]\d{0,11}$/)
  .transform(Number)
const sizes = z.object({ from: size, to: size })

/** Proof that a later state of the record continues an earlier one (RFC 6962 section 2.1.2): hashes in base64, a line each. It never changes. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { from, to } = readParams(params, sizes)
  const head = await publishedCheckpoint(locals)
  if (from > to || head === null || to > head.size) error(404, 'The record has no such states.')
  const proof = await consistencyOf(locals, from, to)
  return new Response(proof.map((hash) => `${toBase64(hash)}\n`).join(''), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
  })
}
