import { statedBases } from './body-vote.ts'
import type { EventBody } from '../event.ts'
import type { JudgedCondition, Measured } from '../measure.ts'
import { asksForCandidates, candidateList } from './options.ts'
import { factOf, fieldsFact, moment, none, numbered, reason, type FactFields } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import { doubt } from './roll-acts.ts'
import { byRule, latestMarks, type Found, type Running, type StageCase, refused } from './stage-case.ts'
import { ballotBases, judgeBallot, type Votes } from './standard.ts'

/** Fewest counted votes of a secret ballot that are ever opened: below it a total would tell single votes. Source: BALLOTS §3.6. */
export const fewestOpened = 5

/** The result of a ballot, from the count of its opened box: votes for and against, or those a method of counting has chosen from a list. */
export function declare(kase: StageCase, { stage, startsAt, marks }: Running<'ballot'>): Found {
  const { clause, act } = kase
  const reasons: Reason[] = [...byRule(kase)]
  if (marks.box.closedAt === null)
    return refused(...reasons, reason('too-early', clause, moment(marks.box.closesAt ?? startsAt), moment(act.occurredAt)))
  const unopened = stage.secret ? (fieldsFact(kase, 'unopened', null)?.count('cast') ?? null) : null
  if (unopened !== null) return staysShut(kase, reasons, unopened, marks.box.voters.size)
  const found = hasList(stage) ? counted(kase, stage) : tallied(kase)
  const roll = latestMarks(kase.decision, kase.path, stage.roll).roll
  const returned = found.votes?.cast ?? 0
  if (found.votes === null || roll === null || returned > marks.box.voters.size || returned > roll.size)
    return refused(...reasons, missing(kase, returned))
  const bases = ballotBases(stage.abstain, roll, found.votes, statedBases(kase, kase.rulebook))
  const judge = (votes: Votes) => judgeBallot(stage.pass, votes, bases, measuredIn(found.fields), beatsIn(found.fields))
  const carries = carried(kase, stage, found.votes, judge)
  if (carries === null) return refused(...reasons, missing(kase, returned))
  const declared = {
    kind: 'declared',
    outcome: carries && found.chosen?.length !== 0 ? 'carried' : 'fallen',
    tally: found.votes,
  } as const
  const chosen: readonly EventBody[] = found.chosen === null ? [] : [{ kind: 'chosen', options: found.chosen }]
  const { box, doubtAt } = marks
  const doubtful = doubt(kase, stage, { outcome: declared.outcome, tally: found.votes, ballots: box.tooLate ?? 0, doubtAt })
  return { reasons, events: [declared, ...chosen, ...doubtful] }
}

/** A box with too few votes to be opened: nobody learns how they went, and what was asked has fallen. */
function staysShut(kase: StageCase, reasons: readonly Reason[], cast: number, voters: number): Found {
  if (cast >= fewestOpened || cast > voters) return refused(...reasons, missing(kase, cast))
  const tally = { for: 0, against: 0, blank: 0, cast }
  return { reasons, events: [{ kind: 'declared', outcome: 'fallen', tally }] }
}

/** What a count says: the votes, who was chosen where there is a list (else null), and its figures. */
type Count = { readonly votes: Votes | null; readonly chosen: readonly number[] | null; readonly fields: FactFields | null }

const hasList = (stage: StageOf<'ballot'>): boolean => stage.method !== 'yes-no' || stage.options !== null

const missing = (kase: StageCase, returned: number): Reason =>
  reason('missing-fact', kase.clause, none, { unit: 'votes', count: returned })

/** A count of yes and no, which must add up. */
function tallied(kase: StageCase): Count {
  const fields = fieldsFact(kase, 'tally', null)
  const count = (key: string): number => fields?.count(key) ?? -1
  const votes: Votes = { for: count('for'), against: count('against'), blank: count('blank'), cast: count('cast') }
  const valid = count('valid')
  const adds =
    Math.min(votes.for, votes.against, votes.blank) >= 0 &&
    votes.for + votes.against + votes.blank === valid &&
    valid <= votes.cast
  return { votes: adds ? votes : null, chosen: null, fields }
}

/** A count of choices from a list. Chosen are numbers on that list, each once; of candidates only those who were listed. */
function counted(kase: StageCase, stage: StageOf<'ballot'>): Count {
  const fields = fieldsFact(kase, 'count', null)
  const [cast, valid, blank] = ['cast', 'valid', 'blank'].map((key) => fields?.count(key) ?? -1) as [number, number, number]
  const chosen = numbered(fields, 'chosen')
  const list = asksForCandidates(stage) ? candidateList(kase.decision, kase.path, 'opening') : null
  const sound =
    blank >= 0 &&
    valid >= 0 &&
    blank + valid <= cast &&
    new Set(chosen).size === chosen.length &&
    chosen.every((n) => n > 0 && (list === null || list.numbers.includes(n)))
  if (!sound) return { votes: null, chosen, fields }
  const inFavour = fields?.count('for') ?? valid
  return { votes: { for: inFavour, against: fields?.count('against') ?? 0, blank, cast }, chosen, fields }
}

const measuredIn =
  (fields: FactFields | null): Measured =>
  (measure, ofClass) => {
    const word = measure === 'yes' ? 'for' : measure
    return fields?.count(ofClass === null ? word : `${word}-${ofClass}`) ?? null
  }

const beatsIn = (fields: FactFields | null) => (what: 'none-of-these' | 'status-quo') => {
  const said = fields?.count(`beats-${what}`) ?? null
  return said === null ? null : said === 1
}

/**
 * Whether a ballot is carried; null where a figure it needs has not been stated. A tie is one vote short on both sides: what breaks it stands
 * for one vote more, which carries a bare majority and no larger one.
 */
function carried(
  kase: StageCase,
  stage: StageOf<'ballot'>,
  votes: Votes,
  judge: (votes: Votes) => readonly (JudgedCondition | null)[],
): boolean | null {
  const judged = judge(votes)
  if (judged.some((j) => j === null)) return null
  const holds = judged.every((j) => j?.holds === true)
  if (hasList(stage) || votes.for !== votes.against) return holds
  const broken = tieBroken(kase, stage)
  if (broken !== true) return broken
  return holds || judge({ ...votes, for: votes.for + 1, against: votes.against - 1 }).every((j) => j?.holds === true)
}

/** Whether a tie is carried; null while the casting vote has not been given or the lot not been drawn. */
function tieBroken(kase: StageCase, stage: StageOf<'ballot'>): boolean | null {
  switch (stage.tie) {
    case 'carried':
      return true
    case 'casting vote':
    case 'lot in public': {
      const said = factOf(kase, stage.tie === 'casting vote' ? 'casting-vote' : 'lot', null)?.value
      return typeof said === 'boolean' ? said : null
    }
    default:
      return false
  }
}
