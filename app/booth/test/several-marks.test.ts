import { electionText, engineOf, parseElection, type Question } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toggled } from '../src/booth-marks.ts'
import { step, type Opened, type State } from '../src/booth-state.ts'
import { placesOf } from '../src/client.ts'

const engine = engineOf('Ed25519')
const question: Question = { answers: ['Ann', 'Ben', 'Dee'], min: 1, max: 2, question: 'Which two?' }
const parsed = parseElection(
  electionText({
    version: 1,
    description: '',
    name: 'Which two?',
    group: 'Ed25519',
    public_key: engine.encode(engine.generator),
    questions: [question],
    uuid: 'QuorateMarkinq42',
  }),
)
assert(parsed.kind === 'ok', 'the paper of this test is one')
const paper = { election: parsed.value }

describe('marking several answers', () => {
  test('each press marks or takes a mark back, whatever the order of presses', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 20 }), (presses) => {
        const marks = presses.reduce<readonly number[]>(toggled, [])
        const odd = [0, 1, 2].filter((place) => presses.filter((one) => one === place).length % 2 === 1)
        expect(marks).toEqual(odd)
      }),
    )
  })

  test('is locked as the question takes it, and nothing else is', () => {
    expect(placesOf(paper, [0, 2])).toEqual([1, 0, 1])
    expect(placesOf(paper, [1])).toEqual([0, 1, 0])
    expect(placesOf(paper, 1)).toEqual([0, 1, 0])
    for (const bad of [[], [0, 1, 2], [0, 0], [3], [-1], [0.5]]) expect(placesOf(paper, bad)).toBeNull()
    expect(placesOf(paper, 'blank')).toBeNull()
  })

  test('is checked only with one mark or more, and no more than the paper allows', () => {
    const opened = { paper: { depth: null, marks: 2, top: null } } as Opened // all of it that is read before the paper is checked
    const choosing = (choice: readonly number[]): State => ({ kind: 'choose', opened, choice, missed: false })
    for (const bad of [[], [0, 1, 2]])
      expect(step(choosing(bad), { kind: 'check' }).state).toMatchObject({ kind: 'choose', missed: true })
    expect(step(choosing([0, 2]), { kind: 'check' }).state).toMatchObject({ kind: 'check', choice: [0, 2] })
  })
})
