import { describe, expect, it } from 'vitest'
import { ballotCase, boardCase } from '../../test/attempts.ts'
import {
  carriesBallot,
  carriesInBody,
  defeatsBallot,
  defeatsInBody,
  quorumOf,
  vetoesInBody,
  type BodyCase,
  type Carries,
} from './votes.ts'

// The fewest votes that carry, and the fewest that defeat, against what a hand reckons from the rule.

const inBody = (body: BodyCase, atLeast?: number): readonly [number, number] | null => {
  const found = carriesInBody(body, body.rule.decides.pass, atLeast)
  return found === null ? null : [found.inFavour, found.against]
}
const votes = (found: Carries | null): readonly [number, number] | null =>
  found === null ? null : [found.inFavour, found.against]

describe('who comes to a meeting', () => {
  it('everybody, a bare quorum, or as many as are known to come; those who come vote against', () => {
    expect(inBody(boardCase())).toEqual([7, 5])
    expect(inBody(boardCase({}, { attendance: 'bare quorum' }))).toEqual([4, 2])
    expect(inBody(boardCase({}, { attendance: { board: 9 } }))).toEqual([5, 4])
    expect(inBody(boardCase({}, { attendance: { panel: 1 } }))).toEqual([7, 5])
    // Fewer are known to come than the quorum asks: the attempt is the quorum.
    expect(inBody(boardCase({}, { attendance: { board: 2 } }))).toEqual([6, 0])
    // No more come than have a seat.
    expect(inBody(boardCase({}, { attendance: { board: 40 } }))).toEqual([7, 5])
  })

  it('a body nobody sits in decides nothing, and a quorum above its seats is never met', () => {
    expect(inBody(boardCase({}, { seated: 0 }))).toBeNull()
    expect(inBody(boardCase({ quorum: 'present at least 13 people' }))).toBeNull()
    expect(inBody(boardCase({ quorum: 'present at least 12 people' }, { attendance: 'bare quorum' }))).toEqual([7, 5])
  })
})

describe('the quorum of a body', () => {
  it('is a share of all its seats or of those filled, a number, or what the rule cannot say', () => {
    const of = (quorum: string, seated = 12): number => quorumOf(boardCase({ quorum }, { seated }))
    expect(of('present at least 1/3 of seats')).toBe(4)
    expect(of('present at least 1/3 of seats', 6)).toBe(4)
    expect(of('present at least 1/3 of seated', 6)).toBe(2)
    expect(of('present more than 1/3 of seated', 6)).toBe(3)
    expect(of('present at least 3 people')).toBe(3)
    expect(of('present at least 5% of electorate members at propose')).toBe(5)
    expect(of('present at least 5% of electorate strangers at propose')).toBe(Number.POSITIVE_INFINITY)
    expect(of('winner beats none-of-these')).toBe(0)
    expect(of('present at least 1/2 of bodies board at propose')).toBe(Number.POSITIVE_INFINITY)
  })

  it('as a base of a vote is the quorum itself; a quorum by itself is no number', () => {
    expect(inBody(boardCase({ pass: 'yes at least quorum of board', quorum: 'present at least 9 people' }))).toEqual([9, 3])
    expect(inBody(boardCase({ quorum: 'present at least quorum of board' }))).toBeNull()
    expect(inBody(boardCase({ pass: 'yes at least quorum of board', quorum: 'winner beats none-of-these' }))).toBeNull()
  })
})

describe('what a vote is counted among', () => {
  it('all seats, those filled, those present, those of an electorate', () => {
    const nine = { seated: 9 }
    expect(inBody(boardCase({ pass: 'yes more than 1/2 of seats' }, nine))).toEqual([7, 2])
    expect(inBody(boardCase({ pass: 'yes more than 1/2 of seated' }, nine))).toEqual([5, 4])
    expect(inBody(boardCase({ pass: 'yes at least 2/3 of present' }, nine))).toEqual([6, 3])
    expect(inBody(boardCase({ pass: 'yes at least 2/3 of votes-cast' }, nine))).toEqual([6, 3])
    expect(inBody(boardCase({ pass: 'yes at least 2/3 of valid' }, nine))).toEqual([6, 3])
    expect(inBody(boardCase({ pass: 'yes at least 8% of electorate members at propose' }, nine))).toEqual([8, 1])
    expect(inBody(boardCase({ pass: 'yes at least 8% of roll' }, nine))).toBeNull()
    expect(inBody(boardCase({ pass: 'yes at least 1/2 of bodies board at propose' }, nine))).toBeNull()
  })

  it('how many come, as a condition of its own, by either word', () => {
    for (const word of ['present', 'turnout'])
      expect(
        inBody(boardCase({ pass: `yes more than 1/2 of present, ${word} at least 8 people` }, { attendance: 'bare quorum' })),
      ).toEqual([8, 0])
    expect(inBody(boardCase({ pass: 'bodies-for at least 1 people' }))).toBeNull()
  })

  it('beating something else takes more than all others together', () => {
    expect(inBody(boardCase({ pass: 'winner beats none-of-these' }))).toEqual([7, 5])
    expect(inBody(boardCase({ pass: 'winner beats none-of-these' }, { attendance: { board: 7 } }))).toEqual([4, 3])
  })
})

describe('a tie', () => {
  const tied = (tie: string, pass: string): readonly [number, number] | null => inBody(boardCase({ tie, pass }))

  it('that carries makes up for a bare majority of those who vote, and for nothing larger', () => {
    expect(tied('carried', 'yes more than 1/2 of for-and-against')).toEqual([6, 6])
    expect(tied('falls', 'yes more than 1/2 of for-and-against')).toEqual([7, 5])
    expect(tied('casting vote', 'yes more than 1/2 of for-and-against')).toEqual([7, 5])
    expect(tied('carried', 'yes at least 2/3 of for-and-against')).toEqual([8, 4])
    expect(tied('carried', 'yes more than 1/2 of seats')).toEqual([7, 5])
    expect(tied('carried', 'yes at least 7 votes')).toEqual([7, 5])
    expect(tied('carried', 'yes more than 1/2 of for-and-against, present more than 1/2 of votes-cast')).toEqual([6, 6])
  })

  it('that falls defeats even where half would do', () => {
    expect(tied('falls', 'yes at least 1/2 of for-and-against')).toEqual([7, 5])
    expect(tied('casting vote', 'yes at least 1/2 of for-and-against')).toEqual([6, 6])
  })
})

describe('a class that must agree', () => {
  const pass = 'yes more than 1/2 of for-and-against, yes of class union more than 1/2 of seated of class union'
  const ofClass = (words: string, byClass: Readonly<Record<string, number>>): Carries | null => {
    const body = boardCase({ pass: words }, { byClass })
    return carriesInBody(body, body.rule.decides.pass)
  }

  it('gives so many of its seats; with none of it seated only where the rule says so', () => {
    expect(ofClass(pass, { union: 4 })).toEqual({ inFavour: 7, ofClass: { union: 3 }, against: 5, of: 12 })
    expect(ofClass(pass, {})).toBeNull()
    expect(ofClass(pass, { union: 0 })).toBeNull()
    expect(ofClass(`${pass} or none seated`, {})).toEqual({ inFavour: 7, ofClass: {}, against: 5, of: 12 })
    expect(ofClass(`${pass} or none seated`, { union: 2 })?.ofClass).toEqual({ union: 2 })
  })

  it('asks for no fewer votes than it has to give, and the most of several conditions', () => {
    expect(ofClass('yes at least 1 votes, yes of class union at least 5 votes', { union: 6 })).toEqual({
      inFavour: 5,
      ofClass: { union: 5 },
      against: 7,
      of: 12,
    })
    const few = boardCase(
      { pass: 'yes at least 1 votes, yes of class union at least 5 votes, yes of class member at least 3 votes' },
      { byClass: { union: 6, member: 3 }, attendance: { board: 6 } },
    )
    expect(carriesInBody(few, few.rule.decides.pass)).toMatchObject({ inFavour: 8, against: 0 })
    expect(
      ofClass('yes at least 1 votes, yes of class union at least 2 votes, yes of class union at least 4 votes', { union: 6 })
        ?.ofClass,
    ).toEqual({ union: 4 })
    expect(
      ofClass('yes at least 1 votes, yes of class union at least 4 votes, yes of class union at least 2 votes', { union: 6 })
        ?.ofClass,
    ).toEqual({ union: 4 })
    expect(ofClass('yes at least 1 votes, yes of class union at least 6 votes', { union: 6 })?.ofClass).toEqual({ union: 6 })
    expect(ofClass('yes at least 1 votes, yes of class union at least 7 votes', { union: 6 })).toBeNull()
  })

  it('can withhold its votes: one more than it has beyond those that are needed', () => {
    const body = (byClass: Readonly<Record<string, number>>): BodyCase => boardCase({ pass }, { byClass })
    expect(vetoesInBody(body({ union: 4 }), body({}).rule.decides.pass)).toEqual([{ ofClass: 'union', count: 2 }])
    expect(vetoesInBody(body({}), body({}).rule.decides.pass)).toEqual([])
  })
})

describe('a body whose opponents are put off it first', () => {
  it('is as small as leaves the quorum, and the vote is against those who are left', () => {
    expect(inBody(boardCase({}, { cleared: true }))).toEqual([4, 3])
    expect(carriesInBody(boardCase({}, { cleared: true }), boardCase().rule.decides.pass)?.of).toBe(7)
    expect(inBody(boardCase({ quorum: 'present at least 1/2 of seated' }, { cleared: true }))).toEqual([1, 0])
  })

  it('and those of the attempt who are there anyway are the body', () => {
    const cleared = boardCase({ quorum: 'present at least 1 people' }, { cleared: true })
    expect(inBody(cleared, 5)).toEqual([5, 4])
    // No more of them than there are seats.
    expect(inBody(cleared, 40)).toEqual([12, 0])
  })

  it('in a meeting of everyone the same by halving', () => {
    const many = { established: 1_001, seated: 1_001 }
    const all = { seats: '{id: all, everyone-in: electorate members}', quorum: 'present at least 10 people' }
    expect(inBody(boardCase(all, many))).toEqual([501, 500])
    expect(inBody(boardCase({ ...all, pass: 'yes at least 2/3 of seats' }, many))).toEqual([668, 333])
    expect(inBody(boardCase({ ...all, pass: 'yes at least 1002 votes' }, many))).toBeNull()
    expect(inBody(boardCase({ ...all, pass: 'yes at least 1001 votes' }, many))).toEqual([1_001, 0])
    expect(inBody(boardCase({ ...all, pass: 'yes at least 600 votes' }, { ...many, cleared: true }))).toEqual([600, 401])
    expect(inBody(boardCase(all, { ...many, cleared: true }))).toEqual([10, 0])
    expect(inBody(boardCase(all, { ...many, attendance: { board: 1 } }))).toEqual([10, 0])
  })
})

describe('how many defeat a vote of a body', () => {
  const defeats = (own: number, words: Parameters<typeof boardCase>[0] = {}, more: Partial<BodyCase> = {}) => {
    const body = boardCase(words, more)
    return defeatsInBody(body, body.rule.decides.pass, own)
  }

  it('by voting no: as many as leave no majority, with those there the quorum asks for', () => {
    expect(defeats(4)).toEqual({ against: 4, quorum: 7 })
    expect(defeats(6)).toEqual({ against: 6, quorum: null })
    expect(defeats(7)).toEqual({ against: null, quorum: null })
    expect(defeats(1)).toEqual({ against: 5, quorum: 7 })
    expect(defeats(5, { pass: 'yes at least 2/3 of present' })).toEqual({ against: 3, quorum: 7 })
  })

  it('by staying away: so many that the rest and the attempt are no quorum', () => {
    expect(defeats(4, { quorum: 'present at least 5 people' })).toMatchObject({ quorum: 8 })
    expect(defeats(5, { quorum: 'present at least 5 people' })).toMatchObject({ quorum: null })
    expect(defeats(1, { quorum: 'present at least 12 people' })).toMatchObject({ quorum: 1 })
  })
})

describe('a ballot', () => {
  it('is carried against everyone else, against as many as come, or at the turnout that suits best', () => {
    expect(votes(carriesBallot(ballotCase()))).toEqual([51, 49])
    expect(carriesBallot(ballotCase())).toEqual({ inFavour: 51, ofClass: {}, against: 49, of: 100 })
    expect(votes(carriesBallot(ballotCase({}, { turnout: { kind: 'returned', count: 40 } })))).toEqual([21, 19])
    expect(votes(carriesBallot(ballotCase({}, { turnout: { kind: 'returned', count: 4_000 } })))).toEqual([51, 49])
    expect(votes(carriesBallot(ballotCase({}, { turnout: { kind: 'range', from: 0, to: 100 } })))).toEqual([1, 0])
    expect(votes(carriesBallot(ballotCase({}, { turnout: { kind: 'range', from: 10, to: 20 } })))).toEqual([11, 10])
  })

  it('with a turnout rule is helped by those who vote against, as far as they are known to come', () => {
    const pass = 'yes more than 1/2 of for-and-against, turnout at least 40% of roll'
    expect(votes(carriesBallot(ballotCase({ pass }, { turnout: { kind: 'range', from: 0, to: 100 } })))).toEqual([21, 19])
    expect(votes(carriesBallot(ballotCase({ pass }, { turnout: { kind: 'range', from: 0, to: 10 } })))).toEqual([30, 10])
    expect(votes(carriesBallot(ballotCase({ pass }, { turnout: { kind: 'range', from: 30, to: 100 } })))).toEqual([31, 30])
  })

  it('on a tie is carried only where the rule carries it', () => {
    const half = { pass: 'yes at least 1/2 of for-and-against' }
    expect(votes(carriesBallot(ballotCase(half)))).toEqual([51, 49])
    expect(votes(carriesBallot(ballotCase({ ...half, tie: 'carried' })))).toEqual([50, 50])
    expect(votes(carriesBallot(ballotCase({ ...half, tie: 'casting vote' })))).toEqual([51, 49])
  })

  it('by a share of the roll, of an electorate, or by beating something else', () => {
    expect(votes(carriesBallot(ballotCase({ pass: 'yes at least 2/3 of roll' })))).toEqual([67, 33])
    expect(votes(carriesBallot(ballotCase({ pass: 'yes at least 60% of electorate members at propose' })))).toEqual([60, 40])
    const strangers = { pass: 'yes at least 60% of electorate members at propose' }
    expect(carriesBallot(ballotCase(strangers, { electorate: 'others', sizeOf: () => null }))).toBeNull()
    expect(votes(carriesBallot(ballotCase(strangers, { electorate: 'others', sizeOf: () => 50 })))).toEqual([51, 49])
    expect(votes(carriesBallot(ballotCase({ pass: 'winner beats none-of-these' })))).toEqual([51, 49])
    expect(carriesBallot(ballotCase({ pass: 'yes at least 101 votes' }))).toBeNull()
    expect(votes(carriesBallot(ballotCase({ pass: 'yes at least 100 votes' })))).toEqual([100, 0])
  })

  it('with every opponent off the roll is carried by those of the attempt who are on it', () => {
    expect(carriesBallot(ballotCase({}, { shrunkTo: 0 }))).toEqual({ inFavour: 1, ofClass: {}, against: 0, of: 1 })
    expect(carriesBallot(ballotCase({}, { shrunkTo: 7 }))).toEqual({ inFavour: 7, ofClass: {}, against: 0, of: 7 })
    expect(carriesBallot(ballotCase({}, { shrunkTo: 101 }))).toBeNull()
    expect(carriesBallot(ballotCase({}, { shrunkTo: 100 }))?.inFavour).toBe(100)
    expect(carriesBallot(ballotCase({ pass: 'yes at least 9 votes' }, { shrunkTo: 7 }))?.inFavour).toBe(9)
    // Two hundred more are tried, and no more.
    const large = { size: 5_000, shrunkTo: 7 }
    expect(carriesBallot(ballotCase({ pass: 'yes at least 207 votes' }, large))?.inFavour).toBe(207)
    expect(carriesBallot(ballotCase({ pass: 'yes at least 208 votes' }, large))).toBeNull()
  })

  it('is defeated by a no beside those there are, or by those who do not come where a turnout rule needs them', () => {
    const defeats = (words: Parameters<typeof ballotCase>[0], of: { for: number; against: number; of: number }) => {
      const { stage, sizeOf } = ballotCase(words)
      return defeatsBallot(stage, 'members', of, sizeOf)
    }
    expect(defeats({}, { for: 21, against: 19, of: 100 })).toEqual({ against: 21, away: null })
    expect(defeats({}, { for: 51, against: 49, of: 100 })).toEqual({ against: null, away: null })
    expect(defeats({}, { for: 50, against: 0, of: 100 })).toEqual({ against: 50, away: null })
    const pass = 'yes more than 1/2 of for-and-against, turnout at least 40% of roll'
    expect(defeats({ pass }, { for: 21, against: 19, of: 100 })).toEqual({ against: 21, away: 61 })
    expect(defeats({ pass }, { for: 40, against: 0, of: 100 })).toEqual({ against: 40, away: null })
    expect(defeats({ pass }, { for: 39, against: 1, of: 100 })).toEqual({ against: 39, away: 61 })
  })
})
