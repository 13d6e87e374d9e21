import type { Db } from '#lib/platform/database.ts'
import type { Instant } from '@quorate/kernel'

/** A received mail in a list. */
export type MailLine = { readonly id: string; readonly address: string; readonly subject: string; readonly receivedAt: Instant }
/** A received mail. */
export type ReceivedMail = MailLine & { readonly text: string }

/** How many mails one page of the mailbox shows. */
export const linesMax = 100

/** Mail whose address contains `address` (all when empty), newest first, and how many there are in all. */
export async function mailbox(db: Db, address: string): Promise<{ readonly total: number; readonly lines: readonly MailLine[] }> {
  // The reader's own % and _ stand for themselves.
  const pattern = `%${address.toLowerCase().replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`
  const lines = await db
    .selectFrom('demo_mail')
    .select(['id', 'address', 'subject', 'received_at as receivedAt'])
    .where('address', 'like', pattern)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(linesMax)
    .execute()
  const { total } = await db
    .selectFrom('demo_mail')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('address', 'like', pattern)
    .executeTakeFirstOrThrow()
  return { total, lines }
}

/** One received mail, or null. */
export async function mailById(db: Db, id: string): Promise<ReceivedMail | null> {
  const row = await db
    .selectFrom('demo_mail')
    .select(['id', 'address', 'subject', 'body_text as text', 'received_at as receivedAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** A piece of a mail's plain text: words, or a link with where it leads. */
export type TextPiece = { readonly text: string; readonly href: string | null }

/** Cuts a plain text into words and links. A link to our own address leads there by path, whatever name the reader's browser knows us by. */
export function linkPieces(text: string, publicAddress: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null })
    const [link] = match
    pieces.push({ text: link, href: link.startsWith(`${publicAddress}/`) ? link.slice(publicAddress.length) : link })
    at = match.index + link.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null })
  return pieces
}
