import { type Child, nodesOf, saveFile } from './dom.ts'
import type { Words } from './frame.ts'
import { type Page, startPage } from './page.ts'
import type { Catalogues } from './messages.ts'
import type { Store } from './pending.ts'
import type { TrusteeKey } from './trustee-messages.ts'
import { stepTrustee, type TrusteeEvent, type TrusteeNews, type TrusteeOrder, type TrusteeState } from './trustee-state.ts'
import { openStageText, progressPart, type Tools, trusteeView } from './trustee-views.ts'

/** What differs between the trustees' page of a server and the trustees' program on a disk. */
export type TrusteeSetting<K extends string> = {
  readonly catalogues: Catalogues<K | TrusteeKey>
  /** Starts what works for the page. */
  readonly start: (onNews: (news: TrusteeNews) => void, onBroken: () => void) => (order: TrusteeOrder) => void
  /** Where the trustee may let this device keep the key; null: nowhere. */
  readonly keeping: { readonly store: Store; readonly place: string } | null
  /** What stands around the screen of a state. */
  readonly around: (words: Words<K | TrusteeKey>, content: readonly Child[]) => readonly Child[]
  /** What else a screen depends on: when it has not changed either, nothing is drawn anew. */
  readonly beside: () => unknown
  /** Hears everything that happens. */
  readonly heard: (event: TrusteeEvent) => void
}

/** A trustee's screen that runs. */
export type TrusteeScreen<K extends string> = {
  readonly act: (event: TrusteeEvent) => void
  readonly draw: () => void
  readonly ask: (order: TrusteeOrder) => void
  readonly state: () => TrusteeState
  /** Text of the key file, as long as a key is held. */
  readonly keyFile: () => string | null
  readonly page: Page<K | TrusteeKey>
}

const screenOf = (of: TrusteeState): string => ('table' in of && of.kind === 'table' ? `table ${of.table.stage}` : of.kind)

/** Takes over the page: state machine, views, key file and its passphrase. The first order is the caller's. */
export function startTrusteeScreen<K extends string = never>(setting: TrusteeSetting<K>): TrusteeScreen<K> {
  const { keeping } = setting
  let state: TrusteeState = { kind: 'loading' }
  // The text of the key file, as long as this page holds a key: saving must not wait for the worker.
  let keyFile: string | null = null
  let shown = ''
  // The passphrase as it stands in its field, and the locked file that waits for one; both are forgotten once they were used.
  let passphrase = ''
  let lockedFile: string | null = null

  const stored = (): boolean | null => (keeping === null ? null : keeping.store.getItem(keeping.place) !== null)

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
      if (keep && keyFile !== null) keeping?.store.setItem(keeping.place, keyFile)
      else keeping?.store.removeItem(keeping.place)
    },
  })

  const page = startPage<K | TrusteeKey>(
    document.body,
    setting.catalogues,
    (words) => {
      const table = 'table' in state ? state.table : null
      return { movement: table?.movement ?? '', recordSize: null, missing: null, exit: { words: words.text('leave'), href: '/' } }
    },
    () => {
      shown = ''
      draw()
    },
  )

  function draw(): void {
    // A page that polls must not redraw what has not changed: the keyboard's place and the reader's would be lost every two seconds.
    const now = JSON.stringify([state, page.words().language, stored(), setting.beside()])
    if (now === shown) return
    shown = now
    const words = page.words()
    page.show(nodesOf(setting.around(words, trusteeView(words, state, tools()))), screenOf(state))
  }

  const ask = setting.start(
    (told) => {
      if ((told.kind === 'table' || told.kind === 'checked') && told.keyFile !== null) {
        keyFile = told.keyFile
        if (stored() === true) keeping?.store.setItem(keeping.place, told.keyFile)
      }
      if (told.kind === 'table' && passphrase === '') passphrase = told.suggestion
      if (told.kind === 'locked-key' && told.keyFile !== null && 'table' in state && state.table !== null)
        saveFile(`quorate-trustee-key-${state.table.uuid}.json`, told.keyFile)
      if (told.kind === 'key' && told.fault === null) lockedFile = null
      act(told)
    },
    () => act({ kind: 'failed', failure: { kind: 'device' } }),
  )

  function act(event: TrusteeEvent): void {
    const before = state
    const next = stepTrustee(state, event)
    state = next.state
    setting.heard(event)
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

  return { act, draw, ask, state: () => state, keyFile: () => keyFile, page }
}
