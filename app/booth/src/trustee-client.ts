import {
  acceptTrustees,
  answerStep1,
  answerStep2,
  answerStep3,
  type CeremonyFault,
  type CeremonyMessages,
  engineOf,
  isGroupName,
  needsMajority,
  newTrusteeKey,
  parseSeenSum,
  parseTrusteeKeyFile,
  parseTrustees,
  type SeenSum,
  sha256Hex,
  type TrusteeKey,
  trusteeKeyFile,
  trusteesPhrase,
} from '@quorate/ballots'
import { canonicalJson, fail, ok, parseCanonicalJson, type Result } from '@quorate/kernel'
import { type Ask, persistent, type World } from './http.ts'
import { type BoxCheck, checkClosedBox, type CheckedBox, openCheckedBox, shuffleCheckedBox } from './open-box.ts'
import { parseView, type PublicView } from './protocol.ts'
import { keepRecord } from './record-evidence.ts'
import { type CeremonyView, parseBox, parseCeremony, parseOpened, parseShuffled, type StepMessage } from './trustee-protocol.ts'
import type { Found, KeyFault, Opening, OpenStage, Table, TrusteeFailure } from './trustee-state.ts'

/** One trustee at one election's table: makes the key, keeps it, opens the box. Holds the secret; nothing of it is ever sent. */
export type Trustee = {
  /** Looks where things stand and does this trustee's next steps, as many as can be done now. */
  readonly look: () => Promise<Result<Table, TrusteeFailure>>
  /** Draws the key. Everything later follows from it and the public messages. */
  readonly make: () => Promise<Result<Table, TrusteeFailure>>
  /** Takes a key file; null when the key fits this table. */
  readonly load: (text: string) => KeyFault | null
  /** Text of the key file, while a key is held. */
  readonly keyFile: () => string | null
  /** Re-checks the whole box and every shuffle before, shuffles the papers and posts the shuffle with its proof. */
  readonly shuffle: (onProgress?: (stage: OpenStage) => void) => Promise<Result<null, TrusteeFailure>>
  /** Re-checks the whole box on the public record. Nothing is sent; what was found is read to the other trustees before anything is. */
  readonly check: (onProgress?: (stage: OpenStage) => void) => Promise<Result<Found, TrusteeFailure>>
  /** What of the last check is to be kept before anything is sent, as text; null before the first. */
  readonly seen: () => string | null
  /** Takes what was kept of an earlier check, on this device. */
  readonly remember: (seen: string) => void
  /** Posts this trustee's opening of the box that was checked. */
  readonly open: (onProgress?: (stage: OpenStage) => void) => Promise<Result<Opening, TrusteeFailure>>
}

/** How a trustee's device behaves; `floor`: another privacy floor than the election's own. */
export type TrusteeOptions = { readonly floor?: number }

type Looked = Result<Table, TrusteeFailure>

/** How often the server is asked how far it is with its check. */
const askEveryMs = 1000

/** Sits down at the table of an election. `world.fetch` carries the trustee's session. */
export function sitAsTrustee(world: World, uuid: string, options: TrusteeOptions = {}): Trustee {
  const ask = persistent(world)
  const path = (rest = ''): string => `/api/elections/${encodeURIComponent(uuid)}${rest}`
  let key: TrusteeKey | null = null
  let ceremony: CeremonyView | null = null
  let seen: SeenSum | null = null
  let checked: Checked | null = null

  async function look(): Promise<Looked> {
    const view = await ask({ method: 'GET', path: path('/ceremony'), read: parseCeremony })
    if (view.kind === 'fail') return view
    const { size, threshold, you, trustees } = view.value
    // No step is taken towards a key that one person or half of them could use.
    if (you !== null && trustees === null && !needsMajority({ size, threshold }))
      return fail({ kind: 'too-few-trustees', size, threshold })
    const advanced = await advance(ask, path('/ceremony'), uuid, view.value, key)
    if (advanced.kind === 'fail') return advanced
    ceremony = advanced.value.view
    if (advanced.value.key !== key) key = advanced.value.key
    if (ceremony.you === null) return notTrustee
    if (key?.record === null) hold(key)
    const election = await ask({ method: 'GET', path: path(), read: parseView })
    // Before the set-up there is no election yet: the key comes first.
    if (election.kind === 'fail' && election.error.kind === 'no-answer') return election
    return ok(tableOf(uuid, ceremony, ceremony.you, key, election.kind === 'ok' ? election.value : null))
  }

  /** Takes up a key, with whatever this device has seen already: what a file does not know is not forgotten. */
  function hold(next: TrusteeKey): void {
    // A key from elsewhere, such as one drawn for a played trustee, begins with the record as it stands when it is first used.
    const begun = next.record === null && ceremony?.record != null ? keepRecord(ceremony.record) : null
    const record = begun?.kind === 'ok' ? begun.value : next.record
    seen = later(record?.seen ?? null, seen)
    key = record === null ? next : { ...next, record: { ...record, seen } }
    checked = null
  }

  /** Asks for the box, re-checks it and keeps what was seen. */
  async function checkBox(onProgress: (stage: OpenStage) => void): Promise<Result<Checked, TrusteeFailure>> {
    if (key === null || ceremony === null) return fail({ kind: 'will-not-open', why: { kind: 'trustees' } })
    const box = await ask({ method: 'GET', path: path('/box'), read: parseBox })
    if (box.kind === 'fail') return box
    const check: BoxCheck = { ...options, world, key, onProgress }
    const found = await checkClosedBox(check, box.value)
    if (found.kind === 'fail') return fail({ kind: 'will-not-open', why: found.error })
    seen = found.value.seen
    hold(key)
    return ok({ box: found.value, opened: box.value.openings.length })
  }

  async function check(onProgress: (stage: OpenStage) => void = () => {}): Promise<Result<Found, TrusteeFailure>> {
    const done = await checkBox(onProgress)
    if (done.kind === 'fail') return done
    checked = done.value
    return ok(checked.box.found)
  }

  async function open(onProgress: (stage: OpenStage) => void = () => {}): Promise<Result<Opening, TrusteeFailure>> {
    if (key === null || ceremony === null || checked === null) return fail({ kind: 'device' })
    onProgress({ kind: 'opening' })
    await world.wait(0)
    const { found } = checked.box
    const opened = openCheckedBox(key, checked.box)
    if (opened.kind === 'fail') return fail({ kind: 'will-not-open', why: opened.error })
    onProgress({ kind: 'sending' })
    const { payload, companion } = opened.value
    const sent = await ask({
      method: 'POST',
      path: path('/openings'),
      body: { payload, proof: companion },
      read: parseOpened,
    })
    if (sent.kind === 'ok') return ok({ ...found, ...sent.value })
    // Said before, with the same bytes (checked above): that is success, not a fault.
    if (sent.error.kind === 'refused' && sent.error.problem.code === 'already-opened')
      return ok({ ...found, opened: checked.opened, needed: ceremony.threshold })
    return sent
  }

  /** The server takes seconds over thousands of papers: until it has answered, it is asked how far it is. */
  async function watchCheck(sending: Promise<unknown>, onProgress: (stage: OpenStage) => void): Promise<void> {
    const over = sending.then(() => true)
    while (!(await Promise.race([over, world.wait(askEveryMs).then(() => false)]))) {
      const view = await ask({ method: 'GET', path: path('/ceremony'), read: parseCeremony })
      const checking = view.kind === 'ok' ? view.value.checking : null
      if (checking !== null && checking.place === ceremony?.you) onProgress({ kind: 'checking', percent: percentOf(checking) })
    }
  }

  /** Another trustee who shuffled meanwhile left other papers: then everything is done again with theirs. */
  async function shuffle(onProgress: (stage: OpenStage) => void = () => {}): Promise<Result<null, TrusteeFailure>> {
    for (let overtaken = 0; ; overtaken++) {
      const done = await checkBox(onProgress)
      if (done.kind === 'fail') return done
      const { after, shuffle: proven } = await shuffleCheckedBox({ world, onProgress }, done.value.box)
      onProgress({ kind: 'sending' })
      const sending = ask({ method: 'POST', path: path('/shuffles'), body: { after, shuffle: proven }, read: parseShuffled })
      await watchCheck(sending, onProgress)
      const sent = await sending
      if (sent.kind === 'ok') return ok(null)
      const code = sent.error.kind === 'refused' ? sent.error.problem.code : null
      // An answer that was lost on the way, or shuffles enough without this one: that is success, not a fault.
      if (code === 'already-shuffled' || code === 'shuffles-ended') return ok(null)
      if (code !== 'stale' || overtaken === ceremony?.size) return sent
    }
  }

  return {
    look,
    shuffle,
    check,
    open,
    seen: () => (seen === null ? null : canonicalJson(seen)),
    remember: (text) => {
      const read = parseCanonicalJson(text)
      seen = later(read.kind === 'ok' ? parseSeenSum(read.value) : null, seen)
      if (key !== null) hold(key)
    },
    keyFile: () => (key === null ? null : trusteeKeyFile(key)),
    make: async () => {
      const before = await look()
      const begun = ceremony?.steps.some(({ index }) => index === ceremony?.you) ?? false
      if (before.kind === 'fail' || key !== null || begun || ceremony?.you == null || !isGroupName(ceremony.group)) return before
      const { size, threshold, you, group } = ceremony
      const record = ceremony.record === null ? fail({ kind: 'missing' } as const) : keepRecord(ceremony.record)
      if (record.kind === 'fail') return fail({ kind: 'will-not-open', why: { kind: 'record', fault: record.error } })
      key = { ...newTrusteeKey({ uuid, group, size, threshold, index: you }, world.random), record: record.value }
      const looked = await look()
      // Another device of this trustee was first: the key made here was never used, and the other one counts.
      if (looked.kind === 'fail' && looked.error.kind === 'refused' && looked.error.problem.code === 'step-done') key = null
      return looked
    },
    load: (text) => {
      const read = parseTrusteeKeyFile(text)
      if (read.kind === 'fail') return 'broken'
      const fault = keyFault(read.value, uuid, ceremony) ?? shareFault(read.value, ceremony)
      // A key that has its share already is never replaced by an earlier copy of itself.
      if (fault === null && (key?.share == null || read.value.share !== null)) hold(read.value)
      return fault
    },
  }
}

/** A box that was checked, and how many trustees had opened it then. */
type Checked = { readonly box: CheckedBox; readonly opened: number }

/** Of two memories of the record the one that saw more of it. */
const later = (a: SeenSum | null, b: SeenSum | null): SeenSum | null => (a === null || (b !== null && b.size > a.size) ? b : a)

const notTrustee: Looked = fail({
  kind: 'refused',
  problem: { code: 'not-a-trustee', status: 403, at: null, clause: null, check: null },
})

/** Whether a key belongs at this place of this table: by its context, by the messages it would have sent, by the file it was made into. */
function keyFault(key: TrusteeKey, uuid: string, ceremony: CeremonyView | null): KeyFault | null {
  const { context, share } = key
  if (context.uuid !== uuid) return 'other ballot'
  if (ceremony === null) return null
  const { group, size, threshold, you } = ceremony
  if (context.group !== group || context.size !== size || context.threshold !== threshold || context.index !== you) return 'unfit'
  const posted = ceremony.steps.find(({ step, index }) => step === 1 && index === you)
  if (posted !== undefined && posted.message !== answerStep1(engineOf(context.group), key)) return 'unfit'
  if (share !== null && ceremony.trustees !== null && share.trusteesHash !== sha256Hex(ceremony.trustees)) return 'unfit'
  return null
}

/** The rehearsal: whether the share in the file is the one whose public key stands in the trustees file, in this trustee's place. */
function shareFault({ context, share }: TrusteeKey, ceremony: CeremonyView | null): KeyFault | null {
  if (share === null || ceremony?.trustees == null) return null
  const engine = engineOf(context.group)
  const trustees = parseTrustees(engine, ceremony.trustees)
  const key = trustees.kind === 'ok' ? trustees.value.keys[context.index - 1] : undefined
  return key !== undefined && engine.equal(key, engine.multiplyBaseSecret(share.secret)) ? null : 'unfit'
}

const messagesOf = ({ steps }: CeremonyView, wanted: StepMessage['step']): readonly string[] =>
  steps.filter(({ step }) => step === wanted).map(({ message }) => message)

const allMessages = (view: CeremonyView): CeremonyMessages => ({
  certificates: messagesOf(view, 1),
  polynomials: messagesOf(view, 2),
  keys: messagesOf(view, 3),
})

/** The step that waits for this trustee, or null while others are awaited. */
function dueStep(view: CeremonyView): StepMessage['step'] | null {
  for (const step of [1, 2, 3] as const) {
    if (!view.steps.some((s) => s.step === step && s.index === view.you)) return step
    if (messagesOf(view, step).length < view.size) return null
  }
  return null
}

type Advanced = { readonly view: CeremonyView; readonly key: TrusteeKey | null }

/** Posts what is due until others are awaited; once all have confirmed, checks the file and takes the share. */
async function advance(
  ask: Ask,
  path: string,
  uuid: string,
  from: CeremonyView,
  key: TrusteeKey | null,
): Promise<Result<Advanced, TrusteeFailure>> {
  let view = from
  if (key === null || view.you === null) return ok({ view, key })
  // The key was judged when it was taken up. If it does not fit now, the server shows another message in this trustee's place.
  if (keyFault(key, uuid, view) !== null)
    return fail({ kind: 'bad-message', name: view.names[view.you - 1] ?? String(view.you), what: 'own message replaced' })
  const engine = engineOf(key.context.group)
  for (let step = dueStep(view); step !== null && view.trustees === null; step = dueStep(view)) {
    const messages = allMessages(view)
    const answer =
      step === 1
        ? ok(answerStep1(engine, key))
        : step === 2
          ? answerStep2(engine, key, messages.certificates)
          : answerStep3(engine, key, messages)
    if (answer.kind === 'fail') return fail(blame(view, answer.error))
    const posted = await ask({ method: 'POST', path, body: { step, message: answer.value }, read: parseCeremony })
    if (posted.kind === 'fail') return posted
    view = posted.value
  }
  if (view.trustees === null || key.share !== null) return ok({ view, key })
  const accepted = acceptTrustees(engine, key, allMessages(view), view.trustees)
  if (accepted.kind === 'ok') return ok({ view, key: accepted.value })
  return fail(accepted.error.kind === 'file differs from the messages' ? { kind: 'phrase' } : blame(view, accepted.error))
}

/** A fault of the ceremony with the name of the trustee whose message it is. */
const blame = (view: CeremonyView, fault: CeremonyFault): TrusteeFailure => ({
  kind: 'bad-message',
  name: 'trustee' in fault ? (view.names[fault.trustee - 1] ?? String(fault.trustee)) : '?',
  what: fault.kind,
})

const percentOf = ({ done, all }: { readonly done: number; readonly all: number }): number =>
  all === 0 ? 0 : Math.floor((100 * done) / all)

/** What the page shows of all this. */
function tableOf(uuid: string, view: CeremonyView, you: number, key: TrusteeKey | null, election: PublicView | null): Table {
  const name = (index: number): string => view.names[index - 1] ?? String(index)
  const step = ([1, 2, 3] as const).find((s) => messagesOf(view, s).length < view.size) ?? 3
  const sent = new Set(view.steps.filter((s) => s.step === step).map(({ index }) => index))
  const begun = view.steps.some(({ index }) => index === you)
  const closed = election !== null && (election.state === 'closed' || election.state === 'counted')
  const stage = ((): Table['stage'] => {
    if (view.opened.includes(you)) return 'opened'
    if (closed && election.state === 'counted') return 'opened'
    if (closed && view.shuffled.length < view.shufflesNeeded) return view.shuffled.includes(you) ? 'shuffled' : 'to-shuffle'
    if (closed) return 'to-open'
    if (view.trustees !== null) return 'ready'
    return key !== null ? 'making' : begun ? 'lost-key' : 'start'
  })()
  return {
    uuid,
    title: election?.title ?? view.title,
    movement: election?.movement ?? view.movement ?? '',
    you,
    size: view.size,
    threshold: view.threshold,
    names: view.names,
    stage,
    step,
    awaiting: view.names.filter((_, i) => !sent.has(i + 1) && i + 1 !== you),
    phrase: view.trustees === null ? null : trusteesPhrase(view.trustees),
    keyHere: key !== null,
    closesAt: election === null || election.closesAt === 0 ? null : election.closesAt, // 0: no timetable yet
    zone: election?.zone ?? 'UTC',
    shuffledBy: view.shuffled.map(name),
    shufflesNeeded: view.shufflesNeeded,
    checking: view.checking === null ? null : { name: name(view.checking.place), percent: percentOf(view.checking) },
    openedBy: view.opened.map(name),
    counted: election?.state === 'counted',
  }
}
