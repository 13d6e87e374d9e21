import { describe, expect, it } from 'vitest'
import { budgets, comparisons, decisions, grades, marks, wards, approvalBoxes } from '../../testing/boxes.ts'
import { choicesOf } from '../../testing/chosen.ts'
import { profileOf } from '../../testing/worked.ts'
import { counterOf, countMethod, countMethods, scaleIn, subjectOf, withSeats, type Box, type CountMethod } from '../index.ts'

const given = (values: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries(values))
const boxes: readonly Box[] = [wards, grades, approvalBoxes, budgets].flatMap(([first]) =>
  first === undefined ? [] : [first.box],
)
const rankings = (profile: ReturnType<typeof profileOf>): Box => ({ kind: 'rankings', profile })

/** Why a method gives no count of a box; its kind of result where it does. */
function failure(
  name: string,
  values: Readonly<Record<string, string>>,
  box: Box,
  lot: readonly number[] | null = null,
): unknown {
  const ready = counterOf(name, given(values))
  if (ready.kind === 'fail') return ready.error
  const count = ready.value.count(box, lot)
  return count.kind === 'fail' ? count.error : count.value.kind
}

describe('the catalogue of methods', () => {
  it('says what each method is, on what papers, and what it leaves open', async () => {
    const texts = countMethods.map(
      ({ id, family, authority, clauseWord, ballots, places, open }) =>
        `${id} (${family}; ${ballots}; ${places}; ${clauseWord ?? 'no clauses'}): ${authority}\n${open
          .map(
            (p) =>
              `  ${p.name}${p.optional ? '?' : ''}: ${[...p.values, ...(p.form === null ? [] : [`<${p.form}>`])].join(' ')} – ${p.about}\n`,
          )
          .join('')}`,
    )
    await expect(texts.join('')).toMatchFileSnapshot('../../testing/golden/methods/catalogue.txt')
  })
  it('finds a method by its id or its bare name, and no other', () => {
    for (const method of countMethods) {
      expect(countMethod(method.id)).toBe(method)
      expect(countMethod(method.id.replace('@1', ''))).toBe(method)
    }
    for (const name of ['', 'irv@2', 'irv@', 'rv', '@1', 'IRV']) expect(countMethod(name)).toBeUndefined()
  })
})

describe('a method is set up only when every open point is chosen', () => {
  it('names an unknown method, and all it could have been', () => {
    const known = countMethods.map(({ id }) => id.split('@')[0])
    expect(counterOf('guess', given({}))).toEqual({ kind: 'fail', error: { kind: 'unknown method', name: 'guess', known } })
  })
  it('names a point the method has not, a value it does not take, the points not chosen', () => {
    const method = countMethod('schulze')
    expect(failure('schulze', { unranked: 'last', colour: 'red' }, boxes[0] as Box)).toEqual({
      kind: 'unknown param',
      name: 'colour',
      method,
    })
    expect(failure('schulze', { unranked: 'first' }, boxes[0] as Box)).toEqual({
      kind: 'bad value',
      value: 'first',
      point: method?.open[0],
    })
    expect(failure('schulze', {}, boxes[0] as Box)).toEqual({ kind: 'not chosen', method, points: method?.open })
    expect(failure('schulze', { unranked: 'last' }, boxes[0] as Box)).toEqual({
      kind: 'not chosen',
      method,
      points: [method?.open[1]],
    })
  })
  const forms: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['limited-vote', 'least', ['0', '7', '999999999999999'], ['', '-1', '1.5', 'one', '1000000000000000', '1 ']],
    [
      'copeland',
      'level',
      ['0', '1/2', '999999999/999999999'],
      ['1/0', '/2', '1/', '-1', '0.5', '1/2/3', 'a1/2', '1000000000', '1/1000000000'],
    ],
    ['score', 'scale', ['0-5', '1-100', '100000-999999'], ['5', '0-', '-5', '0-5-9', '0 5', '1000000-2', '1-1000000', 'x0-5']],
    ['debian', 'default', ['1', 'None of these'], ['', '  ']],
    [
      'debian',
      'majorities',
      ['none', '2=3:1', 'A=3:1,B=2:1'],
      ['', '2', '2=3', '2=3:0', '=3:1', '2=3:1,', '2=3:1;3=1:1', '2=a:1', '2=3:1,x'],
    ],
    [
      'majority',
      'need',
      ['at-least:100', 'more-than:1/2:roll', 'at-least:2/3:for-and-against', 'at-least:1/3:votes-cast'],
      [
        '100',
        'at-most:100',
        'at-least:',
        'at-least:1/2',
        'at-least:1/0:roll',
        'at-least:1/2:moon',
        'at-least:1/2:roll:x',
        'x-at-least:1',
      ],
    ],
  ]
  it.each(forms)('%s %s takes its form and nothing else', (name, point, right, wrong) => {
    const kindOf = (value: string): unknown => {
      const ready = counterOf(name, given({ [point]: value }))
      return ready.kind === 'ok' ? 'ok' : ready.error.kind
    }
    for (const value of right) expect([value, kindOf(value)]).not.toEqual([value, 'bad value'])
    for (const value of wrong) expect([value, kindOf(value)]).toEqual([value, 'bad value'])
  })
  it('takes every value it lists, and every name of a base', () => {
    const bases = [
      'for-and-against',
      'votes-cast',
      'valid',
      'returned',
      'issued',
      'roll',
      'present',
      'seated',
      'seats',
      'electorate',
    ]
    for (const base of bases)
      expect(counterOf('majority', given({ need: `at-least:1/2:${base}` }))).toMatchObject({ error: { kind: 'not chosen' } })
    for (const method of countMethods)
      for (const { name, values } of method.open)
        for (const value of values) {
          const ready = counterOf(method.id, given({ [name]: value }))
          expect([method.id, name, value, ready.kind === 'ok' || ready.error.kind]).not.toEqual([
            method.id,
            name,
            value,
            'bad value',
          ])
        }
  })
})

describe('why a method gives no count', () => {
  const first = (method: CountMethod): ReadonlyMap<string, string> => choicesOf(method)[0] ?? new Map()
  it('other papers than it counts, with what it needs and what it found', () => {
    for (const method of countMethods)
      for (const box of boxes) {
        const fits = box.kind === method.ballots || (box.kind === 'rankings' && method.ballots === 'approvals')
        const ready = counterOf(method.id, first(method))
        if (fits || ready.kind === 'fail') continue
        const error = { kind: 'other papers', needs: method.ballots, found: box.kind }
        expect([method.id, ready.value.count(box, null)]).toEqual([method.id, { kind: 'fail', error }])
      }
  })
  it('papers that make no sense, in the words of each family', () => {
    const bad: readonly Box[] = [
      rankings({ ...profileOf('AB', 1, ['1 A']), candidates: ['A', ''] }),
      { kind: 'grades', profile: { title: '', candidates: ['A'], seats: 1, scale: { lowest: 2, highest: 2 }, papers: [] } },
      { kind: 'approvals', profile: { title: '', candidates: ['A'], seats: 1, papers: [{ weight: 0, approved: [] }] } },
      { kind: 'budget', places: 0, profile: { title: '', projects: [], budget: 0n, papers: [] } },
    ]
    const what = { rankings: 'bad name', grades: 'bad scale', approvals: 'bad weight', budget: 'no projects' }
    // The two that look for a named option find none first.
    for (const method of countMethods.filter(({ id }) => id !== 'majority@1' && id !== 'debian@1')) {
      const box = bad.find(({ kind }) => kind === method.ballots)
      const ready = counterOf(method.id, first(method))
      if (box === undefined || ready.kind === 'fail') throw new Error(method.id)
      expect([method.id, ready.value.count(box, null)]).toEqual([
        method.id,
        { kind: 'fail', error: { kind: 'bad papers', what: what[method.ballots] } },
      ])
    }
  })
  it('a lot order that is none, in every family that draws lots', () => {
    for (const method of countMethods.filter(({ family }) => family !== 'majority')) {
      const box = boxes.find(({ kind }) => kind === method.ballots)
      const ready = counterOf(method.id, first(method))
      if (box === undefined || ready.kind === 'fail') throw new Error(method.id)
      const count = ready.value.count(withSeats(box, 1), [0, 0])
      expect([method.id, count]).toEqual([method.id, { kind: 'fail', error: { kind: 'bad lot order' } }])
    }
  })
  it('methods with one place only, asked for two', () => {
    for (const method of countMethods.filter(({ places }) => places === 'one')) {
      const box = boxes.find(({ kind }) => kind === method.ballots)
      const ready = counterOf(method.id, first(method))
      if (box === undefined || ready.kind === 'fail') throw new Error(method.id)
      const count = ready.value.count(withSeats(box, 2), [0, 1, 2, 3])
      if (method.family !== 'pairs')
        expect([method.id, count]).toEqual([method.id, { kind: 'fail', error: { kind: 'one place only' } }])
    }
  })
  it('nobody stands', () => {
    const nobody = rankings({ ...profileOf('AB', 1, ['1 A']), withdrawn: [0, 1] })
    for (const name of ['two-round', 'schulze', 'ranked-pairs', 'minimax', 'copeland']) {
      const method = countMethod(name)
      const ready = counterOf(name, method === undefined ? new Map() : first(method))
      if (ready.kind === 'fail') throw new Error(name)
      expect([name, ready.value.count(nobody, null)]).toEqual([name, { kind: 'fail', error: { kind: 'nobody stands' } }])
    }
  })
  it('a parameter that makes no sense for this contest, by its name', () => {
    const [box] = marks
    const [circle] = comparisons
    const [budget] = budgets
    if (box === undefined || circle === undefined || budget === undefined) throw new Error('boxes')
    const bad = (param: string) => ({ kind: 'bad param', param })
    const limited = { least: '3', most: '1', tooMany: 'cut' }
    expect(failure('limited-vote', limited, box.box)).toEqual(bad('least'))
    const shared = { majorityOf: 'valid', tooMany: 'cut', second: 'share' }
    expect(failure('two-round', shared, withSeats(box.box, 1))).toEqual(bad('second'))
    const chosen = { default: '9', developers: 'none', majorities: 'none' }
    expect(failure('debian', chosen, circle.box)).toEqual(bad('default'))
    expect(failure('debian', { ...chosen, default: '0' }, circle.box)).toEqual(bad('default'))
    expect(failure('debian', { ...chosen, default: 'Nobody' }, circle.box)).toEqual(bad('default'))
    expect(failure('debian', { ...chosen, default: '4', majorities: 'Nobody=3:1' }, circle.box)).toEqual(bad('majorities'))
    expect(failure('debian', { ...chosen, default: '4', majorities: '4=3:1' }, circle.box)).toEqual(bad('majorities'))
    expect(failure('copeland', { unranked: 'last', level: '3/2' }, circle.box)).toEqual(bad('level'))
    const add1 = { worth: 'count', completion: 'add1', leastVotes: '0' }
    expect(failure('equal-shares-budget', add1, budget.box)).toEqual(bad('increment'))
    expect(failure('cumulative', { scale: '0-5', points: '0' }, boxes[1] as Box)).toEqual(bad('points'))
  })
  it('approvals: rankings must say whether all they name or only the first rank is approved', () => {
    const [box] = marks
    if (box === undefined) throw new Error('a box')
    const elected = (
      values: Readonly<Record<string, string>>,
      papers = box.box,
      lot: readonly number[] | null = [0, 1, 2, 3],
    ): unknown => {
      const ready = counterOf('approval', given(values))
      if (ready.kind === 'fail') throw new Error('approval')
      const count = ready.value.count(papers, lot)
      return count.kind === 'ok' && count.value.kind === 'committee' ? [count.value.elected, count.value.support] : count
    }
    expect(elected({})).toEqual({ kind: 'fail', error: { kind: 'approved how' } })
    // Of 6 AB, 5 BA, 4 CB, 2 DCB, 1 D: A 11, B 17, C 6, D 3 by all named; A 6, B 5, C 4, D 3 by the first rank.
    expect(elected({ approved: 'named' })).toEqual([
      [0, 1],
      [11, 17, 6, 3],
    ])
    expect(elected({ approved: 'first' })).toEqual([
      [0, 1],
      [6, 5, 4, 3],
    ])
    // One name a paper says it without doubt; the withdrawn are approved by nobody.
    const plain = rankings({ ...profileOf('ABC', 1, ['3 A', '2 B', '1 C']), withdrawn: [0] })
    expect(elected({}, plain, null)).toEqual([[1], [0, 2, 1]])
  })
  it('yes and no: answers, bases and conditions that make no sense, by name', () => {
    const [box] = decisions
    if (box === undefined) throw new Error('a box')
    const right = {
      for: 'Yes',
      against: 'No',
      abstention: 'none',
      abstain: 'cast',
      blankPapers: 'cast',
      need: 'at-least:1/2:valid',
    }
    const asked = (more: Readonly<Record<string, string>>) => failure('majority', { ...right, ...more }, box.box)
    const bad = (param: string) => ({ kind: 'bad param', param })
    expect(asked({})).toBe('majority')
    expect(asked({ for: 'Maybe' })).toEqual(bad('for'))
    expect(asked({ against: 'Maybe' })).toEqual(bad('against'))
    expect(asked({ abstention: 'Maybe' })).toEqual(bad('abstention'))
    expect(asked({ against: 'Yes' })).toEqual(bad('for'))
    expect(asked({ need: 'at-least:1/2:roll' })).toEqual(bad('roll'))
    expect(asked({ need: 'at-least:3/2:valid' })).toEqual(bad('need'))
    expect(asked({ turnout: 'at-least:3/2:valid' })).toEqual(bad('turnout'))
    expect(asked({ roll: '3', need: 'at-least:1/2:roll' })).toEqual(bad('roll'))
  })
  it('all that are level, where a lot is needed: committees name those on some of the best and not on others', () => {
    const [, alike] = approvalBoxes
    if (alike === undefined) throw new Error('a box')
    expect(failure('approval', {}, alike.box)).toEqual({ kind: 'lot needed', tied: [0, 1, 2], at: null })
    const sure: Box = {
      kind: 'approvals',
      profile: {
        title: '',
        candidates: ['A', 'B', 'C'],
        seats: 2,
        papers: [
          { weight: 2, approved: [0] },
          { weight: 1, approved: [0, 1, 2] },
        ],
      },
    }
    expect(failure('approval', {}, sure)).toEqual({ kind: 'lot needed', tied: [1, 2], at: null })
    expect(failure('scottish-stv', {}, rankings(profileOf('ABC', 1, ['2 A', '2 B', '3 C'])))).toEqual({
      kind: 'lot needed',
      tied: [0, 1],
      at: { stage: 2, clause: '51(2)(b)', purpose: 'exclusion' },
    })
  })
})

describe('a box', () => {
  it('for another number of places; a budget has none', () => {
    for (const box of boxes) {
      const other = withSeats(box, 2)
      if (box.kind === 'budget') expect(other).toBe(box)
      else expect(other).toEqual({ ...box, profile: { ...box.profile, seats: 2 } })
    }
  })
  it('what its count is about', () => {
    const subjects = boxes.map(subjectOf)
    expect(subjects.map(({ seats }) => seats)).toEqual([3, 1, 2, 0])
    expect(subjects.map(({ moneyPlaces }) => moneyPlaces)).toEqual([0, 0, 0, 2])
    expect(subjects.map(({ withdrawn }) => withdrawn)).toEqual([[5], [], [], []])
    expect(subjects[3]?.names).toEqual(['Park', 'Path', 'Tree', '4'])
  })
  it('a scale', () => {
    expect(scaleIn('0-5')).toEqual({ lowest: 0, highest: 5 })
    expect(scaleIn('3-12')).toEqual({ lowest: 3, highest: 12 })
  })
})
