import type { Instant } from '@quorate/kernel'
import { after, latest } from './calendar.ts'
import { certifiedBy, deadlineOf, openingByDefault, receivedAt } from './deadline.ts'
import { provision } from './model.ts'
import type { StageRun, Walking } from './path.ts'
import { targetOf } from './plan.ts'
import type { Stage, StageOf } from './schema/stages.ts'
import { marksOf, type StageMarks } from './state.ts'

/** When notice was, or at best will be, received; null while it waits to be sent. */
export function noticeReceived(w: Walking, stage: StageOf<'notify'>, key: string, startsAt: Instant): Instant | null {
  const notice = marksOf(w.decision, key).notice
  if (notice !== null) return notice.receivedAt
  return w.hope === 'actual' ? null : receivedAt(w.rulebook, stage, latest(startsAt, w.now), [])
}

/** How far a stage has come that begins at an instant. One case per kind of stage: a table, not a procedure. */
export function runOf(w: Walking, stage: Stage, key: string, startsAt: Instant): StageRun {
  const marks = marksOf(w.decision, key)
  const run = (endsAt: Instant | null, outcome: string | null): StageRun => ({
    stage,
    key,
    startsAt,
    activeAt: startsAt,
    endsAt,
    outcome,
  })
  const deadline = deadlineOf(stage, startsAt, w.reckoning)
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
    case 'support':
      if (marks.metAt !== null) return run(marks.metAt, 'met')
      if (deadline !== null && w.now >= deadline && targetOf(w.plan.stages, stage, 'unmet') !== 'fallen')
        return run(deadline, 'unmet')
      return waits('met')
    case 'check':
    case 'consider':
      return marks.outcome === null
        ? waits(stage.do === 'check' ? 'passed' : 'agreed')
        : answeredRun(w, run, stage, marks, marks.outcome)
    case 'notify': {
      const received = noticeReceived(w, stage, key, startsAt)
      return received === null ? run(null, null) : run(after(received, stage.clear, w.reckoning), 'done')
    }
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
      if (marks.certifiedAt !== null) return run(marks.certifiedAt, 'certified')
      return w.hope === 'latest' ? run(latest(w.now, certifiedBy(stage, startsAt, w.reckoning)), 'certified') : waits('certified')
    case 'challenge':
      return challengeRun(w, stage, key, startsAt)
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
  const rule = stage.appeal === null ? null : (provision(w.rulebook, 'appeal', stage.appeal)?.rule ?? null)
  if (w.hope === 'actual' || rule === null) return run(null, null)
  return run(latest(w.now, w.hope === 'latest' ? after(appeal.at, rule.decideWithin, w.reckoning) : w.now), other)
}

function ballotRun(w: Walking, stage: StageOf<'ballot'>, key: string, startsAt: Instant): StageRun {
  const { box } = marksOf(w.decision, key)
  const known = { stage, key, startsAt, activeAt: box.openedAt ?? box.opensAt ?? startsAt }
  if (box.result !== null) return { ...known, endsAt: box.result.at, outcome: box.result.outcome }
  if (w.hope === 'actual') return { ...known, endsAt: null, outcome: null }
  const late = openingByDefault(stage, startsAt, w.reckoning)
  const opensAt = box.openedAt ?? latest(box.opensAt ?? (w.hope === 'earliest' ? startsAt : late), w.now)
  const closesAt = box.openedAt !== null && box.closesAt !== null ? box.closesAt : after(opensAt, stage.period, w.reckoning)
  const mayExtend = w.hope === 'latest' && !box.extended && box.closedAt === null
  const last = mayExtend && stage.lateQuorum !== null ? after(closesAt, stage.lateQuorum.extend, w.reckoning) : closesAt
  return { ...known, activeAt: opensAt, endsAt: latest(box.closedAt ?? last, w.now), outcome: 'carried' }
}

function challengeRun(w: Walking, stage: StageOf<'challenge'>, key: string, startsAt: Instant): StageRun {
  const { challenges } = marksOf(w.decision, key)
  const window = after(startsAt, stage.within, w.reckoning)
  const run = (endsAt: Instant | null, outcome: string): StageRun => ({ stage, key, startsAt, activeAt: startsAt, endsAt, outcome })
  const upheld = challenges.find((c) => c.answer?.outcome === 'upheld')
  if (upheld?.answer) return run(upheld.answer.at, 'upheld')
  if (!stage.stay) return run(window, 'done')
  const open = challenges.filter((c) => c.answer === null)
  if (w.hope === 'latest') {
    const from = w.now < window ? window : latest(startsAt, ...open.map((c) => c.at))
    const worst = open.length > 0 || w.now < window ? after(from, stage.decideWithin, w.reckoning) : window
    return run(latest(window, worst), 'done')
  }
  if (open.length > 0) return run(w.hope === 'actual' ? null : latest(window, w.now), 'done')
  return run(latest(window, ...challenges.map((c) => c.answer?.at ?? window)), 'done')
}
