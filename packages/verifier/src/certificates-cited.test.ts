// A count certificate and a draw that an act cites are followed, and no field of either can say anything else.
import {
  certificateOf,
  countErs97,
  countIrv,
  countMeekReference,
  countScottish,
  drawPanel,
  lotOrder,
  lotSeedOfWords,
  lotteryText,
  proposeLottery,
  type LotOrder,
  type Pool,
  type Profile,
} from '@quorate/counting'
import { canonicalJson, toHex, type Json, type Result } from '@quorate/kernel'
import { bodyOf, entryOf } from '@quorate/record'
import { fingerprintOf, type Fact } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../counting/testing/changes.ts'
import { print } from '../../rulebook/test/lantern.ts'
import { box, count, declare, election, judged, ranked } from '../testing/election-story.ts'
import { citations } from './citations.ts'

function good<T>(result: Result<T, unknown>): T {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

const seed = lotSeedOfWords('three dice at the count')
const hex = toHex(seed)
const names = ['Ann', 'Ben', 'Dee', 'Eve']
// Seven for Ann before Ben, four for Eve before Dee, one blank: two places, quota 4.
const ranks = [...Array<readonly number[]>(7).fill([1, 2, 0, 0]), ...Array<readonly number[]>(4).fill([0, 0, 2, 1]), [0, 0, 0, 0]]
const profileOf = (rows: readonly (readonly number[])[], seats = 2): Profile => ({
  title: '',
  candidates: names,
  withdrawn: [],
  seats,
  papers: rows.map((row) => ({
    weight: 1,
    ranking: row
      .flatMap((rank, place) => (rank > 0 ? [{ rank, place }] : []))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ place }) => place),
  })),
})
const lot: LotOrder = lotOrder(seed, names.length)
const counters = { 'scottish-stv': countScottish, ers97: countErs97, 'reference-meek': countMeekReference } as const
const certificateBy = (method: keyof typeof counters, rows = ranks, withLot = true): string => {
  const profile = profileOf(rows)
  return certificateOf(good(counters[method](profile, withLot ? lot : null)), profile, withLot ? seed : null)
}

const lotFact = (at: Fact['at'], value = hex): Fact => ({
  name: 'lot',
  of: null,
  value,
  at,
  knownAt: at,
  source: 'attestation',
  evidence: null,
})

/** What the verifier says of an act that declares a count of these papers, and cites this text. */
function declared(method: string, text: string, { chosen = [1, 4], rows = ranks, more = {}, withSeed = true, known = hex } = {}) {
  const { t, replaying } = election(method)
  // Numbers 1, 2, 4 and 5 are listed: the third gave no statement.
  const listed = [1, 2, 4, 5]
  const own = box([rows], ranked)
  const fact: Fact = {
    ...count(
      t,
      chosen.map((place) => listed[place - 1] ?? 0),
      { valid: 11, blank: 1, ...more },
    ),
    evidence: fingerprintOf(text),
  }
  const documents = { ...own.documents, [fingerprintOf(text)]: text }
  return judged(t, replaying, declare, fact, { ...own, documents, more: withSeed ? [lotFact(t.now(), known)] : [] })
}

describe('a count certificate that is cited', () => {
  test.each(['scottish-stv', 'ers97', 'reference-meek'] as const)('is followed by the rule’s own method: %s', (method) => {
    const text = certificateBy(method)
    // The seed is checked with the openings.
    expect(declared(method, text)).toEqual([])
    expect(declared(method, certificateBy(method, ranks, false), { withSeed: false })).toEqual([])
    // Of the same papers, but by another rule.
    const other = method === 'ers97' ? 'scottish-stv' : 'ers97'
    expect(declared(method, certificateBy(other))).toMatchObject({ code: 'certificate-differs', entry: 99, clause: '13@1' })
  })

  test.each(['scottish-stv', 'ers97', 'reference-meek'] as const)('says nothing else in any field: %s', (method) => {
    const text = certificateBy(method)
    const changes = [...changesOf(JSON.parse(text) as Json)]
    expect(changes.length).toBeGreaterThan(40)
    for (const { path, value } of changes) {
      const verdict = declared(method, canonicalJson(value))
      expect(verdict, path).toMatchObject({ code: 'certificate-differs', entry: 99 })
    }
  })

  test('is of these very papers, and of those whom the act calls chosen', () => {
    const text = certificateBy('scottish-stv')
    const others = ranks.with(0, [0, 1, 0, 0])
    expect(declared('scottish-stv', certificateBy('scottish-stv', others))).toMatchObject({ code: 'certificate-differs' })
    expect(declared('scottish-stv', text, { chosen: [1, 2] })).toMatchObject({
      code: 'fact-differs',
      expected: '{"blank":1,"chosen":[1,5],"valid":11}',
    })
    expect(declared('scottish-stv', text, { more: { valid: 12 } })).toMatchObject({ code: 'fact-differs' })
    expect(declared('scottish-stv', text, { more: { blank: 0 } })).toMatchObject({ code: 'fact-differs' })
  })

  test('uses the lot that the act states, and no other', () => {
    const verdict = declared('scottish-stv', certificateBy('scottish-stv'), { known: toHex(lotSeedOfWords('again')) })
    expect(verdict).toMatchObject({ code: 'certificate-differs', expected: expect.stringContaining('/lot') as string })
    expect(declared('scottish-stv', certificateBy('scottish-stv'), { withSeed: false })).toMatchObject({
      code: 'lot-differs',
      found: 'none',
    })
    expect(declared('scottish-stv', certificateBy('scottish-stv', ranks, false))).toMatchObject({ code: 'certificate-differs' })
  })

  test('is named by its stage and rule where it is wrong', () => {
    const wrong = certificateBy('scottish-stv').replace('"totals":["7.00000"', '"totals":["6.00000"')
    expect(declared('scottish-stv', wrong)).toMatchObject({
      code: 'certificate-differs',
      expected: expect.stringMatching(/^stage 1, rule .+: \/stages\/0\/totals\/0 /) as string,
    })
  })

  test('stands for no method that has none, and for no votes by place', () => {
    expect(declared('schulze', certificateBy('scottish-stv'))).toMatchObject({
      code: 'certificate-differs',
      expected: expect.stringContaining('no certificate for schulze') as string,
    })
    const { t, replaying } = election('block-vote')
    const text = certificateBy('scottish-stv')
    const own = box([[9, 2, 3, 10]])
    const fact = { ...count(t, [5, 1]), evidence: fingerprintOf(text) }
    const documents = { ...own.documents, [fingerprintOf(text)]: text }
    expect(judged(t, replaying, declare, fact, { ...own, documents })).toMatchObject({ code: 'evidence-missing', entry: 99 })
    expect(judged(t, replaying, declare, fact, own)).toMatchObject({ code: 'evidence-missing' })
  })

  test('of instant runoff looks at every rank, and at the majority that the rule says', () => {
    const points = { overvote: 'exhaust', skippedRanks: 'unlimited', repeated: 'exhaust', maxRanks: 'all', batch: false } as const
    const rest = { until: 'majority', majorityOf: 'valid', ties: 'lot', undeclared: [] } as const
    const run = (params: Parameters<typeof countIrv>[0]): string => {
      const profile = profileOf(ranks, 1)
      return certificateOf(good(countIrv(params, profile, lot)), profile, seed)
    }
    const said = (text: string) => {
      const { t, replaying } = election('instant-run-off', ', counting: {seats: 1, majority: of all valid}')
      const decisions = [...replaying.decisions.values()]
      const own = decisions[0]
      if (own === undefined) throw new Error('no decision')
      const stages = Object.entries(own.stages).map(([id, marks]) => {
        return [id, marks.field === undefined ? marks : { ...marks, field: { ...marks.field, places: 1 } }] as const
      })
      replaying.decisions.set(1, { ...own, stages: Object.fromEntries(stages) })
      const shown = box([ranks], ranked)
      const fact = { ...count(t, [1], { valid: 11, blank: 1 }), evidence: fingerprintOf(text) }
      const documents = { ...shown.documents, [fingerprintOf(text)]: text }
      return judged(t, replaying, declare, fact, { ...shown, documents, more: [lotFact(t.now())] })
    }
    expect(said(run({ ...points, ...rest }))).toEqual(['open-points'])
    expect(said(run({ ...points, ...rest, majorityOf: 'continuing' }))).toMatchObject({ expected: '/params/majorityOf "valid"' })
    expect(said(run({ ...points, ...rest, maxRanks: 1 }))).toMatchObject({ expected: '/params/maxRanks "all"' })
    expect(said(run({ ...points, ...rest, undeclared: [1] }))).toMatchObject({ expected: '/params/undeclared []' })
  })
})

const pool: Pool = {
  title: 'a jury',
  seats: 3,
  categories: [
    {
      name: 'place',
      features: [
        { name: 'north', least: 1, most: 2 },
        { name: 'south', least: 1, most: 2 },
      ],
    },
  ],
  members: [[0], [1], [0], [1], [0], [1]],
}
const lottery = good(proposeLottery('leximin@1', pool))
const draw = lotteryText(pool, lottery, { draw: drawPanel(pool, lottery, seed), seed })

describe('a draw that is cited', () => {
  const { t, replaying } = election('scottish-stv')
  const drawn = (text: string, known: string | null = hex, documents = { [fingerprintOf(text)]: text }) => {
    const at = t.now()
    const seeded: Fact = { ...lotFact(at), name: 'seed', value: { seed: known ?? '' } }
    const fact: Fact = { ...lotFact(at), name: 'drawn', value: { person: print(1).slice(0, 32) }, evidence: fingerprintOf(text) }
    const own = { ...replaying, draws: new Map(), stated: new Map<string, number>() }
    return judged(t, own, declare, fact, { documents, more: known === null ? [] : [seeded] })
  }

  test('is followed, with the seed that was made in public', () => {
    expect(drawn(draw)).toEqual(['drawn', 'seed'])
    expect(drawn(draw, null)).toEqual(['drawn'])
    expect(drawn(draw, toHex(lotSeedOfWords('again')))).toMatchObject({ code: 'draw-differs', entry: 99 })
    expect(drawn(lotteryText(pool, lottery, null), null)).toMatchObject({ code: 'draw-differs', expected: '/draw a panel' })
    expect(drawn(draw, hex, {})).toMatchObject({ code: 'evidence-missing' })
  })

  test('says nothing else in any field', () => {
    const changes = [...changesOf(JSON.parse(draw) as Json)].filter(({ path }) => path !== '/pool/title')
    const some = changes.filter((_, i) => i % Math.ceil(changes.length / 60) === 0)
    for (const { path, value } of some) expect(drawn(canonicalJson(value)), path).toMatchObject({ code: 'draw-differs' })
  })
})

test('a dossier without the certificate or the draw that it cites is not whole', () => {
  const cited = (name: string, own: number | null): readonly unknown[] => {
    const { t } = election('scottish-stv')
    const fact = { ...lotFact(t.now()), name, evidence: print(7) }
    const act = { decision: 1, by: 'rule', as: 'rule', occurredAt: t.now(), recordedAt: t.now(), kind: 'declare' }
    const entry = entryOf('act', t.now(), own, { act, facts: [fact], deemed: [], events: [] } as never)
    expect(bodyOf(entry, 'act')).not.toBeNull()
    return citations({ index: 3, entry }, 1).filter(({ required }) => required)
  }
  const needed = [{ fingerprint: print(7), required: true, entry: 3 }]
  expect(cited('count', 1)).toEqual(needed)
  expect(cited('drawn', 1)).toEqual(needed)
  expect(cited('drawn', null)).toEqual(needed)
  expect(cited('count', 2)).toEqual([])
})
