import { englishAsIf } from '../constrained/english.ts'
import { wholeText } from './figures.ts'
import { englishBudget, englishCommittee, englishGrades, englishMajority, englishPairs, englishSingle } from './english-stages.ts'
import { counted, countedText, listed, votesOf } from './english-phrases.ts'
import { englishStv } from './english-stv.ts'
import type { CommonPhrases, FlowWords, Phrases } from './phrases.ts'
import type { CountWords } from './words.ts'
import { wordsFrom } from './words-from.ts'

const flow: FlowWords = {
  title: 'Transfer of votes',
  described:
    'A column of bars for each stage and bands for the votes that stay and those that move. The table after it says the same.',
  stage: (number) => `Stage ${number}`,
  ends: { 'non-transferable': 'Non-transferable', lost: 'Lost to cut-off decimals', pool: 'All surpluses and exclusions' },
  headings: ['Stage', 'From', 'To', 'Votes'],
}

const common: CommonPhrases = {
  list: listed,
  votes: votesOf,
  papers: (n) => counted(n, 'paper', 'papers'),
  points: (figure) => countedText(figure, 'point', 'points'),
  seats: (n) => counted(n, 'seat', 'seats'),
  candidate: (number) => `candidate ${number}`,
  stage: (number) => `Stage ${number}`,
  headings: {
    candidate: 'Candidate',
    project: 'Project',
    votes: 'Votes',
    points: 'Points',
    cost: 'Cost',
    left: 'Left',
    outcome: 'Outcome',
    step: 'Step',
    figure: 'Figure',
    tied: 'Level with',
    total: 'Total',
    quota: 'Quota',
    majority: 'Majority',
    'non-transferable': 'Non-transferable',
    base: 'Base',
    line: 'Line',
    margin: 'Margin',
    condition: 'Condition',
    winner: 'Winner',
    loser: 'Loser',
    for: 'For',
    against: 'Against',
    locked: 'Locked',
    grade: 'Majority grade',
    none: 'Both alike',
    method: 'Method',
    seats: 'Seats',
    valid: 'Valid papers',
    blank: 'Papers not counted',
    papers: 'Papers',
    budget: 'Budget',
    spent: 'Spent',
    share: 'Share',
  },
  captions: {
    stages: 'Votes at the end of each stage',
    pairs: 'Papers that prefer the row’s candidate to the column’s',
    paths: 'Strength of the strongest chain from row to column',
    locking: 'Wins from the strongest down',
    grades: 'Papers for each grade',
    steps: 'Step by step',
    projects: 'Projects',
    conditions: 'Conditions',
    approvals: 'Papers that approve each candidate',
    ranking: 'Totals',
  },
  yes: 'yes',
  no: 'no',
  elected: (names, unfilled) => {
    const rest = unfilled === 0 ? '' : ` ${wholeText(unfilled)} ${unfilled === 1 ? 'seat stays' : 'seats stay'} empty.`
    return names.length === 0 ? `Nobody is elected.${rest}` : `Elected: ${listed(names)}.${rest}`
  },
  standing: {
    elected: (stage, atQuota) => `elected at stage ${stage}${atQuota ? '' : ', as the last left'}`,
    excluded: (stage) => `excluded at stage ${stage}`,
    'not reached': 'still in at the end',
    withdrawn: 'withdrew',
    chosen: 'elected',
    'not chosen': 'not elected',
    funded: 'funded',
    'not funded': 'not funded',
    placed: (place) => `not elected, in place ${place}`,
  },
  byLot: (tied, chosen) => `The rule leaves ${listed(tied)} level. The published lot order decided: ${listed(chosen)}.`,
}

const phrases: Phrases = {
  language: 'en',
  common,
  flow,
  stv: englishStv,
  majority: englishMajority,
  pairs: englishPairs,
  grades: englishGrades,
  committee: englishCommittee,
  budget: englishBudget,
  single: englishSingle,
  asIf: englishAsIf,
}

/** Counts told in English. */
export const english: CountWords = wordsFrom(phrases)
