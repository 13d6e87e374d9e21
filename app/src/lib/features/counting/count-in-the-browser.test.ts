import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countMethods } from '@quorate/counting'
import { describe, expect, test, vi } from 'vitest'
import { checkedCount, countJob, savedText } from './count-job.ts'
import type { CountAsked, WorkAnswer } from './count-port.ts'
import { labelKey } from './method-messages.ts'
import { samples } from './samples.ts'

/** Runs the work of the page on a text; every answer, and the finished count. */
async function run(text: string, change: Partial<CountAsked> = {}) {
  const answers: WorkAnswer[] = []
  const asked: CountAsked = {
    number: 7,
    file: new Blob([text]),
    name: 'ward.blt',
    method: 'scottish-stv',
    given: [],
    seats: null,
    format: null,
    contest: '',
    lotWords: '',
    quotaRules: '',
    asIf: false,
    second: null,
    writeIns: 'candidates',
    locale: 'en',
    ...change,
  }
  const finished = await countJob(asked, (answer) => answers.push(answer))
  return { answers, finished, last: answers.at(-1) }
}

const ward = '3 1\n5 1 2 0\n4 2 0\n2 3 2 0\n0\n"Amara"\n"Bethan"\n"Cai"\n"One seat"\n'

describe('the work of the page', () => {
  test('reads, counts and tells; nothing is fetched', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    const { answers, last, finished } = await run(ward)
    expect(answers.map(({ kind }) => kind)).toEqual(['reading', 'counting', 'counted'])
    expect(answers.every(({ number }) => number === 7)).toBe(true)
    expect(last).toMatchObject({
      told: {
        account: { headline: 'Elected: Bethan.', title: 'One seat' },
        clauseWord: 'rule',
        moves: [{ stage: 2, from: 'Cai', to: 'Bethan' }],
      },
    })
    expect(JSON.parse(JSON.stringify(last))).toEqual(last)
    expect(fetching).not.toHaveBeenCalled()
    expect(finished === null ? '' : savedText(finished, 'csv')).toMatch(/^stage,row,candidate,name,votes,status/)
    expect(finished === null ? '' : savedText(finished, 'json')).toContain('"elected": [')
    expect(finished === null ? '' : savedText(finished, 'svg')).toMatch(/^<svg /)
  })
  test('in Welsh, for other seats', async () => {
    const { last } = await run(ward, { locale: 'cy', seats: 2 })
    expect(last).toMatchObject({ told: { account: { headline: 'Etholwyd: Amara a Bethan.' } } })
  })
  test('a fault stands beside its line, also beyond the first piece of the file', async () => {
    const many = `3 1\n${'1 1 2 0\n'.repeat(200_000)}2 9 0\n0\n"A"\n"B"\n"C"\n`
    const { last } = await run(many)
    expect(last).toEqual({
      number: 7,
      kind: 'faults',
      faults: [{ line: 200_002, column: 3, text: 'there is no candidate 9: the first line says 3', source: '2 9 0' }],
      second: false,
    })
  })
  test('a fault of the file in Welsh', async () => {
    const { last } = await run('3 1\n2 9 0\n0\n"A"\n"B"\n"C"\n', { locale: 'cy' })
    expect(last).toMatchObject({ faults: [{ text: 'nid oes ymgeisydd 9: 3 sydd yn ôl y llinell gyntaf', source: '2 9 0' }] })
  })
  test('under quota rules the count keeps them; a fault in the rules stands beside its line', async () => {
    const rules = 'group:\n  clause: 4.2\n  at least: 1\n  members: Cai\n'
    expect((await run(ward, { quotaRules: rules })).last).toMatchObject({ told: { account: { headline: 'Elected: Cai.' } } })
    expect((await run(ward, { quotaRules: rules.replace('Cai', '1, Dai'), locale: 'cy' })).last).toEqual({
      number: 7,
      kind: 'rule fault',
      fault: { line: 4, column: 15, text: '“Dai”: nid oes ymgeisydd â’r enw na’r rhif hwn', source: '  members: 1, Dai' },
    })
    const all = rules.replace('at least: 1', 'at least: 2')
    expect((await run(ward, { quotaRules: all })).last).toMatchObject({ failure: { kind: 'bounds cannot be kept' } })
    const irv = Object.entries({ unranked: 'last', strength: 'margins' })
    expect((await run(ward, { quotaRules: rules, method: 'schulze', given: irv })).last).toMatchObject({
      failure: { kind: 'bad bounds' },
    })
  })
  test('a quota met by counting again: each count in a sentence, the first in full, and JSON of all of them', async () => {
    const two = '3 2\n10 1 2 0\n9 2 1 0\n5 3 2 0\n0\n"Al"\n"Bo"\n"Cy"\n'
    const rules = 'women:\n  clause: 8.1\n  at least: 1\n  members: Cy\n'
    const asked = { quotaRules: rules, asIf: true, lotWords: 'agreed' }
    const { last, finished } = await run(two, asked)
    expect(last).toMatchObject({
      told: {
        asIf: {
          headline: 'Elected: Bo and Cy.',
          counts: [
            'As it is, 2 places: Al and Bo (0 of the group).',
            'As if larger, 3 places: Al, Bo and Cy (1 of the group).',
            'As if smaller, 1 place: Bo (0 of the group).',
          ],
        },
        account: { headline: 'Elected: Al and Bo.' },
        certified: false,
      },
    })
    if (finished === null) throw new Error('it is counted')
    expect(JSON.parse(savedText(finished, 'json'))).toMatchObject({ elected: [1, 2], counts: [{}, {}, {}] })
    expect((await run(two, { ...asked, locale: 'cy' })).last).toMatchObject({
      told: { asIf: { headline: 'Etholwyd: Bo a Cy.' } },
    })
    const none = await run(two, { ...asked, quotaRules: rules.replace('Cy', '[]'), locale: 'cy' })
    expect(none.last).toMatchObject({ failure: { texts: { cy: expect.stringMatching(/^Nid oes pwyllgor mwy/) as string } } })
    const pair = await run(two, { ...asked, quotaRules: `${rules}men:\n  at least: 1\n  members: Al\n` })
    expect(pair.last).toMatchObject({ failure: { kind: 'bad bounds' } })
  })
  test('a second round is counted after the first, and a fault of its file is told as its own', async () => {
    const first = '3 1\n4 1 0\n3 2 0\n2 3 0\n0\n"Al"\n"Bo"\n"Cy"\n'
    const second = (text: string) => ({ file: new Blob([text]), name: '2.blt' })
    const given = Object.entries({ majorityOf: 'valid', tooMany: 'cut', second: 'top-two-lot' })
    const asked = { method: 'two-round', given }
    expect((await run(first, asked)).last).toMatchObject({ told: { account: { stages: [{}] } } })
    const papers = '2 1\n5 1 0\n5 2 0\n0\n"Bo"\n"Al"\n'
    expect((await run(first, { ...asked, second: second(papers), lotWords: 'agreed' })).last).toMatchObject({
      told: {
        account: {
          stages: [{}, { text: expect.stringContaining('The published lot order decided: ') as string }],
          lot: expect.any(String) as string,
        },
      },
    })
    expect((await run(first, { ...asked, second: second(papers.replace('5 1', '5 9')) })).last).toMatchObject({
      kind: 'faults',
      faults: [{ line: 2, source: '5 9 0' }],
      second: true,
    })
    expect((await run(first, { ...asked, second: second(papers.replace('Bo', 'Cy')) })).last).toMatchObject({
      failure: { kind: 'wrong second round' },
    })
    expect((await run(first.replace('4 1', '9 1'), { ...asked, second: second(papers) })).last).toMatchObject({
      failure: { kind: 'no second round' },
    })
    // A method of one round takes no notice of it.
    expect((await run(ward, { second: second(papers) })).last).toMatchObject({
      told: { account: { headline: 'Elected: Bethan.' } },
    })
  })
  test('where most marks win, the rules keep places', async () => {
    const asked = { method: 'plurality', given: [['tooMany', 'cut']] as const, seats: 2 }
    const rules = 'group:\n  at least: 1\n  members: 3\n'
    expect((await run(ward, asked)).last).toMatchObject({ told: { account: { headline: 'Elected: Amara and Bethan.' } } })
    expect((await run(ward, { ...asked, quotaRules: rules })).last).toMatchObject({
      told: { account: { headline: 'Elected: Amara and Cai.' }, certified: false },
    })
  })
  test('the certificate is that of the count, and another program checks it, also under a lot and quota rules', async () => {
    const rules = 'group:\n  clause: 4.2\n  at least: 1\n  members: Cai\n'
    for (const change of [{}, { lotWords: 'three agreed words' }, { quotaRules: rules }, { seats: 2 }]) {
      const { finished, last } = await run(ward, change)
      if (finished === null) throw new Error('it is counted')
      expect(last).toMatchObject({ told: { certified: true } })
      expect(savedText(finished, 'certificate')).toMatch(/^\{.*"format":"quorate\/count-certificate\/v1".*\}\n$/)
      const elected = 'elected' in finished.count && Array.isArray(finished.count.elected) ? finished.count.elected : []
      expect(checkedCount(finished)).toEqual({
        holds: true,
        elected: elected.map((c: number) => ['Amara', 'Bethan', 'Cai'][c]),
      })
      // Papers that are not those counted.
      const other = (await run(ward.replace('5 1 2 0', '6 1 2 0'), change)).finished
      expect(checkedCount({ ...finished, box: other?.box ?? finished.box })).toMatchObject({
        holds: false,
        field: expect.any(String) as string,
      })
    }
  })
  test('a method without a certificate has none to check', async () => {
    const { finished } = await run(samples[2]?.text ?? '', { name: 'a.csv', method: 'star', given: [['scale', '0-5']] })
    if (finished === null) throw new Error('it is counted')
    expect(savedText(finished, 'certificate')).toBe('\n')
    expect(checkedCount(finished)).toMatchObject({ holds: false })
  })
  test('names written in are candidates, or a fault', async () => {
    const report = {
      Election: [{ Contest: [{ '@id': 'c', ContestSelection: [{ '@id': 's', IsWriteIn: true }] }] }],
      CVR: [
        {
          CVRSnapshot: [
            {
              CVRContest: [
                {
                  ContestId: 'c',
                  CVRContestSelection: [
                    { ContestSelectionId: 's', SelectionPosition: [{ HasIndication: 'yes', CVRWriteIn: { Text: 'Zoe' } }] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    }
    const asked = { name: 'r.json', method: 'plurality', given: [['tooMany', 'cut']] as const }
    expect((await run(JSON.stringify(report), asked)).last).toMatchObject({ told: { account: { headline: 'Elected: Zoe.' } } })
    expect((await run(JSON.stringify(report), { ...asked, writeIns: 'refused' })).last).toMatchObject({
      faults: [{ text: expect.stringContaining('“Zoe”') as string }],
    })
  })
  test('a form that nothing tells; a point not chosen; papers of another kind; a tie for the lot', async () => {
    expect((await run('hello', { name: 'notes' })).last).toEqual({ number: 7, kind: 'unknown form' })
    expect((await run(ward, { method: 'schulze', given: [['unranked', 'last']] })).last).toMatchObject({ points: ['strength'] })
    expect((await run(ward, { method: 'star', given: [['scale', '0-5']] })).last).toMatchObject({
      failure: { kind: 'other papers', needs: 'grades', found: 'rankings' },
    })
    const level = '2 1\n1 1 0\n1 2 0\n0\n"A"\n"B"\n'
    expect((await run(level)).last).toMatchObject({ kind: 'failed', tied: ['A', 'B'] })
    expect((await run(level, { lotWords: 'three agreed words' })).last).toMatchObject({ kind: 'counted' })
  })
  test.each(samples.map((sample) => [sample.id, sample] as const))('the sample %s counts as it stands', async (_, sample) => {
    const { last } = await run(sample.text, { name: sample.name, method: sample.method, given: Object.entries(sample.given) })
    expect(last?.kind).toBe('counted')
  })
})

describe('what the page shows', () => {
  test('every open point has a name in both languages, and so has every word it takes', () => {
    const points = countMethods.flatMap(({ open }) => open)
    const sizes = ['issued', 'roll', 'present', 'seated', 'seats', 'electorate']
    const lacking = points.flatMap(({ name, values }) => [
      ...(labelKey('point', name) === null && !sizes.includes(name) ? [name] : []),
      ...values.filter((value) => labelKey('value', value) === null && !/^\d+$/.test(value)),
    ])
    expect(lacking).toEqual([])
  })
  test('the page and its worker ask the network for nothing', () => {
    const here = import.meta.dirname
    for (const file of [
      'count-job.ts',
      'count-worker.ts',
      'count-start.ts',
      'CountPage.svelte',
      'CountTold.svelte',
      'CountRules.svelte',
    ])
      expect(readFileSync(join(here, file), 'utf8'), file).not.toMatch(
        /\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource)\b/,
      )
  })
})
