import { instant, parseCivilDate, assert, type CivilDate } from '@quorate/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEveryServer } from '../../../../../test/postgres.ts'
import { testApplication, type TestApplication } from '../../../../test/application.ts'
import { migrations } from '../../assembly.ts'
import { transaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import {
  admitAll,
  electorateOf,
  factsOf,
  fillOffices,
  fillSeats,
  groupSizes,
  holdersOf,
  initials,
  officesOf,
  personsByEmail,
  personsById,
  recordStanding,
  registerAsOf,
  seatedIn,
  seatsOf,
  standingOf,
} from './index.ts'

const day = (text: string): CivilDate => {
  const date = parseCivilDate(text)
  assert(date.kind === 'ok', 'a day')
  return date.value
}

onEveryServer('the register', (server) => {
  let app: TestApplication
  const ids: string[] = []
  beforeAll(async () => {
    app = await testApplication(server, migrations)
    for (let n = 0; n < 4; n++) ids.push(newId(instant(1_000 + n), app.work.random))
    await transaction(app.db, (tx) =>
      admitAll(
        tx,
        ids.map((id, n) => ({
          id,
          membershipNumber: 10 + n,
          givenName: ['Nia', 'Øyvind', '李', 'Dev'][n] ?? '',
          familyName: 'Morgan',
          email: n < 2 ? 'Shared@Home.example' : `p${n}@members.example`,
          bornOn: day('1996-03-14'),
          joinedOn: day('2024-05-03'),
          gender: null,
          class: n === 3 ? 'supporter' : 'member',
          groupId: ids[0] ?? '',
          locale: 'en',
          standing: [{ at: instant(1_000), standing: 'active', cause: 'admitted' }],
        })),
      ),
    )
  })
  afterAll(() => app.close())
  const standingAt = async (n: number, validAt: number, knownAt: number) =>
    (await factsOf(app.db, ids[n] ?? '', { validAt: instant(validAt), knownAt: instant(knownAt) }))?.standing

  test('what was true then by what was known then: a late suspension and its correction', async () => {
    const say = (validAt: number, knownAt: number, standing: 'suspended' | 'active', cause: string) =>
      recordStanding(app.db, { personId: ids[0] ?? '', validAt: instant(validAt), knownAt: instant(knownAt), standing, cause })
    // On day 30 we learn that the panel suspended from day 20; on day 50 an appeal says that it never was.
    await say(2_000, 3_000, 'suspended', 'panel')
    await say(2_000, 5_000, 'active', 'appeal allowed')
    expect(await standingAt(0, 2_500, 2_500)).toBe('active')
    expect(await standingAt(0, 2_500, 4_000)).toBe('suspended')
    expect(await standingAt(0, 1_500, 4_000)).toBe('active')
    expect(await standingAt(0, 2_500, 5_000)).toBe('active')
    expect(await standingAt(0, 999, 9_000)).toBeNull()
    expect((await standingOf(app.db, ids[0] ?? '')).map((line) => line.cause)).toEqual(['appeal allowed', 'panel', 'admitted'])
  })

  test('an electorate is who satisfies a predicate at two times, in order of membership number', async () => {
    const canVote = await electorateOf(app.db, (f) => f.standing === 'active' && f.class === 'member', {
      validAt: instant(2_500),
      knownAt: instant(4_000),
    })
    expect(canVote.map((f) => f.membershipNumber)).toEqual([11, 12])
    expect(await registerAsOf(app.db, { validAt: instant(0), knownAt: instant(0) })).toHaveLength(4)
    const asOf = { validAt: instant(2_500), knownAt: instant(4_000) }
    expect(await groupSizes(app.db, asOf)).toEqual(new Map([[ids[0], 2]]))
    expect(await groupSizes(app.db, { ...asOf, knownAt: instant(5_000) })).toEqual(new Map([[ids[0], 3]]))
  })

  test('offices and seats are held from an instant, included, to an instant, excluded', async () => {
    const [nia = '', other = ''] = ids
    const term = { id: ids[2] ?? '', person_id: nia, from_at: instant(100), until_at: instant(200) }
    await transaction(app.db, async (tx) => {
      await fillOffices(tx, [{ ...term, office: 'chair', of_group: null }])
      // Nobody holds an office that the record does not know.
      expect(await officesOf(tx, nia, instant(150))).toEqual([])
      await tx.updateTable('office').set({ granted_entry: 0 }).execute()
      await fillSeats(tx, [
        { ...term, body: 'committee', seat: 'ordinary', number: 1 },
        { ...term, id: ids[3] ?? '', person_id: other, body: 'committee', seat: 'ordinary', number: 2, until_at: null },
      ])
    })
    const held = async (at: number) => (await officesOf(app.db, nia, instant(at))).map((office) => office.office)
    expect([await held(99), await held(100), await held(199), await held(200)]).toEqual([[], ['chair'], ['chair'], []])
    expect((await holdersOf(app.db, 'chair', instant(150))).map((h) => h.personId)).toEqual([nia])
    expect(await seatedIn(app.db, 'committee', instant(150))).toHaveLength(2)
    expect(await seatedIn(app.db, 'committee', instant(250))).toHaveLength(1)
    expect((await seatsOf(app.db, other, instant(250))).map((s) => s.number)).toEqual([2])
    const facts = await factsOf(app.db, nia, { validAt: instant(150), knownAt: instant(150) })
    expect([facts?.offices, facts?.bodies]).toEqual([['chair'], ['committee']])
  })

  test('two in a household may share an address; case does not matter', async () => {
    expect((await personsByEmail(app.db, ' SHARED@home.example ')).map((p) => p.givenName)).toEqual(['Nia', 'Øyvind'])
    const found = await personsById(app.db, [...ids, newId(instant(1), app.work.random)])
    expect([...found.values()].map(initials).sort()).toEqual(['DM', 'NM', 'ØM', '李M'].sort())
    expect((await personsById(app.db, [])).size).toBe(0)
  })
})
