/** What a mail link says: which election, and the text after `#`, which should be a voting code and never leaves the device. */
export type Link = { readonly uuid: string; readonly code: string | null }

// At least 14 characters of base 58.
const uuidForm = /^[1-9A-HJ-NP-Za-km-z]{14,64}$/

/**
 * Reads `/vote/UUID#CODE`, `/booth/?UUID#CODE` and the trustees' forms of the same. Null when no election is named. Whether the code is
 * one is judged where it is used, with a reason in words.
 */
export function parseLink(href: string, base?: string): Link | null {
  const url = URL.canParse(href, base) ? new URL(href, base) : null
  if (url === null) return null
  const uuid = [/^\/(?:vote|trustee)\/([^/]+)\/?$/.exec(url.pathname)?.[1], url.search.slice(1)].find(
    (text) => text !== undefined && uuidForm.test(text),
  )
  if (uuid === undefined) return null
  // `#main` is the target of the skip link.
  const code = url.hash === '#main' ? '' : url.hash.slice(1)
  return { uuid, code: code === '' ? null : code }
}
