import { type AnyQuestion } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markedIn } from '../src/check-worker.ts'
import { step, ungraded, type Opened, type State } from '../src/booth-state.ts'
import { castChoice, checkView, identify, loadElection, placesOf } from '../src/client.ts'
import { lockForTest, openForTest } from '../src/honesty.ts'
import { openServer, testWorld } from './world.ts'

const answers = ['Ann', 'Ben', 'Dee']
const asked: AnyQuestion = {
  type: 'NonHomomorphic',
  value: { answers, question: 'Whom?' },
  extra: { method: 'Score', most: 5 },
}
const { server } = openServer({ asked, left: [1] })
const world = testWorld(server)
const loaded = async () => {
  const found = await loadElection(world, server.uuid)
  assert(found.kind === 'ok', 'the paper of this test is one')
  return found.value
}
const member = async () => {
  const found = await identify(world, await loaded(), server.codes[0] ?? '')
  assert(found.kind === 'ok', 'the code of this test is one')
  return found.value
}
const quiet = { progress: () => {}, sealed: () => {} }

describe('a paper of grades', () => {
  test('is graded from 0 up to what its text says, and shows who has left', async () => {
    const { paper } = await loaded()
    expect(paper).toMatchObject({ question: 'Whom?', answers, depth: null, top: 5, left: [1] })
  })

  test('is locked as it is graded; a name left out has 0, and nothing off the scale is a paper', async () => {
    const own = await loaded()
    const grade = fc.constantFrom(ungraded, 0, 1, 2, 3, 4, 5)
    fc.assert(
      fc.property(fc.tuple(grade, grade, grade), (grades) => {
        expect(placesOf(own, grades)).toEqual(grades.map((one) => Math.max(0, one)))
      }),
    )
    for (const bad of [[], [1, 2], [1, 2, 3, 4]]) expect(placesOf(own, bad)).toBeNull()
    for (const bad of [0, 'blank'] as const) expect(placesOf(own, bad)).toBeNull()
    const who = await member()
    for (const bad of [
      [6, 0, 0],
      [0, 0.5, 0],
      [-2, 1, 1],
    ])
      expect(await castChoice(world, own, who, bad, quiet)).toEqual({ kind: 'fail', error: { kind: 'device' } })
  })

  test('is checked only with one grade or more', () => {
    const opened = { paper: { depth: null, marks: 0, top: 5 } } as Opened // all of it that is read before the paper is checked
    const choosing = (choice: readonly number[]): State => ({ kind: 'choose', opened, choice, missed: false })
    expect(step(choosing([-1, -1, -1]), { kind: 'check' }).state).toMatchObject({ kind: 'choose', missed: true })
    expect(step(choosing([-1, 0, -1]), { kind: 'check' }).state).toMatchObject({ kind: 'check', choice: [-1, 0, -1] })
  })

  test('is shown to whoever tests the device as it was graded', async () => {
    const own = await loaded()
    const who = await member()
    const locked = lockForTest(world, own, who, [5, 0, 2])
    assert(locked !== null, 'a lawful paper is locked')
    expect((await openForTest(world, own, who, locked)).choice).toEqual([5, 0, 2])
    expect(markedIn(asked, [5, 0, 2])).toEqual(['Ann: 5', 'Dee: 2'])
  })

  test('is cast and found in the box', async () => {
    const cast = await castChoice(world, await loaded(), await member(), [5, ungraded, 2], quiet)
    expect(cast.kind).toBe('ok')
    expect(server.ballots).toHaveLength(1)
  })

  test('by grades that begin at 1, which this page does not show, is refused', async () => {
    const other = openServer({ asked: { ...asked, extra: { method: 'MajorityJudgment', grades: ['good', 'bad'] } } }).server
    const { view } = await loaded()
    const found = checkView(
      { ...view, election: other.election?.text ?? '', fingerprint: other.election?.fingerprint ?? '' },
      view.uuid,
    )
    expect(found).toEqual({ kind: 'fail', error: 'election' })
  })
})
