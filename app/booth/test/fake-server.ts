import {
  type AnyQuestion,
  assembleTrustees,
  ballotCodeOf,
  bindList,
  bindSecretOf,
  checkBallot,
  checkCompanion,
  checkOpening,
  checkReveal,
  type CheckedBallot,
  type Election,
  type Element,
  electionText,
  encryptedTally,
  engineOf,
  type GroupName,
  issueCodes,
  judgeCast,
  noPreviousTracker,
  openBind,
  openBox,
  parseCastStatement,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  receiptKeyOf,
  seededRandom,
  sha256Hex,
  signReceipt,
  trusteesPhrase,
  type VotingCode,
} from '@quorate/ballots'
import { assert, type Json, type JsonObject, toHex, type Random } from '@quorate/kernel'
import { evidenceOf, recordFrom, signerNamed, type Signers, termsOf } from './fake-record.ts'

/** What a test may set. */
export type FakeOptions = {
  readonly group?: GroupName
  readonly members?: number
  readonly trustees?: readonly string[]
  readonly threshold?: number
  readonly blank?: boolean
  readonly singleOperator?: boolean
  readonly question?: string
  readonly answers?: readonly string[]
  readonly title?: string
  /** Words after the election's own description, for what binds the change. */
  readonly description?: string
  /** The question, where it is not one of marks. */
  readonly asked?: AnyQuestion | null
  /** Places of those who have left the list. */
  readonly left?: readonly number[]
}

type Stored = CheckedBallot & { readonly statement: unknown; readonly index: number; readonly at: number; readonly code: string }
type Session = { member: number | null; trustee: number | null }
type Body = Readonly<Record<string, unknown>>

/** A rule of the demo movement, before and after. */
export const change = {
  clause: '4.2@1',
  before: 'The national committee chooses the campaign priorities for each year. It publishes its choice by 31 January.',
  after: 'The members choose the campaign priorities for each year by ballot. The committee publishes the result by 31 January.',
}

/**
 * An election behind the HTTP contract, in memory, with the real packages: it checks what a server must check and answers as the contract
 * says. `tamper` lets a test make it lie. One instance is one election; sessions are cookies.
 */
export class FakeServer {
  readonly uuid = 'Lantern1Motion12'
  readonly origin = 'http://lantern.test'
  readonly options: Required<FakeOptions>
  readonly random: Random = seededRandom(new Uint8Array(32).fill(7))
  readonly secretKey = new Uint8Array(32).fill(9)
  readonly engine
  readonly names: readonly string[]
  codes: readonly VotingCode[] = []
  keys: readonly string[] = []
  election: Election | null = null
  trusteesFile: string | null = null
  steps: { step: number; index: number; message: string }[] = []
  ballots: Stored[] = []
  openings: { owner: number; payload: string; proof: unknown }[] = []
  state: 'not-open' | 'open' | 'closed' | 'counted' = 'open'
  now = Date.UTC(2026, 10, 26, 14, 7)
  opensAt = Date.UTC(2026, 10, 16, 9)
  closesAt = Date.UTC(2026, 10, 30, 17)
  /** Answers that fail before the server does anything (`before`) or after it has done it (`after`). */
  drop: ('before' | 'after')[] = []
  /** Digests of ballots that were opened to test a device. */
  readonly tested = new Set<string>()
  /** What was asked, method and path. */
  readonly log: string[] = []
  /** Raw bodies of the casts, to see that repeated ones are the same bytes. */
  readonly casts: string[] = []
  /** Changes an answer on its way out. */
  tamper: (path: string, body: Record<string, unknown>) => Record<string, unknown> = (_, body) => body
  /** Changes the public record on its way out: the log signs what comes of it. */
  tamperRecord: (entries: readonly Json[]) => readonly Json[] = (entries) => entries
  signers: Signers = { log: signerNamed('lantern/record', 1), witnesses: [], quorum: 0 }
  /** Says a code is taken, this many times. */
  collisions = 0
  private readonly sessions = new Map<string, Session>()
  private readonly box = openBox()

  constructor(options: FakeOptions = {}) {
    this.options = {
      group: 'Ed25519',
      members: 12,
      trustees: ['Ama Boateng', 'Rhys Parry', 'Jo Lindqvist'],
      threshold: 2,
      blank: false,
      singleOperator: true,
      question: 'Should members choose our campaign priorities?',
      answers: ['Yes', 'No'],
      title: 'Members choose our campaign priorities',
      description: 'Motion 12',
      asked: null,
      left: [],
      ...options,
    }
    this.engine = engineOf(this.options.group)
    this.names = Array.from({ length: this.options.members }, (_, i) => (i === 0 ? 'Nia Morgan' : `Member ${i + 1}`))
  }

  /** Sets up the election on a trustees file that the ceremony made. */
  setUp(trusteesFile: string): void {
    const { engine, uuid, options } = this
    const trustees = parseTrustees(engine, trusteesFile)
    assert(trustees.kind === 'ok', 'the ceremony made a good file')
    const issue = issueCodes(engine, uuid, options.members, this.random)
    this.codes = issue.codes
    this.keys = issue.publicKeys
    this.trusteesFile = trusteesFile
    const text = electionText({
      version: 1,
      description: options.description,
      name: options.title,
      group: options.group,
      public_key: engine.encode(trustees.value.publicKey),
      questions: [
        options.asked ?? {
          answers: options.answers,
          ...(options.blank ? { blank: true } : {}),
          min: 1,
          max: 1,
          question: options.question,
        },
      ],
      uuid,
    })
    const election = parseElection(text)
    assert(election.kind === 'ok', 'the election is one')
    this.election = election.value
  }

  /** The link of a member's mail. */
  link = (member: number): string => `${this.origin}/vote/${this.uuid}#${this.codes[member] ?? ''}`
  leaf = (member: number): string => sha256Hex(`leaf ${member}`)
  roll = (): readonly string[] => [...this.keys].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))

  /** A cookie for a trustee's session, as the demo's sign-in would set it. */
  trusteeCookie(index: number): string {
    this.sessions.set(`trustee-${index}`, { member: null, trustee: index })
    return `sid=trustee-${index}`
  }

  /** The server as a `fetch`. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(addressOf(input))
    const headers = new Headers(init?.headers)
    const method = init?.method ?? 'GET'
    this.log.push(`${method} ${url.pathname}`)
    const drop = this.drop.shift()
    if (drop === 'before') throw new TypeError('network')
    if (method === 'POST' && headers.get('origin') !== this.origin) return problem(403, 'malformed', { check: 'origin' })
    const sid = /sid=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1] ?? null
    const rest = url.pathname.replace(`/api/elections/${this.uuid}`, '')
    if (rest === url.pathname) return problem(404, 'no-such-election')
    const text = typeof init?.body === 'string' ? init.body : ''
    const response = this.answer(method, decodeURIComponent(rest), text, sid)
    if (drop === 'after') throw new TypeError('network')
    return response
  }

  private answer(method: string, rest: string, text: string, sid: string | null): Response {
    const session = this.sessions.get(sid ?? '') ?? { member: null, trustee: null }
    const body = (text === '' ? {} : JSON.parse(text)) as Body
    if (rest === '/ceremony') return method === 'GET' ? this.send('/ceremony', this.ceremony(session)) : this.step(session, body)
    if (this.election === null) return problem(404, 'no-such-election')
    if (method === 'GET' && rest === '') return this.send('', this.view(session))
    if (method === 'POST' && rest === '/identify') return this.identify(body)
    if (method === 'POST' && rest === '/tests') return this.noteTest(body)
    if (method === 'POST' && rest === '/ballots') return this.cast(session, body, text)
    if (method === 'GET' && rest === '/box') return this.send('/box', this.wholeBox())
    if (method === 'GET' && rest.startsWith('/box/')) return this.place(rest.slice(5))
    if (method === 'POST' && rest === '/openings') return this.open(session, body)
    return problem(404, 'malformed')
  }

  private send(path: string, body: Record<string, unknown>, init: ResponseInit = {}): Response {
    return Response.json(this.tamper(path, body), init)
  }

  private voter(member: number): Record<string, unknown> {
    const { cast, last = null } = this.box.historyOf(this.keys[member] ?? '')
    return { name: this.names[member], leaf: this.leaf(member), previous: last, castCount: cast }
  }

  private view(session: Session): Record<string, unknown> {
    assert(this.election !== null, 'set up')
    const { options } = this
    return {
      uuid: this.uuid,
      decision: 12,
      number: '12',
      title: options.title,
      movement: 'Lantern',
      state: this.state,
      opensAt: this.opensAt,
      closesAt: this.closesAt,
      now: this.now,
      zone: 'Europe/London',
      election: this.election.text,
      fingerprint: this.election.fingerprint,
      trusteesFingerprint: sha256Hex(this.trusteesFile ?? ''),
      group: options.group,
      rollSize: options.members,
      castCount: this.ballots.length,
      singleOperator: options.singleOperator,
      clauses: { ballot: '4.2@1', roll: '2.2@1' },
      returningOfficer: { name: 'Ruth Adeyemi' },
      help: { missing: '/missing', post: 'Ask the returning officer' },
      recordSize: this.entries().length + recordFrom,
      receiptKey: toHex(receiptKeyOf(this.secretKey)),
      change: { ...change, diffHtml: null },
      left: options.left,
      voter: session.member === null ? null : this.voter(session.member),
    }
  }

  private identify(body: Body): Response {
    const member = this.keys.indexOf(String(body['credential']))
    const code = this.codes[member]
    if (code === undefined) return problem(403, 'not-on-roll')
    if (bindSecretOf(this.uuid, code) !== body['bind']) return problem(403, 'not-on-roll')
    const sid = `member-${member}-${this.sessions.size}`
    this.sessions.set(sid, { member, trustee: null })
    return this.send(
      '/identify',
      { voter: this.voter(member) },
      { headers: { 'set-cookie': `sid=${sid}; Path=/; SameSite=Lax` } },
    )
  }

  private cast(session: Session, body: Body, raw: string): Response {
    assert(this.election !== null, 'set up')
    this.casts.push(raw)
    if (this.state === 'not-open') return problem(403, 'not-open', { opensAt: this.opensAt, clause: '4.2@1' })
    if (this.state !== 'open') return problem(403, 'closed', { closedAt: this.closesAt, clause: '4.2@1' })
    if (session.member === null) return problem(403, 'not-signed-in')
    if (this.collisions-- > 0) return problem(409, 'code-collision')
    const roll = parsePublicRoll(this.engine, publicRollText(this.roll()))
    assert(roll.kind === 'ok', 'the roll is one')
    const checked = checkBallot(this.election, roll.value, String(body['ballot']))
    if (checked.kind === 'fail') return problem(422, 'bad-proof', { check: checked.error.kind })
    const { credential, digest, tracker } = checked.value
    if (credential !== this.keys[session.member]) return problem(403, 'wrong-voter')
    const [line] = bindList(this.uuid, [
      { key: credential, leaf: this.leaf(session.member), code: this.codes[session.member] as VotingCode },
    ])
    const bound = openBind(this.uuid, credential, line?.bind, { leaf: this.leaf(session.member), secret: String(body['bind']) })
    if (bound.kind === 'fail') return problem(403, 'wrong-voter')
    const statement = parseCastStatement(JSON.stringify(body['statement']))
    if (statement.kind === 'fail') return problem(422, 'malformed')
    const known = this.ballots.find((b) => b.tracker === tracker)
    if (known !== undefined) return this.receipt(known, 200)
    const { cast, last = noPreviousTracker } = this.box.historyOf(credential)
    const claim = { electionHash: this.election.fingerprint, credential, digest }
    const key = roll.value.entries.get(credential)?.key as Element
    const judged = judgeCast(this.engine, key, claim, statement.value, { cast, last }, tracker)
    if (judged.kind === 'fail')
      return problem(409, judged.error.kind === 'too many ballots' ? 'too-many' : 'stale-predecessor', {
        check: judged.error.kind,
      })
    if (this.tested.has(digest)) return problem(409, 'tested-ballot')
    const code = ballotCodeOf(digest)
    if (this.ballots.some((b) => b.code === code)) return problem(409, 'code-collision')
    const admitted = this.box.admit(checked.value)
    if (admitted.kind === 'fail') return problem(422, 'bad-proof', { check: admitted.error.kind })
    const stored: Stored = {
      ...checked.value,
      statement: body['statement'],
      index: recordFrom + this.entries().length,
      at: this.now,
      code,
    }
    this.ballots.push(stored)
    return this.receipt(stored, 201)
  }

  private receipt(ballot: Stored, status: number): Response {
    assert(this.election !== null, 'set up')
    const { tracker, digest, code, index, at } = ballot
    const { electionHash, ...signed } = signReceipt(this.secretKey, {
      electionHash: this.election.fingerprint,
      code,
      digest,
      tracker,
      index,
      checkpoint: `lantern.test\n${index + 1}\nroot\n`,
    })
    const body = {
      ...signed,
      uuid: this.uuid,
      fingerprint: electionHash,
      ballotNumber: this.ballots.indexOf(ballot) + 1,
      at,
      closesAt: this.closesAt,
      replaced: this.box.historyOf(ballot.credential).cast > 1,
    }
    return this.send('/ballots', body, { status })
  }

  private noteTest(body: Body): Response {
    assert(this.election !== null, 'set up')
    const digest = String(body['digest'])
    const tested = checkReveal(this.election, String(body['reveal']), digest)
    if (tested.kind === 'fail') return problem(422, 'malformed', { check: tested.error.kind })
    this.tested.add(digest)
    return this.send('/tests', { digest })
  }

  private place(wanted: string): Response {
    const ballot = this.ballots.find((b) => b.tracker === wanted || b.code === wanted)
    if (ballot === undefined) return problem(404, 'not-in-box')
    const { tracker, code, index, at, text } = ballot
    const current = this.box.historyOf(ballot.credential).last === tracker
    return this.send('/box/', { index, ballotNumber: this.ballots.indexOf(ballot) + 1, at, tracker, code, current, ballot: text })
  }

  /** The public record since the roll was frozen. */
  entries(): readonly Json[] {
    const entry = (type: string, at: number, body: Json): Json => ({ v: 1, type, at, decision: 12, body })
    const { election, trusteesFile, options, closesAt } = this
    const frozen = entry('roll', this.opensAt - 2, { size: options.members })
    if (election === null || trusteesFile === null) return this.tamperRecord([frozen])
    const cited = { election: sha256Hex(election.text), trustees: sha256Hex(trusteesFile) }
    const setup = { ...cited, credentials: sha256Hex(publicRollText(this.roll())), group: options.group }
    const opened = { act: { kind: 'open' }, facts: [], deemed: [], events: [{ kind: 'opened', closesAt }] }
    const tally = this.tally()
    const closed = tally && {
      ballots: this.ballots.length,
      counted: tally.ballots,
      weight: tally.weight,
      tally: tally.text,
    }
    return this.tamperRecord([
      frozen,
      entry('setup', this.opensAt - 1, setup),
      entry('act', this.opensAt, opened),
      ...this.ballots.map(({ text, statement, code, at }) =>
        entry('ballot', at, { ballot: text, cast: statement as Json, code }),
      ),
      ...(closed === null ? [] : [entry('box-closed', closesAt, closed)]),
      ...this.openings.map(({ owner, payload }) => entry('opening', closesAt + 1, { trustee: owner, decryption: payload })),
    ])
  }

  /** The record as a key begins with it. */
  terms = (): ReturnType<typeof termsOf> => termsOf(this.entries(), this.signers)

  private wholeBox(): Record<string, unknown> {
    assert(this.election !== null, 'set up')
    const tally = this.tally()
    return {
      election: this.election.text,
      trustees: this.trusteesFile,
      credentials: this.roll(),
      ballots: this.ballots.map(({ text, statement, index, at }) => ({ text, statement, index, at })),
      departures: [],
      closed: this.state === 'closed' || this.state === 'counted',
      encryptedTally: tally === null ? null : { text: tally.text, tallied: tally.ballots, hash: tally.hash },
      openings: this.openings,
      result: null,
      record: tally === null ? null : evidenceOf(this.entries(), this.signers, isBallot),
    }
  }

  private tally(): ReturnType<typeof encryptedTally> | null {
    assert(this.election !== null, 'set up')
    return this.state === 'closed' || this.state === 'counted' ? encryptedTally(this.election, this.box.counted()) : null
  }

  private ceremony(session: Session): Record<string, unknown> {
    const { trustees, threshold, group } = this.options
    return {
      group,
      threshold,
      size: trustees.length,
      names: trustees,
      you: session.trustee,
      steps: this.steps,
      trustees: this.trusteesFile,
      phrase: this.trusteesFile === null ? null : trusteesPhrase(this.trusteesFile),
      state: this.trusteesFile === null ? 'collecting' : 'complete',
      title: this.options.title,
      movement: 'Lantern',
      opened: this.openings.map(({ owner }) => owner),
      record: this.terms(),
    }
  }

  private step(session: Session, body: Body): Response {
    const { trustee } = session
    if (trustee === null) return problem(403, 'not-a-trustee')
    const step = Number(body['step'])
    const message = String(body['message'])
    if (this.steps.some((s) => s.step === step && s.index === trustee)) return problem(409, 'step-done')
    this.steps.push({ step, index: trustee, message })
    const of = (n: number): string[] => this.steps.filter((s) => s.step === n).map((s) => s.message)
    const { trustees, threshold, group } = this.options
    if (of(3).length === trustees.length) {
      const messages = { certificates: of(1), polynomials: of(2), keys: of(3) }
      const file = assembleTrustees(this.engine, { uuid: this.uuid, group, size: trustees.length, threshold }, messages)
      if (file.kind === 'fail') return problem(422, 'bad-message', { check: file.error.kind })
      this.trusteesFile = file.value
    }
    return this.send('/ceremony', this.ceremony(session))
  }

  private open(session: Session, body: Body): Response {
    const { election } = this
    if (session.trustee === null) return problem(403, 'not-a-trustee')
    const tally = this.tally()
    if (tally === null || election === null) return problem(403, 'not-closed')
    if (this.openings.some((o) => o.owner === session.trustee)) return problem(409, 'already-opened')
    const payload = String(body['payload'])
    const companion = body['proof'] as { challenge: string; response: string }
    const key = this.trustee(session.trustee)
    const opening = checkOpening(election, tally, key, payload)
    if (opening.kind === 'fail') return problem(422, 'bad-proof', { check: opening.error.kind })
    const checked = checkCompanion(
      election,
      { tally, lastShuffleHash: null, owner: session.trustee },
      key,
      opening.value,
      companion,
    )
    if (checked.kind === 'fail') return problem(422, 'bad-proof', { check: checked.error.kind })
    this.openings.push({ owner: session.trustee, payload, proof: body['proof'] })
    if (this.openings.length >= this.options.threshold) this.state = 'counted'
    return this.send('/openings', { opened: this.openings.length, needed: this.options.threshold }, { status: 201 })
  }

  private trustee(owner: number): Element {
    const parsed = parseTrustees(this.engine, this.trusteesFile ?? '')
    const key = parsed.kind === 'ok' ? parsed.value.keys[owner - 1] : undefined
    assert(key !== undefined, 'the file is good and has the trustee')
    return key
  }
}

const isBallot = (entry: Json): boolean =>
  typeof entry === 'object' && entry !== null && (entry as JsonObject)['type'] === 'ballot'

/** The address of a request, however it was given. */
export const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url

/** A problem answer of RFC 9457. */
const problem = (status: number, code: string, more: Record<string, unknown> = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
