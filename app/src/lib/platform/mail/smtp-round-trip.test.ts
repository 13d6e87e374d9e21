import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servers } from '../../../../../test/postgres.ts'
import { testApplication, type TestApplication } from '../../../../test/application.ts'
import { migrations } from '../../assembly.ts'
import { transaction } from '../database.ts'
import { drainMail } from './drain.ts'
import { renderLetter, type Letter, type LetterPart } from './letter.ts'
import { deliveryOf, enqueueMails, markBounced, type Mail } from './outbox.ts'
import { openPostOffice, refusedDomain, type PostOffice } from './post-office.ts'
import { smtpTransport, type Transport } from './transport.ts'

let app: TestApplication
let office: PostOffice
let transport: Transport
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
  office = await openPostOffice(app.db, () => Promise.resolve(app.work.clock), app.work.random)
  transport = smtpTransport(office.url, { name: 'Lantern – mudiad', address: 'no-reply@lantern.example' })
})
afterAll(async () => {
  transport.close()
  await office.close()
  await app.close()
})

const address: LetterPart = { url: 'https://lantern.example/vote/12#AbC-1&x=2' }
const letter: Letter = {
  subject: 'Pleidlais: “Rheol 4.2” — cau 5pm, dydd Llun 30 Tachwedd',
  parts: ['Siân, gallwch bleidleisio nawr. <b>Dim tagiau</b> & "dim" triciau.', address],
  foot: 'Anfonwyd gan Lantern.',
}
const mail = (n: number, domain = 'members.example', about = '1'): Mail => ({
  purpose: 'notice',
  about,
  recipient: `person ${n}`,
  address: `p${n}@${domain}`,
  name: 'Siân "y Bont" Llŷr, Ynys',
  locale: 'cy',
  letter,
})
const enqueue = (mails: readonly Mail[]): Promise<number> =>
  transaction(app.db, (tx) => enqueueMails(tx, app.work.clock, app.work.random, mails))
const drain = (): Promise<number> => drainMail(app.db, app.work.clock, app.work.machine, transport)

test('subject, names, text and links survive SMTP and MIME unchanged', async () => {
  await enqueue([mail(1)])
  await drain()
  const [row] = await app.db.selectFrom('demo_mail').selectAll().execute()
  expect(row?.subject).toBe(letter.subject)
  expect(row?.address).toBe('p1@members.example')
  expect(row?.body_text.trim()).toBe(renderLetter(letter, 'cy').text.trim())
  expect(row?.body_html.trim()).toBe(renderLetter(letter, 'cy').html.trim())
  expect(row?.links).toEqual(['https://lantern.example/vote/12#AbC-1&x=2'])
})

test('the plain text and the HTML say the same, and the HTML holds no markup of the writer’s', async () => {
  const { text, html } = renderLetter(letter, 'en')
  const parsed = await PostalMime.parse(
    `content-type: text/html; charset=utf-8\r\ncontent-transfer-encoding: 8bit\r\n\r\n${html}`,
  )
  const words = (value: string): string => value.replaceAll(/[\s-]+/g, ' ').trim()
  const seen = (parsed.html ?? '')
    .replaceAll(/<head>.*<\/head>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  expect(words(seen)).toBe(words(text))
  expect(html).not.toContain('<b>')
})

test('an address that the receiver refuses is a bounce at once; one that bounces later is marked', async () => {
  await enqueue([mail(2, refusedDomain, 'b'), mail(3, 'members.example', 'b')])
  await drain()
  expect(await deliveryOf(app.db, 'notice', 'b')).toEqual({ total: 2, waiting: 0, sent: 1, bounced: 1, failed: 0 })
  const row = await app.db
    .selectFrom('mail')
    .select('id')
    .where('about', '=', 'b')
    .where('state', '=', 'sent')
    .executeTakeFirstOrThrow()
  expect(await markBounced(app.db, row.id, '5.2.2 mailbox full')).toBe(true)
  expect(await markBounced(app.db, row.id, '5.2.2 mailbox full')).toBe(false)
  expect(await deliveryOf(app.db, 'notice', 'b')).toEqual({ total: 2, waiting: 0, sent: 0, bounced: 2, failed: 0 })
})

test('a mail delivered twice after a crash is stored once: its Message-ID is its own id', async () => {
  await enqueue([mail(4, 'members.example', 'c')])
  await drain()
  await app.db.updateTable('mail').set({ state: 'queued' }).where('about', '=', 'c').execute()
  await drain()
  expect(await app.db.selectFrom('demo_mail').selectAll().where('address', '=', 'p4@members.example').execute()).toHaveLength(1)
})

test('a notice to 1,200 members is out within seconds', async () => {
  await enqueue(Array.from({ length: 1_200 }, (_, n) => mail(n, 'many.example', 'd')))
  const began = performance.now()
  expect(await drain()).toBe(1_200)
  const seconds = (performance.now() - began) / 1000
  const { length } = await app.db.selectFrom('demo_mail').select('id').where('address', 'like', '%@many.example').execute()
  expect(length).toBe(1_200)
  expect(seconds).toBeLessThan(20)
})
