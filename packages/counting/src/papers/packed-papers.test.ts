// Papers merged and packed: the same profile whatever way it came, and every quick way gives what the slow way gives.
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, profiles, runs } from '../../testing/arbitrary.ts'
import { productUp, quotientOf, slotOf } from '../transferable/arithmetic-fast.ts'
import {
  bltPackedReader,
  bltReader,
  countScottish,
  packProfile,
  papersIn,
  papersPacked,
  parseBlt,
  profileHash,
  unpackProfile,
  writeBlt,
  type PackedProfile,
  type Profile,
} from '../index.ts'
import { paperTable, type PackedPapers } from './paper-table.ts'
import { Dealer } from '../transferable/piles.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file read into a packed profile, in pieces of `size` bytes through one buffer that is overwritten each time. */
function packedOf(text: string, size: number): ReturnType<ReturnType<typeof bltPackedReader>['end']> {
  const reader = bltPackedReader()
  const [all, buffer] = [bytes(text), new Uint8Array(size)]
  for (let at = 0; at < all.length; at += size) {
    const piece = all.subarray(at, at + size)
    buffer.set(piece)
    reader.push(buffer.subarray(0, piece.length))
  }
  return reader.end()
}

const rows = ({ starts, ranks, weights }: PackedPapers): readonly string[] =>
  Array.from(weights, (weight, i) => `${weight}: ${ranks.slice(starts[i], starts[i + 1]).join(' ')}`)

/** A profile of `candidates` with these papers, by random rankings too long for a key as well as short ones. */
const large = fc.integer({ min: 1, max: 40 }).chain((candidates) => {
  const all = Array.from({ length: candidates }, (_, c) => c)
  return fc
    .array(fc.record({ weight: fc.integer({ min: 1, max: 200_000 }), ranking: fc.shuffledSubarray(all) }), { maxLength: 30 })
    .map((papers): Profile => ({ title: '', candidates: all.map((c) => `C${c + 1}`), withdrawn: [], seats: 1, papers }))
})

describe('the table of papers', () => {
  it('adds equal rankings, sorts them candidate by candidate, the shorter before those it begins', () => {
    for (const candidates of [12, 13]) {
      const table = paperTable(candidates)
      const add = (ranking: number[], weight: number): void => table.add(Uint16Array.from(ranking), ranking.length, weight)
      add([2, 0], 3)
      add([], 4)
      add([0, 11, 1], 1)
      add([2], 70_000)
      add([2, 0], 65_535)
      add([0], 5_000_000_000)
      add([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 2)
      add([0], 1)
      expect(rows(table.end())).toEqual([
        '4: ',
        '5000000001: 0',
        '1: 0 11 1',
        '70000: 2',
        '65538: 2 0',
        '2: 11 10 9 8 7 6 5 4 3 2 1 0',
      ])
    }
  })
  it('keeps every paper while it grows: 60,000 different rankings, by keys and by rows', () => {
    for (const candidates of [12, 20]) {
      const table = paperTable(candidates)
      const scratch = new Uint16Array(candidates)
      const permuted = (n: number): number => {
        let left = Array.from({ length: 9 }, (_, i) => i)
        let rest = n
        for (let place = 0; place < 9; place++) {
          scratch[place] = left[rest % left.length] ?? 0
          const size = left.length
          left = left.filter((_, i) => i !== rest % size)
          rest = Math.floor(rest / size)
        }
        return 9
      }
      for (let round = 1; round <= 2; round++) for (let n = 0; n < 60_000; n++) table.add(scratch, permuted(n), round)
      const { weights, ranks, starts } = table.end()
      expect([weights.length, ranks.length, starts.at(-1)]).toEqual([60_000, 540_000, 540_000])
      expect(weights.every((weight) => weight === 3)).toBe(true)
    }
  })
  it('is the same however small it begins, and is a tally of the rankings in their order', () => {
    fc.assert(
      fc.property(large, fc.constantFrom(0, 1, 2, 3, 17), (profile, begins) => {
        const candidates = profile.candidates.length
        const tally = new Map<string, { weight: number; readonly ranking: readonly number[] }>()
        const [small, usual] = [paperTable(candidates, begins), paperTable(candidates)]
        for (const { weight, ranking } of profile.papers) {
          const plain = ranking.flat()
          const known = tally.get(plain.join())
          if (known === undefined) tally.set(plain.join(), { weight, ranking: plain })
          else known.weight += weight
          for (const table of [small, usual]) table.add(Uint16Array.from(plain), plain.length, weight)
        }
        const before = (a: readonly number[], b: readonly number[]): number => {
          const at = a.findIndex((c, i) => c !== b[i])
          return at < 0 || b[at] === undefined ? a.length - b.length : (a[at] ?? 0) - b[at]
        }
        const sorted = [...tally.values()].sort((a, b) => before(a.ranking, b.ranking))
        const expected = sorted.map(({ weight, ranking }) => `${weight}: ${ranking.join(' ')}`)
        expect(rows(small.end())).toEqual(expected)
        expect(rows(usual.end())).toEqual(expected)
      }),
      runs(200),
    )
  })
  it('has the same fingerprint by whichever SHA-256, which is asked for the papers only once', () => {
    const papers = [
      { weight: 1, ranking: [2] },
      { weight: 2, ranking: [0, 1] },
    ]
    const profile = packProfile({ title: '', candidates: ['A', 'B', 'C'], withdrawn: [], seats: 1, papers })
    const lengths: number[] = []
    const own = (given: Uint8Array): Uint8Array => {
      lengths.push(given.length)
      return sha256(given)
    }
    const fingerprint = profileHash(profile, own)
    expect(lengths[0]).toBe(7) // twice [0, 1], once [2]: 2 2 0 1 and 1 1 2
    expect(profileHash(profile, own)).toBe(fingerprint)
    expect(lengths).toEqual([7, lengths[1], lengths[1]])
    expect(profileHash(unpackProfile(profile))).toBe(fingerprint)
  })
  it('is the same whatever the order and splitting of the papers, and so is the fingerprint', () => {
    fc.assert(
      fc.property(large, fc.infiniteStream(fc.nat()), (profile, chance) => {
        const split = profile.papers.flatMap(({ weight, ranking }) =>
          weight > 1
            ? [
                { weight: weight - 1, ranking },
                { weight: 1, ranking },
              ]
            : [{ weight, ranking }],
        )
        const keyed = split.map((paper) => ({ paper, key: Number(chance.next().value) })).sort((a, b) => a.key - b.key)
        const again = { ...profile, papers: keyed.map(({ paper }) => paper) }
        expect(packProfile(again)).toEqual(packProfile(profile))
        expect(profileHash(again)).toBe(profileHash(profile))
        expect(papersPacked(packProfile(profile))).toBe(papersIn(profile))
        expect(packProfile(unpackProfile(packProfile(profile)))).toEqual(packProfile(profile))
      }),
      runs(150),
    )
  })
})

describe('a ballot file read into a packed profile', () => {
  it('is what the plain reader reads, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.oneof(profiles, large), fc.integer({ min: 1, max: 60 }), (profile, size) => {
        const text = writeBlt(profile)
        const file = packedOf(text, size)
        const plain = parseBlt(text)
        if (file.kind === 'fail' || plain.kind === 'fail') throw new Error('the file was refused')
        expect(file.value).toEqual({ ...plain.value, profile: packProfile(plain.value.profile) })
      }),
      runs(300),
    )
  })
  const names = '"A"\n"B"\n"C"\n'
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(
        '1 1 2 0',
        '2 3',
        '3 2 1 3 0 ',
        '\t4 1\t2',
        '1 0',
        '07 01 0',
        '5',
        '999999999 1 0',
        '1234567890 2 0',
        '',
        '# no',
        '1 1 # one',
      ),
      fc.constantFrom('1 1=2 0', '1 - 2 0', '(a) 1 2 0', '-3', '[nick a b c]', '1 a 0', '[tie 3 2 1]', '1 1 2 0\r'),
      fc.constantFrom(
        '0 1 0',
        '1 1 1 0',
        '1 4 0',
        '1 1 0 2',
        '1 00',
        '1 1x 0',
        '1.5 1 0',
        '-1 2',
        '1 1 -1 0',
        '9007199254740993 1 0',
        '1 40 0',
      ),
    ),
    { maxLength: 12 },
  )
  it('has the same faults, lines and columns where it is refused', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 40 }), fc.constantFrom('3 2', '20 2'), (papers, size, head) => {
        const text = `${head}\n${papers.join('\n')}\n0\n${names}${head === '3 2' ? '' : '"X"\n'.repeat(17)}`
        const plain = bltReader()
        plain.push(bytes(text))
        const [expected, found] = [plain.end(), packedOf(text, size)]
        if (expected.kind === 'fail') expect(found).toEqual(expected)
        else expect(found).toEqual({ kind: 'ok', value: { ...expected.value, profile: packProfile(expected.value.profile) } })
      }),
      runs(1500),
    )
  })
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('', '2 1\n', '14 1\n1 1 2 0\n'), (noise, head) => {
        const reader = bltPackedReader()
        reader.push(bytes(head))
        reader.push(noise)
        expect(['ok', 'fail']).toContain(reader.end().kind)
      }),
      runs(500),
    )
  })
})

describe('a packed profile from elsewhere is checked like any other', () => {
  const base = packProfile({
    title: '',
    candidates: ['A', 'B'],
    withdrawn: [],
    seats: 1,
    papers: [{ weight: 2, ranking: [0, 1] }],
  })
  const kind = (profile: PackedProfile): string => {
    const count = countScottish(profile, null)
    return count.kind === 'ok' ? 'ok' : count.error.kind === 'bad profile' ? count.error.fault.kind : count.error.kind
  }
  const papers = (change: Partial<PackedPapers>): PackedProfile => ({ ...base, packed: { ...base.packed, ...change } })
  it.each([
    ['as it was', base, 'ok'],
    ['the same papers, not ours', papers({}), 'ok'],
    ['fewer candidates than its papers name', { ...base, candidates: ['A'] }, 'unknown candidate'],
    ['a candidate there is not', papers({ ranks: Uint16Array.of(0, 2) }), 'unknown candidate'],
    ['a candidate twice', papers({ ranks: Uint16Array.of(0, 0) }), 'repeated candidate'],
    ['half a paper', papers({ weights: Float64Array.of(0.5) }), 'bad weight'],
    ['no papers of a ranking', papers({ weights: Float64Array.of(0) }), 'bad weight'],
    ['ends that do not meet', papers({ starts: Uint32Array.of(0, 1) }), 'bad rank'],
    ['a beginning too late', papers({ starts: Uint32Array.of(1, 2) }), 'bad rank'],
    ['an end too many', papers({ starts: Uint32Array.of(0, 2, 2) }), 'bad rank'],
    ['an end too few', papers({ starts: Uint32Array.of(0) }), 'bad rank'],
    ['a weight of minus one', papers({ weights: Float64Array.of(-1) }), 'bad weight'],
    ['a weight beyond exactness', papers({ weights: Float64Array.of(2 ** 53) }), 'bad weight'],
    ['no seats', { ...base, seats: 0 }, 'bad seats'],
    ['an odd paper that names nobody we know', { ...base, odd: [{ weight: 1, ranking: [[0, 5]] }] }, 'unknown candidate'],
    ['more papers than are exact', { ...base, odd: [{ weight: Number.MAX_SAFE_INTEGER, ranking: [[0, 1]] }] }, 'too many papers'],
  ] as const)('%s: %#', (_name, profile, expected) => expect(kind(profile)).toBe(expected))
})

describe('very many candidates', () => {
  it('65,535 can be counted, one more is refused', () => {
    const many = (n: number): Profile => {
      const candidates = Array.from({ length: n }, (_, c) => `C${c}`)
      return { title: '', candidates, withdrawn: [], seats: n - 1, papers: [{ weight: 3, ranking: [n - 1, 0] }] }
    }
    const packed = packProfile(many(65_535))
    expect([...packed.packed.ranks]).toEqual([65_534, 0])
    expect(countScottish(many(65_536), null)).toMatchObject({
      error: { kind: 'bad profile', fault: { kind: 'too many candidates', most: 65_535 } },
    })
  })
})

describe('dealing papers out', () => {
  it('every ranking comes to one target, and the sums are theirs', () => {
    fc.assert(
      fc.property(anyElections, fc.infiniteStream(fc.boolean()), ({ profile }, chance) => {
        const { packed } = packProfile(profile)
        const open = Uint8Array.from(profile.candidates, () => (chance.next().value === true ? 1 : 0))
        const dealt = new Dealer(packed, open.length).dealAll(open)
        expect(dealt.flatMap(({ rows: dealtRows }) => [...dealtRows]).sort((a, b) => a - b)).toEqual([...packed.weights.keys()])
        for (const { to, rows: dealtRows, papers } of dealt) {
          expect(papers).toBe(dealtRows.reduce((sum, row) => sum + (packed.weights[row] ?? 0), 0))
          for (const row of dealtRows) {
            const named = packed.ranks.slice(packed.starts[row], packed.starts[row + 1])
            expect(named.find((c) => open[c] === 1) ?? null).toBe(to)
          }
        }
      }),
      runs(300),
    )
  })
})

describe('whole numbers without bigint', () => {
  const nine = fc.oneof(
    fc.integer({ min: 0, max: 1_000_000_000 }),
    fc.constantFrom(0, 1, 32_767, 32_768, 999_999_999, 1_000_000_000, 1_000_000_007),
  )
  it('a product to nine places, rounded up', () => {
    fc.assert(
      fc.property(nine, nine, (a, b) => {
        const exact = (BigInt(a) * BigInt(b) + 999_999_999n) / 1_000_000_000n
        expect(BigInt(productUp(a, b))).toBe(exact)
      }),
      runs(3000),
    )
  })
  it('a quotient, remainder ignored, to the last whole number there is', () => {
    const whole = fc.oneof(
      fc.maxSafeNat(),
      fc.maxSafeNat().map((n) => Number.MAX_SAFE_INTEGER - (n % 1000)),
    )
    fc.assert(
      fc.property(
        whole,
        fc.oneof(
          fc.integer({ min: 1, max: 50 }),
          fc.maxSafeNat().map((n) => n + 1),
        ),
        (dividend, divisor) => {
          expect(BigInt(quotientOf(dividend, divisor))).toBe(BigInt(dividend) / BigInt(divisor))
        },
      ),
      runs(3000),
    )
  })
  it('slots spread: 4,096 near keys fill most of as many slots', () => {
    const slots = new Set(Array.from({ length: 4096 }, (_, i) => slotOf((1 + (i % 12)) << 28, i << 16, 4095)))
    expect(slots.size).toBeGreaterThan(2300)
  })
})
