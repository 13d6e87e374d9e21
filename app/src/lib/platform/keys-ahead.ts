import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Element, Engine, GroupName } from '@quorate/ballots'
import { appFolder } from './ballot-threads.ts'

/** What one thread is to read. */
export type KeysToRead = { readonly group: GroupName; readonly texts: readonly string[] }

/** Fewer keys are read before threads have started: each takes a fifth of a millisecond. */
const worthThreads = 4_000

const readIn = (own: KeysToRead): Promise<readonly (Element | null)[]> =>
  new Promise((done, lost) => {
    const worker = new Worker(join(appFolder(), 'src/lib/platform/keys-thread.ts'), { workerData: own })
    worker.once('message', done)
    worker.once('error', lost)
    worker.once('exit', () => lost(new Error('a thread ended')))
  })

/**
 * An engine that knows these keys: each was read strictly, in one of so many threads. It reads anything else as the other does; so what is no key, or was
 * lost with a thread, is judged by the engine itself.
 */
export async function knowingKeys(
  engine: Engine<Element>,
  texts: readonly string[],
  threads: number,
  worth = worthThreads,
): Promise<Engine<Element>> {
  if (texts.length < worth || threads < 2) return engine
  const share = Math.ceil(texts.length / threads)
  const known = new Map<string, Element>()
  await Promise.allSettled(
    Array.from({ length: threads }, async (_, i) => {
      const own = texts.slice(i * share, (i + 1) * share)
      const found = await readIn({ group: engine.name, texts: own })
      for (const [j, element] of found.entries()) if (element !== null) known.set(own[j] ?? '', element)
    }),
  )
  return {
    ...engine,
    decode: (text, allowIdentity) => {
      const element = known.get(text)
      return element === undefined ? engine.decode(text, allowIdentity) : { kind: 'ok', value: element }
    },
  }
}
