import type { World } from './http.ts'
import { sitAsTrustee, type Trustee } from './trustee-client.ts'
import type { Table, TrusteeFailure, TrusteeNews, TrusteeOrder } from './trustee-state.ts'

/** The trustees' page's side of the worker: takes orders one after another. The key lives in here. */
export type TrusteeDesk = { readonly take: (order: TrusteeOrder) => Promise<void> }

/** Sets up the desk. */
export function trusteeDesk(world: World, tell: (news: TrusteeNews) => void): TrusteeDesk {
  let trustee: Trustee | null = null

  const failed = (failure: TrusteeFailure): void => tell({ kind: 'failed', failure })
  const show = (at: Trustee, looked: Awaited<ReturnType<Trustee['look']>>): void =>
    looked.kind === 'ok' ? table(at, looked.value) : failed(looked.error)
  const table = (at: Trustee, value: Table): void => tell({ kind: 'table', table: value, keyFile: at.keyFile() })

  async function take(order: TrusteeOrder): Promise<void> {
    if (order.kind === 'sit') {
      trustee = sitAsTrustee(world, order.uuid)
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
        const fault = at.load(order.keyFile)
        tell({ kind: 'key', fault })
        return fault === null ? show(at, await at.look()) : undefined
      }
      case 'open': {
        const opened = await at.open((stage) => tell({ kind: 'progress', stage }))
        return opened.kind === 'ok' ? tell({ kind: 'opened', opening: opened.value }) : failed(opened.error)
      }
    }
  }

  return { take: (order) => take(order).catch(() => failed({ kind: 'device' })) }
}
