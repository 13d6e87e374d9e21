import { describe, expect, test } from 'vitest'
import type { Checked } from './playground-check.ts'
import {
  patienceMs,
  pauseMs,
  playgroundPort,
  type PlaygroundAnswer,
  type PlaygroundAsked,
  type PlaygroundNews,
} from './playground-port.ts'

const empty: Checked = { summary: '', mend: [], rules: [] }

/** A playground whose time and workers are in the test's hands. */
function playground() {
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>()
  let now = 0
  let id = 0
  const workers: { asked: PlaygroundAsked[]; stopped: boolean; hear: (a: PlaygroundAnswer) => void; broke: () => void }[] = []
  const news: PlaygroundNews[] = []
  const port = playgroundPort(
    (hear, broke) => {
      const worker = { asked: [] as PlaygroundAsked[], stopped: false, hear, broke }
      workers.push(worker)
      return { ask: (asked) => void worker.asked.push(asked), stop: () => void (worker.stopped = true) }
    },
    'en',
    (one) => void news.push(one),
    {
      set: (run, ms) => {
        id += 1
        timers.set(id, { at: now + ms, run })
        return id
      },
      clear: (one) => void timers.delete(one),
    },
  )
  const pass = (ms: number): void => {
    now += ms
    for (const [one, { at, run }] of [...timers])
      if (at <= now && timers.delete(one)) run()
  }
  const asked = (): readonly string[] => workers.flatMap((worker) => worker.asked.map(({ text }) => text))
  const answer = (): void => {
    const worker = workers.at(-1)
    const number = worker?.asked.at(-1)?.number ?? 0
    worker?.hear({ kind: 'checked', number, checked: empty })
    worker?.hear({ kind: 'done', number })
  }
  return { port, pass, asked, answer, workers, news, waiting: () => timers.size }
}

describe('the playground and its worker', () => {
  test('the last text before a pause is checked, and no other', () => {
    const p = playground()
    for (const text of ['a', 'ab', 'abc']) {
      p.port.ask(text, 100)
      p.pass(pauseMs - 1)
    }
    expect(p.asked()).toEqual([])
    p.pass(1)
    expect(p.asked()).toEqual(['abc'])
    p.answer()
    expect(p.news.map(({ kind }) => kind)).toEqual(['checked', 'done'])
    expect(p.waiting()).toBe(0)
  })

  test('while a text is checked the next waits; what is overtaken is not shown', () => {
    const p = playground()
    p.port.ask('one', 100, true)
    p.pass(0)
    p.port.ask('two', 100, true)
    p.port.ask('three', 100, true)
    p.pass(0)
    expect(p.asked()).toEqual(['one'])
    p.answer()
    expect(p.news).toEqual([])
    expect(p.asked()).toEqual(['one', 'three'])
    p.answer()
    expect(p.news.map(({ kind }) => kind)).toEqual(['checked', 'done'])
    expect(p.workers.length).toBe(1)
  })

  test('a text that takes too long is cut off, said, and the next one gets a new worker', () => {
    const p = playground()
    p.port.ask('endless', 100, true)
    p.pass(0)
    p.pass(patienceMs - 1)
    expect(p.news).toEqual([])
    p.pass(1)
    expect(p.news).toEqual([{ kind: 'stopped' }])
    expect(p.workers[0]?.stopped).toBe(true)
    p.port.ask('short', 100, true)
    p.pass(0)
    expect(p.workers.length).toBe(2)
    p.answer()
    expect(p.news.at(-1)?.kind).toBe('done')
  })

  test('what was written during a hang is checked without a word about the hang', () => {
    const p = playground()
    p.port.ask('endless', 100, true)
    p.pass(0)
    p.port.ask('short', 100, true)
    p.pass(0)
    p.pass(patienceMs)
    expect(p.news).toEqual([])
    expect(p.asked()).toEqual(['endless', 'short'])
  })

  test('a late answer of a worker that was dropped is not heard', () => {
    const p = playground()
    p.port.ask('endless', 100, true)
    p.pass(0)
    p.pass(patienceMs)
    p.port.ask('short', 100, true)
    p.pass(0)
    p.workers[0]?.hear({ kind: 'checked', number: 1, checked: empty })
    expect(p.news).toEqual([{ kind: 'stopped' }])
  })

  test('a worker that breaks is said and replaced; closing stops everything', () => {
    const p = playground()
    p.port.ask('strange', 100, true)
    p.pass(0)
    p.workers[0]?.broke()
    expect(p.news).toEqual([{ kind: 'broken' }])
    p.port.ask('again', 100, true)
    p.pass(0)
    expect(p.workers.length).toBe(2)
    p.port.ask('more', 100)
    p.port.close()
    expect(p.workers[1]?.stopped).toBe(true)
    expect(p.waiting()).toBe(0)
  })
})
