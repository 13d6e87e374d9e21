/** What one member sends at once is judged one after another; beyond this many, not at all. */
const turnsMax = 4

const turns = new Map<string, { last: Promise<unknown>; waiting: number }>()

/** Runs `act` when those before it under the same key have ended. Null when too many wait: nothing was done. */
export async function inTurn<T>(key: string, act: () => Promise<T>): Promise<T | null> {
  const turn = turns.get(key) ?? { last: Promise.resolve(), waiting: 0 }
  if (turn.waiting >= turnsMax) return null
  turns.set(key, turn)
  turn.waiting++
  const own = turn.last.then(act, act)
  turn.last = own
  try {
    return await own
  } finally {
    turn.waiting--
    if (turn.waiting === 0) turns.delete(key)
  }
}
