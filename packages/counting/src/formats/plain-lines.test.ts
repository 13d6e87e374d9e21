import { concatBytes, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { bltPackedReader, parseBlt, unpackProfile } from '../index.ts'
import { numbers } from '../../testing/drawn.ts'
import { KeyedTable, type PaperTable } from '../papers/paper-table.ts'
import { mergedPapers } from '../papers/profile.ts'
import { plainLines, type PlainRun } from './blt-plain.ts'

// The quick way may leave a line to the slow one, which reads it right; so a mistake in it would only show as slowness, or as a line taken that
// should not have been. What it takes and where it stops is asked here of itself, for both ways: up to 12 candidates, and more.

type Taken = readonly (readonly [weight: number, ranking: readonly number[]])[]
type Run = PlainRun & { readonly papers: number; readonly taken: Taken }

/** What the quick way makes of a text, for 3 candidates by keys or for 13 by rows. */
function runOf(way: 'keys' | 'rows', text: string | Uint8Array, from = 0): Run {
  const taken: (readonly [number, readonly number[]])[] = []
  const bytes = typeof text === 'string' ? utf8(text) : text
  const rows: PaperTable = {
    add: (ranking, length, weight) => void taken.push([weight, Array.from(ranking.subarray(0, length))]),
    end: () => ({ starts: new Uint32Array(1), ranks: new Uint16Array(0), weights: new Float64Array(0) }),
  }
  if (way === 'rows') return { ...plainLines(13, rows)(bytes, from), taken }
  const table = new KeyedTable(3)
  const run = plainLines(3, table)(bytes, from)
  const { starts, ranks, weights } = table.end()
  for (const [i, weight] of weights.entries()) taken.push([weight, Array.from(ranks.subarray(starts[i], starts[i + 1]))])
  return { ...run, taken }
}

describe.each(['keys', 'rows'] as const)('%s', (way) => {
  it.each<[string, number, readonly number[]]>([
    ['3 1 2 0', 3, [0, 1]],
    ['3 1 2', 3, [0, 1]],
    ['3 0', 3, []],
    ['3', 3, []],
    ['  3\t1  2\t\t0 \t', 3, [0, 1]],
    ['3 1 \t', 3, [0]],
    ['3 2 0\r', 3, [1]],
    ['3 2\r', 3, [1]],
    ['3\r', 3, []],
    ['3 3 1 2 0', 3, [2, 0, 1]],
    ['03 1 0', 3, [0]],
    ['3 01 0', 3, [0]],
    ['3 000000003 0', 3, [2]],
    ['999999999 1 0', 999_999_999, [0]],
    ['000000001 1 0', 1, [0]],
    ['10 1 0', 10, [0]],
    ['19 2 0', 19, [1]],
  ])('takes “%s”', (line, weight, ranking) => {
    const text = `${line}\n`
    expect(runOf(way, text)).toEqual({ next: text.length, lines: 1, papers: weight, taken: [[weight, ranking]] })
    // After another line, and before a line that is not complete.
    const three = runOf(way, `x\n2 1 0\n${text}1 1`, 2)
    expect(three).toMatchObject({ next: 8 + text.length, lines: 2, papers: 2 + weight })
  })
  it.each([
    ['no number', ''],
    ['blanks alone', '  '],
    ['an end of the papers', '0'],
    ['an end with more to it', '0 1 0'],
    ['no weight', '00 1 0'],
    ['ten digits of weight', '1234567890 1 0'],
    ['ten digits of weight, zeros first', '0000000001 1 0'],
    ['a candidate too many', '1 14 0'],
    ['ten digits of a candidate', '1 0000000001 0'],
    ['a candidate twice', '1 2 2 0'],
    ['a candidate twice, far apart', '1 2 1 2 0'],
    ['a name', '1 a 0'],
    ['a letter after a number', '1 1a 0'],
    ['a letter at the end', '1 1 0 a'],
    ['a letter after the end', '1 1 0a'],
    ['something after the 0', '1 1 0 2'],
    ['a second 0', '1 1 0 0'],
    ['a 0 of two digits', '1 1 00'],
    ['equal ranks', '1 1=2 0'],
    ['a skipped rank', '1 - 1 0'],
    ['a comma', '1,1 0'],
    ['a comment', '1 1 0 # one'],
    ['an id', '(a) 1 1 0'],
    ['a withdrawal', '-1'],
    ['a carriage return inside', '1 1\r 0'],
    ['two carriage returns', '1 1 0\r\r'],
    ['a vertical tab', '1\u000b1 0'],
    ['a colon, one after nine', '1 1: 0'],
    ['a slash, one before zero', '1 /1 0'],
  ])('leaves %s', (_, line) => {
    expect(runOf(way, `2 1 0\n${line}\n3 2 0\n`)).toMatchObject({ next: 6, lines: 1, papers: 2 })
    expect(runOf(way, `${line}\n3 2 0\n`)).toMatchObject({ next: 0, lines: 0, papers: 0, taken: [] })
  })
  it('the last of the candidates, and one more', () => {
    const last = way === 'keys' ? 3 : 13
    expect(runOf(way, `1 ${last} 0\n`).taken).toEqual([[1, [last - 1]]])
    expect(runOf(way, `1 ${last + 1} 0\n`).lines).toBe(0)
  })
  it('reads no further than the last line feed, whatever stands behind it in the buffer', () => {
    expect(runOf(way, '1 1 0')).toEqual({ next: 0, lines: 0, papers: 0, taken: [] })
    expect(runOf(way, '1 1 0\n2 2')).toMatchObject({ next: 6, lines: 1, papers: 1 })
    expect(runOf(way, '1 1 0\n\n')).toMatchObject({ next: 6, lines: 1 })
    expect(runOf(way, '')).toMatchObject({ next: 0, lines: 0 })
    expect(runOf(way, 'ab', 2)).toMatchObject({ next: 2, lines: 0 })
  })
})

it('12 candidates by keys: every place of a ranking, the eighth and the ninth apart', () => {
  const table = new KeyedTable(12)
  const order = [12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6]
  const lines = order.map((_, n) => `${n + 1} ${order.slice(0, n + 1).join(' ')} 0\n`).join('')
  expect(plainLines(12, table)(utf8(lines), 0)).toEqual({ next: lines.length, lines: 12, papers: 78 })
  const { starts, ranks, weights } = table.end()
  const found = Array.from(weights, (weight, i) => [weight, Array.from(ranks.subarray(starts[i], starts[i + 1]))])
  expect(found).toEqual(order.map((_, n) => [n + 1, order.slice(0, n + 1).map((c) => c - 1)]))
})

describe('a packed file says what the plain one says', () => {
  const words = ['0', '1', '2', '3', '9', '14', '=', '-', ' ', ' ', '\t', '\r', '#', '(a)', ',', '10', '01'] as const
  const names = (candidates: number): string => Array.from({ length: candidates }, (_, c) => `"C${c + 1}"\n`).join('')
  it.each([3, 12, 14])('of %i candidates, line after line, cut anywhere', (candidates) => {
    const { below, of } = numbers(candidates)
    for (let i = 0; i < 150; i++) {
      const plain = (): string => `${1 + below(20)} ${Array.from({ length: below(3) }, () => 1 + below(candidates)).join(' ')}`
      const odd = (): string => Array.from({ length: 1 + below(5) }, () => of(words)).join(of(['', ' ']))
      const lines = Array.from({ length: 1 + below(5) }, () => (below(4) === 0 ? odd() : plain()))
      const bytes = utf8(`${candidates} 1\n${lines.join('\n')}\n0\n${names(candidates)}`)
      const reader = bltPackedReader()
      const cut = below(bytes.length)
      reader.push(bytes.subarray(0, cut))
      reader.push(bytes.subarray(cut))
      const [packed, whole] = [reader.end(), parseBlt(concatBytes(bytes))]
      if (whole.kind === 'fail') expect([lines, packed]).toEqual([lines, whole])
      else {
        if (packed.kind === 'fail') throw new Error(JSON.stringify([lines, packed.error]))
        const { profile, ...rest } = packed.value
        const { profile: wanted, ...others } = whole.value
        expect([lines, rest, { ...unpackProfile(profile), papers: mergedPapers(unpackProfile(profile).papers) }]).toEqual([
          lines,
          others,
          { ...wanted, papers: mergedPapers(wanted.papers) },
        ])
      }
    }
  })
})
