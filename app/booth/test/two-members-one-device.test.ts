import { linkCode } from '@quorate/ballots'
import { describe, expect, test } from 'vitest'
import { boothDesk } from '../src/booth-worker.ts'
import type { Pending } from '../src/booth-state.ts'
import type { BoothNews } from '../src/orders.ts'
import { dropPending, keepPending, keptPending, type Store } from '../src/pending.ts'
import { openServer, testWorld } from './world.ts'

function memory(): Store & { readonly held: Map<string, string> } {
  const held = new Map<string, string>()
  return {
    held,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, text) => void held.set(name, text),
    removeItem: (name) => void held.delete(name),
  }
}

/** A device: what it keeps outlives each visit. `offline`: nothing gets through after the member was recognised. */
function device({ server }: ReturnType<typeof openServer>) {
  const store = memory()
  return {
    store,
    kept: () => keptPending(store, server.uuid),
    visit: async (who: number, choice: number | null, offline = false): Promise<readonly BoothNews[]> => {
      const seen: BoothNews[] = []
      const world = testWorld(server)
      const cut: typeof fetch = (input, init) =>
        offline && init?.method === 'POST' && new Request(input).url.endsWith('/ballots')
          ? Promise.reject(new TypeError('no connection'))
          : world.fetch(input, init)
      const desk = boothDesk({ ...world, fetch: cut }, (news) => {
        seen.push(news)
        if (news.kind === 'sealed') keepPending(store, news.pending)
        if (news.kind === 'in-box')
          for (const { key, tracker } of keptPending(store, server.uuid))
            if (tracker === news.inBox.place.tracker) dropPending(store, server.uuid, key)
      })
      await desk.take({ kind: 'open', uuid: server.uuid, code: server.codes[who] ?? '', kept: keptPending(store, server.uuid) })
      if (choice !== null) await desk.take({ kind: 'cast', choice })
      return seen
    },
  }
}

describe('two members share a device', () => {
  test('the second votes, and the first one’s kept vote still goes out later as the same bytes', async () => {
    const at = openServer()
    const shared = device(at)
    expect((await shared.visit(0, 0, true)).at(-1)).toMatchObject({ kind: 'failed', pending: true })
    const [first] = shared.kept() as readonly [Pending]
    const second = await shared.visit(1, 1)
    expect(second[0]).toMatchObject({ kind: 'opened', pending: false })
    expect(second.at(-1)).toMatchObject({ kind: 'in-box' })
    expect(shared.kept()).toEqual([first])
    const back = await shared.visit(0, null)
    expect(back.at(-1)).toMatchObject({ kind: 'opened', pending: true, opened: { key: first.key } })
  }, 30_000)

  test('a vote kept on an old device does not take the place of a later one', async () => {
    const at = openServer()
    const [phone, laptop] = [device(at), device(at)]
    await phone.visit(0, 0, true)
    expect((await laptop.visit(0, 1)).at(-1)).toMatchObject({ kind: 'in-box' })
    const { server } = at
    const seen: BoothNews[] = []
    const desk = boothDesk(testWorld(server), (news) => seen.push(news))
    await desk.take({ kind: 'open', uuid: server.uuid, code: server.codes[0] ?? '', kept: phone.kept() })
    await desk.take({ kind: 'resend' })
    expect(seen.at(-1)).toMatchObject({
      kind: 'failed',
      pending: false,
      failure: { kind: 'refused', problem: { code: 'stale-predecessor' } },
    })
    expect(server.ballots.length).toBe(1)
  }, 30_000)

  test('each keeps one, the newer for the older; what is dropped is one’s own', () => {
    const store = memory()
    const pending = (key: string, tracker: string): Pending => ({
      uuid: 'u',
      key,
      ballot: 'b',
      statement: {},
      bind: 's',
      tracker,
      code: 'c',
      digest: 'd',
    })
    for (const one of [pending('a', '1'), pending('b', '2'), pending('a', '3')]) keepPending(store, one)
    expect(keptPending(store, 'u').map(({ tracker }) => tracker)).toEqual(['2', '3'])
    dropPending(store, 'u', 'a')
    expect(keptPending(store, 'u').map(({ key }) => key)).toEqual(['b'])
    dropPending(store, 'u', 'b')
    expect(store.held.size).toBe(0)
  })
})

test('a paper that is not the one the mail was written for is not shown', async () => {
  const { server } = openServer()
  const seen: BoothNews[] = []
  const desk = boothDesk(testWorld(server), (news) => seen.push(news))
  const other = linkCode(server.codes[0] ?? '', 'A'.repeat(43))
  await desk.take({ kind: 'open', uuid: server.uuid, code: other, kept: [] })
  expect(seen.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'mismatch', what: 'fingerprint' } })
  const paper = (await (await server.fetch(`${server.origin}/api/elections/${server.uuid}`)).json()) as {
    readonly fingerprint: string
  }
  const own = linkCode(server.codes[0] ?? '', paper.fingerprint)
  await desk.take({ kind: 'open', uuid: server.uuid, code: own, kept: [] })
  expect(seen.at(-1)).toMatchObject({ kind: 'opened', opened: { canCast: true } })
}, 30_000)
