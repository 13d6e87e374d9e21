import { type Act, closing } from './booth-choose.ts'
import type { Failure, Mismatch, Opened, State } from './booth-state.ts'
import { codeForm } from './code-form.ts'
import { type Child, h } from './dom.ts'
import { clauseChip, fold, safePath, type Words } from './frame.ts'
import type { MessageKey } from './messages.ts'

/** What a screen of words is made of: heading, sentences, and the next step. */
type Plain = {
  readonly title: MessageKey
  readonly text: readonly Child[]
  readonly next: readonly Child[]
}

const plain = (words: Words, { title, text, next }: Plain): readonly Child[] => [
  h('h1', { id: 'title', tabindex: -1 }, words.text(title)),
  text.map((t) => (t === null || t === false ? null : h('p', { class: 'mt4' }, t))),
  next.length > 0 && h('div', { class: 'actions mt5' }, next),
]

const button = (words: Words, key: MessageKey, press: () => void, quiet = false): HTMLElement =>
  h('button', { class: quiet ? 'btn quiet' : 'btn', type: 'button', onclick: press }, words.text(key))
const link = (words: Words, key: MessageKey, href: string, quiet = false): HTMLElement =>
  h('a', { class: quiet ? 'btn quiet' : 'btn', href }, words.text(key))
const missing = (words: Words, opened: Opened | null, quiet = false): HTMLElement =>
  link(words, 'getLink', safePath(opened?.view.help.missing ?? '', '/missing'), quiet)

/** The short wait at the start. */
export const loadingView = (words: Words): readonly Child[] =>
  plain(words, { title: 'loadingTitle', text: [words.text('loading')], next: [] })

/** No such election. */
export const noElectionView = (words: Words): readonly Child[] =>
  plain(words, {
    title: 'noElectionTitle',
    text: [words.text('noElection')],
    next: [link(words, 'home', '/'), missing(words, null, true)],
  })

/** Voting has not opened. */
export const notOpenView = (words: Words, { opened }: Extract<State, { readonly kind: 'not-open' }>): readonly Child[] =>
  plain(words, {
    title: 'notOpenTitle',
    text: [
      // Instant 0 stands for "no date yet".
      opened.view.opensAt === 0
        ? words.text('notOpenUndated')
        : words.rich('notOpen', {
            when: closing(words, opened, opened.view.opensAt),
            clause: clauseChip(opened.view.clauses.ballot),
          }),
    ],
    next: [link(words, 'resultPage', `/d/${encodeURIComponent(opened.view.number)}`)],
  })

/** Voting has closed: when, by which clause, and where the result is. */
export function closedView(
  words: Words,
  state: Extract<State, { readonly kind: 'closed' }>,
  saveLocked: () => void,
): readonly Child[] {
  const { opened, at, clause, pending } = state
  const { view, inBox } = opened
  return plain(words, {
    title: 'closedTitle',
    text: [
      words.rich('closed', { when: closing(words, opened, at), clause: clauseChip(clause) }),
      inBox !== null && [
        words.text('closedIn', { number: inBox.place.ballotNumber }),
        ' ',
        h('b', { class: 'num whole' }, inBox.place.code),
      ],
      pending && words.text('closedPending'),
    ],
    next: [
      view.state === 'counted'
        ? link(words, 'seeResult', `/d/${encodeURIComponent(view.number)}/result`)
        : link(words, 'seeDecision', `/d/${encodeURIComponent(view.number)}`),
      pending && button(words, 'saveLocked', saveLocked, true),
    ],
  })
}

/** The link brought no voting code, or a damaged one: ways to give it. */
export function noCodeView(words: Words, state: Extract<State, { readonly kind: 'no-code' }>, act: Act): readonly Child[] {
  const { opened, damaged, fault } = state
  return [
    h('h1', { id: 'title', tabindex: -1 }, words.text(damaged ? 'damagedTitle' : 'noCodeTitle')),
    h('p', { class: 'mt4' }, words.text(damaged ? 'damaged' : 'noCode')),
    codeForm(words, damaged ? null : fault, act),
    h(
      'p',
      { class: 'mt5' },
      h('a', { class: 'tapline', href: safePath(opened.view.help.missing, '/missing') }, words.text('getLink')),
    ),
    h('p', { class: 'mt3' }, words.text('otherWays')),
  ]
}

const partName: Readonly<Record<Mismatch, MessageKey>> = {
  fingerprint: 'partFingerprint',
  election: 'partElection',
  title: 'partTitle',
  uuid: 'partUuid',
  change: 'partChange',
  key: 'partKey',
}

/** Sentences of each failure and its next step. Every kind and every code has its own. */
export function failedView(
  words: Words,
  state: Extract<State, { readonly kind: 'failed' }>,
  act: Act,
  saveLocked: () => void,
): readonly Child[] {
  const { opened, failure, pending } = state
  const again = button(words, 'tryAgain', () => act({ kind: 'retry' }))
  const paper = button(words, 'backToPaper', () => act({ kind: 'again' }))
  const keep = pending && button(words, 'saveLocked', saveLocked, true)
  const one = (title: MessageKey, text: Child, ...next: readonly Child[]): readonly Child[] =>
    plain(words, { title, text: [text, opened !== null && next.length === 0 && words.text('otherWays')], next })
  switch (failure.kind) {
    case 'no-answer':
      return one('offlineTitle', words.text(pending ? 'offlineCast' : 'offlineLoad'), again, keep)
    case 'device':
      return one('deviceTitle', words.text('device'), again, missing(words, opened, true))
    case 'not-set-up':
      return plain(words, { title: 'notOpenTitle', text: [words.text('notOpenUndated')], next: [again] })
    case 'bad-code':
      return one('damagedTitle', words.text('damaged'), missing(words, opened))
    case 'mismatch':
      return [
        plain(words, {
          title: 'mismatchTitle',
          text: [words.text('mismatch'), words.text('mismatchPart', { what: words.text(partName[failure.what]) })],
          next: [again],
        }),
        opened === null ? null : fold(words.text('auditors'), h('p', { class: 'hash' }, opened.view.fingerprint)),
      ]
    case 'not-in-box':
      return plain(words, {
        title: 'unconfirmedTitle',
        text: [
          words.text(unconfirmed[failure.what]),
          opened !== null && words.text('unconfirmedHelp', { name: opened.view.returningOfficer }),
        ],
        next: [again, keep],
      })
    case 'refused':
      return refusedPart(words, failure, { opened, again, paper, keep })
  }
}

const unconfirmed: Readonly<Record<Extract<Failure, { readonly kind: 'not-in-box' }>['what'], MessageKey>> = {
  missing: 'unconfirmedMissing',
  'other-bytes': 'unconfirmedOther',
  receipt: 'unconfirmedReceipt',
  signature: 'unconfirmedSignature',
}

type Ways = { readonly opened: Opened | null; readonly again: Child; readonly paper: Child; readonly keep: Child }

/** A table of the refusals: longer than a function should be only because it is one. */
function refusedPart(
  words: Words,
  { problem }: Extract<Failure, { readonly kind: 'refused' }>,
  { opened, again, paper, keep }: Ways,
): readonly Child[] {
  const show = (title: MessageKey, text: readonly Child[], ...next: readonly Child[]): readonly Child[] =>
    plain(words, { title, text, next })
  const roll = opened?.view.clauses.roll
  switch (problem.code) {
    case 'not-on-roll':
      return show(
        'rollTitle',
        [words.rich('roll', { clause: roll === undefined ? '' : clauseChip(roll) }), words.text('otherWays')],
        missing(words, opened),
      )
    case 'not-signed-in':
      return show('noCodeTitle', [words.text('refusedSignIn')], link(words, 'home', '/signin'))
    case 'wrong-voter':
      return show('refusedTitle', [words.text('refusedVoter')], missing(words, opened))
    case 'too-many':
      return show('refusedTitle', [words.text('refusedTooMany')], link(words, 'home', '/'))
    case 'stale-predecessor':
      return show('staleTitle', [words.text('refusedStale')], opened === null ? again : paper)
    case 'already-in-box':
    case 'code-collision':
      return show('refusedTitle', [words.text('refusedOverlap')], again)
    case 'busy':
      return show('busyTitle', [words.text('busyText')], again, keep)
    case 'malformed':
    case 'bad-proof':
    case 'tested-ballot':
      return show(
        'refusedTitle',
        [words.text('refusedProof'), problem.check !== null && h('span', { class: 'meta' }, problem.check)],
        opened === null ? again : paper,
      )
    case 'not-in-box':
      return show('unconfirmedTitle', [words.text('unconfirmedMissing')], again, keep)
    default:
      // Refusals of other pages (trustees, states of the election) end here only if the server confuses its endpoints.
      return show('offlineTitle', [words.text('offlineLoad')], again)
  }
}
