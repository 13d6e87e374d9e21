import { assert } from '@quorate/kernel'
import type { Bench } from '../tools/measure.ts'
import { castFacts, castOf, opened, signatureOf, signing } from '../packages/rulebook/test/busy-decision.ts'
import { decide, evolve, type State } from '@quorate/rulebook'

/** Judging an act, alone and with what it does to the state, on a decision that already has 20,000 people in it. */
export default function decideBench(): Bench {
  const busy = opened(20_000)
  const supported = signing(20_000)
  let next = 20_000
  let state: State = busy.state
  let others: State = supported.state
  const permitted = (answer: ReturnType<typeof decide>) => {
    assert(answer.kind === 'permitted', 'the act is permitted')
    return answer
  }
  return {
    title: 'decide',
    about:
      'One act on Lantern’s change of its rules, 20,000 people having signed or voted before it. The goal is 50,000 acts a second on one core, which is 20 µs.',
    cases: [
      {
        name: 'decide: a ballot cast',
        operations: 1,
        run: () => permitted(decide(busy.editions, busy.state, castFacts(busy.now), castOf(busy, ++next))),
      },
      {
        name: 'decide and evolve: a ballot cast',
        operations: 1,
        run: () => {
          const answer = permitted(decide(busy.editions, state, castFacts(busy.now), castOf(busy, ++next)))
          state = answer.events.reduce(evolve, state)
        },
      },
      {
        name: 'decide: a signature',
        operations: 1,
        run: () =>
          permitted(decide(supported.editions, supported.state, castFacts(supported.now), signatureOf(supported, ++next))),
      },
      {
        name: 'decide and evolve: a signature',
        operations: 1,
        run: () => {
          const answer = permitted(decide(supported.editions, others, castFacts(supported.now), signatureOf(supported, ++next)))
          others = answer.events.reduce(evolve, others)
        },
      },
    ],
  }
}
