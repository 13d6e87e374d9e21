/** What one member sends at once is judged one after another; beyond this many, not at all. */
const turnsMax = 4
/** Ballots judged at once in one process. They share its connections and its processor: more at once finish no sooner, and starve the rest. */
const judgedAtOnce = 8
/** Ballots that may wait to be judged in one process. */
const waitingMax = 4_000

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

let judging = 0
const waiting: (() => void)[] = []

/** Runs `judge` beside a few others, first come first served. Null when too many wait: nothing was done. */
export async function besideFew<T>(judge: () => Promise<T>): Promise<T | null> {
  if (judging >= judgedAtOnce) {
    if (waiting.length >= waitingMax) return null
    await new Promise<void>((go) => waiting.push(go))
  } else judging++
  try {
    return await judge()
  } finally {
    // The place passes on without becoming free, so that nobody who comes in between takes it.
    const next = waiting.shift()
    if (next === undefined) judging--
    else next()
  }
}
