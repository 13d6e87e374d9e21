import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { castBy, demoElection, good, randomFrom, ranked } from '../../testing/demo-election.ts'
import { fastEd25519 } from '../groups/ed25519-wasm.ts'
import { encryptedTally, listCiphertexts } from '../opening/tally.ts'
import { checkShuffle, checkShuffles, type HintedShuffle, shuffleHints } from './shuffle-check.ts'
import { shufflePapers } from './shuffle.ts'

/*
 * Shuffles that follow each other are checked as one sum. Whatever somebody did to one of them, the verdict is that of checking one after the
 * other: which one, and why.
 */

const demo = demoElection({ group: 'Ed25519', questions: [ranked, ranked], voters: 3, wasm: fastEd25519 })
const { election } = demo
const ballots = demo.voters.map((_, i) => castBy(demo, i, [[1, 2, 3, 4], i === 0 ? [4, 3, 2, 1] : [1, 0, 0, 0]]))
const before = listCiphertexts(election, encryptedTally(election, ballots).ciphertexts)
const shuffles: HintedShuffle[] = []
for (let rows = before, i = 0; i < 3; i++) {
  const { text, rows: after } = shufflePapers(election, rows, randomFrom(`mixer ${i}`))
  shuffles.push({ text, hints: shuffleHints(election, text) ?? [] })
  rows = after
}

/** One after the other, as the function for one judges them. */
function each(all: readonly HintedShuffle[]): ReturnType<typeof checkShuffles> {
  const done = []
  for (const [at, { text, hints }] of all.entries()) {
    const checked = checkShuffle(election, done.at(-1)?.rows ?? before, text, hints)
    if (checked.kind === 'fail') return { kind: 'fail', error: { at, fault: checked.error } }
    done.push(checked.value)
  }
  return { kind: 'ok', value: done }
}
/** Texts, hashes and rows as they would be written. */
const said = (verdict: ReturnType<typeof checkShuffles>): unknown =>
  verdict.kind === 'fail'
    ? verdict.error
    : verdict.value.map(({ text, hash, rows }) => ({
        text,
        hash,
        rows: rows.map((row) => row.map(({ alpha, beta }) => [election.engine.encode(alpha), election.engine.encode(beta)])),
      }))
const swapped = (text: string, from: string, to: string): string =>
  text.replaceAll(/[0-9a-f]{64}/g, (word) => (word === from ? to : word === to ? from : word))

describe('shuffles that follow each other', () => {
  it('hold together where each of them holds, with hints and without', () => {
    expect(said(checkShuffles(election, before, shuffles))).toEqual(said(each(shuffles)))
    const bare = shuffles.map(({ text }) => ({ text }))
    expect(good(checkShuffles(election, before, bare))).toHaveLength(3)
    expect(checkShuffles(election, before, [])).toEqual({ kind: 'ok', value: [] })
  })

  it('tell how far they have come, to the last element, with hints and without', () => {
    for (const all of [shuffles, shuffles.map(({ text }) => ({ text }))]) {
      const told: (readonly [number, number])[] = []
      good(checkShuffles(election, before, all, (done, total) => told.push([done, total])))
      const [done] = told.at(-1) ?? []
      // Three shuffles of two questions, each of three papers: five elements a paper, and five of the proof.
      expect(done).toBe(3 * 2 * (5 * 3 + 5))
      expect(told.every(([, total]) => total === done)).toBe(true)
      expect(told.every(([now], i) => now > (told[i - 1]?.[0] ?? 0))).toBe(true)
    }
  })

  it('are refused in another order, left out, or done twice', () => {
    const [first, second, third] = shuffles
    if (first === undefined || second === undefined || third === undefined) throw new Error('three shuffles')
    for (const [order, at] of [
      [[first, third], 1],
      [[second, third], 0],
      [[first, second, second], 2],
    ] as const) {
      const verdict = checkShuffles(election, before, order)
      expect(verdict).toMatchObject({ kind: 'fail', error: { at } })
      expect(verdict).toEqual(each(order))
    }
  })

  it('are refused for the same reason as one by one, whatever number or element is changed in any of them', () => {
    const change = fc.record({ at: fc.nat(2), place: fc.nat(1000), other: fc.nat(1000), isNumber: fc.boolean() })
    const reasons = new Set<string>()
    fc.assert(
      fc.property(change, ({ at, place, other, isNumber }) => {
        const { text, hints = [] } = shuffles[at] ?? { text: '' }
        const numbers = [...text.matchAll(/"(\d{70,})"/g)].map(([, number = '']) => number)
        const elements = [...text.matchAll(/"([0-9a-f]{64})"/g)].map(([, element = '']) => element)
        const one = (isNumber ? numbers : elements)[place % (isNumber ? numbers : elements).length] ?? ''
        const two = elements[other % elements.length] ?? ''
        const bad = isNumber ? text.replace(one, (BigInt(one) - 1n).toString()) : swapped(text, one, two)
        const all = shuffles.with(at, { text: bad, hints })
        const verdict = checkShuffles(election, before, all)
        expect(said(verdict)).toEqual(said(each(all)))
        expect(verdict.kind).toBe(bad === text ? 'ok' : 'fail')
        if (verdict.kind === 'fail') reasons.add(verdict.error.fault.kind)
      }),
      { numRuns: 40 },
    )
    expect(reasons).toContain('shuffle proof')
  })

  it('fail by no hint: a wrong one costs time', () => {
    const spoilt = shuffles.map(({ text, hints = [] }) => ({
      text,
      hints: hints.map((each) => each.map((byte, i) => (i === 70 ? byte ^ 1 : byte))),
    }))
    expect(said(checkShuffles(election, before, spoilt))).toEqual(said(checkShuffles(election, before, shuffles)))
  })
})
