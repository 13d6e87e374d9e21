import {
  checkShuffles,
  encryptedTally,
  listCiphertexts,
  seededRandom,
  shuffleHints,
  shufflePapers,
  type CheckedBallot,
} from '@quorate/ballots'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { good, threadElection } from '../../../test/thread-election.ts'
import { heldShuffleThread, shuffleThreadRuns, threadSource, type OtherThreads } from '../../../test/thread-source.ts'
import { shuffleThread, type ShufflesToCheck } from './shuffle-threads.ts'

const random = seededRandom(new Uint8Array(32).fill(7))
const { engine, text, election } = threadElection({ type: 'NonHomomorphic', value: { answers: ['A', 'B'], question: 'Whom?' } })

/** A tally of so many papers; what they hold is nothing to a shuffle. */
const tallyOf = (papers: number) =>
  encryptedTally(
    election,
    Array.from({ length: papers }, (_, i): Pick<CheckedBallot, 'answers' | 'weight'> => {
      const point = (k: number) => engine.multiplyBaseSecret(BigInt(k))
      return { weight: 1, answers: [[{ alpha: point(1000 + i), beta: point(5000 + 3 * i) }]] }
    }),
  )
const tally = tallyOf(120)
const first = shufflePapers(election, listCiphertexts(election, tally.ciphertexts), random)
const second = shufflePapers(election, first.rows, random)
const asked: ShufflesToCheck = { election: text, tally, shuffles: [first.text, second.text] }

let others: OtherThreads | null = null
afterEach(() => {
  others?.restore()
  others = null
})

describe('shuffles checked in a thread', { timeout: 60_000 }, () => {
  test('fare as they do here, and what they left comes back', async () => {
    const thread = shuffleThread()
    const here = good(
      checkShuffles(
        election,
        listCiphertexts(election, tally.ciphertexts),
        asked.shuffles.map((each) => ({ text: each })),
      ),
    )
    const found = good(good(await thread.check(asked)))
    expect(found.lastShuffleHash).toBe(here.at(-1)?.hash)
    expect(found.tally.ciphertexts.flat().map(({ alpha }) => engine.encode(alpha))).toEqual(
      here
        .at(-1)
        ?.rows.flat()
        .map(({ alpha }) => engine.encode(alpha)),
    )
    expect(good(good(await thread.check({ ...asked, shuffles: [] })))).toMatchObject({
      lastShuffleHash: null,
      tally: { hash: tally.hash },
    })
    const swapped = { ...asked, shuffles: [second.text, first.text] }
    expect(good(await thread.check(swapped))).toMatchObject({ kind: 'fail', error: { at: 0, fault: { kind: 'shuffle proof' } } })
    await thread.end()
  })

  test('get hints there, with which they are checked without a square root', async () => {
    const thread = shuffleThread()
    expect(good(await thread.hints({ election: text, shuffle: first.text }))).toEqual(shuffleHints(election, first.text))
    expect(good(await thread.hints({ election: text, shuffle: '{}' }))).toBeNull()
    await thread.end()
    expect(await thread.hints({ election: text, shuffle: first.text })).toEqual({ kind: 'fail', error: 'stopped' })
  })

  test('leave this thread free, and tell how far they have come', async () => {
    const held = heldShuffleThread()
    others = held
    const thread = shuffleThread()
    const events: string[] = []
    const told: (readonly [number, number])[] = []
    const checking = thread.check(asked, (done, total) => told.push([done, total])).then(() => events.push('checked'))
    await turn()
    events.push('something else')
    held.letGo()
    await checking
    expect(events).toEqual(['something else', 'checked'])
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(([done, total]) => done > 0 && done <= total && total === 2 * (5 * 120 + 5))).toBe(true)
    await thread.end()
  })

  test('come one after another, and one too many is told so unless it must be', async () => {
    const thread = shuffleThread(2)
    const ended: string[] = []
    const small = { ...asked, shuffles: [first.text] }
    const named = (name: string, surely = false) =>
      thread
        .check(small, undefined, surely)
        .then((found) => ended.push(`${name} ${found.kind === 'ok' ? 'checked' : found.error}`))
    await Promise.all([named('one'), named('two'), named('three'), named('four', true)])
    expect(ended).toEqual(['three busy', 'one checked', 'two checked', 'four checked'])
    expect(thread.pending()).toBe(0)
    await thread.end()
  })

  test('are tried again when the thread ends over them, once', async () => {
    others = shuffleThreadRuns((folder) => {
      const mark = JSON.stringify(join(folder, 'was-here'))
      return `import { existsSync, writeFileSync } from 'node:fs'
        import { parentPort } from 'node:worker_threads'
        if (existsSync(${mark})) await import(${threadSource('shuffle-thread')})
        else parentPort?.once('message', () => { writeFileSync(${mark}, ''); process.exit(3) })`
    })
    const thread = shuffleThread()
    expect((await thread.check(asked)).kind).toBe('ok')
    await thread.end()
  })

  test('are given up when it ends again, with a word that says so, and those behind them are checked', async () => {
    others = shuffleThreadRuns(
      () => `import { parentPort } from 'node:worker_threads'
        parentPort?.on('message', (asked) => { if (asked.shuffles.length === 2) process.exit(3) })
        await import(${threadSource('shuffle-thread')})`,
    )
    const thread = shuffleThread()
    const [over, behind] = await Promise.all([thread.check(asked), thread.check({ ...asked, shuffles: [first.text] })])
    expect(over.kind === 'fail' ? over.error : null).toBe('lost')
    expect(behind.kind).toBe('ok')
    await thread.end()
    vi.stubEnv('QUORATE_APP_FOLDER', '/nowhere')
    expect(await shuffleThread().check(asked)).toEqual({ kind: 'fail', error: 'lost' })
  })

  test('at a stop, whoever waits is told, and nothing more is taken', async () => {
    const thread = shuffleThread()
    const waiting = [thread.check(asked), thread.check(asked)]
    await thread.end()
    const stopped = { kind: 'fail', error: 'stopped' }
    expect(await Promise.all([...waiting, thread.check(asked)])).toEqual([stopped, stopped, stopped])
  })
})
