import { electionText, engineOf, parseElection, type AnyQuestion } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moved } from '../src/booth-rank.ts'
import { step, type Opened, type State } from '../src/booth-state.ts'
import { placesOf } from '../src/client.ts'

const engine = engineOf('Ed25519')
const electionOf = (question: AnyQuestion) => {
  const text = electionText({
    version: 1,
    description: '',
    name: 'Whom?',
    group: 'Ed25519',
    public_key: engine.encode(engine.generator),
    questions: [question],
    uuid: 'QuorateRankinq42',
  })
  const election = parseElection(text)
  assert(election.kind === 'ok', 'the paper of this test is one')
  return { election: election.value }
}
const answers = ['Ann', 'Ben', 'Dee', 'None of these']
const ranked = electionOf({ type: 'NonHomomorphic', value: { answers, question: 'Whom?' }, extra: { method: 'Schulze' } })

describe('putting names in order with buttons', () => {
  test('a name comes in last, goes up and down one place, and leaves', () => {
    expect(moved([], 2, 'in')).toEqual([2])
    expect(moved([2], 0, 'in')).toEqual([2, 0])
    expect(moved([2, 0, 1], 1, 'up')).toEqual([2, 1, 0])
    expect(moved([2, 0, 1], 2, 'down')).toEqual([0, 2, 1])
    expect(moved([2, 0, 1], 0, 'out')).toEqual([2, 1])
    // At either end, or for a name that is not there, nothing moves.
    expect(moved([2, 0], 2, 'up')).toEqual([2, 0])
    expect(moved([2, 0], 0, 'down')).toEqual([2, 0])
    expect(moved([2, 0], 0, 'in')).toEqual([2, 0])
    expect(moved([2, 0], 1, 'up')).toEqual([2, 0])
  })

  test('whatever is pressed, nobody stands twice, and the ballot says the order as it is shown', () => {
    const press = fc.tuple(fc.nat(3), fc.constantFrom('up', 'down', 'out', 'in'))
    fc.assert(
      fc.property(fc.array(press, { maxLength: 40 }), (presses) => {
        const order = presses.reduce<readonly number[]>((at, [place, move]) => moved(at, place, move), [])
        expect(new Set(order).size).toBe(order.length)
        const ranks = placesOf(ranked, order)
        expect(ranks).toEqual(answers.map((_, place) => order.indexOf(place) + 1))
      }),
    )
  })

  test('what is no order of this paper is not locked', () => {
    for (const bad of [[0, 0], [4], [-1], [0.5]]) expect(placesOf(ranked, bad)).toBeNull()
    expect(placesOf(ranked, 1)).toBeNull()
    expect(placesOf(ranked, 'blank')).toBeNull()
    const marked = electionOf({ answers: ['For', 'Against'], min: 1, max: 1, question: 'Adopt it?' })
    expect(placesOf(marked, [0])).toBeNull()
    expect(placesOf(marked, 0)).toEqual([1, 0])
  })

  test('a paper on which nobody is ranked is not checked: the page asks for one name', () => {
    const opened = { paper: { depth: 4, marks: 0, top: null } } as Opened // all of it that is read before the paper is checked
    const choosing = (choice: readonly number[]): State => ({ kind: 'choose', opened, choice, missed: false })
    expect(step(choosing([]), { kind: 'check' }).state).toMatchObject({ kind: 'choose', missed: true })
    expect(step(choosing([1]), { kind: 'check' }).state).toMatchObject({ kind: 'check', choice: [1] })
  })
})
