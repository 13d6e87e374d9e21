import { departuresIn, type Departure, type KeptRecord, type Settled } from '@quorate/ballots'
import { canonicalJson, fail, fromHex, isJson, ok, type Result, toHex, utf8 } from '@quorate/kernel'
import {
  appendLeaf,
  type Checkpoint,
  type Frontier,
  frontierRoot,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  type VerifierKey,
} from '@quorate/record'
import { type Fields, readFields } from './fields.ts'

/** A signed state of the public record, and by whose signatures the server says it is to be judged. */
export type RecordTerms = {
  /** Key of the log, `name+id+base64`. */
  readonly log: string
  readonly witnesses: readonly string[]
  /** How many witnesses the rulebook asks for. */
  readonly quorum: number
  /** The checkpoint, with its signature lines. */
  readonly checkpoint: string
}

/**
 * Every entry of the public record from before the trustees' keys were made up to a signed checkpoint, but for this election's ballots, which the
 * box has. `peaks`: the tree of the first `from` entries (hex, as in a frontier). Nothing in it can be left out or changed without changing the
 * root that the checkpoint signs; so what the record does not hold (another sum, another opening) is known not to be there.
 */
export type RecordEvidence = RecordTerms & {
  readonly from: number
  readonly peaks: readonly string[]
  readonly entries: readonly unknown[]
}

/** Reads the terms. */
export const readTerms = (f: Fields): RecordTerms => ({
  log: f.text('log'),
  witnesses: f.texts('witnesses'),
  quorum: f.integer('quorum'),
  checkpoint: f.text('checkpoint'),
})

/** Reads the evidence; what the entries say is judged by {@link walkRecord}. */
export function readEvidence(f: Fields): RecordEvidence {
  const entries = f.raw('entries')
  return {
    ...readTerms(f),
    from: f.integer('from'),
    peaks: f.texts('peaks'),
    entries: Array.isArray(entries) ? (entries as readonly unknown[]) : f.texts('entries'),
  }
}

/** Why a device does not believe what it is shown of the record. */
export type RecordFault =
  /** Nothing was shown, or it cannot be read. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'another log' }
  | { readonly kind: 'not signed' }
  | { readonly kind: 'too few witnesses'; readonly found: number; readonly required: number }
  /** The record does not continue what this device saw before: it was shown two records. */
  | { readonly kind: 'not continued' }
  /** The entries and ballots do not give the root that was signed. */
  | { readonly kind: 'not shown' }
  | { readonly kind: 'not set up so' }
  | { readonly kind: 'ballot left out'; readonly entry: number }
  /** The end of voting does not stand under the signed state yet. */
  | { readonly kind: 'not yet' }
  | { readonly kind: 'two sums' }
  | { readonly kind: 'closed early' }

/** A signed state: who cosigned it, and which of those were not named when the key was made. */
export type SignedState = {
  readonly checkpoint: Checkpoint
  readonly witnesses: readonly string[]
  readonly newWitnesses: readonly string[]
}

/** Checks the signatures of a state: the log's own, the same as before, and as many witnesses as ever were asked for. */
export function openState(terms: RecordTerms, kept: KeptRecord | null): Result<SignedState, RecordFault> {
  if (kept !== null && kept.log !== terms.log) return fail({ kind: 'another log' })
  const log = keyOf(terms.log, 1)
  const witnesses = terms.witnesses.flatMap((text) => keyOf(text, 4) ?? [])
  if (log === null || witnesses.length !== terms.witnesses.length) return fail({ kind: 'missing' })
  const quorum = kept === null ? 0 : Math.max(kept.quorum, terms.quorum)
  const opened = openCheckpoint(terms.checkpoint, { log, witnesses, quorum })
  if (opened.kind === 'fail')
    return fail(
      opened.error.kind === 'too few witnesses'
        ? opened.error
        : { kind: opened.error.kind === 'another origin' ? 'another log' : 'not signed' },
    )
  const { checkpoint, cosigned } = opened.value
  const names = [...new Set(cosigned.map(({ name }) => name))]
  const known = new Set(kept?.witnesses.map((text) => keyOf(text, 4)?.name))
  return ok({ checkpoint, witnesses: names, newWitnesses: names.filter((name) => !known.has(name)) })
}

const keyOf = (text: string, type: VerifierKey['type']): VerifierKey | null => {
  const key = parseVerifierKey(text)
  return key.kind === 'ok' && key.value.type === type ? key.value : null
}

/** What a device keeps of the record when it makes a key. */
export function keepRecord(terms: RecordTerms): Result<KeptRecord, RecordFault> {
  const state = openState(terms, null)
  if (state.kind === 'fail') return state
  const { log, witnesses, quorum } = terms
  const { size, root } = state.value.checkpoint
  return ok({ log, witnesses, quorum, size, root: toHex(root), seen: null })
}

/** What the record says of this election. */
export type RecordFacts = {
  readonly setup: { readonly election: string; readonly credentials: string; readonly group: string }
  /** People on the roll that was frozen for it; null where the record begins after that. */
  readonly rollSize: number | null
  readonly closed: { readonly ballots: number; readonly counted: number; readonly weight: number; readonly tally: string }
  readonly departures: readonly Departure[]
  readonly shuffles: readonly { readonly trustee: number; readonly shuffle: string }[]
  readonly openings: readonly { readonly trustee: number; readonly decryption: string }[]
}

/** A ballot of the box as its entry holds it. */
export type RecordBallot = {
  readonly index: number
  readonly at: number
  readonly text: string
  readonly statement: unknown
  readonly code: string
}

/** A walk along the record beside the box: the box's ballots in order, then the end. */
export type RecordWalk = {
  /** The next ballot of the box, at its entry. Whether a ballot with this digest was opened to test a device before that. */
  readonly ballot: (ballot: RecordBallot, digest: string) => { readonly tested: boolean }
  /** Whether the entries and the ballots given are those of the signed state, and what they say. Nothing counts before. */
  readonly end: () => Result<RecordFacts, RecordFault>
}

type Noted = { readonly index: number; readonly at: number; readonly body: Readonly<Record<string, unknown>> }
type Kind = 'setup' | 'box-closed' | 'shuffle' | 'opening' | 'act'

/** Begins a walk for the election that the trustees file with this hash was set up with. Cost: one hash an entry and one a node. */
export function walkRecord(
  evidence: RecordEvidence,
  { checkpoint }: Pick<SignedState, 'checkpoint'>,
  kept: KeptRecord,
  trusteesHash: string,
): RecordWalk {
  let fault: RecordFault | null = null
  const stop = (kind: 'missing' | 'not continued' | 'not shown' | 'not set up so'): void => {
    fault ??= { kind }
  }
  const states = [kept, ...(kept.seen === null ? [] : [kept.seen])]
  const start = frontierOf(evidence)
  let frontier: Frontier = start ?? { size: 0, peaks: [] }
  let next = 0
  let [decision, lastBallot] = [null as number | null, -1]
  const noted: { readonly [K in Kind]: Noted[] } = { setup: [], 'box-closed': [], shuffle: [], opening: [], act: [] }
  const tested = new Set<string>()
  const rolls = new Map<number, number>()

  if (start === null) stop('missing')
  // What stands before `from` is not seen: it must be from before the key.
  if (states.some(({ size }) => size < frontier.size || size > checkpoint.size)) stop('not continued')

  const compare = (): void => {
    const here = states.filter(({ size }) => size === frontier.size)
    if (here.length > 0 && here.some(({ root }) => root !== toHex(frontierRoot(frontier)))) stop('not continued')
  }
  const append = (entry: unknown): void => {
    if (!isJson(entry)) return stop('missing')
    frontier = appendLeaf(frontier, leafHash(utf8(canonicalJson(entry))))
    compare()
  }

  function note(entry: unknown): void {
    const read = readFields(entry, (f) => ({
      type: f.text('type'),
      at: f.integer('at'),
      decision: f.has('decision') ? f.integer('decision') : null,
      body: f.raw('body'),
    }))
    if (read.kind === 'fail') return stop('missing')
    const { type, at } = read.value
    const one: Noted = { index: frontier.size, at, body: (read.value.body ?? {}) as Noted['body'] } // an object by the log's own rules; read with care
    const { size, digest, trustees } = one.body
    if (type === 'roll' && read.value.decision !== null && typeof size === 'number') rolls.set(read.value.decision, size)
    if (type === 'setup' && trustees === trusteesHash) {
      decision = read.value.decision
      noted.setup.push(one)
    } else if (decision === null || read.value.decision !== decision) return
    else if (type === 'tested' && typeof digest === 'string') tested.add(digest)
    else if (type === 'ballot') fault ??= { kind: 'ballot left out', entry: one.index }
    else if (type === 'setup') stop('not set up so')
    else if (type === 'act' || type === 'box-closed' || type === 'shuffle' || type === 'opening') noted[type].push(one)
  }

  function advance(to: number): void {
    while (fault === null && frontier.size < to) {
      const entry = evidence.entries[next++]
      if (entry === undefined) return stop('not shown')
      note(entry)
      append(entry)
    }
  }

  compare()
  return {
    ballot: ({ index, at, text, statement, code }, digest) => {
      advance(Math.min(index, checkpoint.size))
      if (frontier.size !== index || decision === null || noted['box-closed'].length > 0) stop('not shown')
      if (fault === null) append({ v: 1, type: 'ballot', at, decision, body: { ballot: text, cast: statement, code } })
      lastBallot = index
      return { tested: tested.has(digest) }
    },
    end: () => {
      advance(checkpoint.size)
      if (next !== evidence.entries.length || toHex(frontierRoot(frontier)) !== toHex(checkpoint.root)) stop('not shown')
      if (fault !== null) return fail(fault)
      return factsOf(noted, decision === null ? null : (rolls.get(decision) ?? null), lastBallot)
    },
  }
}

/** The tree before the first entry shown; null where it cannot be one. */
function frontierOf({ from, peaks }: RecordEvidence): Frontier | null {
  const hashes = peaks.map((peak) => fromHex(peak))
  if (from < 0 || from.toString(2).replaceAll('0', '').length !== peaks.length) return null
  const good = hashes.flatMap((hash) => (hash.kind === 'ok' && hash.value.length === 32 ? [hash.value] : []))
  return good.length === peaks.length ? { size: from, peaks: good } : null
}

/** What the noted entries say together; read with care, for it is the log's keeper who wrote them. */
function factsOf(
  noted: { readonly [K in Kind]: readonly Noted[] },
  rollSize: number | null,
  lastBallot: number,
): Result<RecordFacts, RecordFault> {
  const [setup, secondSetup] = noted.setup
  const [closed, secondClosed] = noted['box-closed']
  if (setup === undefined || secondSetup !== undefined) return fail({ kind: 'not set up so' })
  if (closed === undefined) return fail({ kind: 'not yet' })
  if (secondClosed !== undefined) return fail({ kind: 'two sums' })
  const read = <T>({ body }: Noted, of: (f: Fields) => T): T | null => {
    const got = readFields(body, of)
    return got.kind === 'ok' ? got.value : null
  }
  const all = <T>(list: readonly Noted[], of: (f: Fields) => T): readonly T[] | null => {
    const got = list.flatMap((one) => read(one, of) ?? [])
    return got.length === list.length ? got : null
  }
  const up = read(setup, (f) => ({ election: f.text('election'), credentials: f.text('credentials'), group: f.text('group') }))
  const numbers = (f: Fields): RecordFacts['closed'] => ({
    ballots: f.integer('ballots'),
    counted: f.integer('counted'),
    weight: f.integer('weight'),
    tally: f.text('tally'),
  })
  const sum = read(closed, numbers)
  const shuffles = all(noted.shuffle, (f) => ({ trustee: f.integer('trustee'), shuffle: f.text('shuffle') }))
  const openings = all(noted.opening, (f) => ({ trustee: f.integer('trustee'), decryption: f.text('decryption') }))
  const event = (f: Fields) => ({
    kind: f.text('kind'),
    ...(f.has('voter') ? { voter: f.text('voter') } : {}),
    ...(f.has('outcome') ? { outcome: f.text('outcome') } : {}),
    closesAt: f.has('closesAt') ? f.integer('closesAt') : null,
  })
  const acts = all(noted.act, (f) => ({ events: [...f.list('deemed', event), ...f.list('events', event)] }))
  if (up === null || sum === null || shuffles === null || openings === null || acts === null) return fail({ kind: 'missing' })
  const settled = noted.act.map(({ index }, i): Settled => ({ index, events: acts[i]?.events ?? [] }))
  const closing = acts.flatMap(({ events }) => events).findLast(({ kind }) => kind === 'opened' || kind === 'extended')
  // A box that was shut before its time left out those who would have voted.
  if (closing?.closesAt == null || closed.at < closing.closesAt || closed.index < lastBallot)
    return fail({ kind: 'closed early' })
  return ok({ setup: up, rollSize, closed: sum, departures: departuresIn(settled, closed.index), shuffles, openings })
}
