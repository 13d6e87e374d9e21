import './booth.css'
import './parts.css'
import { nodesOf, saveFile } from './dom.ts'
import { parseLink } from './link.ts'
import { startPage } from './page.ts'
import { browserStore } from './pending.ts'
import { trusteeCatalogues } from './trustee-messages.ts'
import { stepTrustee, type TrusteeEvent, type TrusteeNews, type TrusteeOrder, type TrusteeState } from './trustee-state.ts'
import { openStageText, progressPart, type Tools, trusteeView } from './trustee-views.ts'
import { startWorker } from './worker-port.ts'

// How often an open page looks whether the others have done their step, ms.
const lookEveryMs = 2000

const store = browserStore()
const uuid = parseLink(location.href)?.uuid ?? null
const place = `quorate.trustee.${uuid ?? ''}`
// What this browser saw of the box at its last check: no secret, and kept whether or not the key is.
const seenPlace = `quorate.trustee-saw.${uuid ?? ''}`
let state: TrusteeState = { kind: 'loading' }
// The text of the key file, as long as this page holds a key: saving must not wait for the worker.
let keyFile: string | null = null
let shown = ''
// The passphrase as it stands in its field, and the locked file that waits for one; both are forgotten once they were used.
let passphrase = ''
let lockedFile: string | null = null
// A look that has not been answered yet: a slow device must not pile them up.
let looking = false

/** Full or forbidden storage costs this memory, not the opening. */
function keep(at: string, text: string): void {
  try {
    store.setItem(at, text)
  } catch {
    // A private window: the key file and the record remember.
  }
}

const stored = (): boolean => store.getItem(place) !== null

const tools = (): Tools => ({
  act,
  saveKey: () => {
    if (keyFile === null) return
    page.announce(page.words().text('tLockingKey'))
    ask({ kind: 'lock-key', passphrase })
  },
  passphrase,
  typePassphrase: (typed) => {
    passphrase = typed
  },
  loadKey: (file) => {
    void file.text().then((text) => {
      // What is locked is found out by the worker too; here it only decides whether a passphrase is asked for.
      lockedFile = text.includes('"quorate/trustee-key-locked/') ? text : null
      if (lockedFile === null) ask({ kind: 'load', keyFile: text, passphrase: null })
      else act({ kind: 'key-locked' })
    })
  },
  unlockKey: (typed) => {
    if (lockedFile !== null) ask({ kind: 'load', keyFile: lockedFile, passphrase: typed })
  },
  stored: stored(),
  store: (keep) => {
    if (keep && keyFile !== null) store.setItem(place, keyFile)
    else store.removeItem(place)
  },
})

const page = startPage(
  document.body,
  trusteeCatalogues,
  (words) => {
    const table = 'table' in state ? state.table : null
    return { movement: table?.movement ?? '', recordSize: null, missing: null, exit: { words: words.text('leave'), href: '/' } }
  },
  () => {
    shown = ''
    draw()
  },
)

const screenOf = (of: TrusteeState): string => ('table' in of && of.kind === 'table' ? `table ${of.table.stage}` : of.kind)

function draw(): void {
  // A page that polls must not redraw what has not changed: the keyboard's place and the reader's would be lost every two seconds.
  const now = JSON.stringify([state, page.words().language, stored()])
  if (now === shown) return
  shown = now
  page.show(nodesOf(trusteeView(page.words(), state, tools())), screenOf(state))
}

const order = startWorker(
  (news) => {
    const told = news as TrusteeNews // our own worker, built with this page
    if (told.kind === 'table' || told.kind === 'failed') looking = false
    if ((told.kind === 'table' || told.kind === 'checked') && told.keyFile !== null) {
      keyFile = told.keyFile
      if (stored()) store.setItem(place, told.keyFile)
    }
    if (told.kind === 'checked') keep(seenPlace, told.seen)
    if (told.kind === 'table' && passphrase === '') passphrase = told.suggestion
    if (told.kind === 'locked-key' && told.keyFile !== null && uuid !== null)
      saveFile(`quorate-trustee-key-${uuid}.json`, told.keyFile)
    if (told.kind === 'key' && told.fault === null) lockedFile = null
    act(told)
  },
  () => act({ kind: 'failed', failure: { kind: 'device' } }),
)
const ask = (trustee: TrusteeOrder): void => order({ page: 'trustee', order: trustee })

function act(event: TrusteeEvent): void {
  const before = state
  const next = stepTrustee(state, event)
  state = next.state
  if (state.kind === 'opening' && before.kind === 'opening') {
    document.getElementById('progress')?.replaceWith(progressPart(page.words(), state.stage))
    // Read aloud now and then, not at every ballot.
    if (state.stage.kind !== 'ballots' || state.stage.done % 100 === 0) page.announce(openStageText(page.words(), state.stage))
  } else {
    draw()
    if (state.kind === 'table' && before.kind === 'table' && state.table.step !== before.table.step)
      page.announce(document.getElementById('await')?.textContent ?? '')
  }
  if (next.order !== null) ask(next.order)
}

if (uuid === null) act({ kind: 'no-election' })
else {
  history.replaceState(null, '', `/trustee/${uuid}`)
  draw()
  ask({ kind: 'sit', uuid, keyFile: store.getItem(place), seen: store.getItem(seenPlace) })
  setInterval(() => {
    const looks =
      state.kind === 'table' || state.kind === 'opened' || (state.kind === 'failed' && state.failure.kind === 'no-answer')
    if (!looks || looking || document.visibilityState !== 'visible') return
    looking = true
    ask({ kind: 'look' })
  }, lookEveryMs)
}
