import type { Db } from './database.ts'

type Round<K, V> = { readonly keys: Set<K>; readonly found: Promise<ReadonlyMap<K, V>> }
type Desk<K, V> = { next: Round<K, V> | null; last: Promise<unknown> }

/**
 * A question that many requests put at the same time, each with its own key, answered by one query for all of them. While one query is under
 * way the next collects, so a lone request goes at once and in a surge the queries become few. Every answer was read after it was asked for:
 * it is as fresh as if asked alone. A key that was not found gives undefined; a query that fails, fails for all it was for. Inside a
 * transaction each asks for itself.
 */
export function askedTogether<K, V>(
  ask: (db: Db, keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (db: Db, key: K) => Promise<V | undefined> {
  const desks = new WeakMap<Db, Desk<K, V>>()
  const nextRound = (db: Db, desk: Desk<K, V>): Round<K, V> => {
    const keys = new Set<K>()
    const found = desk.last.then(() => {
      desk.next = null
      return ask(db, [...keys])
    })
    desk.last = found.catch(() => null)
    return { keys, found }
  }
  return async (db, key) => {
    if (db.isTransaction) return (await ask(db, [key])).get(key)
    const desk = desks.get(db) ?? { next: null, last: Promise.resolve() }
    desks.set(db, desk)
    desk.next ??= nextRound(db, desk)
    desk.next.keys.add(key)
    return (await desk.next.found).get(key)
  }
}
