import { createReadStream } from 'node:fs'

/**
 * The bytes of hints, from a file or an address. They come to an end where nothing more can be read: no fault of theirs is worth a word, for without
 * them the check is the same and takes longer. All in all they are waited for no longer than `patienceMs`, whatever else is done between two reads.
 */
export async function* hintsAt(where: string | URL, patienceMs = 120_000): AsyncGenerator<Uint8Array, void, undefined> {
  const stop = new AbortController()
  const left = { ms: patienceMs }
  const within = <T>(wait: Promise<T>): Promise<T> => waitedFor(wait, left, stop)
  try {
    const pieces = (await within(opened(where, stop.signal)))?.[Symbol.asyncIterator]()
    if (pieces === undefined) return
    for (;;) {
      const next = await within(pieces.next())
      if (next.done === true) return
      yield next.value
    }
  } catch {
    // They end here.
  } finally {
    stop.abort()
  }
}

/** Waits, and takes the time that took off what is `left`; with nothing left `stop` is called, which ends the wait. */
async function waitedFor<T>(wait: Promise<T>, left: { ms: number }, stop: AbortController): Promise<T> {
  const since = performance.now()
  const timer = setTimeout(() => stop.abort(), Math.max(0, left.ms))
  try {
    return await wait
  } finally {
    clearTimeout(timer)
    left.ms -= performance.now() - since
  }
}

async function opened(where: string | URL, signal: AbortSignal): Promise<AsyncIterable<Uint8Array> | null> {
  if (typeof where === 'string') return createReadStream(where, { signal }) as AsyncIterable<Uint8Array> // it has no encoding
  const answer = await fetch(where, { headers: { accept: 'application/octet-stream' }, signal })
  return answer.ok ? (answer.body as ReadableStream<Uint8Array> | null) : null
}
