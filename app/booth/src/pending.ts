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

/**
 * Keeps the signed, locked ballot until the box confirms it (the "frozen box"): a crash or a dead battery then loses nothing. It holds
 * neither choice nor voting code. Storage that is full or forbidden costs only that.
 */
export function keepPending(store: Store, pending: Pending): void {
  try {
    store.setItem(place(pending.uuid), JSON.stringify(pending))
  } catch {
    // Private windows and full phones: the ballot still goes out, it only cannot survive a reload.
  }
}

/** The kept ballot of an election, or null; what we cannot read is as good as none. */
export function keptPending(store: Store, uuid: string): Pending | null {
  try {
    const read = readFields(JSON.parse(store.getItem(place(uuid)) ?? 'null'), (f) => ({
      uuid: f.text('uuid'),
      ballot: f.text('ballot'),
      statement: f.raw('statement'),
      bind: f.text('bind'),
      tracker: f.text('tracker'),
      code: f.text('code'),
      digest: f.text('digest'),
    }))
    return read.kind === 'ok' && read.value.uuid === uuid ? read.value : null
  } catch {
    return null
  }
}

/** Removes it, once the box has confirmed. */
export function dropPending(store: Store, uuid: string): void {
  try {
    store.removeItem(place(uuid))
  } catch {
    // As above.
  }
}
