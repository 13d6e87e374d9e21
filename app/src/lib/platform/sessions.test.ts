import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servers } from '../../../../test/postgres.ts'
import { handClock, testApplication, type TestApplication } from '../../../test/application.ts'
import { migrations } from '../assembly.ts'
import {
  closeSession,
  issueSignInLink,
  localPath,
  openSession,
  personOfSession,
  sessionOpenedAt,
  readSignInLink,
  spendSignInLink,
  sweepSessions,
} from './sessions.ts'

const nia = '01a21961-9916-780e-8208-318115459073'
const machine = handClock(1_800_000_000_000)
let app: TestApplication
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
})
afterAll(() => app.close())
const desk = () => ({ db: app.db, machine, random: app.work.random })

test('a session lasts 30 days, ends with sign-out, and only its fingerprint is kept', async () => {
  const token = await openSession(desk(), nia)
  expect(await personOfSession(app.db, machine, token)).toBe(nia)
  expect(await sessionOpenedAt(app.db, token)).toBe(machine.now())
  const rows = await app.db.selectFrom('session').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
  machine.set(machine.now() + 30 * 86_400_000 - 1)
  expect(await personOfSession(app.db, machine, token)).toBe(nia)
  machine.set(machine.now() + 1)
  expect(await personOfSession(app.db, machine, token)).toBeNull()
  const other = await openSession(desk(), nia)
  await closeSession(app.db, other)
  expect(await personOfSession(app.db, machine, other)).toBeNull()
})

test('what is no session is nobody', async () => {
  for (const token of [undefined, '', 'x', 'é'.repeat(50), 'x'.repeat(10_000)])
    expect([await personOfSession(app.db, machine, token), await sessionOpenedAt(app.db, token)]).toEqual([null, null])
})

test('reading a link spends nothing; pressing it spends it, once, even when pressed twice at once', async () => {
  const token = await issueSignInLink(desk(), nia, '/d/12')
  for (let n = 0; n < 3; n++)
    expect(await readSignInLink(app.db, machine, token)).toEqual({ kind: 'ok', value: { personId: nia, next: '/d/12' } })
  const presses = await Promise.all(Array.from({ length: 6 }, () => spendSignInLink(app.db, machine, token)))
  expect(presses.filter((press) => press.kind === 'ok')).toHaveLength(1)
  expect(presses.filter((press) => press.kind === 'fail' && press.error === 'used')).toHaveLength(5)
  expect(await readSignInLink(app.db, machine, token)).toEqual({ kind: 'fail', error: 'used' })
})

test('a link is good for 15 minutes, and an unknown one is told apart', async () => {
  const token = await issueSignInLink(desk(), nia, '/')
  machine.set(machine.now() + 15 * 60_000)
  expect(await spendSignInLink(app.db, machine, token)).toEqual({ kind: 'fail', error: 'expired' })
  expect(await spendSignInLink(app.db, machine, 'unknown')).toEqual({ kind: 'fail', error: 'unknown' })
})

test('what is over is swept away, what is not stays', async () => {
  const token = await openSession(desk(), nia)
  machine.set(machine.now() + 29 * 86_400_000)
  expect(await sweepSessions(app.db, machine)).toBeGreaterThan(0)
  expect(await personOfSession(app.db, machine, token)).toBe(nia)
})

test('a path to go on to is always on this site', () => {
  for (const text of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a\nb',
    '',
    null,
    undefined,
    5,
    '/ü',
  ])
    expect(localPath(text), String(text)).toBe('/')
  for (const text of ['/', '/d/12?x=1', '/you#a']) expect(localPath(text)).toBe(text)
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((s) => `/${s}`),
      ),
      (text) => {
        expect(new URL(localPath(text), 'https://lantern.example').origin).toBe('https://lantern.example')
      },
    ),
  )
})
