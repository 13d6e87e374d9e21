import type { Problem } from './protocol.ts'
import type { RecordFault, SignedState } from './record-evidence.ts'

/** Where the key of a ballot box stands, as one trustee's device sees it. Names are those of the trustees, in their order. */
export type Table = {
  readonly uuid: string
  readonly title: string | null
  readonly movement: string
  /** 1-based place of this trustee. */
  readonly you: number
  readonly size: number
  readonly threshold: number
  readonly names: readonly string[]
  readonly stage: 'start' | 'lost-key' | 'making' | 'ready' | 'to-shuffle' | 'shuffled' | 'to-open' | 'opened'
  /** The step under way while making, 1 to 3. */
  readonly step: number
  /** Trustees whose message this step waits for. */
  readonly awaiting: readonly string[]
  /** Twelve words over the exact trustees file, computed here. */
  readonly phrase: readonly string[] | null
  /** Whether this device holds the key now. */
  readonly keyHere: boolean
  readonly closesAt: number | null
  readonly zone: string
  /** Trustees who have shuffled the papers, and how many must; none where only totals are opened. */
  readonly shuffledBy: readonly string[]
  readonly shufflesNeeded: number
  /** Whose shuffle the server is checking, and how much of it is done, of 100; null where none is. */
  readonly checking: { readonly name: string; readonly percent: number } | null
  /** Trustees who have opened. */
  readonly openedBy: readonly string[]
  readonly counted: boolean
}

/** How far the check of the box has come; `secondsLeft` is null until there is something to judge by. */
export type OpenStage =
  | { readonly kind: 'ballots'; readonly done: number; readonly all: number; readonly secondsLeft: number | null }
  | { readonly kind: 'sum' }
  | { readonly kind: 'shuffles'; readonly done: number; readonly all: number }
  | { readonly kind: 'shuffling'; readonly papers: number }
  | { readonly kind: 'opening' }
  | { readonly kind: 'sending' }
  /** The server checks what was sent; of 100. */
  | { readonly kind: 'checking'; readonly percent: number }

/** Why this device will not help to open the box (BALLOTS §3.6). Nothing was sent. */
export type OpenRefusal =
  | { readonly kind: 'not-closed' }
  /** `number` counts the ballots of the box from 1. */
  | { readonly kind: 'ballot'; readonly number: number; readonly what: string }
  | { readonly kind: 'sum' }
  | { readonly kind: 'too-few'; readonly found: number; readonly floor: number }
  | { readonly kind: 'second-sum' }
  /** The public record does not bear out what the server shows. */
  | { readonly kind: 'record'; readonly fault: RecordFault }
  /** A shuffle by another trustee, counted from 1, that does not hold. */
  | { readonly kind: 'shuffle'; readonly number: number; readonly what: string }
  | { readonly kind: 'not-shuffled'; readonly found: number; readonly needed: number }
  | { readonly kind: 'trustees' }
  | { readonly kind: 'election'; readonly what: string }
  | { readonly kind: 'roll' }

/** Why a loaded file is not this trustee's key. */
export type KeyFault = 'other ballot' | 'broken' | 'unfit' | 'wrong passphrase'

/** What became of a key file that was loaded. */
export type Loaded = 'locked' | 'fits' | KeyFault

/** What can go wrong on a trustee's device. */
export type TrusteeFailure =
  | { readonly kind: 'no-answer'; readonly why: string }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** A message of the ceremony does not pass the check; `name` is its author, when one can be named. */
  | { readonly kind: 'bad-message'; readonly name: string; readonly what: string }
  /** The server's trustees file is not the one this device computed. */
  | { readonly kind: 'phrase' }
  /** One trustee, or half of them, could open the box: no key is made for such a table. */
  | { readonly kind: 'too-few-trustees'; readonly size: number; readonly threshold: number }
  | { readonly kind: 'will-not-open'; readonly why: OpenRefusal }
  | { readonly kind: 'device' }

/**
 * What a check of the box found: ballots in it, those that count, twelve words over φ and the tally, which all trustees read to each other, and who
 * signed the record that says so beside the server (`newWitnesses`: those of them not named when the key was made). `entries`: of that record.
 */
export type Found = Pick<SignedState, 'witnesses' | 'newWitnesses'> & {
  readonly ballots: number
  readonly counted: number
  readonly phrase: readonly string[]
  readonly entries: number
}

/** What the opening came to. */
export type Opening = Found & { readonly opened: number; readonly needed: number }

/** What the page asks of the worker. */
export type TrusteeOrder =
  /** `seen`: what this browser kept of an earlier check, as `checked` told it. */
  | { readonly kind: 'sit'; readonly uuid: string; readonly keyFile: string | null; readonly seen?: string | null }
  | { readonly kind: 'look' }
  | { readonly kind: 'make' }
  /** `passphrase` is null for a file that has none. */
  | { readonly kind: 'load'; readonly keyFile: string; readonly passphrase: string | null }
  /** Write the key file under a passphrase. */
  | { readonly kind: 'lock-key'; readonly passphrase: string }
  | { readonly kind: 'shuffle' }
  | { readonly kind: 'check' }
  /** Open what was checked. */
  | { readonly kind: 'open' }

/** What the worker tells. */
export type TrusteeNews =
  /** `keyFile` is the key's text whenever this device holds a key, `suggestion` a passphrase to save it under. */
  | { readonly kind: 'table'; readonly table: Table; readonly keyFile: string | null; readonly suggestion: string }
  | { readonly kind: 'key'; readonly fault: KeyFault | null }
  /** The key file under a passphrase, to be saved; null when the passphrase is too short. */
  | { readonly kind: 'locked-key'; readonly keyFile: string | null }
  | { readonly kind: 'progress'; readonly stage: OpenStage }
  | { readonly kind: 'shuffled' }
  /** The box holds. Keep `seen`, and `keyFile` where the key is kept, before anything is opened. */
  | { readonly kind: 'checked'; readonly found: Found; readonly keyFile: string; readonly seen: string }
  | { readonly kind: 'opened'; readonly opening: Opening }
  | { readonly kind: 'failed'; readonly failure: TrusteeFailure }

/** What happens to the page: news, and what the trustee does. */
export type TrusteeEvent =
  | TrusteeNews
  | { readonly kind: 'no-election' }
  /** Another table is sat down at, or the same with later news: what stood on the screen is over. */
  | { readonly kind: 'sit' }
  | { readonly kind: 'make' }
  | { readonly kind: 'shuffle' }
  | { readonly kind: 'check' }
  /** All trustees hear the same words: open. */
  | { readonly kind: 'open' }
  | { readonly kind: 'retry' }
  /** A file under a passphrase was chosen: its passphrase is asked for. */
  | { readonly kind: 'key-locked' }

/** What the screen shows. */
export type TrusteeState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-election' }
  | {
      readonly kind: 'table'
      readonly table: Table
      readonly saved: boolean
      /** The last key file loaded here: null none, 'locked' until its passphrase is given, 'fits', or why not. */
      readonly loaded: Loaded | null
      /** Whether the passphrase for saving was too short. */
      readonly short: boolean
    }
  | { readonly kind: 'opening'; readonly table: Table; readonly stage: OpenStage }
  /** The words over the sum are read to the others; nothing of this trustee's has been sent. */
  | { readonly kind: 'checked'; readonly table: Table; readonly found: Found }
  | { readonly kind: 'opened'; readonly table: Table; readonly opening: Opening | null }
  | { readonly kind: 'failed'; readonly table: Table | null; readonly failure: TrusteeFailure; readonly saved: boolean }

const tableOf = (state: TrusteeState): Table | null => ('table' in state ? state.table : null)
const beginning: OpenStage = { kind: 'ballots', done: 0, all: 0, secondsLeft: null }
const savedOf = (state: TrusteeState): boolean => 'saved' in state && state.saved

/** The trustees' page as a state machine. Looking again while the box is being opened changes nothing. */
export function stepTrustee(
  state: TrusteeState,
  event: TrusteeEvent,
): { readonly state: TrusteeState; readonly order: TrusteeOrder | null } {
  const stay = { state, order: null }
  switch (event.kind) {
    case 'no-election':
      return { state: { kind: 'no-election' }, order: null }
    case 'sit':
      return { state: { kind: 'loading' }, order: null }
    case 'table': {
      const { table } = event
      if (state.kind === 'opening' || state.kind === 'checked' || (state.kind === 'failed' && state.failure.kind !== 'no-answer'))
        return stay
      if (table.stage === 'opened')
        return { state: { kind: 'opened', table, opening: state.kind === 'opened' ? state.opening : null }, order: null }
      const kept = state.kind === 'table' ? state : { loaded: null, short: false }
      return { state: { kind: 'table', table, saved: savedOf(state), loaded: kept.loaded, short: kept.short }, order: null }
    }
    case 'key':
      return state.kind === 'table' ? { state: { ...state, loaded: event.fault ?? 'fits' }, order: null } : stay
    case 'key-locked':
      return state.kind === 'table' ? { state: { ...state, loaded: 'locked' }, order: null } : stay
    case 'make':
      return state.kind === 'table' && state.table.stage === 'start' ? { state, order: { kind: 'make' } } : stay
    case 'shuffle':
      return state.kind === 'table' && state.table.stage === 'to-shuffle' && state.table.keyHere
        ? { state: { kind: 'opening', table: state.table, stage: beginning }, order: { kind: 'shuffle' } }
        : stay
    case 'shuffled': {
      const table = tableOf(state)
      return table === null
        ? stay
        : { state: { kind: 'table', table, saved: true, loaded: null, short: false }, order: { kind: 'look' } }
    }
    case 'check':
      return state.kind === 'table' && state.table.stage === 'to-open' && state.table.keyHere
        ? { state: { kind: 'opening', table: state.table, stage: beginning }, order: { kind: 'check' } }
        : stay
    case 'checked': {
      const table = tableOf(state)
      return table === null ? stay : { state: { kind: 'checked', table, found: event.found }, order: null }
    }
    case 'open':
      return state.kind === 'checked'
        ? { state: { kind: 'opening', table: state.table, stage: { kind: 'opening' } }, order: { kind: 'open' } }
        : stay
    case 'progress':
      return state.kind === 'opening' ? { state: { ...state, stage: event.stage }, order: null } : stay
    case 'opened': {
      const table = tableOf(state)
      return table === null ? stay : { state: { kind: 'opened', table, opening: event.opening }, order: { kind: 'look' } }
    }
    case 'locked-key': {
      const saved = event.keyFile !== null
      return state.kind === 'table' ? { state: { ...state, saved: saved || state.saved, short: !saved }, order: null } : stay
    }
    case 'failed':
      return { state: { kind: 'failed', table: tableOf(state), failure: event.failure, saved: savedOf(state) }, order: null }
    case 'retry':
      return state.kind === 'failed' ? { state: { kind: 'loading' }, order: { kind: 'look' } } : stay
  }
}
