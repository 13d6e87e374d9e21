import type { Instant } from '@quorate/kernel'
import type { Citation, PowerName } from '../act.ts'
import type { Reason } from '../refusal.ts'
import type { StageKind } from '../schema/stages.ts'
import type { AnalyseFacts } from './inputs.ts'

/**
 * People of one kind an attempt needs: holders of seats of a body (`ofClass`: of that class), people of an electorate, holders of an office, or
 * `newcomer`s, whom the attempt puts into seats or offices on its way.
 */
export type Demand = {
  readonly pool: 'seat' | 'elector' | 'office' | 'newcomer'
  readonly id: string
  readonly ofClass: string | null
  readonly count: number
  /** How many there are of them in all, where that is known. */
  readonly of: number | null
}

/** What somebody does in a step of a path. Closed; sentences are made at the edge (`story`). */
export type StepAct =
  /** A body is called together; the step lasts as long as its notice. */
  | { readonly kind: 'call-meeting'; readonly body: string }
  | { readonly kind: 'propose'; readonly power: PowerName; readonly procedure: string }
  /** A stage of the procedure runs its course. `outcome` as in the rulebook: `met`, `agreed`, `refused`, `carried`… */
  | {
      readonly kind: 'stage'
      readonly do: StageKind | 'meeting' | 'hustings'
      readonly stage: string
      readonly procedure: string
      readonly outcome: string
    }
  /** A body or officer uses a power of its own. */
  | { readonly kind: 'exercise'; readonly power: PowerName }
  /** People vote in an election so many seats of a body, or an office, to the attempt. */
  | { readonly kind: 'win-election'; readonly of: 'body' | 'office'; readonly id: string; readonly seats: number }
  /** With the rules already changed, the attempt writes the power into them as it likes. */
  | { readonly kind: 'rewritten'; readonly power: PowerName; readonly tier: string }

/** Who acts in a step: people of the attempt, an officer or body outside it, the rulebook by itself, or nobody: time passes. */
export type StepActor =
  | { readonly kind: 'electorate' | 'body' | 'office'; readonly id: string; readonly inAttempt: boolean }
  | { readonly kind: 'rule' }
  | { readonly kind: 'time' }

/** What a step is for: the power itself, or to change what the later steps need. */
export type Purpose =
  | { readonly kind: 'goal' }
  /** Opponents lose their seats on a body. */
  | { readonly kind: 'clear'; readonly body: string }
  /** Empty seats of a body are filled with people of the attempt. */
  | { readonly kind: 'fill'; readonly body: string }
  /** Opponents leave an electorate: suspended or excluded before its roll is drawn. */
  | { readonly kind: 'shrink'; readonly electorate: string }
  /** Seats of a body in which the attempt had nobody are won in an election. */
  | { readonly kind: 'win'; readonly body: string }
  /** An office passes to a person of the attempt. */
  | { readonly kind: 'capture'; readonly office: string }
  /** The rules of a tier are changed first, to make the rest easy. */
  | { readonly kind: 'rewrite'; readonly tier: string }

/** One step of a path, in order. `needs` is what this step alone asks for. */
export type Step = {
  readonly actor: StepActor
  readonly act: StepAct
  readonly purpose: Purpose
  readonly clause: Citation
  readonly needs: readonly Demand[]
  /** Votes in a body or ballot as reckoned: for, against, and the number of seats or people they are counted among. Null where nobody votes. */
  readonly votes: { readonly for: number; readonly against: number; readonly of: number } | null
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** A way to stop a path: who, how many of them, how, under which clause, and until when. */
export type Stopper = {
  readonly how:
    | 'vote-against' // in a ballot of everyone
    | 'deny-turnout' // whose votes a turnout rule needs, by not voting
    | 'vote-in-body'
    | 'deny-quorum'
    | 'veto-of-class'
    | 'refuse-check'
    | 'challenge'
    | 'appeal'
    | 'order'
    | 'propose-against' // a change of the rules that could take effect first
  readonly who: { readonly pool: 'elector' | 'seat' | 'office' | 'court'; readonly id: string; readonly ofClass: string | null }
  /** How many of them it takes. */
  readonly count: number
  /** Who decides on a challenge or appeal; null where the act itself is enough. */
  readonly decidedBy: string | null
  readonly clause: Citation
  /** The last instant at which it still stops the path; null: at any time. */
  readonly until: Instant | null
  /** Index of the step of the path that it stops. */
  readonly step: number
}

/** A field that the text leaves open, and what was taken for it. */
export type Taken = {
  readonly clause: Citation
  readonly field: string
  /** A named reading, or the text of the value; `nothing`: left out. */
  readonly value: string
  /** `reading` and `unknown`: cheapest for the attempt. `settled`: given with the facts. */
  readonly because: 'reading' | 'unknown' | 'settled'
}

/** What a path takes for granted that no clause settles. */
export type TakenForGranted =
  /** Somebody attests a fact or that limits are kept. */
  | { readonly kind: 'attested'; readonly what: string; readonly by: readonly string[]; readonly clause: Citation }
  /** Whoever is put out of membership loses their seat. */
  | { readonly kind: 'seat-ends-with-membership'; readonly body: string; readonly clause: Citation }
  /** The lot falls on people of the attempt. */
  | { readonly kind: 'lot-falls-well'; readonly body: string; readonly clause: Citation }
  /** A post comes up for election within one term, and people of the attempt stand for it. */
  | { readonly kind: 'election-due'; readonly of: 'body' | 'office'; readonly id: string; readonly clause: Citation }
  /** Officers outside the attempt do their duty. */
  | { readonly kind: 'dutiful'; readonly office: string; readonly clause: Citation }
  /** A count by another method than yes or no: more votes than everyone else is taken for enough. */
  | { readonly kind: 'more-votes-win'; readonly clause: Citation }

/** What replaying a path through `decide` showed. */
export type Replay =
  | { readonly kind: 'permitted'; readonly acts: number }
  /** The engine refuses a step: the path is a bound, not a plan. */
  | { readonly kind: 'refused'; readonly step: number; readonly reasons: readonly Reason[] }

/** Lower bounds on any path to a power: people, and milliseconds. */
export type Cost = { readonly people: number; readonly elapsedMs: number; readonly warningMs: number }

/** A way to use a power, with what it costs and who can stop it. */
export type Path = Cost & {
  /** The union of the people the steps need: the same people act again wherever the rules let them. */
  readonly needs: readonly Demand[]
  readonly steps: readonly Step[]
  readonly stoppers: readonly Stopper[]
  readonly taken: readonly Taken[]
  readonly assumes: readonly TakenForGranted[]
  readonly replay: Replay
}

/** What one stage of a route asks for, as numbers, before anything is done to change them. */
export type Threshold = {
  readonly stage: string
  readonly do: StageKind | 'meeting' | 'hustings' | 'exercise'
  readonly clause: Citation
  readonly needs: readonly Demand[]
  /** Others who vote no at that point. */
  readonly against: number
  readonly taken: readonly Taken[]
}

/** One clause that grants a power, by its holder or through a procedure. */
export type RouteAnswer = {
  readonly clause: Citation
  readonly procedure: string | null
  readonly holder: string | null
  /** Each stage's threshold, once for each reading that gives another number. */
  readonly thresholds: readonly Threshold[]
  /** The cheapest way that changes nothing first; null when it cannot be met. */
  readonly direct: Path | null
  /** The cheapest way, whatever is done first. */
  readonly cheapest: Path | null
}

/** The answer for one power. */
export type PowerAnswer = {
  readonly power: PowerName
  /** For `amend-rulebook`: the tier whose clauses are changed. */
  readonly tier: string | null
  /** `any text`: whoever has it can write anything there. `this power`: the act and no more. */
  readonly scope: 'any text' | 'this power'
  /** No path is better than another in people, time and warning at once; fewest people first. Empty: the power cannot be used. */
  readonly front: readonly Path[]
  readonly routes: readonly RouteAnswer[]
  /** No path needs less than this. Null when there is none. */
  readonly least: Cost | null
  /** Whether a replayed path meets every one of these bounds. */
  readonly exact: boolean
}

/** What an analysis could not reckon for want of a fact. */
export type Lacking = { readonly kind: 'electorate-size' | 'body-size'; readonly id: string; readonly clause: Citation }

/** The shortest coups of an edition, under facts that are stated. */
export type Analysis = {
  readonly facts: AnalyseFacts
  readonly powers: readonly PowerAnswer[]
  /** Everything the text leaves open, with what was taken in at least one path. */
  readonly taken: readonly Taken[]
  /** Clauses that leave so much open that nothing could be taken for it: they grant nothing here. */
  readonly unusable: readonly Citation[]
  readonly lacking: readonly Lacking[]
}
