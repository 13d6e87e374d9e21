import {
  ballotCodeOf,
  bindList,
  bindListText,
  castStatementText,
  checkBallot,
  checkOpening,
  combineResult,
  countsOf,
  companionOf,
  credentialOf,
  electionText,
  encryptedTally,
  engineOf,
  fastEd25519,
  issueCodes,
  lockBallot,
  makeCastStatement,
  noPreviousTracker,
  openTally,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  resultText,
  seededRandom,
  voterPseudonymOf,
  type CheckedBallot,
  type Choice,
  type Election,
  type EncryptedTally,
  type GroupName,
  type Element,
  type Engine,
  type OwnedOpening,
  type PublicRoll,
  type SignedCodes,
} from '@quorate/ballots'
import { canonicalJson, instant, toHex, utf8, type Instant, type Result } from '@quorate/kernel'
import { commitRoll, rollLeaf, rollListText, type BodyOf } from '@quorate/record'
import {
  canonicalText,
  changesOf,
  editionWords,
  editionWordsText,
  parseRulebook,
  readDocument,
  resultingText,
  type ActBody,
  type ClauseId,
  type EditionNumber,
  type Fact,
  type StageMarks,
  type TextChange,
} from '@quorate/rulebook'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { nodeModExp } from '../../ballots/testing/node-modexp.ts'
import { append, attempt, dossierFrom, emptyLog, fact, keep, origin, perform, sha256Hex, type Log } from './log.ts'
import { lotOfOpenings, type Dossier } from '../src/index.ts'

export { nodeModExp } from '../../ballots/testing/node-modexp.ts'

function good<T>(result: Result<T, unknown>): T {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const bytes = (seed: string): Uint8Array => createHash('sha256').update(seed).digest()
export const person = (n: number): string => toHex(bytes(`person ${String(n)}`)).slice(0, 32)
const uuid = 'QuorateVerify42'
const numbered = (n: number): EditionNumber => n as EditionNumber

/** Lantern's rules, but three signatures are enough. */
export const rules = canonicalText(
  readFileSync(new URL('../../../rulebooks/lantern.md', import.meta.url), 'utf8').replace(
    'at least 60 people',
    'at least 3 people',
  ),
)
/** What is proposed: a shorter time in the clause on amending. */
function changesOfRule(to: Log): { readonly before: string; readonly changes: readonly TextChange[] } {
  const before = readDocument(to.text).clauses.find((clause) => clause.id === '4.2')?.source ?? ''
  return {
    before,
    changes: [{ clause: '4.2' as ClauseId, after: before.replace('within: 3 working days', 'within: 2 working days') }],
  }
}

/** The document of an edition's operative words. */
export const wordsText = (text: string, edition: number): string =>
  editionWordsText(editionWords(good(parseRulebook(text, numbered(edition)))))

export const decision = 7
const members = 'electorate members'
export const at = (text: string): Instant => instant(Date.parse(`${text}Z`))
const holds = (to: Log): Fact => fact(to.now, 'holds-office', 'returning-officer', true)
const eligible = (to: Log): Fact => fact(to.now, 'eligible', 'members', true)
const byRule = (body: ActBody, ...facts: readonly Fact[]) => ({ by: 'rule', as: 'rule', body, facts, decision })

/** Founding: the log opens, the first edition stands, an office is filled. */
function found(to: Log, text: string): void {
  to.text = text
  const parsed = good(parseRulebook(text, numbered(1)))
  append(to, 'opened', null, {
    format: 'quorate/record/v1',
    origin,
    movement: 'lantern',
    software: '0.1.0',
    demonstration: true,
    singleOperator: true,
  })
  append(to, 'edition', null, { edition: 1, text: keep(to, text), words: keep(to, wordsText(text, 1)) })
  to.editions = { byNumber: new Map([[numbered(1), parsed]]), inForce: numbered(1) }
  append(to, 'role', null, { office: 'returning-officer', holder: sha256Hex('officer'), change: 'granted', effectAt: to.now })
}

/** An evening coup: the committee changes the rules by a vote of its own. Refused. */
function coup(to: Log): void {
  const document = keep(to, canonicalJson({ title: 'Tonight', reasons: '', changes: [] })) as never
  const body: ActBody = { kind: 'exercise', power: 'amend-rulebook', document, effectAt: to.now, vote: { for: 9, against: 1 } }
  const facts = [fact(to.now, 'body-size', 'committee', 12), fact(to.now, 'electorate-size', 'members', 6)]
  if (attempt(to, { by: person(99), as: 'body committee', body, facts, decision: decision - 1 }) !== null)
    throw new Error('the coup was permitted')
}

function propose(to: Log): void {
  const { before, changes } = changesOfRule(to)
  const proposal = {
    title: 'Two days are enough',
    reasons: 'The check takes an hour.',
    changes: changes.map(({ clause, after }) => ({ clause, before, after })),
  }
  const body: ActBody = {
    kind: 'propose',
    power: 'amend-rulebook',
    form: 'diff',
    document: keep(to, canonicalJson(proposal)) as never,
    changes: changesOf(to.text, changes),
  }
  perform(to, {
    by: person(1),
    as: members,
    body,
    facts: [eligible(to), resultingText(to.text, numbered(1), changes, to.now).fact],
    decision,
  })
  for (const n of [1, 2, 3]) {
    // The third is enough, if those who signed before are members still.
    const facts = n < 3 ? [eligible(to)] : [eligible(to), fact(to.now, 'signers', 'members', n - 1)]
    perform(to, { by: person(n), as: members, body: { kind: 'sign' }, facts, decision })
  }
}

const moveClock = (to: Log, text: string, delay = 0): void => {
  const from = to.now
  to.now = instant(at(text) + delay)
  append(to, 'demo-clock', null, { from, to: to.now })
}

/** Everything a ballot is held with. */
export type Ballot = {
  readonly election: Election
  readonly setup: BodyOf<'setup'>
  readonly voters: readonly { readonly secret: bigint; readonly key: string }[]
  readonly secrets: readonly bigint[]
  readonly roll: PublicRoll<Element>
}

const marksIn = (to: Log, stage: string): StageMarks | undefined =>
  Object.entries(to.state.decisions[decision]?.stages ?? {}).find(([id]) => id === stage)?.[1]

function freeze(to: Log, people: number): readonly string[] {
  const asOf = marksIn(to, 'notify')?.notice?.servedAt
  const leaves = Array.from({ length: people }, (_, n) => rollLeaf(bytes(`salt ${String(n)}`), utf8(`member ${String(n)}`)))
  const roll = good(commitRoll(leaves))
  const root = toHex(roll.root)
  append(to, 'roll', decision, { electorate: 'members@1', size: roll.size, root, leaves: keep(to, rollListText(roll.leaves)) })
  const drawn: Fact = { ...fact(asOf ?? to.now, 'roll', 'members', { size: roll.size, root }, 'roll'), knownAt: to.now }
  perform(to, byRule({ kind: 'freeze' }, drawn))
  return leaves.map((leaf) => toHex(leaf))
}

function setUp(to: Log, group: GroupName, leaves: readonly string[], twist: Twist): Ballot {
  const { mayBeBlank = false, publicKey, table, registrar } = twist
  const options = { modexp: nodeModExp, wasm: fastEd25519 }
  const engine = engineOf(group, options)
  const random = seededRandom(bytes(`a whole decision in ${group}`))
  const ceremony = rehearseCeremony(engine, { uuid, group, ...(table ?? { size: 3, threshold: 2 }) }, random)
  const { codes, roll } = issueCodes(engine, uuid, leaves.length, random)
  const voters = codes
    .map((code) => credentialOf(engine, uuid, code))
    .map(({ secret, publicKey }) => ({ secret, key: publicKey }))
  const text = electionText({
    version: 1,
    description: 'Change of rule 4.2',
    name: 'Lantern',
    group,
    public_key: engine.encode(publicKey?.(engine) ?? good(parseTrustees(engine, ceremony.file)).publicKey),
    questions: [
      {
        answers: ['For', 'Against'],
        ...(mayBeBlank ? { blank: true } : {}),
        min: 1,
        max: 1,
        question: 'Adopt the change of rule 4.2?',
      },
    ],
    uuid,
  })
  const bind = bindList(
    uuid,
    codes.map((code, i) => ({ key: voters[i]?.key ?? '', leaf: leaves[i] ?? '', code })),
  )
  const lists = { credentials: keep(to, publicRollText(roll)), bind: keep(to, bindListText(bind)) }
  const setup: BodyOf<'setup'> = {
    election: keep(to, text),
    trustees: keep(to, ceremony.file),
    ...lists,
    booth: sha256Hex('booth'),
    group,
    registrar: registrar?.({ uuid, roll: lists.credentials, binds: lists.bind }) ?? 'single-operator',
  }
  append(to, 'setup', decision, setup)
  const secrets = good(parseTrustees(engine, ceremony.file)).keys.map((_, i) => secretOf(ceremony.keys[i]))
  const publicRoll = good(parsePublicRoll(engine, publicRollText(roll)))
  return { election: good(parseElection(text, options)), setup, voters, secrets, roll: publicRoll }
}

/** The share a trustee's finished key holds. */
function secretOf(key: unknown): bigint {
  const share = key as { readonly share?: { readonly secret: bigint } }
  if (share.share === undefined) throw new Error(`no share in ${Object.keys(key as object).join()}`)
  return share.share.secret
}

/** Puts one ballot into the box: its entry and the act that cites it. Returns it checked. */
export function cast(
  to: Log,
  ballot: Ballot,
  text: string,
  who: number,
  previous: string,
  ...also: readonly Fact[]
): CheckedBallot {
  const { election, voters, roll } = ballot
  const checked = good(checkBallot(election, roll, text))
  const claim = { electionHash: election.fingerprint, credential: checked.credential, digest: checked.digest, previous }
  const statement = makeCastStatement(election.engine, voters[who]?.secret ?? 0n, claim)
  if (castStatementText(statement) === '') throw new Error('no statement')
  append(to, 'ballot', decision, { ballot: text, cast: statement, code: ballotCodeOf(checked.digest) })
  const by = voterPseudonymOf(checked.credential)
  const body: ActBody = { kind: 'cast', ballot: sha256Hex(text) as never }
  perform(to, { by, as: members, body, facts: [fact(to.now, 'eligible', 'members', true, 'roll'), ...also], decision })
  return checked
}

export const locked = ({ election, voters }: Ballot, who: number, choice: Choice, salt = ''): string =>
  good(lockBallot(election, [choice], voters[who]?.secret ?? 0n, seededRandom(bytes(`ballot ${String(who)} ${salt}`)))).text

/** What a story may do otherwise than an honest one. */
export type Twist = {
  /** Called when the box has the last honest ballot: may cast more. `counted` holds the last ballot of each voter. */
  readonly lastVoter?: (to: Log, ballot: Ballot, counted: readonly CheckedBallot[]) => CheckedBallot
  /** The text of the first trustee's opening. */
  readonly opening?: (tally: EncryptedTally) => string
  /** Whether the third trustee opens as well, after the result. */
  readonly lateOpening?: boolean
  /** Other rules than Lantern's with three signatures. */
  readonly rules?: string
  /** What else happens in the movement meanwhile; may move `now` on, not past what the decision does next. */
  readonly meanwhile?: (to: Log, step: 'founded' | 'proposed' | 'voted' | 'ended') => void
  /** How many are on the roll, six or more; from the sixth on each votes once, in favour. */
  readonly people?: number
  /** How much later than 3 April the ballot closes, and all that follows, in milliseconds. */
  readonly delay?: number
  /** Number of a voter, 0 to 3, who votes with an appeal open about their place on the roll, and how it ends before the count. */
  readonly appeal?: { readonly voter: number; readonly stays: boolean; readonly votesAgain?: boolean }
  /** What is voted, in order: number of a voter and choice. */
  readonly votes?: readonly (readonly [number, Choice])[]
  /** Whether a ballot may be blank: its place then stands before the two answers. */
  readonly mayBeBlank?: boolean
  /** The key that ballots are locked to; left out, the trustees' sum. */
  readonly publicKey?: (engine: Engine<Element>) => Element
  /** How many trustees there are and how many of them open together: else two of three. */
  readonly table?: { readonly size: number; readonly threshold: number }
  /** What the result is declared by: else its tally. `lot`: the seed that the openings give. */
  readonly declaredBy?: (to: Log, row: readonly number[], lot: string) => readonly Fact[]
  /** Who made the voting codes, as the set-up says it; `codes` are the hashes of the lists. Else single-operator mode. */
  readonly registrar?: (codes: SignedCodes) => BodyOf<'setup'>['registrar']
  /** Stops the story after this step. */
  readonly until?: 'proposed' | 'frozen' | 'open' | 'voted' | 'closed'
}

export type World = { readonly log: Log; readonly ballot: Ballot | null }

/** A decision from its proposal to the new edition: six on the roll, five of whom vote, one of them twice; two of three trustees open. */
export function wholeDecision(group: GroupName, twist: Twist = {}): World {
  const to = emptyLog(at('2026-03-01T09:00:00'))
  const { people = 6 } = twist
  found(to, twist.rules ?? rules)
  twist.meanwhile?.(to, 'founded')
  moveClock(to, '2026-03-09T19:40:00')
  coup(to)
  moveClock(to, '2026-03-10T10:00:00')
  propose(to)
  twist.meanwhile?.(to, 'proposed')
  if (twist.until === 'proposed') return { log: to, ballot: null }
  to.now = at('2026-03-11T09:00:00')
  perform(to, {
    by: person(50),
    as: 'office returning-officer',
    body: { kind: 'check', outcome: 'passed', ground: null },
    facts: [holds(to)],
    decision,
  })
  append(to, 'delivery', decision, {
    mailing: 'notice',
    served: people,
    failed: 0,
    channels: [{ channel: 'email', served: people, failed: 0 }],
    list: sha256Hex('the list'),
  })
  perform(to, byRule({ kind: 'notify' }, fact(to.now, 'notice', null, { served: people, of: people }, 'post')))
  moveClock(to, '2026-03-26T00:00:00')
  const leaves = freeze(to, people)
  if (twist.until === 'frozen') return { log: to, ballot: null }
  to.now = at('2026-03-26T09:00:00')
  for (const step of ['certificate', 'acceptance'] as const)
    for (const trustee of [1, 2, 3])
      append(to, 'ceremony', decision, { step, trustee, message: sha256Hex(`${step} ${String(trustee)}`) })
  const opensAt = at('2026-03-27T12:00:00')
  perform(to, {
    by: person(50),
    as: 'office returning-officer',
    body: { kind: 'schedule', opensAt },
    facts: [holds(to)],
    decision,
  })
  to.now = opensAt
  const ballot = setUp(to, group, leaves, twist)
  perform(to, byRule({ kind: 'open' }, fact(to.now, 'setup', null, { fingerprint: ballot.setup.election })))
  if (twist.until === 'open') return { log: to, ballot }
  vote(to, ballot, twist)
  return { log: to, ballot }
}

const plan: readonly (readonly [number, Choice])[] = [
  [0, [1, 0]],
  [1, [0, 1]],
  [2, [1, 0]],
  [3, [1, 0]],
  [1, [1, 0]],
]

function vote(to: Log, ballot: Ballot, twist: Twist): void {
  const last = new Map<number, CheckedBallot>()
  for (const [i, [who, choice]] of (twist.votes ?? plan).entries()) {
    to.now = instant(to.now + 60_000)
    const previous = last.get(who)?.tracker ?? noPreviousTracker
    const appealing = twist.appeal?.voter === who ? [provisional(to)] : []
    const taken = cast(to, ballot, locked(ballot, who, choice, String(i)), who, previous, ...appealing)
    last.delete(who)
    last.set(who, taken)
  }
  for (let who = 6; who < ballot.voters.length && twist.votes === undefined; who++)
    last.set(who, cast(to, ballot, locked(ballot, who, [1, 0], 'more'), who, noPreviousTracker))
  to.now = instant(to.now + 60_000)
  const final =
    twist.votes !== undefined
      ? null
      : (twist.lastVoter?.(to, ballot, [...last.values()]) ??
        cast(to, ballot, locked(ballot, 4, [0, 1], 'last'), 4, noPreviousTracker))
  settle(to, ballot, last, twist)
  const counted = [...last.values(), ...(final === null ? [] : [final])]
  if (twist.until === 'voted') return
  twist.meanwhile?.(to, 'voted')
  close(to, ballot, counted, to.entries.filter(({ type }) => type === 'ballot').length, twist)
}

const provisional = (to: Log): Fact => fact(to.now, 'provisional', 'members', true)

/** The appeal about a voter's place on the roll is decided: whoever does not belong there leaves the box, unless they vote anew. */
function settle(to: Log, ballot: Ballot, last: Map<number, CheckedBallot>, { appeal }: Twist): void {
  if (appeal === undefined) return
  const { voter: who, stays, votesAgain } = appeal
  to.now = instant(to.now + 60_000)
  const own = ballot.voters[who]?.key ?? ''
  const by = voterPseudonymOf(own) as never
  perform(to, byRule({ kind: 'settle-roll', voter: by }, fact(to.now, 'roll-appeal', by, stays)))
  if (stays) return
  const previous = last.get(who)?.tracker ?? noPreviousTracker
  last.delete(who)
  if (votesAgain === true) last.set(who, cast(to, ballot, locked(ballot, who, [1, 0], 'anew'), who, previous, provisional(to)))
}

function close(
  to: Log,
  { election, secrets, setup }: Ballot,
  counted: readonly CheckedBallot[],
  ballots: number,
  twist: Twist,
): void {
  moveClock(to, '2026-04-03T11:00:01', twist.delay)
  const tally = encryptedTally(election, counted)
  append(to, 'box-closed', decision, { ballots, counted: tally.ballots, weight: tally.weight, tally: tally.text })
  perform(to, byRule({ kind: 'tick' }))
  if (twist.until === 'closed') return
  const trustees = good(parseTrustees(election.engine, to.documents[setup.trustees] ?? ''))
  const open = (owner: number, i: number): OwnedOpening => {
    to.now = instant(to.now + 60_000)
    const secret = secrets[owner - 1] ?? 0n
    const text = (i === 0 ? twist.opening?.(tally) : undefined) ?? openTally(election, tally, secret)
    const opening = good(checkOpening(election, tally, trustees.keys[owner - 1] as never, text))
    const proof = companionOf(election, { tally, lastShuffleHash: null, owner, openingText: text }, secret)
    append(to, 'opening', decision, { trustee: owner, decryption: text, proof })
    return { owner, opening }
  }
  const openings = [1, 3].map(open)
  const result = good(combineResult(election, trustees, tally, openings))
  const row = countsOf(result.result[0])
  const [inFavour = 0, against = 0] = row
  append(to, 'result', decision, { result: resultText(result) })
  if (twist.lateOpening === true) open(2, 2)
  const counts = { for: inFavour, against, blank: 0, cast: tally.ballots, valid: inFavour + against }
  const rollRoot = marksIn(to, 'freeze')?.roll?.root ?? ''
  const lot = lotOfOpenings({ election, trustees, rollRoot, tally, lastShuffleHash: null, openings }) ?? ''
  const facts = twist.declaredBy?.(to, row, lot) ?? [fact(to.now, 'tally', null, counts, 'tally')]
  perform(to, byRule({ kind: 'declare' }, ...facts))
  if (marksIn(to, 'ballot')?.box.result?.outcome !== 'carried') return
  for (const n of [50, 51]) {
    to.now = instant(to.now + 60_000)
    perform(to, { by: person(n), as: 'office returning-officer', body: { kind: 'certify' }, facts: [holds(to)], decision })
  }
  enact(to, twist)
}

function enact(to: Log, twist: Twist): void {
  moveClock(to, '2026-04-10T12:00:00', twist.delay)
  const resulting = resultingText(to.text, numbered(1), changesOfRule(to).changes, to.now)
  const text = keep(to, resulting.text ?? '') as never
  append(to, 'edition', decision, { edition: 2, text, words: keep(to, wordsText(resulting.text ?? '', 2)) })
  perform(to, byRule({ kind: 'enact', text }, resulting.fact))
  const second = good(parseRulebook(resulting.text ?? '', numbered(2)))
  to.editions = { byNumber: new Map([...to.editions.byNumber, [numbered(2), second]]), inForce: numbered(2) }
  twist.meanwhile?.(to, 'ended')
}

/** The dossier of the decision in a log. */
export const dossierFor = ({ entries, documents }: Pick<Log, 'entries' | 'documents'>): Dossier =>
  dossierFrom(entries, { documents, decision })
