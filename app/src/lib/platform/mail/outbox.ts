import { instant, type Clock, type Instant, type Random } from '@quorate/kernel'
import { sql } from 'kysely'
import { chunks, type Db, type Tx } from '../database.ts'
import { newId } from '../ids.ts'
import type { MailState } from '../tables.ts'
import type { Locale } from '../words.ts'
import { renderLetter, type Letter } from './letter.ts'

/** One mail to one person. (purpose, about, recipient) is unique for ever: the same mail is never sent twice. */
export type Mail = {
  /** Why it is sent, such as `notice` or `sign-in`. */
  readonly purpose: string
  /** Of what, such as a decision's number. */
  readonly about: string
  /** The person's id: one mail for one person even when two share an address. */
  readonly recipient: string
  readonly address: string
  readonly name: string
  readonly locale: Locale
  readonly letter: Letter
}

/** Puts mails into the outbox within the caller's transaction; returns how many were new. Those that were there already stay as they are. */
export async function enqueueMails(tx: Tx, clock: Clock, random: Random, mails: readonly Mail[]): Promise<number> {
  const now = clock.now()
  let added = 0n
  for (const part of chunks(mails, 500)) {
    const rows = part.map((mail) => {
      const { text, html } = renderLetter(mail.letter, mail.locale)
      return {
        id: newId(now, random),
        purpose: mail.purpose,
        about: mail.about,
        recipient: mail.recipient,
        address: mail.address,
        name: mail.name,
        subject: mail.letter.subject,
        body_text: text,
        body_html: html,
        state: 'queued' as const,
        attempts: 0,
        queued_at: now,
        retry_at: instant(0),
        leased_until: null,
        sent_at: null,
        fault: null,
      }
    })
    const done = await tx
      .insertInto('mail')
      .values(rows)
      .onConflict((c) => c.columns(['purpose', 'about', 'recipient']).doNothing())
      .executeTakeFirst()
    added += done.numInsertedOrUpdatedRows ?? 0n
  }
  return Number(added)
}

/** What happened to the mails of one purpose about one thing. The five add up to `total`; `waiting` counts queued and on the way. */
export type Delivery = {
  readonly total: number
  readonly waiting: number
  readonly sent: number
  readonly bounced: number
  readonly failed: number
}

/** Delivery counts of a mailing. */
export async function deliveryOf(db: Db, purpose: string, about: string): Promise<Delivery> {
  const rows = await db
    .selectFrom('mail')
    .select(['state', (e) => e.fn.countAll<number>().as('n')])
    .where('purpose', '=', purpose)
    .where('about', '=', about)
    .groupBy('state')
    .execute()
  const count = (...states: readonly MailState[]): number =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.n, 0)
  return {
    total: count('queued', 'sending', 'sent', 'bounced', 'failed'),
    waiting: count('queued', 'sending'),
    sent: count('sent'),
    bounced: count('bounced'),
    failed: count('failed'),
  }
}

/** State of each mail of a mailing: recipient, state, when it was sent. For the delivery board and the list on the record. */
export const deliveryList = (
  db: Db,
  purpose: string,
  about: string,
): Promise<readonly { readonly recipient: string; readonly state: MailState; readonly sent_at: Instant | null }[]> =>
  db
    .selectFrom('mail')
    .select(['recipient', 'state', 'sent_at'])
    .where('purpose', '=', purpose)
    .where('about', '=', about)
    .orderBy('recipient')
    .execute()

/** A mail taken for sending. */
export type ClaimedMail = {
  readonly id: string
  readonly address: string
  readonly name: string
  readonly subject: string
  readonly body_text: string
  readonly body_html: string
  readonly attempts: number
}

const leaseMs = 120_000
/** After this many tries without a final answer a mail has failed. Waits double from 5 s, so the last is about 1.5 h after the first. */
export const attemptsMax = 10

/**
 * Takes up to `n` waiting mails for this drain: the state and a lease change in one statement, and rivals skip locked rows, so two drains
 * never hold one mail. A lease that ran out (the process died while sending) is taken again; the fixed Message-ID lets a receiver that
 * had accepted the first one drop the second.
 */
export async function claimMails(db: Db, machine: Clock, n: number): Promise<readonly ClaimedMail[]> {
  const now = machine.now()
  return db
    .updateTable('mail')
    .set((e) => ({ state: 'sending' as const, leased_until: instant(now + leaseMs), attempts: e('attempts', '+', 1) }))
    .where('id', 'in', (q) =>
      q
        .selectFrom('mail')
        .select('id')
        .where((e) =>
          e.or([
            e.and([e('state', '=', 'queued'), e('retry_at', '<=', now)]),
            e.and([e('state', '=', 'sending'), e('leased_until', '<=', now)]),
          ]),
        )
        .where('state', 'in', ['queued', 'sending'])
        .orderBy('id')
        .limit(n)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'address', 'name', 'subject', 'body_text', 'body_html', 'attempts'])
    .execute()
}

/** How sending one mail ended. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  /** The receiver said no for good (SMTP 5xx). */
  | { readonly kind: 'bounced'; readonly fault: string }
  /** No final answer: try again. */
  | { readonly kind: 'retry'; readonly fault: string }

/** Writes down how a batch ended. `clock` is the movement's: `sent_at` is a fact about the movement. */
export async function settleMails(
  db: Db,
  clock: Clock,
  machine: Clock,
  outcomes: readonly { readonly mail: ClaimedMail; readonly outcome: MailOutcome }[],
): Promise<void> {
  const sent = outcomes.filter(({ outcome }) => outcome.kind === 'sent').map(({ mail }) => mail.id)
  if (sent.length > 0)
    await db
      .updateTable('mail')
      .set({ state: 'sent', sent_at: clock.now(), leased_until: null, fault: null })
      .where('id', 'in', sent)
      .where('state', '=', 'sending')
      .execute()
  for (const { mail, outcome } of outcomes) {
    if (outcome.kind === 'sent') continue
    const last = outcome.kind === 'bounced' || mail.attempts >= attemptsMax
    await db
      .updateTable('mail')
      .set({
        state: outcome.kind === 'bounced' ? 'bounced' : last ? 'failed' : 'queued',
        retry_at: instant(machine.now() + 5_000 * 2 ** (mail.attempts - 1)),
        leased_until: null,
        fault: outcome.fault.slice(0, 500),
      })
      .where('id', '=', mail.id)
      .where('state', '=', 'sending')
      .execute()
  }
}

/** Marks a mail that bounced after it was accepted (a delivery status report). True when it was there and sent. */
export async function markBounced(db: Db, id: string, fault: string): Promise<boolean> {
  const done = await db
    .updateTable('mail')
    .set({ state: 'bounced', fault: fault.slice(0, 500) })
    .where('id', '=', id)
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** How many mails wait now, over all mailings. */
export async function mailsWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('mail')
    .select(sql<number>`count(*)`.as('n'))
    .where('state', 'in', ['queued', 'sending'])
    .executeTakeFirstOrThrow()
  return row.n
}
