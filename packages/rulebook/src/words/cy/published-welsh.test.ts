import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOf, anyOf, counted, dayOrdinal, fixed, led, mutated, noneOf, numberOf, own, type Lead } from './grammar.ts'

/** Forms as the Welsh text of legislation prints them, each with where. `asc` are Acts of Senedd Cymru, `wsi` Welsh statutory instruments. */
describe('numbers with units of time, as published', () => {
  it.each([
    [7, 'diwrnod', '7 niwrnod', 'asc 2021/2, s. 3(2): “y cyfnod o 7 niwrnod”'],
    [10, 'diwrnod', '10 niwrnod', 'wsi 2021/584, reg. 3 (new reg. 6AB(1)(b)): “y cyfnod o 10 niwrnod”'],
    [14, 'diwrnod', '14 diwrnod', 'wsi 2002/1772, reg. 6(2)(b): “cyn pen 14 diwrnod”'],
    [28, 'diwrnod', '28 niwrnod', 'wsi 2021/77, reg. 31(1); wsi 2009/995, reg. 21(3): “o fewn 28 niwrnod”'],
    [6, 'mis', '6 mis', 'asc 2021/2, s. 3(1)(a): “hyd at 6 mis”'],
    [4, 'blynedd', '4 blynedd', 'asc 2021/1, s. 14: “o bedair blynedd i bum mlynedd”'],
    [5, 'blynedd', '5 mlynedd', 'asc 2021/1, s. 14; Cyfraith Cymru on asc 2024/4: “o 5 mlynedd i 4 blynedd”'],
  ] as const)('%i %s is %s (%s)', (n, unit, form, source) => {
    expect(source).toMatch(/^(?:asc|anaw|wsi) \d{4}\//)
    expect(counted(n, unit)).toBe(form)
  })
})

describe('mutations, as published', () => {
  it.each([
    ['i', 'gweinidogion', 'i weinidogion', 'wsi 2021/77, reg. 31(2): “i Weinidogion Cymru”'],
    ['gan', 'person', 'gan berson', 'wsi 2021/77, reg. 31(4): “gan berson a benodwyd”'],
    ['drwy', 'pleidlais gudd', 'drwy bleidlais gudd', 'wsi 2021/1459, sch. 2 r. 21(1): “drwy bleidlais gudd”'],
    ['drwy', 'y post', 'drwy’r post', 'wsi 2018/1182, art. 14(5): “drwy’r post”'],
    ['neu', 'dogfen', 'neu ddogfen', 'wsi 2018/1182, art. 14(5): “hysbysiad neu ddogfen arall”'],
    ['unrhyw', 'pecyn', 'unrhyw becyn', 'wsi 2021/1459, sch. 2 r. 65(3): “unrhyw becyn”'],
    ['o', 'rheolau', 'o reolau', 'wsi 2023/1064, r. 2: “rheol 3 o Reolau 2021”'],
    ['a', 'cyfeiriadau', 'a chyfeiriadau', 'wsi 2021/1459, sch. 1 r. 20(3)(a): “enwau a chyfeiriadau’r rhai”'],
    ['â', 'cydymffurfio', 'â chydymffurfio', 'anaw 2016/3, sch. 1 para. 2(a): “methu â chydymffurfio”'],
    ['yn', 'paragraff 1', 'ym mharagraff 1', 'wsi 2021/584, reg. 3: “ym mharagraff 1(2)”'],
    ['i', 'y swyddog canlyniadau', 'i’r swyddog canlyniadau', 'wsi 2021/1459, sch. 1 r. 20(1): “Rhaid i’r swyddog canlyniadau”'],
    ['than', '350', 'na 350', 'wsi 2019/297, reg. 2: “yn fwy na 350 megawat”'],
  ] as const)('%s + %s is %s (%s)', (lead, word, form, source) => {
    expect(source).toMatch(/^(?:asc|anaw|wsi) \d{4}\//)
    expect(led(lead, own(word))).toBe(form)
  })

  it('softens the verb-noun after its subject: “Rhaid i’r swyddog canlyniadau benderfynu” (wsi 2021/1459, sch. 1 r. 20(1))', () => {
    expect(mutated('penderfynu', 'soft')).toBe('benderfynu')
    expect(mutated('cadarnhau', 'soft')).toBe('gadarnhau') // “Caiff Gweinidogion Cymru … gadarnhau”: wsi 2009/995, reg. 21(5)
  })
})

describe('the three mutations, letter by letter', () => {
  it.each([
    ['pleidlais', 'bleidlais', 'mhleidlais', 'phleidlais'],
    ['tymor', 'dymor', 'nhymor', 'thymor'],
    ['cynnig', 'gynnig', 'nghynnig', 'chynnig'],
    ['barn', 'farn', 'marn', 'barn'],
    ['diwrnod', 'ddiwrnod', 'niwrnod', 'diwrnod'],
    ['gwelliant', 'welliant', 'ngwelliant', 'gwelliant'],
    ['mis', 'fis', 'mis', 'mis'],
    ['llys', 'lys', 'llys', 'llys'],
    ['rheol', 'reol', 'rheol', 'rheol'],
    ['sedd', 'sedd', 'sedd', 'sedd'],
    ['aelod', 'aelod', 'aelod', 'aelod'],
    ['chwarae', 'chwarae', 'chwarae', 'chwarae'],
    ['theatr', 'theatr', 'theatr', 'theatr'],
    ['hysbysiad', 'hysbysiad', 'hysbysiad', 'hysbysiad'],
  ])('%s: %s, %s, %s', (plain, soft, nasal, aspirate) => {
    expect([mutated(plain, 'plain'), mutated(plain, 'soft'), mutated(plain, 'nasal'), mutated(plain, 'aspirate')]).toEqual([
      plain,
      soft,
      nasal,
      aspirate,
    ])
  })
})

describe('numbers, form by form in the traditional count', () => {
  it('years', () => {
    const years = Array.from({ length: 22 }, (_, n) => counted(n, 'blynedd').replace(/^\d+ /, ''))
    expect(years.join(' ')).toBe(
      'blynedd flwyddyn flynedd blynedd blynedd mlynedd blynedd mlynedd mlynedd mlynedd mlynedd ' +
        'mlynedd mlynedd blynedd blynedd mlynedd mlynedd flynedd mlynedd blynedd mlynedd mlynedd',
    )
    expect(counted(100, 'blynedd')).toBe('100 mlynedd')
  })

  it('days, clear of the other units', () => {
    const days = Array.from({ length: 22 }, (_, n) => counted(n, 'diwrnod').replace(/^\d+ /, ''))
    expect(days.join(' ')).toBe(
      'diwrnod diwrnod ddiwrnod diwrnod diwrnod niwrnod diwrnod niwrnod niwrnod niwrnod niwrnod ' +
        'diwrnod niwrnod diwrnod diwrnod niwrnod diwrnod ddiwrnod niwrnod diwrnod niwrnod diwrnod',
    )
    expect([21, 30, 60, 90, 120].map((n) => counted(n, 'diwrnod'))).toEqual([
      '21 diwrnod',
      '30 niwrnod',
      '60 niwrnod',
      '90 niwrnod',
      '120 niwrnod',
    ])
  })

  it('months, minutes, hours, weeks and times', () => {
    expect([1, 2, 3].map((n) => counted(n, 'mis'))).toEqual(['1 mis', '2 fis', '3 mis'])
    expect([1, 2, 30].map((n) => counted(n, 'munud'))).toEqual(['1 munud', '2 funud', '30 munud'])
    expect([1, 2, 24].map((n) => counted(n, 'awr'))).toEqual(['1 awr', '2 awr', '24 awr'])
    expect([1, 2, 6].map((n) => counted(n, 'wythnos'))).toEqual(['1 wythnos', '2 wythnos', '6 wythnos'])
    expect([1, 2, 3].map((n) => counted(n, 'gwaith'))).toEqual(['1 waith', '2 waith', '3 gwaith'])
  })

  it('the unit depends on the number modulo 20 alone, and every number keeps its figure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30_000 }), fc.constantFrom('diwrnod', 'blynedd', 'mis', 'munud'), (n, unit) => {
        const [figure, word] = counted(n, unit).split(' ')
        expect(figure?.replaceAll(',', '')).toBe(String(n))
        expect(counted(n + 20, unit).split(' ')[1]).toBe(word)
      }),
      { numRuns: 200 },
    )
  })

  it('people and things after o', () => {
    expect(numberOf(1, 'person', 'bobl')).toBe('1 person')
    expect(numberOf(2, 'person', 'bobl')).toBe('2 o bobl')
    expect(numberOf(1000, 'person', 'bobl')).toBe('1,000 o bobl')
  })

  it('days in order', () => {
    expect([1, 2, 3, 4, 5, 8, 10, 11, 12, 15, 17, 18, 20, 21, 22, 30, 40].map(dayOrdinal)).toEqual([
      'y diwrnod 1af',
      'yr 2il ddiwrnod',
      'y 3ydd diwrnod',
      'y 4ydd diwrnod',
      'y 5ed diwrnod',
      'yr 8fed diwrnod',
      'y 10fed diwrnod',
      'yr 11eg diwrnod',
      'y 12fed diwrnod',
      'y 15fed diwrnod',
      'yr 17eg ddiwrnod',
      'y 18fed diwrnod',
      'y 20fed diwrnod',
      'yr 21ain diwrnod',
      'yr 22ain ddiwrnod',
      'y 30ain diwrnod',
      'y 40fed diwrnod',
    ])
  })
})

describe('little words and lists', () => {
  it('joins the article, and takes the form before a vowel, of letters and of figures as they are read', () => {
    const cases: readonly (readonly [Lead, string, string])[] = [
      ['i', 'yr aelodau', 'i’r aelodau'],
      ['gan', 'y pwyllgor', 'gan y pwyllgor'],
      ['a', 'y panel', 'a’r panel'],
      ['a', 'aelod', 'ac aelod'],
      ['a', '“apêl”', 'ac “apêl”'],
      ['a', '8', 'ac 8'],
      ['a', '11', 'ac 11'],
      ['a', '12', 'a 12'],
      ['a', '18', 'a 18'],
      ['â', 'aelod', 'ag aelod'],
      ['than', '1', 'nag 1'],
      ['than', '28 niwrnod', 'na 28 niwrnod'],
      ['na', 'aelod', 'nac aelod'],
      ['yn', 'cam (6)', 'yng ngham (6)'],
      ['yn', '“apêl”', 'yn “apêl”'],
      ['yw', 'y gyllideb', 'yw’r gyllideb'],
    ]
    for (const [lead, word, form] of cases) expect(led(lead, own(word)), `${lead} ${word}`).toBe(form)
  })

  it('lets the position change the first of a list and the joining word the last', () => {
    const three = [own('diddymu'), own('gwahardd'), own('cyfarwyddo')]
    expect(anyOf(three)('plain')).toBe('diddymu, gwahardd neu gyfarwyddo')
    expect(anyOf(three)('soft')).toBe('ddiddymu, gwahardd neu gyfarwyddo')
    expect(allOf(three)('plain')).toBe('diddymu, gwahardd a chyfarwyddo')
    expect(noneOf(three)('plain')).toBe('diddymu, gwahardd na chyfarwyddo')
    expect(anyOf([fixed('“cyfrif”'), fixed('“rheol”')])('soft')).toBe('“cyfrif” neu “rheol”')
    expect(anyOf([own('gohirio')])('soft')).toBe('ohirio')
  })
})
