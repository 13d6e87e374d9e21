import { answer } from './answer.ts'
import type { Answer, Question } from './protocol.ts'

// Checking takes seconds: it is done here, so that the page stays awake.
const say = (message: Answer): void => globalThis.postMessage(message)
globalThis.addEventListener('message', (event: MessageEvent<Question>) => {
  say(answer(event.data, say, () => performance.now()))
})
