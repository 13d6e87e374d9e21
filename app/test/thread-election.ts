import { electionText, engineOf, fastEd25519, parseElection, type AnyQuestion } from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'

/** The value of what must have worked. */
export const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}

/** An election of one question, for what threads check. Its key is no secret. */
export function threadElection(question: AnyQuestion) {
  const engine = engineOf('Ed25519', { wasm: fastEd25519 })
  const uuid = 'QuorateThread42'
  const text = electionText({
    version: 1,
    description: '',
    name: 'Threads',
    group: 'Ed25519',
    public_key: engine.encode(engine.multiplyBaseSecret(4711n)),
    questions: [question],
    uuid,
  })
  return { engine, uuid, text, election: good(parseElection(text, { wasm: fastEd25519 })) }
}
