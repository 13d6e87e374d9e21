import { DatabaseSync } from 'node:sqlite'

/**
 * A lock on a file that the operating system gives back when its holder dies, however it dies. SQLite's own file locks are used because
 * Node has no `flock`: a pid file would need guesses about stale owners, and two starters could make the same guess.
 */
export type Lock = { readonly release: () => void }

const busy = 5 // SQLITE_BUSY

function take(file: string, statement: string): Lock | 'held' {
  const handle = new DatabaseSync(file, { timeout: 0 })
  try {
    handle.exec(statement)
  } catch (error) {
    handle.close()
    if ((error as { errcode?: number }).errcode === busy) return 'held'
    throw error
  }
  return { release: () => handle.isOpen && handle.close() }
}

/** Alone, or not at all: `held` when anybody has the file, shared or alone. */
export const lockAlone = (file: string): Lock | 'held' => take(file, 'BEGIN EXCLUSIVE')

/** Together with others who share; `held` while somebody has it alone. */
export const lockShared = (file: string): Lock | 'held' => take(file, 'BEGIN; SELECT count(*) FROM sqlite_schema')

/** Waits for {@link lockAlone} up to `waitMs`, asking every 50 ms. */
export async function lockAloneWithin(file: string, waitMs: number): Promise<Lock | 'held'> {
  for (const end = performance.now() + waitMs; ;) {
    const lock = lockAlone(file)
    if (lock !== 'held' || performance.now() > end) return lock
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
