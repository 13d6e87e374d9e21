import { majorityText } from './english-majority.ts'
import { notElectedText, stageText } from './english-stv.ts'
import type { CountWords, FlowWords } from './words.ts'

const flow: FlowWords = {
  title: 'Transfer of votes',
  described:
    'A column of bars for each stage and bands for the votes that stay and those that move. The table after it says the same.',
  stage: (number) => `Stage ${number}`,
  ends: { 'non-transferable': 'Non-transferable', lost: 'Lost to cut-off decimals', pool: 'All surpluses and exclusions' },
  headings: ['Stage', 'From', 'To', 'Votes'],
}

/** Counts told in English. */
export const english: CountWords = { stage: stageText, notElected: notElectedText, flow, majority: majorityText }
