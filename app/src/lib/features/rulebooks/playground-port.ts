import type { Locale } from '#lib/platform/words.ts'
import type { Checked } from './playground-check.ts'
import type { CoupTold } from './playground-coup.ts'

/** A text to check. Answers carry its number, so that one that comes late is known. */
export type PlaygroundAsked = { readonly number: number; readonly text: string; readonly people: number; readonly locale: Locale }
/** What the worker says of a text: its parts as they come, then that it is done. */
export type PlaygroundAnswer =
  | { readonly kind: 'checked'; readonly number: number; readonly checked: Checked }
  | { readonly kind: 'coup'; readonly number: number; readonly coup: readonly CoupTold[] }
  | { readonly kind: 'done'; readonly number: number }

/** As much of a `Worker` as the playground needs. */
export type PlaygroundWorker = { readonly ask: (asked: PlaygroundAsked) => void; readonly stop: () => void }
/** Starts one: `hear` gets its answers, `broke` is told when it ends by a fault. */
export type StartWorker = (hear: (answer: PlaygroundAnswer) => void, broke: () => void) => PlaygroundWorker
/** What the page learns: an answer to its latest text, that a check was cut off, or that it broke. */
export type PlaygroundNews = PlaygroundAnswer | { readonly kind: 'stopped' | 'broken' }
/** Timers, so that tests need not wait. */
export type Timers = { readonly set: (run: () => void, ms: number) => number; readonly clear: (id: number) => void }

/** Checking begins this long after the last key: a fast typist's pause between words. */
export const pauseMs = 250
/** A rulebook of 200 clauses is checked in well under a second on a slow phone; a text that takes longer than this is cut off. */
export const patienceMs = 10_000

/** Hands texts to a worker, the latest only, and starts another worker when one does not answer in time. */
export function playgroundPort(
  start: StartWorker,
  locale: Locale,
  hear: (news: PlaygroundNews) => void,
  timers: Timers,
): { readonly ask: (text: string, people: number, soon?: boolean) => void; readonly close: () => void } {
  let worker: PlaygroundWorker | null = null
  let number = 0
  let busy = false
  let waiting: { readonly text: string; readonly people: number } | null = null
  let pause: number | null = null
  let patience: number | null = null

  const drop = (): void => {
    worker?.stop()
    worker = null
    busy = false
    if (patience !== null) timers.clear(patience)
    patience = null
  }
  const end = (kind: 'stopped' | 'broken'): void => {
    drop()
    // What was written meanwhile gets its own chance.
    if (waiting === null) hear({ kind })
    else next()
  }
  const answered = (answer: PlaygroundAnswer): void => {
    if (answer.number !== number) return
    if (answer.kind === 'done') {
      busy = false
      if (patience !== null) timers.clear(patience)
      patience = null
    }
    if (waiting === null) hear(answer)
    else next()
  }
  const next = (): void => {
    if (busy || waiting === null) return
    const { text, people } = waiting
    waiting = null
    worker ??= start(answered, () => end('broken'))
    busy = true
    number += 1
    patience = timers.set(() => end('stopped'), patienceMs)
    worker.ask({ number, text, people, locale })
  }
  return {
    ask: (text, people, soon = false) => {
      waiting = { text, people }
      if (pause !== null) timers.clear(pause)
      pause = timers.set(next, soon ? 0 : pauseMs)
    },
    close: () => {
      if (pause !== null) timers.clear(pause)
      drop()
    },
  }
}
