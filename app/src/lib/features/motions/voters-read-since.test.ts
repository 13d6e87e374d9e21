import type { DecisionId, DecisionState } from '@quorate/rulebook'
import { instant } from '@quorate/kernel'
import { countedOnly, nobody, peopleChanged, peopleIn } from '@quorate/rulebook'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { servers } from '../../../../../test/postgres.ts'
import { testApplication, type TestApplication } from '../../../../test/application.ts'
import { migrations } from '../../assembly.ts'
import { transaction } from '#lib/platform/database.ts'

type Store = typeof import('./decision-store.ts')
let app: TestApplication
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
})
afterAll(() => app.close())

/** A server process of its own: what it remembers is not what the other does. */
async function process(): Promise<Store> {
  vi.resetModules()
  return import('./decision-store.ts')
}

const pseudonym = (n: number): string => n.toString(16).padStart(32, '0')
const people = (...numbers: readonly number[]) => peopleIn(numbers.map(pseudonym))
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** A decision of whom these have voted. The store looks at nothing else of a state. */
const decided = (id: number, voters: ReturnType<typeof people>): DecisionState =>
  ({ id, power: 'test', document: null, ended: null, stages: { vote: { box: { voters } } } }) as unknown as DecisionState

async function save(store: Store, before: DecisionState | null, state: DecisionState): Promise<void> {
  await transaction(app.db, (tx) => store.saveDecision(tx, before, { state, nextAt: null, title: 'Test', now: instant(0) }))
}

/** Who has voted, as a process finds it. */
async function votersOf(store: Store, id: number) {
  const own = (await store.stateOf(app.db, id))?.decisions[id as DecisionId]
  return own?.stages['vote']?.box.voters ?? nobody
}
const expectSame = (found: ReturnType<typeof people>, wanted: ReturnType<typeof people>): void => {
  expect(found.size).toBe(wanted.size)
  expect(peopleChanged(found, wanted)).toEqual({ joined: [], left: [] })
}

test('two processes that write in turn each know every voter, whoever joined, left or came back', async () => {
  const [one, two] = [await process(), await process()]
  const steps = [
    people(...range(0, 40)),
    people(...range(0, 60)),
    people(...range(0, 61)),
    // One leaves and one joins: as many as before, and not the same.
    people(...range(1, 62)),
    // One comes back, another leaves.
    people(0, ...range(2, 62)),
    people(0, ...range(2, 62), 70, 71),
    people(70, 71),
    people(),
    people(5),
  ]
  let before: DecisionState | null = null
  for (const [i, voters] of steps.entries()) {
    const [writer, reader] = i % 2 === 0 ? [one, two] : [two, one]
    const state = decided(1, voters)
    await save(writer, before, state)
    expectSame(await votersOf(reader, 1), voters)
    expectSame(await votersOf(writer, 1), voters)
    before = state
  }
})

test('a process that remembers a state reads only who has come since', async () => {
  const [writer, reader] = [await process(), await process()]
  const first = decided(2, people(...range(0, 5)))
  await save(writer, null, first)
  await votersOf(reader, 2)
  // Were they all read again, this damage would show.
  await app.db
    .updateTable('decision_voter')
    .set({ voter: pseudonym(99) })
    .where('voter', '=', pseudonym(0))
    .where('decision', '=', 2)
    .execute()
  const second = decided(2, people(...range(0, 7)))
  await save(writer, first, second)
  expectSame(await votersOf(reader, 2), people(...range(0, 7)))
  expectSame(await votersOf(await process(), 2), people(99, ...range(1, 7)))
})

test('an outline has the numbers and not the people, and is that of the state that stands', async () => {
  const [writer, reader] = [await process(), await process()]
  const first = decided(3, people(1, 2, 3))
  await save(writer, null, first)
  expect((await reader.outlineOf(app.db, 3))?.stages['vote']?.box.voters).toEqual(countedOnly(people(1, 2, 3)))
  await save(writer, first, decided(3, people(1, 2, 3, 4)))
  expect((await reader.outlineOf(app.db, 3))?.stages['vote']?.box.voters).toEqual(countedOnly(people(1, 2, 3, 4)))
  expect(await reader.outlineOf(app.db, 4)).toBeNull()
})
