// Who gave votes to whom in a stage. Table, drawing and sentences all take it from here, and it is the difference of the table.
import { assert } from '@quorate/kernel'
import type { Stage, StvCount, Votes } from '../trace.ts'

/**
 * Where an amount came from or went: a candidate, nobody (`non-transferable`), `lost` to cut-off decimals, or the `pool` of a Meek method,
 * in which all that anybody gives is shared out at once and no single giver belongs to a receiver.
 */
export type FlowEnd = number | 'pool' | 'non-transferable' | 'lost'

/** An amount of votes that moved in a stage, never 0. */
export type FlowLink = { readonly from: FlowEnd; readonly to: FlowEnd; readonly amount: Votes }

/** The links of stage `number` (from 1), from its transfers or, for a Meek method, from the difference of the totals. */
export function flowOf(count: StvCount, number: number): readonly FlowLink[] {
  const stage = count.stages[number - 1]
  const before = count.stages[number - 2]
  assert(stage !== undefined, 'the count has this stage')
  if (before === undefined) return []
  return stage.iterations.length > 0 ? pooled(before, stage) : transferred(stage)
}

function transferred(stage: Stage): readonly FlowLink[] {
  const links: { from: number; to: FlowEnd; amount: Votes }[] = []
  for (const { from, parcels, lost } of stage.transfers) {
    const add = (to: FlowEnd, amount: Votes): void => {
      const known = links.find((link) => link.from === from && link.to === to)
      if (known !== undefined) known.amount += amount
      else if (amount !== 0n) links.push({ from, to, amount })
    }
    for (const { to, amount } of parcels) add(to ?? 'non-transferable', amount)
    add('lost', lost)
  }
  return links
}

function pooled(before: Stage, stage: Stage): readonly FlowLink[] {
  const links: FlowLink[] = []
  const add = (who: FlowEnd, gain: Votes): void => {
    if (gain > 0n) links.push({ from: 'pool', to: who, amount: gain })
    else if (gain < 0n) links.push({ from: who, to: 'pool', amount: -gain })
  }
  for (const [c, total] of stage.totals.entries()) add(c, total - (before.totals[c] ?? 0n))
  add('non-transferable', stage.nonTransferable - before.nonTransferable)
  add('lost', stage.lost - before.lost)
  return links
}

/** What all links bring to one end, less what they take from it: the change of its figure in the table. */
export const gainOf = (links: readonly FlowLink[], end: FlowEnd): Votes =>
  links.reduce((sum, { from, to, amount }) => sum + (to === end ? amount : 0n) - (from === end ? amount : 0n), 0n)
