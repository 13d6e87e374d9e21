import type { BoxPlace, Problem, PublicView, Receipt, Voter } from './protocol.ts'

/**
 * What the member marked: the place of an answer, from 0; a blank ballot; the places of answers, in order of preference or just marked; or, where answers are
 * graded, the grade of each.
 */
export type Choice = number | 'blank' | readonly number[]

/** The question as the election's own text has it. `depth`: how many answers may be put in order; null where answers are marked, `marks` at most. */
export type Paper = {
  readonly question: string
  readonly answers: readonly string[]
  readonly blank: boolean
  readonly depth: number | null
  readonly marks: number
  /** The highest grade where each answer is given one from 0 up; else null. */
  readonly top: number | null
  /** Places of those who have left the list since the paper was made, as the server says: shown, and nothing more. */
  readonly left: readonly number[]
  /** Whether the rule does not keep votes secret: the result is shown however few vote. */
  readonly open: boolean
}

/** An answer that has no grade yet, among grades by place. It is cast as 0. */
export const ungraded = -1

/** Whether a choice names several answers: in order, as marks, or by their grades. */
export const isOrder = (choice: Choice | null): choice is readonly number[] => typeof choice === 'object' && choice !== null

/** What part of a ballot paper does not match. */
export type Mismatch = 'fingerprint' | 'election' | 'title' | 'uuid' | 'change' | 'key'

/** Why a typed voting code is not one. */
export type CodeFault =
  | { readonly kind: 'wrong length'; readonly found: number }
  | { readonly kind: 'wrong character'; readonly character: string; readonly place: number; readonly perhaps: readonly string[] }
  | { readonly kind: 'capitals and small letters lost' }

/** Everything that can go wrong between opening the link and the receipt. Each has its own sentence and next step. */
export type Failure =
  | { readonly kind: 'no-answer'; readonly why: string }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'bad-code'; readonly fault: CodeFault }
  | { readonly kind: 'mismatch'; readonly what: Mismatch }
  /** The server answered the cast, and yet the ballot is not to be found, or not as it was sent. */
  | { readonly kind: 'not-in-box'; readonly what: 'missing' | 'other-bytes' | 'receipt' | 'signature' }
  /** The ballot is announced, but its paper is not made yet. */
  | { readonly kind: 'not-set-up'; readonly view: PublicView }
  | { readonly kind: 'device' }

/**
 * Whether no repetition can change a refusal, so that the kept ballot has no more use. One kept on a device says which vote it replaces; where its voter has
 * voted since, it must not take the place of the newer one: whoever holds an old device could undo a vote by opening a page.
 */
export const isFinal = (failure: Failure): boolean =>
  failure.kind === 'refused' &&
  ['bad-proof', 'malformed', 'too-many', 'tested-ballot', 'stale-predecessor'].includes(failure.problem.code)

/** What is kept until the box confirms: a signed, locked ballot. It holds no choice and no voting code. */
export type Pending = {
  readonly uuid: string
  /** The voting key it is cast with. */
  readonly key: string
  readonly ballot: string
  readonly statement: unknown
  readonly bind: string
  readonly tracker: string
  readonly code: string
  readonly digest: string
}

/** How far a cast has come. */
export type CastStage = 'lock' | 'send' | 'wait' | 'find'

/** A ballot confirmed in the box; the receipt is absent when the page was opened anew and only the box was asked. */
export type InBox = { readonly place: BoxPlace; readonly receipt: Receipt | null; readonly digest: string | null }

/** A ballot that is locked and not signed: nobody can cast it yet. Its digest is what the device commits to before it is asked to open it. */
export type Locked = {
  readonly code: string
  readonly digest: string
  /** The digest's first 128 bits in 8 groups of 4 hex digits, for eyes. */
  readonly fingerprint: string
}

/** A locked ballot that was opened to test the device. It can never be cast. */
export type Opening = Locked & {
  readonly choice: Choice
  /** What a second device needs to lock the same choice again, as the fragment of an address; see `test-link.ts`. */
  readonly fragment: string
  /** Whether the box has noted that this ballot was opened, so that it refuses it from now on. */
  readonly noted: boolean
}

/** The open ballot: what the server showed, checked, and whose it is. */
export type Opened = {
  readonly view: PublicView
  readonly paper: Paper
  readonly voter: Voter | null
  /** Whether the device holds a voting code, so that it can cast. */
  readonly canCast: boolean
  /** This member's last ballot, when there is one and the box shows it. */
  readonly inBox: InBox | null
  /** The voting key of whoever is here, or of the ballot that waits to be sent; null when neither is known. */
  readonly key: string | null
}

/** What the screen shows. One kind, one screen, one heading. */
export type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'choose'; readonly opened: Opened; readonly choice: Choice | null; readonly missed: boolean }
  | { readonly kind: 'check'; readonly opened: Opened; readonly choice: Choice }
  /** `locked` is null for the moment that locking takes; `afresh` when the code was in use and the device locked once more. */
  | { readonly kind: 'locked'; readonly opened: Opened; readonly locked: Locked | null; readonly afresh: boolean }
  | { readonly kind: 'tested'; readonly opened: Opened; readonly opening: Opening }
  | { readonly kind: 'casting'; readonly opened: Opened; readonly stage: CastStage; readonly attempt: number }
  | { readonly kind: 'receipt'; readonly opened: Opened; readonly inBox: InBox }
  | { readonly kind: 'voted'; readonly opened: Opened; readonly inBox: InBox; readonly fault: CodeFault | null }
  | { readonly kind: 'not-open'; readonly opened: Opened }
  | { readonly kind: 'closed'; readonly opened: Opened; readonly at: number; readonly clause: string; readonly pending: boolean }
  | { readonly kind: 'no-code'; readonly opened: Opened; readonly damaged: boolean; readonly fault: CodeFault | null }
  | { readonly kind: 'no-election' }
  | { readonly kind: 'failed'; readonly opened: Opened | null; readonly failure: Failure; readonly pending: boolean }

/** What people and the worker do to the page. */
export type Event =
  | { readonly kind: 'no-election' }
  | { readonly kind: 'opened'; readonly opened: Opened; readonly damaged: CodeFault | null; readonly pending: boolean }
  | { readonly kind: 'picked'; readonly choice: Choice }
  | { readonly kind: 'check' }
  | { readonly kind: 'change' }
  | { readonly kind: 'cast' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'locked'; readonly locked: Locked; readonly afresh: boolean }
  | { readonly kind: 'cast-locked' }
  | { readonly kind: 'test' }
  | { readonly kind: 'tested'; readonly opening: Opening }
  | { readonly kind: 'progress'; readonly stage: CastStage; readonly attempt: number }
  | { readonly kind: 'sealed'; readonly pending: Pending }
  | { readonly kind: 'in-box'; readonly inBox: InBox; readonly voter: Voter }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly opened: Opened | null; readonly pending: boolean }
  | { readonly kind: 'again' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'give-code'; readonly typed: string }

/** What the page must do after a step, besides showing the state. */
export type Effect =
  | { readonly kind: 'open' }
  | { readonly kind: 'cast'; readonly choice: Choice }
  | { readonly kind: 'lock'; readonly choice: Choice }
  | { readonly kind: 'cast-locked' }
  | { readonly kind: 'test' }
  | { readonly kind: 'resend' }
  | { readonly kind: 'use-code'; readonly typed: string }
  | { readonly kind: 'keep'; readonly pending: Pending }
  | { readonly kind: 'forget' }

/** A state and what to do. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] }

const at = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects })

/** Whether a choice says nothing, as an order without anybody in it or grades for nobody, or marks more than the paper allows. */
function isMissed({ depth, marks, top }: Paper, choice: Choice): boolean {
  if (!isOrder(choice)) return false
  if (top !== null) return choice.every((grade) => grade === ungraded)
  return choice.length === 0 || (depth === null && choice.length > marks)
}

/** Where a visit stands right after opening, by what the server and the link say. */
function arrive(opened: Opened, damaged: CodeFault | null, pending: boolean): Step {
  const { view, inBox, canCast } = opened
  if (pending && view.state === 'open') return at({ kind: 'casting', opened, stage: 'find', attempt: 0 }, { kind: 'resend' })
  if (view.state === 'not-open') return at({ kind: 'not-open', opened })
  if (view.state !== 'open')
    return at({ kind: 'closed', opened, at: view.closesAt, clause: view.clauses.ballot, pending: pending && inBox === null })
  if (inBox !== null && damaged === null) return at({ kind: 'voted', opened, inBox, fault: null })
  if (!canCast) return at({ kind: 'no-code', opened, damaged: damaged !== null, fault: damaged })
  return at({ kind: 'choose', opened, choice: null, missed: false })
}

/** A failure's screen: closed and not-open are states of the vote, not errors of the member. */
function failing(state: State, event: Extract<Event, { readonly kind: 'failed' }>): Step {
  const opened = event.opened ?? openedOf(state)
  const { failure, pending } = event
  if (failure.kind === 'refused') {
    const { code, at: when, clause } = failure.problem
    if (code === 'no-such-election') return at({ kind: 'no-election' })
    if (code === 'closed' && opened !== null)
      return at({
        kind: 'closed',
        opened,
        at: when ?? opened.view.closesAt,
        clause: clause ?? opened.view.clauses.ballot,
        pending,
      })
    if (code === 'not-open' && opened !== null) return at({ kind: 'not-open', opened })
  }
  if (failure.kind === 'not-set-up') return at({ kind: 'not-open', opened: announced(failure.view) })
  if (failure.kind === 'bad-code') {
    if (state.kind === 'voted') return at({ ...state, fault: failure.fault })
    if (opened !== null) return at({ kind: 'no-code', opened, damaged: false, fault: failure.fault })
  }
  return isFinal(failure)
    ? at({ kind: 'failed', opened, failure, pending: false }, { kind: 'forget' })
    : at({ kind: 'failed', opened, failure, pending })
}

// An announced ballot has no question yet, and nobody can cast.
const announced = (view: PublicView): Opened => ({
  view,
  paper: { question: view.title, answers: [], blank: false, depth: null, marks: 1, top: null, left: [], open: false },
  voter: view.voter,
  canCast: false,
  inBox: null,
  key: null,
})

const openedOf = (state: State): Opened | null => ('opened' in state ? state.opened : null)

type Testing = Extract<Event, { readonly kind: 'lock' | 'locked' | 'cast-locked' | 'test' | 'tested' }>

/**
 * The honesty test (Benaloh 2006): the device locks and shows what it locked, and only then learns whether the ballot is cast or opened. A
 * tested ballot leads nowhere but back to an empty paper.
 */
function testing(state: State, event: Testing): Step {
  switch (event.kind) {
    case 'lock':
      return state.kind === 'check'
        ? at({ kind: 'locked', opened: state.opened, locked: null, afresh: false }, { kind: 'lock', choice: state.choice })
        : at(state)
    case 'locked':
      // A code in use is found when the ballot is sent: then the page comes back from casting with another one.
      return state.kind === 'locked' || state.kind === 'casting'
        ? at({ kind: 'locked', opened: state.opened, locked: event.locked, afresh: event.afresh })
        : at(state)
    case 'cast-locked':
      return state.kind === 'locked' && state.locked !== null
        ? at({ kind: 'casting', opened: state.opened, stage: 'send', attempt: 0 }, { kind: 'cast-locked' })
        : at(state)
    case 'test':
      return state.kind === 'locked' && state.locked !== null ? at(state, { kind: 'test' }) : at(state)
    case 'tested':
      return state.kind === 'locked' ? at({ kind: 'tested', opened: state.opened, opening: event.opening }) : at(state)
  }
}

/** The voting page as a state machine: pure, so that every state and refusal is tested without a browser. An event out of turn changes nothing. */
export function step(state: State, event: Event): Step {
  switch (event.kind) {
    case 'no-election':
      return at({ kind: 'no-election' })
    case 'opened': {
      const arrived = arrive(event.opened, event.damaged, event.pending)
      return event.pending ? arrived : { state: arrived.state, effects: [...arrived.effects, { kind: 'forget' }] }
    }
    case 'picked':
      return state.kind === 'choose' ? at({ ...state, choice: event.choice, missed: false }) : at(state)
    case 'check':
      if (state.kind !== 'choose') return at(state)
      return state.choice === null || isMissed(state.opened.paper, state.choice)
        ? at({ ...state, missed: true })
        : at({ kind: 'check', opened: state.opened, choice: state.choice })
    case 'change':
      if (state.kind === 'locked') return at({ kind: 'choose', opened: state.opened, choice: null, missed: false })
      return state.kind === 'check'
        ? at({ kind: 'choose', opened: state.opened, choice: state.choice, missed: false })
        : at(state)
    case 'cast':
      // The choice leaves the page's memory with this effect: a casting state holds none.
      return state.kind === 'check'
        ? at({ kind: 'casting', opened: state.opened, stage: 'lock', attempt: 0 }, { kind: 'cast', choice: state.choice })
        : at(state)
    case 'lock':
    case 'locked':
    case 'cast-locked':
    case 'test':
    case 'tested':
      return testing(state, event)
    case 'progress':
      return state.kind === 'casting' ? at({ ...state, stage: event.stage, attempt: event.attempt }) : at(state)
    case 'sealed':
      return at(state, { kind: 'keep', pending: event.pending })
    case 'in-box': {
      const opened = openedOf(state)
      if (opened === null) return at(state)
      return at(
        { kind: 'receipt', opened: { ...opened, voter: event.voter, inBox: event.inBox }, inBox: event.inBox },
        { kind: 'forget' },
      )
    }
    case 'failed':
      return failing(state, event)
    case 'again': {
      const opened = openedOf(state)
      if (
        opened === null ||
        !(state.kind === 'receipt' || state.kind === 'voted' || state.kind === 'failed' || state.kind === 'tested')
      )
        return at(state)
      return opened.canCast
        ? at({ kind: 'choose', opened, choice: null, missed: false })
        : at({ kind: 'no-code', opened, damaged: false, fault: null })
    }
    case 'retry':
      if (state.kind !== 'failed') return at(state)
      return state.pending && state.opened !== null
        ? at({ kind: 'casting', opened: state.opened, stage: 'send', attempt: 0 }, { kind: 'resend' })
        : at({ kind: 'loading' }, { kind: 'open' })
    case 'give-code':
      return state.kind === 'no-code' || state.kind === 'voted' ? at(state, { kind: 'use-code', typed: event.typed }) : at(state)
  }
}
