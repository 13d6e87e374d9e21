import type { Json } from '@quorate/kernel'
import { emptyMovement, fingerprintOf, foundingText, type Fact, type Movement } from '@quorate/rulebook'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decision, person, print } from '../../rulebook/test/lantern.ts'
import { orderOfLot } from './lot.ts'
import { text, told } from '../../rulebook/test/procedures.ts'
import {
  answers,
  box,
  count,
  declare,
  election,
  judged,
  logged,
  none,
  ranked,
  replayOf,
  rulesOf,
  type Around,
} from '../testing/election-story.ts'
import type { Replaying, Shown } from './replay.ts'

// Facts that an act rests on, against what the same record shows: each as it is, and each tampered with.

describe('a box that stays shut', () => {
  const { t, replaying } = election('block-vote')
  const { 'box-closed': closed, setup } = box([]).shown ?? {}
  if (closed === undefined || setup === undefined) throw new Error('a box')
  const said = (cast: number, counted: number, more: Shown = {}) =>
    judged(t, replaying, declare, t.state('unopened', { cast }), {
      shown: { setup, 'box-closed': { ...closed, body: { ...closed.body, counted } }, ...more },
    })

  test('has as many votes as are said to be too few', () => {
    expect(said(3, 3)).toEqual([])
    expect(said(3, 12)).toMatchObject({ code: 'fact-differs', entry: 7, expected: '{"cast":3} (entry 99)', found: '{"cast":12}' })
  })

  test('has no result beside it', () => {
    const result = logged(8, 'result', { result: '{"result":[[1,0,2,0]]}' })
    expect(said(3, 3, { result })).toMatchObject({ code: 'fact-differs', entry: 8, found: '"opened"' })
  })
})

describe('a count of marks against the votes the trustees opened', () => {
  const { t, replaying } = election('block-vote')
  const said = (chosen: readonly number[], row: Json, more = {}) =>
    judged(t, replaying, declare, count(t, chosen, more), box(row))

  test('holds where the chosen have the most votes, by their numbers on the list', () => {
    // Numbers 1, 2, 4 and 5 are listed: the third gave no statement.
    expect(said([5, 1], [[9, 2, 3, 10]])).toEqual([])
    expect(said([1, 5], [[9, 2, 3, 10]])).toEqual([])
  })

  test('of which somebody else is declared elected is named, with the result', () => {
    const fault = said([5, 4], [[9, 2, 3, 10]])
    expect(fault).toMatchObject({ code: 'fact-differs', entry: 8, clause: '13@1' })
    expect(fault).toMatchObject({ found: '{"blank":0,"chosen":[5,1],"valid":12}' })
    expect(said([5], [[9, 2, 3, 10]])).toMatchObject({ code: 'fact-differs' })
    expect(said([5, 1, 4], [[9, 2, 3, 10]])).toMatchObject({ code: 'fact-differs' })
    // Number 3 is nobody on this paper.
    expect(said([5, 3], [[9, 2, 3, 10]])).toMatchObject({ code: 'fact-differs' })
  })

  test('of another size than the box, or with papers made blank, is named', () => {
    expect(said([5, 1], [[9, 2, 3, 10]], { cast: 11 })).toMatchObject({
      code: 'fact-differs',
      entry: 7,
      expected: 'cast 11',
      found: 'cast 12',
    })
    expect(said([5, 1], [[9, 2, 3, 10]], { valid: 10, blank: 2 })).toMatchObject({ code: 'fact-differs', entry: 8 })
  })

  test('breaks a tie by the lot that the act states, and by nothing else where the rule leaves it to one', () => {
    const level = [[9, 9, 9, 10]]
    const missing = { code: 'lot-differs', entry: 99, expected: 'the lot of the openings', found: 'none' }
    expect(said([5, 1], level)).toMatchObject(missing)
    expect(said([5, 4], level)).toMatchObject(missing)
    expect(said([1, 4], level)).toMatchObject({ code: 'fact-differs' })
    const seed = '07'.repeat(32)
    // The first in its order of those who are level with one another: the places 0, 1 and 2, which are the numbers 1, 2 and 4.
    const first = [1, 2, 4, 5][orderOfLot(seed, 4)?.find((place) => place < 3) ?? -1] ?? 0
    const by = (chosen: readonly number[], ...lots: readonly Fact['value'][]) =>
      judged(t, replaying, declare, count(t, chosen), {
        ...box(level),
        more: lots.map((value) => t.state('lot', value)),
      })
    // That the seed is the one of the openings is checked with them, whatever its source is said to be.
    expect(by([5, first], seed)).toEqual([])
    for (const other of [1, 2, 4]) if (other !== first) expect(by([5, other], seed)).toMatchObject({ code: 'fact-differs' })
    for (const none of ['seed', true, 7]) expect(by([5, first], none)).toMatchObject(missing)
    expect(by([5, first], '08'.repeat(32), seed)).toMatchObject({ code: 'lot-differs', expected: 'one lot', found: '2' })
  })

  test('breaks a tie that the rule leaves to a person as that person says, which is taken as stated', () => {
    const other = election('block-vote', '', 'no', 'casting vote')
    const of = (chosen: readonly number[]) =>
      judged(other.t, other.replaying, declare, count(other.t, chosen), box([[9, 9, 9, 10]]))
    expect(of([5, 4])).toEqual(['count'])
    expect(of([1, 4])).toMatchObject({ code: 'fact-differs' })
  })

  test('without its result is named, and one of a question nobody has is taken as stated', () => {
    expect(judged(t, replaying, declare, count(t, [5, 1]))).toMatchObject({ code: 'evidence-missing', entry: 99 })
    expect(judged(t, replaying, declare, count(t, [4, 5]), { ...box([[9, 2, 3, 10]]), documents: {} })).toEqual(['count'])
  })
})

describe('a count of papers with ranks and none of these', () => {
  const { t, replaying } = election('schulze', '', 'yes')
  const said = (chosen: readonly number[], more: Readonly<Record<string, number>>, around: Around) =>
    judged(t, replaying, declare, count(t, chosen, more), around)
  const named = JSON.stringify({
    questions: [{ type: 'NonHomomorphic', value: { answers: [...answers, 'None of these'], question: 'Who?' } }],
  })
  // Twelve papers: Ann first on seven, none of these before everybody on five.
  const papers = [...Array.from({ length: 7 }, () => [1, 2, 0, 0, 3]), ...Array.from({ length: 5 }, () => [0, 0, 0, 0, 1])]

  test('is of the people alone; whom it chooses must stand above none of these on more papers', () => {
    expect(said([1], { 'beats-none-of-these': 1 }, box([papers], named))).toEqual([])
    expect(said([1], { 'beats-none-of-these': 0 }, box([papers], named))).toMatchObject({ code: 'fact-differs', entry: 8 })
    expect(said([1], {}, box([papers], named))).toMatchObject({ code: 'fact-differs' })
    expect(said([2], { 'beats-none-of-these': 1 }, box([papers], named))).toMatchObject({ code: 'fact-differs' })
    // Six against six is not above.
    const level = [...papers.slice(0, 6), ...papers.slice(6).map(() => [0, 0, 0, 0, 1])]
    expect(said([1], { 'beats-none-of-these': 1 }, box([level], named))).toMatchObject({ code: 'fact-differs' })
    expect(said([1], { 'beats-none-of-these': 0 }, box([level], named))).toEqual([])
  })

  test('leaves out the papers that the result names as spoiled, and no other', () => {
    const spoiled = JSON.stringify({ spoiled: [[11]] })
    const text = JSON.stringify({ result: [papers.slice(0, 11).concat([[1, 2, 0, 0, 3]])] })
    const around = box([papers], named)
    const cited: Around = {
      shown: { ...around.shown, result: logged(8, 'result', { result: fingerprintOf(text), spoiled: fingerprintOf(spoiled) }) },
      documents: { ...around.documents, [fingerprintOf(text)]: text, [fingerprintOf(spoiled)]: spoiled },
    }
    expect(said([1], { 'beats-none-of-these': 1, valid: 11 }, cited)).toEqual([])
    expect(said([1], { 'beats-none-of-these': 1, valid: 12 }, cited)).toMatchObject({ code: 'fact-differs', entry: 8 })
  })
})

describe('a count of papers with ranks', () => {
  // Seven for Ann before Ben, five for Eve before Dee: two places, quota 5.
  const papers = [...Array<Json>(7).fill([1, 2, 0, 0]), ...Array<Json>(5).fill([0, 0, 2, 1])]

  test.each(['scottish-stv', 'reference-meek', 'ers97'])('is counted again by the rule’s method: %s', (method) => {
    const { t, replaying } = election(method)
    const said = (chosen: readonly number[], rows: Json, more = {}) =>
      judged(t, replaying, declare, count(t, chosen, more), box(rows, ranked))
    expect(said([1, 5], [papers])).toEqual([])
    expect(said([1, 2], [papers])).toMatchObject({
      code: 'fact-differs',
      entry: 8,
      found: '{"blank":0,"chosen":[1,5],"valid":12}',
    })
    // One paper marked twice the same is spoiled, one left empty blank.
    const marked = [[1, 1, 0, 0], [0, 0, 0, 0], ...papers.slice(2)]
    expect(said([1, 5], [marked], { valid: 10, blank: 1 })).toEqual([])
    expect(said([1, 5], [marked], { valid: 11, blank: 1 })).toMatchObject({ code: 'fact-differs' })
  })

  test('needs the lot of the openings where only a lot tells equals apart', () => {
    const { t, replaying } = election('scottish-stv')
    const level = [
      ...Array<Json>(4).fill([1, 0, 0, 0]),
      ...Array<Json>(4).fill([0, 1, 0, 0]),
      ...Array<Json>(4).fill([0, 0, 1, 0]),
    ]
    const said = (chosen: readonly number[], more: readonly Fact[] = []) =>
      judged(t, replaying, declare, count(t, chosen), { ...box([level], ranked), more })
    for (const chosen of [
      [1, 2],
      [1, 4],
      [2, 4],
    ])
      expect(said(chosen)).toMatchObject({ code: 'lot-differs', found: 'none' })
    const by = [
      [1, 2],
      [1, 4],
      [2, 4],
    ].map((chosen) => said(chosen, [t.state('lot', '07'.repeat(32))]))
    expect(by.filter((fault) => Array.isArray(fault))).toEqual([[]])
  })

  test('in pairs too, where the rule says how a win is weighed; else it is taken as stated', () => {
    const one = papers.map((paper) => paper)
    const { t, replaying } = election('schulze', ', counting: {seats: 1, strength: winning votes, unranked: last}')
    const single = { ...replaying }
    const own = single.decisions.get(1)
    const stages = Object.fromEntries(
      Object.entries(own?.stages ?? {}).map(([id, marks]) => [
        id,
        marks.field === undefined ? marks : { ...marks, field: { ...marks.field, places: 1 } },
      ]),
    )
    if (own !== undefined) single.decisions.set(1, { ...own, stages })
    expect(judged(t, single, declare, count(t, [1]), box([one], ranked))).toEqual([])
    expect(judged(t, single, declare, count(t, [2]), box([one], ranked))).toMatchObject({ code: 'fact-differs' })
    const open = election('majority-judgment')
    expect(judged(open.t, open.replaying, declare, count(open.t, [4, 5]), box([one], ranked))).toEqual(['count'])
  })
})

describe('who may stand', () => {
  const rulebook = rulesOf('plurality')
  const t = told(rulebook)
  t.member(1, text('elect'))
  const replaying = replayOf(t, rulebook)
  const stand = { kind: 'stand', statement: null } as const
  const said = (value: boolean, ...more: readonly Fact[]) =>
    judged(t, replaying, stand, t.state('may-stand', value, 'nominate'), {
      more: more.map((one) => ({ ...one, at: t.now(), knownAt: t.now() })),
    })

  test('is the register’s word where nothing else in the act says it', () => {
    expect(said(true)).toContain('may-stand')
  })

  test('is not a yes to one whom the same act calls the returning officer, nor a no to one it does not', () => {
    expect(said(true, none)).toEqual(['may-stand', 'holds-office'])
    expect(said(true, { ...none, value: true })).toMatchObject({
      code: 'fact-differs',
      expected: 'may-stand false',
      found: 'may-stand true',
      clause: '13@1',
    })
    expect(said(false, none)).toMatchObject({ code: 'fact-differs', expected: 'may-stand true' })
  })
})

describe('another decision', () => {
  const t = told(rulesOf('plurality'))
  t.member(1, text('elect'))
  const settle = { kind: 'settle', with: decision(12) } as const
  const own = t.story.state().decisions[1]
  const tally = { for: 40, against: 20, blank: 0, cast: 60 }
  const with12 = (): Replaying => {
    const replaying = replayOf(t)
    const stages = { ballot: { box: { result: { outcome: 'carried', at: t.now(), tally } } } }
    replaying.decisions.set(12, { ...own, id: decision(12), stages } as never)
    return replaying
  }
  const outcome = (value: Fact['value'], replaying = with12()) =>
    judged(t, replaying, settle, t.state('outcome', value, 'decision 12'))

  test('came to what the record says of it', () => {
    expect(outcome({ carried: 1, for: 40, against: 20, at: t.now() })).toEqual([])
    expect(outcome({ carried: 1 })).toEqual([])
    expect(outcome({ carried: 0 })).toMatchObject({ code: 'fact-differs', found: '{"carried":1}' })
    expect(outcome({ carried: 1, for: 41, against: 20 })).toMatchObject({ code: 'fact-differs' })
    expect(outcome({ carried: 1 }, replayOf(t))).toMatchObject({
      code: 'evidence-missing',
      expected: 'a result of decision 12 before it',
    })
  })

  test('a run-off between the two is the vote of the result that it names', () => {
    const result = JSON.stringify({ result: [[31, 28]] })
    const replaying = with12()
    replaying.results.push(logged(40, 'result', { result }))
    const runOff = (value: Fact['value'], source: Fact['source'] = 'tally', evidence = fingerprintOf(result)) =>
      judged(t, replaying, settle, { ...t.state('run-off', value, 'decision 12'), source, evidence })
    expect(runOff({ for: 31, against: 28 })).toEqual([])
    expect(runOff({ for: 28, against: 31 })).toMatchObject({ code: 'fact-differs', entry: 40, found: '{"against":28,"for":31}' })
    expect(runOff({ for: 31, against: 28 }, 'tally', print(5))).toMatchObject({ code: 'evidence-missing' })
    // A show of hands in a hall is on nobody's machine.
    expect(runOff({ for: 28, against: 31 }, 'attestation', print(5))).toEqual(['run-off'])
  })
})

describe('a place on the roll after an appeal', () => {
  const t = told(rulesOf('plurality'))
  t.member(1, text('elect'))
  const appeals = {
    root: [
      ['a1', { outcome: 'allowed' }],
      ['a2', { outcome: 'dismissed' }],
      ['a3', { outcome: null }],
    ],
    size: 3,
  }
  const orders = { root: [['o1', { document: print(8) }]], size: 1 }
  const movement = {
    ...emptyMovement,
    appeals: { ...emptyMovement.appeals, byId: appeals },
    orders: { ...emptyMovement.orders, byId: orders },
  } as unknown as Movement
  const start = (): Replaying => Object.assign(replayOf(t), { movement })
  const settled = (replaying: Replaying, value: boolean, source: Fact['source'], evidence = print(8)) =>
    judged(
      t,
      replaying,
      { kind: 'settle-roll', voter: person(70) },
      { ...t.state('roll-appeal', value, person(70)), source, evidence },
    )

  test('is not given or taken more often than appeals were allowed or dismissed', () => {
    const replaying = start()
    expect(settled(replaying, true, 'attestation')).toEqual([])
    expect(settled(replaying, false, 'attestation')).toEqual([])
    expect(settled(replaying, false, 'attestation')).toMatchObject({
      code: 'fact-differs',
      expected: '2 appeals dismissed',
      found: '1',
    })
    expect(settled(replaying, true, 'attestation')).toMatchObject({
      code: 'fact-differs',
      expected: '2 appeals allowed',
      found: '1',
    })
  })

  test('by order of a court needs the order', () => {
    expect(settled(start(), false, 'order')).toEqual([])
    expect(settled(start(), false, 'order', print(9))).toMatchObject({
      code: 'evidence-missing',
      expected: 'the order on the record',
    })
    expect(settled(start(), false, 'register')).toEqual(['roll-appeal'])
  })
})

describe('a draft to found a movement on', () => {
  const source = readFileSync(new URL('../../../rulebooks/templates/campaign.md', import.meta.url), 'utf8')
  const open = source.replace('tie: falls', 'tie: unknown')
  const t = told(rulesOf('plurality'))
  const found = (draft: string, fact: Fact, documents: Around['documents'] = { [fingerprintOf(draft)]: draft }) =>
    judged(
      t,
      replayOf(t),
      { kind: 'movement', does: { kind: 'found', drafts: [{ id: 'members', text: fingerprintOf(draft) }] } },
      fact,
      { documents },
    )

  test('is read again: one that leaves a field open does not pass for one that leaves none', () => {
    expect(found(source, foundingText('members', source, t.now()).fact)).toEqual([])
    const honest = foundingText('members', open, t.now()).fact
    expect(found(open, honest)).toEqual([])
    const lie: Fact = { ...honest, value: { ...(honest.value as object), open: 0 } }
    expect(found(open, lie)).toMatchObject({ code: 'fact-differs', expected: 'open 1', found: 'open 0' })
    expect(found(open, lie, {})).toEqual(['resulting-text'])
  })
})
