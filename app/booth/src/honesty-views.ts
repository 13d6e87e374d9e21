import { type Act, answerWords, boothSteps } from './booth-choose.ts'
import type { State } from './booth-state.ts'
import { type Child, h, lockIcon } from './dom.ts'
import { stepLine, type Words as WordsOf, wordsOf } from './frame.ts'
import type { MessageKey } from './messages.ts'
import { squareCode } from './square-code.ts'
import { squareView } from './square-view.ts'
import { type TestKey, testSentences } from './test-messages.ts'

type Words = WordsOf<TestKey>

/** The page's words with those of the test. */
function testWords(booth: WordsOf): Words {
  const own = testSentences[booth.language]
  return wordsOf(booth.language, (key) => (key in own ? own[key as keyof typeof own] : booth.text(key as MessageKey)))
}

/** The page that checks an opened ballot, of the same server; the release file is the other one. */
export const checkPage = '/check-ballot'

/** The 128-bit fingerprint of a digest in 8 groups of 4, for eyes. It is computed where the digest is, so it is handed in. */
export const fingerprintView = (words: Words, fingerprint: string): HTMLElement =>
  h('p', { class: 'hash mt3' }, h('b', {}, words.text('hFingerprint')), fingerprint)

/** The ballot code in large letters. */
export const codeView = (words: Words, code: string, fingerprint: string): HTMLElement =>
  h(
    'div',
    { class: 'paper mt5' },
    h('div', { class: 'cap' }, h('span', {}, words.text('hCode'))),
    h('div', { class: 'in' }, h('p', { class: 'ballot-code' }, h('b', {}, code)), fingerprintView(words, fingerprint)),
  )

/** An address as a square to scan; without one when it is too long. */
function squarePart(words: Words, fragment: string): Child {
  const address = `${location.origin}${checkPage}#${fragment}`
  const square = squareCode(address)
  return square === null
    ? null
    : h(
        'figure',
        { class: 'square mt5' },
        squareView(square, words.text('hScanAlt', { address: `${location.origin}${checkPage}` })),
        h('figcaption', { class: 'meta' }, words.text('hScan')),
      )
}

/** The locked ballot before anybody knows whether it is cast or opened: its code and fingerprint, then the two ways on. */
export function lockedView(boothWords: WordsOf, state: Extract<State, { readonly kind: 'locked' }>, act: Act): readonly Child[] {
  const words = testWords(boothWords)
  const { locked, afresh, opened } = state
  if (locked === null)
    return [stepLine(boothWords, boothSteps, 1), h('h1', { id: 'title', tabindex: -1 }, words.text('hLocking'))]
  const press = (kind: 'cast-locked' | 'test' | 'change') => (): void => act({ kind })
  return [
    stepLine(boothWords, boothSteps, 1),
    h('h1', { id: 'title', tabindex: -1 }, words.text('hLockedTitle')),
    afresh && h('p', { class: 'notice now mt4', role: 'status' }, words.text('hAfresh')),
    h('p', { class: 'lede mt3' }, words.text('hLocked')),
    codeView(words, locked.code, locked.fingerprint),
    squarePart(words, `${opened.view.uuid}.${locked.digest}`),
    h('h2', { class: 'mt6' }, words.text('hAsk')),
    h('p', { class: 'mt3' }, words.text('hAskText')),
    h(
      'div',
      { class: 'actions mt5' },
      h('button', { class: 'btn big', type: 'button', onclick: press('cast-locked') }, lockIcon(), words.text('hCast')),
      h('button', { class: 'btn quiet', type: 'button', onclick: press('test') }, words.text('hOpen')),
    ),
    h('p', { class: 'mt3 meta' }, words.text('hOpenText')),
    h(
      'p',
      { class: 'mt3' },
      h('button', { class: 'link tapline', type: 'button', onclick: press('change') }, words.text('hBack')),
    ),
  ]
}

const copyPart = (words: Words, address: string): HTMLElement => {
  const said = h('span', { role: 'status', class: 'yes' })
  const copy = (): void =>
    void navigator.clipboard.writeText(address).then(() => {
      said.textContent = words.text('hCopied')
    })
  return h(
    'div',
    { class: 'mt4' },
    h('label', { for: 'address' }, h('b', {}, words.text('hAddress'))),
    h('textarea', { id: 'address', class: 'field', readonly: true, rows: 4, spellcheck: 'false' }, address),
    h(
      'div',
      { class: 'actions mt3' },
      h('button', { class: 'btn quiet', type: 'button', onclick: copy }, words.text('hCopy')),
      said,
    ),
  )
}

/** The opened ballot: what it holds, that it is worthless, and how somebody else checks the device. */
export function testedView(boothWords: WordsOf, state: Extract<State, { readonly kind: 'tested' }>, act: Act): readonly Child[] {
  const words = testWords(boothWords)
  const { opened, opening } = state
  return [
    h('h1', { id: 'title', tabindex: -1 }, words.text('hTestedTitle')),
    h('p', { class: 'lede mt3' }, words.text('hTested')),
    h(
      'dl',
      { class: 'facts mt4' },
      h('div', { class: 'w' }, h('dt', {}, words.text('hMark')), h('dd', {}, answerWords(words, opened, opening.choice))),
    ),
    codeView(words, opening.code, opening.fingerprint),
    h('p', { class: 'mt4' }, words.text(opening.noted ? 'hNoted' : 'hNotNoted')),
    h('h2', { class: 'mt6' }, words.text('hHow')),
    h(
      'ol',
      { class: 'proc mt3' },
      (['hHow1', 'hHow2', 'hHow3'] as const).map((key) => h('li', {}, words.text(key))),
    ),
    squarePart(words, opening.fragment),
    copyPart(words, `${location.origin}${checkPage}#${opening.fragment}`),
    h('p', { class: 'mt4 meta' }, words.text('hElsewhere')),
    h('p', { class: 'mt3 meta' }, words.text('hLimits')),
    h(
      'div',
      { class: 'actions mt5' },
      h('button', { class: 'btn big', type: 'button', onclick: () => act({ kind: 'again' }) }, words.text('hFresh')),
    ),
  ]
}
