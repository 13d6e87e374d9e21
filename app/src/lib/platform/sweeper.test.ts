import { instant, type Instant } from '@quorate/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servers } from '../../../../test/postgres.ts'
import { handClock, testApplication, type TestApplication } from '../../../test/application.ts'
import { migrations } from '../assembly.ts'
import type { Sweep } from './feature.ts'
import { lateMs, lateSweeps, nextDue, startSweeper, SweepNotes, sweepOnce, sweepUntilQuiet } from './sweeper.ts'

let app: TestApplication
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
})
afterAll(() => app.close())

const sweep = (name: string, run: () => number, due: Instant | null = null): Sweep => ({
  name,
  run: () => Promise.resolve(run()),
  nextDue: () => Promise.resolve(due),
})
const broken = sweep('broken', () => {
  throw new Error('the disk is full')
})

test('one sweep that fails does not stop the others, and says why', async () => {
  const done = await sweepOnce([broken, sweep('good', () => 3)], app.work)
  expect(done).toEqual({ moved: 3, faults: [{ name: 'broken', fault: 'the disk is full' }] })
})

test('sweeps go on until nothing moves, since one may make another’s work due', async () => {
  let a = 3
  let b = 0
  const first = sweep('a', () => (b > 0 ? b-- : 0))
  const second = sweep('b', () => (a > 0 ? (a--, b++, 1) : 0))
  expect(await sweepUntilQuiet([first, second], () => Promise.resolve(app.work))).toEqual([])
  expect([a, b]).toEqual([0, 0])
})

test('a sweep that never rests is cut off', async () => {
  let rounds = 0
  await sweepUntilQuiet([sweep('endless', () => ++rounds)], () => Promise.resolve(app.work), 5)
  expect(rounds).toBe(6)
})

test('the next thing due is the earliest of all', async () => {
  expect(await nextDue([sweep('a', () => 0), sweep('b', () => 0, instant(9)), sweep('c', () => 0, instant(5))], app.work)).toBe(5)
  expect(await nextDue([sweep('a', () => 0)], app.work)).toBeNull()
})

test('late is: failing for a minute, or not run for a minute; a good end clears it', async () => {
  const machine = handClock(1_800_000_000_000)
  const notes = new SweepNotes(app.db, machine)
  const fault = { name: 'x', fault: 'no' }
  await notes.note(['x', 'y'], [fault])
  machine.set(machine.now() + lateMs - 1)
  await notes.note(['x', 'y'], [fault])
  expect(await lateSweeps(app.db, machine)).toEqual([])
  machine.set(machine.now() + 1)
  await notes.note(['x', 'y'], [fault])
  expect(await lateSweeps(app.db, machine)).toEqual(['x'])
  await notes.note(['x', 'y'], [])
  expect(await lateSweeps(app.db, machine)).toEqual([])
  machine.set(machine.now() + lateMs + 1)
  expect(await lateSweeps(app.db, machine)).toEqual(['x', 'y'])
})

test('runs by itself, at once when woken, and not after it was stopped', async () => {
  let runs = 0
  const counting = sweep('counting', () => (runs++, 0))
  const sweeper = startSweeper([counting], () => Promise.resolve(app.work), new SweepNotes(app.db, app.work.machine), 60_000)
  await expect.poll(() => runs).toBe(1)
  sweeper.wake()
  await expect.poll(() => runs).toBe(2)
  sweeper.wake()
  await sweeper.stop()
  const then = runs
  await new Promise((done) => setTimeout(done, 50))
  expect(runs).toBe(then)
})
