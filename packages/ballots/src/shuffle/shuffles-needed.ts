import type { Element } from '../groups/groups.ts'
import type { Trustees } from '../trustees/trustees-format.ts'

type Items = Pick<Trustees<Element>, 'items'>

/** How many trustees must open a box together: every one who stands alone, and of each group as many as its threshold. */
export const openersNeeded = ({ items }: Items): number =>
  items.reduce((n, item) => n + (item.kind === 'Single' ? 1 : item.threshold), 0)

/**
 * How many different trustees must have shuffled before papers are opened: as many as could open the box together, and never fewer than two.
 * Trustees who tell each other their orders know whose paper is whose; so many as this could have opened each ballot in any case.
 */
export const shufflesNeeded = (trustees: Items): number => Math.max(2, openersNeeded(trustees))
