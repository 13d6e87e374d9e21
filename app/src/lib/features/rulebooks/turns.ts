/** Long reckonings, one after another. */
export type Turns = {
  /** Reckons when its turn comes; `busy` when so many wait already. A reckoning that throws fails alone. */
  readonly take: <T>(reckon: () => T | Promise<T>) => Promise<T | 'busy'>
}

/**
 * A queue for long reckonings: one at a time, and between two of them whatever else waits is served. More than `most` in the queue are turned away, so that nobody can make a server stand still by asking.
 */
export function turnsOf(most: number): Turns {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    take: async (reckon) => {
      if (waiting >= most) return 'busy'
      waiting += 1
      const before = last
      // A timer, not a microtask: only then are requests that came in meanwhile heard before the next reckoning.
      const own = before.then(() => new Promise<void>((resolve) => setTimeout(resolve, 0))).then(reckon)
      last = own.catch(() => undefined)
      try {
        return await own
      } finally {
        waiting -= 1
      }
    },
  }
}

/** A cache of so many answers; the one not asked for longest goes first. */
export function remembering<T>(most: number): { readonly get: (key: string) => T | undefined; readonly set: (key: string, value: T) => void } {
  const kept = new Map<string, T>()
  return {
    get: (key) => {
      const found = kept.get(key)
      if (found === undefined) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found
    },
    set: (key, value) => {
      kept.delete(key)
      kept.set(key, value)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },
  }
}
