import {
  isLockedKeyFile,
  lockedKeyFile,
  parseTrusteeKeyFile,
  suggestPassphrase,
  trusteeKeyFile,
  unlockKeyFile,
} from '@quorate/ballots'
import type { World } from './http.ts'
import { sitAsTrustee, type Trustee } from './trustee-client.ts'
import type { KeyFault, Table, TrusteeFailure, TrusteeNews, TrusteeOrder } from './trustee-state.ts'

/** The trustees' page's side of the worker: takes orders one after another. The key lives in here. */
export type TrusteeDesk = { readonly take: (order: TrusteeOrder) => Promise<void> }

/** Takes a key file, opening it first where it has a passphrase; null when the key fits. */
function loadInto(trustee: Trustee, text: string, passphrase: string | null): KeyFault | null {
  if (!isLockedKeyFile(text)) return trustee.load(text)
  const key = unlockKeyFile(text, passphrase ?? '')
  if (key.kind === 'ok') return trustee.load(trusteeKeyFile(key.value))
  return key.error.kind === 'wrong passphrase' ? 'wrong passphrase' : 'broken'
}

/** Sets up the desk. */
export function trusteeDesk(world: World, tell: (news: TrusteeNews) => void): TrusteeDesk {
  let trustee: Trustee | null = null
  // One suggestion a sitting, so that it stands still while it is written down.
  const suggestion = suggestPassphrase(world.random)

  const failed = (failure: TrusteeFailure): void => tell({ kind: 'failed', failure })
  const show = (at: Trustee, looked: Awaited<ReturnType<Trustee['look']>>): void =>
    looked.kind === 'ok' ? table(at, looked.value) : failed(looked.error)
  const table = (at: Trustee, value: Table): void => tell({ kind: 'table', table: value, keyFile: at.keyFile(), suggestion })

  async function take(order: TrusteeOrder): Promise<void> {
    if (order.kind === 'sit') {
      trustee = sitAsTrustee(world, order.uuid)
      if (order.seen != null) trustee.remember(order.seen)
      const looked = await trustee.look()
      // A key kept on this device is judged once the table is known.
      if (looked.kind === 'ok' && order.keyFile !== null && trustee.load(order.keyFile) === null)
        return show(trustee, await trustee.look())
      return show(trustee, looked)
    }
    const at = trustee
    if (at === null) return failed({ kind: 'device' })
    switch (order.kind) {
      case 'look':
        return show(at, await at.look())
      case 'make':
        return show(at, await at.make())
      case 'load': {
        const fault = loadInto(at, order.keyFile, order.passphrase)
        tell({ kind: 'key', fault })
        return fault === null ? show(at, await at.look()) : undefined
      }
      case 'lock-key': {
        const file = at.keyFile()
        const key = file === null ? null : parseTrusteeKeyFile(file)
        if (key === null || key.kind === 'fail') return failed({ kind: 'device' })
        const locked = lockedKeyFile(key.value, order.passphrase, world.random)
        return tell({ kind: 'locked-key', keyFile: locked.kind === 'ok' ? locked.value : null })
      }
      case 'shuffle': {
        const shuffled = await at.shuffle((stage) => tell({ kind: 'progress', stage }))
        return shuffled.kind === 'ok' ? tell({ kind: 'shuffled' }) : failed(shuffled.error)
      }
      case 'check': {
        const checked = await at.check((stage) => tell({ kind: 'progress', stage }))
        if (checked.kind === 'fail') return failed(checked.error)
        return tell({ kind: 'checked', found: checked.value, keyFile: at.keyFile() ?? '', seen: at.seen() ?? '' })
      }
      case 'open': {
        const opened = await at.open((stage) => tell({ kind: 'progress', stage }))
        return opened.kind === 'ok' ? tell({ kind: 'opened', opening: opened.value }) : failed(opened.error)
      }
    }
  }

  return { take: (order) => take(order).catch(() => failed({ kind: 'device' })) }
}
