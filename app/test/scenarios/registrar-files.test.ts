import { codesFile, registrarKeyOf, sha256Hex } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electionOfDecision } from '#lib/features/elections/index.ts'
import { entries } from '#lib/features/record/index.ts'
import { servers } from '../../../test/postgres.ts'
import { parseAddressList } from '../../registrar/src/address-list.ts'
import { ballotOf, issue, newKeeping, publicFile, publicKeyOf } from '../../registrar/src/keeping.ts'
import { parseRegistrarTask, type RegistrarTask } from '../../registrar/src/task.ts'
import * as desk from '../../src/routes/desk/registrar/files/+page.server.ts'
import * as file from '../../src/routes/desk/registrar/files/[number]/+server.ts'
import { action, answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision } from '../on-the-way.ts'

const [server] = servers
const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
const keeping = newKeeping(random)

// The desk's side of a registrar who works with a program on a disk: real routes, a real database, and the program's own code.
describe.skipIf(server === undefined)('a registrar’s files at the desk', () => {
  let lantern: Lantern
  let decision: number
  let task: RegistrarTask

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true, registrarKey: publicKeyOf(keeping) })
    decision = await frozenDecision(lantern)
  }, 240_000)
  afterAll(() => lantern.close())

  const get = (role: string | null) => answerTo(lantern, file.GET, { role, params: { number: String(decision) } })
  const handIn = (role: string | null, text: string, to = String(decision)) => {
    const form = new FormData()
    form.set('decision', to)
    form.set('codes', new File([text], 'keys.json', { type: 'application/json' }))
    return answerTo(lantern, action(desk), { role, form })
  }
  const issuedAt = async () => (await electionOfDecision(lantern.platform.db, decision))?.issued_at

  test('the roll is for registrars alone, opens every leaf, and has nobody’s name or address in it', async () => {
    for (const role of ['member', 'chair']) expect((await get(role)).status, role).toBe(403)
    expect(await get(null)).toMatchObject({ status: 303 })
    const given = await get('registrar')
    const read = parseRegistrarTask(given.said)
    assert(read.kind === 'ok', 'it is a task')
    task = read.value
    expect(task).toMatchObject({ state: 'to-issue', registrar: publicKeyOf(keeping), used: null })
    const { db } = lantern.platform
    const people = await db.selectFrom('person').select(['email', 'family_name']).execute()
    for (const { email, family_name: name } of people.slice(0, 300))
      for (const told of [email, `"${name}"`]) expect(given.said.includes(told), told).toBe(false)
    // No name and no address went out, so the record says of none that it did.
    expect(await entries(db, { decision, type: 'export' })).toEqual([])
    expect(await answerTo(lantern, load(desk), { role: 'registrar' })).toMatchObject({ status: 200 })
  }, 60_000)

  test('public keys are taken of the registrar whose key the server was given, once, and the same again change nothing', async () => {
    const list = parseAddressList(task.lines.map(({ member }) => `${String(member)},M,a@mail.example`).join('\n'))
    assert(list.kind === 'ok', 'a list of everybody')
    const [made, other] = [issue(keeping, task, list.value, random), issue(keeping, task, list.value, random)]
    const kept = made.kind === 'ok' ? ballotOf(made.value, task.uuid) : null
    const others = other.kind === 'ok' ? ballotOf(other.value, task.uuid) : null
    assert(kept !== null && others !== null, 'codes are made')
    const { uuid, roll, binds } = kept
    const thief = new Uint8Array(32).fill(9)
    expect(registrarKeyOf(thief)).not.toBe('')
    const cases = [
      [422, 'Choose the file', ''],
      [409, 'not a file of public keys', 'hello'],
      [409, 'damaged', publicFile(keeping, kept).replace(uuid, 'AnotherMotion12')],
      [409, 'Another registrar wrote', codesFile({ uuid, roll, binds }, thief)],
      [409, 'for another roll', publicFile(keeping, { ...kept, uuid: 'AnotherMotion12' })],
      [409, 'not in order', publicFile(keeping, { ...kept, roll: '[]x' })],
      [
        409,
        'There are not as many',
        publicFile(keeping, { ...kept, roll: JSON.stringify((JSON.parse(roll) as readonly string[]).slice(1)) }),
      ],
      [409, 'does not fit the first', publicFile(keeping, { ...kept, binds: '[]' })],
    ] as const
    for (const [status, says, text] of cases) {
      const answered = await handIn('registrar', text)
      expect(answered.status, `${says}: ${answered.said}`).toBe(status)
      expect(answered.said).toContain(says)
    }
    expect(await handIn('member', publicFile(keeping, kept))).toMatchObject({ status: 403 })
    expect(await handIn('registrar', publicFile(keeping, kept), '2147483647')).toMatchObject({ status: 409 })
    expect(await issuedAt()).toBeNull()
    const taken = { said: `${kept.members.length.toLocaleString('en-GB')} public keys have been taken.` }
    expect(await handIn('registrar', publicFile(keeping, kept))).toMatchObject({ status: 200, data: taken })
    expect(await handIn('registrar', publicFile(keeping, kept))).toMatchObject({ status: 200, data: taken })
    const again = await handIn('registrar', publicFile(keeping, others))
    expect(again.said).toContain('Other codes were made')
    const row = await electionOfDecision(lantern.platform.db, decision)
    expect([row?.credentials, row?.bind]).toEqual([sha256Hex(roll), sha256Hex(binds)])
    expect(parseRegistrarTask((await get('registrar')).said)).toMatchObject({ value: { state: 'issued', lines: [] } })
  }, 60_000)
})
