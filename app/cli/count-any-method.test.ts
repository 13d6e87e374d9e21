import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countMethods, type ChoicePoint, type CountMethod } from '@quorate/counting'
import { afterAll, describe, expect, it } from 'vitest'
import { heard } from './heard.ts'
import { main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate any count '))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(name: string, text: string, words: readonly string[]) {
  const file = join(folder, name)
  writeFileSync(file, text)
  const { io, out, err } = heard()
  const code = await main(['count', file, ...words], io)
  return { code, out: out(), err: err().replaceAll(file, name) }
}

const blt = '4 2\n5 1 2 3 0\n4 2 3 0\n3 3 1 0\n1 4 0\n0\n"Amara"\n"Bethan"\n"Cai"\n"Dev"\n"Two seats"\n'
const csv = 'weight,Amara,Bethan,Cai\n5,1,2,3\n4,,1,2\n3,2,,1\n'
const grades = 'Amara,Bethan,Cai\n5,3,0\n4,5,\n1,2,5\n'
const preflib = `# TITLE: A vote
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 9
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Amara
# ALTERNATIVE NAME 2: Bethan
# ALTERNATIVE NAME 3: Cai
5: 1,{2,3}
4: 2,3
`
const pb = `META
key;value
vote_type;approval
budget;1000
PROJECTS
project_id;cost;name
1;500.50;Park
2;300;Path
3;400;Tree
VOTES
voter_id;vote
1;1,2
2;1,2
3;1
4;3
`
const cvr = JSON.stringify({
  Election: [
    {
      Candidate: [
        { '@id': 'a', Name: 'Amara' },
        { '@id': 'b', Name: 'Bethan' },
      ],
      Contest: [
        {
          '@id': 'mayor',
          Name: 'Mayor',
          ContestSelection: [
            { '@id': 's1', CandidateIds: ['a'] },
            { '@id': 's2', CandidateIds: ['b'] },
          ],
        },
      ],
    },
  ],
  CVR: [1, 2, 1].map((first) => ({
    CVRSnapshot: [
      {
        CVRContest: [
          {
            ContestId: 'mayor',
            CVRContestSelection: [
              { ContestSelectionId: `s${first}`, Rank: 1, SelectionPosition: [{ HasIndication: 'yes' }] },
              { ContestSelectionId: `s${3 - first}`, Rank: 2, SelectionPosition: [{ HasIndication: 'yes' }] },
            ],
          },
        ],
      },
    ],
  })),
})

const files = {
  rankings: ['ward.blt', blt],
  approvals: ['ward.blt', blt],
  grades: ['grades.csv', grades],
  budget: ['city.pb', pb],
} as const

/** A value that every point of that form takes here. */
function valueFor({ name, values, form }: ChoicePoint): string {
  if (name === 'majorities' || name === 'developers' || name === 'abstention') return 'none'
  if (form === 'candidate') return name === 'against' ? 'Bethan' : 'Amara'
  if (form === 'scale') return '0-5'
  if (form === 'fraction') return '1/2'
  if (form === 'condition') return 'more-than:1/2:for-and-against'
  if (form === 'whole number') return name === 'points' ? '12' : '1'
  return values[0] ?? ''
}

function wordsFor({ id, open, places, ballots }: CountMethod): readonly string[] {
  const points = open.filter(({ optional, name }) => !optional || name === 'approved')
  const params = points.flatMap((point) => ['--param', `${point.name}=${valueFor(point)}`])
  const seats = places === 'one' && ballots === 'rankings' ? ['--seats', '1'] : places === 'many' ? ['--seats', '2'] : []
  return ['--method', id.replace(/@\d+$/, ''), ...params, ...seats, '--lot-seed', 'three agreed words']
}

describe('every method of the list counts a file, by name, with its open points chosen', () => {
  it.each(countMethods.map((method) => [method.id, method] as const))('%s', async (_, method) => {
    const [name, text] = files[method.ballots]
    const words = wordsFor(method)
    const told = await run(name, text, words)
    expect([told.code, told.err]).toEqual([0, ''])
    expect(told.out.replaceAll('\n', ' ')).toContain(`Method ${method.id}: `)
    expect(told.out).toMatch(/^Stage 1: /m)
    expect(told.out.split('\n').filter((line) => line.length > 80)).toEqual([])
    const json = await run(name, text, [...words, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ chosen: expect.anything() as unknown })
    const table = await run(name, text, [...words, '--csv'])
    expect(table.out).toMatch(/^stage,row,candidate,name,[a-z]+,status\r\n/)
    expect((await run(name, text, [...words, '--svg'])).out).toMatch(/^<svg [^]*<\/svg>\n$/)
    const welsh = await run(name, text, [...words, '--language', 'cy'])
    expect(welsh.out).toMatch(/^Cam 1: /m)
  })
  it('and says which points are open when they are not', async () => {
    const { code, err } = await run('ward.blt', blt, ['--method', 'schulze'])
    expect(code).toBe(2)
    expect(err).toBe(
      'quorate count: the rule leaves open, and you must say:\n  --param unranked=last|no-opinion\n      what a paper says of those it leaves out: last, or nothing\n  --param strength=winning-votes|margins\n      how strong a win is: by the papers for it, or by the margin\nTry: quorate count --help\n',
    )
  })
  it('lists itself', async () => {
    const { io, out } = heard()
    expect(await main(['count', '--methods'], io)).toBe(0)
    for (const { id } of countMethods) expect(out()).toContain(`  ${id.replace(/@\d+$/, '')} `)
    expect(out()).toContain('--param completion=none|utilitarian|phragmen|add1|add1u\n')
    expect(out()).toContain('[--param leastVotes=N]')
  })
})

describe('the certificate', () => {
  it('is followed by the checker, and other methods have none', async () => {
    const words = ['--method', 'scottish-stv', '--lot-seed', 'three agreed words', '--certificate']
    const { code, out } = await run('ward.blt', blt, words)
    expect(code).toBe(0)
    writeFileSync(join(folder, 'certificate.json'), out)
    const { io, out: said } = heard()
    const files = [join(folder, 'ward.blt'), join(folder, 'certificate.json')]
    expect(await main(['check-count', ...files, '--lot-seed', 'three agreed words'], io)).toBe(0)
    expect(said()).toMatch(/^The certificate holds\. Elected: Amara/)
    const other = await run('ward.blt', blt, [
      '--method',
      'plurality',
      '--param',
      'tooMany=cut',
      '--certificate',
      '--lot',
      '1,2,3,4',
    ])
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('there is no certificate for this kind of count')])
  })
})

describe('quota rules', () => {
  const rules = join(folder, 'rules.yaml')
  it('are kept, and said in the stages', async () => {
    writeFileSync(rules, 'newcomers:\n  clause: 4.2\n  at least: 1\n  members: 3, Dev\n')
    const { code, out } = await run('ward.blt', blt, ['--method', 'scottish-stv', '--quota-rules', rules, '--lot-seed', 'x'])
    expect(code).toBe(0)
    expect(out.replace(/\n +/g, ' ')).toMatch(/Bethan can no longer be elected: at least 1 of “newcomers”/)
    expect(out).toMatch(/Elected:\n[^]*Cai, elected/)
  })
  it('stand in the certificate, which check-count follows and compares with the file', async () => {
    writeFileSync(rules, 'newcomers:\n  clause: 4.2\n  at least: 1\n  members: 3, Dev\n')
    for (const method of ['scottish-stv', 'ers97']) {
      const { code, out } = await run('ward.blt', blt, [
        '--method',
        method,
        '--quota-rules',
        rules,
        '--lot-seed',
        'x',
        '--certificate',
      ])
      expect([code, out.includes('"kind":"doom"')]).toEqual([0, true])
      const certificate = join(folder, 'bounded.json')
      writeFileSync(certificate, out)
      const check = async (...more: readonly string[]) => {
        const { io, out: said } = heard()
        return [await main(['check-count', join(folder, 'ward.blt'), certificate, '--lot-seed', 'x', ...more], io), said()]
      }
      expect(await check()).toEqual([0, expect.stringContaining('The certificate holds.')])
      expect(await check('--quota-rules', rules)).toEqual([0, expect.stringContaining('The certificate holds.')])
      const other = join(folder, 'other-rules.yaml')
      writeFileSync(other, 'newcomers:\n  clause: 4.2\n  at least: 1\n  members: 1, Dev\n')
      expect(await check('--quota-rules', other)).toEqual([1, expect.stringContaining('/constraints/')])
    }
  })
  it('that cannot be kept, that do not read, and methods that have none', async () => {
    writeFileSync(rules, 'newcomers:\n  clause: 4.2\n  at least: 1\n  members: Eve\n')
    const unread = await run('ward.blt', blt, ['--method', 'scottish-stv', '--quota-rules', rules])
    expect([unread.code, unread.err]).toEqual([1, expect.stringMatching(/rules\.yaml:4:\d+: /)])
    writeFileSync(rules, 'newcomers:\n  clause: 4.2\n  at least: 2\n  members: Dev\n')
    const short = await run('ward.blt', blt, ['--method', 'scottish-stv', '--quota-rules', rules])
    expect([short.code, short.out]).toEqual([1, ''])
    writeFileSync(rules, 'newcomers:\n  clause: 4.2\n  at least: 1\n  members: Dev\n')
    const none = await run('ward.blt', blt, ['--method', 'approval', '--seats', '1', '--quota-rules', rules])
    expect(none.err).toContain('this method cannot be counted under quota rules')
    const missing = await run('ward.blt', blt, ['--method', 'scottish-stv', '--quota-rules', `${rules}.not`])
    expect(missing.err).toContain('there is no such file')
  })
})

describe('every form of file, found from the file itself', () => {
  const scottish = ['--method', 'scottish-stv', '--seats', '1', '--lot-seed', 'x']
  it.each([
    ['ward.blt', blt, 'Amara'],
    ['no-ending', blt, 'Amara'],
    ['votes.csv', csv, 'Amara'],
    ['votes.txt', csv.replaceAll(',', ';'), 'Amara'],
    ['vote.toi', preflib, 'Amara'],
    ['records.json', cvr, 'Amara'],
  ])('%s', async (name, text, winner) => {
    const { code, out, err } = await run(name, text, scottish)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`Elected:\n  ${winner}, elected`)
  })
  it('a form given beats the one found', async () => {
    const { code, err } = await run('ward.blt', blt, [...scottish, '--format', 'csv'])
    expect(code).toBe(1)
    expect(err).toContain('quorate count: ward.blt is not a ballot file that can be counted')
  })
  it('a form that nothing tells', async () => {
    const { code, err } = await run('notes', 'hello\n', scottish)
    expect(code).toBe(1)
    expect(err).toBe(
      'quorate count: cannot read notes: its form cannot be told from its name or its beginning\nGive the path of a ballot file; --format says its form.\n',
    )
  })
  it.each([
    ['votes.csv', 'A,B\n1,x\n', 'votes.csv:2:3: “x” is not a rank: a whole number from 1 up, or nothing'],
    ['vote.soi', preflib.replace('4: 2,3', '4: 2,7'), 'vote.soi:10:6: there is no candidate 7'],
    ['city.pb', pb.replace('2;300;Path', '2;;Path'), 'city.pb:8:3: this project has no cost'],
    ['records.json', '{', 'records.json: the file is not JSON'],
  ])('%s: a fault by line and column', async (name, text, message) => {
    const { code, err } = await run(name, text, name === 'city.pb' ? ['--method', 'phragmen-budget'] : scottish)
    expect(code).toBe(1)
    expect(err.split('\n')[0]).toBe(message)
  })
})

describe('papers of another kind than the method counts', () => {
  it('are refused with what it needs', async () => {
    const { code, err } = await run('city.pb', pb, [
      '--method',
      'schulze',
      '--param',
      'unranked=last',
      '--param',
      'strength=margins',
    ])
    expect(code).toBe(1)
    expect(err).toBe(
      'quorate count: the method counts papers that rank candidates, and the file holds a budget with projects and costs (.pb)\n',
    )
  })
  it('rankings as approvals: what is approved must be said', async () => {
    const { code, err } = await run('ward.blt', blt, ['--method', 'pav'])
    expect(code).toBe(1)
    expect(err).toContain('--param approved=named (all it names) or --param approved=first (its first rank)')
    const first = await run('ward.blt', blt, ['--method', 'approval', '--param', 'approved=first'])
    expect(first.out.replace('\n  all', ' all')).toContain('Amara and Bethan were ahead of all others.')
  })
  it('a tie the rule leaves to lot names the tied', async () => {
    const { code, err } = await run('level.blt', '2 1\n1 1 0\n1 2 0\n0\n"A"\n"B"\n', [
      '--method',
      'minimax',
      '--param',
      'unranked=last',
      '--param',
      'opposition=margins',
    ])
    expect(code).toBe(1)
    expect(err).toContain('the rule cannot tell A, B apart. It decides by lot, and no lot was given.')
  })
})
