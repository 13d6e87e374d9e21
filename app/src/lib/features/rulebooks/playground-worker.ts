/// <reference lib="webworker" />
import { checkText } from './playground-check.ts'
import type { PlaygroundAnswer, PlaygroundAsked } from './playground-port.ts'

// The worker of the playground: one text at a time, parsed, linted and said. It fetches nothing; its own policy forbids it to.

const scope = self as unknown as DedicatedWorkerGlobalScope // what `self` is in a worker
const say = (answer: PlaygroundAnswer): void => scope.postMessage(answer)

scope.onmessage = ({ data }: MessageEvent<PlaygroundAsked>): void => {
  const { number, text, locale } = data
  const { checked } = checkText(text, locale)
  say({ kind: 'checked', number, checked })
  say({ kind: 'done', number })
}
