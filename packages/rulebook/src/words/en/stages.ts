import { writeOrdinal } from '../../language/codec.ts'
import type { RuleOf } from '../../language/model.ts'
import { groundText, type Stage, type StageOf } from '../../schema/stages.ts'
import { actorsWords, anchorWords, conditionsWords, durationWords, momentWords, thresholdWords, whoWords } from './expressions.ts'
import { defaultsOf } from '../defaults.ts'
import { defaultWords } from './defaults.ts'
import { incompatibleWords } from './meetings.ts'
import { countingWords, methodWords } from './methods.ts'
import { countOf, group, joined, numbered, sentence, when, type Speaker } from './names.ts'
import { mandateWords } from './offices.ts'
import { powerWords } from './powers.ts'

const headings: Readonly<Record<Stage['do'], string>> = {
  propose: 'Proposal',
  support: 'Support',
  check: 'Check',
  notify: 'Notice',
  debate: 'Debate',
  consider: 'Consideration',
  meeting: 'Meeting',
  nominate: 'Nominations',
  hustings: 'Hustings',
  freeze: 'Roll',
  ballot: 'Ballot',
  certify: 'Certificate',
  challenge: 'Challenge',
  delay: 'Delay',
  enact: 'Effect',
}

const outcomeWords: Readonly<Record<string, string>> = {
  met: 'the number is met',
  unmet: 'the number is not met',
  passed: 'it passes',
  refused: 'it is refused',
  agreed: 'it is agreed',
  amended: 'it is amended',
  carried: 'it is carried',
  fallen: 'it falls',
  upheld: 'a challenge is upheld',
  done: 'this is done',
}
const targetWords = (to: string, s: Speaker): string =>
  to === 'fallen' ? 'the proposal falls' : to === 'end' ? 'the procedure ends' : `${s.stage(to)} follows`
const branch = (row: { readonly key: string; readonly value: string }, s: Speaker): string =>
  `if ${outcomeWords[row.key] ?? `the outcome is “${s.term(row.key)}”`}, ${targetWords(row.value, s)}`

function common(stage: Stage, s: Speaker): readonly (string | null)[] {
  return [
    when(stage.with, (id) => `it runs beside ${s.stage(id)}`),
    when(stage.after, (id) => `it begins after ${s.stage(id)}`),
    when(stage.when, (w) =>
      w.kind === 'fact <fact>'
        ? `it is open only while “${s.term(w.fact)}” is a fact`
        : `it is open only from ${momentWords(w.moment, s)}`,
    ),
    when(stage.atMost, (a) => `it may come round at most ${countOf(a.times, 'time', 'times')}`),
    when(stage.skipIf, (actors) => `it is left out when the proposal comes from ${actorsWords(actors, s)}`),
    ...(stage.then ?? []).map((row) => branch(row, s)),
  ]
}

/** One case per kind of stage: a table. */
function own(stage: Stage, s: Speaker): readonly (string | null)[] {
  switch (stage.do) {
    case 'propose':
      return [
        `${actorsWords(stage.by, s)} may propose`,
        when(
          stage.form,
          (form) =>
            ({
              diff: 'the proposal shows each change of the text',
              text: 'the proposal is a whole text',
              topics: 'the proposal names topics',
              'counter-proposal': 'the proposal answers another and stands against it',
            })[form],
        ),
        when(stage.due, (at) => `it must arrive by ${momentWords(at, s)}`),
      ]
    case 'support':
      return [
        `${thresholdWords(stage.need, s)} among ${s.the(stage.signers.electorate)} must sign it within ${durationWords(stage.window)}${stage.then?.some((row) => row.key === 'unmet') === true ? '' : ', or it lapses'}`,
        stage.lapsed === 'count' ? 'signers who have since left still count' : 'signers who have since left do not count',
        when(
          stage.withdraw,
          (w) =>
            ({
              'until met': 'a signature may be withdrawn until the number is met',
              'until close': 'a signature may be withdrawn until the time is over',
              no: 'no signature may be withdrawn',
            })[w],
        ),
      ]
    case 'check':
      return [
        `${actorsWords(stage.by, s)} must check it within ${durationWords(stage.within)}`,
        `it may be refused only as: ${joined(
          stage.grounds.map((g) => (g.kind === 'breaks <clause>' ? `breaking rule ${g.clause}` : s.term(groundText(g)))),
          'or',
        )}`,
        when(stage.appeal, (appeal) => `a refusal may be appealed under “${s.term(appeal)}”`),
        `without an answer in time it ${stage.timeout === 'passed' ? 'passes' : 'is refused'}`,
      ]
    case 'notify':
      return [
        `notice goes to every ${s.one(stage.to.electorate)}${stage.to.kind === 'electorate <electorate>' ? '' : ' of this group'}${when(stage.service, (id) => `, served under “${s.term(id)}”`) ?? ''}${when(stage.by, (by) => `, given by ${actorsWords(by, s)}`) ?? ''}`,
        when(
          stage.text,
          (t) =>
            ({
              final: 'it holds the final text',
              'statements of all': 'it holds the statements of all',
              agenda: 'it holds the agenda',
            })[t],
        ),
        when(stage.clear, (clear) => `it runs for ${durationWords(clear)} after it is received`),
        when(stage.due, (due) => `it must be out by ${momentWords(due, s)}`),
      ]
    case 'debate':
      return [`debate is open for ${durationWords(stage.lasts)}`, when(stage.amendments, (a) => amendmentWords(a, s))]
    case 'consider':
      return [
        `${s.the(stage.body)} must consider it within ${durationWords(stage.within)}`,
        when(stage.meeting, (m) => `it does so at ${s.the(m)}`),
        when(stage.at, () => 'it does so at its next meeting'),
        when(stage.refusedWhen, (r) =>
          r === 'the motion to agree fails'
            ? 'it is refused when the motion to agree fails'
            : 'it is refused only when a motion to refuse passes',
        ),
        when(stage.mandate, (m) => mandateWords(m, s)),
        ...(stage.outcomes ?? []).map((row) => branch(row, s)),
        when(stage.appeal, (appeal) => `its answer may be appealed under “${s.term(appeal)}”`),
        `without an answer in time ${{ agreed: 'it counts as agreed', refused: 'it counts as refused', fallen: 'the proposal falls' }[stage.timeout]}`,
      ]
    case 'meeting':
      return meetingStageWords(stage, s)
    case 'nominate':
      return nominateWords(stage, s)
    case 'hustings':
      return [
        `${actorsWords(stage.by, s)} must offer all candidates a hearing within ${durationWords(stage.within)}`,
        'no candidate may be left out',
      ]
    case 'freeze':
      return [
        `the roll holds ${s.the(stage.electorate)} as at ${s.stage(stage.at)}, and does not change after it is frozen`,
        when(stage.provisional, () => 'those with an appeal open, or still open to them, are on it provisionally'),
      ]
    case 'ballot':
      return ballotWords(stage, s)
    case 'certify':
      return [
        `${actorsWords(stage.by, s)} must certify the result within ${durationWords(stage.within)}`,
        stage.timeout.kind === 'certified'
          ? 'without an answer in time it counts as certified'
          : `after that ${s.the(stage.timeout.office)} may certify in the same time again, or it counts as certified`,
        when(
          stage.objections,
          (o) =>
            `${actorsWords(o.by, s)} may object before ${s.the(o.to)} within ${durationWords(o.within)}; without an answer in time the objection is ${o.timeout}`,
        ),
      ]
    case 'challenge':
      return [
        `${actorsWords(stage.by, s)} may challenge the result before ${s.the(stage.to)} within ${durationWords(stage.within)}`,
        `the grounds are: ${joined(stage.grounds.map(s.term), 'or')}`,
        `${s.the(stage.to)} must decide within ${durationWords(stage.decideWithin)}; without an answer in time the challenge is ${stage.timeout}`,
        stage.stay ? 'an open challenge stops what follows' : 'an open challenge stops nothing',
      ]
    case 'delay':
      return [`${durationWords(stage.lasts)} must pass`]
    case 'enact':
      return [
        `it takes effect ${stage.at.kind === '<moment>' ? `at ${momentWords(stage.at.moment, s)}` : `at the end of ${anchorWords(stage.at.stage, s)}`}: its effect is to ${powerWords[stage.effect]}`,
        when(stage.named, (n) => `the resolution is “${s.term(n)}”`),
        when(
          stage.fills,
          (f) =>
            `it fills ${joined(
              f.map((x) =>
                x.kind === 'office <office>' ? s.the(x.office) : `the “${s.term(x.seat)}” seats of ${s.the(x.body)}`,
              ),
              'and',
            )}`,
        ),
        when(
          stage.merge,
          (m) =>
            ({
              rebase: 'changes made since notice are carried over',
              'refuse if a touched clause changed': 'it is refused if a clause it touches has changed since notice',
              'run-off': 'if a clause it touches has changed since notice, a run-off decides between the two',
            })[m],
        ),
      ]
  }
}

const collisionWords = {
  'later falls': 'of amendments that cannot both stand the later falls',
  'each is voted on': 'amendments that cannot both stand are voted on against each other',
  'as ruled': 'a ruling settles which of two amendments that cannot both stand goes on',
} as const
const takenWords = {
  'as received': 'amendments are taken as received',
  'furthest first': 'the amendment furthest from the text is taken first',
  'as ruled': 'amendments are taken in the order ruled',
} as const
const compositeWords = {
  'with consent of each mover': 'amendments are joined only with the consent of each mover',
  'as ruled': 'amendments are joined as ruled',
  no: 'amendments are not joined',
} as const

function amendmentWords(a: NonNullable<StageOf<'debate'>['amendments']>, s: Speaker): string {
  return group(
    `${actorsWords(a.by, s)} may move an amendment until ${momentWords(a.due, s)}`,
    when(a.need, (need) => `it needs the support of ${thresholdWords(need, s)}`),
    when(a.order, (v) => takenWords[v]),
    collisionWords[a.collision],
    when(a.composite, (v) => compositeWords[v]),
    when(a.ruledBy, (by) => `rulings are made by ${actorsWords(by, s)}`),
  )
}

const unansweredWords = {
  agreed: 'without a decision in time it counts as agreed',
  refused: 'without a decision in time it counts as refused',
  fallen: 'without a decision in time the proposal falls',
  'signers may call it': 'if it is not called in time, the signers may call it',
} as const

function meetingStageWords(stage: StageOf<'meeting'>, s: Speaker): readonly (string | null)[] {
  return [
    `a meeting of ${s.the(stage.body)} must decide within ${durationWords(stage.within)}`,
    when(stage.calledBy, (by) => `${actorsWords(by, s)} must call it`),
    when(stage.notice, (n) => `its notice is ${durationWords(n)}`),
    when(
      stage.scope,
      (v) =>
        ({
          'what was proposed': 'it deals only with what was proposed',
          'first agenda': 'it deals only with its first agenda',
          'any business': 'it may deal with any business',
        })[v],
    ),
    when(stage.quorum, (v) => (v === 'applies' ? 'the quorum of that body applies' : 'no quorum is needed')),
    when(stage.adjourned, (v) =>
      v === 'decides' ? 'an adjourned meeting may decide it' : 'a meeting adjourned for want of a quorum may not decide it',
    ),
    when(stage.abstain, (v) => (v === 'cast' ? 'an abstention is a vote cast' : 'an abstention is not a vote cast')),
    unansweredWords[stage.timeout],
    when(stage.signers, (n) => `${countOf(n, 'signer is', 'signers are')} enough to call it`),
    `on a tie ${tieWords[stage.tie]}`,
  ]
}

const tieWords = {
  falls: 'it falls',
  carried: 'it is carried',
  'lot in public': 'lots are drawn in public',
  'casting vote': 'the chair has a casting vote',
  countback: 'the earliest unequal stage of the count decides',
} as const

function nominateWords(stage: StageOf<'nominate'>, s: Speaker): readonly (string | null)[] {
  return [
    when(stage.window, (w) => `nominations are open for ${durationWords(w)}`),
    when(stage.closes, (at) => `nominations close at ${momentWords(at, s)}`),
    stage.candidates.kind === '<who>' ? null : 'every eligible person who asks is a candidate',
    when(
      stage.signers,
      (signers) =>
        `signatures come from ${s.the(signers.electorate)}${signers.kind === 'electorate <electorate>' ? '' : signers.kind === 'electorate <electorate> of own district' ? ' of the candidate’s own district' : ' of this group'}`,
    ),
    when(stage.need, (need) => `a candidate needs ${thresholdWords(need, s)}`),
    when(stage.spread, (p) => `of these at least ${p.atLeast} must come from each of ${p.groups} ${s.many(p.of)}`),
    when(
      stage.statement,
      (v) =>
        ({
          'by close': 'statements are due when nominations close',
          'by opening': 'statements are due before voting opens',
          none: 'no statement is asked',
        })[v],
    ),
    when(
      stage.withdraw,
      (v) =>
        ({
          'until close': 'a candidate may withdraw until nominations close',
          'until opening': 'a candidate may withdraw until voting opens',
          no: 'no candidate may withdraw',
        })[v],
    ),
    when(stage.uncontested, (v) =>
      v === 'ballot with none-of-these'
        ? 'a single candidate still stands against “none of these”'
        : 'a single candidate is elected without a ballot',
    ),
    when(
      stage.tooFew,
      (v) =>
        ({
          're-open': 'with too few candidates nominations open again',
          'leave empty': 'with too few candidates seats stay empty',
          'co-opt': 'with too few candidates the body co-opts',
        })[v],
    ),
    stage.candidates.kind === '<who>' ? `a candidate is anyone who asks and ${whoWords(stage.candidates.who, s)}` : null,
  ]
}

function ballotWords(stage: StageOf<'ballot'>, s: Speaker): readonly (string | null)[] {
  const { timetable } = stage
  return [
    `those on the roll of ${s.stage(stage.roll)} vote by ${stage.secret ? 'secret' : 'open'} ballot, ${stage.method === 'yes-no' ? '' : 'counted by '}${methodWords[stage.method]}`,
    when(
      stage.question,
      (q) =>
        `the question is ${{ motion: 'the motion', options: 'one of the options', candidates: 'one of those standing', drafts: 'one of the drafts', budget: 'the budget' }[q]}`,
    ),
    when(stage.counting, countingWords),
    when(
      stage.options,
      (o) => `the choices are ${{ candidates: 'the candidates', drafts: 'the drafts', listed: 'those listed' }[o]}`,
    ),
    when(stage.noneOfThese, (v) => (v ? '“none of these” is a choice' : '“none of these” is not a choice')),
    when(stage.abstain, (v) => (v === 'cast' ? 'an abstention is a vote cast' : 'an abstention is not a vote cast')),
    when(stage.weight, (w) =>
      w.kind === 'people'
        ? 'each person has one vote'
        : w.kind === 'bodies <body>'
          ? `each of ${s.many(w.body)} has one vote`
          : `each has as many votes as its “${s.term(w.attribute)}” says`,
    ),
    when(stage.channels, (c) => `votes are taken by ${joined(c, 'and')}`),
    when(
      stage.opens,
      (o) =>
        `it opens only after ${joined(
          o.map((x) => s.stage(x.stage)),
          'and',
        )}`,
    ),
    `${actorsWords(timetable.by, s)} must set an opening within ${durationWords(timetable.within)}; otherwise it opens at ${timetable.timeout.time} on the ${writeOrdinal(timetable.timeout.day)} day`,
    when(stage.period, (period) => `it stays open for ${durationWords(period)}`),
    when(stage.closes, (at) => `it closes at ${momentWords(at, s)}`),
    when(stage.queue, (q) =>
      q === 'those waiting may finish' ? 'those waiting at the close may finish' : 'nobody votes after the instant of closing',
    ),
    when(stage.paper, (p) =>
      p.kind === 'none'
        ? 'there are no paper ballots'
        : p.kind === 'to everyone'
          ? 'everyone is sent a paper ballot'
          : `who asks by ${momentWords(p.moment, s)} is sent a paper ballot`,
    ),
    when(
      stage.lateQuorum,
      (l) =>
        `if enough take part only in its last ${durationWords(l.ifMetInLast)}, it stays open ${durationWords(l.extend)} longer, ${l.once ? 'once' : 'each time'}`,
    ),
    `on a tie ${tieWords[stage.tie]}`,
    when(stage.incompatible, (i) => incompatibleWords(i, s)),
  ]
}

/** Last, because several conditions are lettered limbs. */
const passWords = (stage: Stage, s: Speaker): string | null =>
  stage.do === 'ballot' || stage.do === 'meeting'
    ? conditionsWords('the proposal is carried', stage.pass, s)
    : stage.do === 'consider' && stage.pass !== null
      ? conditionsWords('it agrees', stage.pass, s)
      : null

const unsaid = (stage: Stage): readonly string[] => defaultsOf(stage).map((what) => defaultWords[what])

/** A procedure: a line that names it, then one numbered group per stage. */
export function procedureWords(rule: RuleOf<'procedure'>, s: Speaker): string {
  const lead = sentence(
    `The procedure “${s.term(rule.id)}” has ${rule.stages.length} ${rule.stages.length === 1 ? 'stage' : 'stages'}:`,
  )
  const groups = rule.stages.map((stage) => {
    const name = stage.id === stage.do ? headings[stage.do] : `${headings[stage.do]} “${s.term(stage.id)}”`
    return `${name}. ${group(...own(stage, s), ...unsaid(stage), ...common(stage, s), passWords(stage, s))}`
  })
  return `${lead}\n${numbered(groups)}`
}
