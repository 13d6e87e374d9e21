// ERS97. The whole result sheet of the booklet's model election is not at hand: its first two stages, as its section 8 tells them, and
// elections worked by hand, each step cited.
import { describe, expect, it } from 'vitest'
import { ers97, present, whyAbsent } from '../../testing/official.ts'
import { profileOf } from '../../testing/worked.ts'
import { countErs97, decimalText, english, parseBlt, stagesCsv, type LotOrder, type Profile, type StvCount } from '../index.ts'

function counted(profile: Profile, lot: LotOrder | null = null): StvCount {
  const count = countErs97(profile, lot)
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const two = (votes: bigint): string => decimalText(votes, 2).replace(/\.00$/, '')
const rows = (count: StvCount): readonly string[] =>
  count.stages.map(({ totals, nonTransferable, lost }) => [...totals, nonTransferable, lost].map(two).join(' '))
const clauses = (count: StvCount): readonly string[] => count.stages.map(({ acts }) => acts.map(({ clause }) => clause).join(' '))
const names = (count: StvCount, profile: Profile): string => count.elected.map((c) => profile.candidates[c]).join('')

describe(`the model election of the booklet, section 8${whyAbsent}`, () => {
  it.skipIf(!present)('8.1 and 8.2: quota 107.58, 123 transferable papers at 0.21, 0.59 lost to the remainder', () => {
    const file = parseBlt(ers97('ers97.blt'))
    if (file.kind === 'fail') throw new Error('the file was refused')
    const { profile } = file.value
    const count = counted(profile)
    expect(count.valid).toBe(753)
    expect(count.stages[0]?.acts).toContainEqual({ kind: 'quota', clause: '5.1.6', valid: 753, seats: 6, quota: 10_758n })
    expect(count.stages[0]?.acts).toContainEqual({
      kind: 'elect',
      clause: '5.1.7(a)',
      candidate: 0,
      total: 13_400n,
      needed: 10_758n,
    })
    const transfer = count.stages[1]?.transfers[0]
    expect([transfer?.surplus, transfer?.lost]).toEqual([2642n, 59n])
    expect(transfer?.parcels.reduce((sum, { papers }) => sum + papers, 0)).toBe(123)
    expect(new Set(transfer?.parcels.map(({ value }) => value))).toEqual(new Set([21n]))
    // Not told in public, and so only what the rules give: the whole count by hand from paragraph 5.2 on.
    expect(rows(count).slice(1)).toEqual([
      '107.58 88.35 32.25 30.51 106.68 91 64 59.84 55 23.42 93.78 0 0.59',
      // 5.2.5: Monk alone (23.42 + 30.51 is more than 32.25; with Wright too, more than 55). 5.4: 21 papers at 1, 2 at 0.21.
      '107.58 88.35 32.25 30.51 108.68 91 64.21 64.84 69.21 0 95.78 0 0.59',
      // 5.2.2: Duke's 1.10 waits: Glazier and Wright have 62.76 together, with it 63.86, and Baron 64.21. At 1 the 34 papers for Carpenter
      // elect; those at 0.21 pass Carpenter by (5.4.10).
      '107.58 122.35 0 0 108.68 104.31 68.26 67.10 71.31 0 96.62 6.20 0.59',
      // 5.3.2: the last batch, 34 papers at 1, of which 8 are transferable: worth less than the surplus of 14.77, so at 1 (5.3.7).
      '107.58 107.58 0 0 108.68 104.31 70.26 68.10 71.31 0 101.62 12.97 0.59',
      // Abbot out with 68.10, the batch at 1 first: 5.4.9 elects Vicar, then Freeman under (b); all places are filled, 2.10 stay (5.5.2).
      '107.58 107.58 0 0 108.68 104.31 82.26 2.10 113.31 0 101.62 24.97 0.59',
    ])
    expect(count.elected.map((c) => profile.candidates[c])).toEqual(['Smith', 'Duke', 'Carpenter', 'Prince', 'Vicar', 'Freeman'])
    expect(english.stage(count, 4, profile.candidates)).toContain(
      'The surplus of Duke (1.10) could not lift Glazier and Wright above the next, who had 64.21, so it waited. Glazier (30.51) and Wright (32.25) had together no more than the next above, so all of them were excluded',
    )
    expect(english.stage(count, 6, profile.candidates)).toContain(
      'Elected by reaching the quota of 107.58: Vicar with 113.31 votes. Elected with enough for the places left (96.41): Freeman with 101.62 votes.',
    )
    expect(stagesCsv(count, profile)).toContain('6,candidate,8,Abbot,2.10,excluded')
    expect(stagesCsv(count, profile)).toContain(
      '6,quota,,,107.58,\r\n6,non-transferable,,,24.97,\r\n6,lost to truncation,,,0.59,\r\n6,total,,,753.00,\r\n',
    )
  })
})

describe('5.1, 5.4.8: the quota', () => {
  it('5.1.6: exact where the division is, else cut and 0.01 more', () => {
    expect(counted(profileOf('AB', 1, ['3 A', '1 B'])).stages[0]?.quota).toBe(200n)
    expect(counted(profileOf('ABC', 2, ['3 A', '1 B'])).stages[0]?.quota).toBe(134n)
  })
  // 40 papers, one place: 20. D's 3 name nobody else: 37 ÷ 2 = 18.50, which A has not (18) and nobody is elected. C's 4 go: A 22.
  it('5.4.8: lowered while nobody has been elected', () => {
    const profile = profileOf('ABCD', 1, ['18 A', '15 B', '4 C A', '3 D'])
    const count = counted(profile)
    expect(count.stages.map(({ quota }) => two(quota))).toEqual(['20', '18.50'])
    // 5.2.5: C and D have 7 together, less than B's 15: both at once.
    expect(rows(count)).toEqual(['18 15 4 3 0 0', '22 15 0 0 3 0'])
    expect(clauses(count)[1]).toBe('5.2.5 5.2.5 5.4.8 5.4.9(a)')
  })
})

describe('5.2.2 to 5.3: surpluses', () => {
  // Quota 100 ÷ 4 = 25. A's 15 could lift D (8) above C (20): transferred. 40 papers of which 30 go on: 15 ÷ 30 = 0.50.
  it('shared between the transferable papers only', () => {
    const count = counted(profileOf('ABCD', 3, ['30 A D', '10 A', '32 B C', '20 C', '8 D']))
    expect(rows(count).slice(0, 2)).toEqual(['40 32 20 8 0 0', '25 32 20 23 0 0'])
    expect(clauses(count).slice(0, 2)).toEqual(['5.1.2 5.1.6 5.1.7(a) 5.1.7(a)', '5.3'])
  })
  it('5.2.3: level surpluses, the lot where they never differed', () => {
    const profile = profileOf('ABCDE', 3, ['30 A C', '30 B D', '17 C', '16 D', '7 E'])
    expect(countErs97(profile, null)).toEqual({
      kind: 'fail',
      error: { kind: 'lot needed', stage: 2, clause: '5.2.3', purpose: 'surplus', tied: [0, 1] },
    })
    expect(counted(profile, [1, 0, 2, 3, 4]).stages[1]?.transfers[0]?.from).toBe(1)
  })
  // 52 papers, two places: 17.34. C and D go, 7 papers, of which one is for A: 18, and 46 ÷ 3 is now 15.34. A's surplus of 2.66 rests on a
  // last batch of one paper that names nobody further: all of it is non-transferable (6.11), and A keeps the quota.
  it('5.4.8 makes a surplus larger than its last batch: what finds nobody is non-transferable', () => {
    const count = counted(profileOf('ABCDE', 2, ['17 A', '15 B', '6 C', '1 C A', '13 E']))
    expect(rows(count)).toEqual(['17 15 7 0 13 0 0', '18 15 0 0 13 6 0', '15.34 15 0 0 13 8.66 0'])
    expect(count.stages[2]?.transfers[0]?.parcels).toEqual([{ to: null, papers: 1, received: 100n, value: 100n, amount: 266n }])
    expect(count.elected).toEqual([0, 1])
  })
  it('every act and transfer of a count with two surpluses', () => {
    // Quota 100 ÷ 3 = 33.34. A's 16.66 on 50 papers for B: 0.33 each. 5.3.13: B 26 + 16.50 = 42.50.
    const count = counted(profileOf('ABC', 2, ['50 A B', '26 B', '24 C']))
    expect(count.stages.map(({ acts }) => acts)).toEqual([
      [
        { kind: 'first-preferences', clause: '5.1.2', valid: 100, invalid: 0 },
        { kind: 'quota', clause: '5.1.6', valid: 100, seats: 2, quota: 3334n },
        { kind: 'elect', clause: '5.1.7(a)', candidate: 0, total: 5000n, needed: 3334n },
      ],
      [
        { kind: 'surplus', clause: '5.3', candidate: 0, total: 5000n, surplus: 1666n, waiting: [] },
        { kind: 'elect', clause: '5.3.13(a)', candidate: 1, total: 4250n, needed: 3334n },
      ],
    ])
    expect(count.stages[1]?.transfers).toEqual([
      {
        from: 0,
        surplus: 1666n,
        total: 5000n,
        parcels: [{ to: 1, papers: 50, received: 100n, value: 33n, amount: 1650n }],
        lost: 16n,
      },
    ])
    const level = counted(profileOf('ABCDE', 3, ['30 A C', '30 B D', '17 C', '16 D', '7 E']), [1, 0, 2, 3, 4])
    expect(level.stages[1]?.acts.slice(0, 2)).toEqual([
      {
        kind: 'tie',
        clause: '5.2.3',
        purpose: 'surplus',
        tied: [0, 1],
        total: 3000n,
        steps: [],
        chosen: 1,
        byLot: true,
        numbers: null,
      },
      { kind: 'surplus', clause: '5.3', candidate: 1, total: 3000n, surplus: 500n, waiting: [0] },
    ])
  })
  it('5.3.7: cut to two decimals, the remainder in the books', () => {
    // 100 papers, two places: 33.34. A's 16.66 on 50 papers: 0.33, 0.16 lost.
    const count = counted(profileOf('ABC', 2, ['50 A B', '26 B', '24 C']))
    expect(rows(count)[1]).toBe('33.34 42.50 24 0 0.16')
  })
})

describe('5.2.5, 5.4, 5.5: exclusions', () => {
  it('level for exclusion: the fewest at the earliest difference, against the Scottish rule', () => {
    // F, E and D go one by one (two together always have more than the next above). D's 12 bring B to 26, level with C; at the first stage
    // B had 14 and C 15: B goes, although just before D went C had more.
    const profile = profileOf('ABCDEF', 1, ['30 A', '14 B', '15 C B', '12 D B', '1 D', '11 E C', '10 F'])
    const count = counted(profile)
    const ties = count.stages.flatMap(({ acts }) => acts.filter(({ kind }) => kind === 'tie'))
    expect(ties).toMatchObject([{ clause: '5.2.5', tied: [1, 2], steps: [{ stage: 1, left: [1] }], chosen: 1, byLot: false }])
    expect(rows(count).slice(0, 5)).toEqual([
      '30 14 15 13 11 10 0 0',
      '30 14 15 13 11 0 10 0',
      '30 14 26 13 0 0 10 0',
      '30 26 26 0 0 0 11 0',
      '30 0 26 0 0 0 37 0',
    ])
  })
  it('5.6.2 and 5.5.1: more level than places and always level: nobody is elected then, the lot excludes, and nothing moves', () => {
    // 30 papers, two places, quota 10 exactly: three have it.
    const profile = profileOf('ABC', 2, ['10 A', '10 B', '10 C'])
    expect(countErs97(profile, null)).toMatchObject({
      kind: 'fail',
      error: { kind: 'lot needed', clause: '5.2.5', tied: [0, 1, 2] },
    })
    const count = counted(profile, [2, 0, 1])
    expect(count.elected.toSorted((a, b) => a - b)).toEqual([0, 2])
    expect(rows(count)).toEqual(['10 10 10 0 0', '10 10 10 0 0'])
    expect(clauses(count)[1]).toBe('5.2.5 5.2.5 5.5.1 5.5.1')
    expect(english.stage(count, 2, profile.candidates)).toContain(
      'B, with 10 votes, was excluded. 2 candidates were left for 2 seats',
    )
  })
  it('5.6.2: more level than places: those ahead at the earliest difference', () => {
    // One place, quota 10: D's 2 make B level with A at 10; at the first stage A had 10 and would have been elected. So two with less:
    // quota 21 ÷ 2 = 10.50; after D and E, A and B have 10 of 20 in play: 10 each is (b), and A had more first preferences.
    const profile = profileOf('ABDE', 1, ['9 A', '8 B', '1 D A', '2 E B', '1 E'])
    const count = counted(profile)
    expect(names(count, profile)).toBe('A')
    expect(count.stages.at(-1)?.acts).toContainEqual(
      expect.objectContaining({ kind: 'tie', clause: '5.6.2', purpose: 'election', chosen: 0 }),
    )
  })
  it('no papers at all, or more places than candidates: it ends', () => {
    expect(counted(profileOf('ABC', 1, []), [1, 0, 2]).elected).toEqual([1])
    const count = counted(profileOf('AB', 3, ['1 A']))
    expect([count.elected.toSorted(), count.unfilled]).toEqual([[0, 1], 1])
  })
})
