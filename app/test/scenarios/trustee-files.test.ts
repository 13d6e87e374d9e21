import { checkedFile, parseTrusteeAnswer, parseTrusteeTask, trusteeAnswerFile, type TrusteePost } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electionOfDecision } from '#lib/features/elections/index.ts'
import { entries } from '#lib/features/record/index.ts'
import { servers } from '../../../test/postgres.ts'
import { taskDesk } from '../../booth/src/task-desk.ts'
import * as desk from '../../src/routes/desk/trustee/+page.server.ts'
import * as task from '../../src/routes/desk/trustee/[uuid]/task/+server.ts'
import { action, answerTo } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision } from '../on-the-way.ts'

const [server] = servers

// The desk's side of a trustee who works with files: real routes, a real database, and the program that trustees open from disk.
describe.skipIf(server === undefined)('a trustee’s task and answer at the desk', () => {
  let lantern: Lantern
  let uuid = ''
  let decision: number

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    decision = await frozenDecision(lantern)
    uuid = (await electionOfDecision(lantern.platform.db, decision))?.uuid ?? ''
  }, 240_000)
  afterAll(() => lantern.close())

  const get = (role: string | null) => answerTo(lantern, task.GET, { role, params: { uuid } })
  /** Hands a text in as an answer file. */
  const handIn = (role: string | null, text: string, to = uuid) => {
    const form = new FormData()
    form.set('uuid', to)
    form.set('answer', new File([text], 'answer.json', { type: 'application/json' }))
    return answerTo(lantern, action(desk, 'answer'), { role, form })
  }
  /** The answer of a program on which a trustee makes a key. */
  async function begun(role: string): Promise<string> {
    const program = taskDesk(
      { random: (n) => crypto.getRandomValues(new Uint8Array(n)), now: () => 0, wait: () => Promise.resolve() },
      () => undefined,
    )
    expect(program.bring((await get(role)).said, null)).toBeNull()
    await program.take({ kind: 'sit', uuid, keyFile: null })
    await program.take({ kind: 'make' })
    return program.answer() ?? ''
  }
  const messages = async () => (await entries(lantern.platform.db, { decision, type: 'ceremony' })).length

  test('the task is for trustees of this ballot alone, and says nothing of the person who gets it but the place', async () => {
    for (const role of [null, 'member', 'returning-officer']) expect((await get(role)).status, String(role)).toBe(404)
    const answer = await get('trustee-1')
    expect(answer.status).toBe(200)
    const read = parseTrusteeTask(answer.said)
    assert(read.kind === 'ok', 'it is a task')
    expect(read.value).toMatchObject({ uuid, ceremony: { you: 1, steps: [] }, election: { voter: null, uuid }, box: null })
  })

  test('what is no answer, damaged, another ballot’s or another trustee’s is refused in words, and nothing is written', async () => {
    const answer = await begun('trustee-1')
    const read = parseTrusteeAnswer(answer)
    assert(read.kind === 'ok', 'it is an answer')
    const of = (more: Partial<typeof read.value>) => trusteeAnswerFile({ ...read.value, ...more })
    const wrong: TrusteePost = { kind: 'step', step: 1, message: '{"nothing":1}' }
    const early: TrusteePost = { kind: 'step', step: 2, message: '{"message":"","signature":""}' }
    const opening: TrusteePost = { kind: 'opening', payload: '{}', proof: { challenge: '1', response: '1' } }
    const cases = [
      [422, 'Choose your answer file', ''],
      [422, 'This is not an answer file', 'hello'],
      [422, 'This is a task file', (await get('trustee-1')).said],
      [422, 'damaged', answer.replace('"index":1', '"index":2')],
      [422, 'later program', checkedFile('quorate/trustee-answer/v9', {})],
      [409, 'for another ballot', of({ uuid: 'AnotherMotion12' })],
      [409, 'another trustee’s', of({ index: 2 })],
      [422, 'does not fit', of({ posts: [wrong] })],
      [422, 'does not fit', of({ posts: [early] })],
      [409, 'Voting has not closed', of({ posts: [opening] })],
      [409, 'Voting has not closed', of({ posts: [{ kind: 'shuffle', after: null, shuffle: '{}' }] })],
    ] as const
    for (const [status, says, text] of cases) {
      const answered = await handIn('trustee-1', text)
      expect(answered.status, says).toBe(status)
      expect(answered.said).toContain(says)
    }
    expect(await handIn('member', answer)).toMatchObject({ status: 403 })
    expect(await handIn('trustee-2', answer)).toMatchObject({ status: 409 })
    expect(await handIn(null, answer)).toMatchObject({ status: 303 })
    expect(await handIn('trustee-1', answer, 'AnotherMotion12')).toMatchObject({ status: 409 })
    expect(await messages()).toBe(0)
  }, 60_000)

  test('taken once; the same again changes nothing; another one of the same step is refused', async () => {
    const answer = await begun('trustee-1')
    expect(await handIn('trustee-1', answer)).toMatchObject({
      status: 200,
      data: { uuid, said: 'Your answer has been taken. Thank you.' },
    })
    expect(await messages()).toBe(1)
    expect(await handIn('trustee-1', answer)).toMatchObject({
      status: 200,
      data: { said: 'This answer was handed in before. Nothing has changed.' },
    })
    const read = parseTrusteeAnswer(await begun('trustee-2'))
    const other = read.kind === 'ok' ? trusteeAnswerFile({ ...read.value, index: 1 }) : ''
    const again = await handIn('trustee-1', other)
    expect(again.status).toBe(409)
    expect(again.said).toContain('in another way')
    expect(await messages()).toBe(1)
  }, 60_000)
})
