// Elections made up to reach what real wards hardly ever do, each worked by hand from the text of the Order. Figures are totals at the
// end of each stage, then what is non-transferable and what is lost to truncation.
import type { LotOrder, Profile } from '../src/index.ts'

/** `A C E` with a weight in front: `30 A C E`. */
export function profileOf(candidates: string, seats: number, papers: readonly string[]): Profile {
  const names = candidates.split('')
  return {
    title: '',
    candidates: names,
    withdrawn: [],
    seats,
    papers: papers.map((line) => {
      const [weight = '', ...ranking] = line.split(' ')
      return { weight: Number(weight), ranking: ranking.map((name) => names.indexOf(name)) }
    }),
  }
}

export type Worked = {
  readonly name: string
  readonly profile: Profile
  readonly lot: LotOrder | null
  readonly quota: number
  /** Per stage: one total a candidate, then non-transferable, then lost. */
  readonly stages: readonly string[]
  /** Names in order of election. */
  readonly elected: string
  /** Clauses of the ties met, in order. */
  readonly ties: readonly string[]
}

export const worked: readonly Worked[] = [
  {
    // Equal surpluses, settled by 49(2). Quota ⌊99/5⌋ + 1 = 20. Stage 2: A's surplus of 20 on 40 papers, 0.5 each: B and C reach 21.
    // Level now, so back to stage 1: B 15, C 13; B first. Stage 3: 1 × 1 ÷ 21 = 0.04761 on 15 papers to E, 1 × 0.5 ÷ 21 = 0.02380 on 12
    // to D; lost 0.00025. Stage 4: C's 13 at 0.04761 to F, 16 at 0.02380 to E; lost 0.00027. Stage 5: F out. 50(4): 9 papers at 1 name
    // only A, elected, so they leave; 13 go to D at 0.04761. Stage 6: E out, 16 to D at 0.02380; D is alone for the last place (52).
    name: 'two equal surpluses, unequal at stage 1',
    profile: profileOf('ABCDEF', 4, ['12 A B D', '16 A C E D', '12 A D', '15 B E', '13 C F D', '10 D', '12 E', '9 F A']),
    lot: null,
    quota: 20,
    stages: [
      '40 15 13 10 12 9 0 0',
      '20 21 21 16 12 9 0 0',
      '20 20 21 16.28560 12.71415 9 0 0.00025',
      '20 20 20 16.28560 13.09495 9.61893 0 0.00052',
      '20 20 20 16.90453 13.09495 0 9 0.00052',
      '20 20 20 17.28533 0 0 21.71415 0.00052',
    ],
    elected: 'ABCD',
    ties: ['49(2)'],
  },
  {
    // 49(1): the highest surplus now, not the oldest. Stage 2: A's 20 on 40 papers at 0.5, of which 4 name nobody (non-transferable 2);
    // C rises to 30. B has waited with 1 since stage 1, C has 10: C first. Stage 3: 10 × 1 ÷ 30 = 0.33333 on 15 to D, 10 × 0.5 ÷ 30 =
    // 0.16666 on 30 to E; lost 0.00025. Stage 4: B's 21 papers at 0.04761 to F; lost 0.00019.
    name: 'an older, smaller surplus waits',
    profile: profileOf('ABCDEF', 4, ['30 A C E', '6 A D', '4 A', '21 B F', '15 C D', '8 D', '8 E', '7 F']),
    lot: null,
    quota: 20,
    stages: [
      '40 21 15 8 8 7 0 0',
      '20 21 30 11 8 7 2 0',
      '20 21 20 15.99995 12.99980 7 2 0.00025',
      '20 20 20 15.99995 12.99980 7.99981 2 0.00044',
      '20 20 20 15.99995 12.99980 0 9.99981 0.00044',
      '20 20 20 15.99995 0 0 22.99961 0.00044',
    ],
    elected: 'ABCD',
    ties: [],
  },
  {
    // 47(1): B equals the quota of 11 and is elected without a surplus. Stage 2: D out, A rises to 19; C is alone for the last place, so
    // 52(2): no further transfer, although A has 8 to spare.
    name: 'the last place is filled with a surplus pending',
    profile: profileOf('ABCD', 3, ['10 A C', '11 B', '10 C', '9 D A C']),
    lot: null,
    quota: 11,
    stages: ['10 11 10 9 0 0', '19 11 10 0 0 0'],
    elected: 'BAC',
    ties: [],
  },
  {
    // 51(2)(a): B and C level at 6 at stage 3. Most recent unequal stage: 2, where C had 5 and B 6, so C goes, although at stage 1 B had
    // fewer. Quota ⌊24/2⌋ + 1 = 13.
    name: 'two level for exclusion, the order of stages matters',
    profile: profileOf('ABCDE', 1, ['10 A', '4 B', '5 C B', '2 D B', '1 E C', '2 E']),
    lot: null,
    quota: 13,
    stages: ['10 4 5 2 3 0 0', '10 6 5 0 3 0 0', '10 6 6 0 0 2 0', '10 11 0 0 0 3 0', '0 11 0 0 0 13 0'],
    elected: 'B',
    ties: ['51(2)(a)'],
  },
  {
    // 51(2)(a) with three: X, Y, Z level at 50 at stage 3. At stage 2 X and Y were joint lowest with 45 (Z 50): they stay tied. At stage 1
    // X had 44, Y 45: X goes. (Z had the fewest of the three at stage 1, but is no longer in question.)
    name: 'three level for exclusion, two joint lowest at the deciding stage',
    profile: profileOf('AXYZPQ', 1, ['100 A', '44 X Y', '45 Y', '30 Z', '20 P Z', '1 P X', '5 Q X', '5 Q Y', '12 Q']),
    lot: null,
    quota: 132,
    stages: [
      '100 44 45 30 21 22 0 0',
      '100 45 45 50 0 22 0 0',
      '100 50 50 50 0 0 12 0',
      '100 0 94 50 0 0 18 0',
      '100 0 94 0 0 0 68 0',
      '100 0 0 0 0 0 162 0',
    ],
    elected: 'A',
    ties: ['51(2)(a)'],
  },
  {
    // 51(2)(b): W, X, Y, Z level at every stage. The lot prefers Y, W, Z, X, A in this order: X goes, then Z, then W.
    name: 'four level for exclusion since stage 1, by lot',
    profile: profileOf('AWXYZ', 1, ['10 A', '3 W', '3 X', '3 Y', '3 Z']),
    lot: [3, 1, 4, 2, 0],
    quota: 12,
    stages: ['10 3 3 3 3 0 0', '10 3 0 3 3 3 0', '10 3 0 3 0 6 0', '10 0 0 3 0 9 0', '10 0 0 0 0 12 0'],
    elected: 'A',
    ties: ['51(2)(b)', '51(2)(b)', '51(2)(b)'],
  },
  {
    // 49(3): A and B level at 10 since the first stage, quota ⌊25/4⌋ + 1 = 7. The lot prefers B: B's 10 papers at 3 ÷ 10 = 0.3 first.
    name: 'two equal surpluses since stage 1, by lot',
    profile: profileOf('ABCD', 3, ['10 A C', '10 B D', '3 C', '2 D']),
    lot: [1, 0, 2, 3],
    quota: 7,
    stages: ['10 10 3 2 0 0', '10 7 3 5 0 0', '7 7 6 5 0 0', '7 7 6 0 5 0'],
    elected: 'ABC',
    ties: ['49(3)'],
  },
  {
    // 49(2) with three: quota ⌊101/5⌋ + 1 = 21; P's papers bring A, B and C to 22 at stage 2. At stage 1 A and B were joint highest with
    // 20, C had 19: A and B stay tied, no stage lies further back, and the lot prefers B to A (49(3)). Then A and C, level at 22: A had
    // more at stage 1 (49(2)). Each surplus is 1 on 22 papers at 1: 1 ÷ 22 = 0.04545, which moves 0.99990 and loses 0.00010.
    name: 'three equal surpluses, two joint highest at the deciding stage',
    profile: profileOf('ABCPDE', 4, ['20 A D', '20 B D', '19 C E', '2 P A D', '2 P B D', '3 P C E', '17 D', '18 E']),
    lot: [2, 1, 0, 3, 4, 5],
    quota: 21,
    stages: [
      '20 20 19 7 17 18 0 0',
      '22 22 22 0 17 18 0 0',
      '22 21 22 0 17.99990 18 0 0.00010',
      '21 21 22 0 18.99980 18 0 0.00020',
      '21 21 21 0 18.99980 18.99990 0 0.00030',
      '21 21 21 0 0 18.99990 18.99980 0.00030',
    ],
    elected: 'ABCE',
    ties: ['49(3)', '49(2)'],
  },
]
