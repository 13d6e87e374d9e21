import { fromHex, toBase64, toHex, utf8 } from '@quorate/kernel'

// The key of this browser for one seat. Where the browser has Ed25519, it makes and keeps the key itself and no script can read it out, ours neither. Else it is
// made here and lies in the page's storage, where a script of this site, or whoever has the computer, could read it: the page says which.

/** A key of this browser. `kept`: by the browser, where nothing can read it, or in this site's storage. */
export type DeviceKey = {
  /** The public key, 64 hex digits. */
  readonly key: string
  readonly kept: 'browser' | 'storage'
  /** An Ed25519 signature over a text, base64. */
  readonly sign: (text: string) => Promise<string>
}

type Kept = { readonly scope: string; readonly publicKey: string; readonly privateKey: CryptoKey }

const [databaseName, storeName] = ['quorate-devices', 'keys']

/** The browser's store of keys; null where it has none, such as when storage is turned off. */
function openStore(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(databaseName, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore(storeName, { keyPath: 'scope' })
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

/** One request of the store, as a promise; null when it fails. */
function inStore<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<{ readonly result: T } | null> {
  return new Promise((resolve) => {
    const transaction = database.transaction(storeName, mode)
    const request = ask(transaction.objectStore(storeName))
    transaction.oncomplete = () => resolve({ result: request.result })
    transaction.onerror = transaction.onabort = () => resolve(null)
  })
}

const inStorage = (scope: string): string => `quorate-device ${scope}`

const ofBrowser = ({ publicKey, privateKey }: Omit<Kept, 'scope'>): DeviceKey => ({
  key: publicKey,
  kept: 'browser',
  sign: async (text) =>
    toBase64(new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, privateKey, new Uint8Array(utf8(text))))),
})

async function ofStorage(secret: Uint8Array): Promise<DeviceKey> {
  const { deviceOf } = await import('./device-secret.ts')
  const { key, sign } = deviceOf(secret)
  return { key, kept: 'storage', sign: (text) => Promise.resolve(sign(text)) }
}

/** The key of this browser for a scope: log, body and seat; null when it has none. */
export async function loadDevice(scope: string): Promise<DeviceKey | null> {
  const database = await openStore()
  if (database !== null) {
    const found = await inStore(database, 'readonly', (store): IDBRequest<unknown> => store.get(scope))
    database.close()
    // What this file has put there.
    const kept = found?.result as Kept | undefined
    if (kept !== undefined) return ofBrowser(kept)
  }
  try {
    const secret = fromHex(localStorage.getItem(inStorage(scope)) ?? '')
    return secret.kind === 'ok' && secret.value.length === 32 ? await ofStorage(secret.value) : null
  } catch {
    return null
  }
}

/** Makes a new key of this browser for a scope in place of any it had; null when the browser keeps nothing at all. */
export async function makeDevice(scope: string): Promise<DeviceKey | null> {
  return (await madeByBrowser(scope)) ?? (await madeHere(scope))
}

async function madeByBrowser(scope: string): Promise<DeviceKey | null> {
  const database = await openStore()
  if (database === null) return null
  try {
    // An Ed25519 key is a pair; the types do not know the algorithm everywhere.
    const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])
    const publicKey = toHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
    const kept: Kept = { scope, publicKey, privateKey: pair.privateKey }
    return (await inStore(database, 'readwrite', (store) => store.put(kept))) === null ? null : ofBrowser(kept)
  } catch {
    return null
  } finally {
    database.close()
  }
}

async function madeHere(scope: string): Promise<DeviceKey | null> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  try {
    localStorage.setItem(inStorage(scope), toHex(secret))
    return await ofStorage(secret)
  } catch {
    return null
  }
}

/** SHA-256 of a text, 64 hex digits. */
export const digestOf = async (text: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(utf8(text)))))

/** What a key of this browser is for: one seat of one body of one log. */
export const deviceScope = (origin: string, body: string, seat: { readonly seat: string; readonly number: number }): string =>
  `${origin} ${body} ${seat.seat} ${String(seat.number)}`
