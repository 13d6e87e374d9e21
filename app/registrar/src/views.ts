import { type Child, h } from '../../booth/src/dom.ts'
import type { Words as AnyWords } from '../../booth/src/frame.ts'
import type { MessageKey } from '../../booth/src/messages.ts'
import { ballotOf, fitOf, publicKeyOf, type Keeping, type KeptBallot } from './keeping.ts'
import type { Fault, State, Tools } from './state.ts'
import type { RegistrarTask } from './task.ts'
import type { en } from './words.en.ts'

type Words = AnyWords<MessageKey | keyof typeof en>

function faultText({ text }: Words, { what }: Fault): string {
  if (typeof what === 'string')
    switch (what) {
      case 'another kind of file':
        return text('rWrongKind')
      case 'of a later version':
        return text('rLater')
      case 'damaged':
        return text('rDamaged')
      case 'wrong passphrase':
        return text('rWrongPassphrase')
      case 'short':
        return text('rShort')
      case 'nobody':
        return text('rNobody')
      case 'device':
        return text('rFault')
    }
  switch (what.kind) {
    case 'empty':
      return text('rListEmpty')
    case 'line':
      return text('rListLine', { line: what.line })
    case 'twice':
      return text('rListTwice', { member: String(what.member) })
    case 'another registrar':
      return text('rOther')
    case 'made already':
      return text('rMadeAlready')
    case 'not now':
      return text('rNotNow')
    case 'roll':
      return text('rRollWrong', { why: what.why })
    case 'missing':
      return text('rMissing', { members: numbersText(what.members) })
  }
}

// A long list of numbers helps nobody on a screen: the first few, and that there are more.
const numbersText = (members: readonly number[]): string =>
  members.length > 12 ? `${members.slice(0, 12).join(', ')}, …` : members.join(', ')

const faultAt = (words: Words, { fault }: State, at: Fault['at']): Child =>
  fault !== null && fault.at === at && h('p', { class: 'fault flush', role: 'alert', id: `${at}-fault` }, faultText(words, fault))

const button = (label: string, onclick: () => void, quiet = false): HTMLElement =>
  h('button', { class: quiet ? 'btn quiet' : 'btn', type: 'button', onclick }, label)

function fileField(id: string, label: string, help: string, take: (file: File) => void, after: Child): HTMLElement {
  const input = h('input', {
    type: 'file',
    id,
    'aria-describedby': `${id}-help`,
    onchange: () => {
      const [file] = input.files ?? []
      if (file !== undefined) take(file)
    },
  })
  return h(
    'div',
    { class: 'file mt4' },
    h('label', { for: id }, h('b', {}, label)),
    h('p', { class: 'meta', id: `${id}-help` }, help),
    input,
    after,
  )
}

function textForm(id: string, label: string, help: string, action: string, take: (typed: string) => void): HTMLElement {
  const field = h('input', {
    id,
    class: 'field',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-help`,
  })
  return h(
    'form',
    {
      class: 'mt4',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        take(field.value)
      },
    },
    h('label', { for: id }, h('b', {}, label)),
    h('p', { class: 'meta', id: `${id}-help` }, help),
    field,
    h('div', { class: 'actions mt3' }, h('button', { class: 'btn', type: 'submit' }, action)),
  )
}

const section = (id: string, title: string, ...inside: readonly Child[]): HTMLElement =>
  h(
    'section',
    { class: 'paper mt5', 'aria-labelledby': id },
    h('div', { class: 'cap' }, h('h2', { id }, title)),
    h('div', { class: 'in' }, inside),
  )

const startView = (words: Words, state: State, tools: Tools): readonly Child[] => [
  fileField('file', words.text('rFile'), words.text('rFileHelp'), tools.chooseFile, faultAt(words, state, 'file')),
  state.locked !== null &&
    textForm('unlock', words.text('rUnlock'), words.text('rPassphraseHelp'), words.text('rOpen'), tools.unlock),
  h('p', { class: 'mt5' }, words.text('rNone')),
  h('div', { class: 'actions mt3' }, button(words.text('rBegin'), tools.begin, true)),
]

/** The key, and the registrar's file, which is saved before anything goes out. */
function keepingView(words: Words, state: State, keeping: Keeping, tools: Tools): readonly Child[] {
  const field = h('input', {
    id: 'passphrase',
    class: 'field',
    type: 'text',
    value: state.passphrase,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'passphrase-help',
  })
  field.addEventListener('input', () => tools.typePassphrase(field.value))
  return [
    section(
      'key',
      words.text('rKeyTitle'),
      h('p', { class: 'hash' }, publicKeyOf(keeping)),
      h('p', { class: 'meta mt3' }, words.text('rKeyText')),
    ),
    section(
      'keep',
      words.text('rSaveTitle'),
      state.destroyed && h('p', { role: 'status' }, words.text('rDestroyed')),
      h('p', { class: state.safe ? 'yes' : 'notice now' }, words.text(state.safe ? 'rSaved' : 'rSaveText')),
      h('label', { class: 'mt4', for: 'passphrase' }, h('b', {}, words.text('rPassphrase'))),
      h('p', { class: 'meta', id: 'passphrase-help' }, words.text('rPassphraseHelp')),
      faultAt(words, state, 'save'),
      field,
      h('div', { class: 'actions mt4' }, button(words.text('rSave'), tools.save, state.safe)),
    ),
  ]
}

/** A roll whose codes wait to be made. */
function toMake(words: Words, state: State, keeping: Keeping, task: RegistrarTask, tools: Tools): readonly Child[] {
  const fit = state.list === null ? null : fitOf(keeping, task, state.list)
  return [
    fileField('list', words.text('rList'), words.text('rListHelp'), tools.chooseList, faultAt(words, state, 'list')),
    fit !== null &&
      h(
        'p',
        { class: fit.missing.length === 0 ? 'yes mt3' : 'notice stop mt3', role: 'status' },
        fit.missing.length === 0 ? words.text('rFits') : words.text('rMissing', { members: numbersText(fit.missing) }),
      ),
    fit !== null &&
      fit.moved.length > 0 &&
      h('p', { class: 'notice now mt3' }, words.text('rMoved', { members: numbersText(fit.moved) })),
    faultAt(words, state, 'make'),
    fit?.missing.length === 0 && h('div', { class: 'actions mt4' }, button(words.text('rMake'), tools.make)),
  ]
}

/** Codes that are made: what goes to the desk, what goes to the members, and after voting the end of it. */
function madeView(words: Words, state: State, task: RegistrarTask, { members }: KeptBallot, tools: Tools): readonly Child[] {
  const made = h('p', { class: 'yes mt4', role: 'status' }, words.text('rMade', { n: members.length }))
  if (!state.safe) return [made, h('p', { class: 'notice now mt3' }, words.text('rSaveText'))]
  if (task.state === 'closed')
    return [
      made,
      h('h3', { class: 'mt5' }, words.text('rClosedTitle')),
      h('p', { class: 'mt3' }, words.text('rClosedText')),
      h(
        'div',
        { class: 'actions mt4' },
        button(words.text('rUsed'), tools.saveUsed),
        button(words.text('rDestroy'), tools.destroy, true),
      ),
    ]
  return [
    made,
    h('h3', { class: 'mt5' }, words.text('rPublicTitle')),
    h('p', { class: 'mt3' }, words.text('rPublicText')),
    h('div', { class: 'actions mt4' }, button(words.text('rPublic'), tools.savePublic)),
    h('h3', { class: 'mt5' }, words.text('rLettersTitle')),
    task.closesAt === null
      ? h('p', { class: 'mt3' }, words.text('rLettersWait'))
      : [
          h('p', { class: 'mt3' }, words.text('rLettersText')),
          h(
            'div',
            { class: 'actions mt4' },
            button(words.text('rLetters'), tools.saveLetters),
            button(words.text('rMerge'), tools.saveMerge, true),
          ),
          textForm('again', words.text('rAgain'), words.text('rAgainHelp'), words.text('rAgainSave'), tools.saveAgain),
          faultAt(words, state, 'again'),
        ],
  ]
}

function ballotView(words: Words, state: State, keeping: Keeping, tools: Tools): Child {
  const { task } = state
  const kept = task === null ? null : ballotOf(keeping, task.uuid)
  return section(
    'ballot',
    words.text('rTaskTitle'),
    fileField('task', words.text('rTask'), words.text('rTaskHelp'), tools.chooseTask, faultAt(words, state, 'task')),
    task !== null && [
      h('p', { class: 'mt5' }, h('b', {}, task.title)),
      h('p', {}, words.text('rPeople', { n: task.size })),
      h('p', { class: 'meta mt3' }, words.text('rRoot')),
      h('p', { class: 'hash' }, (task.root.match(/.{4}/g) ?? []).join(' ')),
      kept === null && task.state === 'to-issue' && toMake(words, state, keeping, task, tools),
      kept === null && task.state !== 'to-issue' && h('p', { class: 'notice mt4' }, words.text('rNotNow')),
      kept !== null && madeView(words, state, task, kept, tools),
    ],
  )
}

/** The one screen of the registrar's program. */
export const registrarView = (words: Words, state: State, tools: Tools): readonly Child[] => [
  h('h1', { id: 'title', tabindex: -1 }, words.text('rTitle')),
  h('p', { class: 'lede mt3' }, words.text('rIntro')),
  state.busy && h('p', { class: 'meta mt3', role: 'status' }, words.text('rReading')),
  state.keeping === null
    ? startView(words, state, tools)
    : [ballotView(words, state, state.keeping, tools), keepingView(words, state, state.keeping, tools)],
]
