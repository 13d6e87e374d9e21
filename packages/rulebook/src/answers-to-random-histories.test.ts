import fc from 'fast-check'
import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { addAnswer, answersText, type Answers } from '../test/answers.ts'
import { procedureStages } from '../test/arbitrary-procedure.ts'
import { at, day, decision, editionsOf, hour, later, members, officer, person, print } from '../test/lantern.ts'
import { helpful, nextInstant, tryIt, type Attempt } from '../test/player.ts'
import { rulebookWith } from '../test/procedures.ts'
import { dice, type Roll } from '../test/dice.ts'
import { emptyState, evolve, lawful, timeline, waiting, type ActBody, type Capacity, type State } from './index.ts'

const start = at('2026-03-20 09:00')
const capacities: readonly Capacity[] = ['rule', members, officer, 'body committee', 'body panel', 'body conference']
const bodies: readonly ActBody[] = [
  { kind: 'sign' },
  { kind: 'withdraw' },
  { kind: 'check', outcome: 'refused', ground: 'out-of-order' },
  { kind: 'check', outcome: 'passed', ground: null },
  { kind: 'consider', outcome: 'refused' },
  { kind: 'consider', outcome: 'agreed' },
  { kind: 'appeal', document: print(5) },
  { kind: 'answer-appeal', outcome: 'allowed' },
  { kind: 'back-amendment', amendment: 1 },
  { kind: 'withdraw-amendment', amendment: 1 },
  { kind: 'consent', amendment: 3 },
  { kind: 'decide-amendment', amendment: 1, outcome: 'fallen', document: null },
  { kind: 'rule-incompatible', with: decision(9) },
  { kind: 'settle', with: decision(9) },
  { kind: 'settle-roll', voter: person(100) },
  { kind: 'stand', statement: null },
  { kind: 'stand-down' },
  { kind: 'second', candidate: 1 },
  { kind: 'notify' },
  { kind: 'freeze' },
  { kind: 'open' },
  { kind: 'schedule', opensAt: later(start, 40 * day) },
  { kind: 'cast', ballot: print(6) },
  { kind: 'declare' },
  { kind: 'certify' },
  { kind: 'challenge', ground: 'count', document: print(5) },
  { kind: 'answer-challenge', outcome: 'upheld' },
  { kind: 'convene', heldAt: later(start, 40 * day) },
  { kind: 'hold-hustings' },
  { kind: 'enact', text: print(1) },
  { kind: 'tick' },
]

function attemptOf(roll: Roll): Attempt {
  const as = capacities[roll(capacities.length)] ?? 'rule'
  const by = as === 'rule' ? ('rule' as const) : person([1 + roll(60), 1, 10, 51, 100][roll(5)] ?? 1)
  return { by, as, body: bodies[roll(bodies.length)] ?? { kind: 'tick' } }
}

/** Plays a history, most of whose steps are what the decision waits for; every answer, and what its page shows, is added. */
function play(stages: readonly string[], roll: Roll, answers: Answers): void {
  const editions = editionsOf(rulebookWith('adopt-policy', stages))
  let state: State = emptyState
  let now: Instant = start
  addAnswer(answers, 'lawful', { kind: 'permitted', ...{ ways: lawful(editions, state, 'adopt-policy', members, now, []) } })
  for (let step = 0; step < 40; step++) {
    now = later(now, [0, 1, roll(3 * hour), roll(12 * day)][roll(4)] ?? 0)
    for (const other of [attemptOf(roll), attemptOf(roll)]) {
      const { answer } = tryIt(editions, state, now, other)
      addAnswer(answers, other.body.kind, answer)
      if (answer.kind === 'permitted' && roll(3) === 0) state = [...answer.deemed, ...answer.events].reduce(evolve, state)
    }
    let next = helpful(editions, state, now, 'adopt-policy')
    if (next === null && roll(3) > 0) {
      now = nextInstant(editions, state, now) ?? now
      next = helpful(editions, state, now, 'adopt-policy')
    }
    if (next === null) continue
    const { answer } = tryIt(editions, state, now, next)
    addAnswer(answers, next.body.kind, answer)
    if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
    if (roll(4) > 0) continue
    const page = { timeline: timeline(editions, state, decision(1), now), waiting: waiting(editions, state, now) }
    addAnswer(answers, 'page of a decision', { kind: 'permitted', ...page })
  }
}

describe('acts in random decisions are answered as they were', () => {
  it('under random procedures', async () => {
    const answers: Answers = new Map()
    fc.sample(procedureStages, { seed: 20_261_122, numRuns: 60 }).forEach((stages, i) => {
      play(stages, dice(i), answers)
    })
    await expect(answersText(answers)).toMatchFileSnapshot('../test/golden/answers/decisions-under-random-procedures.txt')
  })
})
