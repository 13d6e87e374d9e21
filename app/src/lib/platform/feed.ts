import { instantText, type Instant } from '@quorate/kernel'

/** One item of a feed. `id` is an address that never changes. */
export type FeedItem = {
  readonly id: string
  readonly title: string
  readonly href: string
  readonly at: Instant
  readonly summary: string
}

/** A feed: its page, its own address, and what it lists, newest first. `address` is the origin of all of them. */
export type Feed = {
  readonly address: string
  readonly self: string
  readonly page: string
  readonly title: string
  readonly language: string
  readonly author: string
  readonly items: readonly FeedItem[]
}

// XML 1.0 has no other control characters than tab and line ends, not even escaped.
const escaped = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** A feed in Atom. Source: RFC 4287. */
export function atomText({ address, self, page, title, language, author, items }: Feed): string {
  const link = (rel: string, href: string, type: string): string =>
    `<link rel="${rel}" type="${type}" href="${escaped(address + href)}"/>`
  const entries = items.map(
    (item) =>
      `<entry><id>${escaped(address + item.id)}</id><title>${escaped(item.title)}</title>${link('alternate', item.href, 'text/html')}` +
      `<updated>${instantText(item.at)}</updated><summary>${escaped(item.summary)}</summary></entry>\n`,
  )
  const updated = items.reduce((latest, { at }) => Math.max(latest, at), 0)
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">\n` +
    `<id>${escaped(address + page)}</id><title>${escaped(title)}</title><author><name>${escaped(author)}</name></author>` +
    `${link('self', self, 'application/atom+xml')}${link('alternate', page, 'text/html')}<updated>${instantText(updated as Instant)}</updated>\n` +
    `${entries.join('')}</feed>\n`
  )
}

/** Answers with a feed. */
export const atomResponse = (feed: Feed): Response =>
  new Response(atomText(feed), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
