import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { heard } from './heard.ts'
import { main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate other counts '))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command in a folder with these files; `@name` among the words is the path of one. */
async function run(files: Readonly<Record<string, string>>, words: readonly string[]) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const { io, out, err } = heard()
  const code = await main(['count', ...words.map((word) => (word.startsWith('@') ? join(folder, word.slice(1)) : word))], io)
  return { code, out: out(), err: err().replaceAll(`${folder}/`, '') }
}

const ward = '3 2\n10 1 2 0\n9 2 1 0\n5 3 2 0\n0\n"Al"\n"Bo"\n"Cy"\n"A ward"\n'
const women = 'women:\n  clause: 8.1\n  at least: 1\n  members: Cy\n'
const stv = ['@ward.blt', '--method', 'scottish-stv', '--lot', '1,2,3'] as const

describe('a quota met by further counts', () => {
  const asked = [...stv, '--quota-rules', '@women.txt', '--as-if']
  it('names every count it took, and prints the first in full', async () => {
    const { code, out, err } = await run({ 'ward.blt': ward, 'women.txt': women }, asked)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^Elected: Bo and Cy\.\n\nQuota “women” \(8\.1\): at least 1; 1 elected\. Met by counting again/)
    expect(out).toContain(
      'As it is, 2 places: Al and Bo (0 of the group).\nAs if larger, 3 places: Al, Bo and Cy (1 of the group).',
    )
    expect(out).toContain('As if smaller, 1 place: Bo (0 of the group).')
    expect(out).toContain('The count as it is:\n\nA ward\n2 seats, 24 valid papers')
  })
  it('in Welsh', async () => {
    const { out } = await run({ 'ward.blt': ward, 'women.txt': women }, [...asked, '--language', 'cy'])
    expect(out).toMatch(/^Etholwyd: Bo a Cy\.\n\nCwota “women” \(8\.1\): o leiaf 1; etholwyd 1\. Fe’i bodlonwyd drwy/)
    expect(out).toContain('Fel pe bai’n llai, 1 lle: Bo (0 o’r grŵp).\n\nY cyfrif fel y mae:\n\nA ward\n')
    const none = await run({ 'ward.blt': ward, 'women.txt': women.replace('Cy', '[]') }, [...asked, '--language', 'cy'])
    expect(none.err).toContain('quorate count: Nid oes pwyllgor mwy sy’n ethol 1 yn union o’r rhai sy’n rhy brin')
  })
  it('as JSON', async () => {
    const { out } = await run({ 'ward.blt': ward, 'women.txt': women }, [...asked, '--json'])
    expect(JSON.parse(out)).toMatchObject({
      elected: [1, 2],
      quota: { name: 'women', clause: '8.1', least: 1, most: null },
      counts: [
        { purpose: 'as it is', seats: 2 },
        { purpose: 'larger', seats: 3 },
        { purpose: 'smaller', seats: 1 },
      ],
    })
  })
  it('a quota that the count meets is met as it is', async () => {
    const { out } = await run({ 'ward.blt': ward, 'women.txt': women.replace('Cy', 'Al') }, asked)
    expect(out).toContain('The count as it is meets it.')
  })
  it('knows one group, and says when no committee fits', async () => {
    const two = `${women}others:\n  at most: 1\n  members: 1\n`
    expect(await run({ 'ward.blt': ward, 'women.txt': two }, asked)).toMatchObject({
      code: 1,
      err: 'quorate count: the quota rules do not fit: a count as if there were more places knows one group\n',
    })
    const none = await run({ 'ward.blt': ward, 'women.txt': women.replace('members: Cy', 'members: []') }, asked)
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.err).toContain('No larger committee elects exactly 1 of those who are too few: “women” (8.1) cannot be met')
  })
})

const marks = '4 2\n9 1 0\n8 2 0\n3 3 0\n1 4 0\n0\n"Al"\n"Bo"\n"Cy"\n"Di"\n"A division"\n'

describe('places kept for a group', () => {
  it('are filled first, and the account says so with the clause', async () => {
    const words = ['@d.blt', '--method', 'plurality', '--param', 'tooMany=cut', '--quota-rules', '@w.txt']
    const { code, out } = await run({ 'd.blt': marks, 'w.txt': women.replace('Cy', 'Cy, Di') }, words)
    expect(code).toBe(0)
    expect(out).toContain('Elected:\n  Al\n  Cy\n')
    expect(out).toContain('1 place is kept for “women” (8.1), and of them Cy has most. Of all\n  others Al has most.')
    expect(out).toContain('Bo has 8; Al, the last elected, has 9.\nDi has 1; Cy, the last elected, has 3.')
    const few = await run({ 'd.blt': marks, 'w.txt': women.replace('at least: 1', 'at least: 2') }, words)
    expect(few).toMatchObject({ code: 1, err: 'quorate count: 2 places are kept for “women”, of whom 1 stands\n' })
  })
})

describe('a second round', () => {
  const first = '3 1\n4 1 0\n3 2 0\n2 3 0\n0\n"Al"\n"Bo"\n"Cy"\n'
  const rounds = ['majorityOf=valid', 'tooMany=cut', 'second=top-two-all'].flatMap((param) => ['--param', param])
  const asked = ['@1.blt', '--method', 'two-round', ...rounds, '--second-round', '@2.blt']
  it('is counted after the first, from a file of its own', async () => {
    const { code, out } = await run({ '1.blt': first, '2.blt': '2 1\n5 1 0\n4 2 0\n0\n"Bo"\n"Al"\n' }, asked)
    expect(code).toBe(0)
    expect(out).toContain('In the second round the most votes are enough: Bo has 5')
  })
  it('a file that is missing, is broken, or is not this second round is an error with its place', async () => {
    expect(await run({ '1.blt': first }, [...asked.slice(0, -1), '@lost.blt'])).toMatchObject({
      code: 1,
      err: 'quorate count: cannot read lost.blt: there is no such file\nGive the path of a ballot file; --format says its form.\n',
    })
    const broken = await run({ '1.blt': first, '2.blt': '2 1\n5 9 0\n0\n"Bo"\n"Al"\n' }, [...asked, '--language', 'cy'])
    expect(broken.err).toMatch(/^2\.blt:2:3: nid oes ymgeisydd 9/)
    const others = await run({ '1.blt': first, '2.blt': '2 1\n5 1 0\n0\n"Bo"\n"Cy"\n' }, asked)
    expect(others).toMatchObject({ code: 1, out: '' })
    expect(others.err).toMatch(/^quorate count: the papers of the second round are not those of this election/)
    const needless = await run({ '1.blt': first.replace('4 1 0', '9 1 0'), '2.blt': '2 1\n5 1 0\n0\n"Bo"\n"Al"\n' }, asked)
    expect(needless.err).toMatch(/^quorate count: the first round decided, so there is no second/)
  })
})

describe('a file only some methods may read', () => {
  const twice = 'rank 1,rank 2\nAnn,Ann\nBob,\nAnn,Bob\n'
  const irv = ['overvote=exhaust', 'skippedRanks=0', 'repeated=skip', 'maxRanks=all', 'batch=no', 'until=majority', 'majorityOf=valid', 'ties=lot'] // prettier-ignore
  it('a name at two ranks is refused with its place, and counted by instant runoff', async () => {
    const refused = await run({ 'v.csv': twice }, ['@v.csv', '--method', 'scottish-stv'])
    expect(refused.err).toMatch(/^v\.csv:2:5: “Ann” stands twice in this row\n/)
    const counted = await run({ 'v.csv': twice }, ['@v.csv', '--method', 'irv', ...irv.flatMap((param) => ['--param', param])])
    expect(counted).toMatchObject({ code: 0, err: '' })
  })
  it('an instant runoff has a certificate too, which the other program follows over such a paper', async () => {
    const asked = ['@v.csv', '--method', 'irv', ...irv.flatMap((param) => ['--param', param]), '--lot', '2,1', '--certificate']
    const { code, out } = await run({ 'v.csv': twice }, asked)
    expect([code, out]).toEqual([0, expect.stringContaining('"method":"irv@1"')])
    for (const [name, text] of Object.entries({ 'v.csv': twice, 'c.json': out })) writeFileSync(join(folder, name), text)
    const { io, out: said } = heard()
    expect([await main(['check-count', join(folder, 'v.csv'), join(folder, 'c.json')], io), said()]).toEqual([
      0,
      'The certificate holds. Elected: Ann.\n',
    ])
    writeFileSync(join(folder, 'v.csv'), twice.replace('Bob,', 'Ann,'))
    expect(await main(['check-count', join(folder, 'v.csv'), join(folder, 'c.json')], heard().io)).toBe(1)
  })
})

describe('what cannot be asked together', () => {
  it.each([
    [['--as-if'], '--as-if needs --quota-rules with the one group it is for'],
    [['--as-if', '--quota-rules', 'f', '--svg'], '--as-if makes several counts: it prints them as text or with --json'],
    [['--second-round', 'f'], 'scottish-stv@1 has no second round: two-round has'],
    [['--second-round', 'f', '--quota-rules', 'f'], '--second-round or --quota-rules, not both: a second round has one place'],
    [['--write-ins', 'lose'], '--write-ins is count or refuse, not "lose"'],
  ])('%j', async (words, message) => {
    expect(await run({ 'ward.blt': ward }, [...stv, ...words])).toEqual({
      code: 2,
      out: '',
      err: `quorate count: ${message}\nTry: quorate count --help\n`,
    })
  })
  it('a method without such counts', async () => {
    const asked = ['@ward.blt', '--method', 'plurality', '--param', 'tooMany=cut', '--as-if', '--quota-rules', '@women.txt']
    expect(await run({ 'ward.blt': ward, 'women.txt': women }, asked)).toMatchObject({
      code: 2,
      err: 'quorate count: plurality@1 has no count as if: the transferable votes have\nTry: quorate count --help\n',
    })
  })
})
