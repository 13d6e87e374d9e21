import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { at, parsed } from '../../test/lantern.ts'
import { analyse, cheapestFacts, watchfulFacts, type Analysis, type Path } from '../index.ts'

// A path that the analyser prints is a plan and no bound: the engine permits each of its steps.
const folder = new URL('../../../../rulebooks/', import.meta.url)
const shipped = ['lantern', ...readdirSync(new URL('templates/', folder)).map((file) => `templates/${file.slice(0, -3)}`)]
const from = at('2027-03-01 12:00')
const electorates = { members: 1_000, association: 300, branch: 400, 'members-in-good-standing': 900 }

const pathsOf = ({ powers }: Analysis): readonly (readonly [power: string, path: Path])[] =>
  powers.flatMap(({ power, front, routes }) =>
    [...front, ...routes.flatMap(({ direct, cheapest }) => [direct, cheapest])].flatMap((path) =>
      path === null ? [] : [[power, path] as const],
    ),
  )
const refused = (analysis: Analysis): readonly string[] =>
  pathsOf(analysis).flatMap(([power, { replay }]) =>
    replay.kind === 'refused' ? [`${power} step ${replay.step + 1}: ${replay.reasons.map((r) => r.code).join(', ')}`] : [],
  )

describe.each(shipped)('%s', (name) => {
  const rulebook = parsed(readFileSync(new URL(`${name}.md`, folder), 'utf8'))

  it.each([
    ['most', cheapestFacts(from)],
    ['least', watchfulFacts(from)],
  ] as const)('under the facts %s kind to an attempt', (_, facts) => {
    const analysis = analyse(rulebook, { ...facts, electorates }, { labels: 2 })
    expect(refused(analysis)).toEqual([])
    expect(pathsOf(analysis).length).toBeGreaterThan(10)
  })
})

const actsOf = (path: Path | undefined): readonly string[] =>
  (path?.steps ?? []).map(({ act }) => ('power' in act ? `${act.kind} ${act.power}` : act.kind))
const bestOf = (analysis: Analysis, power: string): Path | undefined => analysis.powers.find((p) => p.power === power)?.front[0]

describe('an emergency', () => {
  const rulebook = parsed(readFileSync(new URL('lantern.md', folder), 'utf8'))
  const path = bestOf(analyse(rulebook, { ...cheapestFacts(from), electorates }, { labels: 2 }), 'emergency-measure')

  it('is called for, attested and declared: five acts of the engine in two steps of the plan', () => {
    expect(actsOf(path)).toEqual(['call-meeting', 'exercise emergency-measure'])
    expect(path?.replay).toEqual({ kind: 'permitted', acts: 5 })
  })
})

const people = [
  'kind: class\nid: member\nof: person',
  'kind: electorate\nid: members\nwho: class member\ncut-off: notice\nlate-evidence: none',
]
const office = (id: string, by: string): string =>
  `kind: office\nid: ${id}\nholders: 1\nfilled: appointed by ${by}\nterm: 1 year\nremoved: board by at least 2/3 of seats`
const decides = 'decides: {pass: [yes more than 1/2 of seated], tie: falls}'
const group = `kind: body\nid: branch\ninstances: many\nseats: [{id: all, everyone-in: electorate members and in this group}]\nquorum: present at least 3 people\n${decides}`
const council = (seats: string): string =>
  `kind: body\nid: council\nseats: [${seats}]\nquorum: present at least 1 people\n${decides}`
const delegates = '{id: delegate, count: 9, by: election by branch}'
const powers = ['kind: power\nact: derecognise-group\nholder: organiser', 'kind: power\nact: spend\nholder: council']
const branches = (seats: string): Analysis =>
  analyse(
    parsed(
      rulebookOf(
        ...people,
        group,
        council(seats),
        council('{id: one, count: 5, by: election of members}').replace('id: council', 'id: board'),
        office('organiser', 'board'),
        ...powers,
      ),
    ),
    { ...cheapestFacts(from), electorates, attendance: 'all' },
    { labels: 4 },
  )

describe('groups derecognised', () => {
  it('take their delegates with them: whoever may close branches decides what the council of delegates decides', () => {
    const path = bestOf(branches(delegates), 'spend')
    expect(actsOf(path)).toEqual(['exercise derecognise-group', 'exercise spend'])
    expect(path).toMatchObject({ people: 1, replay: { kind: 'permitted' } })
    // The seats end by the rules: nothing of the kind is taken for granted.
    expect(path?.assumes).toEqual([])
  })

  it('leave those who sit there for others where they are: then it takes five of nine', () => {
    const path = bestOf(
      branches('{id: delegate, count: 4, by: election by branch}, {id: own, count: 5, by: election of members}'),
      'spend',
    )
    expect(actsOf(path)).toEqual(['exercise spend'])
    expect(path?.people).toBe(5)
  })

  it('a council whose seats are not the groups’ loses nobody', () => {
    expect(bestOf(branches('{id: own, count: 9, by: election of members}'), 'spend')?.people).toBe(5)
  })
})

describe('an election that waits for a general meeting', () => {
  const rulebook = parsed(readFileSync(new URL('templates/co-op.md', folder), 'utf8'))
  const path = bestOf(analyse(rulebook, { ...cheapestFacts(from), electorates }, { labels: 2 }), 'elect')
  const day = 86_400_000

  it('takes as long as its rule counts back from that meeting, and those who sign for a candidate', () => {
    // Nominations close 28 days before it, the ballot one day before, and seven days of challenge follow the certificate.
    expect(Math.floor((path?.elapsedMs ?? 0) / day)).toBe(27 + 7)
    expect(path?.steps.find((step) => step.act.kind === 'stage' && step.act.do === 'nominate')?.needs).toMatchObject([
      { pool: 'elector', id: 'members', count: 2 },
    ])
    expect(path?.people).toBe(2)
  })
})
