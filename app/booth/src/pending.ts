import type { Pending } from './booth-state.ts'
import { readFields } from './fields.ts'

/** The part of the browser's storage that we use; a stand-in in tests. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The browser's storage; where it is forbidden, one that keeps nothing. */
export function browserStore(): Store {
  try {
    return localStorage
  } catch {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} }
  }
}

const place = (uuid: string): string => `quorate.locked.${uuid}`

// Storage that is full or forbidden costs only that: the ballot still goes out, it cannot survive a reload.
function write(store: Store, uuid: string, kept: readonly Pending[]): void {
  try {
    if (kept.length === 0) store.removeItem(place(uuid))
    else store.setItem(place(uuid), JSON.stringify(kept))
  } catch {
    // As above.
  }
}

/**
 * Keeps the signed, locked ballot until the box confirms it (the "frozen box"): a crash or a dead battery then loses nothing. It holds
 * neither choice nor voting code. One for each voting key: two members may share a device.
 */
export const keepPending = (store: Store, pending: Pending): void =>
  write(store, pending.uuid, [...keptPending(store, pending.uuid).filter(({ key }) => key !== pending.key), pending])

/** The kept ballots of an election; what we cannot read is as good as none. */
export function keptPending(store: Store, uuid: string): readonly Pending[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(place(uuid)) ?? '[]')
    return [kept].flat().flatMap((one) => {
      const read = readFields(one, (f) => ({
        uuid: f.text('uuid'),
        key: f.text('key'),
        ballot: f.text('ballot'),
        statement: f.raw('statement'),
        bind: f.text('bind'),
        tracker: f.text('tracker'),
        code: f.text('code'),
        digest: f.text('digest'),
      }))
      return read.kind === 'ok' && read.value.uuid === uuid ? [read.value] : []
    })
  } catch {
    return []
  }
}

/** Removes the one of a voting key, once the box has confirmed or will never take it. */
export const dropPending = (store: Store, uuid: string, key: string): void =>
  write(
    store,
    uuid,
    keptPending(store, uuid).filter((kept) => kept.key !== key),
  )
