import {
  parseTrusteeAnswer,
  parseTrusteeTask,
  trusteeAnswerFile,
  trusteeKeyFile,
  trusteeTaskFile,
  type TrusteePost,
} from '@quorate/ballots'
import { assert, isJson, type Json, type JsonObject, type Result } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { castVote } from '../src/headless.ts'
import { type TaskDesk, taskDesk } from '../src/task-desk.ts'
import { sitAsTrustee } from '../src/trustee-client.ts'
import type { Table, TrusteeNews } from '../src/trustee-state.ts'
import { FakeServer } from './fake-server.ts'
import { openServer, testWorld } from './world.ts'

const went = async (doing: Promise<Result<unknown, unknown>>): Promise<void> => expect((await doing).kind).toBe('ok')
const instant = 1_795_294_341_000
let tasks = 0

/** The task file of a trustee, made of the server's own answers, as the desk makes it. Each is later than the one before. */
async function taskOf(server: FakeServer, index: number, change: (task: JsonObject) => JsonObject = (t) => t): Promise<string> {
  const { fetch } = testWorld(server, server.trusteeCookie(index))
  const get = async (rest: string): Promise<JsonObject | null> => {
    const answer = await fetch(`${server.origin}/api/elections/${server.uuid}${rest}`)
    const value: unknown = await answer.json()
    assert(isJson(value), 'the fake server speaks JSON')
    return answer.ok ? (value as JsonObject) : null
  }
  const ceremony = await get('/ceremony')
  assert(ceremony !== null, 'there is a ceremony')
  const [election, box] = [await get(''), await get('/box')]
  const task = parseTrusteeTask(trusteeTaskFile({ uuid: server.uuid, at: instant + ++tasks, ceremony, election, box }))
  assert(task.kind === 'ok', 'the task is one')
  return trusteeTaskFile({ ...task.value, ...change(task.value) })
}

/** Posts an answer as the desk does, and says what the server answered to each part. */
async function handIn(server: FakeServer, index: number, file: string | null): Promise<readonly number[]> {
  const answer = parseTrusteeAnswer(file ?? '')
  assert(answer.kind === 'ok', 'there is an answer')
  expect(answer.value).toMatchObject({ uuid: server.uuid, index })
  const { fetch } = testWorld(server, server.trusteeCookie(index))
  const send = async (post: TrusteePost): Promise<number> => {
    const { kind, ...body } = post
    const rest = kind === 'step' ? 'ceremony' : kind === 'shuffle' ? 'shuffles' : 'openings'
    const sent = { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(`${server.origin}/api/elections/${server.uuid}/${rest}`, sent)).status
  }
  const statuses: number[] = []
  for (const post of answer.value.posts) statuses.push(await send(post))
  return statuses
}

/** A trustee's program with its ears: what it told last, of each kind. */
class Program {
  readonly heard = new Map<TrusteeNews['kind'], TrusteeNews>()
  readonly desk: TaskDesk
  constructor(server: FakeServer) {
    const { random, now, wait } = testWorld(server)
    this.desk = taskDesk({ random, now, wait }, (news) => this.heard.set(news.kind, news))
  }
  get told(): Extract<TrusteeNews, { kind: 'table' }> {
    const news = this.heard.get('table')
    assert(news?.kind === 'table', `a table was told: ${JSON.stringify([...this.heard.values()].at(-1))}`)
    return news
  }
  async bring(task: string, keyFile: string | null = null): Promise<Table> {
    expect(this.desk.bring(task, keyFile)).toBeNull()
    await this.desk.take({ kind: 'sit', uuid: this.desk.uuid() ?? '', keyFile })
    return this.told.table
  }
}

describe('a trustee who works with files, beside two who work with the page', () => {
  test('makes the key in three tasks and opens the box in a fourth; no key is in any answer', async () => {
    const server = new FakeServer()
    const others = [2, 3].map((i) => sitAsTrustee(testWorld(server, server.trusteeCookie(i)), server.uuid))
    const program = new Program(server)
    expect(await program.bring(await taskOf(server, 1))).toMatchObject({ stage: 'start', you: 1, keyHere: false })
    expect(program.desk.answer()).toBeNull()
    await program.desk.take({ kind: 'make' })
    expect(program.told.table).toMatchObject({ stage: 'making', step: 1, keyHere: true })
    const { keyFile } = program.told
    const seed = /"seed":"([0-9a-f]{64})"/.exec(keyFile ?? '')?.[1] ?? ''
    expect(seed).not.toBe('')
    const answers = [program.desk.answer()]
    expect(await handIn(server, 1, answers[0] ?? null)).toEqual([200])
    for (const other of others) {
      await went(other.look())
      await went(other.make())
    }
    // The program was closed meanwhile: another one goes on with the key file.
    const again = new Program(server)
    expect(await again.bring(await taskOf(server, 1))).toMatchObject({ stage: 'lost-key', keyHere: false })
    await again.desk.take({ kind: 'load', keyFile: keyFile ?? '', passphrase: null })
    expect(again.heard.get('key')).toEqual({ kind: 'key', fault: null })
    expect(again.told.table).toMatchObject({ stage: 'making' })
    for (let round = 0; round < 2; round++) {
      answers.push(again.desk.answer())
      await handIn(server, 1, again.desk.answer())
      for (const other of others) await went(other.look())
      await again.bring(await taskOf(server, 1), again.told.keyFile)
    }
    expect(again.told.table).toMatchObject({ stage: 'ready', keyHere: true })
    expect(again.desk.answer()).toBeNull()
    const seen = await others[0]?.look()
    expect(seen?.kind === 'ok' ? seen.value.phrase : null).toEqual(again.told.table.phrase)

    server.setUp(server.trusteesFile ?? '')
    for (let i = 0; i < 6; i++) {
      const cast = await castVote({ ...testWorld(server), fetch: server.fetch, link: server.link(i), choose: () => i % 2 })
      assert(cast.kind === 'ok', 'casts')
    }
    server.state = 'closed'
    expect(await again.bring(await taskOf(server, 1), again.told.keyFile)).toMatchObject({ stage: 'to-open', keyHere: true })
    await again.desk.take({ kind: 'check' })
    expect(again.desk.answer()).toBeNull()
    await again.desk.take({ kind: 'open' })
    expect(again.heard.get('opened')).toMatchObject({ opening: { ballots: 6, counted: 6, opened: 1, needed: 2 } })
    answers.push(again.desk.answer())
    expect(await handIn(server, 1, again.desk.answer())).toEqual([201])
    expect(server.openings).toHaveLength(1)
    for (const answer of answers) expect(answer).not.toContain(seed)
  }, 60_000)

  test('an answer that was not handed in is made again, the same to the byte', async () => {
    const server = new FakeServer()
    const program = new Program(server)
    await program.bring(await taskOf(server, 1))
    await program.desk.take({ kind: 'make' })
    const first = program.desk.answer()
    await program.bring(await taskOf(server, 1), program.told.keyFile)
    expect(program.desk.answer()).toBe(first)
    await handIn(server, 1, first)
    expect(await handIn(server, 1, first)).toEqual([409])
    await program.bring(await taskOf(server, 1), program.told.keyFile)
    expect(program.desk.answer()).toBeNull()
  })
})

describe('what the program does not take up', () => {
  test('no task, an answer, a damaged one, one of a later version, of another ballot, an older one, somebody else’s', async () => {
    const { server, keys } = openServer()
    assert(keys[0] !== undefined, 'a key')
    const program = new Program(server)
    const task = await taskOf(server, 1)
    const newer = await taskOf(server, 1)
    const answer = trusteeAnswerFile({ uuid: server.uuid, index: 1, posts: [{ kind: 'step', step: 1, message: '' }] })
    const bring = (text: string, keyFile: string | null = null) => program.desk.bring(text, keyFile)
    expect(bring('hello')).toBe('not a task')
    expect(bring(answer)).toBe('an answer')
    // What names its kind stands late in the file: one that was cut short before it is not known for what it was.
    expect(bring(task.slice(0, 999))).toBe('not a task')
    expect(bring(task.slice(0, -9))).toBe('damaged')
    expect(bring(task.replace('trustee-task/v1', 'trustee-task/v2'))).toBe('of a later version')
    expect(bring(await taskOf(server, 1, () => ({ ceremony: { you: 1 } })))).toBe('damaged')
    expect(bring(await taskOf(server, 1, (t) => ({ ceremony: { ...(t['ceremony'] as JsonObject), you: null } })))).toBe(
      'no trustee',
    )
    expect(program.desk.uuid()).toBeNull()
    expect(program.desk.answer()).toBeNull()
    await program.bring(newer)
    expect(bring(task)).toBe('older')
    const other = await taskOf(server, 1, () => ({ uuid: 'AnotherMotion12' }))
    expect(bring(other, 'a key that is held')).toBe('other ballot')
    expect(program.desk.uuid()).toBe(server.uuid)
    expect(bring(other)).toBeNull()
    expect(program.desk.uuid()).toBe('AnotherMotion12')
  })

  test('a task whose box was changed is refused by the same check as on the page, and there is no answer', async () => {
    const { server, keys } = openServer()
    for (let i = 0; i < 6; i++)
      await went(castVote({ ...testWorld(server), fetch: server.fetch, link: server.link(i), choose: () => 0 }))
    server.state = 'closed'
    const fewer = await taskOf(server, 1, (t) => {
      const box = t['box'] as JsonObject
      return { box: { ...box, ballots: (box['ballots'] as readonly Json[]).slice(1) } }
    })
    const key = keys[0]
    assert(key !== undefined, 'a key')
    const program = new Program(server)
    await program.bring(fewer)
    await program.desk.take({ kind: 'load', keyFile: trusteeKeyFile(key), passphrase: null })
    expect(program.told.table).toMatchObject({ stage: 'to-open', keyHere: true })
    await program.desk.take({ kind: 'check' })
    expect(program.heard.get('failed')).toEqual({
      kind: 'failed',
      failure: { kind: 'will-not-open', why: { kind: 'record', fault: { kind: 'not shown' } } },
    })
    expect(program.desk.answer()).toBeNull()
  })
})
