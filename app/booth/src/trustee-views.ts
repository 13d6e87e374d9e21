import { privacyFloorDefault } from '@quorate/ballots'
import { type Child, h } from './dom.ts'
import { fold, stepLine, type Words as WordsOf } from './frame.ts'
import type { TrusteeKey as MessageKey } from './trustee-messages.ts'
import type {
  KeyFault,
  Loaded,
  OpenRefusal,
  OpenStage,
  Table,
  TrusteeEvent,
  TrusteeFailure,
  TrusteeState,
} from './trustee-state.ts'
import { checkedView, recordFaultText } from './trustee-record-views.ts'
import { shuffleView } from './trustee-shuffle-views.ts'
import { longTime } from './when.ts'

type Words = WordsOf<MessageKey>

/** What a trustee's page can do besides telling the state machine. */
export type Tools = {
  readonly act: (event: TrusteeEvent) => void
  readonly saveKey: () => void
  /** The passphrase as it stands in its field, and what follows a change of it. */
  readonly passphrase: string
  readonly typePassphrase: (typed: string) => void
  readonly loadKey: (file: File) => void
  /** Opens the locked key file that was chosen. */
  readonly unlockKey: (passphrase: string) => void
  /** Whether the key is kept on this device, and the switch for it; null where no device may keep it. */
  readonly stored: boolean | null
  readonly store: (keep: boolean) => void
}

type AtTable = Extract<TrusteeState, { readonly kind: 'table' }>

const steps = ['tStep1', 'tStep2', 'tStep3'] as const

const list = (words: Words, names: readonly string[]): string =>
  new Intl.ListFormat(words.language, { type: 'conjunction' }).format(names)

/** The heading, and above it which ballot the key is for. */
const heading = (words: Words, table: Table, key: MessageKey): Child => [
  table.title !== null && h('p', { class: 'eyebrow' }, table.title),
  h('h1', { id: 'title', tabindex: -1 }, words.text(key)),
]

const who = (words: Words, table: Table): Child => [
  h(
    'p',
    { class: 'lede mt3' },
    words.text('tWho', { you: table.you, size: table.size }),
    ' ',
    words.text('tNeeded', { threshold: table.threshold }),
  ),
]

const faultKey: Readonly<Record<KeyFault, MessageKey>> = {
  'other ballot': 'tKeyOther',
  broken: 'tKeyBroken',
  unfit: 'tKeyUnfit',
  'wrong passphrase': 'tKeyPassphrase',
}

/** Loads a key file: to go on, to rehearse, or to open. */
function loadPart(words: Words, loaded: Loaded | null, tools: Tools): HTMLElement {
  const input = h('input', {
    type: 'file',
    id: 'key-file',
    accept: '.json,application/json',
    'aria-describedby': loaded === null ? false : 'key-state',
    onchange: () => {
      const [file] = input.files ?? []
      if (file !== undefined) tools.loadKey(file)
    },
  })
  return h(
    'div',
    { class: 'file mt4' },
    h('label', { for: 'key-file' }, h('b', {}, words.text('tLoadKey'))),
    input,
    (loaded === 'locked' || loaded === 'wrong passphrase') && passphraseForm(words, tools),
    loaded !== null &&
      loaded !== 'locked' &&
      h(
        'p',
        { id: 'key-state', role: 'status', class: loaded === 'fits' ? 'yes' : 'fault flush' },
        words.text(loaded === 'fits' ? 'tKeyFits' : faultKey[loaded]),
      ),
  )
}

const passphraseField = (id: string, value: string): HTMLInputElement =>
  h('input', {
    id,
    class: 'field',
    type: 'text',
    value,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-help`,
  })

/** Asks for the passphrase of a key file that was chosen. */
function passphraseForm(words: Words, tools: Tools): HTMLElement {
  const field = passphraseField('unlock', '')
  return h(
    'form',
    {
      class: 'mt4',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        tools.unlockKey(field.value)
      },
    },
    h('label', { for: 'unlock' }, h('b', {}, words.text('tUnlock'))),
    h('p', { class: 'meta', id: 'unlock-help' }, words.text('tUnlockHelp')),
    field,
    h('div', { class: 'actions mt3' }, h('button', { class: 'btn', type: 'submit' }, words.text('tUnlockButton'))),
  )
}

/** The passphrase that the saved key file is put under. */
function protectPart(words: Words, short: boolean, tools: Tools): Child {
  const field = passphraseField('protect', tools.passphrase)
  field.addEventListener('input', () => tools.typePassphrase(field.value))
  return [
    h('label', { class: 'mt4', for: 'protect' }, h('b', {}, words.text('tProtect'))),
    h('p', { class: 'meta', id: 'protect-help' }, words.text('tProtectHelp')),
    short && h('p', { class: 'fault flush', role: 'alert' }, words.text('tProtectShort')),
    field,
  ]
}

/** Keeping the key: the file is the main way, this device only where the trustee says so. */
const keepPart = (words: Words, { table, saved, short }: AtTable, tools: Tools): HTMLElement =>
  h(
    'section',
    { class: 'paper mt5', 'aria-labelledby': 'keep' },
    h('div', { class: 'cap' }, h('h2', { id: 'keep' }, words.text('tKeepTitle'))),
    h(
      'div',
      { class: 'in' },
      h('p', {}, words.text('tKeep', { lost: table.size - table.threshold + 1 })),
      protectPart(words, short, tools),
      h(
        'div',
        { class: 'actions mt4' },
        h('button', { class: saved ? 'btn quiet' : 'btn', type: 'button', onclick: tools.saveKey }, words.text('tSaveKey')),
      ),
      saved && h('p', { class: 'mt3 yes' }, words.text('tSaved')),
      tools.stored !== null &&
        h(
          'label',
          { class: 'box-row mt3' },
          h('input', {
            type: 'checkbox',
            checked: tools.stored,
            onchange: (event) => tools.store((event.target as HTMLInputElement).checked),
          }),
          h('span', {}, words.text('tStore'), h('small', {}, words.text('tStoreHelp'))),
        ),
    ),
  )

/** Twelve words, numbered, to be read aloud. */
const phrasePart = (words: Words, phrase: readonly string[], why: MessageKey): HTMLElement =>
  h(
    'section',
    { class: 'paper mt5', 'aria-labelledby': 'phrase' },
    h('div', { class: 'cap' }, h('h2', { id: 'phrase' }, words.text('tPhraseTitle'))),
    h(
      'ol',
      { class: 'phrase', lang: 'en' },
      phrase.map((word, i) => h('li', {}, h('span', { 'aria-hidden': 'true' }, String(i + 1)), word)),
    ),
    h('p', { class: 'in meta' }, words.text(why)),
  )

const closes = (words: Words, table: Table): Child =>
  table.closesAt !== null &&
  h('p', { class: 'mt4' }, words.text('tClosesAt', { when: longTime(table.closesAt, table.zone, words.language) }))

/** Who has opened, of how many needed. */
const openedPart = (words: Words, table: Table): Child => [
  h('p', { class: 'mt4' }, h('b', {}, words.text('tOpened', { opened: table.openedBy.length, needed: table.threshold }))),
  h(
    'p',
    { class: 'meta' },
    table.openedBy.length === 0 ? words.text('tOpenedNone') : words.text('tOpenedBy', { names: list(words, table.openedBy) }),
  ),
]

function tableView(words: Words, state: AtTable, tools: Tools): readonly Child[] {
  const { table, loaded } = state
  const title = (key: MessageKey): Child => heading(words, table, key)
  switch (table.stage) {
    case 'start':
      return [
        stepLine(words, steps, 0),
        title('tStartTitle'),
        who(words, table),
        h('p', { class: 'mt4' }, words.text('tStart')),
        h(
          'div',
          { class: 'actions mt5' },
          h(
            'button',
            { class: 'btn big', type: 'button', onclick: () => tools.act({ kind: 'make' }) },
            words.text('tStartButton'),
          ),
        ),
      ]
    case 'lost-key':
      return [
        title('tTitle'),
        who(words, table),
        h('p', { class: 'notice now mt5' }, words.text('tLostKey')),
        loadPart(words, loaded, tools),
      ]
    case 'making':
      return [
        stepLine(words, steps, table.step - 1),
        title('tMaking'),
        who(words, table),
        h(
          'p',
          { class: 'notice now mt5', id: 'await' },
          table.awaiting.length === 0
            ? words.text('tAwaitTurn', { step: table.step })
            : words.text('tAwait', { names: list(words, table.awaiting) }),
        ),
        keepPart(words, state, tools),
      ]
    case 'ready':
      return [
        stepLine(words, steps, 3),
        title('tReadyTitle'),
        who(words, table),
        closes(words, table),
        h('p', { class: 'mt2' }, words.text('tReady')),
        table.phrase !== null && phrasePart(words, table.phrase, 'tPhrase'),
        table.keyHere && keepPart(words, state, tools),
        h(
          'section',
          { class: 'mt6' },
          h('h2', {}, words.text('tRehearse')),
          h('p', { class: 'mt3' }, words.text('tRehearseHelp')),
          loadPart(words, loaded, tools),
        ),
      ]
    case 'to-shuffle':
    case 'shuffled':
      return shuffleView(words, table, {
        head: (key) => [title(key), who(words, table)],
        load: loadPart(words, loaded, tools),
        begin: () => tools.act({ kind: 'shuffle' }),
      })
    case 'to-open':
      return [
        title('tOpenTitle'),
        who(words, table),
        h('p', { class: 'mt4' }, words.text('tOpenIntro')),
        openedPart(words, table),
        table.keyHere
          ? h(
              'div',
              { class: 'actions mt5' },
              h(
                'button',
                { class: 'btn big', type: 'button', onclick: () => tools.act({ kind: 'check' }) },
                words.text('tOpenButton'),
              ),
            )
          : loadPart(words, loaded, tools),
        table.phrase !== null && fold(words.text('tPhraseTitle'), phrasePart(words, table.phrase, 'tPhrase')),
      ]
    case 'opened':
      return []
  }
}

/** A stage of the check in words and numbers. */
export const openStageText = (words: Words, stage: OpenStage): string => {
  switch (stage.kind) {
    case 'ballots':
      if (stage.all === 0) return words.text('tFetching')
      return stage.secondsLeft === null
        ? words.text('tCheckProgress', { done: stage.done, all: stage.all })
        : words.text('tCheckLeft', { done: stage.done, all: stage.all, seconds: stage.secondsLeft })
    case 'sum':
      return words.text('tFolding')
    case 'shuffles':
      return words.text('tShuffles', { done: stage.done, all: stage.all })
    case 'shuffling':
      return words.text('tShuffling', { papers: stage.papers })
    case 'opening':
      return words.text('tOpening')
    case 'sending':
      return words.text('tSending')
    case 'checking':
      return words.text('tServerChecks', { percent: stage.percent })
  }
}

/** The bar and its sentence, redrawn as the check goes on. */
export function progressPart(words: Words, stage: OpenStage): HTMLElement {
  const bar = h('i')
  const part =
    stage.kind === 'checking'
      ? stage.percent
      : stage.kind !== 'ballots'
        ? 100
        : stage.all === 0
          ? 0
          : (100 * stage.done) / stage.all
  // A custom property through the CSSOM: the page's policy allows no style attribute.
  bar.style.setProperty('--part', `${part}%`)
  return h(
    'div',
    { class: 'mt5', id: 'progress' },
    h('div', { class: 'meter', 'aria-hidden': 'true' }, bar),
    h('p', { class: 'mt3 num' }, openStageText(words, stage)),
  )
}

function refusalText(words: Words, why: OpenRefusal): string {
  switch (why.kind) {
    case 'not-closed':
      return words.text('tRefuseNotClosed')
    case 'ballot':
      return words.text('tRefuseBallot', { number: why.number, what: why.what })
    case 'sum':
      return words.text('tRefuseSum')
    case 'too-few':
      return words.text('tRefuseFew', { found: why.found, floor: why.floor })
    case 'second-sum':
      return words.text('tRefuseSecond')
    case 'record':
      return recordFaultText(words, why.fault)
    case 'shuffle':
      return words.text('tRefuseShuffle', { number: why.number, what: why.what })
    case 'not-shuffled':
      return words.text('tRefuseNotShuffled', { found: why.found, needed: why.needed })
    case 'trustees':
      return words.text('tRefuseTrustees')
    case 'election':
      return words.text('tRefuseElection', { what: why.what })
    case 'roll':
      return words.text('tRefuseRoll')
  }
}

function failureView(words: Words, failure: TrusteeFailure, tools: Tools): readonly Child[] {
  const again = h(
    'div',
    { class: 'actions mt5' },
    h('button', { class: 'btn', type: 'button', onclick: () => tools.act({ kind: 'retry' }) }, words.text('tryAgain')),
  )
  const show = (title: MessageKey, ...text: readonly Child[]): readonly Child[] => [
    h('h1', { id: 'title', tabindex: -1 }, words.text(title)),
    text.map((t) => h('p', { class: 'mt4' }, t)),
    again,
  ]
  switch (failure.kind) {
    case 'no-answer':
      return show('offlineTitle', words.text('offlineLoad'))
    case 'device':
      return show('deviceTitle', words.text('device'))
    case 'phrase':
      return show('tRefuseTitle', words.text('tPhraseWrong'))
    case 'too-few-trustees':
      return show('tFewTrusteesTitle', words.text('tFewTrustees', { size: failure.size, threshold: failure.threshold }))
    case 'bad-message':
      return show('tRefuseTitle', words.text('tBadMessage', { name: failure.name }), h('span', { class: 'meta' }, failure.what))
    case 'will-not-open':
      return show(
        failure.why.kind === 'too-few' ? 'tFewTitle' : 'tRefuseTitle',
        refusalText(words, failure.why),
        words.text('tRefuseHelp'),
      )
    case 'refused':
      switch (failure.problem.code) {
        case 'not-a-trustee':
        case 'not-signed-in':
          return show('tNotTrusteeTitle', words.text('tNotTrustee'))
        case 'no-such-election':
          return show('noElectionTitle', words.text('noElection'))
        case 'step-done':
          return show('tRefusedTitle', words.text('tStepDone'))
        case 'not-closed':
          return show('tRefusedTitle', words.text('tRefuseNotClosed'))
        case 'already-opened':
          return show('tDoneTitle', words.text('tWaitOthers'))
        default:
          return show(
            'tRefusedTitle',
            words.text('tRefuseHelp'),
            h('span', { class: 'meta' }, failure.problem.check ?? failure.problem.code),
          )
      }
  }
}

/** The screen of a state. */
export function trusteeView(words: Words, state: TrusteeState, tools: Tools): readonly Child[] {
  switch (state.kind) {
    case 'loading':
      return [h('h1', { id: 'title', tabindex: -1 }, words.text('tTitle')), h('p', { class: 'mt4' }, words.text('tLoading'))]
    case 'no-election':
      return [
        h('h1', { id: 'title', tabindex: -1 }, words.text('noElectionTitle')),
        h('p', { class: 'mt4' }, words.text('noElection')),
      ]
    case 'table':
      return tableView(words, state, tools)
    case 'opening':
      return [
        h('h1', { id: 'title', tabindex: -1 }, words.text('tChecking')),
        h('p', { class: 'lede mt3' }, words.text('castingStay')),
        progressPart(words, state.stage),
      ]
    case 'checked':
      return checkedView(words, state.found, {
        head: [heading(words, state.table, 'tCheckedTitle'), who(words, state.table)],
        phrase: phrasePart(words, state.found.phrase, 'tSumPhrase'),
        open: () => tools.act({ kind: 'open' }),
      })
    case 'opened': {
      const { table, opening } = state
      if (table.counted && table.openedBy.length < table.threshold)
        return [
          heading(words, table, 'tFewTitle'),
          who(words, table),
          h('p', { class: 'notice mt4' }, words.text('tFew', { floor: privacyFloorDefault })),
        ]
      return [
        heading(words, table, 'tDoneTitle'),
        who(words, table),
        opening !== null && h('p', { class: 'mt4' }, words.text('tDone', { ballots: opening.ballots, counted: opening.counted })),
        openedPart(words, table),
        opening !== null && phrasePart(words, opening.phrase, 'tTallyPhrase'),
        h(
          'p',
          { class: 'notice mt4' },
          words.text(table.openedBy.length >= table.threshold || table.counted ? 'tCounted' : 'tWaitOthers'),
        ),
      ]
    }
    case 'failed':
      return failureView(words, state.failure, tools)
  }
}
