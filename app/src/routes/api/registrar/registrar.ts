import { fromRegistrar } from '#lib/features/elections/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { refused } from '../elections/[uuid]/election.ts'

/** A request of the registrar's program: its key and the text of its body, or the answer that it is not believed. */
export async function signedBy(
  locals: Work,
  request: Request,
  url: URL,
): Promise<{ readonly key: string; readonly body: string } | Response> {
  const body = request.method === 'GET' ? '' : await request.text()
  const asked = { method: request.method, path: url.pathname, body }
  const from = fromRegistrar(locals, asked, request.headers.get('authorization'))
  return from.kind === 'ok' ? { key: from.value, body } : refused(401, 'not-the-registrar', { check: from.error })
}
