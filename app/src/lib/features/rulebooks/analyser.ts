import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { analyse, compare, type Analysis, type AnalyseFacts, type Comparison, type Rulebook } from '@quorate/rulebook'
import { turnsOf } from './turns.ts'

// How hard the analyser looks: on Lantern 8 labels find the same ways as 128, in a third of a second.
const effort = { labels: 8 }
/** An edition as another thread can read it. */
type Text = { readonly text: string; readonly edition: number }
type Task =
  | { readonly kind: 'analyse'; readonly rulebook: Text; readonly facts: AnalyseFacts }
  | { readonly kind: 'compare'; readonly before: Text; readonly after: Text; readonly facts: AnalyseFacts }

/**
 * What the thread runs: the analyser's own package, from where it stands beside the server, so that no second bundle has to be built. A text that was
 * ratified reads, so what does not read is a fault of ours and ends the thread.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData.rulebook).then(({ analyse, compare, parseRulebook }) => {
  const read = ({ text, edition }) => parseRulebook(text, edition).value
  parentPort.on('message', ({ task, effort }) => {
    parentPort.postMessage(
      task.kind === 'analyse'
        ? analyse(read(task.rulebook), task.facts, effort)
        : compare(read(task.before), read(task.after), task.facts, 'en', effort),
    )
  })
})`

const textOf = ({ document, edition }: Rulebook): Text => ({
  text: [document.preamble, ...document.clauses.map((clause) => clause.source)].join('\n\n'),
  edition,
})

/** The analyser in a thread of its own. */
export type Analyser = {
  /** The shortest coups of a rulebook under some facts. `busy`: too many wait, or it took longer than it may. */
  readonly analyse: (rulebook: Rulebook, facts: AnalyseFacts) => Promise<Analysis | 'busy'>
  /** What changed between two editions in who holds which power, under the same facts. */
  readonly compare: (before: Rulebook, after: Rulebook, facts: AnalyseFacts) => Promise<Comparison | 'busy'>
  readonly close: () => Promise<void>
}

/**
 * An analyser that holds up nobody: it reckons in a thread of its own, one question after another, so many in the queue at most, each within so many
 * milliseconds. A thread that takes longer is ended, and the next question begins another. Where no thread can be had it reckons in this one.
 */
export function analyserOf({ most, limitMs }: { readonly most: number; readonly limitMs: number }): Analyser {
  const turns = turnsOf(most)
  let thread: Worker | null = null
  /** Takes what the thread says; there is one question at a time. */
  let heard: (answer: unknown) => void = () => undefined
  const begin = (): Worker => {
    const rulebook = pathToFileURL(createRequire(import.meta.url).resolve('@quorate/rulebook')).href
    const made = new Worker(program, {
      eval: true,
      workerData: { rulebook },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    const lost = (): void => {
      if (thread !== made) return
      thread = null
      heard('no thread')
    }
    made.on('message', (answer) => {
      heard(answer)
    })
    made.on('error', lost)
    made.on('exit', lost)
    return made
  }
  const end = async (): Promise<void> => {
    const ended = thread
    thread = null
    await ended?.terminate()
  }
  const ask = (task: Task): Promise<unknown> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        void end()
        resolve('busy')
      }, limitMs)
      heard = (answer) => {
        clearTimeout(timer)
        // The server may stop while nobody asks.
        thread?.unref()
        resolve(answer)
      }
      try {
        thread ??= begin()
        thread.ref()
        thread.postMessage({ task, effort })
      } catch {
        heard('no thread')
      }
    })
  const reckon = <T>(task: Task, here: () => T): Promise<T | 'busy'> =>
    turns.take(async () => {
      const answer = await ask(task)
      // The thread says what the function of that name gives, or one of these words stands for it.
      return answer === 'no thread' ? here() : (answer as T | 'busy')
    })
  return {
    analyse: (rulebook, facts) =>
      reckon({ kind: 'analyse', rulebook: textOf(rulebook), facts }, () => analyse(rulebook, facts, effort)),
    compare: (before, after, facts) =>
      reckon({ kind: 'compare', before: textOf(before), after: textOf(after), facts }, () => compare(before, after, facts, 'en', effort)),
    close: end,
  }
}

let ofServer: Analyser | null = null
/** The analyser of this server. An analysis takes a third of a second for Lantern: eight in the queue are answered within three seconds. */
export const analyser = (): Analyser => (ofServer ??= analyserOf({ most: 8, limitMs: 20_000 }))
