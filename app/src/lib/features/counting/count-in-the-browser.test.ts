import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countMethods } from '@quorate/counting'
import { describe, expect, test, vi } from 'vitest'
import { countJob, savedText } from './count-job.ts'
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
    for (const file of ['count-job.ts', 'count-worker.ts', 'count-start.ts', 'CountPage.svelte', 'CountTold.svelte'])
      expect(readFileSync(join(here, file), 'utf8'), file).not.toMatch(
        /\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource)\b/,
      )
  })
})
