import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Io } from './command.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'
import { fitted, plain, wrapped } from './stage-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate count '))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `quorate count` on a file with this text. */
async function run(text: string, words: readonly string[] = ['--method', 'scottish-stv'], io: Partial<Io> = {}) {
  const file = join(folder, 'ward.blt')
  writeFileSync(file, text)
  const { io: terminal, out, err } = heard(io)
  const code = await main(['count', file, ...words], terminal)
  return { code, out: out(), err: err().replaceAll(file, 'ward.blt') }
}

const ward = `6 4
12 1 2 4 0
16 1 3 5 4 0
12 1 4 0
15 2 5 0
13 3 6 4 0
10 4 0
12 5 0
9 6 1 0
0
"Amara Okafor"
"Bethan Rees"
"Farah Siddiqui"
"Dev Chaudhuri"
"Gareth Lloyd-Moss"
"Iris Halloran"
"Committee"
`
const level = '3 1\n3 1 0\n2 2 0\n2 3 0\n0\n"A"\n"B"\n"C"\n'

describe('quorate count', () => {
  it('prints who was elected, the table, a sentence with its clauses for each stage, and why the others were not', async () => {
    const { code, out, err } = await run(ward)
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(`Committee
4 seats, 99 valid papers, quota 20. Method scottish-stv@1: Scottish Local
Government Elections Order 2007, rules 45 to 52.

Elected:
  Amara Okafor, elected at stage 1
  Bethan Rees, elected at stage 2
  Farah Siddiqui, elected at stage 2
  Dev Chaudhuri, elected at stage 6, as the last left

                   Stage 1   Stage 2   Stage 3   Stage 4   Stage 5   Stage 6
Amara Okafor      40.00000* 20.00000* 20.00000* 20.00000* 20.00000* 20.00000*
Bethan Rees       15.00000  21.00000* 20.00000* 20.00000* 20.00000* 20.00000*
Farah Siddiqui    13.00000  21.00000* 21.00000* 20.00000* 20.00000* 20.00000*
Dev Chaudhuri     10.00000  16.00000  16.28560  16.28560  16.90453  17.28533*
Gareth Lloyd-Moss 12.00000  12.00000  12.71415  13.09495  13.09495         -
Iris Halloran      9.00000   9.00000   9.00000   9.61893         -         -
Non-transferable   0.00000   0.00000   0.00025   0.00052   9.00052  21.71467
Total             99.00000  99.00000  99.00000  99.00000  99.00000  99.00000

* elected   - no longer in the count. Non-transferable includes what is lost by
cutting values to five places.

${out.slice(out.indexOf('Stage 1: '))}`)
    const sentences = out.replaceAll('\n  ', ' ')
    expect(sentences).toContain('so Bethan Rees’s surplus went first.')
    expect(sentences).toContain('[rule 49(2), 48]\n')
    expect(sentences).toContain('\nNot elected:\nGareth Lloyd-Moss was excluded at stage 6')
    expect(out.split('\n').every((line) => line.length <= 80)).toBe(true)
  })
  it('fits a narrow window: lines wrap and stages go below one another', async () => {
    const { out } = await run(ward, undefined, { columns: 44 })
    expect(
      out.split('\n').filter((line) => line.length > 44 && !line.includes('Fingerprint') && !/^ {2}[0-9a-f]{64}$/.test(line)),
    ).toEqual([])
  })
  it('four stages of a large ward with long names fit 80 columns', async () => {
    const name = '"Nghiem Thi Bich Phuong-Cholmondeley (Scottish Something Party)"'
    const { out } = await run(`4 1\n4000 1 0\n3000 2 0\n2000 3 0\n1000 4 0\n0\n${`${name}\n`.repeat(4)}`)
    expect(out).toMatch(/^ +Stage 1 +Stage 2 +Stage 3 +Stage 4$/m)
    expect(out).toContain('Nghiem Thi Bich Phuong')
    expect(out.split('\n').every((line) => line.length <= 80)).toBe(true)
  })
  it('bold only where colour is welcome', async () => {
    expect((await run(ward)).out).not.toContain('\u001b')
    expect((await run(ward, undefined, { colour: true })).out).toContain('\u001b[1mCommittee\u001b[22m')
  })
  it('other numbers of seats', async () => {
    expect((await run(ward, ['--method', 'scottish-stv@1', '--seats', '1'])).out).toContain('1 seat, 99 valid papers, quota 50.')
  })
  it('JSON and CSV', async () => {
    const json = await run(ward, ['--method', 'scottish-stv', '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ method: 'scottish-stv@1', elected: [1, 2, 3, 4], quota: '20.00000' })
    const csv = await run(ward, ['--method', 'scottish-stv', '--csv'])
    expect(csv.out.split('\r\n')[1]).toBe('1,candidate,1,Amara Okafor,40.00000,elected')
  })
})

describe('ties', () => {
  it('a tie that needs the lot is never decided silently', async () => {
    const { code, out, err } = await run(level)
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(
      'quorate count: stage 2: B, C are level at every stage that could tell them apart, and one of them is to be excluded. Rule 51(2)(b) decides by lot, and no lot was given.\nDraw a lot in public, then give it: --lot-seed WORDS, or --lot with all candidates in order.\n',
    )
  })
  it('an order by number or by name decides it, and is printed', async () => {
    const byNumber = await run(level, ['--method', 'scottish-stv', '--lot', '1,3,2'])
    expect(byNumber.out.replaceAll('\n  ', ' ')).toContain('so it was decided by lot: B was the one to go.')
    expect(byNumber.out).toContain('Lot order, first preferred: A, C, B.')
    expect((await run(level, ['--method', 'scottish-stv', '--lot', 'A, C, B'])).out).toBe(byNumber.out)
    expect((await run(level, ['--method', 'scottish-stv', '--lot', '1,2,3'])).out).toContain(
      'Lot order, first preferred: A, B, C.',
    )
  })
  it('words give the same order every time', async () => {
    const once = await run(level, ['--method', 'scottish-stv', '--lot-seed', 'dice 4 1 6'])
    expect(once.code).toBe(0)
    expect((await run(level, ['--method', 'scottish-stv', '--lot-seed', 'dice 4 1 6'])).out).toBe(once.out)
  })
  it('an order in the file is offered, not taken', async () => {
    const { code, err } = await run(level.replace('3 1\n', '3 1\n[tie 1 3 2]\n'))
    expect(code).toBe(1)
    expect(err).toContain('The file itself has an order: --lot 1,3,2\n')
  })
})

describe('what cannot be counted: exit 1, the place in the file, a line of help', () => {
  it('a malformed file names every fault by line and column', async () => {
    const { code, out, err } = await run(ward.replace('12 1 2 4 0', '12 1 2 9 0').replace('9 6 1 0', '1.5 6 1 0'))
    expect([code, out]).toEqual([1, ''])
    expect(err.split('\n')).toEqual([
      'ward.blt:2:8: there is no candidate 9: the first line says 6',
      'ward.blt:9:1: a weight of 1.5: only whole papers can be counted',
      'quorate count: ward.blt is not a ballot file that can be counted',
      'The forms are described in docs/reference/counting.md.',
      '',
    ])
  })
  it('no such file, or a folder', async () => {
    const { io, err } = heard()
    expect(await main(['count', join(folder, 'nowhere.blt'), '--method', 'scottish-stv'], io)).toBe(1)
    expect(err()).toContain('nowhere.blt: there is no such file\n')
    expect(await main(['count', folder, '--method', 'scottish-stv'], io)).toBe(1)
    expect(err()).toContain(': it is a folder\n')
  })
  it('what is odd but countable is said on stderr', async () => {
    const { code, err } = await run(`${ward}"a source"\n`)
    expect([code, err]).toEqual([0, 'ward.blt: note: passed over after the title: "a source"\n'])
  })
})

describe('other methods', () => {
  const nz = ['clause10=as-practised', 'clause13=from-step-1', 'discards=4', 'numbersAmong=all-tied'].flatMap((p) => [
    '--param',
    p,
  ])
  it('NZ Meek: every open point must be chosen, and is printed with the result', async () => {
    const { code, out, err } = await run(ward, ['--method', 'nz-meek'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('the rule leaves open, and you must say:\n  --param clause10=as-written|as-practised\n')
    expect(err.match(/--param/g)).toHaveLength(4)
    const counted = await run(ward, ['--method', 'nz-meek', ...nz])
    expect(counted.code).toBe(0)
    expect(counted.out.replaceAll('\n', ' ')).toContain(
      'quota 19.800000001, at the end 18.693955104. Method nz-meek@1: Local Electoral Regulations 2001 (New Zealand), Schedule 1A, clause10 as-practised, clause13 from-step-1, discards 4, numbersAmong all-tied.',
    )
    expect(counted.out).toContain('[clause 5, 6]')
    expect(counted.out).toMatch(/^Quota +19\.800000001 +19\.800000001 +18\.693955104$/m)
    expect(counted.out.split('\n').every((line) => line.length <= 80)).toBe(true)
  })
  it('reference Meek and ERS97', async () => {
    const meek = await run(ward, ['--method', 'meek-reference'])
    expect(meek.out).toContain('[step B.2.a, B.2.b, B.2.c]')
    const ers97 = await run(ward, ['--method', 'ers97'])
    expect(ers97.out.replaceAll('\n', ' ')).toContain('what is lost by cutting values to two places.')
    expect(ers97.out).toContain('[paragraph 5.1.2, 5.1.6, 5.1.7(a)]')
    const json = await run(ward, ['--method', 'meek-reference', '--json'])
    const parsed = JSON.parse(json.out) as { readonly stages: readonly { readonly iterations?: readonly unknown[] }[] }
    expect(parsed.stages[1]?.iterations?.length).toBeGreaterThan(1)
  })
  it('the transfer flow as a drawing', async () => {
    const { code, out } = await run(ward, ['--method', 'scottish-stv', '--svg'])
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg xmlns=[^]*<\/svg>\n$/)
    expect(out).toContain('<text role="cell" x="570"')
  })
})

describe('a large file', () => {
  it('a person watching sees how far it has come, and the bar is taken away', async () => {
    const many = `2 1\n${'1 1 2 0\n'.repeat(1_100_000)}0\n"A"\n"B"\n`
    const { code, out, err } = await run(many, ['--method', 'scottish-stv'], { watched: true })
    expect(code).toBe(0)
    expect(out).toContain('1 seat, 1100000 valid papers, quota 550001.')
    expect(err).toMatch(/^\rreading ##\.+ 11%/)
    expect(err).toMatch(/\rreading #{20} 100%\r\u001b\[K$/)
    expect((await run(many)).err).toBe('')
  })
})

describe('wrong use: exit 2, nothing on stdout', () => {
  it.each([
    [[], 'which method? There is no default: --method scottish-stv, or --methods for the list'],
    [['--method', 'tombola'], 'there is no method "tombola"; quorate count --methods lists them'],
    [['--method', 'schulze', '--param', 'unranked=first'], '--param unranked is one of last, no-opinion, not "first"'],
    [['--method', 'copeland', '--param', 'level=0.5'], '--param level is a fraction such as 1/2, not "0.5"'],
    [['--method', 'scottish-stv', '--format', 'xls'], '--format is one of blt, preflib, pb, csv, cvr, abc, not "xls"'],
    [['--method', 'scottish-stv', '--language', 'fr'], '--language is en or cy, not "fr"'],
    [
      ['--method', 'scottish-stv', '--param', 'clause10=as-written'],
      'scottish-stv@1 has no param "clause10": it leaves nothing open',
    ],
    [
      ['--method', 'nz-meek', '--param', 'clause11=x'],
      'nz-meek@1 has no param "clause11". Known: clause10, clause13, discards, numbersAmong',
    ],
    [['--method', 'nz-meek', '--param', 'discards=3'], '--param discards is one of 4, 5, not "3"'],
    [['--method', 'nz-meek', '--param', 'discards'], '--param takes NAME=VALUE, not "discards"'],
    [['--method', 'scottish-stv', '--seats', '0'], '--seats takes a whole number from 1 up, not "0"'],
    [['--method', 'scottish-stv', '--json', '--csv'], 'one of --json, --csv, --svg and --certificate at a time'],
    [['--method', 'scottish-stv', '--lot', '1', '--lot-seed', 'x'], '--lot or --lot-seed, not both: one order decides every tie'],
    [['--method', 'scottish-stv', '--lot', '1,2'], '--lot must name each of the 6 candidates once'],
    [['--method', 'scottish-stv', '--lot', '1,2,3,4,5,7'], '--lot: there is no candidate "7"'],
    [['--method', 'scottish-stv', 'more.blt'], 'one file at a time; left over: more.blt'],
    [['--metod', 'scottish-stv'], "Unknown option '--metod'"],
    [['--method'], "Option '--method <value>' argument missing"],
  ])('%j', async (words, message) => {
    expect(await run(ward, words)).toEqual({ code: 2, out: '', err: `quorate count: ${message}\nTry: quorate count --help\n` })
  })
  it('no file', async () => {
    const { io, err } = heard()
    expect(await main(['count', '--method', 'scottish-stv'], io)).toBe(2)
    expect(err()).toBe('quorate count: which ballot file?\nTry: quorate count --help\n')
  })
})

describe('text on a terminal', () => {
  it('nothing in a name can steer it', () => expect(plain('a\u001b[31mb\u202ec')).toBe('a\uFFFD[31mb\uFFFDc'))
  it('is cut and filled as people count characters', () => {
    expect(fitted('Siân', 6)).toBe('Siân  ')
    expect(fitted('e\u0301e\u0301e\u0301', 3)).toBe('e\u0301e\u0301e\u0301')
    expect(fitted('Gareth', 4)).toBe('Gar…')
  })
  it('is wrapped at blanks', () => {
    expect(wrapped('one two three', 8, '  ')).toBe('one two\n  three')
    expect(wrapped('one two three four five', 9, '  ')).toBe('one two\n  three\n  four\n  five')
    expect(wrapped('Siân Siân Siân', 9)).toBe('Siân Siân\nSiân')
    expect(wrapped('e\u0301e\u0301 e\u0301 e\u0301', 6)).toBe('e\u0301e\u0301 e\u0301 e\u0301')
  })
})
