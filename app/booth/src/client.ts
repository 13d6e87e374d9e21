import {
  type Answer,
  type AnyQuestion,
  ballotCodeOf,
  bindSecretOf,
  checkReceipt,
  choiceOf,
  type Credential,
  credentialOf,
  type Election,
  electionFingerprint,
  fastEd25519,
  isListQuestion,
  linkFits,
  lockBallot,
  type LockedBallot,
  makeCastStatement,
  noPreviousTracker,
  ownHints,
  paperRuleOf,
  parseElection,
  parseVotingCode,
  votesAreOpen,
} from '@quorate/ballots'
import { assert, canonicalJson, fail, fromHex, ok, toBase64, type Result } from '@quorate/kernel'
import {
  type CastStage,
  type Choice,
  type Failure,
  type InBox,
  isOrder,
  type Mismatch,
  type Paper,
  type Pending,
  ungraded,
} from './booth-state.ts'
import { type Ask, pausesMs, persistent, type World } from './http.ts'
import { parseIdentified, parsePlace, parseReceipt, parseView, type PublicView, type Receipt, type Voter } from './protocol.ts'

/** An election as the server showed it, and as its own text says it is. */
export type Loaded = { readonly view: PublicView; readonly election: Election; readonly paper: Paper }

/** A member who can cast: the credential that the voting code stands for, and what the server knows of them. */
export type Member = { readonly credential: Credential; readonly bind: string; readonly voter: Voter }

/** What a caller may watch while a ballot is cast. */
export type Watch = {
  readonly progress: (stage: CastStage, attempt: number) => void
  /** Called with the signed ballot before it is sent, each time its bytes are new: keep it until the box confirms. */
  readonly sealed: (pending: Pending) => void
}

// Each locking meets a code in use with chance n / 2³⁵: six in a row never happen by chance.
const lockingsMax = 6
// How often another device of the same member may get in between.
const overtakingsMax = 3

const path = (uuid: string, rest = ''): string => `/api/elections/${encodeURIComponent(uuid)}${rest}`

/**
 * Checks what the server shows against the election's own text: φ = H(text), the id, the title, and, where the text's description names
 * it (`change:<base64 SHA-256 of the canonical JSON of {after,before,clause}>`), the words of the change. What members choose between is
 * taken from the text alone.
 */
export function checkView(view: PublicView, uuid: string): Result<Loaded, Mismatch> {
  if (view.uuid !== uuid) return fail('uuid')
  if (electionFingerprint(view.election) !== view.fingerprint) return fail('fingerprint')
  const parsed = parseElection(view.election, { wasm: fastEd25519 })
  if (parsed.kind === 'fail') return fail(parsed.error.kind === 'public key' ? 'key' : 'election')
  const { message } = parsed.value
  const [question] = message.questions
  // The booth shows one question, with answers to mark, to grade or to put in order; it refuses a paper that it could only show in part.
  const paper = question === undefined || message.questions.length > 1 ? null : paperOf(question)
  if (paper === null) return fail('election')
  if (message.uuid !== uuid) return fail('uuid')
  if (message.name !== view.title) return fail('title')
  const bound = /(?:^|\s)change:([A-Za-z0-9+/]{43})(?:\s|$)/.exec(message.description)?.[1]
  if (bound !== undefined && (view.change === null || changeFingerprint(view.change) !== bound)) return fail('change')
  return ok({
    view,
    election: parsed.value,
    paper: { ...paper, left: view.left, open: votesAreOpen(message) },
  })
}

/** A question as the paper shows it, or null where it asks for something else than marks, grades or an order. */
function paperOf(question: AnyQuestion): Omit<Paper, 'open' | 'left'> | null {
  if (!isListQuestion(question)) {
    const { min, max, answers, blank } = question
    const paper = { question: question.question, answers, blank: blank === true, depth: null, marks: max, top: null }
    return min === 1 && max >= 1 && (max === 1 || blank !== true) ? paper : null
  }
  const rule = paperRuleOf(question)
  const { answers } = question.value
  const paper = { question: question.value.question, answers, blank: false, marks: 0 }
  if (rule?.kind === 'ranking') return { ...paper, depth: rule.depth, top: null }
  return rule?.kind === 'scores' && rule.least === 0 ? { ...paper, depth: null, top: rule.most } : null
}

/** What binds the words of a change to an election's text; see {@link checkView}. */
export const changeFingerprint = ({ after, before, clause }: NonNullable<PublicView['change']>): string =>
  electionFingerprint(canonicalJson({ after, before, clause }))

/** Loads an election and checks it. */
export async function loadElection(world: World, uuid: string): Promise<Result<Loaded, Failure>> {
  const view = await persistent(world)({ method: 'GET', path: path(uuid), read: parseView })
  if (view.kind === 'fail') return view
  // Until the set-up there is a title and a date, but no paper.
  if (view.value.election === '' && view.value.state === 'not-open') return fail({ kind: 'not-set-up', view: view.value })
  const checked = checkView(view.value, uuid)
  return checked.kind === 'ok' ? checked : fail({ kind: 'mismatch', what: checked.error })
}

/** Derives the credential from the voting code and says who is here. The code itself goes nowhere and is not kept. */
export async function identify(
  world: World,
  { election }: Pick<Loaded, 'election'>,
  typed: string,
): Promise<Result<Member, Failure>> {
  const code = parseVotingCode(typed)
  if (code.kind === 'fail') return fail({ kind: 'bad-code', fault: code.error })
  // The mail said which paper: a server that shows another, with a key of its own, is found before anything is locked.
  if (!linkFits(typed, election.fingerprint)) return fail({ kind: 'mismatch', what: 'fingerprint' })
  const { uuid } = election.message
  const credential = credentialOf(election.engine, uuid, code.value)
  const bind = bindSecretOf(uuid, code.value)
  const voter = await sayWho(persistent(world), uuid, credential, bind)
  return voter.kind === 'ok' ? ok({ credential, bind, voter: voter.value }) : voter
}

const sayWho = (ask: Ask, uuid: string, credential: Credential, bind: string): Promise<Result<Voter, Failure>> =>
  ask({ method: 'POST', path: path(uuid, '/identify'), body: { credential: credential.publicKey, bind }, read: parseIdentified })

/** Asks the box for a ballot by its fingerprint; null when it is not there. */
export async function lookUp(world: World, uuid: string, tracker: string): Promise<Result<InBox | null, Failure>> {
  const place = await persistent(world)({
    method: 'GET',
    path: path(uuid, `/box/${encodeURIComponent(tracker)}`),
    read: parsePlace,
  })
  if (place.kind === 'ok') return ok({ place: place.value, receipt: null, digest: null })
  return place.error.kind === 'refused' && place.error.problem.code === 'not-in-box' ? ok(null) : place
}

/**
 * Locks a choice, states what it replaces, casts, and reads it back from the public box. A code in use is answered by locking afresh; a
 * vote of the same member that got in between, by stating anew what this one replaces. The receipt is given only after the ballot was
 * found in the box as it was sent.
 */
export async function castChoice(
  world: World,
  loaded: Loaded,
  member: Member,
  choice: Choice,
  watch: Watch,
): Promise<Result<InBox, Failure>> {
  const { election } = loaded
  const places = placesOf(loaded, choice)
  if (places === null) return fail({ kind: 'device' })
  for (let locking = 1; ; locking++) {
    watch.progress('lock', 0)
    const locked = lockBallot(election, [places], member.credential.secret, world.random)
    if (locked.kind === 'fail') return fail({ kind: 'device' })
    const cast = await castSealed(world, loaded, member, sealedOf(election, locked.value), watch)
    const collides = cast.kind === 'fail' && cast.error.kind === 'refused' && cast.error.problem.code === 'code-collision'
    if (!collides || locking === lockingsMax) return cast
  }
}

/** The choice as the election's first question takes it, or null where the question does not allow it. */
export function placesOf({ election }: Pick<Loaded, 'election'>, choice: Choice): Answer | null {
  const [question] = election.message.questions
  assert(question !== undefined, 'a checked paper has a question')
  if (isListQuestion(question)) {
    if (!isOrder(choice)) return null
    const { length } = question.value.answers
    return paperRuleOf(question)?.kind === 'scores' ? gradesOf(length, choice) : ranksOf(length, choice)
  }
  if (isOrder(choice)) {
    const isSound = question.max > 1 && choice.length >= question.min && choice.length <= question.max
    return isSound && new Set(choice).size === choice.length
      ? (choiceOf(question, { kind: 'answers', picked: choice }) ?? null)
      : null
  }
  return choiceOf(question, choice === 'blank' ? { kind: 'blank' } : { kind: 'answers', picked: [choice] }) ?? null
}

/** Grades by place, one left out as 0; null for another number of them. Whether each is on the scale is for whoever locks them to say. */
const gradesOf = (answers: number, grades: readonly number[]): Answer | null =>
  grades.length === answers ? grades.map((grade) => (grade === ungraded ? 0 : grade)) : null

/** Ranks by place, 1 the best and 0 none, from places in order of preference; null where a place is named twice or is none. */
function ranksOf(answers: number, order: readonly number[]): Answer | null {
  const sound =
    new Set(order).size === order.length && order.every((place) => Number.isInteger(place) && place >= 0 && place < answers)
  return sound ? Array.from({ length: answers }, (_, place) => order.indexOf(place) + 1) : null
}

/** `hints`: base64 of what makes the server's check quicker. Public, not kept, and not missed when the ballot is sent again later. */
type Sealed = Pick<Pending, 'ballot' | 'tracker' | 'digest'> & { readonly hints?: string }

/** A locked ballot as it is sent, with its hints where the group has them. */
export function sealedOf(election: Election, locked: LockedBallot): Sealed {
  const { text, tracker, digest } = locked
  const hints = ownHints(election, locked)
  return { ballot: text, tracker, digest, ...(hints === undefined ? {} : { hints: toBase64(hints) }) }
}

/** Casts a locked ballot under a cast statement, made anew when another ballot of the member got in between. */
export async function castSealed(
  world: World,
  loaded: Loaded,
  member: Member,
  { hints, ballot, tracker, digest }: Sealed,
  watch: Watch,
): Promise<Result<InBox, Failure>> {
  const { election } = loaded
  const { credential, bind } = member
  let { previous } = member.voter
  for (let overtaken = 0; ; overtaken++) {
    const statementHints: string[] = []
    const claim = {
      electionHash: election.fingerprint,
      credential: credential.publicKey,
      digest,
      previous: previous ?? noPreviousTracker,
    }
    const statement = makeCastStatement(election.engine, credential.secret, claim, (A) => {
      const hint = election.engine.hintsOf?.([A])
      if (hint !== undefined) statementHints.push(toBase64(hint))
    })
    const [statementHint] = statementHints
    const code = ballotCodeOf(digest)
    const pending: Pending = {
      uuid: election.message.uuid,
      key: credential.publicKey,
      ballot,
      tracker,
      digest,
      statement,
      bind,
      code,
    }
    watch.sealed(pending)
    const sent = await sendPending(world, loaded, pending, watch, {
      ...(hints === undefined ? {} : { hints }),
      ...(statementHint === undefined ? {} : { statementHint }),
    })
    const stale = sent.kind === 'fail' && sent.error.kind === 'refused' && sent.error.problem.code === 'stale-predecessor'
    if (!stale || overtaken === overtakingsMax) return sent
    const now = await sayWho(persistent(world), pending.uuid, credential, bind)
    if (now.kind === 'fail') return now
    previous = now.value.previous
  }
}

/** What makes the server's checks of a ballot and of its cast statement quicker, in base64. */
type Hints = { readonly hints?: string; readonly statementHint?: string }

/** Sends the very bytes of a signed ballot, as often as it takes to get an answer, and reads it back. The same bytes count once. */
export async function sendPending(
  world: World,
  { election, view }: Loaded,
  pending: Pending,
  { progress }: Pick<Watch, 'progress'>,
  hints: Hints = {},
): Promise<Result<InBox, Failure>> {
  progress('send', 0)
  const { uuid, ballot, statement, bind } = pending
  const ask = persistent(world, (attempt) => progress('wait', attempt))
  const answer = await ask({
    method: 'POST',
    path: path(uuid, '/ballots'),
    body: { ballot, statement, bind, ...hints },
    read: parseReceipt,
  })
  if (answer.kind === 'fail') {
    // "Already in the box" is good news without a receipt: what is there is still read and compared.
    const isThere = answer.error.kind === 'refused' && answer.error.problem.code === 'already-in-box'
    if (!isThere) return answer
  }
  progress('find', 0)
  const receipt = answer.kind === 'ok' ? answer.value : null
  const fault = receipt === null ? null : receiptFault(receipt, view.receiptKey, election.fingerprint, pending)
  return fault === null ? readBack(world, pending, receipt) : fail({ kind: 'not-in-box', what: fault })
}

function receiptFault(receipt: Receipt, receiptKey: string, electionHash: string, own: Pending): 'signature' | 'receipt' | null {
  const key = fromHex(receiptKey)
  if (key.kind === 'fail' || key.value.length !== 32) return 'signature'
  if (receipt.uuid !== own.uuid) return 'receipt'
  const { fingerprint, code, digest, tracker, index, checkpoint, signature } = receipt
  const checked = checkReceipt(
    key.value,
    { electionHash: fingerprint, code, digest, tracker, index, checkpoint, signature },
    { electionHash, digest: own.digest, tracker: own.tracker },
  )
  if (checked.kind === 'ok') return null
  return checked.error.kind === 'about another ballot' ? 'receipt' : 'signature'
}

/** Looks for the ballot in the public box, a few times: a box may show it a moment later than it promised. */
async function readBack(world: World, own: Pending, receipt: Receipt | null): Promise<Result<InBox, Failure>> {
  for (let attempt = 0; ; attempt++) {
    const found = await lookUp(world, own.uuid, own.tracker)
    if (found.kind === 'fail') return found
    if (found.value !== null) {
      const { place } = found.value
      // The bytes, and nothing less: an echo of the tracker shows no box.
      const same = place.tracker === own.tracker && place.code === own.code && place.ballot === own.ballot
      if (!same) return fail({ kind: 'not-in-box', what: 'other-bytes' })
      if (receipt !== null && receipt.index !== place.index) return fail({ kind: 'not-in-box', what: 'receipt' })
      return ok({ place, receipt, digest: own.digest })
    }
    const pause = pausesMs[attempt]
    if (pause === undefined) return fail({ kind: 'not-in-box', what: 'missing' })
    await world.wait(pause)
  }
}
