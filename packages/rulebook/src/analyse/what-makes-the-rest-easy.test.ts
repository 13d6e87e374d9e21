import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { began, bodyBlock, days, facts, movementOf, officeBlock, procedureBlock } from '../../test/attempts.ts'
import { later } from '../../test/lantern.ts'
import { provision, type Rulebook } from '../language/model.ts'
import type { AnalyseFacts } from '../index.ts'
import type { Demand } from './answer.ts'
import { easingsOf, isEasing, leadsTo, subsetsOf } from './easings.ts'
import { apartIn, joined, needsOf, peopleOf, within } from './people.ts'
import { front, prune } from './pareto.ts'
import { begin, granting, together, unprepared, withStep, type Plan } from './plan.ts'
import { routesIn, type Route } from './routes.ts'
import { worldOf, type World } from './world.ts'

// What can be done first, which powers lead to it, and which of several plans are kept.

const world = (rulebook: Rulebook, more: Partial<AnalyseFacts> = {}): World => worldOf(rulebook, facts(more))
const power = (act: string, holder = 'officer'): string => `kind: power\nact: ${act}\nholder: ${holder}`
const routeTo = (w: World, act: string): Route => {
  const found = routesIn(w).find((r) => r.goal.power === act)
  assert(found !== undefined, `a route to ${act}`)
  return found
}

describe('a power over persons', () => {
  const everyone = bodyBlock({ id: 'assembly', seats: '{id: all, everyone-in: electorate members}' })
  const reaches = (act: string): readonly string[] => {
    const w = world(movementOf(everyone, power(act)))
    return leadsTo(w, routeTo(w, act))
  }

  it('clears bodies with seats; what ends membership shrinks the roll as well', () => {
    expect(reaches('exclude')).toEqual(['clear board', 'clear panel', 'shrink members'])
    expect(reaches('suspend')).toEqual(['clear board', 'clear panel', 'shrink members'])
    expect(reaches('recall')).toEqual(['clear board', 'clear panel'])
    expect(reaches('admit')).toEqual([])
    expect(reaches('spend')).toEqual([])
  })
})

describe('a power over groups', () => {
  const branch = `${bodyBlock({ id: 'branch', seats: '{id: all, everyone-in: electorate members and in this group}' })}\ninstances: many`
  const secretary = officeBlock('secretary', 'appointed by branch', '\nper: branch')
  const council = (seats: string): string => bodyBlock({ id: 'council', seats })
  const reaches = (act: string, seats: string): readonly string[] => {
    const w = world(movementOf(branch, secretary, council(seats), power(act)))
    return leadsTo(w, routeTo(w, act)).filter((key) => key === 'clear council')
  }
  const seat = (by: string, id = 'a'): string => `{id: ${id}, count: 3, by: ${by}}`

  it('clears a body all of whose seats are theirs, however they fill them', () => {
    for (const by of ['election by branch', 'nomination of branch', 'appointment by branch', 'ex-officio secretary'])
      expect(reaches('derecognise-group', seat(by))).toEqual(['clear council'])
    for (const by of [
      'election by board',
      'nomination of board',
      'appointment by board',
      'ex-officio officer',
      'election of members',
    ])
      expect(reaches('derecognise-group', seat(by))).toEqual([])
    expect(reaches('derecognise-group', `${seat('election by branch')}, ${seat('election of members', 'b')}`)).toEqual([])
    expect(reaches('disaffiliate', seat('election by branch'))).toEqual([])
  })

  it('over affiliates clears a body of those whom affiliates name', () => {
    for (const by of [
      'nomination of affiliates',
      'nomination of affiliates of class union',
      'nomination of affiliates not of class union',
    ])
      expect(reaches('disaffiliate', seat(by))).toEqual(['clear council'])
    expect(reaches('disaffiliate', `${seat('nomination of affiliates')}, ${seat('election of members', 'b')}`)).toEqual([])
    expect(reaches('derecognise-group', seat('nomination of affiliates'))).toEqual([])
  })
})

describe('what eases a route', () => {
  const stages = [
    'propose: {by: electorate members or officer or panel}',
    'support: {signers: electorate members, need: at least 5 people, window: 7 days, lapsed: count}',
    'consider: {body: board, within: 2 days, timeout: fallen}',
    'enact: {effect: adopt-policy, at: end of consider}',
  ]
  const rulebook = movementOf('kind: power\nact: adopt-policy\nvia: [decide]', procedureBlock('decide', ...stages))
  const keys = (more: Partial<AnalyseFacts> = {}): readonly string[] => {
    const w = world(rulebook, more)
    return easingsOf(w, routeTo(w, 'adopt-policy')).map((e) => e.key)
  }

  it('is to clear and fill its bodies and to shrink its rolls, and to win what it has not where elections are open', () => {
    const usual = ['clear panel', 'fill panel', 'clear board', 'fill board', 'shrink members']
    expect(keys()).toEqual(usual)
    expect(keys({ without: ['board', 'officer'] })).toEqual(usual)
    expect(keys({ without: ['board', 'officer'], elections: 'open' })).toEqual([...usual, 'win board', 'win officer'])
  })

  it('is tried in every combination, none first, up to forty-eight', () => {
    const w = world(rulebook)
    const easings = easingsOf(w, routeTo(w, 'adopt-policy'))
    const sets = subsetsOf(easings.slice(0, 2))
    expect(sets.map((s) => s.keys)).toEqual([[], ['clear panel'], ['fill panel'], ['clear panel', 'fill panel']])
    expect(sets[3]?.prepared).toEqual({ ...unprepared, cleared: new Set(['panel']), filled: new Set(['panel']) })
    expect(subsetsOf(easings)).toHaveLength(32)
    expect(subsetsOf([...easings, ...easings])).toHaveLength(48)
  })
})

describe('the rules of a tier in hand', () => {
  const amending = (id: string): string =>
    procedureBlock(id, 'propose: {by: electorate members}', 'enact: {effect: amend-rulebook, at: end of propose}')
  // The usual clauses are 1 to 9: 10 grants, 11 and 12 are the procedures, 13 and 14 the tiers, 15 grants another power.
  const book = (low: string, high: string): Rulebook =>
    movementOf(
      'kind: power\nact: amend-rulebook\nvia: [easy, hard]',
      amending('easy'),
      amending('hard'),
      `kind: tier\nid: low\nguards: [${low}]\nprocedure: easy`,
      `kind: tier\nid: high\nguards: [${high}]\nprocedure: hard`,
      power('spend'),
    )
  const eases = (rulebook: Rulebook, tier: string): readonly string[] => {
    const w = world(rulebook)
    const found = provision(w.rulebook, 'tier', tier)
    assert(found !== null, 'a tier')
    return routesIn(w).flatMap((route) =>
      isEasing(w, found, route) ? [`${route.goal.power} ${route.goal.tier ?? ''}`.trim()] : [],
    )
  }

  it('give every other power, and another tier only where they guard its clause, its procedure or the grant', () => {
    expect(eases(book('1, 2', '13, 14'), 'low')).toEqual(['spend'])
    expect(eases(book('1, 14', '13'), 'low')).toEqual(['amend-rulebook high', 'spend'])
    expect(eases(book('1, 12', '13'), 'low')).toEqual(['amend-rulebook high', 'spend'])
    expect(eases(book('1, 10', '13'), 'low')).toEqual(['amend-rulebook high', 'spend'])
    expect(eases(book('1, 11', '12'), 'low')).toEqual(['spend'])
    expect(eases(book('1, 11', '13'), 'high')).toEqual(['amend-rulebook low', 'spend'])
  })
})

const demand = (pool: Demand['pool'], id: string, count: number, ofClass: string | null = null): Demand => ({
  pool,
  id,
  ofClass,
  count,
  of: null,
})

describe('the people of an attempt', () => {
  const none: ReadonlySet<string> = new Set()
  const people = (apart: ReadonlySet<string>, ...demands: readonly Demand[]): number => peopleOf(needsOf(demands), apart)

  it('are the same in every capacity, but where the rules keep two apart', () => {
    expect(people(none, demand('seat', 'board', 7), demand('elector', 'members', 60), demand('office', 'officer', 1))).toBe(60)
    expect(people(none, demand('seat', 'board', 0))).toBe(0)
    const kept = movementOf(
      officeBlock('auditor', 'appointed by board', '\nnever: [seat on board, office officer, bankrupt]'),
      bodyBlock({ id: 'jury', more: 'sits: {of: 5, by: lot per case, not: [seat on panel, party to case]}' }),
    )
    expect([...apartIn(kept)].sort()).toEqual([
      'office auditor|office officer',
      'office auditor|seat board',
      'seat jury|seat panel',
    ])
    expect(people(apartIn(kept), demand('seat', 'board', 7), demand('office', 'auditor', 1))).toBe(8)
    expect(people(apartIn(kept), demand('seat', 'panel', 3), demand('office', 'auditor', 1))).toBe(3)
    expect(people(apartIn(kept), demand('seat', 'board', 7), demand('office', 'auditor', 2), demand('seat', 'panel', 20))).toBe(
      20,
    )
  })

  it('of several classes of one body are different people, and newcomers come beside those who sit there', () => {
    expect(
      people(none, demand('seat', 'board', 7), demand('seat', 'board', 3, 'union'), demand('seat', 'board', 2, 'youth')),
    ).toBe(7)
    expect(
      people(none, demand('seat', 'board', 4), demand('seat', 'board', 3, 'union'), demand('seat', 'board', 2, 'youth')),
    ).toBe(5)
    expect(people(none, demand('seat', 'board', 4), demand('newcomer', 'board', 3))).toBe(7)
    expect(people(none, demand('seat', 'panel', 4), demand('newcomer', 'board', 3))).toBe(4)
    expect(people(none, demand('newcomer', 'panel', 4), demand('newcomer', 'board', 3))).toBe(4)
  })

  it('needed for two things are the more of each', () => {
    const [few, many] = [
      needsOf([demand('seat', 'board', 2), demand('office', 'officer', 1)]),
      needsOf([demand('seat', 'board', 5)]),
    ]
    expect([...joined(few, many).values()].map((d) => d.count)).toEqual([5, 1])
    expect([...joined(many, few).values()].map((d) => d.count)).toEqual([5, 1])
    expect(within(many, few)).toBe(false)
    expect(within(needsOf([demand('seat', 'board', 2)]), few)).toBe(true)
    expect(within(few, many)).toBe(false)
    expect(within(needsOf([]), few)).toBe(true)
  })
})

describe('plans', () => {
  const w = world(movementOf())
  const step = (count: number, lasts: number, from = began): Plan =>
    withStep(
      { ...begin(from) },
      {
        actor: { kind: 'rule' },
        act: { kind: 'exercise', power: 'spend' },
        purpose: { kind: 'goal' },
        clause: '1@1',
        needs: [demand('elector', 'members', count)],
        votes: null,
      },
      later(from, lasts),
    )

  it('are kept when no other is as good in every respect', () => {
    const [cheap, quick, worse, same] = [step(1, 9 * days), step(5, days), step(6, 2 * days), step(1, 9 * days)]
    expect(front(w, [worse, cheap, quick])).toEqual([cheap, quick])
    expect(prune(w, [worse, quick, cheap, same], 8)).toEqual([cheap, quick])
    // Within a cap the fastest and the least visible stay, then those of the fewest people.
    const middle = step(3, 5 * days)
    expect(prune(w, [quick, middle, cheap], 3)).toEqual([cheap, middle, quick])
    for (const most of [1, 2]) expect(prune(w, [quick, middle, cheap], most)).toEqual([cheap, quick])
    const advised = granting(step(1, 9 * days), [], [{ kind: 'attested', what: 'advice', by: [], clause: '1@1' }])
    expect(front(w, [advised, cheap])).toEqual([cheap])
    expect(front(w, [granting(quick, [], [{ kind: 'attested', what: 'advice', by: [], clause: '1@1' }]), cheap])).toHaveLength(2)
  })

  it('joined are as long as the longer and seen as soon as the sooner; two that read a field otherwise cannot be', () => {
    const [one, two] = [step(1, 2 * days), step(5, days, later(began, -days))]
    const both = together(one, two)
    expect(both).toMatchObject({ at: later(began, 2 * days), seenAt: later(began, -days) })
    expect(together(two, one)).toMatchObject({ at: later(began, 2 * days), seenAt: later(began, -days) })
    expect(together(one, one)?.steps).toHaveLength(1)
    expect(together(begin(began), one)?.seenAt).toBe(began)
    expect(together(one, begin(later(began, 9 * days)))).toMatchObject({ at: later(began, 9 * days), seenAt: began })
    const taking = (value: string, field = 'need'): Plan => granting(one, [{ clause: '1@1', field, value, because: 'reading' }])
    expect(together(taking('few'), taking('many'))).toBeNull()
    expect(together(taking('few'), taking('few'))?.taken).toHaveLength(1)
    expect(together(taking('few'), taking('many', 'window'))?.taken).toHaveLength(2)
  })
})
