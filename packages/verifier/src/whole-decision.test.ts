import { describe, expect, test } from 'vitest'
import { dossierFrom } from '../testing/log.ts'
import { decision, dossierFor, nodeModExp, wholeDecision, type Twist, type World } from '../testing/whole-decision.ts'
import { dossierText, verify, type Verdict } from './index.ts'

const options = { modexp: nodeModExp }
const verdictOf = (world: World): Verdict => verify(dossierText(dossierFor(world.log)), options)
const states = ({ checks }: Verdict): Record<string, string> =>
  Object.fromEntries(checks.map((check) => [check.name, check.state === 'not-checked' ? check.why : check.state]))

describe.each(['Ed25519', 'BELENIOS-2048'] as const)('a whole decision in %s', { timeout: 60_000 }, (group) => {
  const world = wholeDecision(group)

  test('holds, with its figures, and says what could not be checked', () => {
    const verdict = verdictOf(world)
    expect(verdict).toMatchObject({ verdict: 'holds', decision, fault: null, size: world.log.entries.length })
    expect(states(verdict)).toMatchObject({
      rules: 'passed',
      register: 'stated-by-register',
      notice: 'passed',
      roll: 'passed',
      setup: 'passed',
      registrar: 'single-operator',
      ballots: 'passed',
      tally: 'passed',
      openings: 'passed',
      result: 'passed',
      count: 'passed',
    })
    const detail = (name: string) => verdict.checks.find((check) => check.name === name)
    expect(detail('rules')).toMatchObject({
      detail: [{ count: 20 }, { name: 'refusals', count: 1 }, { name: 'editions', count: 2 }],
    })
    expect(detail('notice')).toMatchObject({ detail: [{ count: 6 }, { count: 6 }, { name: 'clear days', count: 15 }] })
    expect(detail('ballots')).toMatchObject({
      detail: [
        { name: 'ballots', count: 6 },
        { name: 'voters', count: 5 },
      ],
    })
    expect(detail('count')).toMatchObject({
      detail: [{ name: 'for', count: 4 }, { name: 'against', count: 1 }, {}, { count: 4 }, { count: 1 }],
    })
    expect(detail('register')).toMatchObject({
      detail: [
        { name: 'body-size' },
        { name: 'electorate-size' },
        { name: 'eligible', count: 4 },
        { name: 'signers', count: 1 },
        { name: 'holds-office', count: 4 },
      ],
    })
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  test('holds at every step on the way', () => {
    const steps: readonly (readonly [Twist['until'], string])[] = [
      ['proposed', 'rules'],
      ['frozen', 'roll'],
      ['open', 'setup'],
      ['voted', 'ballots'],
      ['closed', 'tally'],
    ]
    for (const [until, passed] of steps) {
      const verdict = verdictOf(wholeDecision(group, until === undefined ? {} : { until }))
      expect([until, verdict.verdict, verdict.fault]).toEqual([until, 'holds', null])
      expect(states(verdict)).toMatchObject({ [passed]: 'passed', result: 'not-yet', count: 'not-yet' })
    }
  })

  test('reports progress, ballot by ballot', () => {
    const seen: string[] = []
    verify(dossierText(dossierFor(world.log)), {
      ...options,
      progress: ({ check, done, total }) => seen.push(`${check} ${String(done)}/${String(total)}`),
    })
    expect(seen).toContain('ballots 5/6')
  })
})

describe('a dossier of another decision of the same log', () => {
  test('of a refused attempt holds: the refusal is judged again', () => {
    const { entries, documents } = wholeDecision('Ed25519').log
    const verdict = verify(dossierText(dossierFrom(entries, { documents, decision: decision - 1 })))
    expect(verdict.verdict).toBe('holds')
    expect(states(verdict)).toMatchObject({ rules: 'passed', notice: 'not-yet', ballots: 'not-yet' })
  })
})
