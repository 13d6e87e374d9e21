import type { Instant } from '@quorate/kernel'
import type { Json } from '@quorate/kernel'
import type { JSONColumnType } from 'kysely'

/** The one movement this installation serves; a single row with `id` 1. `demo` decides whether the demonstration strip may exist. */
type MovementTable = { id: 1; name: string; slug: string; zone: string; demo: boolean; founded_at: Instant }
/** The demonstration clock: how far it runs ahead of the machine's. `offset_ms` only ever grows. At most one row, `id` 1. */
type DemoClockTable = { id: 1; offset_ms: number; moved_at: Instant }

/** A browser that is signed in. Only the SHA-256 of its cookie is kept. Instants are of the machine's clock, never of the demo's. */
type SessionTable = { token_hash: Buffer; person_id: string; created_at: Instant; expires_at: Instant }
/** An e-mailed sign-in link, good for one use. Only the SHA-256 of its token is kept. Machine's clock. */
type SignInLinkTable = {
  token_hash: Buffer
  person_id: string
  next: string
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

/** Where one mail stands. `sending` is a lease; `bounced` is the receiver's final no, `failed` is ours after the last attempt. */
export type MailState = 'queued' | 'sending' | 'sent' | 'bounced' | 'failed'
/** Mail to go out or gone out. Unique by (purpose, about, recipient), so that no one is told the same thing twice. */
type MailTable = {
  id: string
  purpose: string
  about: string
  recipient: string
  address: string
  name: string
  subject: string
  body_text: string
  body_html: string
  state: MailState
  attempts: number
  queued_at: Instant
  /** Not before this instant of the machine: waits after a failed try. */
  retry_at: Instant
  leased_until: Instant | null
  sent_at: Instant | null
  fault: string | null
}
/** What the demonstration's own mail server received. `message_id` is unique, so a repeated delivery is stored once. */
type DemoMailTable = {
  id: string
  message_id: string
  address: string
  subject: string
  body_text: string
  body_html: string
  links: JSONColumnType<readonly string[], readonly Json[] | string, readonly Json[] | string>
  received_at: Instant
}

/** How each sweep is doing, for the banner and `doctor`: last good end, and since when it has failed. Machine's clock. */
type SweepTable = { name: string; ok_at: Instant | null; failing_since: Instant | null; fault: string | null }

declare module './database.ts' {
  interface Database {
    movement: MovementTable
    demo_clock: DemoClockTable
    session: SessionTable
    sign_in_link: SignInLinkTable
    mail: MailTable
    demo_mail: DemoMailTable
    sweep: SweepTable
  }
}
