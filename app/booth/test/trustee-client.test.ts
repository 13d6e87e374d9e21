import {
  encryptedTally,
  openVotesMark,
  parseTrusteeKeyFile,
  privacyFloorDefault,
  sha256Hex,
  type TrusteeKey,
  trusteeKeyFile,
  trusteesPhrase,
  voterPseudonymOf,
} from '@quorate/ballots'
import { assert, canonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import { verifierKeyText } from '@quorate/record'
import { beforeAll, describe, expect, test } from 'vitest'
import { castVote } from '../src/headless.ts'
import { keepRecord, type RecordFault } from '../src/record-evidence.ts'
import { sitAsTrustee, type Trustee } from '../src/trustee-client.ts'
import { parseCeremony } from '../src/trustee-protocol.ts'
import { trusteeCatalogues } from '../src/trustee-messages.ts'
import type { OpenRefusal, OpenStage, Table, TrusteeFailure } from '../src/trustee-state.ts'
import { signerNamed } from './fake-record.ts'
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

  test('no step is taken towards a key that one trustee, or half of them, could use', async () => {
    for (const [trustees, threshold] of [
      [['Ama Boateng'], 1],
      [['Ama Boateng', 'Rhys Parry', 'Jo Lindqvist'], 1],
      [['Ama Boateng', 'Rhys Parry'], 1],
    ] as const) {
      const server = new FakeServer({ trustees, threshold })
      const me = sit(server, 1)
      const few = { kind: 'too-few-trustees', size: trustees.length, threshold }
      expect(await fault(me.look())).toEqual(few)
      expect(await fault(me.make())).toEqual(few)
      expect(server.steps).toEqual([])
    }
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
    const failed = await fault((await ready(1, floor)).check())
    master.tamper = (_, body) => body
    assert(failed.kind === 'will-not-open', JSON.stringify(failed))
    // Nothing was sent.
    expect(master.log.filter((line) => line.includes('/openings')).length).toBe(posts)
    return failed.why
  }
  /** The same while the log signs another record. */
  async function lying<T>(change: (entries: readonly Json[]) => readonly Json[], act: () => Promise<T>): Promise<T> {
    master.tamperRecord = change
    try {
      return await act()
    } finally {
      master.tamperRecord = (entries) => entries
    }
  }
  const withBody = (entry: Json, change: JsonObject): Json => {
    const { body, ...rest } = entry as JsonObject & { body: JsonObject } // entries of the fake server are objects with a body
    return { ...rest, body: { ...body, ...change } }
  }
  const typeOf = (entry: Json): unknown => (entry as JsonObject)['type'] // an object, as above
  const changed =
    (type: string, change: JsonObject) =>
    (entries: readonly Json[]): readonly Json[] =>
      entries.map((entry) => (typeOf(entry) === type ? withBody(entry, change) : entry))
  /** Puts an entry of this decision before the first of a type. */
  const inserted =
    (before: string, type: string, body: Json) =>
    (entries: readonly Json[]): readonly Json[] => {
      const at = entries.findIndex((entry) => typeOf(entry) === before)
      return entries.toSpliced(at, 0, { v: 1, type, at: master.now, decision: 12, body })
    }
  const onRecord = (kind: RecordFault['kind'], more: object = {}) => ({ kind: 'record', fault: { kind, ...more } })
  type Line = { readonly text: string; readonly statement: unknown }
  const lines = (box: Record<string, unknown>): Line[] => [...(box['ballots'] as Line[])]

  test('an open box', async () => {
    expect(await refusal((box) => ({ ...box, closed: false }))).toEqual({ kind: 'not-closed' })
  })

  test('a ballot or a re-vote left out, though it stands on the record', async () => {
    for (const [from, to] of [
      [1, 7],
      [0, 7],
      [0, 6],
    ])
      expect(await refusal((box) => ({ ...box, ballots: lines(box).slice(from, to) }))).toEqual(onRecord('not shown'))
    expect(await refusal((box) => ({ ...box, ballots: [] }))).toEqual(onRecord('not shown'))
  })

  test('a ballot that stands on the record as another entry than the box says', async () => {
    const numbered = (index: number) => (box: Record<string, unknown>) => ({
      ...box,
      ballots: lines(box).map((line, i) => (i === 3 ? { ...line, index } : line)),
    })
    for (const index of [-1, 0, 18_206, 18_208, 19_000, 1e15])
      expect(await refusal(numbered(index))).toEqual(onRecord('not shown'))
  })

  test('a sum, or its numbers, that the record closes the box with and the ballots do not give', async () => {
    assert(master.election !== null, 'set up')
    const { text: tally } = encryptedTally(master.election, [])
    for (const change of [{ counted: 6 }, { ballots: 9 }, { weight: 8 }, { tally }])
      expect(await lying(changed('box-closed', change), () => refusal((box) => box))).toEqual({ kind: 'sum' })
  })

  test('a voter who was found not to belong on the roll, and whose ballot is in the published sum all the same', async () => {
    const leaving = (before: string) => {
      const { credential } = JSON.parse(master.ballots[0]?.text ?? '') as { readonly credential: string }
      const settled = { kind: 'roll-settled', voter: voterPseudonymOf(credential), outcome: 'left' }
      return inserted(before, 'act', { act: { kind: 'settle-roll' }, facts: [], deemed: [], events: [settled] })
    }
    expect(await lying(leaving('box-closed'), () => refusal((box) => box))).toEqual({ kind: 'sum' })
    // What the server says beside the record is not heard.
    const { credential } = JSON.parse(master.ballots[0]?.text ?? '') as { readonly credential: string }
    const said = [{ index: 1_000_000, voter: voterPseudonymOf(credential) }]
    expect(await refusal((box) => ({ ...box, departures: said }), 8)).toEqual({ kind: 'too-few', found: 7, floor: 8 })
  })

  test('a ballot that was opened to test a device before it was cast', async () => {
    const digest = master.ballots[0]?.digest ?? ''
    const tested = inserted('ballot', 'tested', { key: 'k', digest })
    const shifted = (box: Record<string, unknown>) => ({
      ...box,
      ballots: lines(box).map((line) => ({ ...line, index: (line as unknown as { index: number }).index + 1 })),
    })
    expect(await lying(tested, () => refusal(shifted))).toEqual({ kind: 'ballot', number: 1, what: 'opened to test a device' })
  })

  test('a box that was shut before its time, set up twice, of more keys than people, or with two sums', async () => {
    const early = (entries: readonly Json[]) =>
      entries.map((entry) => (typeOf(entry) === 'box-closed' ? { ...(entry as JsonObject), at: master.closesAt - 1 } : entry))
    expect(await lying(early, () => refusal((box) => box))).toEqual(onRecord('closed early'))
    const extended = inserted('box-closed', 'act', { events: [{ kind: 'extended', closesAt: master.closesAt + 1 }], deemed: [] })
    expect(await lying(extended, () => refusal((box) => box))).toEqual(onRecord('closed early'))
    const again = (type: string) => (entries: readonly Json[]) => [
      ...entries,
      ...entries.filter((entry) => typeOf(entry) === type),
    ]
    expect(await lying(again('setup'), () => refusal((box) => box))).toEqual(onRecord('not set up so'))
    expect(await lying(again('box-closed'), () => refusal((box) => box))).toEqual(onRecord('two sums'))
    expect(await lying(changed('setup', { trustees: '00' }), () => refusal((box) => box))).toEqual(onRecord('not shown'))
    for (const cited of ['election', 'group'])
      expect(await lying(changed('setup', { [cited]: '00' }), () => refusal((box) => box))).toEqual(onRecord('not set up so'))
    expect(await lying(changed('setup', { credentials: '00' }), () => refusal((box) => box))).toEqual({ kind: 'roll' })
    expect(await lying(changed('roll', { size: 6 }), () => refusal((box) => box))).toEqual(onRecord('not continued'))
  })

  test('a record that is not shown, not signed, cut short, or in which one entry is another', async () => {
    expect(await refusal((box) => ({ ...box, record: null }))).toEqual(onRecord('missing'))
    type Shown = { readonly checkpoint: string; readonly entries: readonly JsonObject[]; readonly peaks: readonly string[] }
    const record = (change: (shown: Shown) => object) => (box: Record<string, unknown>) => ({
      ...box,
      record: { ...(box['record'] as Shown), ...change(box['record'] as Shown) },
    })
    const kinds: readonly (readonly [RecordFault['kind'], (shown: Shown) => object])[] = [
      ['not shown', ({ entries }) => ({ entries: entries.slice(0, -1) })],
      ['not shown', ({ entries }) => ({ entries: [...entries, entries.at(-1)] })],
      ['not shown', ({ entries }) => ({ entries: entries.map((e, i) => (i === 2 ? { ...e, at: 1 } : e)) })],
      ['missing', ({ entries }) => ({ entries: entries.map((e, i) => (i === 2 ? 1.5 : e)) })],
      ['missing', ({ peaks }) => ({ peaks: peaks.slice(1) })],
      ['missing', ({ peaks }) => ({ peaks: peaks.map((peak) => peak.slice(2)) })],
      ['not continued', ({ peaks }) => ({ peaks: peaks.map((peak, i) => (i === 0 ? '00'.repeat(32) : peak)) })],
      [
        'not continued',
        ({ entries }) => ({
          from: 18_304,
          peaks: Array.from({ length: 5 }, () => '00'.repeat(32)),
          entries,
        }),
      ],
      ['not signed', ({ checkpoint }) => ({ checkpoint: checkpoint.replace(/\n(\d+)\n/, '\n1$1\n') })],
      ['not signed', () => ({ checkpoint: '' })],
      ['another log', () => ({ log: verifierKeyText(signerNamed('lantern/other', 1).key) })],
      ['missing', () => ({ witnesses: ['nobody'] })],
    ]
    for (const [kind, change] of kinds) expect(await refusal(record(change)), kind).toEqual(onRecord(kind))
  })

  test('the end of voting that is not under the signed state yet', async () => {
    const before = master.closesAt
    const unclosed = (entries: readonly Json[]) => entries.filter((entry) => typeOf(entry) !== 'box-closed')
    expect(await lying(unclosed, () => refusal((box) => box))).toEqual(onRecord('not yet'))
    expect(master.closesAt).toBe(before)
  })

  /** A part of the voters with its own honest sum, on a record of its own that the same log signs: a split view. */
  async function partOf(votes: number): Promise<Record<string, unknown>> {
    const part = new FakeServer({ members: 7 })
    part.setUp(master.trusteesFile ?? '')
    part.signers = { ...master.signers, witnesses: [] }
    for (let i = 0; i < votes; i++) await vote(part, i, 0)
    part.state = 'closed'
    const session = testWorld(part)
    return (await (await session.fetch(`${part.origin}/api/elections/${part.uuid}/box`)).json()) as Record<string, unknown>
  }

  test('a part of the voters, asked for after the whole and before: the device has kept what it saw, whatever the server says', async () => {
    const part = await partOf(5)
    const shown = (box: Record<string, unknown>) =>
      (master.tamper = (path, body) => (path === '/box' ? { ...body, ...box, openings: [] } : body))
    const posts = () => master.log.filter((line) => line.includes('/openings')).length
    for (const wholeFirst of [true, false]) {
      const trustee = await ready(1)
      shown(wholeFirst ? {} : part)
      expect(await trustee.check()).toMatchObject({ kind: 'ok', value: { counted: wholeFirst ? 7 : 5 } })
      // The page keeps this before it posts, and hears the words read; the answer to the opening is lost.
      const seen = trustee.seen() ?? ''
      const keyFile = trustee.keyFile() ?? ''
      const before = posts()
      shown(wholeFirst ? part : {})
      for (const again of [trustee, await remembering(seen), await restored(keyFile)])
        expect(await fault(again.check())).toEqual({ kind: 'will-not-open', why: onRecord('not continued') })
      expect(posts()).toBe(before)
    }
    master.tamper = (_, body) => body
  })

  /** The device again after a reload: its key from elsewhere, its memory from the browser's storage. */
  const remembering = async (seen: string): Promise<Trustee> => {
    const trustee = await ready(1)
    trustee.remember(seen)
    return trustee
  }
  const restored = async (keyFile: string): Promise<Trustee> => {
    const trustee = sitAsTrustee(testWorld(master, master.trusteeCookie(1)), master.uuid)
    await table(trustee.look())
    expect(trustee.load(keyFile)).toBeNull()
    return trustee
  }

  test('the same on a record that goes on: a second sum is refused by what was kept, another opening by the record itself', async () => {
    const trustee = await ready(1)
    expect((await trustee.check()).kind).toBe('ok')
    const kept = JSON.parse(trustee.seen() ?? '') as JsonObject
    const other = await remembering(canonicalJson({ ...kept, tally: '11'.repeat(32) }))
    expect(await fault(other.check())).toEqual({ kind: 'will-not-open', why: { kind: 'second-sum' } })
    // No memory at all: this trustee's opening of another sum stands on the record.
    master.openings = [{ owner: 1, payload: '{}', proof: null }]
    const fresh = await ready(1)
    expect((await fresh.check()).kind).toBe('ok')
    expect(await fault(fresh.open())).toEqual({ kind: 'will-not-open', why: { kind: 'second-sum' } })
    master.openings = []
  })

  test('with witnesses, a device that remembers nothing refuses a record that they did not sign', async () => {
    const [rival, union] = [signerNamed('rival.example/w1', 4), signerNamed('union.example/w1', 4)]
    master.signers = { ...master.signers, witnesses: [rival, union], quorum: 1 }
    const record = keepRecord(master.terms())
    const mine = keys[0]
    assert(record.kind === 'ok' && mine !== undefined, 'a key')
    const watched = { ...mine, record: { ...record.value, size: mine.record?.size ?? 0, root: mine.record?.root ?? '' } }
    const fresh = () => restored(trusteeKeyFile(watched))
    expect(await (await fresh()).check()).toMatchObject({
      value: { witnesses: ['rival.example/w1', 'union.example/w1'], newWitnesses: [], entries: 18_213 },
    })
    const part = await partOf(5)
    master.tamper = (path, body) => (path === '/box' ? { ...body, ...part } : body)
    const few = onRecord('too few witnesses', { found: 0, required: 1 })
    // Whatever the server says of the rulebook now: what it said when the key was made counts too.
    expect(await fault((await fresh()).check())).toEqual({ kind: 'will-not-open', why: few })
    master.tamper = (_, body) => body
    master.signers = { ...master.signers, quorum: 3 }
    const more = onRecord('too few witnesses', { found: 2, required: 3 })
    expect(await fault((await fresh()).check())).toEqual({ kind: 'will-not-open', why: more })
    // A witness who was not named when the key was made is told apart.
    const late = signerNamed('late.example/w1', 4)
    master.signers = { ...master.signers, witnesses: [rival, late], quorum: 2 }
    expect(await (await fresh()).check()).toMatchObject({ value: { newWitnesses: ['late.example/w1'] } })
    master.signers = { ...master.signers, witnesses: [], quorum: 0 }
  })

  test('nothing is sent by a check, and nothing is opened that was not checked', async () => {
    const posts = () => master.log.filter((line) => line.startsWith('POST') && line.includes('/openings')).length
    const before = posts()
    const trustee = await ready(1)
    expect(await fault(trustee.open())).toEqual({ kind: 'device' })
    const found = await trustee.check()
    expect(found).toMatchObject({ value: { ballots: 8, counted: 7, witnesses: [] } })
    expect(posts()).toBe(before)
    // Another key asks for another check.
    expect(trustee.load(trustee.keyFile() ?? '')).toBeNull()
    expect(await fault(trustee.open())).toEqual({ kind: 'device' })
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
    expect(await fault(trustee.check())).toEqual(why)
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
      expect((await trustee.check()).kind).toBe('ok')
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
    const first = await ready(1)
    expect((await first.check((stage) => stages.push(stage))).kind).toBe('ok')
    const one = await first.open((stage) => stages.push(stage))
    expect(one).toMatchObject({ value: { ballots: 8, counted: 7, opened: 1, needed: 2 } })
    expect(stages.map(({ kind }) => kind)).toEqual(['ballots', 'sum', 'opening', 'sending'])
    expect(stages[0]).toMatchObject({ done: 8, all: 8 })
    const third = await ready(3)
    expect(await table(third.look())).toMatchObject({ stage: 'to-open', openedBy: ['Ama Boateng'] })
    expect((await third.check()).kind).toBe('ok')
    const two = await third.open()
    expect(two).toMatchObject({ value: { opened: 2, needed: 2 } })
    expect(two.kind === 'ok' && one.kind === 'ok' ? two.value.phrase : null).toEqual(one.kind === 'ok' ? one.value.phrase : [])
    expect(await table(third.look())).toMatchObject({ stage: 'opened', counted: true })
    // The same opening once more, as after a lost answer: success, and nothing new on the record.
    const again = await ready(1)
    expect((await again.check()).kind).toBe('ok')
    expect(await again.open()).toMatchObject({ value: { opened: 2, needed: 2 } })
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
