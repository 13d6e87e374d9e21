import type { Verdict } from '@quorate/verifier'
import { h } from '../../booth/src/dom.ts'
import './page.css'
import type { About, Answer, Question } from './protocol.ts'
import { verdictView } from './view.ts'
import { tagOf, words, type Locale } from './words.ts'
// Its code lies inside this page's, so that one file is all there is.
import Checker from './worker.ts?worker&inline'

/** What a reader may type to compare with. */
type Typed = 'key' | 'booth' | 'registrar'

type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'checking'; readonly check: string; readonly share: number | null }
  | { readonly kind: 'trouble'; readonly text: 'unreadable' | Typed }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly about: About; readonly file: string }

let locale: Locale = navigator.language.toLowerCase().startsWith('cy') ? 'cy' : 'en'
let shown: Shown = { kind: 'nothing' }
let last: File | null = null
let running: Worker | null = null

const file = h('input', { type: 'file', id: 'file', accept: '.json,application/json', 'aria-describedby': 'file-hint' })
const copies = h('input', { type: 'file', id: 'copies', multiple: true, 'aria-describedby': 'copies-hint' })
const typed = (id: string): HTMLInputElement =>
  h('input', {
    type: 'text',
    id,
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': `${id}-hint`,
  })
const key = typed('key')
const booth = typed('booth')
const registrar = typed('registrar')
const inputs: Readonly<Record<Typed, HTMLInputElement>> = { key, booth, registrar }
const more = h('details', {})
const result = h('div', { class: 'result' })
const status = h('p', { class: 'status', role: 'status' })
const main = document.getElementById('main') ?? document.body.appendChild(h('main', { id: 'main' }))

async function check(chosen: File): Promise<void> {
  last = chosen
  running?.terminate()
  show({ kind: 'checking', check: words[locale].check.dossier, share: null })
  let question: Question
  try {
    question = {
      dossier: await bytesOf(chosen),
      copies: await Promise.all([...(copies.files ?? [])].map(bytesOf)),
      key: key.value.trim(),
      booth: booth.value.trim().toLowerCase(),
      registrar: registrar.value.trim(),
      now: Date.now(),
    }
  } catch {
    return show({ kind: 'trouble', text: 'unreadable' })
  }
  const worker = new Checker()
  running = worker
  worker.onerror = () => show({ kind: 'trouble', text: 'unreadable' })
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (worker !== running) return
    if (data.kind === 'progress')
      return show({ kind: 'checking', check: words[locale].check[data.check], share: data.done / Math.max(1, data.total) })
    worker.terminate()
    running = null
    if (data.kind === 'refused') {
      more.open = true
      show({ kind: 'trouble', text: data.what })
      inputs[data.what].focus()
    } else {
      show({ kind: 'verdict', verdict: data.verdict, about: data.about, file: chosen.name })
      document.getElementById('verdict')?.focus()
    }
  }
  worker.postMessage(question)
}

const bytesOf = async (chosen: File): Promise<Uint8Array> => new Uint8Array(await chosen.arrayBuffer())

function show(next: Shown): void {
  shown = next
  const t = words[locale]
  for (const input of Object.values(inputs)) input.removeAttribute('aria-invalid')
  status.replaceChildren()
  if (shown.kind === 'checking') {
    status.replaceChildren(t.checking(shown.check))
    result.replaceChildren(
      h('progress', shown.share === null ? {} : { value: shown.share, max: 1, 'aria-label': t.checking(shown.check) }),
    )
  } else if (shown.kind === 'trouble') {
    if (shown.text !== 'unreadable') inputs[shown.text].setAttribute('aria-invalid', 'true')
    const text = shown.text === 'unreadable' ? t.unreadable : t.refused[shown.text]
    result.replaceChildren(h('p', { class: 'trouble', role: 'alert' }, text))
  } else if (shown.kind === 'verdict') {
    result.replaceChildren(verdictView(shown.verdict, shown.about, shown.file, locale))
  } else result.replaceChildren()
}

const labelled = (input: HTMLInputElement, label: string, hint: string): HTMLElement =>
  h(
    'div',
    { class: 'field' },
    h('label', { for: input.id }, label),
    h('p', { class: 'hint', id: `${input.id}-hint` }, hint),
    input,
  )

/** Puts the page together in the language chosen; inputs keep what they hold. */
function build(): void {
  const t = words[locale]
  document.documentElement.lang = tagOf(locale)
  document.title = t.title
  const other: Locale = locale === 'en' ? 'cy' : 'en'
  const language = h('button', { type: 'button', class: 'language', lang: tagOf(other) }, t.other)
  language.addEventListener('click', () => {
    locale = other
    build()
    document.querySelector<HTMLElement>('.language')?.focus()
  })
  more.replaceChildren(
    h('summary', {}, t.more),
    labelled(key, t.key, t.keyHint),
    labelled(copies, t.copies, t.copiesHint),
    labelled(booth, t.booth, t.boothHint),
    labelled(registrar, t.registrar, t.registrarHint),
  )
  main.replaceChildren(
    h('header', {}, language, h('h1', {}, t.title), h('p', { class: 'lede' }, t.lede), h('p', {}, t.offline)),
    h('div', { class: 'choose' }, labelled(file, t.choose, t.chooseHint)),
    more,
    status,
    result,
  )
  show(shown)
}

file.addEventListener('change', () => {
  const chosen = file.files?.[0]
  if (chosen !== undefined) void check(chosen)
})
for (const input of [...Object.values(inputs), copies])
  input.addEventListener('change', () => {
    if (last !== null) void check(last)
  })
document.addEventListener('dragover', (event) => {
  event.preventDefault()
  document.body.classList.add('over')
})
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('over')
})
document.addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('over')
  const chosen = event.dataTransfer?.files[0]
  if (chosen !== undefined) void check(chosen)
})
build()
