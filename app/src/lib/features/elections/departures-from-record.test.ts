import { assert, instant } from '@quorate/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servers } from '../../../../../test/postgres.ts'
import { testApplication, type TestApplication } from '../../../../test/application.ts'
import { migrations } from '../../assembly.ts'
import { append, type Draft } from '#lib/features/record/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { departuresFrom } from './encrypted-sum.ts'

let app: TestApplication
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
})
afterAll(() => app.close())

const voter = 'ab'.repeat(16)
const settled = (decision: number, outcome: 'stays' | 'left' | 'late'): Draft => ({
  type: 'act',
  decision,
  body: {
    act: { decision, by: 'rule', as: 'rule', occurredAt: 0, recordedAt: 0, kind: 'settle-roll', voter },
    facts: [],
    deemed: [],
    events: [
      {
        id: `${String(decision)}/1`,
        decision,
        edition: 1,
        clause: '4.2@1',
        stage: 'ballot',
        by: 'rule',
        deemed: false,
        occurredAt: 0,
        recordedAt: 0,
        kind: 'roll-settled',
        voter,
        outcome,
      },
    ],
  } as never, // the record's schema checks it when it is appended
})
const closed = (decision: number): Draft => ({
  type: 'box-closed',
  decision,
  body: { ballots: 2, counted: 1, weight: 1, tally: JSON.stringify([[{ alpha: 'ab'.repeat(32), beta: 'cd'.repeat(32) }]]) },
})

test('who left a box is read from the record of its own decision, up to the entry that published the sum', async () => {
  const drafts = [settled(1, 'stays'), settled(2, 'left'), settled(1, 'left'), settled(1, 'late'), closed(1), settled(1, 'left')]
  const placed = await transaction(app.db, (tx) => append(tx, instant(0), drafts))
  assert(placed.kind === 'ok', JSON.stringify(placed))
  expect(await departuresFrom(app.db, 1)).toEqual([{ index: 2, voter }])
  expect(await departuresFrom(app.db, 2)).toEqual([{ index: 1, voter }])
  expect(await departuresFrom(app.db, 3)).toEqual([])
})
