import type { Instant } from '@quorate/kernel'

/** Seats of a body as they are today. */
export type BodyFacts = {
  /** Seats filled. */
  readonly seated: number
  /** Of these, how many are of a class, such as `union`; a class that is not named has none. */
  readonly byClass?: Readonly<Record<string, number>>
  /** Seats established, where the text does not say how many there are. */
  readonly seats?: number
}

/**
 * Who comes to a body's meeting besides the people of the attempt: everyone who has a seat, only as many as make a quorum, or so many as came
 * on a day that is known (`{ ncg: 9 }`; everyone in a body that is not named). Those who come vote against.
 */
export type Attendance = 'all' | 'bare quorum' | Readonly<Record<string, number>>

/**
 * What everyone else does in a ballot. `all against`: everyone else on the roll votes, and votes no. `range`: so many others vote no, at
 * whatever point of the range costs the attempt least (under a turnout rule opponents who vote can help). `returned`: so many ballots come back in all.
 */
export type Turnout =
  | { readonly kind: 'all against' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'returned'; readonly count: number }

/** Everything an analysis takes for granted about the world. Every one comes out again with the answer. */
export type AnalyseFacts = {
  /** When the attempt begins: dates depend on weekends, holidays and clock changes. */
  readonly from: Instant
  /** Size of each electorate, by id. A share of one that is not named cannot be reckoned; the answer says so (`lacking`). */
  readonly electorates: Readonly<Record<string, number>>
  /** Seats of each body, by id; a body that is not named has all its seats filled, none of them of a class. */
  readonly bodies: Readonly<Record<string, BodyFacts>>
  /** Bodies and offices in which the attempt has nobody: what can be done without them, and against them. */
  readonly without: readonly string[]
  /**
   * Whether what the attempt does not have (`without`) may be won: seats and offices in elections, offices through a body that was won. Absent or
   * `closed`: never. `open`: at the latest when a term is over; others vote there as in any ballot, so it is no question to ask of a turnout of nobody.
   */
  readonly elections?: 'open' | 'closed'
  readonly attendance: Attendance
  readonly turnout: Turnout
  /** `dutiful`: officers outside the attempt do what the rules ask, no more. `hostile`: they use every discretion against it. */
  readonly officers: 'dutiful' | 'hostile'
  /** Whether those who attest facts and limits would attest what the attempt needs. */
  readonly attestors: 'willing' | 'unwilling'
  /** Whether panels drawn by lot fall out in favour of the attempt, or as badly as they can. */
  readonly lots: 'favourable' | 'worst'
  /**
   * Fields that are `unknown` or have readings, settled by hand: `'9.2 stages.forced-ballot.pass': 'turnout'` names a reading, any other text
   * is the value itself. What is not settled is taken as cheapest for the attempt.
   */
  readonly settled: Readonly<Record<string, string>>
}

/** Facts that make every attempt as cheap as the text allows: nobody else votes unless it helps, only a bare quorum comes, everyone attests. */
export const cheapestFacts = (from: Instant): AnalyseFacts => ({
  from,
  electorates: {},
  bodies: {},
  without: [],
  attendance: 'bare quorum',
  turnout: { kind: 'range', from: 0, to: Number.MAX_SAFE_INTEGER },
  officers: 'dutiful',
  attestors: 'willing',
  lots: 'favourable',
  settled: {},
})

/** Facts of a watchful movement: everyone attends, everyone else votes no. What an attempt needs now, it needs against all the others. */
export const watchfulFacts = (from: Instant): AnalyseFacts => ({
  ...cheapestFacts(from),
  attendance: 'all',
  turnout: { kind: 'all against' },
  lots: 'worst',
})

/** Whether a body or office that the attempt does not have is one it could win. */
export const canBeWon = (facts: AnalyseFacts, id: string): boolean => facts.elections === 'open' && facts.without.includes(id)
