import { instant } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEveryServer } from '../../../../test/postgres.ts'
import { handClock, testApplication, type TestApplication } from '../../../test/application.ts'
import { migrations } from '../assembly.ts'
import { aheadOf, machineClock, moveDemoClock, movementClock, startDemoClock } from './clock.ts'
import { openDatabase, openPool, transaction } from './database.ts'

describe('the clock contract', () => {
  const clocks = {
    'machine clock': machineClock(),
    'machine clock set back by the system': machineClock(
      (
        (readings) => () =>
          readings.shift() ?? 0
      )([1_000, 900, 950.7, 2_000]),
    ),
    'clock ahead of another': aheadOf(machineClock(), 86_400_000),
  }
  for (const [name, clock] of Object.entries(clocks))
    test(`${name}: instants are whole milliseconds and never step back`, () => {
      const readings = Array.from({ length: 5 }, () => clock.now())
      expect(readings.every(Number.isSafeInteger)).toBe(true)
      expect([...readings].sort((a, b) => a - b)).toEqual(readings)
    })
})

onEveryServer('the demonstration clock', (server) => {
  let app: TestApplication
  beforeAll(async () => {
    app = await testApplication(server, migrations)
  })
  afterAll(() => app.close())

  test('without its row the movement runs on the machine’s clock, and nothing can move it', async () => {
    const machine = handClock(5_000)
    expect((await movementClock(app.db, machine)).now()).toBe(5_000)
    const moved = await transaction(app.db, (tx) => moveDemoClock(tx, machine, instant(9_000)))
    expect(moved).toEqual({ kind: 'not a demonstration' })
  })

  test('shows what it was started with, runs on, and only ever moves forward', async () => {
    const machine = handClock(1_000_000)
    await transaction(app.db, (tx) => startDemoClock(tx, machine, instant(500_000)))
    machine.set(1_000_100)
    expect((await movementClock(app.db, machine)).now()).toBe(500_100)
    const forward = await transaction(app.db, (tx) => moveDemoClock(tx, machine, instant(900_000)))
    expect(forward).toEqual({ kind: 'moved', from: 500_100, to: 900_000 })
    const back = await transaction(app.db, (tx) => moveDemoClock(tx, machine, instant(899_999)))
    expect(back).toEqual({ kind: 'not forward', now: 900_000 })
    expect((await movementClock(app.db, machine)).now()).toBe(900_000)
  })

  test('is one source for all processes, and of rivals the latest instant stands', async () => {
    const machine = handClock(2_000_000)
    const others = Array.from({ length: 4 }, () => openDatabase(openPool(app.url, { sizeMax: 2 })))
    const targets = [10_000_000, 40_000_000, 20_000_000, 30_000_000].map(instant)
    await Promise.all(others.map((db, i) => transaction(db, (tx) => moveDemoClock(tx, machine, targets[i] ?? instant(0)))))
    const shown = await Promise.all(others.map(async (db) => (await movementClock(db, machine)).now()))
    expect(shown).toEqual([40_000_000, 40_000_000, 40_000_000, 40_000_000])
    await Promise.all(others.map((db) => db.destroy()))
  })
})
