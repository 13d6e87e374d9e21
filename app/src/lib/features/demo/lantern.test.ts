import { instant, type Instant } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servers } from '../../../../../test/postgres.ts'
import { handClock, testApplication, type TestApplication } from '../../../../test/application.ts'
import { features, migrations } from '../../assembly.ts'
import { movementClock } from '../../platform/clock.ts'
import type { Feature, Sweep, Work } from '../../platform/feature.ts'
import { refusedDomain } from '../../platform/mail.ts'
import { readMovement } from '../../platform/movement.ts'
import { electorateOf, factsOf, holdersOf, registerAsOf, seatedIn } from '../membership/index.ts'
import { foundLantern, linkPieces, mailbox, personOfRole, travel } from './index.ts'
import { storyBegins } from './lantern/offices.ts'
import { parts } from './lantern/people.ts'

const own = features.filter((feature) => ['demo', 'groups', 'membership'].includes(feature.name))
const machine = handClock(1_800_000_000_000)
let app: TestApplication
let begins: Instant
beforeAll(async () => {
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  app = await testApplication(server, migrations)
  begins = storyBegins(app.work.movement.zone)
  await foundLantern(app.db, machine, own, app.settings)
  // The features that say offices on the record, which gives them their power, are not among these.
  await app.db.updateTable('office').set({ granted_entry: 0 }).execute()
})
afterAll(() => app.close())
const now = () => ({ validAt: begins, knownAt: begins })

describe('Lantern', () => {
  test('is a demonstration of 1,204 people in 14 groups, on an evening in November', async () => {
    expect(await readMovement(app.db)).toMatchObject({ name: 'Lantern', demo: true, zone: 'Europe/London' })
    const people = await registerAsOf(app.db, now())
    expect(people).toHaveLength(1_204)
    expect(new Set(people.map((p) => p.groupId)).size).toBe(14)
    expect((await movementClock(app.db, machine)).now()).toBe(begins)
    expect(new Date(begins).toISOString()).toBe('2026-11-26T19:40:00.000Z')
  })

  test('has every kind of standing that the story needs, and addresses that bounce', async () => {
    const people = await registerAsOf(app.db, now())
    const count = (standing: string): number => people.filter((p) => p.standing === standing).length
    expect(count('active')).toBeGreaterThan(1_080)
    for (const standing of ['lapsed', 'suspended', 'resigned', 'deceased']) expect(count(standing), standing).toBeGreaterThan(0)
    const gone = people.filter((p) => p.email.endsWith(`@${refusedDomain}`)).length
    // Notice is sound when 95% are served: some bounce, far fewer than 5%.
    expect(gone).toBeGreaterThan(3)
    expect(gone).toBeLessThan(40)
    expect(new Set(people.map((p) => p.email)).size).toBe(1_204)
  })

  test('fills its bodies and offices as its rules 3.1 to 3.8 ask', async () => {
    const committee = await seatedIn(app.db, 'committee', begins)
    const panel = await seatedIn(app.db, 'panel', begins)
    expect([committee.filter((s) => s.seat === 'ordinary').length, committee.filter((s) => s.seat === 'groups').length]).toEqual([
      10, 2,
    ])
    expect(panel).toHaveLength(12)
    const women = new Set((await electorateOf(app.db, (f) => f.gender === 'woman', now())).map((f) => f.id))
    expect(committee.filter((s) => s.seat === 'ordinary' && women.has(s.personId)).length).toBeGreaterThanOrEqual(5)
    expect(panel.filter((s) => women.has(s.personId)).length).toBeGreaterThanOrEqual(5)
    const holders = async (office: string): Promise<readonly string[]> =>
      (await holdersOf(app.db, office, begins)).map((held) => held.personId)
    const sizes = { chair: 1, 'returning-officer': 2, registrar: 2, 'panel-clerk': 1, trustee: 3, 'group-secretary': 14 }
    for (const [office, size] of Object.entries(sizes)) expect(await holders(office), office).toHaveLength(size)
    const seated = new Set(committee.map((s) => s.personId))
    const officers = [...(await holders('returning-officer')), ...(await holders('registrar')), ...(await holders('trustee'))]
    expect(officers.filter((id) => seated.has(id))).toEqual([])
    expect(new Set([...(await holders('returning-officer')), ...(await holders('registrar'))]).size).toBe(4)
  })

  test('casts every part with an active member, one click away; no other role exists', async () => {
    for (const part of parts) {
      const id = await personOfRole(app.db, part.key)
      expect((await factsOf(app.db, id ?? '', now()))?.standing, part.key).toBe('active')
    }
    expect(await personOfRole(app.db, 'operator')).toBeNull()
  })

  test('is the same people every time, and is founded once', async () => {
    await foundLantern(app.db, machine, own, app.settings)
    const [server] = servers
    if (server === undefined) throw new Error('no server')
    const again = await testApplication(server, migrations)
    const began = performance.now()
    await Promise.all([1, 2].map(() => foundLantern(again.db, handClock(5), own, again.settings)))
    await again.db.updateTable('office').set({ granted_entry: 0 }).execute()
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(await registerAsOf(again.db, now())).toEqual(await registerAsOf(app.db, now()))
    await again.close()
  })
})

describe('moving the clock', () => {
  type Plan = { readonly name: string; readonly at: number }
  /** A sweep with a plan; doing one thing may plan another. */
  function planned(plan: Plan[], done: string[], then: Readonly<Record<string, Plan>> = {}): Sweep {
    return {
      name: 'planned',
      nextDue: () => Promise.resolve(plan.length === 0 ? null : instant(Math.min(...plan.map((p) => p.at)))),
      run: (work: Work) => {
        const due = plan.filter((p) => p.at <= work.clock.now()).sort((a, b) => a.at - b.at)
        for (const p of due) {
          plan.splice(plan.indexOf(p), 1)
          done.push(`${p.name} at ${work.clock.now() - begins}`)
          const next = then[p.name]
          if (next !== undefined) plan.push(next)
        }
        return Promise.resolve(due.length)
      },
    }
  }
  const work = (): Work => ({ ...app.work, machine })
  const at = (ms: number): Instant => instant(begins + ms)

  test('stops where something falls due, in order, also when that makes something else due on the way', async () => {
    const done: string[] = []
    const moves: number[] = []
    const watcher: Feature = {
      name: 'watcher',
      clockMoved: (_work, _tx, _from, to) => Promise.resolve(void moves.push(to - begins)),
    }
    const plan = [
      { name: 'close', at: begins + 5_000 },
      { name: 'freeze', at: begins + 2_000 },
      { name: 'later', at: begins + 99_000 },
    ]
    const sweep = planned(plan, done, { freeze: { name: 'open', at: begins + 3_000 } })
    expect(await travel(work(), [sweep], [watcher], at(10_000))).toEqual({ kind: 'arrived', at: at(10_000) })
    expect(done).toEqual(['freeze at 2000', 'open at 3000', 'close at 5000'])
    expect(moves).toEqual([2_000, 3_000, 5_000, 10_000])
  })

  test('never goes back, and says where it stands', async () => {
    expect(await travel(work(), [], [], at(9_999))).toEqual({ kind: 'not forward', at: at(10_000) })
  })

  test('stays where something due could not be done, and names it', async () => {
    const broken: Sweep = {
      name: 'broken',
      nextDue: () => Promise.resolve(at(11_000)),
      run: () => Promise.reject(new Error('no')),
    }
    const journey = await travel(work(), [broken], [], at(20_000))
    expect(journey).toEqual({ kind: 'stuck', at: at(11_000), fault: { name: 'broken', fault: 'no' } })
    expect((await movementClock(app.db, machine)).now()).toBe(at(11_000))
  })

  test('a move that a feature refuses to note is not made', async () => {
    const refusing: Feature = { name: 'refusing', clockMoved: () => Promise.reject(new Error('the record is full')) }
    await expect(travel(work(), [], [refusing], at(30_000))).rejects.toThrow('the record is full')
    expect((await movementClock(app.db, machine)).now()).toBe(at(11_000))
  })
})

describe('the mailbox', () => {
  test('finds mail by part of an address, where % and _ stand for themselves', async () => {
    const row = (n: number, address: string) => ({
      id: `00000000-0000-7000-8000-00000000000${n}`,
      message_id: `<${n}@x>`,
      address,
      subject: 's',
      body_text: 't',
      body_html: '',
      links: '[]',
      received_at: instant(n),
    })
    await app.db
      .insertInto('demo_mail')
      .values([row(1, 'a_b@x.example'), row(2, 'acb@x.example')])
      .execute()
    expect((await mailbox(app.db, 'a_b')).lines.map((line) => line.address)).toEqual(['a_b@x.example'])
    expect((await mailbox(app.db, '%')).total).toBe(0)
    expect((await mailbox(app.db, '')).lines.map((line) => line.address)).toEqual(['acb@x.example', 'a_b@x.example'])
  })

  test('links to ourselves become paths, others stay what they are', () => {
    const pieces = linkPieces('See http://l.test/vote/1#a.b and http://l.test.evil.example/x end', 'http://l.test')
    expect(pieces.map((piece) => piece.href)).toEqual([null, '/vote/1#a.b', null, 'http://l.test.evil.example/x', null])
    expect(pieces.map((piece) => piece.text).join('')).toContain('http://l.test/vote/1#a.b and')
  })
})
