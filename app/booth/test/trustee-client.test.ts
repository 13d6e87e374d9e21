import {
  openVotesMark,
  parseTrusteeKeyFile,
  privacyFloorDefault,
  sha256Hex,
  type TrusteeKey,
  trusteeKeyFile,
  trusteesPhrase,
  voterPseudonymOf,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { castVote } from '../src/headless.ts'
import { sitAsTrustee, type Trustee } from '../src/trustee-client.ts'
import { parseBox, parseCeremony } from '../src/trustee-protocol.ts'
import { trusteeCatalogues } from '../src/trustee-messages.ts'
import type { OpenRefusal, OpenStage, Table, TrusteeFailure } from '../src/trustee-state.ts'
import { FakeServer } from './fake-server.ts'
import { openServer, testWorld } from './world.ts'

const sit = (server: FakeServer, index: number): Trustee =>
  sitAsTrustee(testWorld(server, server.trusteeCookie(index)), server.uuid)

const table = async (looked: ReturnType<Trustee['look']>): Promise<Table> => {
  const got = await looked
  assert(got.kind === 'ok', got.kind === 'fail' ? JSON.stringify(got.error) : '')
  return got.value
}
const fault = async (
  of: Promise<{ readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'fail'; readonly error: TrusteeFailure }>,
) => {
  const got = await of
  assert(got.kind === 'fail', 'it fails')
  return got.error
}

const vote = async (server: FakeServer, member: number, choice: number): Promise<void> => {
  const cast = await castVote({ ...testWorld(server), fetch: server.fetch, link: server.link(member), choose: () => choice })
  assert(cast.kind === 'ok', 'casts')
}

describe('three trustees make a key, each on their own device', () => {
  test('three steps that wait for each other, ending in the same twelve words', async () => {
    const server = new FakeServer()
    const [ama, rhys, jo] = [1, 2, 3].map((i) => sit(server, i))
    assert(ama !== undefined && rhys !== undefined && jo !== undefined, 'three sit')
    expect(await table(ama.look())).toMatchObject({ stage: 'start', you: 1, size: 3, threshold: 2, keyHere: false })
    expect(await table(ama.make())).toMatchObject({ stage: 'making', step: 1, awaiting: ['Rhys Parry', 'Jo Lindqvist'] })
    await table(rhys.look())
    expect(await table(rhys.make())).toMatchObject({ stage: 'making', step: 1, awaiting: ['Jo Lindqvist'] })
    await table(jo.look())
    expect(await table(jo.make())).toMatchObject({ stage: 'making', step: 2, awaiting: ['Ama Boateng', 'Rhys Parry'] })
    expect(await table(ama.look())).toMatchObject({ step: 2, awaiting: ['Rhys Parry'] })
    // Rhys finishes step 2, and so can go on to step 3 at once.
    expect(await table(rhys.look())).toMatchObject({ step: 3 })
    await table(jo.look())
    const last = await table(ama.look())
    expect(last).toMatchObject({ stage: 'ready', keyHere: true })
    for (const trustee of [rhys, jo]) expect((await table(trustee.look())).phrase).toEqual(last.phrase)
    expect(last.phrase).toEqual(trusteesPhrase(server.trusteesFile ?? ''))
    expect(last.phrase?.length).toBe(12)
    // Every key file has its share and names the file it belongs to.
    for (const trustee of [ama, rhys, jo]) {
      const key = parseTrusteeKeyFile(trustee.keyFile() ?? '')
      expect(key).toMatchObject({ value: { share: { trusteesHash: sha256Hex(server.trusteesFile ?? '') } } })
    }
  })

  test('a key file saved at the first step is enough to go on on another device', async () => {
    const server = new FakeServer()
    const first = sit(server, 1)
    await table(first.look())
    await table(first.make())
    const saved = first.keyFile()
    const others = [2, 3].map((i) => sit(server, i))
    for (const other of others) {
      await table(other.look())
      await table(other.make())
    }
    const again = sit(server, 1)
    expect(await table(again.look())).toMatchObject({ stage: 'lost-key', keyHere: false })
    expect(again.load(saved ?? '')).toBeNull()
    expect(await table(again.look())).toMatchObject({ stage: 'making' })
    for (let round = 0; round < 2; round++) for (const trustee of [...others, again]) await table(trustee.look())
    expect((await table(again.look())).stage).toBe('ready')
  })

  test('keys that do not fit are named: another ballot, another place, another key, no key at all', async () => {
    const { server, keys } = openServer()
    const [mine, theirs] = keys
    assert(mine !== undefined && theirs !== undefined, 'keys')
    const me = sit(server, 1)
    await table(me.look())
    expect(me.load('hello')).toBe('broken')
    expect(me.load(trusteeKeyFile(mine).replace('"seed":"', '"seed":"0'))).toBe('broken')
    expect(me.load(trusteeKeyFile(theirs))).toBe('unfit')
    expect(me.load(trusteeKeyFile({ ...mine, seed: '00'.repeat(32) }))).toBe('unfit')
    expect(me.load(trusteeKeyFile({ ...mine, context: { ...mine.context, uuid: 'AnotherMotion12' } }))).toBe('other ballot')
    expect(mine.share).not.toBeNull()
    if (mine.share !== null)
      expect(me.load(trusteeKeyFile({ ...mine, share: { ...mine.share, secret: mine.share.secret + 1n } }))).toBe('unfit')
    expect(me.load(trusteeKeyFile(mine))).toBeNull()
  })

  test('a server that swaps a certificate, a file, or shows two views is found out', async () => {
    const server = new FakeServer()
    const trustees = [1, 2, 3].map((i) => sit(server, i))
    const [ama, rhys] = trustees
    assert(ama !== undefined && rhys !== undefined, 'three sit')
    for (const trustee of trustees) {
      await table(trustee.look())
      await table(trustee.make())
    }
    const stranger = new FakeServer()
    const impostor = sitAsTrustee(
      { ...testWorld(stranger, stranger.trusteeCookie(2)), random: (n) => new Uint8Array(n).fill(5) },
      stranger.uuid,
    )
    await table(impostor.look())
    await table(impostor.make())
    const swap = server.steps.find((s) => s.step === 1 && s.index === 2)
    assert(swap !== undefined, 'posted')
    const honest = swap.message
    swap.message = stranger.steps[0]?.message ?? ''
    expect(await fault(rhys.look())).toEqual({ kind: 'bad-message', name: 'Rhys Parry', what: 'own message replaced' })
    swap.message = honest.replace('"challenge":"', '"challenge":"1')
    expect(await fault(ama.look())).toMatchObject({ kind: 'bad-message', name: 'Rhys Parry', what: 'signature fails' })
    swap.message = honest
    for (let round = 0; round < 3; round++) for (const trustee of trustees) await table(trustee.look())
    // A file that the messages do not give.
    const late = sit(server, 3)
    await table(late.look())
    const file = server.trusteesFile ?? ''
    server.trusteesFile = file.replace('"threshold":2', '"threshold":1')
    const saved = parseTrusteeKeyFile(trustees[2]?.keyFile() ?? '')
    assert(saved.kind === 'ok', 'a key')
    expect(late.load(trusteeKeyFile({ ...saved.value, share: null }))).toBeNull()
    expect(await fault(late.look())).toEqual({ kind: 'phrase' })
  })

  test('two devices of one trustee: one key counts, and the other device keeps none', async () => {
    const server = new FakeServer()
    const [one, two] = [sit(server, 1), sit(server, 1)]
    await table(one.look())
    await table(two.look())
    await table(one.make())
    expect(await table(two.make())).toMatchObject({ stage: 'lost-key' })
    expect(two.keyFile()).toBeNull()
    // Both press in the same second: the server takes one.
    const [three, four] = [sit(server, 2), sit(server, 2)]
    const raced = await Promise.all([three.make(), four.make()])
    expect(raced.map(({ kind }) => kind).sort()).toEqual(['fail', 'ok'])
    expect([three.keyFile(), four.keyFile()].filter((file) => file === null).length).toBe(1)
  })

  test('people who are no trustees are told so', async () => {
    const { server } = openServer()
    expect(await fault(sitAsTrustee(testWorld(server), server.uuid).look())).toMatchObject({ problem: { code: 'not-a-trustee' } })
  })
})

describe('the box is opened only after everything was done over again (BALLOTS §3.6)', () => {
  let keys: readonly TrusteeKey[]
  let master: FakeServer
  beforeAll(async () => {
    const made = openServer({ members: 7 })
    keys = made.keys
    master = made.server
    for (let i = 0; i < 7; i++) await vote(master, i, i < 4 ? 0 : 1)
    // One votes again: eight ballots, seven votes.
    await vote(master, 0, 1)
    master.state = 'closed'
  })

  const ready = async (index: number, floor?: number): Promise<Trustee> => {
    const world = testWorld(master, master.trusteeCookie(index))
    const trustee = sitAsTrustee(world, master.uuid, floor === undefined ? {} : { floor })
    await table(trustee.look())
    const key = keys[index - 1]
    assert(key !== undefined && trustee.load(trusteeKeyFile(key)) === null, 'the key fits')
    return trustee
  }
  const refusal = async (
    tamper: (box: Record<string, unknown>) => Record<string, unknown>,
    floor?: number,
  ): Promise<OpenRefusal> => {
    const posts = master.log.filter((line) => line.includes('/openings')).length
    master.tamper = (path, body) => (path === '/box' ? tamper(body) : body)
    const failed = await fault((await ready(1, floor)).open())
    master.tamper = (_, body) => body
    assert(failed.kind === 'will-not-open', JSON.stringify(failed))
    // Nothing was sent.
    expect(master.log.filter((line) => line.includes('/openings')).length).toBe(posts)
    return failed.why
  }
  type Line = { readonly text: string; readonly statement: unknown }
  const lines = (box: Record<string, unknown>): Line[] => [...(box['ballots'] as Line[])]

  test('an open box', async () => {
    expect(await refusal((box) => ({ ...box, closed: false }))).toEqual({ kind: 'not-closed' })
  })

  test('a ballot left out: the sum is no longer the published one', async () => {
    expect(await refusal((box) => ({ ...box, ballots: lines(box).slice(1, -1) }))).toEqual({ kind: 'sum' })
  })

  test('a re-vote left out: the published sum is of another set of last ballots', async () => {
    expect(await refusal((box) => ({ ...box, ballots: lines(box).slice(0, -1) }))).toEqual({ kind: 'sum' })
  })

  test('a voter who was found not to belong on the roll, and whose ballot is in the published sum all the same', async () => {
    const leaving = (index: number) => (box: Record<string, unknown>) => {
      const { credential } = JSON.parse(lines(box)[0]?.text ?? '') as { readonly credential: string }
      return { ...box, departures: [{ index, voter: voterPseudonymOf(credential) }] }
    }
    expect(await refusal(leaving(1_000_000))).toEqual({ kind: 'sum' })
    // Whoever was put back on the roll and voted since stays in: then only the floor stands in the way.
    expect(await refusal(leaving(-1), 8)).toEqual({ kind: 'too-few', found: 7, floor: 8 })
  })

  test('a subset with its own honest sum is another sum than the one closed under', async () => {
    const part = new FakeServer({ members: 7 })
    part.setUp(master.trusteesFile ?? '')
    for (let i = 0; i < 5; i++) await vote(part, i, 0)
    part.state = 'closed'
    const session = testWorld(part)
    const whole = parseBox(await (await session.fetch(`${part.origin}/api/elections/${part.uuid}/box`)).json())
    assert(whole.kind === 'ok', 'a box')
    // Opened once over all ballots, asked again for a part: refused by the opening that stands on the record.
    const opened = await (await ready(1)).open()
    expect(opened.kind).toBe('ok')
    const earlier = master.openings.find(({ owner }) => owner === 1)
    assert(earlier !== undefined, 'on the record')
    const why = await refusal((box) => ({
      ...box,
      ...whole.value,
      ballots: whole.value.ballots,
      encryptedTally: whole.value.encryptedTally,
      openings: [earlier],
    }))
    expect(why).toEqual({ kind: 'second-sum' })
    master.openings = []
    master.state = 'closed'
  })

  test('a withheld ballot appended after the re-vote is found by its cast statement', async () => {
    const why = await refusal((box) => {
      const [first, ...rest] = lines(box)
      return { ...box, ballots: [...rest, first] }
    })
    expect(why).toMatchObject({ kind: 'ballot', what: 'cast statement: predecessor is not the last' })
  })

  test('a ballot twice, a statement of another ballot, a forged proof: the ballot is named', async () => {
    expect(await refusal((box) => ({ ...box, ballots: [...lines(box), lines(box).at(-1)] }))).toMatchObject({
      kind: 'ballot',
      number: 9,
    })
    expect(
      await refusal((box) => ({
        ...box,
        ballots: lines(box).map((b, i, all) => (i === 2 ? { ...b, statement: all[3]?.statement } : b)),
      })),
    ).toEqual({ kind: 'ballot', number: 3, what: 'cast statement: proof fails' })
    expect(
      await refusal((box) => ({ ...box, ballots: lines(box).map((b, i) => (i === 4 ? { ...b, statement: 'yes' } : b)) })),
    ).toEqual({ kind: 'ballot', number: 5, what: 'cast statement malformed' })
    expect(
      await refusal((box) => ({
        ...box,
        ballots: lines(box).map((b, i) => (i === 1 ? { ...b, text: b.text.replace(/"response":"\d/, '"response":"9') } : b)),
      })),
    ).toMatchObject({ kind: 'ballot', number: 2 })
  })

  test('a sum changed by one ballot, or a false number of ballots', async () => {
    type Sum = { readonly text: string; readonly tallied: number; readonly hash: string }
    expect(await refusal((box) => ({ ...box, encryptedTally: { ...(box['encryptedTally'] as Sum), tallied: 8 } }))).toEqual({
      kind: 'sum',
    })
    expect(await refusal((box) => ({ ...box, encryptedTally: { ...(box['encryptedTally'] as Sum), hash: '00' } }))).toEqual({
      kind: 'sum',
    })
  })

  test('fewer votes than the privacy floor', async () => {
    expect(await refusal((box) => box, 8)).toEqual({ kind: 'too-few', found: 7, floor: 8 })
  })

  test('fewer votes than five, of which the page says what it found', async () => {
    const { server: few } = openServer({ members: 7 })
    for (let i = 0; i < 2; i++) await vote(few, i, 0)
    few.state = 'closed'
    const trustee = sitAsTrustee(testWorld(few, few.trusteeCookie(1)), few.uuid)
    await table(trustee.look())
    expect(keys[0] === undefined ? null : trustee.load(trusteeKeyFile(keys[0]))).toBeNull()
    const why = { kind: 'will-not-open', why: { kind: 'too-few', found: 2, floor: privacyFloorDefault } }
    expect(await fault(trustee.open())).toEqual(why)
    expect(await fault(trustee.shuffle())).toEqual(why)
    expect(trusteeCatalogues.en.tRefuseFew).toContain('{found}')
  })

  test('but however few, down to nobody, where the election says that votes are open', async () => {
    for (const votes of [0, 2]) {
      const { server: few, keys: own } = openServer({ members: 7, description: `Motion 12. ${openVotesMark}` })
      for (let i = 0; i < votes; i++) await vote(few, i, 0)
      few.state = 'closed'
      const trustee = sitAsTrustee(testWorld(few, few.trusteeCookie(1)), few.uuid)
      await table(trustee.look())
      expect(own[0] === undefined ? null : trustee.load(trusteeKeyFile(own[0]))).toBeNull()
      expect(await trustee.open()).toMatchObject({ kind: 'ok', value: { counted: votes, opened: 1 } })
    }
  })

  test('another trustees file, another election, a roll out of order', async () => {
    expect(await refusal((box) => ({ ...box, trustees: '[]' }))).toEqual({ kind: 'trustees' })
    expect(
      await refusal((box) => ({ ...box, election: String(box['election']).replace('Lantern1Motion12', 'Lantern1Motion13') })),
    ).toMatchObject({
      kind: 'election',
    })
    expect(await refusal((box) => ({ ...box, credentials: [...(box['credentials'] as string[])].reverse() }))).toEqual({
      kind: 'roll',
    })
  })

  test('two of three open, with progress; the third is told that it is done', async () => {
    const stages: OpenStage[] = []
    const one = await (await ready(1)).open((stage) => stages.push(stage))
    expect(one).toMatchObject({ value: { ballots: 8, counted: 7, opened: 1, needed: 2 } })
    expect(stages.map(({ kind }) => kind)).toEqual(['ballots', 'sum', 'opening', 'sending'])
    expect(stages[0]).toMatchObject({ done: 8, all: 8 })
    const third = await ready(3)
    expect(await table(third.look())).toMatchObject({ stage: 'to-open', openedBy: ['Ama Boateng'] })
    const two = await third.open()
    expect(two).toMatchObject({ value: { opened: 2, needed: 2 } })
    expect(two.kind === 'ok' && one.kind === 'ok' ? two.value.phrase : null).toEqual(one.kind === 'ok' ? one.value.phrase : [])
    expect(await table(third.look())).toMatchObject({ stage: 'opened', counted: true })
    // The same opening once more, as after a lost answer: success, and nothing new on the record.
    expect(await (await ready(1)).open()).toMatchObject({ value: { opened: 2, needed: 2 } })
    expect(master.openings.length).toBe(2)
  })
})

test('ceremony answers are read strictly', () => {
  const good = { group: 'Ed25519', threshold: 2, size: 3, names: ['a', 'b', 'c'], you: null, steps: [], trustees: null }
  expect(parseCeremony(good).kind).toBe('ok')
  expect(parseCeremony({ ...good, names: [1] })).toMatchObject({ error: 'names' })
  expect(parseCeremony({ ...good, steps: [{ step: 4, index: 1, message: '' }] })).toMatchObject({ error: 'steps' })
  expect(parseCeremony({ ...good, opened: ['x'] })).toMatchObject({ error: 'opened' })
  expect(parseCeremony(null)).toMatchObject({ error: 'an object' })
})
