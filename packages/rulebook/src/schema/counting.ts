import { integer, word, yesNo } from '../language/codec.ts'
import { someFields } from '../language/codec-fields.ts'

/** A method of counting ballots. */
export const method = word(
  'yes-no',
  'plurality',
  'two-round',
  'instant-run-off',
  'scottish-stv',
  'nz-meek',
  'reference-meek',
  'ers97',
  'schulze',
  'ranked-pairs',
  'minimax',
  'approval',
  'block-vote',
  'choose-k',
  'score',
  'star',
  'majority-judgment',
  'proportional-approval',
  'phragmen',
  'equal-shares',
  'budget',
)

/** What a statute or a book leaves open in a method of counting. */
export const counting = someFields({
  seats: integer,
  choices: integer,
  grades: integer,
  strength: word('winning votes', 'margins'),
  unranked: word('last', 'no opinion'),
  'equal-ranks': yesNo,
  'over-long': word('invalid', 'cut'),
  blank: word('zero', 'no opinion'),
  majority: word('of continuing', 'of all valid'),
  completion: word('utilitarian', 'phragmen', 'add one', 'none'),
})
