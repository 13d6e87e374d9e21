import type { Locale } from '../words.ts'

/** One paragraph, or one link on a line of its own. */
export type LetterPart = string | { readonly url: string }
/** A mail's words, already in the reader's language. The plain text and the HTML are made from the same parts, so they are equal. */
export type Letter = {
  readonly subject: string
  readonly parts: readonly LetterPart[]
  /** Who sends it and why, in small print below a line. */
  readonly foot: string
}
/** Both bodies of a mail. No picture, no tracking, no rewritten link. */
export type LetterBodies = { readonly text: string; readonly html: string }

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => entities[c] ?? c)

const body = 'font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;max-width:36em;margin:0 auto;padding:16px'

/** Both bodies of a letter. */
export function renderLetter(letter: Letter, locale: Locale): LetterBodies {
  const text = [...letter.parts.map((part) => (typeof part === 'string' ? part : `    ${part.url}`)), '--', letter.foot].join(
    '\n\n',
  )
  const paragraphs = letter.parts.map((part) =>
    typeof part === 'string'
      ? `<p>${escapeHtml(part)}</p>`
      : `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.url)}</a></p>`,
  )
  const html =
    `<!doctype html><html lang="${locale === 'en' ? 'en-GB' : 'cy'}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(letter.subject)}</title></head>` +
    `<body style='${body}'>${paragraphs.join('')}<hr><p><small>${escapeHtml(letter.foot)}</small></p></body></html>`
  return { text: `${text}\n`, html }
}
