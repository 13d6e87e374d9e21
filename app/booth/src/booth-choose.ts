import { toggled } from './booth-marks.ts'
import { gradeList, gradePart, noGrades } from './booth-grade.ts'
import { answerName, orderList, rankPart } from './booth-rank.ts'
import { type Choice, type Event, isOrder, type Opened, type State } from './booth-state.ts'
import { type Child, h, lockIcon, noticeIcon } from './dom.ts'
import { clauseChip, fold, safePath, stepLine, type Words } from './frame.ts'
import type { MessageKey } from './messages.ts'
import { longTime } from './when.ts'
import { changedWords } from './words-changed.ts'

/** Sends what the member did to the state machine. */
export type Act = (event: Event) => void
/** The steps of voting, as they stand above each screen. */
export const boothSteps = ['step1', 'step2', 'step3'] as const

/** The moment voting closes, in a sentence. */
export const closing = (words: Words, { view }: Opened, at = view.closesAt): HTMLElement =>
  h('b', {}, h('time', { datetime: new Date(at).toISOString() }, longTime(at, view.zone, words.language)))

/** What the motion would change: the words now and the words proposed, with what goes and comes marked. */
function changePart(words: Words, { view }: Opened): Child {
  const { change } = view
  if (change === null) return null
  const runs = changedWords(change.before, change.after)
  const clause = change.clause.split('@')[0] ?? change.clause
  return h(
    'section',
    { class: 'mt5', 'aria-labelledby': 'change' },
    h('h2', { id: 'change' }, words.text('changeHeading')),
    h(
      'div',
      { class: 'diff mt3' },
      h('h3', {}, words.text('changeNow', { clause })),
      change.before === ''
        ? h('p', {}, words.text('changeNew'))
        : h(
            'blockquote',
            {},
            runs.filter((r) => r.kind !== 'new').map((r) => (r.kind === 'gone' ? marked('del', r.text) : r.text)),
          ),
      h('h3', {}, words.text('changeAfter', { clause })),
      change.after === ''
        ? h('p', {}, words.text('changeGone'))
        : h(
            'blockquote',
            { class: 'after' },
            runs.filter((r) => r.kind !== 'gone').map((r) => (r.kind === 'new' ? marked('ins', r.text) : r.text)),
          ),
    ),
  )
}

/** Words that went or came; the blank after them is left unmarked. */
const marked = (tag: 'ins' | 'del', text: string): Child => [h(tag, {}, text.trimEnd()), text.slice(text.trimEnd().length)]

/** Whose ballot it is, asked before anything is chosen. */
function whosePart(words: Words, { view, voter }: Opened): Child {
  if (voter === null) return null
  return [
    h('p', { class: 'mt3' }, words.rich('yourBallot', { name: h('b', {}, voter.name) })),
    fold(
      words.text('notYou'),
      h(
        'div',
        { class: 'notice now' },
        h('p', {}, words.text('notYouHelp', { name: voter.name })),
        h('p', {}, h('a', { class: 'tapline', href: safePath(view.help.missing, '/missing') }, words.text('ownLink'))),
      ),
    ),
  ]
}

/** What a voter must know before relying on a ballot. */
const warning = (what: string, help: string): HTMLElement =>
  h('div', { class: 'note warn mt4' }, noticeIcon(), h('p', {}, h('b', {}, what), ' ', help))

/** The label of single-operator mode, in plain words. Shown wherever the member is about to rely on the box. */
export const operatorNote = (words: Words, { view }: Opened): Child =>
  view.singleOperator && warning(words.text('operator'), words.text('operatorHelp'))

/** The label of a ballot whose rule does not keep votes secret: its totals are shown however few vote. */
const openVotesNote = (words: Words, { paper }: Opened): Child =>
  paper.open && warning(words.text('openVotes'), words.text('openVotesHelp'))

/** A marked answer in words, or answers in their order. */
export const answerWords = (words: Words, { paper }: Opened, choice: Choice): Child => {
  if (isOrder(choice)) return paper.top === null ? orderList(words, paper, choice) : gradeList(words, paper, choice)
  return choice === 'blank' ? words.text('blankName') : h('span', {}, answerName(words, paper, choice))
}

/** The ballot paper: one square to mark for each answer. */
export function chooseView(words: Words, state: Extract<State, { readonly kind: 'choose' }>, act: Act): readonly Child[] {
  const { opened, choice, missed } = state
  const { paper, view } = opened
  const isRanked = paper.depth !== null
  const isGraded = paper.top !== null
  const isSeveral = !isRanked && !isGraded && paper.marks > 1
  let marks = isOrder(choice) ? choice : []
  const pick = (value: number | 'blank'): Choice => (isSeveral && value !== 'blank' ? (marks = toggled(marks, value)) : value)
  const row = (value: number | 'blank', name: readonly Child[]): HTMLElement =>
    h(
      'label',
      { class: value === 'blank' ? 'mark-row blank' : 'mark-row' },
      h('input', {
        type: isSeveral ? 'checkbox' : 'radio',
        name: 'answer',
        value: String(value),
        checked: choice === value || marks.some((mark) => mark === value),
        'aria-describedby': missed ? 'fault' : false,
        onchange: () => act({ kind: 'picked', choice: pick(value) }),
      }),
      h('span', {}, name),
    )
  const first = (): void =>
    document.querySelector<HTMLElement>('input[name=answer], #rank button, #grades input, #grades select')?.focus()
  const told = <K extends MessageKey>(ranked: K, graded: K, one: K): K => (isRanked ? ranked : isGraded ? graded : one)
  const fault = isSeveral
    ? words.text('marksFault', { most: paper.marks })
    : words.text(told('rankFault', 'gradeFault', 'pickFault'))
  return [
    stepLine(words, boothSteps, 0),
    missed &&
      h(
        'div',
        { class: 'notice stop', role: 'alert', tabindex: -1, id: 'summary' },
        h('h2', {}, words.text('faultTitle')),
        h('p', {}, h('button', { class: 'link tapline', type: 'button', onclick: first }, fault)),
      ),
    h(
      'p',
      { class: missed ? 'eyebrow mt5' : 'eyebrow' },
      words.text('decisionLine', { number: view.number }),
      ' ',
      clauseChip(view.clauses.ballot),
    ),
    h('h1', { id: 'title', tabindex: -1 }, paper.question),
    whosePart(words, opened),
    changePart(words, opened),
    h(
      'form',
      {
        class: 'mt5',
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault()
          act({ kind: 'check' })
        },
      },
      h(
        'fieldset',
        { class: 'paper', 'aria-describedby': 'hint' },
        h('legend', { class: 'vh' }, words.text('paperCap')),
        h(
          'div',
          { class: 'cap', 'aria-hidden': 'true' },
          words.text('paperCap'),
          h(
            'span',
            { class: 'meta' },
            isSeveral
              ? words.text('pickSeveral', { most: paper.marks })
              : words.text(told('rankHint', 'gradeHint', 'pickOne'), { most: paper.top ?? 0 }),
          ),
        ),
        missed && h('p', { class: 'fault', id: 'fault' }, fault),
        isRanked && h('p', { class: 'rank-help meta' }, words.text('rankHelp')),
        isGraded && h('p', { class: 'rank-help meta' }, words.text('gradeHelp', { most: paper.top })),
        paper.left.length > 0 && h('p', { class: 'rank-help meta' }, words.text(isRanked ? 'leftRanked' : 'leftMarked')),
        isRanked
          ? rankPart(words, paper, isOrder(choice) ? choice : [], act)
          : isGraded
            ? gradePart(words, paper, isOrder(choice) ? choice : noGrades(paper), act)
            : paper.answers.map((_, i) => row(i, answerName(words, paper, i))),
        paper.blank && row('blank', [words.text('blankName'), h('small', {}, words.text('blankHelp'))]),
      ),
      h('p', { class: 'mt4' }, words.rich('timeLeft', { when: closing(words, opened) })),
      h('div', { class: 'note mt4', id: 'hint' }, lockIcon(), h('p', {}, words.text('privacy'))),
      operatorNote(words, opened),
      openVotesNote(words, opened),
      h(
        'div',
        { class: 'bar' },
        h('div', { class: 'actions' }, h('button', { class: 'btn big', type: 'submit' }, words.text('checkButton'))),
      ),
    ),
  ]
}

/** Check answers: what was marked, that nothing is cast yet, and one press that locks and casts. */
export function checkView(words: Words, state: Extract<State, { readonly kind: 'check' }>, act: Act): readonly Child[] {
  const { opened, choice } = state
  return [
    stepLine(words, boothSteps, 1),
    h('h1', { id: 'title', tabindex: -1 }, words.text('checkTitle')),
    h('p', { class: 'lede mt3' }, words.text('notCastYet')),
    h(
      'div',
      { class: 'paper mt5' },
      h(
        'div',
        { class: 'cap' },
        h('span', {}, opened.paper.question),
        h(
          'button',
          { class: 'link', type: 'button', 'aria-label': words.text('changeOf'), onclick: () => act({ kind: 'change' }) },
          words.text('change'),
        ),
      ),
      h(
        'dl',
        { class: 'check' },
        h(
          'div',
          {},
          h(
            'dt',
            {},
            h('span', { class: 'vh' }, words.text('yourAnswer')),
            h('span', { 'aria-hidden': 'true' }, choice === 'blank' ? '–' : isOrder(choice) ? '' : '✕'),
          ),
          h('dd', {}, answerWords(words, opened, choice)),
        ),
      ),
    ),
    h('p', { class: 'mt5' }, words.rich('againUntil', { when: closing(words, opened) })),
    h('p', { class: 'mt3 meta' }, words.text('notShield')),
    opened.voter?.previous != null && h('p', { class: 'mt3' }, words.text('replaces')),
    operatorNote(words, opened),
    openVotesNote(words, opened),
    h(
      'div',
      { class: 'actions mt5' },
      h(
        'button',
        { class: 'btn big', type: 'button', onclick: () => act({ kind: 'cast' }) },
        lockIcon(),
        words.text('castButton'),
      ),
      h('button', { class: 'btn quiet', type: 'button', onclick: () => act({ kind: 'lock' }) }, words.text('testButton')),
    ),
  ]
}
