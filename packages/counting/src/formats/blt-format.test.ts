import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profiles, runs } from '../../testing/arbitrary.ts'
import { bltFaultText, bltFindingText, bltReader, checkProfile, parseBlt, writeBlt, type BltFile } from '../index.ts'

const read = (text: string | Uint8Array): BltFile => {
  const file = parseBlt(text)
  if (file.kind === 'fail') throw new Error(file.error.map((f) => `${f.line}:${f.column} ${bltFaultText(f)}`).join('\n'))
  return file.value
}
/** `line:column kind` of every fault. */
const faults = (text: string): readonly string[] => {
  const file = parseBlt(text)
  return file.kind === 'ok' ? [] : file.error.map(({ line, column, kind }) => `${line}:${column} ${kind}`)
}
const names = '"Adam"\n"Basil"\n"Charlotte"\n'
const file = (papers: string): string => `3 2\n${papers}\n0\n${names}"Title"\n`

describe('the example of Hill, Wichmann and Woodall', () => {
  const text =
    '4 2\n-2\n3 1 3 4 0\n4 1 3 2 0\n2 4 1 3 0\n1 2 0\n2 2 4 3 1 0\n1 3 4 2 0\n0\n"Adam"\n"Basil"\n"Charlotte"\n"Donald"\n"Title"\n'
  it('reads as its paper says', () => {
    expect(read(text)).toEqual({
      profile: {
        title: 'Title',
        candidates: ['Adam', 'Basil', 'Charlotte', 'Donald'],
        withdrawn: [1],
        seats: 2,
        papers: [
          { weight: 3, ranking: [0, 2, 3] },
          { weight: 4, ranking: [0, 2, 1] },
          { weight: 2, ranking: [3, 0, 2] },
          { weight: 1, ranking: [1] },
          { weight: 2, ranking: [1, 3, 2, 0] },
          { weight: 1, ranking: [2, 3, 1] },
        ],
      },
      tieOrder: null,
      findings: [],
    })
  })
  it('is written back as it was', () => expect(writeBlt(read(text).profile)).toBe(text))
})

describe('what real files do', () => {
  const usual = read(file('2 1 3 0\n1 2 0')).profile
  it.each([
    ['CRLF', file('2 1 3 0\n1 2 0').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${file('2 1 3 0\n1 2 0')}`],
    ['blank lines', file('2 1 3 0\n\n   \n1 2 0\n')],
    [
      'comments on lines of their own and after',
      file('# papers\n2 1 3 0 # two\n  # and\n1 2 0').replace('3 2', '3 2 # candidates, seats'),
    ],
    ['a comment after a name', file('2 1 3 0\n1 2 0').replace('"Basil"', '"Basil"   # second')],
    ['no final 0 on papers', file('2 1 3\n1 2')],
    ['tabs and runs of blanks', file('\t2  1\t3 0 \n 1 2 0')],
    ['no line feed at the end', file('2 1 3 0\n1 2 0').trimEnd()],
    ['names without quotes', file('2 1 3 0\n1 2 0').replaceAll('"', '')],
    ['doubled quotes', file('2 1 3 0\n1 2 0').replaceAll('"', '""')],
    ['one quote missing', file('2 1 3 0\n1 2 0').replace('"Basil"', '"Basil')],
    ['all names on one line', file('2 1 3 0\n1 2 0').replaceAll('"\n"', '" "')],
    ['leading zeros', file('02 01 3 0\n1 2 0')],
  ])('%s', (_what, text) => expect(read(text).profile).toEqual(usual))
  it('files as councils publish them: commas a spreadsheet left, parties beside the names, names in a remark', () => {
    const papers = '2 1 3 0\n1 2 0'
    expect(read(file(papers).replaceAll('\n', ',,,\n')).profile).toEqual(usual)
    expect(read(`3 2,,\n2 1 3 0,,\n1 2 0 ,\n0,,\nAdam,\nBasil,,\nCharlotte,,\nTitle,,\n`).profile).toEqual(usual)
    const parties = read(`3 2\n${papers}\n0\n"Adam" "Labour"\n"Basil" "Co, op"\n"Charlotte" "Ind"\n"Title"\n`).profile
    expect([parties.candidates, parties.title]).toEqual([['Adam, Labour', 'Basil, Co, op', 'Charlotte, Ind'], 'Title'])
    const nested = read(`3 2\n${papers}\n0\n"Adam ""Labour"""\n"Basil ""Green"""\n"Charlotte ""Ind"""\nWard 2 A-B`).profile
    expect([nested.candidates[0], nested.title]).toEqual(['Adam "Labour"', 'Ward 2 A-B'])
    const remark = read(`3 2\n${papers}\n0\nAdam (Lab)\n# ALTERNATIVE NAME 1: Basil (Con)\nCharlotte (Ind)\nTitle\n`).profile
    expect([remark.candidates, remark.title]).toEqual([['Adam (Lab)', 'Basil (Con)', 'Charlotte (Ind)'], 'Title'])
    // With a name of its own the remark is a remark.
    expect(read(file(papers).replace('"Basil"', '"Basil"\n# ALTERNATIVE NAME 1: Bas')).profile).toEqual(usual)
  })
  it('no title', () => expect(read(`3 2\n2 1 0\n0\n${names}`).profile.title).toBe(''))
  it('withdrawn on one line or several, in any order', () => {
    expect(read(file('-3 -1\n1 2 0')).profile.withdrawn).toEqual([0, 2])
    expect(read(file('-3\n-1\n-3\n1 2 0')).profile.withdrawn).toEqual([0, 2])
    expect(read(file('[withdrawn 3 1]\n1 2 0')).profile.withdrawn).toEqual([0, 2])
  })
  it('equal ranks, skipped ranks and blank papers', () => {
    expect(read(file('1 3=1 2 0\n1 - 2 - 0\n5 0')).profile.papers).toEqual([
      { weight: 1, ranking: [[0, 2], 1] },
      { weight: 1, ranking: [[], 1, []] },
      { weight: 5, ranking: [] },
    ])
  })
  it('nicknames and a tie order, strongest first', () => {
    const { profile, tieOrder } = read(file('[nick ad ba ch]\n[tie ch 1 ba]\n2 ad ch=ba 0'))
    expect(profile.papers).toEqual([{ weight: 2, ranking: [0, [1, 2]] }])
    expect(tieOrder).toEqual([2, 0, 1])
  })
  it('options nobody here knows are passed over and said', () => {
    expect(read(file('[droop arithmetic=fixed]\n1 2 0')).findings).toEqual([{ kind: 'unknown option', line: 2, option: 'droop' }])
  })
  it('ballot ids: before the weight (OpenSTV) when that weight is 1 throughout, else in its place (Droop)', () => {
    const openStv = read(file('(a 1) 1 2 3 0\n(b) 1 3 0'))
    expect(openStv.profile.papers).toEqual([
      { weight: 1, ranking: [1, 2] },
      { weight: 1, ranking: [2] },
    ])
    expect(openStv.findings).toEqual([{ kind: 'ballot ids', reading: 'before the weight' }])
    const droop = read(file('(a) 1 2 3 0\n(b) 3 1 0\n(c) 0'))
    expect(droop.profile.papers).toEqual([
      { weight: 1, ranking: [0, 1, 2] },
      { weight: 1, ranking: [2, 0] },
      { weight: 1, ranking: [] },
    ])
    expect(droop.findings).toEqual([{ kind: 'ballot ids', reading: 'in place of the weight' }])
  })
  it('inner quotes, other scripts, and a name that is a number', () => {
    const text = '4 1\n1 1 0\n0\n"Robert ""Bob"" Smith"\n"Robert "Bob" Smith"\n李雷\n"7"\nSenedd – y Cynulliad'
    expect(read(text).profile.candidates).toEqual(['Robert "Bob" Smith', 'Robert "Bob" Smith', '李雷', '7'])
    expect(read(text).profile.title).toBe('Senedd – y Cynulliad')
  })
  it('a Latin-1 file is read and said', () => {
    const bytes = Uint8Array.from('1 1\n1 1 0\n0\n"Jos\u00e9"\n', (c) => c.charCodeAt(0))
    expect(read(bytes).profile.candidates).toEqual(['José'])
    expect(read(bytes).findings).toEqual([{ kind: 'not UTF-8', line: 4 }])
  })
  it('a source and a comment after the title are passed over and said; more seats than standing candidates too', () => {
    const { findings } = read(`3 3\n-1\n1 2 0\n0\n${names}"T"\n"Source"\nby hand`)
    expect(findings).toEqual([
      { kind: 'text after the title', texts: ['Source', 'by hand'] },
      { kind: 'more seats than candidates', seats: 3, candidates: 2 },
    ])
    for (const finding of findings) expect(bltFindingText(finding)).not.toBe('')
  })
})

describe('what is refused, with line and column', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', ['1:1 empty file']],
    ['comments alone', '# hello\n\n', ['3:1 empty file']],
    ['words first', 'hello\n', ['1:1 bad first line']],
    ['one number first', '3\n', ['1:1 bad first line']],
    ['no candidates', '0 1\n', ['1:1 bad number of candidates']],
    ['a mistyped number of candidates', ' 99999999999 1\n', ['1:2 bad number of candidates']],
    ['no seats', '3 0\n', ['1:3 bad number of seats']],
    ['a fractional weight', file('1.5 1 0'), ['2:1 bad weight']],
    ['a fraction with a comma', file('1,5 1 0'), ['2:1 bad weight']],
    ['a negative weight', file('-1 2 0'), ['2:1 bad weight']],
    ['the withdrawn among the papers', file('1 2 0\n-1'), ['3:1 bad weight']],
    ['a weight of 0', file('0 2 0'), ['2:1 bad weight']],
    ['a weight beyond exact counting', file('9007199254740992 2 0'), ['2:1 bad weight']],
    ['weights beyond it together', file('9007199254740991 2 0\n1 1 0'), ['3:1 too many papers']],
    ['a word for a weight', file('two 1 0'), ['2:1 bad weight']],
    ['a candidate out of range', file('2 1 4 0'), ['2:5 unknown candidate']],
    ['a withdrawn candidate out of range', file('-4\n1 1 0'), ['2:1 unknown candidate']],
    ['a candidate twice', file('2 1 3 1 0'), ['2:7 repeated candidate']],
    ['a candidate twice in equal ranks', file('2 1=3=1 0'), ['2:3 repeated candidate']],
    ['a word for a candidate', file('2 1 x 0'), ['2:5 bad preference']],
    ['an equals sign with one side', file('2 1= 0'), ['2:3 bad preference']],
    ['something after the final 0', file('2 1 0 3 0'), ['2:7 text after the final 0']],
    ['an unclosed id', file('(a 1 2 0'), ['2:1 unclosed bracket']],
    ['an unclosed option', file('[tie 1 2 3'), ['2:1 unclosed bracket']],
    ['an id twice', file('(a) 1 2 0\n(a) 1 2 0'), ['3:1 repeated ballot id']],
    ['a tie order with one missing', file('[tie 1 2]\n1 1 0'), ['2:1 bad option']],
    ['a tie order with one twice', file('[tie 1 2 2]\n1 1 0'), ['2:1 bad option']],
    ['nicknames for two of three', file('[nick a b]\n1 1 0'), ['2:1 bad option']],
    ['a nickname that reads as another number', file('[nick 2 1 3]\n1 1 0'), ['2:1 bad nickname']],
    ['no terminator', '3 2\n1 1 0\n', ['3:1 no terminator']],
    [
      'names straight after the papers',
      `3 2\n1 1 0\n${names}`,
      ['3:1 bad weight', '4:1 bad weight', '5:1 bad weight', '6:1 no terminator'],
    ],
    ['fewer names than candidates', '3 2\n1 1 0\n0\n"A"\n"B"\n', ['6:1 too few names']],
    ['a blank name', '2 1\n1 1 0\n0\n"A"\n" "\n', ['5:1 bad name']],
    ['a name that steers the terminal', '1 1\n1 1 0\n0\n"A\u001b[2J"\n', ['4:1 bad name']],
    ['several faults in one file', file('2 1 4 0\n1 1 1 0'), ['2:5 unknown candidate', '3:5 repeated candidate']],
  ])('%s', (_what, text, expected) => {
    expect(faults(text)).toEqual(expected)
    const refused = parseBlt(text)
    for (const fault of refused.kind === 'fail' ? refused.error : []) expect(bltFaultText(fault)).toMatch(/^\S.*[^.]$/)
  })
  it('no more than ten faults', () => expect(faults(file('1 9 0\n'.repeat(50)))).toHaveLength(10))
})

describe('laws', () => {
  it('parse(write(p)) = p', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        expect(checkProfile(profile).kind).toBe('ok')
        expect(read(writeBlt(profile)).profile).toEqual(profile)
      }),
      runs(500),
    )
  })
  it('any bytes give a file that can be counted or faults, never an exception', () => {
    const soup = fc
      .array(
        fc.constantFrom(
          '0',
          '1',
          '2',
          '3',
          '-',
          '=',
          ' ',
          '\n',
          '\r',
          '"',
          '#',
          '(',
          ')',
          '[',
          ']',
          'nick',
          'tie',
          'é',
          '\u0000',
          '3 2\n',
          '0\n"A"\n"B"\n"C"\n',
        ),
        { maxLength: 60 },
      )
      .map((parts) => new TextEncoder().encode(parts.join('')))
    fc.assert(
      fc.property(fc.oneof(soup, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        const result = parseBlt(bytes)
        if (result.kind === 'ok') expect(checkProfile(result.value.profile).kind).toBe('ok')
        else for (const { line, column } of result.error) expect(line >= 1 && column >= 1).toBe(true)
      }),
      runs(2000),
    )
  })
  it('a file reads the same however it is cut', () => {
    fc.assert(
      fc.property(profiles, fc.integer({ min: 1, max: 7 }), (profile, size) => {
        const bytes = new TextEncoder().encode(writeBlt(profile))
        const reader = bltReader()
        const buffer = new Uint8Array(size)
        for (let at = 0; at < bytes.length; at += size) {
          const piece = bytes.subarray(at, at + size)
          buffer.set(piece) // one buffer, filled again and again, as streams do
          reader.push(buffer.subarray(0, piece.length))
        }
        expect(reader.end()).toEqual(parseBlt(bytes))
      }),
      runs(100),
    )
  })
})
