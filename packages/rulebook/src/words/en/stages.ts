import type { TypeOf } from '../../codec.ts'
import { writeOrdinal } from '../../codec.ts'
import type { RuleOf } from '../../model.ts'
import { groundText, type Stage, type StageOf } from '../../schema/stages.ts'
import { actorsWords, anchorWords, conditionsWords, durationWords, momentWords, thresholdWords } from './expressions.ts'
import { group, joined, numbered, sentence, spaced, when, type Speaker } from './names.ts'
import type { powerName } from '../../schema/foundations.ts'

/** What a power does, as the end of "may …". */
export const powerWords: Readonly<Record<TypeOf<typeof powerName>, string>> = {
  'amend-rulebook': 'change these rules',
  'adopt-policy': 'adopt policy',
  'set-priorities': 'set priorities',
  endorse: 'endorse a candidate',
  elect: 'elect',
  'fill-vacancy': 'fill a vacancy',
  recall: 'recall from office',
  admit: 'admit a member',
  suspend: 'suspend a member',
  exclude: 'exclude a member',
  readmit: 'readmit a member',
  'recognise-group': 'recognise a group',
  'derecognise-group': 'close a group',
  affiliate: 'affiliate to a body',
  disaffiliate: 'leave a body',
  proscribe: 'proscribe an organisation',
  'issue-statement': 'speak for the movement',
  'call-meeting': 'call a meeting',
  'call-ballot': 'call a ballot',
  postpone: 'postpone',
  spend: 'spend money',
  appoint: 'appoint to office',
  'delegate-power': 'delegate a power',
  'emergency-measure': 'take an emergency measure',
  dissolve: 'dissolve the movement',
}

const headings: Readonly<Record<Stage['do'], string>> = {
  propose: 'Proposal',
  support: 'Support',
  check: 'Check',
  notify: 'Notice',
  debate: 'Debate',
  consider: 'Consideration',
  nominate: 'Nominations',
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
  `if ${outcomeWords[row.key] ?? `the outcome is “${spaced(row.key)}”`}, ${targetWords(row.value, s)}`

function common(stage: Stage, s: Speaker): readonly (string | null)[] {
  return [
    when(stage.with, (id) => `it runs beside ${s.stage(id)}`),
    when(stage.after, (id) => `it begins after ${s.stage(id)}`),
    when(stage.skipIf, (actors) => `it is left out when ${actorsWords(actors, s)} proposes`),
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
            })[form],
        ),
        when(stage.due, (at) => `it must arrive by ${momentWords(at, s)}`),
        when(stage.when, (at) => `it may be made from ${momentWords(at, s)}`),
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
          stage.grounds.map((g) => (g.kind === 'breaks <clause>' ? `breaking rule ${g.clause}` : spaced(groundText(g)))),
          'or',
        )}`,
        when(stage.appeal, (appeal) => `a refusal may be appealed under “${spaced(appeal)}”`),
        `without an answer in time it ${stage.timeout === 'passed' ? 'passes' : 'is refused'}`,
      ]
    case 'notify':
      return [
        `notice goes to every ${s.one(stage.to.electorate)}${stage.to.kind === 'electorate <electorate>' ? '' : ' of this group'}${when(stage.service, (id) => `, served under “${spaced(id)}”`) ?? ''}`,
        when(stage.text, (t) => (t === 'final' ? 'it holds the final text' : 'it holds the statements of all')),
        `it runs for ${durationWords(stage.clear)} after it is received`,
      ]
    case 'debate':
      return [`debate is open for ${durationWords(stage.lasts)}`]
    case 'consider':
      return [
        `${s.the(stage.body)} must consider it within ${durationWords(stage.within)}`,
        ...(stage.outcomes ?? []).map((row) => branch(row, s)),
        when(stage.appeal, (appeal) => `its answer may be appealed under “${spaced(appeal)}”`),
        `without an answer in time ${{ agreed: 'it counts as agreed', refused: 'it counts as refused', fallen: 'the proposal falls' }[stage.timeout]}`,
      ]
    case 'nominate':
      return nominateWords(stage, s)
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
          : `after that ${s.the(stage.timeout.office)} certifies in the same time again, or it counts as certified`,
      ]
    case 'challenge':
      return [
        `${actorsWords(stage.by, s)} may challenge the result before ${s.the(stage.to)} within ${durationWords(stage.within)}`,
        `the grounds are: ${joined(stage.grounds.map(spaced), 'or')}`,
        `${s.the(stage.to)} decides within ${durationWords(stage.decideWithin)}; without an answer in time the challenge is ${stage.timeout}`,
        stage.stay ? 'an open challenge stops what follows' : 'an open challenge stops nothing',
      ]
    case 'delay':
      return [`${durationWords(stage.lasts)} must pass`]
    case 'enact':
      return [
        `it takes effect at the end of ${anchorWords(stage.at.stage, s)}: its effect is to ${powerWords[stage.effect]}`,
        when(stage.merge, (m) =>
          m === 'rebase'
            ? 'changes made since notice are carried over'
            : 'it is refused if a clause it touches has changed since notice',
        ),
      ]
  }
}

function nominateWords(stage: StageOf<'nominate'>, s: Speaker): readonly (string | null)[] {
  return [
    'every eligible person who asks is a candidate',
    `nominations are open for ${durationWords(stage.window)}`,
    when(stage.signers, (signers) => `signatures come from ${s.the(signers.electorate)}`),
    when(stage.need, (need) => `a candidate needs ${thresholdWords(need, s)}`),
    when(stage.statement, (v) => (v === 'by close' ? 'statements are due when nominations close' : 'no statement is asked')),
    when(stage.withdraw, (v) =>
      v === 'until close' ? 'a candidate may withdraw until nominations close' : 'no candidate may withdraw',
    ),
    when(stage.uncontested, (v) =>
      v === 'ballot with none-of-these'
        ? 'a single candidate still stands against “none of these”'
        : 'a single candidate is elected without a ballot',
    ),
    when(stage.tooFew, (v) =>
      v === 're-open' ? 'with too few candidates nominations open again' : 'with too few candidates seats stay empty',
    ),
  ]
}

/** What a method of counting is called. */
export const methodWords: Readonly<Record<StageOf<'ballot'>['method'], string>> = {
  'yes-no': 'yes or no',
  schulze: 'the Schulze method',
  'scottish-stv': 'the single transferable vote, as in Scotland',
  approval: 'approval',
  'block-vote': 'the block vote',
  'choose-k': 'a choice of several',
  score: 'scores',
  budget: 'a shared budget',
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
    when(
      stage.options,
      (o) => `the choices are ${{ candidates: 'the candidates', drafts: 'the drafts', listed: 'those listed' }[o]}`,
    ),
    when(stage.noneOfThese, (v) => (v ? '“none of these” is a choice' : '“none of these” is not a choice')),
    when(stage.abstain, (v) => (v === 'cast' ? 'an abstention is a vote cast' : 'an abstention is not a vote cast')),
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
    `it stays open for ${durationWords(stage.period)}`,
    when(stage.queue, () => 'those waiting at the close may finish'),
    when(
      stage.lateQuorum,
      (l) =>
        `if enough take part only in its last ${durationWords(l.ifMetInLast)}, it stays open ${durationWords(l.extend)} longer, ${l.once ? 'once' : 'each time'}`,
    ),
    `on a tie ${{ falls: 'it falls', carried: 'it is carried', 'lot in public': 'lots are drawn in public', 'casting vote': 'the chair has a casting vote' }[stage.tie]}`,
  ]
}

/** Last, because several conditions are lettered limbs. */
const passWords = (stage: Stage, s: Speaker): string | null =>
  stage.do === 'ballot' ? conditionsWords('the proposal is carried', stage.pass, s) : null

/** A procedure: a line that names it, then one numbered group per stage. */
export function procedureWords(rule: RuleOf<'procedure'>, s: Speaker): string {
  const lead = sentence(
    `The procedure “${spaced(rule.id)}” has ${rule.stages.length} ${rule.stages.length === 1 ? 'stage' : 'stages'}:`,
  )
  const groups = rule.stages.map((stage) => {
    const name = stage.id === stage.do ? headings[stage.do] : `${headings[stage.do]} “${spaced(stage.id)}”`
    return `${name}. ${group(...own(stage, s), ...common(stage, s), passWords(stage, s))}`
  })
  return `${lead}\n${numbered(groups)}`
}
