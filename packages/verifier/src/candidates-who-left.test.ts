import { certificateOf, countScottish, type Profile } from '@quorate/counting'
import { assert, canonicalJson, type Json } from '@quorate/kernel'
import { fingerprintOf, type Fact } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { parsed, person, print } from '../../rulebook/test/lantern.ts'
import { castBy, text, textWith, told, type Told } from '../../rulebook/test/procedures.ts'
import { answers, box, count, declare, judged, logged, ranked, replayOf } from '../testing/election-story.ts'
import { keepPaper, type Replaying } from './replay.ts'

// A paper is that of the set-up's entry. Who left the list after it is on the record, and a count that treats anybody otherwise does not follow.

const day = 86_400_000
const rulesOf = (method: string) =>
  parsed(
    textWith('elect', [
      'propose: {by: electorate members}',
      'nominate: {candidates: not office returning-officer, window: 5 days, statement: none, withdraw: until opening, uncontested: elected without a ballot}',
      'notify: {to: electorate members, clear: 7 clear days}',
      'freeze: {electorate: members, at: notify}',
      `ballot: {roll: freeze, secret: yes, method: ${method}, counting: {seats: 2}, options: candidates, none-of-these: no, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [turnout at least 5% of roll], tie: lot in public}`,
      'enact: {effect: elect, at: end of ballot}',
    ]),
  )
const four = fingerprintOf([11, 12, 13, 14].map((who) => person(who)).join('\n'))

/** Persons 11 to 14 stand; the ballot is set up, and then the second of them leaves. Up to the opening, or to the end of voting. */
function election(method: string, upTo: 'opening' | 'end'): { readonly t: Told; readonly replaying: Replaying } {
  const rulebook = rulesOf(method)
  const t = told(rulebook)
  t.member(1, text('elect'))
  for (const who of [11, 12, 13, 14]) t.member(who, { kind: 'stand', statement: null }, t.state('may-stand', true, 'nominate'))
  t.wait(6 * day)
  const servedAt = t.now()
  t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
  t.wait(8 * day)
  t.rule({ kind: 'freeze' }, { ...t.state('roll', { size: 100, root: print(9) }, 'members'), at: servedAt })
  const then = replayOf(t, rulebook)
  const own = then.decisions.get(1)
  assert(own !== undefined, 'there is a decision')
  keepPaper(then, own.id, t.now())
  t.wait(day)
  t.member(12, { kind: 'stand-down' })
  t.officer({ kind: 'schedule', opensAt: t.now() })
  if (upTo === 'end') {
    t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7), options: 4, list: four, 'off-1': 2 }))
    castBy(t, 1, 12)
    t.wait(6 * day)
    t.rule({ kind: 'tick' })
  }
  return { t, replaying: Object.assign(replayOf(t, rulebook), { papers: then.papers }) }
}

describe('a set-up that somebody has left since', () => {
  const { t, replaying } = election('block-vote', 'opening')
  const paper = (names: readonly string[]) => {
    const asked = JSON.stringify({ questions: [{ answers: names, min: 1, max: 2, question: 'Who?' }] })
    const print = fingerprintOf(asked)
    return { print, shown: { setup: logged(5, 'setup', { election: print } as never) }, documents: { [print]: asked } }
  }
  const said = (fields: Fact['value'] & object, names = answers) => {
    const own = paper(names)
    return judged(t, replaying, { kind: 'open' }, t.state('setup', { fingerprint: own.print, ...fields }), own)
  }

  test('has all on its paper who stood when it was made, and names who left', () => {
    expect(replaying.papers.get(1)).toEqual([1, 2, 3, 4])
    expect(said({ options: 4, list: four, 'off-1': 2 })).toEqual([])
  })

  test('is no other: nobody is kept quiet, pretended to have left, or taken off the paper', () => {
    const differs = { code: 'fact-differs', entry: 5, clause: '13@1' }
    const three = fingerprintOf([11, 13, 14].map((who) => person(who)).join('\n'))
    for (const fields of [
      { options: 4, list: four },
      { options: 4, list: four, 'off-1': 3 },
      { options: 4, list: four, 'off-1': 2, 'off-2': 4 },
      { options: 4, list: four, 'off-2': 2 },
      { options: 3, list: three },
    ])
      expect(said(fields), canonicalJson(fields)).toMatchObject(differs)
    // The paper itself without her, whatever the fact says.
    const others = ['Ann', 'Dee', 'Eve']
    for (const fields of [
      { options: 4, list: four, 'off-1': 2 },
      { options: 3, list: three },
    ])
      expect(said(fields, others)).toMatchObject(differs)
  })
})

describe('a count of votes for a paper that somebody has left', () => {
  const { t, replaying } = election('block-vote', 'end')
  const said = (chosen: readonly number[]) => judged(t, replaying, declare, count(t, chosen), box([[3, 11, 4, 6]]))

  test('gives their place to the next', () => {
    expect(said([4, 3])).toEqual([])
  })

  test('gives it to nobody who left, and to nobody else', () => {
    for (const chosen of [[2, 4], [2], [4, 1], [4]])
      expect(said(chosen)).toMatchObject({ code: 'fact-differs', entry: 8, found: '{"blank":0,"chosen":[4,3],"valid":12}' })
  })

  test('is that of another paper where nobody had left', () => {
    const before = { ...replaying, papers: new Map([[1, [1, 3, 4]]]) }
    expect(judged(t, before, declare, count(t, [4, 3]), box([[3, 11, 4, 6]]))).toEqual(['count'])
  })
})

describe('a count of papers with ranks that somebody has left', () => {
  // Ben, who left, is first on six; four of those go on to Dee, one to Eve, one says no more. Ann three, Eve three.
  const rows: readonly (readonly number[])[] = [
    ...Array<readonly number[]>(4).fill([0, 1, 2, 0]),
    [0, 1, 0, 2],
    [0, 1, 0, 0],
    ...Array<readonly number[]>(3).fill([1, 2, 0, 0]),
    ...Array<readonly number[]>(3).fill([0, 0, 0, 1]),
  ]
  const profile = (withdrawn: readonly number[]): Profile => ({
    title: '',
    candidates: answers,
    withdrawn,
    seats: 2,
    papers: rows.map((row) => ({
      weight: 1,
      ranking: row
        .flatMap((rank, place) => (rank > 0 ? [{ rank, place }] : []))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ place }) => place),
    })),
  })
  const certificate = (withdrawn: readonly number[]): string => {
    const counted = countScottish(profile(withdrawn), null)
    assert(counted.kind === 'ok', 'a count without a tie')
    return certificateOf(counted.value, profile(withdrawn), null)
  }
  const said = (method: string, chosen: readonly number[], valid: number, cited?: string) => {
    const { t, replaying } = election(method, 'end')
    const own = box([rows] as Json, ranked)
    const fact: Fact = count(t, chosen, { valid })
    const documents = cited === undefined ? own.documents : { ...own.documents, [fingerprintOf(cited)]: cited }
    const evidence = cited === undefined ? null : fingerprintOf(cited)
    return judged(t, replaying, declare, { ...fact, evidence }, { ...own, documents: documents ?? {} })
  }

  test('passes their votes on; a paper for nobody else is neither valid nor blank', () => {
    for (const method of ['scottish-stv', 'reference-meek', 'ers97']) {
      expect(said(method, [3, 4], 11), method).toEqual([])
      for (const [chosen, valid] of [
        [[2, 3], 11],
        [[2, 4], 12],
        [[3, 4], 12],
        [[3, 1], 11],
      ] as const)
        expect(said(method, chosen, valid), method).toMatchObject({ code: 'fact-differs', entry: 8 })
    }
  })

  test('has a certificate that says the same, and no other', () => {
    expect(said('scottish-stv', [3, 4], 11, certificate([1]))).toEqual([])
    for (const others of [[], [0], [1, 2]])
      expect(said('scottish-stv', [3, 4], 11, certificate(others))).toMatchObject({ code: 'certificate-differs' })
    expect(said('scottish-stv', [3, 4], 12, certificate([1]))).toMatchObject({ code: 'fact-differs' })
  })
})
