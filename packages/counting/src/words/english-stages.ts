// English for everything that is not a transferable vote.
import type { Base } from '../majority.ts'
import { counted, countedText, listed } from './english-phrases.ts'
import { isPart } from './figures.ts'
import type {
  BudgetPhrases,
  CommitteePhrases,
  GradePhrases,
  MajorityPhrases,
  PairPhrases,
  SinglePhrases,
  StepFigure,
} from './phrases.ts'

/** What a share is of: one, and several. */
const bases: Readonly<Record<Base, readonly [one: string, many: string]>> = {
  'for-and-against': ['vote for or against', 'votes for and against'],
  'votes-cast': ['vote cast', 'votes cast'],
  valid: ['valid paper', 'valid papers'],
  returned: ['paper returned', 'papers returned'],
  issued: ['paper issued', 'papers issued'],
  roll: ['person on the roll', 'people on the roll'],
  present: ['person present', 'people present'],
  seated: ['seat filled', 'seats filled'],
  seats: ['seat', 'seats'],
  electorate: ['person in the electorate', 'people in the electorate'],
}
const papers = (n: number): string => counted(n, 'paper', 'papers')
const was = (who: readonly string[]): string => `${listed(who)} ${who.length === 1 ? 'was' : 'were'}`

/** Yes-or-no decisions in English. */
export const englishMajority: MajorityPhrases = {
  outcome: (carried, votes, aside) => {
    const rest = [
      [aside.abstain, 'abstained'],
      [aside.blank, 'left blank'],
      [aside.spoilt, 'spoilt'],
    ].flatMap(([n, word]) => (n === null ? [] : [`${n ?? ''} ${word ?? ''}`]))
    return `${carried ? 'Carried' : 'Not carried'}: ${[`${votes.for} for, ${votes.against} against`, ...rest].join(', ')}.`
  },
  condition: (measure, comparison, need, { line, votes, margin, sign, met }) => {
    const what = measure === 'yes' ? 'Votes for' : 'Turnout'
    const how = 'number' in need ? need.number : `${need.share} of ${countedText(need.size, ...bases[need.of])}`
    const by = sign < 0 ? `${margin} short` : sign === 0 ? 'met exactly' : `met with ${margin} to spare`
    return `${what} ${comparison} ${how}: the line is ${line}, there ${votes === '1' ? 'was' : 'were'} ${votes}, ${by}.${met ? '' : ' Not met.'}`
  },
  options: { for: 'For', against: 'Against', abstain: 'Abstentions', blank: 'Blank papers', spoilt: 'Spoilt papers' },
}

/** Comparisons in pairs in English. */
export const englishPairs: PairPhrases = {
  compared: (valid, blank) =>
    `Each candidate was compared with each other on ${papers(valid)}${blank === 0 ? '' : ` (${papers(blank)} ranked nobody who stands)`}.`,
  beatsAll: (who) => `${who} was preferred to every other candidate, one to one.`,
  nobodyBeatsAll: 'Nobody was preferred to every other candidate, one to one, so the method decides.',
  win: ({ winner, loser, for: ahead, against }) => `${winner} over ${loser} (${ahead} to ${against})`,
  strongestChains: (winners) =>
    winners.length === 1
      ? `Chains of wins were compared, each as strong as its weakest win. No chain against ${listed(winners)} is stronger than the one back.`
      : `Chains of wins were compared, each as strong as its weakest win. No chain against ${listed(winners)} is stronger than the one back, so they are level.`,
  locked: (locked, leftOut) =>
    `Wins were taken from the strongest down, and ${counted(locked, 'was', 'were')} locked.${leftOut.length === 0 ? '' : ` Left out, because stronger wins already said the opposite: ${leftOut.join('; ')}.`}`,
  lockedTop: (who) => `With all of them locked, nobody stands above ${listed(who)}.`,
  worst: (winners, n) =>
    n === '0' ? `Nobody beats ${listed(winners)}.` : `The smallest worst defeat is ${n}: that of ${listed(winners)}.`,
  mostPoints: (winners, points) =>
    `A point for each candidate beaten: ${listed(winners)} ${winners.length === 1 ? 'has' : 'have'} most, ${points}.`,
  droppedQuorum: (who, votes) =>
    `${who} was dropped: ${countedText(votes, 'paper prefers', 'papers prefer')} it to the default option, fewer than the quorum.`,
  droppedMajority: (who, votes, against) =>
    `${who} was dropped: ${countedText(votes, 'paper prefers', 'papers prefer')} it to the default option and ${countedText(against, 'does', 'do')} not, short of its majority.`,
  schwartz: (set, dropped) =>
    dropped.length === 0
      ? `Nobody outside defeats any of these, and none of them another: ${listed(set)}.`
      : `Left with ${listed(set)}, who defeat each other in a circle. The weakest ${dropped.length === 1 ? 'defeat was' : 'defeats were'} set aside: ${dropped.join('; ')}.`,
  oneToOne: (winner, loser, ahead, behind) =>
    ahead === behind
      ? `One to one, ${winner} and ${loser} are level at ${ahead}.`
      : `One to one, ${winner} has ${ahead} and ${loser} ${behind}.`,
  chain: (winner, who, weakest, back) =>
    `The chain from ${winner} to ${who} is as strong as ${weakest}. ${back === null ? 'No chain leads back.' : `The chain back is weaker: ${back}.`}`,
  lockedAbove: (winner, who, chain) => `The locked wins put ${winner} above ${who}: ${chain.join('; ')}.`,
  worstOf: (who, n, winner, theirs) => `The worst defeat of ${who} is ${n}, that of ${winner} ${theirs}.`,
  pointsOf: (who, points, winner, theirs) => `${who} has ${points} of these points, ${winner} ${theirs}.`,
  outsideSet: (who, set) => `${who} is defeated, directly or by a chain, by ${listed(set)} and does not defeat them back.`,
  level: (who, winner) => `The method puts neither ${who} nor ${winner} before the other.`,
}

/** Methods by grades in English. */
export const englishGrades: GradePhrases = {
  added: (n, winners) => `The grades of ${papers(n)} were added up. The highest figure is that of ${listed(winners)}.`,
  tooFew: (who) => `Too few papers grade ${listed(who)} for a total to count.`,
  finalists: (first, second, sums) =>
    second === null
      ? `${first} stands alone.`
      : `The two highest totals are those of ${first} (${sums[0] ?? ''}) and ${second} (${sums[1] ?? ''}): they go to the runoff.`,
  starTie: (where, tied, by, left) => {
    const level = `${listed(tied)} were level in the ${where === 'scores' ? 'totals' : 'runoff'}`
    const how = {
      'head to head': 'more wins among them one to one',
      'higher score': 'the higher total',
      'highest grades': 'more highest grades',
      lot: 'the lot',
    }[by]
    return `${level}; ${how} decided for ${listed(left)}.`
  },
  runoff: (first, second, forFirst, forSecond, alike, winner) =>
    `In the runoff ${countedText(forFirst, 'paper grades', 'papers grade')} ${first} higher, ${countedText(forSecond, 'grades', 'grade')} ${second} higher and ${countedText(alike, 'grades', 'grade')} both alike: ${winner} wins.`,
  medians: (n) => `On ${papers(n)}, each candidate’s grades were put in order and the middle one is the majority grade.`,
  median: (who, grade) => `${listed(who)}: ${grade}.`,
  parted: (better, worse, taken, medians) =>
    medians === null
      ? `${better} and ${worse} have the same grades throughout.`
      : `${better} and ${worse} have the same majority grade. After ${taken} of it ${taken === '1' ? 'was' : 'were'} taken away from each, the middle grades were ${medians[0]} and ${medians[1]}.`,
  pointsCounted: (n, overspent) =>
    `The points of ${papers(n)} were added up.${overspent === 0 ? '' : ` ${papers(overspent)} gave more points than there were to give and ${overspent === 1 ? 'is' : 'are'} not valid.`}`,
  behind: (who, figure, last, line) => `${who} has ${figure}; ${last}, the last elected, has ${line}.`,
  notFinalist: (who, sum, finalist, line) => `${who} did not reach the runoff: a total of ${sum}, where ${finalist} had ${line}.`,
  graderShort: (who, graders) =>
    `Only ${countedText(graders, 'paper grades', 'papers grade')} ${who}: too few for a mean to count.`,
  medianBehind: (who, grade, last, line) =>
    grade === null
      ? `Nobody graded ${who}.`
      : `The majority grade of ${who} is ${grade}; that of ${last}, the last elected, is ${line ?? '–'}.`,
}

const pointsOf = (figure: string): string => countedText(figure, 'point', 'points')

/** A part of a seat, or whole ones. */
const seatsOf = (figure: string): string => (isPart(figure) ? `${figure} of a seat` : countedText(figure, 'seat', 'seats'))

const gained = ({ kind, text }: StepFigure): string =>
  ({
    points: `, who adds most, ${pointsOf(text)}`,
    load: `, whose voters then carry the smallest greatest load, ${seatsOf(text)}`,
    figure: `, at ${text}`,
  })[kind]

/** Committees by approval in English. */
export const englishCommittee: CommitteePhrases = {
  approvals: (n) => `The approvals on ${papers(n)} were counted.`,
  most: (who) => `${was(who)} ahead of all others.`,
  best: (committees) =>
    committees === 1
      ? 'Every possible committee was weighed by the rule, and one is best.'
      : `Every possible committee was weighed by the rule, and ${committees} are equally good.`,
  taken: (step, who, figure, tied) =>
    `Seat ${step} went to ${who}${figure === null ? '' : gained(figure)}.${tied.length === 0 ? '' : ` ${listed(tied)} ${tied.length === 1 ? 'was' : 'were'} level and the lot chose.`}`,
  removed: (step, who, figure, tied) =>
    `Removal ${step}: without ${who} least was lost${figure === null ? '' : `, ${pointsOf(figure.text)}`}.${tied.length === 0 ? '' : ` ${listed(tied)} ${tied.length === 1 ? 'was' : 'were'} level and the lot chose.`}`,
  tiedCommittees: (n) =>
    `The rule leaves ${counted(n, 'committee', 'committees')} level; the published lot order chose among them.`,
  whySupport: (who, n, last, line) => `${who} was approved on ${papers(n)}; ${last}, the last elected, on ${line}.`,
  whyStepwise: (who, n, steps) =>
    `${who} was approved on ${papers(n)}, but at ${steps === 1 ? 'the only step' : `each of the ${steps} steps`} somebody else added more for those not yet represented.`,
  whyTiedAt: (who, step, chosen) => `At step ${step} ${who} was level with ${chosen}, and the lot preferred ${chosen}.`,
  whyRemoved: (who, step, n) =>
    `${who}, approved on ${papers(n)}, was removed at step ${step}, when least was lost without them.`,
  whyNoCommittee: (who, n, tied) =>
    `${who} was approved on ${papers(n)}, but is on no best committee${tied === 1 ? '' : ` (there are ${tied})`}.`,
  whyLot: (who, on, of) =>
    `${who} is on ${on} of the ${counted(of, 'committee that was', 'committees that were')} level; the lot chose another.`,
}

/** Budgets in English. */
export const englishBudget: BudgetPhrases = {
  start: (budget, projects) => `There is ${budget} to spend and ${counted(projects, 'project', 'projects')} to choose from.`,
  share: (share) => `Each voter’s share is ${share}.`,
  funded: (who, cost, n, left, price) =>
    `${who} was funded: ${cost}, backed on ${papers(n)}${price === null ? '' : `, at ${price} for each unit of worth`}. That leaves ${left}.`,
  tooDear: (who, cost, left) => `${who} costs ${cost}, and only ${left} was left.`,
  tooFew: (who, n) => `${who} is backed on ${papers(n)}, fewer than a project needs.`,
  excludedBy: (who, other) => `${who} cannot be funded beside ${other}.`,
  stopped: (who) => `${who} came after a project that the money did not reach, and there the rule stops.`,
  notAffordable: (who, n, cost) =>
    `${who} costs ${cost}. Those who back it (${papers(n)}) could not pay for it together from their shares.`,
  tied: (who, chosen) => `${listed(who)} were level, and the lot put ${chosen} first.`,
  outcome: (funded, spent, left) =>
    funded.length === 0
      ? `Nothing is funded; ${left} is left.`
      : `${counted(funded.length, 'project', 'projects')} funded for ${spent}: ${listed(funded)}. ${left} is left.`,
  ends: { budget: 'Budget', left: 'Money left' },
  acts: {
    funded: 'funded',
    'does not fit': 'does not fit',
    'too few votes': 'too few votes',
    'excluded by another': 'excluded by another',
    stopped: 'after the stop',
    untouched: 'not affordable',
  },
}

/** Marks, points of places and two rounds in English. */
export const englishSingle: SinglePhrases = {
  marks: (valid, blank, tooFew, tooMany) => {
    const aside = [
      [blank, 'blank'],
      [tooFew, 'with too few marks'],
      [tooMany, 'with too many'],
    ].flatMap(([n, what]) => (n === 0 ? [] : [`${n ?? ''} ${what ?? ''}`]))
    return `The marks on ${papers(valid)} were added up${aside.length === 0 ? '' : ` (not counted: ${aside.join(', ')})`}.`
  },
  points: (valid, blank) =>
    `The points for each place on ${papers(valid)} were added up${blank === 0 ? '' : ` (${papers(blank)} ranked nobody who stands)`}.`,
  ahead: (who) => `${listed(who)} ${who.length === 1 ? 'has' : 'have'} most.`,
  kept: (who, group, clause, others) =>
    `${counted(who.length, 'place is', 'places are')} kept for “${group}” (${clause}), and of them ${listed(who)} ${who.length === 1 ? 'has' : 'have'} most.${others.length === 0 ? '' : ` Of all others ${listed(others)} ${others.length === 1 ? 'has' : 'have'} most.`}`,
  allKept: (group) => `Every place was kept for “${group}”.`,
  majority: (needed) => `${countedText(needed, 'vote is', 'votes are')} more than half.`,
  wonAtOnce: (who, votes) => `${who} has ${votes}, which decides it.`,
  goOn: (who) => `Nobody has that many, so a second round is due between ${listed(who)}.`,
  secondDue: 'Its papers are still to come.',
  isOn: (who) => `${who} goes on to the second round.`,
  wonSecond: (who, votes) => `In the second round the most votes are enough: ${who} has ${votes}.`,
  notOn: (who, votes, last, line) => `${who} had ${votes} and did not reach the second round; ${last} did with ${line}.`,
  undecided: (who) => `Not decided yet: a second round between ${listed(who)}.`,
}
