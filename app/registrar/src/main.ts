import '../../booth/src/booth.css'
import '../../booth/src/parts.css'
import { suggestPassphrase } from '@quorate/ballots'
import { nodesOf, saveFile } from '../../booth/src/dom.ts'
import { boothCatalogues } from '../../booth/src/booth-messages.ts'
import { startPage } from '../../booth/src/page.ts'
import { parseAddressList } from './address-list.ts'
import { ballotOf, issue, keepingFile, newKeeping, openKeeping, publicFile, withoutBallot, type KeptBallot } from './keeping.ts'
import { lettersPage, mergeList, takenPart } from './letters.ts'
import type { Fault, State, Tools } from './state.ts'
import { parseRegistrarTask, type RegistrarTask } from './task.ts'
import { registrarView } from './views.ts'
import { cy } from './words.cy.ts'
import { en } from './words.en.ts'

// The registrar's program on a disk: codes are made in this page and live in it and in the registrar's own file. It asks nobody for anything.

const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))

let state: State = {
  keeping: null,
  safe: false,
  locked: null,
  passphrase: suggestPassphrase(random),
  task: null,
  list: null,
  destroyed: false,
  busy: false,
  fault: null,
}

const page = startPage<keyof typeof en>(
  document.body,
  { en: { ...boothCatalogues.en, ...en }, cy: { ...boothCatalogues.cy, ...cy } },
  (words) => ({ movement: '', recordSize: null, missing: null, exit: { words: words.text('leave'), href: '/' } }),
  () => draw(),
)

function draw(): void {
  page.show(nodesOf(registrarView(page.words(), state, tools)), state.keeping === null ? 'start' : 'desk')
}

function put(change: Partial<State>): void {
  state = { ...state, ...change }
  draw()
}
const failed = (at: Fault['at'], what: Fault['what']): void => put({ fault: { at, what }, busy: false })

/** Shows that something is under way before a second or two of work in this page begins. */
function later(at: Fault['at'], work: () => void | Promise<void>): void {
  put({ busy: true, fault: null })
  setTimeout(() => {
    void Promise.resolve()
      .then(work)
      .then(() => put({ busy: false }))
      .catch(() => failed(at, 'device'))
  }, 30)
}

/** The ballot whose codes are here and whose roll was brought. */
function held(): { readonly task: RegistrarTask; readonly kept: KeptBallot } | null {
  const { task, keeping } = state
  const kept = task === null || keeping === null ? null : ballotOf(keeping, task.uuid)
  // Nothing goes out that does not stand in a saved file: codes that were lost after letters went out could not be made again.
  return task === null || kept === null || !state.safe ? null : { task, kept }
}

const tools: Tools = {
  begin: () => put({ keeping: newKeeping(random), safe: false, fault: null }),
  chooseFile: (file) =>
    later('file', async () => {
      put({ locked: await file.text() })
    }),
  unlock: (passphrase) =>
    later('file', () => {
      const opened = openKeeping(state.locked ?? '', passphrase)
      if (opened.kind === 'fail') failed('file', opened.error)
      else put({ keeping: opened.value, safe: true, locked: null, passphrase })
    }),
  typePassphrase: (passphrase) => {
    state = { ...state, passphrase }
  },
  save: () =>
    later('save', () => {
      if (state.keeping === null) return
      const file = keepingFile(state.keeping, state.passphrase, random)
      if (file.kind === 'fail') return failed('save', 'short')
      saveFile('quorate-registrar.json', file.value)
      put({ safe: true, destroyed: false })
    }),
  chooseTask: (file) =>
    later('task', async () => {
      const task = parseRegistrarTask(await file.text())
      if (task.kind === 'fail') failed('task', task.error)
      else put({ task: task.value })
    }),
  chooseList: (file) =>
    later('list', async () => {
      const list = parseAddressList(await file.text())
      if (list.kind === 'fail') failed('list', list.error)
      else put({ list: list.value })
    }),
  make: () =>
    later('make', () => {
      const { keeping, task, list } = state
      if (keeping === null || task === null || list === null) return
      const made = issue(keeping, task, list, random)
      if (made.kind === 'fail') failed('make', made.error)
      else put({ keeping: made.value, safe: false })
    }),
  savePublic: () => {
    const at = held()
    if (at !== null && state.keeping !== null)
      saveFile(`quorate-registrar-keys-${String(at.task.decision)}.json`, publicFile(state.keeping, at.kept))
  },
  saveLetters: () => {
    const at = held()
    if (at !== null) saveFile('quorate-letters.html', lettersPage(at.task, at.kept.members), 'text/html')
  },
  saveMerge: () => {
    const at = held()
    if (at !== null) saveFile('quorate-letters.csv', mergeList(at.task, at.kept), 'text/csv')
  },
  saveAgain: (typed) => {
    const at = held()
    const to = at?.kept.members.filter(({ member }) => String(member) === typed.trim()) ?? []
    if (at === null || to.length === 0) return failed('again', 'nobody')
    put({ fault: null })
    saveFile(`quorate-letter-${typed.trim()}.html`, lettersPage(at.task, to, true), 'text/html')
  },
  saveUsed: () => {
    const at = held()
    if (at !== null) saveFile('quorate-took-part.csv', takenPart(at.kept.members, at.task.used ?? []), 'text/csv')
  },
  destroy: () => {
    const at = held()
    if (at !== null && state.keeping !== null)
      put({ keeping: withoutBallot(state.keeping, at.task.uuid), safe: false, destroyed: true, task: null })
  },
}

draw()
