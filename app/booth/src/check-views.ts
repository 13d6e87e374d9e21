import type { CheckResult } from './check-state.ts'
import { type Child, h } from './dom.ts'
import type { Words as WordsOf } from './frame.ts'
import { codeView } from './honesty-views.ts'
import type { TestKey } from './test-messages.ts'

type Words = WordsOf<TestKey>

/** What the checking page shows: its result, and the digest that this device kept when the ballot was still locked. */
export type CheckShown = {
  readonly result: CheckResult | 'looking' | null
  readonly kept: string | null
  /** Opened as a file: the ballot paper has to be brought, for nothing is asked of any server. */
  readonly fromDisk: boolean
}

/** What the reader can do. */
export type CheckTools = {
  readonly look: (typed: string) => void
  readonly again: () => void
  readonly bring: (election: File) => void
}

const title = (words: Words, key: TestKey): Child => h('h1', { id: 'title', tabindex: -1 }, words.text(key))

function askView(words: Words, { fromDisk }: CheckShown, tools: CheckTools): readonly Child[] {
  const field = h('textarea', {
    id: 'typed',
    class: 'field',
    rows: 4,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    required: true,
  })
  const file = h('input', {
    type: 'file',
    id: 'paper',
    accept: '.json,application/json',
    'aria-describedby': 'paper-help',
    onchange: () => {
      const [chosen] = file.files ?? []
      if (chosen !== undefined) tools.bring(chosen)
    },
  })
  return [
    title(words, 'cTitle'),
    h('p', { class: 'lede mt3' }, words.text('cIntro')),
    h(
      'form',
      {
        class: 'mt5',
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault()
          tools.look(field.value)
        },
      },
      fromDisk && [
        h('label', { for: 'paper' }, h('b', {}, words.text('cElection'))),
        h('p', { class: 'meta', id: 'paper-help' }, words.text('cElectionHelp')),
        h('div', { class: 'file mt3' }, file),
      ],
      h('div', { class: 'mt4' }, h('label', { for: 'typed' }, h('b', {}, words.text('cField'))), field),
      h('div', { class: 'actions mt4' }, h('button', { class: 'btn', type: 'submit' }, words.text('cLook'))),
    ),
    h('p', { class: 'mt5 meta' }, words.text('cSays')),
  ]
}

const again = (words: Words, tools: CheckTools): Child =>
  h(
    'div',
    { class: 'actions mt5' },
    h('button', { class: 'btn quiet', type: 'button', onclick: tools.again }, words.text('cAgain')),
  )

function sameView(
  words: Words,
  found: Extract<CheckResult, { readonly kind: 'same' }>,
  kept: string | null,
  tools: CheckTools,
): readonly Child[] {
  const { code, fingerprint, digest, election, answers } = found
  const differs = kept !== null && kept !== digest
  return [
    title(words, 'cSameTitle'),
    h(
      'p',
      { class: differs ? 'notice stop mt4' : 'lede mt3' },
      words.text(kept === null ? 'cSameCompare' : differs ? 'cSameBut' : 'cSameBefore'),
    ),
    codeView(words, code, fingerprint),
    h('h2', { class: 'mt6' }, words.text('cHolds')),
    answers.map(({ question, marked }) => [
      h('p', { class: 'mt3 meta' }, question),
      marked.length === 0 ? h('p', {}, h('b', {}, words.text('cBlank'))) : marked.map((line) => h('p', {}, h('b', {}, line))),
    ]),
    h('p', { class: 'hash mt5' }, h('b', {}, words.text('cPaper')), election),
    h('p', { class: 'mt4 meta' }, words.text('hLimits')),
    again(words, tools),
  ]
}

/** The screen of the checking page. */
export function checkView(words: Words, shown: CheckShown, tools: CheckTools): readonly Child[] {
  const { result, kept } = shown
  const plain = (key: TestKey, ...text: readonly Child[]): readonly Child[] => [
    title(words, key),
    text.map((t) => h('p', { class: 'mt4' }, t)),
    again(words, tools),
  ]
  if (result === null) return askView(words, shown, tools)
  if (result === 'looking') return [title(words, 'cTitle'), h('p', { class: 'mt4' }, words.text('loading'))]
  switch (result.kind) {
    case 'committed':
      return [
        title(words, 'cWaitTitle'),
        codeView(words, result.code, result.fingerprint),
        h('p', { class: 'mt4' }, words.text('cWait')),
        again(words, tools),
      ]
    case 'same':
      return sameView(words, result, kept, tools)
    case 'other':
      return plain('cOtherTitle', words.text('cOther', { code: result.code, rebuilt: result.rebuilt }), words.text('cOtherHelp'))
    case 'unreadable':
      return plain('cUnreadableTitle', words.text('cUnreadable'))
    case 'no-election':
      return plain('cNoElectionTitle', words.text('cNoElection'))
    case 'no-answer':
      return plain('offlineTitle', words.text('offlineLoad'))
  }
}
