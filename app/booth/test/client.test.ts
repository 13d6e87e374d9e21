import { ballotCodeOf, parseElection } from '@quorate/ballots'
import { assert, toHex } from '@quorate/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CastStage, Failure, Pending } from '../src/booth-state.ts'
import {
  castChoice,
  changeFingerprint,
  checkView,
  identify,
  type Loaded,
  loadElection,
  type Member,
  sendPending,
} from '../src/client.ts'
import { castVote } from '../src/headless.ts'
import { pausesMs } from '../src/http.ts'
import { parseView } from '../src/protocol.ts'
import { addressOf, change, type FakeServer } from './fake-server.ts'
import { openServer, testWorld } from './world.ts'

type Ready = {
  readonly server: FakeServer
  readonly world: ReturnType<typeof testWorld>
  readonly loaded: Loaded
  readonly member: Member
}

async function ready(who = 0, server = openServer().server): Promise<Ready> {
  const world = testWorld(server)
  const loaded = await loadElection(world, server.uuid)
  assert(loaded.kind === 'ok', `loads: ${loaded.kind === 'fail' ? JSON.stringify(loaded.error) : ''}`)
  const member = await identify(world, loaded.value, server.link(who))
  assert(member.kind === 'ok', `identifies: ${member.kind === 'fail' ? JSON.stringify(member.error) : ''}`)
  return { server, world, loaded: loaded.value, member: member.value }
}

const watch = () => {
  const stages: CastStage[] = []
  const sealed: Pending[] = []
  return { stages, sealed, progress: (stage: CastStage) => void stages.push(stage) }
}

const cast = ({ world, loaded, member }: Ready, choice: number | 'blank' = 0, seen = watch()) =>
  castChoice(world, loaded, member, choice, { progress: seen.progress, sealed: (p) => seen.sealed.push(p) })

const failure = (result: { readonly kind: string; readonly error?: Failure; readonly value?: unknown }): Failure => {
  assert(result.kind === 'fail' && result.error !== undefined, 'it fails')
  return result.error
}

describe('voting over the HTTP contract', () => {
  test('a ballot is locked, cast, and shown only after it was read back from the box', async () => {
    const at = await ready()
    const seen = watch()
    const done = await cast(at, 0, seen)
    assert(done.kind === 'ok', JSON.stringify(done))
    const { place, receipt, digest } = done.value
    expect(seen.stages).toEqual(['lock', 'send', 'find'])
    expect(place.code).toBe(ballotCodeOf(digest ?? ''))
    expect(receipt?.tracker).toBe(place.tracker)
    expect(place.ballot).toBe(seen.sealed[0]?.ballot)
    expect(at.server.log.at(-1)).toContain('/box/')
  })

  test('the voting code and the choice leave the device in no request', async () => {
    const { server } = openServer()
    const sent: string[] = []
    const spied: typeof fetch = (input, init) => {
      sent.push(
        `${addressOf(input)} ${JSON.stringify([...new Headers(init?.headers)])} ${typeof init?.body === 'string' ? init.body : ''}`,
      )
      return server.fetch(input, init)
    }
    const done = await castVote({
      origin: server.origin,
      fetch: spied,
      random: server.random,
      link: server.link(3),
      choose: () => 1,
    })
    expect(done.kind).toBe('ok')
    const code = server.codes[3] ?? ''
    expect(sent.length).toBeGreaterThan(3)
    for (const request of sent) {
      expect(request).not.toContain(code)
      expect(request).not.toContain(code.replaceAll('-', ''))
      expect(request).not.toMatch(/"(choice|answer|vote)"/)
    }
  })

  test('a member can vote again; the last ballot is the current one and says what it replaces', async () => {
    const first = await ready(1)
    const one = await cast(first)
    const second = await ready(1, first.server)
    expect(second.member.voter.previous).toBe(one.kind === 'ok' ? one.value.place.tracker : null)
    const two = await cast(second, 1)
    assert(two.kind === 'ok', 'casts again')
    expect(two.value.receipt?.replaced).toBe(true)
    expect(two.value.place.current).toBe(true)
  })

  test('a blank ballot is cast where the paper offers one, and nowhere else', async () => {
    expect((await cast(await ready(0, openServer({ blank: true }).server), 'blank')).kind).toBe('ok')
    expect(failure(await cast(await ready(), 'blank'))).toEqual({ kind: 'device' })
    expect(failure(await cast(await ready(), 2))).toEqual({ kind: 'device' })
  })

  test('the same works in BELENIOS-2048', { timeout: 60_000 }, async () => {
    const { server } = openServer({ group: 'BELENIOS-2048', members: 2, trustees: ['A', 'B'], threshold: 2 })
    const done = await castVote({
      ...testWorld(server),
      fetch: server.fetch,
      link: server.link(1),
      choose: (paper) => paper.answers.indexOf('No'),
    })
    expect(done.kind).toBe('ok')
  })
})

describe('no answer, and answers that come late', () => {
  test('the very same bytes are sent again until an answer comes, and count once', async () => {
    const at = await ready()
    at.server.drop = ['after', 'before', 'after']
    const seen = watch()
    const done = await cast(at, 0, seen)
    expect(done.kind).toBe('ok')
    expect(seen.stages).toEqual(['lock', 'send', 'wait', 'wait', 'wait', 'find'])
    expect(at.server.casts.length).toBe(3)
    expect(new Set(at.server.casts).size).toBe(1)
    expect(at.server.ballots.length).toBe(1)
    expect(at.world.pauses).toEqual(pausesMs.slice(0, 3))
  })

  test('after all pauses the member is told, and the kept ballot can be sent later by another visit', async () => {
    const at = await ready()
    at.server.drop = Array.from({ length: pausesMs.length + 1 }, () => 'before' as const)
    const seen = watch()
    expect(failure(await cast(at, 0, seen)).kind).toBe('no-answer')
    expect(at.server.ballots.length).toBe(0)
    const [kept] = seen.sealed
    assert(kept !== undefined, 'a ballot was kept')
    const later = await ready(0, at.server)
    const sent = await sendPending(later.world, later.loaded, kept, { progress: () => {} })
    expect(sent.kind).toBe('ok')
    expect(at.server.ballots.map((b) => b.text)).toEqual([kept.ballot])
  })

  test('what is kept tells neither choice nor code', async () => {
    const { server } = openServer()
    for (const choice of [0, 1]) {
      const seen = watch()
      expect((await cast(await ready(choice, server), choice, seen)).kind).toBe('ok')
      const text = JSON.stringify(seen.sealed)
      expect(text).not.toContain(server.codes[choice])
      expect(Object.keys(seen.sealed[0] ?? {}).sort()).toEqual([
        'ballot',
        'bind',
        'code',
        'digest',
        'key',
        'statement',
        'tracker',
        'uuid',
      ])
    }
  })

  test('a 500 and words we cannot read are no answer; a 429 is waited out', async () => {
    const { server } = openServer()
    const answers = [
      new Response('<html>', { status: 200 }),
      new Response('{}', { status: 500 }),
      new Response('{}', { status: 429 }),
    ]
    const world = testWorld(server)
    const faulty = {
      ...world,
      fetch: (async (...args: Parameters<typeof fetch>) => answers.shift() ?? world.fetch(...args)) as typeof fetch,
    }
    expect((await loadElection(faulty, server.uuid)).kind).toBe('ok')
    expect(world.pauses).toEqual(pausesMs.slice(0, 3))
  })
})

describe('collisions and overtaking', () => {
  test('a ballot code in use: the device locks afresh and says nothing', async () => {
    const at = await ready()
    at.server.collisions = 2
    const seen = watch()
    expect((await cast(at, 0, seen)).kind).toBe('ok')
    expect(seen.stages).toEqual(['lock', 'send', 'lock', 'send', 'lock', 'send', 'find'])
    expect(new Set(seen.sealed.map((p) => p.ballot)).size).toBe(3)
  })

  test('a box that claims a collision for ever is not believed for ever', async () => {
    const at = await ready()
    at.server.collisions = 100
    const refused = failure(await cast(at))
    expect(refused).toMatchObject({ kind: 'refused', problem: { code: 'code-collision' } })
    expect(at.server.casts.length).toBe(6)
  })

  test('another device voted in between: the same ballot states anew what it replaces', async () => {
    const slow = await ready(2)
    const quick = await ready(2, slow.server)
    const first = await cast(quick, 1)
    const seen = watch()
    const second = await cast(slow, 0, seen)
    assert(first.kind === 'ok' && second.kind === 'ok', 'both cast')
    expect(new Set(seen.sealed.map((p) => p.ballot)).size).toBe(1)
    expect(seen.sealed.length).toBe(2)
    expect(slow.server.ballots.at(-1)?.statement).toMatchObject({ previous: first.value.place.tracker })
  })
})

describe('refusals keep their reason', () => {
  test.each([
    ['closed', { code: 'closed', at: Date.UTC(2026, 10, 30, 17), clause: '4.2@1' }],
    ['not-open', { code: 'not-open', at: Date.UTC(2026, 10, 16, 9), clause: '4.2@1' }],
  ] as const)('%s says when and by which clause', async (state, problem) => {
    const at = await ready()
    at.server.state = state
    expect(failure(await cast(at))).toMatchObject({ kind: 'refused', problem })
  })

  test('a code that is not on the list, and codes that are none', async () => {
    const { server } = openServer()
    const other = openServer({ members: 13 }).server
    const world = testWorld(server)
    const loaded = await loadElection(world, server.uuid)
    assert(loaded.kind === 'ok', 'loads')
    const stranger = await identify(world, loaded.value, other.link(12))
    expect(failure(stranger)).toMatchObject({ kind: 'refused', problem: { code: 'not-on-roll' } })
    const before = server.log.length
    expect(failure(await identify(world, loaded.value, 'abc'))).toEqual({
      kind: 'bad-code',
      fault: { kind: 'wrong length', found: 3, expected: 22 },
    })
    expect(server.log.length).toBe(before)
  })

  test('signed in as somebody else', async () => {
    const at = await ready(4)
    const other = await ready(5, at.server)
    expect(failure(await cast({ ...at, world: other.world }))).toMatchObject({ problem: { code: 'wrong-voter' } })
  })

  test('no such election', async () => {
    const { server } = openServer()
    expect(failure(await loadElection(testWorld(server), 'AnotherElection1'))).toMatchObject({
      problem: { code: 'no-such-election' },
    })
  })
})

test('a ballot that is announced but not set up yet is not a mismatch', async () => {
  const { server } = openServer()
  server.tamper = (path, body) => (path === '' ? { ...body, state: 'not-open', election: '', fingerprint: '', opensAt: 0 } : body)
  expect(failure(await loadElection(testWorld(server), server.uuid))).toMatchObject({ kind: 'not-set-up', view: { opensAt: 0 } })
  server.tamper = (path, body) => (path === '' ? { ...body, election: '', fingerprint: '' } : body)
  expect(failure(await loadElection(testWorld(server), server.uuid))).toEqual({ kind: 'mismatch', what: 'fingerprint' })
})

describe('a server that lies', () => {
  let good: Loaded
  beforeAll(async () => {
    good = (await ready()).loaded
  })
  const showing = (server: FakeServer, changes: Record<string, unknown>) => {
    server.tamper = (path, body) => (path === '' ? { ...body, ...changes } : body)
    return loadElection(testWorld(server), server.uuid)
  }

  test.each([
    ['fingerprint', { fingerprint: 'A'.repeat(43) }],
    ['title', { title: 'Members do not choose our campaign priorities' }],
    ['uuid', { uuid: 'Lantern1Motion13' }],
  ] as const)('another %s than the election’s is refused by name', async (what, changes) => {
    expect(failure(await showing(openServer().server, changes))).toEqual({ kind: 'mismatch', what })
  })

  test('an election text with one letter changed no longer has its fingerprint; with a new one it is another election', async () => {
    const { server } = openServer()
    const election = good.view.election.replace('"Yes"', '"yes"')
    expect(failure(await showing(server, { election }))).toEqual({ kind: 'mismatch', what: 'fingerprint' })
    const parsed = parseElection(election)
    assert(parsed.kind === 'ok', 'a good election, but not the one of the record')
    // Such a paper opens here, and dies in the box: no voter on the record's own φ accepts or sends it.
    server.tamper = (path, body) => (path === '' ? { ...body, election, fingerprint: parsed.value.fingerprint } : body)
    expect(failure(await cast(await ready(0, server)))).toMatchObject({ kind: 'refused', problem: { code: 'bad-proof' } })
  })

  test('a key that is no element, an unreadable election, a second question', () => {
    const { view } = good
    const shown = (election: string) => {
      const fingerprint = parseElection(election)
      return checkView(
        { ...view, election, fingerprint: fingerprint.kind === 'ok' ? fingerprint.value.fingerprint : view.fingerprint },
        view.uuid,
      )
    }
    expect(shown('{}')).toMatchObject({ error: 'fingerprint' })
    const two = JSON.parse(view.election) as { questions: unknown[] }
    two.questions.push(two.questions[0])
    expect(shown(JSON.stringify(two))).toMatchObject({ error: 'election' })
  })

  test('the words of the change are bound where the election names them', async () => {
    const bound = `Motion 12 change:${changeFingerprint(change)}`
    const { server } = openServer({ description: bound })
    expect((await loadElection(testWorld(server), server.uuid)).kind).toBe('ok')
    expect(failure(await showing(server, { change: { ...change, after: 'Something else.' } }))).toEqual({
      kind: 'mismatch',
      what: 'change',
    })
    expect(failure(await showing(server, { change: null }))).toEqual({ kind: 'mismatch', what: 'change' })
  })

  test.each([
    ['a receipt with a wrong signature', '/ballots', { signature: '00'.repeat(64) }, 'signature'],
    ['a receipt signed for another index', '/ballots', { index: 5 }, 'signature'],
    ['a receipt about another ballot code', '/ballots', { code: 'CEDAR–4817–LARK' }, 'signature'],
    ['a receipt of another election', '/ballots', { uuid: 'Lantern1Motion13' }, 'receipt'],
    ['other bytes in the box', '/box/', { ballot: '{"altered":true}' }, 'other-bytes'],
    ['another ballot in its place', '/box/', { tracker: 'A'.repeat(43) }, 'other-bytes'],
    ['another code in the box', '/box/', { code: 'CEDAR–4817–LARK' }, 'other-bytes'],
    ['another entry than promised', '/box/', { index: 1 }, 'receipt'],
  ] as const)('%s: the vote is not in the box yet', async (_, where, changes, what) => {
    const at = await ready()
    at.server.tamper = (path, body) => (path === where ? { ...body, ...changes } : body)
    expect(failure(await cast(at))).toEqual({ kind: 'not-in-box', what })
  })

  test('a receipt honestly signed, but for another ballot than mine', async () => {
    const at = await ready()
    const other = await ready(1, at.server)
    expect((await cast(other)).kind).toBe('ok')
    let theirs: Record<string, unknown> | null = null
    at.server.tamper = (path, body) => (path === '/ballots' ? (theirs ??= body) : body)
    expect((await cast(await ready(2, at.server))).kind).toBe('ok')
    expect(failure(await cast(at))).toEqual({ kind: 'not-in-box', what: 'receipt' })
  })

  test('a receipt without the ballot in the box', async () => {
    const at = await ready()
    const spied = at.world.fetch
    const world = {
      ...at.world,
      fetch: (async (input, init) =>
        addressOf(input).includes('/box/')
          ? new Response('{"code":"not-in-box"}', { status: 404 })
          : spied(input, init)) as typeof fetch,
    }
    expect(failure(await cast({ ...at, world }))).toEqual({ kind: 'not-in-box', what: 'missing' })
    expect(world.pauses).toEqual([...pausesMs])
  })

  test('a receipt key that is none', async () => {
    const { server } = openServer()
    server.tamper = (path, body) => (path === '' ? { ...body, receiptKey: 'zz' } : body)
    expect(failure(await cast(await ready(0, server)))).toEqual({ kind: 'not-in-box', what: 'signature' })
  })
})

describe('answers are read strictly', () => {
  test('each missing field of the view is named, and none is guessed', () => {
    const view: Record<string, unknown> = { ...goodView }
    for (const name of Object.keys(view)) {
      const { [name]: _, ...rest } = view
      const read = parseView(rest)
      const optional = ['change', 'voter', 'trusteesFingerprint'].includes(name)
      expect(read.kind, name).toBe(optional ? 'ok' : 'fail')
      if (read.kind === 'fail') expect(read.error).toMatch(new RegExp(`^${name}`))
    }
  })

  test('a state of the future is treated as closed', () => {
    expect(parseView({ ...goodView, state: 'recounting' })).toMatchObject({ value: { state: 'closed' } })
  })
})

const goodView = {
  uuid: 'u',
  decision: 12,
  number: '12',
  title: 't',
  movement: 'm',
  state: 'open',
  opensAt: 0,
  closesAt: 0,
  now: 0,
  zone: 'UTC',
  election: '{}',
  fingerprint: 'f',
  trusteesFingerprint: 'f',
  group: 'Ed25519',
  rollSize: 1,
  castCount: 0,
  singleOperator: true,
  clauses: { ballot: '1@1', roll: '1@1' },
  returningOfficer: { name: 'R' },
  help: { missing: '/missing', post: '' },
  recordSize: 1,
  receiptKey: toHex(new Uint8Array(32)),
  change: null,
  voter: null,
}
