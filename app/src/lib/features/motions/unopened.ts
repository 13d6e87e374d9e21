import { fewestOpened, type StageMarks } from '@quorate/rulebook'

/**
 * Whether a ballot has fallen with its box unopened: so few voted in secret that nobody learns how. Votes of a box that was opened add up to more than
 * nothing, and what was chosen from a list is said of it.
 */
export const isUnopened = ({ result, chosen }: StageMarks['box']): boolean =>
  result?.outcome === 'fallen' &&
  chosen === undefined &&
  result.tally.cast < fewestOpened &&
  result.tally.for + result.tally.against + result.tally.blank === 0
