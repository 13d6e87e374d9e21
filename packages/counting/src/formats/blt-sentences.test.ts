// What somebody reads who has to mend a ballot file. Every kind of fault and finding has its own sentence, with the figures that matter.
import { describe, expect, it } from 'vitest'
import {
  bltFaultText,
  bltFaultTextInWelsh,
  bltFindingText,
  bltFindingTextInWelsh,
  type BltFault,
  type BltFinding,
} from '../index.ts'

const at = { line: 2, column: 1 }
const faults: readonly (readonly [BltFault, string])[] = [
  [{ ...at, kind: 'empty file' }, 'the file has no first line with the number of candidates and of seats'],
  [{ ...at, kind: 'bad first line' }, 'the first line must be two whole numbers: candidates and seats'],
  [{ ...at, kind: 'bad number of candidates', found: '0', most: 65_535 }, '0 candidates: expected 1 to 65535'],
  [{ ...at, kind: 'bad number of seats', found: '0' }, '0 seats: expected a whole number from 1 up'],
  [{ ...at, kind: 'bad weight', found: '1.5', why: 'fraction' }, 'a weight of 1.5: only whole papers can be counted'],
  [
    { ...at, kind: 'bad weight', found: '-1', why: 'negative' },
    'a weight of -1: withdrawn candidates stand on a line of their own, before the papers',
  ],
  [{ ...at, kind: 'bad weight', found: '0', why: 'zero' }, 'a weight of 0: a single 0 on its line ends the papers'],
  [{ ...at, kind: 'bad weight', found: '9e99', why: 'too large' }, 'a weight of 9e99 is too large to be counted exactly'],
  [
    { ...at, kind: 'bad weight', found: 'two', why: 'not a number' },
    'a paper begins with a whole number, how many there are of it; found "two"',
  ],
  [
    { ...at, kind: 'bad preference', found: 'x' },
    '"x" is not a candidate\'s number, numbers joined by "=", or "-" for a skipped rank',
  ],
  [{ ...at, kind: 'unknown candidate', found: '4', candidates: 3 }, 'there is no candidate 4: the first line says 3'],
  [{ ...at, kind: 'repeated candidate', candidate: 1 }, 'candidate 2 stands twice on this paper'],
  [{ ...at, kind: 'text after the final 0' }, 'there is something after the 0 that ends this paper'],
  [{ ...at, kind: 'unclosed bracket', bracket: '(' }, 'the "(" is never closed on this line'],
  [{ ...at, kind: 'repeated ballot id', id: 'a' }, 'ballot id "a" has been used before: is a paper in the file twice?'],
  [{ ...at, kind: 'bad option', option: 'tie', expected: 3, found: 2 }, '[tie] must name each of the 3 candidates once, found 2'],
  [{ ...at, kind: 'bad nickname', found: '2' }, 'the nickname "2" is taken, or would read as another candidate\'s number'],
  [{ ...at, kind: 'too many papers' }, 'the weights add up to more than can be counted exactly'],
  [{ ...at, kind: 'no terminator' }, 'the file ends before the line with a single 0 that ends the papers'],
  [{ ...at, kind: 'bad name' }, 'a name is blank or holds a control character'],
  [{ ...at, kind: 'too few names', expected: 3, found: 2 }, "the file ends after 2 of 3 candidates' names"],
]
const findings: readonly (readonly [BltFinding, string])[] = [
  [{ kind: 'more seats than candidates', seats: 3, candidates: 2 }, '3 seats for 2 candidates: some will stay unfilled'],
  [{ kind: 'text after the title', texts: ['Source', 'by hand'] }, 'passed over after the title: "Source", "by hand"'],
  [{ kind: 'not UTF-8', line: 4 }, 'line 4 is not UTF-8: read as Latin-1'],
  [{ kind: 'unknown option', line: 2, option: 'droop' }, 'line 2: option [droop] passed over'],
  [{ kind: 'ballot ids', reading: 'before the weight' }, 'ballot ids read as standing before the weight'],
]

describe('a fault of a ballot file is told in a sentence', () => {
  it.each(faults)('%o', (fault, text) => expect(bltFaultText(fault)).toBe(text))
  it.each(findings)('%o', (finding, text) => expect(bltFindingText(finding)).toBe(text))
  it('in Welsh too: a sentence of its own for each kind, with the same figures and words of the file', () => {
    const figuresIn = (text: string): readonly string[] => text.match(/\d+(?:[.e]\d+)*|"[^"]*"/g)?.toSorted() ?? []
    const told = faults.map(([fault, text]) => [text, bltFaultTextInWelsh(fault)] as const)
    const found = findings.map(([finding, text]) => [text, bltFindingTextInWelsh(finding)] as const)
    for (const [inEnglish, inWelsh] of [...told, ...found]) {
      expect(inWelsh).not.toBe(inEnglish)
      expect(figuresIn(inWelsh)).toEqual(figuresIn(inEnglish))
    }
    expect(new Set(told.map(([, text]) => text)).size).toBe(faults.length)
    expect(bltFindingTextInWelsh({ kind: 'ballot ids', reading: 'in place of the weight' })).not.toBe(found.at(-1)?.[1])
    expect(() => bltFaultTextInWelsh({ ...at, kind: 'other' } as never)).toThrow()
    expect(() => bltFaultTextInWelsh({ ...at, kind: 'bad weight', found: '', why: 'other' } as never)).toThrow()
    expect(() => bltFindingTextInWelsh({ kind: 'other' } as never)).toThrow()
  })
  it('a kind that is not of the format is a broken invariant, not a sentence', () => {
    expect(() => bltFaultText({ ...at, kind: 'other' } as never)).toThrow()
    expect(() => bltFaultText({ ...at, kind: 'bad weight', found: '', why: 'other' } as never)).toThrow()
    expect(() => bltFindingText({ kind: 'other' } as never)).toThrow()
  })
})
