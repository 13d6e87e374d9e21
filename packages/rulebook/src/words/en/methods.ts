import type { StageOf } from '../../schema/stages.ts'
import { group, when } from './names.ts'

/** What a method of counting is called. */
export const methodWords: Readonly<Record<StageOf<'ballot'>['method'], string>> = {
  'yes-no': 'yes or no',
  plurality: 'most votes',
  'two-round': 'two rounds',
  'instant-run-off': 'instant run-off',
  'scottish-stv': 'the single transferable vote, as in Scotland',
  'nz-meek': 'Meek’s single transferable vote, as in New Zealand',
  'reference-meek': 'Meek’s single transferable vote, by the reference rules',
  ers97: 'the single transferable vote by the ERS97 rules',
  schulze: 'the Schulze method',
  'ranked-pairs': 'ranked pairs',
  minimax: 'the least worst defeat',
  approval: 'approval',
  'block-vote': 'the block vote',
  'choose-k': 'a choice of several',
  score: 'scores',
  star: 'scores and then a run-off of the top two',
  'majority-judgment': 'majority judgment',
  'proportional-approval': 'proportional approval',
  phragmen: 'Phragmén’s method',
  'equal-shares': 'the method of equal shares',
  budget: 'a shared budget',
}

/** What the rule settles where the method leaves a choice. */
export function countingWords(c: NonNullable<StageOf<'ballot'>['counting']>): string {
  return group(
    when(c.seats, (n) => `the count fills ${n} ${n === 1 ? 'seat' : 'seats'}`),
    when(c.choices, (n) => `a ballot may name ${n === 1 ? '1 choice' : `up to ${n} choices`}`),
    when(c.grades, (n) => `grades run from 0 to ${n}`),
    when(c.strength, (v) => `a defeat is measured by its ${v}`),
    when(c.unranked, (v) => (v === 'last' ? 'who is not ranked counts as last' : 'who is not ranked counts as no opinion')),
    when(c.equalRanks, (v) => (v ? 'equal ranks are allowed' : 'equal ranks are not allowed')),
    when(c.overLong, (v) =>
      v === 'cut' ? 'a ballot with too many choices is cut' : 'a ballot with too many choices is invalid',
    ),
    when(c.blank, (v) => (v === 'zero' ? 'a blank counts as 0' : 'a blank counts as no opinion')),
    when(c.majority, (v) =>
      v === 'of continuing' ? 'a majority is one of the ballots still in play' : 'a majority is one of all valid ballots',
    ),
    when(c.completion, (v) => (v === 'none' ? 'places left over stay empty' : `places left over are filled by the ${v} rule`)),
  )
}
