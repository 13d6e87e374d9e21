// What each method promises, as a property of random elections; and where it promises nothing, an election that shows it.
import type { Result } from '@quorate/kernel'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { marked, plainRule } from '../../testing/runoffs.ts'
import {
  countBorda,
  countIrv,
  countMarks,
  countPairs,
  countTwoRound,
  type BordaParams,
  type LotOrder,
  type Profile,
} from '../index.ts'

type Case = { readonly profile: Profile; readonly lot: LotOrder }
type Method = (profile: Profile, lot: LotOrder) => readonly number[]

const fine = <T>(result: Result<T, unknown>): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const plurality: Method = (profile, lot) => fine(countMarks('plurality@1', { tooMany: 'cut' }, profile, lot)).elected
const irv: Method = (profile, lot) => fine(countIrv(plainRule, profile, lot)).elected
/** Everybody votes in the second round as they ranked. */
const twoRound: Method = (profile, lot) => {
  const rule = { majorityOf: 'valid', tooMany: 'cut', second: { kind: 'top-two', ties: 'lot' } } as const
  const first = fine(countTwoRound(rule, profile, null, lot))
  if (first.elected !== null) return [first.elected]
  const withdrawn = [...profile.candidates.keys()].filter((c) => !first.qualified.includes(c))
  const { elected } = fine(countTwoRound(rule, profile, { ...profile, withdrawn }, lot))
  return elected === null ? [] : [elected]
}
const borda =
  (params: BordaParams): Method =>
  (profile, lot) =>
    fine(countBorda(params, profile, lot)).elected
const classic = borda({ points: 'from-n-minus-1', unranked: 'averaged' })
const dowdall = borda({ points: 'dowdall', unranked: 'none' })
const modified = borda({ points: 'from-n', unranked: 'modified' })
const methods: readonly (readonly [string, Method])[] = [
  ['plurality', plurality],
  ['two rounds', twoRound],
  ['instant runoff', irv],
  ['Borda', classic],
  ['Dowdall', dowdall],
  ['modified Borda', modified],
]

/** Rankings of some or all, no equal ranks. `whole`: everybody ranks everybody. */
const electionsOf = (whole: boolean): Arbitrary<Case> =>
  fc.integer({ min: 2, max: 5 }).chain((n) => {
    const all = Array.from({ length: n }, (_, c) => c)
    const ranking = fc.shuffledSubarray(all, { minLength: whole ? n : 1 })
    const paper = fc.record({ weight: fc.integer({ min: 1, max: 6 }), ranking }, { noNullPrototype: true })
    return fc.record({
      profile: fc.record({
        title: fc.constant(''),
        candidates: fc.constant(all.map((c) => `C${c + 1}`)),
        withdrawn: fc.constant<number[]>([]),
        seats: fc.constant(1),
        papers: fc.array(paper, { minLength: 1, maxLength: 9 }),
      }),
      lot: fc.shuffledSubarray(all, { minLength: n }),
    })
  })
const elections = electionsOf(false)
const wholeElections = electionsOf(true)
const total = (profile: Profile): number => profile.papers.reduce((sum, { weight }) => sum + weight, 0)

/** Papers that put `a` before `b`. */
const prefers = ({ papers }: Profile, a: number, b: number): number =>
  papers.reduce((sum, { weight, ranking }) => {
    const [x, y] = [ranking.indexOf(a), ranking.indexOf(b)]
    return sum + (x >= 0 && (y < 0 || x < y) ? weight : 0)
  }, 0)

describe.each(methods)('%s', (_name, method) => {
  it('anonymity: the order of the papers, and how they are split, changes nothing', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const papers = profile.papers.flatMap(({ weight, ranking }) =>
          Array.from({ length: weight }, () => ({ weight: 1, ranking })),
        )
        expect(method({ ...profile, papers: papers.reverse() }, lot)).toEqual(method(profile, lot))
      }),
      runs(120),
    )
  })
  it('neutrality: renumbering the candidates, the lot alike, renumbers the winner', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const n = profile.candidates.length
        const to = (c: number): number => (c + 1) % n
        const papers = profile.papers.map(({ weight, ranking }) => ({ weight, ranking: ranking.map((c) => to(c as number)) }))
        expect(method({ ...profile, papers }, lot.map(to))).toEqual(method(profile, lot).map(to))
      }),
      runs(120),
    )
  })
  it('a candidate who withdrew changes nothing', () => {
    fc.assert(
      fc.property(elections, fc.nat({ max: 4 }), ({ profile, lot }, at) => {
        const ghost = profile.candidates.length
        const papers = profile.papers.map(({ weight, ranking }) => ({ weight, ranking: ranking.toSpliced(at, 0, ghost) }))
        const haunted = { ...profile, candidates: [...profile.candidates, 'Ghost'], withdrawn: [ghost], papers }
        if (method === twoRound) return // its second round withdraws others: said of the first by plurality
        expect(method(haunted, [ghost, ...lot])).toEqual(method(profile, lot))
      }),
      runs(120),
    )
  })
})

describe('majority: whoever is first on more than half of the papers wins', () => {
  it.each(methods.slice(0, 3))('%s', (_name, method) => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        for (const c of profile.candidates.keys()) {
          const first = profile.papers.reduce((sum, { weight, ranking }) => sum + (ranking[0] === c ? weight : 0), 0)
          if (2 * first > total(profile)) expect(method(profile, lot)).toEqual([c])
        }
      }),
      runs(120),
    )
  })
  it('not Borda: 3 of 5 put A first, and B wins by 7 to 6', () => {
    const profile = marked('ABC', ['3 A B C', '2 B C A'])
    expect(classic(profile, [0, 1, 2])).toEqual([1])
  })
  it('not modified Borda, nor Dowdall with five to choose from', () => {
    expect(modified(profileOfModified, [0, 1, 2])).toEqual([1])
    const profile = marked('ABCDE', ['6 A B C D E', '5 B C D E A'])
    // A: 6 + 5/5 = 7; B: 6/2 + 5 = 8.
    expect(dowdall(profile, [0, 1, 2, 3, 4])).toEqual([1])
  })
})
// 3 papers name A alone (1 point each), 2 name B and C (2 and 1).
const profileOfModified = marked('ABC', ['3 A', '2 B C'])

describe('whoever loses to everybody else never wins', () => {
  const loses = (profile: Profile, c: number): boolean =>
    [...profile.candidates.keys()].every((other) => other === c || prefers(profile, c, other) < prefers(profile, other, c))
  it.each([
    ['two rounds', twoRound],
    ['instant runoff', irv],
    ['Borda', classic],
  ] as const)('%s, where everybody ranks everybody', (_name, method) => {
    fc.assert(
      fc.property(wholeElections, ({ profile, lot }) => {
        const [winner] = method(profile, lot)
        expect(winner !== undefined && loses(profile, winner)).toBe(false)
      }),
      runs(200),
    )
  })
  it('not plurality: 4 of 9 put A first and 5 put A last', () => {
    const profile = marked('ABC', ['4 A B C', '3 B C A', '2 C B A'])
    expect(loses(profile, 0)).toBe(true)
    expect(plurality(profile, [0, 1, 2])).toEqual([0])
  })
})

describe('whoever beats everybody else wins: none of these', () => {
  // B beats A by 6 to 4 and C by 7 to 3, yet has the fewest first places.
  const squeeze = marked('ABC', ['4 A B C', '2 B C A', '4 C B A'])
  it.each([
    ['plurality', plurality],
    ['two rounds', twoRound],
    ['instant runoff', irv],
  ] as const)('%s', (_name, method) => {
    const schulze = fine(countPairs('schulze@1', { unranked: 'last', strength: 'winning votes' }, squeeze, null))
    expect(schulze.condorcetWinner).toBe(1)
    expect(method(squeeze, [0, 1, 2])).not.toEqual([1])
  })
  it('Borda', () => {
    expect(classic(marked('ABC', ['3 A B C', '2 B C A']), [0, 1, 2])).toEqual([1])
  })
})

describe('monotonicity: a winner put higher still wins', () => {
  it.each([
    ['plurality', plurality],
    ['Borda', classic],
    ['Dowdall', dowdall],
  ] as const)('%s', (_name, method) => {
    fc.assert(
      fc.property(wholeElections, fc.nat(), fc.nat(), ({ profile, lot }, which, by) => {
        const [winner] = method(profile, lot)
        const index = which % profile.papers.length
        const papers = profile.papers.map((paper, i) => {
          if (i !== index || winner === undefined) return paper
          const at = paper.ranking.indexOf(winner)
          const up = by % (at + 1)
          return { ...paper, ranking: paper.ranking.toSpliced(at, 1).toSpliced(at - up, 0, winner) }
        })
        expect(method({ ...profile, papers }, lot)).toEqual([winner])
      }),
      runs(200),
    )
  })
  // 39 A B C, 35 B C A, 26 C A B: C goes and A has 65. If ten of B C A put A first, B goes and C beats A by 51 to 49.
  it.each([
    ['instant runoff', irv],
    ['two rounds', twoRound],
  ] as const)('not %s: more first places make A lose', (_name, method) => {
    expect(method(marked('ABC', ['39 A B C', '35 B C A', '26 C A B']), [0, 1, 2])).toEqual([0])
    expect(method(marked('ABC', ['49 A B C', '25 B C A', '26 C A B']), [0, 1, 2])).toEqual([2])
  })
})

describe('later no harm: ranking more people below does not hurt those above', () => {
  it('instant runoff', () => {
    fc.assert(
      fc.property(elections, fc.nat(), ({ profile, lot }, which) => {
        const index = which % profile.papers.length
        const paper = profile.papers[index]
        const rest = lot.filter((c) => !(paper?.ranking ?? []).includes(c))
        const papers = profile.papers.map((p, i) => (i === index ? { ...p, ranking: [...p.ranking, ...rest] } : p))
        const [before] = irv(profile, lot)
        const [after] = irv({ ...profile, papers }, lot)
        if (before !== undefined && paper?.ranking.includes(before) === true) expect(after).toBe(before)
      }),
      runs(200),
    )
  })
  it('not Borda: the voters of A who add B elect B', () => {
    const rule = borda({ points: 'from-n-minus-1', unranked: 'none' })
    expect(rule(marked('ABC', ['3 A', '2 B C A', '1 B A C']), [0, 1, 2])).toEqual([0])
    expect(rule(marked('ABC', ['3 A B C', '2 B C A', '1 B A C']), [0, 1, 2])).toEqual([1])
  })
})

describe('clones', () => {
  it('plurality: a second candidate of the same side loses the election for it', () => {
    expect(plurality(marked('AB', ['5 A B', '4 B A']), [0, 1])).toEqual([0])
    expect(plurality(marked('ABC', ['3 A C B', '2 C A B', '4 B A C']), [0, 1, 2])).toEqual([1])
  })
  it('Borda: a second candidate of the same side wins the election for it', () => {
    expect(classic(marked('AB', ['3 A B', '2 B A']), [0, 1])).toEqual([0])
    expect(classic(marked('ABC', ['3 A B C', '2 B C A']), [0, 1, 2])).toEqual([1])
  })
  it('instant runoff: who stands twice changes nothing but which of the two', () => {
    fc.assert(
      fc.property(wholeElections, fc.nat({ max: 1 }), ({ profile, lot }, order) => {
        const twin = profile.candidates.length
        const pair = order === 0 ? [0, twin] : [twin, 0]
        const papers = profile.papers.map(({ weight, ranking }) => ({
          weight,
          ranking: ranking.flatMap((c) => (c === 0 ? pair : [c])),
        }))
        const doubled = { ...profile, candidates: [...profile.candidates, 'Twin'], papers }
        const twice = lot.flatMap((c) => (c === 0 ? [0, twin] : [c]))
        const one = fine(countIrv(plainRule, profile, lot))
        const two = fine(countIrv(plainRule, doubled, twice))
        const level = [...one.stages, ...two.stages].some(({ acts }) => acts.some(({ kind }) => kind === 'tie'))
        if (level) return // earlier rounds tell the two apart
        const [before, after] = [one.elected[0], two.elected[0]]
        expect(after === twin ? 0 : after).toBe(before)
      }),
      runs(120),
    )
  })
})

describe('a majority can take every place', () => {
  it('block vote: 6 of 10 fill all three places; a limited vote leaves one to the 4', () => {
    const profile = { ...marked('ABCXYZ', ['6 A B C', '4 X Y Z']), seats: 3 }
    expect(fine(countMarks('block-vote@1', { least: 1, tooMany: 'invalid' }, profile, [0, 1, 2, 3, 4, 5])).elected).toEqual([
      0, 1, 2,
    ])
    const limited = { ...marked('ABCXYZ', ['6 A B', '4 X Y']), seats: 3 }
    const lot = [3, 4, 0, 1, 2, 5]
    expect(fine(countMarks('limited-vote@1', { least: 1, most: 2, tooMany: 'invalid' }, limited, lot)).elected).toEqual([0, 1, 3])
  })
})
