// What a language must be able to say of a count. Figures arrive as finished text, so that every language says the same ones; a phrase is
// one or more whole sentences unless its comment says otherwise. Which sentences are said is decided elsewhere, from the trace alone.
import type { ConstraintCertificate } from '../constrained/certificate.ts'
import type { FlowEnd } from '../report/flow.ts'
import type { Base } from '../majority.ts'
import type { IterationsEnd, TiePurpose } from '../trace.ts'

/** Words that every method needs. */
export type CommonPhrases = {
  /** `A, B and C`. Part of a sentence. */
  readonly list: (items: readonly string[]) => string
  /** `1 vote`, `0.5 votes`, from the figure's text. Part of a sentence, as are the next three. */
  readonly votes: (figure: string) => string
  readonly papers: (n: number) => string
  readonly points: (figure: string) => string
  readonly seats: (n: number) => string
  /** Somebody without a name, by number from 1. */
  readonly candidate: (number: number) => string
  /** `Stage 4`: the heading of a column or a slide. */
  readonly stage: (number: number) => string
  readonly headings: Readonly<
    Record<
      | 'candidate'
      | 'project'
      | 'votes'
      | 'points'
      | 'cost'
      | 'left'
      | 'outcome'
      | 'step'
      | 'figure'
      | 'tied'
      | 'total'
      | 'quota'
      | 'majority'
      | 'non-transferable'
      | 'base'
      | 'line'
      | 'margin'
      | 'condition'
      | 'winner'
      | 'loser'
      | 'for'
      | 'against'
      | 'locked'
      | 'grade'
      | 'none'
      | 'method'
      | 'seats'
      | 'valid'
      | 'blank'
      | 'papers'
      | 'budget'
      | 'spent'
      | 'share',
      string
    >
  >
  /** Captions of tables. */
  readonly captions: Readonly<
    Record<
      'stages' | 'pairs' | 'paths' | 'locking' | 'grades' | 'steps' | 'projects' | 'conditions' | 'approvals' | 'ranking',
      string
    >
  >
  readonly yes: string
  readonly no: string
  /** `Elected: A and B.`, or that nobody is; `unfilled` seats stay empty. */
  readonly elected: (names: readonly string[], unfilled: number) => string
  /** How somebody ended, a few words each. */
  readonly standing: {
    readonly elected: (stage: number, atQuota: boolean) => string
    readonly excluded: (stage: number) => string
    readonly 'not reached': string
    readonly withdrawn: string
    readonly chosen: string
    readonly 'not chosen': string
    readonly funded: string
    readonly 'not funded': string
    /** `place` from 1 in the rule's own ranking. */
    readonly placed: (place: number) => string
  }
  /** The rule left these level, and the published lot order chose. */
  readonly byLot: (tied: readonly string[], chosen: readonly string[]) => string
}

/** Words of the transferable votes. `who`, `each` and the like are names, or names with figures made by `with` and `bracketed`. */
export type StvPhrases = {
  readonly stage: (number: number, sentences: string) => string
  readonly sorted: (valid: number, invalid: number) => string
  readonly quota: (seats: number, quota: string) => string
  readonly newQuota: (active: string, quota: string) => string
  /** `waiting`: others had surpluses too; the largest went, or the one a tie rule chose. */
  readonly surplus: (
    who: string,
    surplus: string,
    waiting: 'none' | 'largest' | 'chosen',
    papers: 'last parcel' | 'all',
  ) => string
  readonly defer: (whose: readonly string[], surplus: string, lowest: readonly string[], next: string) => string
  readonly iterated: (times: number, first: number, last: number, ended: IterationsEnd, surplus: string) => string
  readonly gainedMost: (who: string, votes: string) => string
  /** Together no more than the next above. */
  readonly excludedTogether: (each: readonly string[], moved: boolean) => string
  /** `guarded`: others may not be excluded. `quota` when the reason is to be said: no surplus was left and nobody new had it. `tied`: a tie rule chose. */
  readonly excluded: (
    who: string,
    votes: string,
    bare: string,
    tied: boolean,
    quota: string | null,
    moved: boolean,
    guarded: boolean,
  ) => string
  /** Under bounds on who may be elected together: what a certificate says; somebody doomed goes; places that only the guarded may take. */
  readonly bound: (certificate: ConstraintCertificate, name: (candidate: number) => string) => string
  readonly excludedDoomed: (who: string, votes: string, moved: boolean) => string
  readonly filledGuarded: (who: readonly string[]) => string
  /** Where papers went: who gained most, and those that named nobody still in. */
  readonly went: (most: { who: string; votes: string } | null, none: { papers: number; votes: string } | null) => string
  readonly nothingWent: string
  readonly atQuota: (quota: string, each: readonly string[]) => string
  readonly withEnough: (needed: string, each: readonly string[]) => string
  readonly nobodyYet: string
  /** Of an instant runoff, whose line is a majority and whose last two are parted by votes alone. */
  readonly runoff: {
    readonly majority: (needed: string, active: string | null) => string
    readonly won: (needed: string, each: readonly string[]) => string
    readonly lastTwo: (each: readonly string[]) => string
    readonly nobodyYet: string
    readonly nearest: (votes: string, stage: number) => string
  }
  readonly filled: (who: readonly string[], places: number, unfilled: number) => string
  /** `A with 20 votes`; `A (20)`. Parts of sentences. */
  readonly with: (who: string, votes: string) => string
  readonly bracketed: (who: string, figure: string) => string
  readonly tie: (tie: TieTold) => string
  readonly stillIn: (who: string, votes: string) => string
  /** `behind` null where nobody else was in or a tie decided. */
  readonly excludedAt: (who: string, stage: number, votes: string, behind: { votes: string; who: string } | null) => string
  /** Papers by destination, `who` null for nobody still in. */
  readonly destinations: (each: readonly { who: string | null; figure: string; papers: number }[]) => string
  readonly nearest: (votes: string, stage: number) => string
}

/** A tie with what settled it. */
export type TieTold = {
  readonly names: readonly string[]
  readonly total: string
  readonly purpose: TiePurpose
  readonly chosen: string
  /** Stages or, for `iteration`, iterations looked at, with whom each left. */
  readonly steps: readonly { readonly at: number; readonly left: readonly string[] }[]
  readonly unit: 'stage' | 'iteration'
  /**
   * Backwards from now, forwards from the first; not at all because the surplus left is too small to tell them apart (`none`), or because
   * the rule asks the lot at once.
   */
  readonly look: 'back' | 'forward' | 'none' | 'lot at once'
  /** Names with the statute's pseudo-random numbers, when these decided. */
  readonly numbers: readonly string[] | null
  readonly byLot: boolean
}

/** Words of a yes-or-no decision. */
export type MajorityPhrases = {
  readonly outcome: (
    carried: boolean,
    votes: { readonly for: string; readonly against: string },
    aside: { readonly abstain: string | null; readonly blank: string | null; readonly spoilt: string | null },
  ) => string
  readonly condition: (
    measure: 'yes' | 'turnout',
    comparison: 'at least' | 'more than',
    need: { readonly number: string } | { readonly share: string; readonly size: string; readonly of: Base },
    figures: {
      readonly line: string
      readonly votes: string
      readonly margin: string
      readonly sign: -1 | 0 | 1
      readonly met: boolean
    },
  ) => string
  readonly options: Readonly<Record<'for' | 'against' | 'abstain' | 'blank' | 'spoilt', string>>
}

/** A win as told: names, papers for and against. */
export type WinTold = { readonly winner: string; readonly loser: string; readonly for: string; readonly against: string }

/** Words of comparisons in pairs. */
export type PairPhrases = {
  readonly compared: (papers: number, blank: number) => string
  readonly beatsAll: (who: string) => string
  readonly nobodyBeatsAll: string
  /** `A over B (60 to 40)`. Part of a sentence. */
  readonly win: (win: WinTold) => string
  /** Nobody's chain to these is stronger than theirs back. */
  readonly strongestChains: (winners: readonly string[]) => string
  readonly locked: (locked: number, leftOut: readonly string[]) => string
  readonly lockedTop: (who: readonly string[]) => string
  readonly worst: (winners: readonly string[], papers: string) => string
  readonly mostPoints: (winners: readonly string[], points: string) => string
  readonly droppedQuorum: (who: string, votes: string) => string
  readonly droppedMajority: (who: string, votes: string, against: string) => string
  readonly schwartz: (set: readonly string[], dropped: readonly string[]) => string
  /** One to one: the winner's papers, the loser's, or level. */
  readonly oneToOne: (winner: string, loser: string, forWinner: string, forLoser: string) => string
  /** The chain from the winner is as strong as its weakest win; `back` null: no chain leads back. */
  readonly chain: (winner: string, who: string, weakest: string, back: string | null) => string
  readonly lockedAbove: (winner: string, who: string, chain: readonly string[]) => string
  readonly worstOf: (who: string, papers: string, winner: string, theirs: string) => string
  readonly pointsOf: (who: string, points: string, winner: string, theirs: string) => string
  readonly outsideSet: (who: string, set: readonly string[]) => string
  readonly level: (who: string, winner: string) => string
}

/** Words of methods by grades. */
export type GradePhrases = {
  readonly added: (papers: number, winners: readonly string[]) => string
  /** Too few graded them for a mean to count. */
  readonly tooFew: (who: readonly string[]) => string
  readonly finalists: (first: string, second: string | null, sums: readonly string[]) => string
  readonly starTie: (
    where: 'scores' | 'runoff',
    tied: readonly string[],
    by: 'head to head' | 'higher score' | 'highest grades' | 'lot',
    left: readonly string[],
  ) => string
  readonly runoff: (first: string, second: string, forFirst: string, forSecond: string, alike: string, winner: string) => string
  readonly medians: (papers: number) => string
  /** The majority grade of one or more. */
  readonly median: (who: readonly string[], grade: string) => string
  readonly parted: (better: string, worse: string, taken: string, medians: readonly [string, string] | null) => string
  readonly pointsCounted: (papers: number, overspent: number) => string
  /** Why not: `line` is the last elected's figure. */
  readonly behind: (who: string, figure: string, last: string, line: string) => string
  readonly notFinalist: (who: string, sum: string, finalist: string, line: string) => string
  readonly graderShort: (who: string, graders: string) => string
  readonly medianBehind: (who: string, grade: string | null, last: string, line: string | null) => string
}

/** What made a candidate best at a step: points gained or lost, the greatest load of a voter, or another figure of the rule. */
export type StepFigure = { readonly kind: 'points' | 'load' | 'figure'; readonly text: string }

/** Words of committees by approval. */
export type CommitteePhrases = {
  readonly approvals: (papers: number) => string
  /** By approvals or another count of each candidate alone. */
  readonly most: (who: readonly string[]) => string
  readonly best: (committees: number) => string
  /** `tied` others the rule could not tell apart; the lot chose. */
  readonly taken: (step: number, who: string, figure: StepFigure | null, tied: readonly string[]) => string
  readonly removed: (step: number, who: string, figure: StepFigure | null, tied: readonly string[]) => string
  readonly tiedCommittees: (n: number) => string
  readonly whySupport: (who: string, papers: number, last: string, line: number) => string
  readonly whyStepwise: (who: string, papers: number, steps: number) => string
  readonly whyTiedAt: (who: string, step: number, chosen: string) => string
  readonly whyRemoved: (who: string, step: number, papers: number) => string
  readonly whyNoCommittee: (who: string, papers: number, tied: number) => string
  readonly whyLot: (who: string, on: number, of: number) => string
}

/** Words of budgets. */
export type BudgetPhrases = {
  readonly start: (budget: string, projects: number) => string
  readonly share: (share: string) => string
  readonly funded: (who: string, cost: string, votes: number, left: string, price: string | null) => string
  readonly tooDear: (who: string, cost: string, left: string) => string
  readonly tooFew: (who: string, votes: number) => string
  readonly excludedBy: (who: string, other: string) => string
  readonly stopped: (who: string) => string
  readonly notAffordable: (who: string, votes: number, cost: string) => string
  readonly tied: (who: readonly string[], chosen: string) => string
  readonly outcome: (funded: readonly string[], spent: string, left: string) => string
  readonly ends: Readonly<Record<'budget' | 'left', string>>
  readonly acts: Readonly<
    Record<'funded' | 'does not fit' | 'too few votes' | 'excluded by another' | 'stopped' | 'untouched', string>
  >
}

/** Words of methods that add up marks or points of places, and of the two rounds. */
export type SinglePhrases = {
  readonly marks: (valid: number, blank: number, tooFew: number, tooMany: number) => string
  readonly points: (valid: number, blank: number) => string
  readonly ahead: (who: readonly string[]) => string
  /** Places kept for a group: who took them, and who has most of all others. */
  readonly kept: (who: readonly string[], group: string, clause: string, others: readonly string[]) => string
  /** Why somebody outside the group has no place when every place was kept. */
  readonly allKept: (group: string) => string
  readonly majority: (needed: string) => string
  readonly wonAtOnce: (who: string, votes: string) => string
  readonly goOn: (who: readonly string[]) => string
  readonly secondDue: string
  readonly isOn: (who: string) => string
  readonly wonSecond: (who: string, votes: string) => string
  readonly notOn: (who: string, votes: string, last: string, line: string) => string
  /** The headline of a first round without a winner. */
  readonly undecided: (who: readonly string[]) => string
}

/** Words of counts as if there were more places and fewer. */
export type AsIfPhrases = {
  /** The quota, how many of its group are elected, and whether the first of so many counts met it. */
  readonly quota: (
    quota: { readonly name: string; readonly clause: string; readonly least: number; readonly most: number | null },
    elected: number,
    counts: number,
  ) => string
  /** One count: for what, how many places, who is elected in it, how many of them of the group. */
  readonly counted: (
    purpose: 'as it is' | 'larger' | 'smaller',
    seats: number,
    names: readonly string[],
    inGroup: number,
  ) => string
  /** The heading of the first count. */
  readonly first: string
}

/** One language, complete. */
export type Phrases = {
  readonly language: 'en' | 'cy'
  readonly common: CommonPhrases
  readonly flow: FlowWords
  readonly stv: StvPhrases
  readonly majority: MajorityPhrases
  readonly pairs: PairPhrases
  readonly grades: GradePhrases
  readonly committee: CommitteePhrases
  readonly budget: BudgetPhrases
  readonly single: SinglePhrases
  readonly asIf: AsIfPhrases
}

/** Words of the drawing of a transfer flow and of its table. */
export type FlowWords = {
  readonly title: string
  /** What the drawing shows and that the table below says the same. */
  readonly described: string
  readonly stage: (number: number) => string
  readonly ends: Readonly<Record<Exclude<FlowEnd, number>, string>>
  /** Stage, from, to, votes. */
  readonly headings: readonly [string, string, string, string]
}
