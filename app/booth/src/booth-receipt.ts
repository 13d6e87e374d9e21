import { boothSteps, type Act, closing } from './booth-choose.ts'
import type { CastStage, InBox, Opened, State } from './booth-state.ts'
import { codeForm } from './code-form.ts'
import { type Child, h, saveFile } from './dom.ts'
import { clauseChip, fold, stepLine, type Words } from './frame.ts'
import type { MessageKey } from './messages.ts'
import { clockTime, longTime, shortTime } from './when.ts'

const stages: readonly { readonly stages: readonly CastStage[]; readonly name: MessageKey }[] = [
  { stages: ['lock'], name: 'castLock' },
  { stages: ['send', 'wait'], name: 'castSend' },
  { stages: ['find'], name: 'castFind' },
]

/** The sentence of a stage, also read aloud. */
export const stageText = (words: Words, stage: CastStage, attempt: number): string => {
  switch (stage) {
    case 'lock':
      return words.text('stageLock')
    case 'send':
      return words.text('stageSend')
    case 'wait':
      return words.text('stageWait', { attempt: attempt + 1 })
    case 'find':
      return words.text('stageFind')
  }
}

type Casting = Extract<State, { readonly kind: 'casting' }>

/** The few seconds between the press and the receipt: three things, the one under way marked, never a bare spinner. */
export function castingView(words: Words, state: Casting): readonly Child[] {
  return [
    stepLine(words, boothSteps, 2),
    h('h1', { id: 'title', tabindex: -1 }, words.text('castingTitle')),
    h('p', { class: 'lede mt3' }, words.text('castingStay')),
    castingList(words, state),
  ]
}

/** The list alone, redrawn at each stage so that the focus stays on the heading. */
export function castingList(words: Words, state: Casting): HTMLElement {
  const now = stages.findIndex((s) => s.stages.includes(state.stage))
  return h(
    'ol',
    { class: 'proc cast mt5' },
    stages.map(({ name }, i) =>
      h(
        'li',
        { class: i < now ? 'done' : i === now ? 'now' : '' },
        h('h2', {}, i <= now && h('span', { class: 'vh' }, words.text(i < now ? 'doneMark' : 'nowMark')), words.text(name)),
        i === now && h('p', {}, stageText(words, state.stage, state.attempt)),
      ),
    ),
  )
}

/** What stands in the saved file: the same as on the stub, and no choice. */
function receiptFile(words: Words, { view }: Opened, { place, receipt, digest }: InBox): string {
  const lines = [
    view.movement,
    `${words.text('decisionLine', { number: view.number })}: ${view.title}`,
    '',
    `${words.text('codeLabel')}: ${place.code}`,
    words.text('codeSafe'),
    `${words.text('factCast')}: ${longTime(place.at, view.zone, words.language)}`,
    `${words.text('factCloses')}: ${longTime(view.closesAt, view.zone, words.language)}`,
    words.text('nextInText', { index: place.index }),
    '',
    `uuid ${view.uuid}`,
    `election ${view.fingerprint}`,
    `ballot ${place.tracker}`,
    ...(digest === null ? [] : [`unsigned ballot ${digest}`]),
    ...(receipt === null ? [] : [`signature ${receipt.signature}`, `server key ${view.receiptKey}`, '', receipt.checkpoint]),
  ]
  return `${lines.join('\n')}\n`
}

/** The stub of the ballot paper: where it lies, under which code, cast and closes. */
function stub(words: Words, opened: Opened, inBox: InBox, title: MessageKey): HTMLElement {
  const { view } = opened
  const { place } = inBox
  const fact = (name: MessageKey, value: string, wide = false): HTMLElement =>
    h('div', wide ? { class: 'w' } : {}, h('dt', {}, words.text(name)), h('dd', {}, value))
  return h(
    'section',
    { class: 'stub', 'aria-labelledby': 'title' },
    h(
      'div',
      { class: 'head' },
      h('h1', { id: 'title', tabindex: -1 }, words.text(title)),
      h(
        'p',
        {},
        words.rich('found', {
          when: clockTime(place.at, view.zone, words.language),
          number: h('span', { class: 'num' }, place.ballotNumber.toLocaleString('en-GB')),
        }),
      ),
    ),
    h(
      'div',
      { class: 'code' },
      h('p', { class: 'meta' }, words.text('codeLabel')),
      h('strong', {}, place.code),
      h('p', { class: 'meta' }, words.text('codeSafe')),
    ),
    h('div', { class: 'tear' }),
    h(
      'dl',
      { class: 'facts' },
      fact('factBallot', view.title, true),
      fact('factCast', shortTime(place.at, view.zone, words.language)),
      fact('factCloses', shortTime(view.closesAt, view.zone, words.language)),
    ),
  )
}

/** What comes after the cast, as the procedure line. */
function nextPart(words: Words, { view, paper }: Opened, { place }: InBox): readonly Child[] {
  const item = (done: boolean, title: MessageKey, when: Child, ...text: readonly Child[]): HTMLElement =>
    h(
      'li',
      done ? { class: 'done' } : {},
      h(
        'div',
        { class: 'row' },
        h('h3', {}, done && h('span', { class: 'vh' }, words.text('doneMark')), words.text(title)),
        when,
      ),
      h('p', {}, text),
    )
  const time = (at: number): HTMLElement =>
    h('time', { datetime: new Date(at).toISOString() }, shortTime(at, view.zone, words.language))
  return [
    h('h2', { class: 'mt7' }, words.text('nextTitle')),
    h(
      'ol',
      { class: 'proc mt4' },
      item(
        true,
        'nextIn',
        time(place.at),
        words.text('nextInText', { index: place.index }),
        ' ',
        h('a', { href: `/record/${place.index}` }, words.text('seeBallot')),
      ),
      item(false, 'nextCloses', time(view.closesAt), words.text('nextClosesText'), ' ', clauseChip(view.clauses.ballot)),
      item(false, 'nextOpens', null, words.text(paper.depth === null ? 'nextOpensText' : 'nextOpensPapers')),
      item(
        false,
        'nextResult',
        null,
        words.text('nextResultText'),
        ' ',
        h('a', { href: `/d/${encodeURIComponent(view.number)}` }, words.text('resultPage')),
      ),
    ),
  ]
}

/** The same words in a foldable part for auditors: whole fingerprints, as the record has them. */
const auditorPart = (words: Words, { view }: Opened, { place, receipt, digest }: InBox): HTMLElement =>
  fold(
    words.text('auditors'),
    [
      ['ballot (sha-256, base64)', place.tracker],
      ...(digest === null ? [] : [['unsigned ballot', digest]]),
      ['election', view.fingerprint],
      ...(receipt === null ? [] : [['receipt signature (Ed25519)', receipt.signature]]),
    ].map(([name = '', value = '']) => h('p', { class: 'hash' }, h('b', {}, name), value)),
  )

/** The receipt. It is reached only after the ballot was read back from the public box. */
export function receiptView(words: Words, state: Extract<State, { readonly kind: 'receipt' }>, act: Act): readonly Child[] {
  const { opened, inBox } = state
  return [
    stub(words, opened, inBox, 'receiptTitle'),
    inBox.receipt?.replaced === true && h('p', { class: 'mt4' }, words.text('replacedNote')),
    h(
      'div',
      { class: 'actions mt5' },
      h('button', { class: 'btn', type: 'button', onclick: () => saveReceipt(words, opened, inBox) }, words.text('saveReceipt')),
      h('button', { class: 'btn quiet', type: 'button', onclick: () => print() }, words.text('print')),
      h('button', { class: 'btn quiet', type: 'button', onclick: () => act({ kind: 'again' }) }, words.text('voteAgain')),
    ),
    nextPart(words, opened, inBox),
    auditorPart(words, opened, inBox),
    h('p', { class: 'mt5' }, words.text('wrong', { name: opened.view.returningOfficer })),
  ]
}

const saveReceipt = (words: Words, opened: Opened, inBox: InBox): void =>
  saveFile(
    words.text('receiptFile', { code: inBox.place.code.replaceAll('–', '-') }),
    receiptFile(words, opened, inBox),
    'text/plain',
  )

/** Opened anew after voting: the stub again, and how to vote again. */
export function votedView(words: Words, state: Extract<State, { readonly kind: 'voted' }>, act: Act): readonly Child[] {
  const { opened, inBox, fault } = state
  return [
    stub(words, opened, inBox, 'votedTitle'),
    h('p', { class: 'mt5' }, words.rich('votedUntil', { when: closing(words, opened) })),
    opened.canCast
      ? h(
          'div',
          { class: 'actions mt5' },
          h('button', { class: 'btn', type: 'button', onclick: () => act({ kind: 'again' }) }, words.text('voteAgain')),
          h(
            'button',
            { class: 'btn quiet', type: 'button', onclick: () => saveReceipt(words, opened, inBox) },
            words.text('saveReceipt'),
          ),
        )
      : [h('p', { class: 'mt3' }, words.text('votedNeedLink')), codeForm(words, fault, act)],
    nextPart(words, opened, inBox),
    auditorPart(words, opened, inBox),
    h('p', { class: 'mt5' }, words.text('wrong', { name: opened.view.returningOfficer })),
  ]
}
