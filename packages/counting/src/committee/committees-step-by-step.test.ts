import { add, compare, divide, fraction, multiply, subtract, type Fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { approvalProfile } from '../../testing/approvals.ts'
import { numbers, orderFrom, someFrom } from '../../testing/drawn.ts'
import { countCommittee, type ApprovalProfile, type CommitteeRule, type LotOrder } from '../index.ts'
import { approving } from './approvals.ts'
import { compareBurdens, evenBurdens } from './loads.ts'
import { bestOfAll } from './phragmen.ts'
import { bestThiele } from './thiele.ts'
import { allOutcomes, combinations, committeeByLot, lastByLot, sortedCommittees, type Stepwise } from './ties.ts'

// Every rule that works step by step once more, as its paper tells it: voter by voter, nothing merged. On 50 boxes full of ties both must take
// the same steps with the same figures, and end in the same committees whichever way ties are broken.

const [zero, one] = [fraction(0), fraction(1)]
const sumOf = (list: readonly Fraction[]): Fraction => list.reduce((sum, x) => add(sum, x), zero)
const lesser = (a: Fraction, b: Fraction): Fraction => (compare(a, b) < 0 ? a : b)

type Box = { readonly profile: ApprovalProfile; readonly lot: LotOrder }
type Voters = readonly (readonly number[])[]
const boxOf = (seed: number): Box => {
  const drawn = numbers(seed)
  const n = 2 + drawn.below(4)
  const papers = Array.from({ length: 1 + drawn.below(5) }, () => ({ weight: 1 + drawn.below(3), approved: someFrom(drawn, n) }))
  const candidates = Array.from({ length: n }, (_, c) => `C${c + 1}`)
  return { profile: { title: '', candidates, seats: 1 + drawn.below(n), papers }, lot: orderFrom(drawn, n) }
}

/** What a rule knows between two steps: who is in (or still in), and a figure for each voter. */
type State = { readonly members: readonly number[]; readonly purses: readonly Fraction[]; readonly paying: boolean }
type Choice = { readonly tied: readonly number[]; readonly figure: Fraction | null }
/** A rule: how it starts, when it ends, the choice it has, what a choice changes. */
type Told = {
  readonly start: State
  readonly isDone: (state: State) => boolean
  readonly choice: (state: State) => Choice
  readonly next: (state: State, chosen: number) => State
}

/** All who have the best figure; those without one (null) are best only when nobody has one. */
function best(figures: readonly (readonly [number, Fraction | null])[], way: 'most' | 'least'): Choice {
  const known = figures.flatMap(([c, figure]) => (figure === null ? [] : [[c, figure] as const]))
  const [first] = known
  if (first === undefined) return { tied: figures.map(([c]) => c), figure: null }
  const figure = known.reduce((top, [, x]) => ((way === 'most' ? compare(x, top) > 0 : compare(x, top) < 0) ? x : top), first[1])
  return { tied: known.filter(([, x]) => compare(x, figure) === 0).map(([c]) => c), figure }
}

const all = ({ candidates }: ApprovalProfile): readonly number[] => candidates.map((_, c) => c)
const votersOf = ({ papers }: ApprovalProfile): Voters =>
  papers.flatMap(({ weight, approved }) => Array.from({ length: weight }, () => approved))
const within = (members: readonly number[], chosen: number): readonly number[] => [...members, chosen].sort((a, b) => a - b)

/** Thiele's rules: what the j-th member a voter approves is worth. */
function thiele(profile: ApprovalProfile, worth: (j: number) => Fraction, way: 'add' | 'remove' = 'add'): Told {
  const voters = votersOf(profile)
  const points = (members: readonly number[]): Fraction =>
    sumOf(
      voters.flatMap((approved) => {
        const held = members.filter((c) => approved.includes(c)).length
        return Array.from({ length: held }, (_, j) => worth(j + 1))
      }),
    )
  const without = (members: readonly number[], chosen: number): readonly number[] => members.filter((c) => c !== chosen)
  return {
    start: { members: way === 'add' ? [] : all(profile), purses: [], paying: false },
    isDone: ({ members }) => members.length === profile.seats,
    choice: ({ members }) =>
      way === 'add'
        ? best(
            all(profile)
              .filter((c) => !members.includes(c))
              .map((c) => [c, subtract(points(within(members, c)), points(members))] as const),
            'most',
          )
        : best(
            members.map((c) => [c, subtract(points(members), points(without(members, c)))] as const),
            'least',
          ),
    next: (state, chosen) => ({
      ...state,
      members: way === 'add' ? within(state.members, chosen) : without(state.members, chosen),
    }),
  }
}

const backersOf = (voters: Voters, c: number): readonly number[] =>
  voters.flatMap((approved, v) => (approved.includes(c) ? [v] : []))
const outside = (profile: ApprovalProfile, { members }: State): readonly number[] =>
  all(profile).filter((c) => !members.includes(c))

/** Sequential Phragmén, `purses` being what each carries. */
function phragmen(profile: ApprovalProfile): Told {
  const voters = votersOf(profile)
  const load = ({ purses }: State, c: number): Fraction | null => {
    const backers = backersOf(voters, c)
    if (backers.length === 0) return null
    return divide(add(one, sumOf(backers.map((v) => purses[v] ?? zero))), fraction(backers.length))
  }
  return {
    start: { members: [], purses: voters.map(() => zero), paying: false },
    isDone: ({ members }) => members.length === profile.seats,
    choice: (state) =>
      best(
        outside(profile, state).map((c) => [c, load(state, c)] as const),
        'least',
      ),
    next: (state, chosen) => {
      const carried = load(state, chosen) ?? zero
      const backers = backersOf(voters, chosen)
      return {
        ...state,
        members: within(state.members, chosen),
        purses: state.purses.map((has, v) => (backers.includes(v) ? carried : has)),
      }
    },
  }
}

/** Eneström's method: `purses` are what each voter's paper still weighs; a member costs a Hare quota. */
function enestrom(profile: ApprovalProfile): Told {
  const voters = votersOf(profile)
  const quota = fraction(voters.length, profile.seats)
  const weighs = ({ purses }: State, c: number): Fraction => sumOf(backersOf(voters, c).map((v) => purses[v] ?? zero))
  return {
    start: { members: [], purses: voters.map(() => one), paying: false },
    isDone: ({ members }) => members.length === profile.seats,
    choice: (state) =>
      best(
        outside(profile, state).map((c) => [c, weighs(state, c)] as const),
        'most',
      ),
    next: (state, chosen) => {
      const has = weighs(state, chosen)
      const left = compare(has, quota) <= 0 ? zero : divide(subtract(has, quota), has)
      const backers = backersOf(voters, chosen)
      return {
        ...state,
        members: within(state.members, chosen),
        purses: state.purses.map((weight, v) => (backers.includes(v) ? multiply(weight, left) : weight)),
      }
    },
  }
}

/** The heaviest load that sharing these members out must leave: |S| ÷ voters who approve somebody in S, over every set S of them. */
function heaviest(voters: Voters, members: readonly number[]): Fraction | null {
  const sets = members.flatMap((_, k) => [...combinations(members, k + 1)])
  const loads = sets.map((set) => {
    const carriers = voters.filter((approved) => set.some((c) => approved.includes(c))).length
    return carriers === 0 ? null : fraction(set.length, carriers)
  })
  return loads.includes(null) ? null : loads.reduce((top, x) => (top === null || x === null || compare(x, top) > 0 ? x : top))
}
function maximin(profile: ApprovalProfile): Told {
  const voters = votersOf(profile)
  return {
    start: { members: [], purses: [], paying: false },
    isDone: ({ members }) => members.length === profile.seats,
    choice: (state) => {
      const carried = state.members.filter((c) => backersOf(voters, c).length > 0)
      return best(
        outside(profile, state).map((c) => [c, heaviest(voters, [...carried, c])] as const),
        'least',
      )
    },
    next: (state, chosen) => ({ ...state, members: within(state.members, chosen) }),
  }
}

/** Equal shares of so many seats, then a completion. */
function shares(
  profile: ApprovalProfile,
  seats: number,
  completion: 'phragmen' | 'utilitarian' | 'none',
  most = profile.seats,
): Told {
  const voters = votersOf(profile)
  const start = {
    members: [],
    purses: voters.map(() => (voters.length === 0 ? zero : fraction(seats, voters.length))),
    paying: true,
  }
  const payment = ({ purses }: State, c: number): Fraction | null => {
    const has = backersOf(voters, c).map((v) => purses[v] ?? zero)
    if (compare(sumOf(has), one) < 0) return null
    // Those who have less than everybody's payment give all they have.
    const tries = [zero, ...has].flatMap((line) => {
      const [poor, rich] = [has.filter((x) => compare(x, line) <= 0), has.filter((x) => compare(x, line) > 0)]
      return rich.length === 0 ? [line] : [divide(subtract(one, sumOf(poor)), fraction(rich.length))]
    })
    const right = tries.filter((each) => compare(each, zero) > 0 && compare(sumOf(has.map((x) => lesser(x, each))), one) === 0)
    return best(
      right.map((each) => [0, each] as const),
      'least',
    ).figure
  }
  const payable = (state: State): readonly (readonly [number, Fraction | null])[] =>
    outside(profile, state)
      .map((c) => [c, payment(state, c)] as const)
      .filter(([, each]) => each !== null)
  const settled = (state: State): State => ({ ...state, paying: state.paying && payable(state).length > 0 })
  const carrying = ({ members, purses }: State): State => ({
    members,
    purses: purses.map((x) => subtract(zero, x)),
    paying: false,
  })
  const finish = phragmen(profile)
  return {
    start: settled(start),
    isDone: ({ members, paying }) => members.length === most || (completion === 'none' && !paying),
    choice: (state) => {
      if (state.paying) return best(payable(state), 'least')
      if (completion === 'phragmen') return finish.choice(carrying(state))
      return best(
        outside(profile, state).map((c) => [c, fraction(backersOf(voters, c).length)] as const),
        'most',
      )
    },
    next: (state, chosen) => {
      const members = within(state.members, chosen)
      if (!state.paying) return completion === 'phragmen' ? carrying(finish.next(carrying(state), chosen)) : { ...state, members }
      const each = payment(state, chosen) ?? zero
      const backers = backersOf(voters, chosen)
      const pays = (has: Fraction, v: number): Fraction => (backers.includes(v) ? subtract(has, lesser(has, each)) : has)
      return settled({ members, purses: state.purses.map(pays), paying: true })
    },
  }
}

type Step = Choice & { readonly chosen: number }
/** One way through a rule, `pick` choosing among the tied. */
function led(told: Told, pick: (tied: readonly number[]) => number): { readonly end: State; readonly steps: readonly Step[] } {
  let end = told.start
  const steps: Step[] = []
  while (!told.isDone(end)) {
    const choice = told.choice(end)
    const chosen = pick(choice.tied)
    steps.push({ ...choice, chosen })
    end = told.next(end, chosen)
  }
  return { end, steps }
}
/** Where all ways lead. */
function everyEnd(told: Told, state: State = told.start): readonly (readonly number[])[] {
  if (told.isDone(state)) return [state.members]
  const ends = told.choice(state).tied.flatMap((c) => everyEnd(told, told.next(state, c)))
  return [...new Map(ends.map((members) => [members.join(), members])).values()]
}
const inOrder = (committees: readonly (readonly number[])[]): readonly string[] => committees.map((c) => c.join()).sort()

const boxes = Array.from({ length: 50 }, (_, i) => boxOf(900 + i))
const inverse = (n: number): Fraction => fraction(1, n)
const rules: readonly (readonly [CommitteeRule, (profile: ApprovalProfile) => Told])[] = [
  ['sequential-pav@1', (profile) => thiele(profile, inverse)],
  ['sequential-slav@1', (profile) => thiele(profile, (j) => inverse(2 * j - 1))],
  ['sequential-chamberlin-courant@1', (profile) => thiele(profile, (j) => (j === 1 ? one : zero))],
  ['reverse-sequential-pav@1', (profile) => thiele(profile, inverse, 'remove')],
  ['sequential-phragmen@1', phragmen],
  ['phragmen-enestrom@1', enestrom],
  ['maximin-support@1', maximin],
  ['equal-shares@1', (profile) => shares(profile, profile.seats, 'phragmen')],
  ['equal-shares-utilitarian@1', (profile) => shares(profile, profile.seats, 'utilitarian')],
]

describe('every rule that works step by step takes the steps its paper tells', () => {
  it.each(rules)('%s', (rule, of) => {
    for (const { profile, lot } of boxes) {
      const told = of(profile)
      const pick = (tied: readonly number[]): number =>
        (rule.startsWith('reverse') ? lot.toReversed() : lot).find((c) => tied.includes(c)) ?? -1
      const { end, steps } = led(told, pick)
      const count = countCommittee(rule, profile, lot)
      if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
      expect(count.value).toMatchObject({ elected: end.members, steps, looked: 0 })
      expect(inOrder(count.value.committees)).toEqual(inOrder(everyEnd(told)))
      const bare = countCommittee(rule, profile, null)
      if (count.value.committees.length > 1)
        expect(bare).toEqual({ kind: 'fail', error: { kind: 'lot needed', committees: count.value.committees } })
      else expect(bare.kind === 'ok' && bare.value.elected).toEqual(end.members)
    }
  })
  it.each([
    ['equal-shares-add1@1', 'none'],
    ['equal-shares-add1u@1', 'utilitarian'],
  ] as const)('%s: shares raised by a seat at a time while no more are paid for than there are seats', (rule, completion) => {
    for (const { profile, lot } of boxes) {
      const pick = (tied: readonly number[]): number => lot.find((c) => tied.includes(c)) ?? -1
      const wanted = all(profile).filter((c) => backersOf(votersOf(profile), c).length > 0).length
      let run = led(shares(profile, profile.seats, 'none'), pick)
      for (let seats = profile.seats + 1; run.end.members.length < Math.min(profile.seats, wanted); seats++) {
        const next = led(shares(profile, seats, 'none', profile.candidates.length + 1), pick)
        if (next.end.members.length > profile.seats) break
        run = next
      }
      const utilitarian = shares(profile, profile.seats, 'utilitarian')
      const more =
        completion === 'none' ? { end: run.end, steps: [] } : led({ ...utilitarian, start: { ...run.end, paying: false } }, pick)
      const count = countCommittee(rule, profile, lot)
      if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
      const steps = [...run.steps, ...more.steps]
      expect(count.value).toMatchObject({ elected: more.end.members, committees: [more.end.members], steps })
    }
  })
  it.each([
    ['approval@1', (): Fraction => one],
    ['satisfaction-approval@1', inverse],
  ] as const)('%s: the most points, whoever else is in', (rule, each) => {
    for (const { profile, lot } of boxes) {
      const points = (c: number): Fraction =>
        sumOf(votersOf(profile).map((approved) => (approved.includes(c) ? each(approved.length) : zero)))
      const sets = [...combinations(all(profile), profile.seats)]
      const scored = sets.map((members, i) => [i, sumOf(members.map(points))] as const)
      const top = best(scored, 'most').tied.map((i) => sets[i] ?? [])
      const count = countCommittee(rule, profile, lot)
      expect(count.kind === 'ok' && count.value.committees).toEqual(top)
      const support = all(profile).map((c) => backersOf(votersOf(profile), c).length)
      expect(count).toMatchObject({ value: { support, papers: votersOf(profile).length, steps: [], looked: 0 } })
    }
  })
})

describe('searches that would take too long say so', () => {
  const level = approvalProfile(6, 3, [[0, 1, 2, 3, 4, 5]])
  it('ties: no more states are followed than allowed', () => {
    const rule: Stepwise<number, null> = {
      ...{ start: 0, take: (state, candidate) => 4 * state + candidate, key: (state) => `${state}` },
      done: (state) => (state >= 16 ? [state] : null),
      best: () => ({ tied: [1, 2, 3], figure: null }),
    }
    // From 0 to 1, 2, 3; from these to 5 … 15 without 8 and 12, nine of them; from these to 27 that are done.
    const whole = allOutcomes(rule, 39)
    expect(whole.kind === 'ok' ? whole.value.length : 0).toBe(27)
    for (const most of [0, 1, 3, 12, 38])
      expect(allOutcomes(rule, most)).toEqual({ kind: 'fail', error: { kind: 'too many ties', followed: most } })
  })
  it('partial committees: the best seen, and a bound on what was not', () => {
    const election = approving(level)
    const whole = bestThiele(election, 'pav')
    if (whole.kind === 'fail') throw new Error('it is found')
    const { points, unit, looked } = whole.value
    expect([points, unit, whole.value.committees.length]).toEqual([11n, 6n, 20])
    expect(bestThiele(election, 'pav', looked)).toEqual(whole)
    for (const most of [0, 1, 5, looked - 1]) {
      const found = bestThiele(election, 'pav', most)
      expect(found).toMatchObject({ kind: 'fail', error: { kind: 'search too long', points: 11n, unit: 6n } })
      if (found.kind === 'fail') expect([found.error.looked > most, found.error.bound >= points]).toEqual([true, true])
    }
  })
  it('whole committees: 300,000 are looked at, and seats are shared out among 16 members at most', () => {
    const wide = approvalProfile(24, 17, [Array.from({ length: 24 }, (_, c) => c)])
    const tooMany = { kind: 'fail', error: { kind: 'too many committees', most: 300_000 } }
    expect(countCommittee('minimax-phragmen@1', wide, null)).toEqual(tooMany)
    const figure = (committee: readonly number[]): number => committee[0] ?? 0
    const less = (a: number, b: number): number => a - b
    // 346,104 committees of 17 out of 24, 100,947 of 17 out of 23; 20,349 of these begin with 1.
    expect(bestOfAll(approving(wide), figure, less)).toEqual(tooMany)
    const fewer = bestOfAll(approving(approvalProfile(23, 17, [])), (c) => (figure(c) === 0 ? null : figure(c)), less)
    expect(fewer.kind === 'ok' ? [fewer.value.looked, fewer.value.committees.length] : null).toEqual([100_947, 20_349])
  })
})

describe('among tied committees', () => {
  it('the lot prefers the one with the member it has first, then the next', () => {
    expect(
      committeeByLot(
        [2, 0, 1, 3],
        [
          [0, 1],
          [1, 2],
          [0, 2],
          [0, 3],
        ],
      ),
    ).toEqual([0, 2])
    expect(
      committeeByLot(
        [3, 1, 0, 2],
        [
          [0, 1],
          [1, 2],
        ],
      ),
    ).toEqual([0, 1])
    expect(committeeByLot([0, 1], [])).toEqual([])
    expect(lastByLot([2, 0, 1])([0, 2])).toBe(0)
  })
  it('lexicographic order, equal ones side by side', () => {
    expect(
      sortedCommittees([
        [1, 2],
        [0, 3],
        [0, 2],
        [1, 2],
      ]),
    ).toEqual([
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 2],
    ])
    expect([...combinations([4, 5, 6], 2)]).toEqual([
      [4, 5],
      [4, 6],
      [5, 6],
    ])
    expect([...combinations([4, 5], 0)]).toEqual([[]])
    expect([...combinations([4], 2)]).toEqual([])
  })
})

describe('how evenly seats are carried', () => {
  const burden = (...list: readonly (readonly [number, number])[]) =>
    list.map(([load, papers]) => ({ load: fraction(load), papers }))
  it.each([
    ['a lighter heaviest load', burden([1, 5]), burden([2, 1]), -1],
    ['as heavy, on fewer papers', burden([2, 1], [1, 1]), burden([2, 2]), -1],
    ['as heavy on as many, then lighter', burden([2, 2], [0, 9]), burden([2, 2], [1, 1]), -1],
    ['nothing more to carry', burden([2, 2]), burden([2, 2], [1, 1]), -1],
    ['the same in other pieces', burden([2, 1], [2, 2]), burden([2, 3]), 0],
    ['the same', burden([2, 1]), burden([2, 1]), 0],
    ['nobody carries anything', burden(), burden(), 0],
  ] as const)('%s', (_, a, b, order) => {
    expect([Math.sign(compareBurdens(a, b)), Math.sign(compareBurdens(b, a))]).toEqual([order, order === 0 ? 0 : -order])
  })
  it('heaviest first: two seats on one voter, one on three, none on the last', () => {
    const election = approving(approvalProfile(4, 3, [[0, 1], [2], [2], [2], [3]]))
    expect(evenBurdens(election, [0, 1, 2])).toEqual([
      { load: fraction(2), papers: 1 },
      { load: fraction(1, 3), papers: 3 },
    ])
    expect(evenBurdens(election, [])).toEqual([])
    expect(evenBurdens(approving(approvalProfile(2, 1, [[0]])), [0, 1])).toBeNull()
  })
})
