// Constitution for the Debian Project (version 1.9, 2022), section A.5: options that miss the quorum or do not defeat the default option by
// their majority are dropped, then Schwartz sets are taken and the weakest defeats in them dropped until nobody in the set is defeated.
import { winOf, type Preferences, type Win } from './matrix.ts'

/** What the constitution leaves to each vote. */
export type DebianParams = {
  /** The option that stands for "none of the above". */
  readonly defaultOption: number
  /**
   * Developers, for the quorum of a general resolution: at least 3 × √n ÷ 2 papers must prefer an option to the default (4.2.7, with Q
   * half the root). Null: the vote has no quorum.
   */
  readonly developers: number | null
  /** Options that need more than a simple majority over the default, as a ratio such as 3 : 1. */
  readonly majorities: readonly { readonly option: number; readonly for: number; readonly against: number }[]
}

/** Why an option was dropped: too few papers prefer it to the default, or not its majority. */
export type Dropped = {
  readonly option: number
  readonly why: 'quorum' | 'majority'
  readonly for: number
  readonly against: number
}

/** One round of A.5.5 to A.5.7: the Schwartz set, and the weakest defeats in it, which are dropped. None: the round ends it. */
export type SchwartzRound = { readonly set: readonly number[]; readonly droppedDefeats: readonly Win[] }

/** What is left of the options, and how it came about. */
export type DebianOutcome = {
  readonly dropped: readonly Dropped[]
  readonly rounds: readonly SchwartzRound[]
  readonly winners: readonly number[]
}

/** Positive where the first defeat is stronger (A.5.7): more papers for it, or as many and fewer against. */
const stronger = (a: Win, b: Win): number => a.for - b.for || b.against - a.against

/** Decides among the options that stand. */
export function debianOutcome(preferences: Preferences, standing: readonly number[], params: DebianParams): DebianOutcome {
  const dropped: Dropped[] = []
  const left = standing.filter((option) => {
    if (option === params.defaultOption) return true
    const found = droppedFor(preferences, option, params)
    if (found !== null) dropped.push(found)
    return found === null
  })
  let defeats = left.flatMap((a) => left.flatMap((b) => (a === b ? [] : (winOf(preferences, a, b) ?? []))))
  const rounds: SchwartzRound[] = []
  for (;;) {
    const set = schwartzSet(left, defeats)
    const inside = defeats.filter(({ winner, loser }) => set.includes(winner) && set.includes(loser))
    const weakest = inside.filter((defeat) => inside.every((other) => stronger(other, defeat) >= 0))
    rounds.push({ set, droppedDefeats: weakest })
    if (weakest.length === 0) return { dropped, rounds, winners: set }
    defeats = defeats.filter((defeat) => !weakest.includes(defeat))
  }
}

function droppedFor(preferences: Preferences, option: number, params: DebianParams): Dropped | null {
  const ahead = preferences[option]?.[params.defaultOption] ?? 0
  const behind = preferences[params.defaultOption]?.[option] ?? 0
  const found = { option, for: ahead, against: behind }
  // 3 × √n ÷ 2 papers, in whole numbers: 4 × papers² ≥ 9 × n.
  if (params.developers !== null && 4n * BigInt(ahead) * BigInt(ahead) < 9n * BigInt(params.developers))
    return { ...found, why: 'quorum' }
  const ratio = params.majorities.find((m) => m.option === option) ?? { for: 1, against: 1 }
  const met = ahead > behind && BigInt(ahead) * BigInt(ratio.against) >= BigInt(behind) * BigInt(ratio.for)
  return met ? null : { ...found, why: 'majority' }
}

/** Whoever is not defeated, by any chain, by somebody they do not defeat by a chain in turn (A.5.5, A.5.6). */
function schwartzSet(options: readonly number[], defeats: readonly Win[]): readonly number[] {
  const reach = new Map(options.map((c) => [c, reachable(c, defeats)]))
  return options.filter((a) => options.every((b) => !(reach.get(b)?.has(a) ?? false) || (reach.get(a)?.has(b) ?? false)))
}

function reachable(from: number, defeats: readonly Win[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { winner, loser } of defeats)
      if (winner === at && !found.has(loser)) {
        found.add(loser)
        open.push(loser)
      }
  return found
}
