import type { Cookies } from '@sveltejs/kit'
import { sessionCookie } from './sessions.ts'

const monthSeconds = 30 * 86_400

/** Gives the browser its session. Lax: a link in a mail arrives signed in; another site's form does not. */
export function setSessionCookie(cookies: Cookies, url: URL, token: string): void {
  cookies.set(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: monthSeconds,
  })
}

/** Takes the session away from the browser; returns what it was, to close it. */
export function takeSessionCookie(cookies: Cookies, url: URL): string | undefined {
  const token = cookies.get(sessionCookie)
  cookies.delete(sessionCookie, { path: '/', secure: url.protocol === 'https:' })
  return token
}
