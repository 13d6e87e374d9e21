/**
 * Problems on the wire (RFC 9457). 422 malformed, 403 refused by a rule, 409 overtaken, 503 overloaded; 500 is always our bug and says
 * nothing of its cause.
 */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503

/** A problem's members; `title` is a sentence for people, more members may follow. */
export type Problem = {
  readonly status: ProblemStatus
  readonly title: string
  readonly detail?: string
  readonly [more: string]: unknown
}

const titles: Readonly<Record<ProblemStatus, string>> = {
  400: 'The request cannot be read.',
  401: 'Sign in first.',
  403: 'The rules do not allow this.',
  404: 'There is nothing here.',
  405: 'This address does not take that method.',
  409: 'Something changed in the meantime.',
  413: 'The request is too large.',
  415: 'This kind of content is not read here.',
  422: 'Something in the request is not right.',
  429: 'Too many requests. Wait a little.',
  500: 'Something went wrong here. It is our fault, not yours.',
  503: 'We are overloaded. Try again in a moment.',
}

/** The plain title of a status. */
export const problemTitle = (status: number): string =>
  titles[(status in titles ? status : status >= 500 ? 500 : 400) as ProblemStatus] // narrowed by `in` on the line itself

/** An `application/problem+json` response. 503 and 429 carry `Retry-After`. */
export function problem({ status, ...members }: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (status === 503 || status === 429) headers.set('retry-after', '5')
  return new Response(JSON.stringify({ type: 'about:blank', status, ...members }), { status, headers })
}
