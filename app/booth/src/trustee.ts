import './booth.css'
import './parts.css'
import { parseLink } from './link.ts'
import { browserStore } from './pending.ts'
import { trusteeCatalogues } from './trustee-messages.ts'
import { startTrusteeScreen } from './trustee-page.ts'
import type { TrusteeNews } from './trustee-state.ts'
import { startWorker } from './worker-port.ts'

// How often an open page looks whether the others have done their step, ms.
const lookEveryMs = 2000

const store = browserStore()
const uuid = parseLink(location.href)?.uuid ?? null
const place = `quorate.trustee.${uuid ?? ''}`
// What this browser saw of the box at its last check: no secret, and kept whether or not the key is.
const seenPlace = `quorate.trustee-saw.${uuid ?? ''}`
// A look that has not been answered yet: a slow device must not pile them up.
let looking = false

/** Full or forbidden storage costs this memory, not the opening: the key file and the record remember. */
function keepSeen(seen: string): void {
  try {
    store.setItem(seenPlace, seen)
  } catch {
    // A private window.
  }
}

const screen = startTrusteeScreen({
  catalogues: trusteeCatalogues,
  start: (onNews, onBroken) => {
    const order = startWorker((news) => onNews(news as TrusteeNews), onBroken) // our own worker, built with this page
    return (trustee) => order({ page: 'trustee', order: trustee })
  },
  keeping: { store, place },
  around: (_, content) => content,
  beside: () => null,
  heard: (event) => {
    if (event.kind === 'table' || event.kind === 'failed') looking = false
    if (event.kind === 'checked') keepSeen(event.seen)
  },
})

if (uuid === null) screen.act({ kind: 'no-election' })
else {
  history.replaceState(null, '', `/trustee/${uuid}`)
  screen.draw()
  screen.ask({ kind: 'sit', uuid, keyFile: store.getItem(place), seen: store.getItem(seenPlace) })
  setInterval(() => {
    const state = screen.state()
    const looks =
      state.kind === 'table' || state.kind === 'opened' || (state.kind === 'failed' && state.failure.kind === 'no-answer')
    if (!looks || looking || document.visibilityState !== 'visible') return
    looking = true
    screen.ask({ kind: 'look' })
  }, lookEveryMs)
}
