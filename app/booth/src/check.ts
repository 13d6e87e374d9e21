import './booth.css'
import './parts.css'
import { checkCatalogues } from './check-messages.ts'
import type { CheckOrder, CheckResult } from './check-state.ts'
import { checkView } from './check-views.ts'
import { nodesOf } from './dom.ts'
import { startPage } from './page.ts'
import { browserStore } from './pending.ts'
import { startWorker } from './worker-port.ts'

const store = browserStore()
const place = (uuid: string): string => `quorate.test.${uuid}`
// Opened from disk there is no server to ask: the reader brings the ballot paper.
const fromDisk = location.protocol === 'file:'
let result: CheckResult | 'looking' | null = null
let election: string | null = null

const page = startPage(
  document.body,
  checkCatalogues,
  (words) => ({ movement: '', recordSize: null, missing: null, exit: { words: words.text('leave'), href: '/' } }),
  () => draw(),
)

const order = startWorker(
  (news) => {
    result = news as CheckResult // our own worker, built with this page
    if (result.kind === 'committed') remember(result.uuid, result.digest)
    draw()
  },
  () => {
    result = { kind: 'unreadable' }
    draw()
  },
)

function remember(uuid: string, digest: string): void {
  try {
    store.setItem(place(uuid), digest)
  } catch {
    // Storage that is full or forbidden: the reader compares by eye, as the page says.
  }
}

const kept = (): string | null =>
  result !== null && result !== 'looking' && 'uuid' in result ? store.getItem(place(result.uuid)) : null

function draw(): void {
  const screen = result === null || result === 'looking' ? String(result) : result.kind
  page.show(nodesOf(checkView(page.words(), { result, kept: kept(), fromDisk }, { look, again, bring })), screen)
}

function look(typed: string): void {
  result = 'looking'
  draw()
  order({ page: 'check', order: { kind: 'look', typed, election } satisfies CheckOrder })
}

function again(): void {
  result = null
  draw()
}

function bring(file: File): void {
  void file.text().then((text) => {
    election = text
  })
}

/** The fragment is public once the ballot is open, and worth keeping in view: it is the proof. */
function begin(): void {
  if (location.hash === '' || location.hash === '#main') draw()
  else look(location.hash)
}
addEventListener('hashchange', begin)
begin()
