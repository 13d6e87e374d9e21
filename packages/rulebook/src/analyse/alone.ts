import { seatsOf } from '../decision/body-vote.ts'
import { provision, provisionsOf, type Rulebook } from '../language/model.ts'
import type { Analysis, Demand, Path, PowerAnswer } from './answer.ts'

/** People a body does not have among its own, for one kind of them: how many more it takes. */
export type Missing = Demand & { readonly missing: number }

/** Whether the holders of all seats of a body could use a power without anybody else. */
export type AloneAnswer = {
  readonly power: string
  readonly tier: string | null
  readonly body: string
  /** Seats filled, or established where nobody said. */
  readonly own: number
  readonly can: boolean
  /** The way that asks fewest others; null when there is no way at all. */
  readonly path: Path | null
  /** Whom else it asks, and how many more of them; empty exactly when `can`. */
  readonly missing: readonly Missing[]
}

/**
 * Could this body do it without us? For each power of an analysis: yes with the way, or no with whom else it takes. Holders of seats count as
 * people of every electorate, and have the offices they fill themselves.
 */
export function alone(rulebook: Rulebook, analysis: Analysis, body: string): readonly AloneAnswer[] {
  const own = analysis.facts.bodies[body]?.seated ?? seatsOf(rulebook, body) ?? 0
  const offices = new Set(
    provisionsOf(rulebook, 'office').flatMap(({ rule }) => {
      const { filled } = rule
      return 'by' in filled && filled.by === body ? [rule.id] : []
    }),
  )
  return analysis.powers.map((answer) => ({
    ...best(answer, body, own, offices),
    power: answer.power,
    tier: answer.tier,
    body,
    own,
  }))
}

type Judged = Pick<AloneAnswer, 'can' | 'path' | 'missing'>

function best(answer: PowerAnswer, body: string, own: number, offices: ReadonlySet<string>): Judged {
  const paths = [...answer.front, ...answer.routes.flatMap((r) => [r.direct, r.cheapest].filter((p) => p !== null))]
  const judged = paths.map((path): Judged & { readonly others: number } => {
    const missing = path.needs.flatMap((d): readonly Missing[] => {
      const has =
        d.pool === 'seat'
          ? d.id === body
            ? own
            : 0
          : d.pool === 'elector'
            ? own
            : d.pool === 'office' && offices.has(d.id)
              ? d.count
              : 0
      return d.pool === 'newcomer' || d.count <= has ? [] : [{ ...d, missing: d.count - has }]
    })
    const others = missing.reduce((sum, m) => sum + m.missing, 0)
    return { can: missing.length === 0, path, missing, others }
  })
  const [first] = judged.toSorted((a, b) => a.others - b.others || (a.path?.elapsedMs ?? 0) - (b.path?.elapsedMs ?? 0))
  return first === undefined
    ? { can: false, path: null, missing: [] }
    : { can: first.can, path: first.path, missing: first.missing }
}

/** The bodies that hold seats and are asked by no lot: those of which one may ask whether they could do without everyone else. */
export const standingBodies = (rulebook: Rulebook): readonly string[] =>
  provisionsOf(rulebook, 'body').flatMap(({ rule }) =>
    rule.instances !== 'many' && provision(rulebook, 'body', rule.id)?.rule.seats.some((s) => s.everyoneIn === null) === true
      ? [rule.id]
      : [],
  )
