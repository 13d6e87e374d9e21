import { describe, expect, test } from 'vitest'
import { askedTogether } from './asked-together.ts'
import type { Db } from './database.ts'

// Only whether it is a transaction is asked of a database here.
const database = (isTransaction = false): Db => ({ isTransaction }) as unknown as Db

/** A question whose queries wait until they are let go, and what each asked for. */
function heldQuestion() {
  const asked: (readonly string[])[] = []
  const gates: PromiseWithResolvers<null>[] = []
  const question = askedTogether<string, string>(async (_, keys) => {
    asked.push(keys)
    const gate = Promise.withResolvers<null>()
    gates.push(gate)
    await gate.promise
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key} ${String(asked.length)}`]))
  })
  const started = async (n: number): Promise<void> => {
    while (gates.length < n) await new Promise((wake) => setTimeout(wake, 0))
  }
  return { asked, gates, question, started }
}

describe('what is asked at the same time is asked in one query', () => {
  test('a lone question goes at once; what comes meanwhile goes together, after it', async () => {
    const db = database()
    const { asked, gates, question, started } = heldQuestion()
    const first = question(db, 'a')
    await started(1)
    const others = ['b', 'c', 'b', 'nobody'].map((key) => question(db, key))
    await new Promise((wake) => setTimeout(wake, 0))
    expect(asked).toEqual([['a']])
    gates[0]?.resolve(null)
    expect(await first).toBe('a 1')
    await started(2)
    gates[1]?.resolve(null)
    expect(await Promise.all(others)).toEqual(['b 2', 'c 2', 'b 2', undefined])
    expect(asked).toEqual([['a'], ['b', 'c', 'nobody']])
  })

  test('an answer is never older than its question: one that is under way answers nobody who came after it began', async () => {
    const db = database()
    const { asked, gates, question, started } = heldQuestion()
    const before = question(db, 'a')
    await started(1)
    const after = question(db, 'a')
    gates[0]?.resolve(null)
    await before
    await started(2)
    gates[1]?.resolve(null)
    expect(await after).toBe('a 2')
    expect(asked).toEqual([['a'], ['a']])
  })

  test('a query that fails, fails for all it was for and for nobody else', async () => {
    const db = database()
    const { gates, question, started } = heldQuestion()
    const failing = [question(db, 'a'), question(db, 'b')]
    const settled = Promise.allSettled(failing)
    await started(1)
    gates[0]?.reject(new Error('gone'))
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = question(db, 'a')
    await started(2)
    gates[1]?.resolve(null)
    expect(await next).toBe('a 2')
  })

  test('databases do not wait for each other, and in a transaction each asks for itself', async () => {
    const { asked, gates, question, started } = heldQuestion()
    const all = [question(database(), 'a'), question(database(), 'b'), question(database(true), 'c')]
    await started(3)
    for (const gate of gates) gate.resolve(null)
    await Promise.all(all)
    expect(asked.toSorted()).toEqual([['a'], ['b'], ['c']])
  })
})
