import type { AddressInfo } from 'node:net'
import { assert, type Clock, type Random } from '@quorate/kernel'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Db } from '../database.ts'
import { newId } from '../ids.ts'

/** The demonstration's mail server: real SMTP on a loopback port of its own; what it receives can be read at `/demo/mail`. */
export type PostOffice = { readonly url: string; readonly close: () => Promise<void> }

/** Mail to this domain is refused for good (550), so that a demonstration has undelivered notices too. */
export const refusedDomain = 'moved-away.example'

const sizeMax = 256 * 1024

async function store(db: Db, clock: Clock, random: Random, raw: Buffer, address: string): Promise<void> {
  const mail = await PostalMime.parse(raw)
  const text = mail.text ?? ''
  const links = [...text.matchAll(/https?:\/\/[^\s<>"']+/g)].map(([link]) => link)
  await db
    .insertInto('demo_mail')
    .values({
      id: newId(clock.now(), random),
      message_id: mail.messageId ?? `<${newId(clock.now(), random)}@unnamed>`,
      address: address.toLowerCase(),
      subject: mail.subject ?? '',
      body_text: text,
      body_html: mail.html ?? '',
      links: JSON.stringify(links),
      received_at: clock.now(),
    })
    .onConflict((c) => c.column('message_id').doNothing())
    .execute()
}

/** Opens the post office. `clockNow` reads the movement's clock for each mail. */
export async function openPostOffice(db: Db, clockNow: () => Promise<Clock>, random: Random): Promise<PostOffice> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: sizeMax,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      if (!address.toLowerCase().endsWith(`@${refusedDomain}`)) return done()
      done(Object.assign(new Error('no such mailbox here'), { responseCode: 550 }))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('too large'), { responseCode: 552 }))
        const address = session.envelope.rcptTo[0]?.address ?? ''
        clockNow()
          .then((clock) => store(db, clock, random, Buffer.concat(parts), address))
          .then(
            () => done(),
            // Our own trouble is temporary to the sender, who tries again.
            () => done(Object.assign(new Error('try again later'), { responseCode: 451 })),
          )
      })
    },
  })
  server.on('error', () => undefined) // a client that hangs up early; the listening error below is its own
  await new Promise<void>((done, failed) => {
    server.server.once('error', failed)
    server.listen(0, '127.0.0.1', done)
  })
  const address = server.server.address() as AddressInfo | null // a TCP server's address is never a string
  assert(address !== null, 'a listening server has an address')
  return { url: `smtp://127.0.0.1:${address.port}`, close: () => new Promise((done) => server.close(done)) }
}
