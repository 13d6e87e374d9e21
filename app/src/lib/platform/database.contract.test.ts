import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEveryServer } from '../../../../test/postgres.ts'
import { testApplication, type TestApplication } from '../../../test/application.ts'
import { migrations } from '../assembly.ts'
import { isDuplicate, sqlState, transaction, type Db } from './database.ts'

onEveryServer('the database port', (server) => {
  let app: TestApplication
  let db: Db
  beforeAll(async () => {
    app = await testApplication(server, migrations)
    db = app.db
    await sql`create table tally (id integer primary key, n bigint not null)`.execute(db)
  })
  afterAll(() => app.close())

  const total = async (id: number): Promise<number> =>
    (await sql<{ n: number }>`select n from tally where id = ${id}`.execute(db)).rows[0]?.n ?? -1

  test('counts and int8 columns are numbers, dates are texts of the civil day', async () => {
    const { rows } = await sql<{ c: unknown; b: unknown; d: unknown }>`
      select count(*) as c, 9007199254740991::bigint as b, date '2026-03-29' as d`.execute(db)
    expect(rows[0]).toEqual({ c: 1, b: 9007199254740991, d: '2026-03-29' })
  })

  test('an int8 beyond safe integers stops instead of being rounded', async () => {
    await expect(sql`select 9007199254740993::bigint as b`.execute(db)).rejects.toThrow('safe integer')
  })

  test('a throw rolls back, a return commits, and a transaction inside a transaction is the same one', async () => {
    const broken = transaction(db, async (tx) => {
      await sql`insert into tally values (1, 1)`.execute(tx)
      throw new Error('changed my mind')
    })
    await expect(broken).rejects.toThrow('changed my mind')
    expect(await total(1)).toBe(-1)
    const outer = transaction(db, async (tx) => {
      await transaction(tx, (inner) => sql`insert into tally values (1, 1)`.execute(inner))
      expect(await total(1)).toBe(-1)
      throw new Error('and again')
    })
    await expect(outer).rejects.toThrow('and again')
    expect(await total(1)).toBe(-1)
  })

  const addOne = (id: number, attemptsMax: number): Promise<unknown> =>
    transaction(
      db,
      async (tx) => {
        const { rows } = await sql<{ n: number }>`select n from tally where id = ${id}`.execute(tx)
        return sql`update tally set n = ${(rows[0]?.n ?? 0) + 1} where id = ${id}`.execute(tx)
      },
      { isolation: 'serializable', attemptsMax },
    )

  test('rivals that the database sends back (40001) start again, and nothing is lost', async () => {
    await sql`insert into tally values (2, 0)`.execute(db)
    await Promise.all(Array.from({ length: 10 }, () => addOne(2, 100)))
    expect(await total(2)).toBe(10)
  })

  test('control: without starting again, some of the rivals fail', async () => {
    await sql`insert into tally values (3, 0)`.execute(db)
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => addOne(3, 1)))
    const failed = done.filter((d) => d.status === 'rejected')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.every((d) => sqlState(d.reason) === '40001')).toBe(true)
    expect(await total(3)).toBe(10 - failed.length)
  })

  test('two transactions that lock in opposite order both end (40P01)', async () => {
    await sql`insert into tally values (4, 0), (5, 0)`.execute(db)
    const touch = (first: number, second: number): Promise<unknown> =>
      transaction(db, async (tx) => {
        await sql`update tally set n = n + 1 where id = ${first}`.execute(tx)
        await sql`select pg_sleep(0.1)`.execute(tx)
        await sql`update tally set n = n + 1 where id = ${second}`.execute(tx)
      })
    await Promise.all([touch(4, 5), touch(5, 4)])
    expect([await total(4), await total(5)]).toEqual([2, 2])
  })

  test('a second row under one key is known as a duplicate, and nothing else is', async () => {
    await sql`insert into tally values (6, 0)`.execute(db)
    const duplicate: unknown = await sql`insert into tally values (6, 0)`.execute(db).catch((error: unknown) => error)
    const other: unknown = await sql`select no_such_column`.execute(db).catch((error: unknown) => error)
    expect([isDuplicate(duplicate), isDuplicate(other), isDuplicate(new Error('x'))]).toEqual([true, false, false])
  })
})
