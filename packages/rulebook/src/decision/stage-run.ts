import type { Instant } from '@quorate/kernel'
import { momentIn } from '../anchors.ts'
import { answeredBy, appealOf } from './appeal-terms.ts'
import { after, before, latest } from '../calendar.ts'
import { certifiedBy, closingOf, deadlineOf, openingByDefault, receivedAt } from './deadline.ts'
import type { Duration } from '../language/expression.ts'
import type { StageRun, Walking } from './path.ts'
import { targetOf } from './plan.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { marksOf, type StageMarks } from '../state.ts'

/** When notice was, or at best will be, received; null while it waits to be sent. */
export function noticeReceived(w: Walking, stage: StageOf<'notify'>, key: string, startsAt: Instant): Instant | null {
  const notice = marksOf(w.decision, key).notice
  if (notice !== null) return notice.receivedAt
  return w.hope === 'actual' ? null : receivedAt(w.rulebook, stage, latest(startsAt, w.now), [])
}

/** How far a stage has come that begins at an instant. One case per kind of stage: a table, not a procedure. */
export function runOf(w: Walking, stage: Stage, key: string, startsAt: Instant): StageRun {
  const marks = marksOf(w.decision, key)
  const deadline = deadlineOf(stage, startsAt, w.reckoning, (at) => momentIn(w, at))
  const run = (endsAt: Instant | null, outcome: string | null): StageRun => ({
    stage,
    key,
    startsAt,
    activeAt: startsAt,
    deadline,
    endsAt,
    outcome,
  })
  /** Ends when somebody acts: at once in the best case, at the deadline in the worst. */
  const waits = (outcome: string): StageRun => {
    if (w.hope === 'actual') return run(null, null)
    const soonest = latest(startsAt, w.now)
    return run(w.hope === 'latest' && deadline !== null ? latest(soonest, deadline) : soonest, outcome)
  }
  /** Done by the rule itself as soon as its turn has come. */
  const byItself = (doneAt: Instant | null): StageRun =>
    doneAt !== null ? run(doneAt, 'done') : w.hope === 'actual' ? run(null, null) : run(latest(startsAt, w.now), 'done')
  switch (stage.do) {
    case 'propose':
      return run(startsAt, 'done')
    case 'support': {
      // Where signatures may be taken back until the time is over, the number at that instant counts.
      const untilClose = stage.withdraw === 'until close'
      if (marks.metAt !== null) return run(untilClose ? deadline : marks.metAt, 'met')
      if (deadline !== null && w.now >= deadline && targetOf(w.plan.stages, stage, 'unmet') !== 'fallen')
        return run(deadline, 'unmet')
      return untilClose && w.hope !== 'actual' ? run(deadline, 'met') : waits('met')
    }
    case 'check':
    case 'consider':
      return marks.outcome === null
        ? waits(stage.do === 'check' ? 'passed' : 'agreed')
        : answeredRun(w, run, stage, marks, marks.outcome)
    case 'notify': {
      const received = noticeReceived(w, stage, key, startsAt)
      if (received === null) return run(null, null)
      return run(stage.clear === null ? received : after(received, stage.clear, w.reckoning), 'done')
    }
    case 'meeting':
      return marks.outcome === null ? meetingRun(w, run, deadline, startsAt, marks) : run(marks.outcome.at, marks.outcome.says)
    case 'hustings':
      return marks.hustingsAt !== undefined
        ? run(marks.hustingsAt, 'done')
        : w.hope === 'earliest'
          ? waits('done')
          : run(deadline, 'not-held')
    case 'debate':
    case 'delay':
      return run(deadline, 'done')
    case 'nominate':
      // Nominations close with their window however many have come forward: whoever asks on the last day is listed like the first.
      if (marks.outcome !== null) return run(marks.outcome.at, marks.outcome.says)
      return w.hope === 'actual' ? run(null, null) : run(deadline, 'contested')
    case 'freeze':
      return byItself(marks.roll?.at ?? null)
    case 'ballot':
      return ballotRun(w, stage, key, startsAt)
    case 'certify':
      return certifyRun(w, run, stage, marks, startsAt)
    case 'challenge':
      return challengeRun(w, run, stage, marks, startsAt)
    case 'enact':
      return byItself(marks.enactedAt)
  }
}

const turned: Readonly<Record<string, string>> = { passed: 'refused', agreed: 'refused', refused: 'agreed', fallen: 'agreed' }
const isRefused = (says: string): boolean => says === 'refused' || says === 'fallen'

/**
 * A check or consideration that has been answered, and perhaps appealed. An appeal against a no is waited for; one against a yes runs beside
 * what follows, and stops `enact` where the rule stays it. An appeal that is allowed turns the answer round from then on.
 */
function answeredRun(
  w: Walking,
  run: (endsAt: Instant | null, outcome: string | null) => StageRun,
  stage: StageOf<'check'> | StageOf<'consider'>,
  { appeal }: StageMarks,
  { says, at }: { readonly says: string; readonly at: Instant },
): StageRun {
  if (appeal === undefined) return run(at, says)
  const other = says === 'refused' && stage.do === 'check' ? 'passed' : (turned[says] ?? says)
  if (appeal.answer !== null)
    return appeal.answer.outcome === 'allowed' ? run(appeal.answer.at, other) : run(isRefused(says) ? appeal.answer.at : at, says)
  if (!isRefused(says)) return run(at, says)
  const rule = appealOf(w.rulebook, stage)?.rule
  if (w.hope === 'actual' || rule === undefined) return run(null, null)
  return run(latest(w.now, w.hope === 'latest' ? answeredBy(rule, appeal.at, w.reckoning) : w.now), other)
}

/** A meeting that must be called is held no sooner than its notice allows. */
function meetingRun(
  w: Walking,
  run: (endsAt: Instant | null, outcome: string | null) => StageRun,
  deadline: Instant | null,
  startsAt: Instant,
  { heldAt }: StageMarks,
): StageRun {
  if (w.hope === 'actual') return run(null, null)
  const { stage } = run(null, null)
  const notice = stage.do === 'meeting' && stage.calledBy !== null ? stage.notice : null
  const soonest = latest(startsAt, w.now)
  const at = heldAt ?? (notice === null ? soonest : after(soonest, notice, w.reckoning))
  return run(w.hope === 'latest' && deadline !== null ? latest(at, w.now, deadline) : latest(at, w.now), 'agreed')
}

function ballotRun(w: Walking, stage: StageOf<'ballot'>, key: string, startsAt: Instant): StageRun {
  const { box, doubtAt } = marksOf(w.decision, key)
  const deadline = deadlineOf(stage, startsAt, w.reckoning, (at) => momentIn(w, at))
  const known = { stage, key, startsAt, activeAt: box.openedAt ?? box.opensAt ?? startsAt, deadline }
  if (doubtAt !== undefined) return { ...known, endsAt: doubtAt, outcome: 'doubtful' }
  if (box.result !== null) return { ...known, endsAt: box.result.at, outcome: box.result.outcome }
  if (w.hope === 'actual') return { ...known, endsAt: null, outcome: null }
  const late = openingByDefault(stage, startsAt, w.reckoning)
  const opensAt = box.openedAt ?? latest(box.opensAt ?? (w.hope === 'earliest' ? startsAt : late), w.now)
  const closesAt = box.openedAt !== null && box.closesAt !== null ? box.closesAt : closingOf(w, stage, opensAt)
  const extend = !box.extended && box.closedAt === null && willExtend(w, stage, opensAt, closesAt)
  const last = extend && stage.lateQuorum !== null ? after(closesAt, stage.lateQuorum.extend, w.reckoning) : closesAt
  return { ...known, activeAt: opensAt, endsAt: latest(box.closedAt ?? last, w.now), outcome: 'carried' }
}

/** Whether a ballot will be extended: at worst always; at best only where every instant of it is one of its last hours. */
function willExtend(w: Walking, { lateQuorum, pass }: StageOf<'ballot'>, opensAt: Instant, closesAt: Instant): boolean {
  if (lateQuorum === null || w.hope === 'latest') return lateQuorum !== null
  const asksQuorum = pass.some((c) => c.kind === 'measure' && c.measure === 'turnout')
  return asksQuorum && opensAt >= before(closesAt, lateQuorum.ifMetInLast, w.reckoning)
}

/** A certificate, and where the rule lets somebody object to it, the time for that and for the answer. */
function certifyRun(
  w: Walking,
  run: (endsAt: Instant | null, outcome: string | null) => StageRun,
  stage: StageOf<'certify'>,
  marks: StageMarks,
  startsAt: Instant,
): StageRun {
  const byDefault = latest(w.now, certifiedBy(stage, startsAt, w.reckoning))
  const soonest = w.hope === 'latest' ? byDefault : latest(startsAt, w.now)
  const certifiedAt = marks.certifiedAt ?? (w.hope === 'actual' ? null : soonest)
  if (certifiedAt === null) return run(null, null)
  if (stage.objections === null) return run(certifiedAt, 'certified')
  const terms = { within: stage.objections.within, decideWithin: stage.objections.within, stay: true }
  const end = contested(w, terms, marks.challenges, certifiedAt)
  return run(end.at, end.upheld ? 'upheld' : 'certified')
}

function challengeRun(
  w: Walking,
  run: (endsAt: Instant | null, outcome: string | null) => StageRun,
  stage: StageOf<'challenge'>,
  marks: StageMarks,
  startsAt: Instant,
): StageRun {
  const end = contested(w, stage, marks.challenges, startsAt)
  return run(end.at, end.upheld ? 'upheld' : 'done')
}

type Terms = { readonly within: Duration; readonly decideWithin: Duration; readonly stay: boolean }

/** When the time to challenge is over and all challenges are answered; `at` null while one waits for its answer. */
function contested(
  w: Walking,
  { within, decideWithin, stay }: Terms,
  challenges: StageMarks['challenges'],
  startsAt: Instant,
): { readonly at: Instant | null; readonly upheld: boolean } {
  const window = after(startsAt, within, w.reckoning)
  const upheld = challenges.find((c) => c.answer?.outcome === 'upheld')
  if (upheld?.answer) return { at: upheld.answer.at, upheld: true }
  if (!stay) return { at: window, upheld: false }
  const open = challenges.filter((c) => c.answer === null)
  if (w.hope === 'latest') {
    const from = w.now < window ? window : latest(startsAt, ...open.map((c) => c.at))
    const worst = open.length > 0 || w.now < window ? after(from, decideWithin, w.reckoning) : window
    return { at: latest(window, worst), upheld: false }
  }
  if (open.length > 0) return { at: w.hope === 'actual' ? null : latest(window, w.now), upheld: false }
  return { at: latest(window, ...challenges.map((c) => c.answer?.at ?? window)), upheld: false }
}
