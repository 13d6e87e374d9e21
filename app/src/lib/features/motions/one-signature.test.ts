import { assert, instant } from '@quorate/kernel'
import type { ClauseId, DecisionId } from '@quorate/rulebook'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admitAll, recordStanding } from '#lib/features/membership/index.ts'
import { entries } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { newId } from '#lib/platform/ids.ts'
import { onEveryServer } from '../../../../../test/postgres.ts'
import { startLantern, type Lantern } from '../../../../test/lantern.ts'
import { electorateAsOf, propose, takeStep } from './index.ts'

/** Counts the questions put to the database and the rows it answers with. */
function counting(): {
  readonly plugin: KyselyPlugin
  readonly figures: () => { readonly queries: number; readonly rows: number }
} {
  let [queries, rows] = [0, 0]
  return {
    plugin: {
      transformQuery: ({ node }) => {
        queries++
        return node
      },
      transformResult: ({ result }) => {
        rows += result.rows.length
        return Promise.resolve(result)
      },
    },
    figures: () => ({ queries, rows }),
  }
}

onEveryServer('a signature', (server) => {
  let lantern: Lantern
  let decision: DecisionId
  beforeAll(async () => {
    lantern = await startLantern(server, { worker: false })
    const source = (await rulebookInForce(lantern.platform.db)).clauses.get('4.2' as ClauseId)?.source ?? ''
    const filed = await propose(await lantern.work(), await lantern.role('member'), {
      title: 'Three weeks’ notice',
      reasons: 'Two are too short.',
      changes: [{ clause: '4.2' as ClauseId, after: source.replace('14 clear days', '21 clear days') }],
    })
    assert(filed.kind === 'ok', 'a member may propose')
    decision = filed.value.decision
  }, 120_000)
  afterAll(() => lantern.close())

  const members = async (): Promise<readonly string[]> => {
    const { db, clock } = await lantern.work()
    const now = clock.now()
    const people = await electorateAsOf(db, await rulebookInForce(db), 'members', { validAt: now, knownAt: now })
    // Offices and seats are rows too: people without any cost alike.
    return people.filter(({ offices, bodies }) => offices.length + bodies.length === 0).map(({ id }) => id)
  }
  const sign = async (person: string) => {
    const work = await lantern.work()
    const { plugin, figures } = counting()
    const signed = await takeStep({ ...work, db: work.db.withPlugin(plugin) }, person, decision, { kind: 'sign' })
    assert(signed.kind === 'ok', 'a member may sign')
    return { ...figures(), events: signed.value.events.map(({ kind }) => kind) }
  }
  const factsOfLast = async (): Promise<readonly { readonly name: string; readonly value: unknown }[]> => {
    const last = (await entries(lantern.platform.db, { decision, type: 'act' })).at(-1)
    return (last?.entry.body as { readonly facts: readonly { readonly name: string; readonly value: unknown }[] }).facts
  }
  let added = 0
  const grow = async (by: number): Promise<void> => {
    const { db, movement, random } = await lantern.work()
    const [group] = await db.selectFrom('person').select('group_id').limit(1).execute()
    const people = Array.from({ length: by }, (_, n) => ({
      id: newId(movement.foundedAt, random),
      membershipNumber: 500_000 + added + n,
      givenName: 'Nia',
      familyName: 'Morgan',
      email: `many${String(added + n)}@members.example`,
      bornOn: '1990-01-01' as never,
      joinedOn: '2024-01-01' as never,
      gender: null,
      class: 'member' as const,
      groupId: group?.group_id ?? '',
      locale: 'en' as const,
      standing: [{ at: movement.foundedAt, standing: 'active' as const, cause: 'admitted' }],
    }))
    await transaction(db, (tx) => admitAll(tx, people))
    added += by
  }

  test('costs the same number of questions and rows whatever the size of the register, at the threshold too', async () => {
    const all = await members()
    const first = await sign(all[1] ?? '')
    expect(await factsOfLast()).toMatchObject([{ name: 'eligible' }])
    await grow(2_000)
    expect((await members()).length).toBe(all.length + 2_000)
    expect(await sign(all[2] ?? '')).toEqual(first)
    expect(first.rows).toBeLessThan(40)

    for (const person of all.slice(3, 59)) await sign(person)
    // Two of those who signed have left: 60 signatures are then no 60 members.
    const { db, clock } = await lantern.work()
    for (const personId of all.slice(1, 3))
      await recordStanding(db, {
        personId,
        validAt: instant(clock.now() - 1),
        knownAt: instant(clock.now() - 1),
        standing: 'resigned',
        cause: 'resigned',
      })
    const before = await sign(all[59] ?? '')
    expect(before.events).toEqual(['signed'])
    const near = await sign(all[60] ?? '')
    expect(near.events).toEqual(['signed'])
    expect(await factsOfLast()).toMatchObject([{ name: 'eligible' }, { name: 'signers', value: 57 }])
    await grow(4_000)
    const next = await sign(all[61] ?? '')
    // One signer more is read, and nobody else: 4,000 more on the register change nothing.
    expect(next).toMatchObject({ queries: near.queries, rows: near.rows + 2 })
    expect(next.rows).toBeLessThan(200)
  }, 120_000)
})
