import type { Instant } from '@quorate/kernel'
import { analyse, provisionsOf, standingBodies, watchfulFacts, type Rulebook } from '@quorate/rulebook'
import type { Locale } from '#lib/platform/words.ts'
import { powerName, whatIf, type WhatIf } from './what-if.ts'

/** The shortest ways to one power of the text, and for each body whether it could do it alone. */
export type CoupTold = {
  readonly power: string
  readonly name: string
  readonly alone: readonly { readonly text: string; readonly can: boolean }[]
  readonly result: WhatIf
}

// Fewer than on the page of the rulebook in force: the answer is to come while one types.
const effort = { labels: 4 }

/** Tells the shortest ways to every power of a rulebook, with so many people in every electorate and all seats filled. */
export function coupOf(rulebook: Rulebook, people: number, from: Instant, locale: Locale): readonly CoupTold[] {
  const electorates = Object.fromEntries(provisionsOf(rulebook, 'electorate').map(({ rule }) => [rule.id, people]))
  const analysis = analyse(rulebook, { ...watchfulFacts(from), electorates }, effort)
  return analysis.powers.flatMap((answer): readonly CoupTold[] => {
    const power = answer.tier === null ? answer.power : `${answer.power} ${answer.tier}`
    const result = whatIf(rulebook, analysis, { power, body: null }, locale)
    if (result === null) return []
    const alone = standingBodies(rulebook).flatMap((body) => {
      const own = whatIf(rulebook, analysis, { power, body }, locale)
      return own === null ? [] : [{ text: own.answer, can: own.can === true }]
    })
    return [{ power, name: powerName(rulebook, answer, locale), alone, result }]
  })
}
