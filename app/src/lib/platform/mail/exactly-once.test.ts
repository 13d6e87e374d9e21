import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onEveryServer } from '../../../../../test/postgres.ts'
import { handClock, testApplication, type TestApplication } from '../../../../test/application.ts'
import { migrations } from '../../assembly.ts'
import { transaction } from '../database.ts'
import { drainMail } from './drain.ts'
import { attemptsMax, claimMails, deliveryOf, enqueueMails, type ClaimedMail, type Mail, type MailOutcome } from './outbox.ts'
import type { Transport } from './transport.ts'

const mail = (n: number, about = '12'): Mail => ({
  purpose: 'notice',
  about,
  recipient: `person ${n}`,
  address: `p${n}@members.example`,
  name: `P ${n}`,
  locale: 'en',
  letter: { subject: 'Notice', parts: ['Something will be decided.'], foot: 'Test' },
})

/** A transport that remembers what it sent, and takes a moment, so that rivals overlap. */
function remembering(
  outcome: (mail: ClaimedMail) => MailOutcome = () => ({ kind: 'sent' }),
): Transport & { readonly sent: string[] } {
  const sent: string[] = []
  return {
    sent,
    close: () => undefined,
    send: async (mail) => {
      sent.push(mail.address)
      await new Promise((done) => setTimeout(done, 2))
      return outcome(mail)
    },
  }
}

onEveryServer('the outbox', (server) => {
  let app: TestApplication
  beforeAll(async () => {
    app = await testApplication(server, migrations)
  })
  afterAll(() => app.close())
  beforeEach(() => app.db.deleteFrom('mail').execute())

  const enqueue = (mails: readonly Mail[]): Promise<number> =>
    transaction(app.db, (tx) => enqueueMails(tx, app.work.clock, app.work.random, mails))
  const drain = (transport: Transport): Promise<number> => drainMail(app.db, app.work.clock, app.work.machine, transport)

  test('takes a mail once however often and from however many it is asked to', async () => {
    const mails = Array.from({ length: 50 }, (_, n) => mail(n))
    const added = await Promise.all([enqueue(mails), enqueue(mails), enqueue([...mails].reverse())])
    expect(added.reduce((a, b) => a + b, 0)).toBe(50)
    expect(await enqueue([mail(0, '13')])).toBe(1)
  })

  test('control: looking first and then inserting, without the unique key, tells people twice', async () => {
    await app.db.schema.createTable('control').addColumn('recipient', 'text').execute()
    const control = app.db.$extendTables<{ control: { recipient: string } }>()
    const look = async (): Promise<boolean> =>
      (await control.selectFrom('control').selectAll().where('recipient', '=', 'nia').execute()).length === 0
    // The worst order, every time: all have looked before any of them inserts.
    const free = await Promise.all(Array.from({ length: 8 }, look))
    const insert = (): Promise<unknown> => control.insertInto('control').values({ recipient: 'nia' }).execute()
    await Promise.all(free.filter((isFree) => isFree).map(insert))
    expect((await control.selectFrom('control').selectAll().execute()).length).toBeGreaterThan(1)
    await app.db.schema.dropTable('control').execute()
  })

  test('two drains at once send each mail exactly once', async () => {
    await enqueue(Array.from({ length: 400 }, (_, n) => mail(n)))
    const a = remembering()
    const b = remembering()
    const counts = await Promise.all([drain(a), drain(b)])
    const sent = [...a.sent, ...b.sent]
    expect(counts[0] + counts[1]).toBe(400)
    expect(new Set(sent).size).toBe(400)
    expect(sent).toHaveLength(400)
    // Both had a part, or this would prove nothing about rivals.
    expect(Math.min(a.sent.length, b.sent.length)).toBeGreaterThan(0)
    expect(await deliveryOf(app.db, 'notice', '12')).toEqual({ total: 400, waiting: 0, sent: 400, bounced: 0, failed: 0 })
  })

  test('control: draining without claiming first sends mails twice', async () => {
    await enqueue(Array.from({ length: 20 }, (_, n) => mail(n)))
    const transport = remembering()
    const careless = async (): Promise<void> => {
      const waiting = await app.db.selectFrom('mail').selectAll().where('state', '=', 'queued').execute()
      await Promise.all(waiting.map((row) => transport.send(row)))
      await app.db.updateTable('mail').set({ state: 'sent' }).execute()
    }
    await Promise.all([careless(), careless()])
    expect(transport.sent.length).toBeGreaterThan(20)
  })

  test('a final no is a bounce; no answer is tried again later, and fails after the last attempt', async () => {
    await enqueue([mail(1), mail(2)])
    const transport = remembering((m) =>
      m.address === 'p1@members.example'
        ? { kind: 'bounced', fault: '550 no such mailbox' }
        : { kind: 'retry', fault: 'no answer' },
    )
    const machine = handClock(app.work.machine.now())
    for (let attempt = 0; attempt < attemptsMax + 3; attempt++) {
      await drainMail(app.db, app.work.clock, machine, transport)
      machine.set(machine.now() + 5_000 * 2 ** attempt)
    }
    expect(await deliveryOf(app.db, 'notice', '12')).toEqual({ total: 2, waiting: 0, sent: 0, bounced: 1, failed: 1 })
    expect(transport.sent.filter((address) => address === 'p1@members.example')).toHaveLength(1)
    expect(transport.sent.filter((address) => address === 'p2@members.example')).toHaveLength(attemptsMax)
  })

  test('what a dead process had taken is taken again when its lease is over, and not before', async () => {
    await enqueue([mail(1)])
    const machine = handClock(app.work.machine.now())
    expect(await claimMails(app.db, machine, 10)).toHaveLength(1)
    expect(await claimMails(app.db, machine, 10)).toHaveLength(0)
    machine.set(machine.now() + 119_999)
    expect(await claimMails(app.db, machine, 10)).toHaveLength(0)
    machine.set(machine.now() + 1)
    expect(await claimMails(app.db, machine, 10)).toHaveLength(1)
  })
})
