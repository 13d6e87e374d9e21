import { checkReveal } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { beforeEach, describe, expect, test } from 'vitest'
import { type BoothDesk, boothDesk } from '../src/booth-worker.ts'
import { lookAtTest, markedIn } from '../src/check-worker.ts'
import type { BoothNews } from '../src/orders.ts'
import { parseTestLink, revealText } from '../src/test-link.ts'
import type { FakeServer } from './fake-server.ts'
import { openServer, testWorld } from './world.ts'

let server: FakeServer
let world: ReturnType<typeof testWorld>
let desk: BoothDesk
let told: BoothNews[]
beforeEach(async () => {
  server = openServer({ blank: true }).server
  world = testWorld(server)
  told = []
  desk = boothDesk(world, (news) => told.push(news))
  await desk.take({ kind: 'open', uuid: server.uuid, code: server.codes[0] ?? '', kept: [] })
})

const last = <K extends BoothNews['kind']>(kind: K): Extract<BoothNews, { readonly kind: K }> => {
  const news = told.findLast((each) => each.kind === kind)
  assert(news !== undefined, `the desk told ${kind}`)
  return news as Extract<BoothNews, { readonly kind: K }> // found by its kind
}
const lock = (choice: number | 'blank') => desk.take({ kind: 'lock', choice })

describe('the device commits first and learns afterwards (Benaloh 2006)', () => {
  test('locking sends nothing and tells nothing of the choice', async () => {
    const asked = server.log.length
    await lock(1)
    expect(server.log.length).toBe(asked)
    const { locked } = last('locked')
    expect(Object.keys(locked).sort()).toEqual(['code', 'digest', 'fingerprint'])
    expect(locked.fingerprint).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
  })

  test('cast: the ballot in the box is the very one that was shown', async () => {
    await lock(1)
    await desk.take({ kind: 'cast-locked' })
    expect(last('in-box').inBox).toMatchObject({ digest: last('locked').locked.digest })
    expect(server.ballots.map(({ digest }) => digest)).toEqual([last('locked').locked.digest])
    expect(last('in-box').inBox.place.code).toBe(last('locked').locked.code)
  })

  test('a ballot that was cast can no longer be opened, and one that was opened no longer cast', async () => {
    await lock(0)
    await desk.take({ kind: 'cast-locked' })
    await desk.take({ kind: 'test' })
    expect(told.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'device' } })
    expect(told.some(({ kind }) => kind === 'tested')).toBe(false)
    await lock(0)
    await desk.take({ kind: 'test' })
    await desk.take({ kind: 'cast-locked' })
    expect(told.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'device' } })
    expect(server.ballots.length).toBe(1)
  })

  test('opened: anyone rebuilds it from the address, the box knows it, and a fresh one has another code', async () => {
    await lock('blank')
    const { digest } = last('locked').locked
    await desk.take({ kind: 'test' })
    const { opening } = last('tested')
    expect(opening).toMatchObject({ digest, choice: 'blank', noted: true })
    expect(server.tested.has(digest)).toBe(true)
    const link = parseTestLink(`https://lantern.example/check-ballot#${opening.fragment}`)
    assert(link.kind === 'ok' && link.value.revealed !== null && server.election !== null, 'a link')
    const reveal = revealText(server.election.fingerprint, link.value.revealed)
    expect(checkReveal(server.election, reveal, digest)).toMatchObject({ kind: 'ok', value: { choices: [[1, 0, 0]] } })
    await lock('blank')
    expect(last('locked').locked.digest).not.toBe(digest)
    await desk.take({ kind: 'cast-locked' })
    expect(server.ballots.length).toBe(1)
  })

  test('a device that signs an opened ballot all the same meets a box that refuses it', async () => {
    await lock(0)
    server.tested.add(last('locked').locked.digest)
    await desk.take({ kind: 'cast-locked' })
    expect(last('failed')).toMatchObject({ failure: { kind: 'refused', problem: { code: 'tested-ballot' } }, pending: false })
    expect(server.ballots).toEqual([])
  })

  test('no answer to the note: the member is told so, and the ballot is gone all the same', async () => {
    await lock(0)
    server.drop = Array.from({ length: 20 }, () => 'before' as const)
    await desk.take({ kind: 'test' })
    expect(last('tested').opening.noted).toBe(false)
    server.drop = []
    await desk.take({ kind: 'cast-locked' })
    expect(last('failed').failure.kind).toBe('device')
  })

  test('a code in use: locked afresh and shown again, never cast unseen', async () => {
    await lock(1)
    const before = last('locked').locked
    server.collisions = 1
    await desk.take({ kind: 'cast-locked' })
    expect(last('locked')).toMatchObject({ afresh: true })
    expect(last('locked').locked.digest).not.toBe(before.digest)
    expect(server.ballots).toEqual([])
    await desk.take({ kind: 'cast-locked' })
    expect(server.ballots.map(({ digest }) => digest)).toEqual([last('locked').locked.digest])
  })
})

describe('the checking page', () => {
  const look = (typed: string, election: string | null = null) => lookAtTest(world, { kind: 'look', typed, election })
  const open = async (choice: number | 'blank'): Promise<string> => {
    await lock(choice)
    await desk.take({ kind: 'test' })
    return last('tested').opening.fragment
  }

  test('before the opening: the code to keep; after it: the mark, in words', async () => {
    await lock(1)
    const { locked } = last('locked')
    expect(await look(`#${server.uuid}.${locked.digest}`)).toMatchObject({ kind: 'committed', code: locked.code })
    await desk.take({ kind: 'test' })
    expect(await look(last('tested').opening.fragment)).toMatchObject({
      kind: 'same',
      code: locked.code,
      digest: locked.digest,
      answers: [{ question: 'Should members choose our campaign priorities?', marked: ['No'] }],
    })
  })

  test('a blank vote is shown as holding nothing', async () => {
    expect(await look(await open('blank'))).toMatchObject({ kind: 'same', answers: [{ marked: [] }] })
  })

  test('a device that shows No and locked Yes is found', async () => {
    const [uuid, digest, , seed, credential] = (await open(0)).split('.')
    expect(await look([uuid, digest, '0-0-1', seed, credential].join('.'))).toMatchObject({ kind: 'other' })
  })

  test('from disk: the reader’s own ballot paper, and nothing is asked of any server', async () => {
    const fragment = await open(0)
    const asked = server.log.length
    expect(await look(fragment, `${server.election?.text ?? ''}\n`)).toMatchObject({ kind: 'same' })
    expect(await look(fragment, 'another file')).toEqual({ kind: 'no-election' })
    expect(server.log.length).toBe(asked)
  })

  test('what cannot be read is said to be so', async () => {
    const fragment = await open(0)
    for (const typed of ['', 'abc', fragment.slice(0, -3), `${fragment}.x`, fragment.replace('.1-', '.9-').replace('.0-', '.9-')])
      expect((await look(typed)).kind, typed).toBe('unreadable')
    expect(await look(fragment.replace(server.uuid, 'AnotherBaLLot123'))).toEqual({ kind: 'no-election' })
    server.drop = Array.from({ length: 20 }, () => 'before' as const)
    expect(await look(fragment)).toEqual({ kind: 'no-answer' })
  })

  test('rankings best first, scores with their marks', () => {
    const list = (extra?: unknown) =>
      ({
        type: 'NonHomomorphic',
        value: { answers: ['A', 'B', 'C'], question: 'Q' },
        ...(extra === undefined ? {} : { extra }),
      }) as never
    expect(markedIn(list(), [2, 0, 1])).toEqual(['1. C', '2. A'])
  })
})
