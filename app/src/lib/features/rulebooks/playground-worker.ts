/// <reference lib="webworker" />
import { instant } from '@quorate/kernel'
import { checkText } from './playground-check.ts'
import { coupOf } from './playground-coup.ts'
import type { PlaygroundAnswer, PlaygroundAsked } from './playground-port.ts'

// The worker of the playground: one text at a time, parsed, linted, said and analysed. It fetches nothing; its own policy forbids it to.

const scope = self as unknown as DedicatedWorkerGlobalScope // what `self` is in a worker
const say = (answer: PlaygroundAnswer): void => scope.postMessage(answer)

scope.onmessage = ({ data }: MessageEvent<PlaygroundAsked>): void => {
  const { number, text, people, locale } = data
  const { checked, rulebook } = checkText(text, locale)
  say({ kind: 'checked', number, checked })
  say({ kind: 'coup', number, coup: rulebook === null ? [] : coupOf(rulebook, people, instant(Date.now()), locale) })
  say({ kind: 'done', number })
}
