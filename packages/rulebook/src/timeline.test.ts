import { describe, expect, it } from 'vitest'
import {
  at,
  decision,
  editionsOf,
  eligible,
  fact,
  holds,
  hour,
  kinds,
  lantern,
  later,
  members,
  officer,
  person,
  print,
  proposal,
  proposalText,
  story,
  type Story,
} from '../test/lantern.ts'
import { emptyState, timeline, waiting, type ActBody, type StageView } from './index.ts'
import { everyActWithOneThingWrong } from '../test/every-act.ts'

everyActWithOneThingWrong()

const proposedAt = at('2026-06-01 10:00')
const view = (s: Story, when = proposedAt): readonly StageView[] => timeline(s.editions(), s.state(), decision(1), when)
const stage = (s: Story, id: string, when = proposedAt): StageView | undefined => view(s, when).find((v) => v.id === id)

function proposed(): Story {
  const s = story(editionsOf(lantern))
  s.attempt(person(1), members, proposedAt, proposal, eligible(proposedAt), proposalText(proposedAt))
  return s
}

describe('the timeline of a decision', () => {
  it('shows each stage done, now or next with its earliest and latest instants, actor and clause', () => {
    const s = proposed()
    expect(view(s).map((v) => [v.id, v.state])).toEqual([
      ['propose', 'done'],
      ['support', 'now'],
      ['check', 'next'],
      ['notify', 'next'],
      ['debate', 'next'],
      ['freeze', 'next'],
      ['ballot', 'next'],
      ['certify', 'next'],
      ['challenge', 'next'],
      ['enact', 'next'],
    ])
    expect(stage(s, 'support')).toMatchObject({
      earliest: { startsAt: proposedAt, endsAt: proposedAt },
      latest: { startsAt: proposedAt, endsAt: at('2026-06-29 10:00') },
      actor: [{ kind: 'electorate', id: 'members' }],
      clause: '4.2@1',
    })
    // At once: noticed 1 June, 14 clear days end with the 15th, 7 days of ballot, 7 of challenge.
    expect(stage(s, 'ballot')).toMatchObject({
      earliest: { startsAt: at('2026-06-16'), endsAt: at('2026-06-23') },
      actor: [{ id: 'returning-officer' }],
    })
    expect(stage(s, 'enact')).toMatchObject({ earliest: { endsAt: at('2026-06-30') }, actor: [{ kind: 'rule' }] })
    // At the last: support 29 June, check 3 July (00:00), notice to the 18th, noon of the 8th day, a day of extension, four working days, a challenge answered in 14 days.
    expect(stage(s, 'check')?.latest?.endsAt).toBe(at('2026-07-03'))
    expect(stage(s, 'ballot')?.latest).toEqual({ startsAt: at('2026-07-26 12:00'), endsAt: at('2026-08-03 12:00') })
    expect(stage(s, 'enact')?.latest?.endsAt).toBeGreaterThan(stage(s, 'enact')?.earliest?.endsAt ?? 0)
  })

  it('follows what happens and stops where the decision ends', () => {
    const s = proposed()
    for (let n = 1; n <= 60; n++) s.attempt(person(n), members, proposedAt, { kind: 'sign' }, eligible(proposedAt))
    expect(stage(s, 'support')).toMatchObject({ state: 'done', outcome: 'met' })
    const refusal: ActBody = { kind: 'check', outcome: 'refused', ground: 'not-a-rule-change' }
    expect(kinds(s.attempt(person(90), officer, later(proposedAt, hour), refusal, holds(proposedAt)))).toEqual([
      'checked',
      'ended',
    ])
    const after = view(s, later(proposedAt, hour))
    expect(after.map((v) => v.state)).toEqual(['done', 'done', 'done', ...Array<string>(7).fill('skipped')])
    expect(after[2]).toMatchObject({ outcome: 'refused' })
    expect(waiting(s.editions(), s.state(), at('2027-01-01'))).toEqual([])
  })

  it('is empty for a decision nobody made', () => {
    expect(timeline(editionsOf(lantern), emptyState, decision(9), proposedAt)).toEqual([])
  })
})

describe('policy, with a committee that may refuse and members who may override', () => {
  const policy: ActBody = { kind: 'propose', power: 'adopt-policy', form: 'text', document: print(1), changes: [] }
  const vote = (inFavour: number, against: number) => fact('resolution', 'committee', { for: inFavour, against }, proposedAt)
  function supported(): Story {
    const s = story(editionsOf(lantern))
    expect(kinds(s.attempt(person(1), members, proposedAt, policy, eligible(proposedAt)))).toEqual(['proposed'])
    for (let n = 1; n <= 30; n++) s.attempt(person(n), members, proposedAt, { kind: 'sign' }, eligible(proposedAt))
    return s
  }
  const consider = (s: Story, outcome: 'agreed' | 'refused', inFavour: number, against: number) =>
    s.attempt(person(70), 'body committee', proposedAt, { kind: 'consider', outcome }, vote(inFavour, against))

  it('goes to notice when the committee agrees, and skips the override', () => {
    const s = supported()
    expect(kinds(consider(s, 'agreed', 6, 4))).toEqual(['considered'])
    expect(
      view(s)
        .map((v) => [v.id, v.state])
        .slice(2, 5),
    ).toEqual([
      ['consider', 'done'],
      ['override', 'skipped'],
      ['notify', 'now'],
    ])
    expect(waiting(s.editions(), s.state(), proposedAt)).toMatchObject([{ kind: 'notify', electorate: 'members' }])
  })

  it('goes to the members when the committee refuses: 90 signatures put it to the ballot', () => {
    const s = supported()
    consider(s, 'refused', 4, 6)
    for (let n = 1; n <= 89; n++) s.attempt(person(n), members, proposedAt, { kind: 'sign' }, eligible(proposedAt))
    expect(stage(s, 'override')?.state).toBe('now')
    expect(kinds(s.attempt(person(90), members, proposedAt, { kind: 'sign' }, eligible(proposedAt)))).toEqual([
      'signed',
      'supported',
    ])
    expect(stage(s, 'notify')?.state).toBe('now')
  })

  it('counts silence of thirty days as agreement', () => {
    const s = supported()
    const fallsAt = at('2026-07-01 10:00')
    expect(stage(s, 'consider', later(fallsAt, -1))?.state).toBe('now')
    expect(stage(s, 'consider', fallsAt)).toMatchObject({ state: 'done', outcome: 'agreed' })
    const served = fact('notice', null, { served: 10, of: 10 }, fallsAt)
    expect(kinds(s.attempt('rule', 'rule', fallsAt, { kind: 'notify' }, served))).toEqual(['considered', 'noticed'])
  })

  it('takes effect without touching the rules', () => {
    const s = supported()
    consider(s, 'agreed', 6, 4)
    const run = (
      who: number | null,
      as: Parameters<Story['attempt']>[1],
      when: ReturnType<typeof at>,
      body: ActBody,
      ...facts: ReturnType<typeof fact>[]
    ) => kinds(s.attempt(who === null ? 'rule' : person(who), as, when, body, ...facts))
    run(null, 'rule', proposedAt, { kind: 'notify' }, fact('notice', null, { served: 10, of: 10 }, proposedAt))
    const frozenAt = at('2026-06-09')
    run(
      null,
      'rule',
      frozenAt,
      { kind: 'freeze' },
      { ...fact('roll', 'members', { size: 10, root: 'ab' }, proposedAt, 'roll'), knownAt: frozenAt },
    )
    run(90, officer, frozenAt, { kind: 'schedule', opensAt: frozenAt }, holds(frozenAt))
    run(null, 'rule', frozenAt, { kind: 'open' }, fact('setup', null, { fingerprint: print(2) }, frozenAt))
    run(5, members, frozenAt, { kind: 'cast', ballot: print(3) }, eligible(frozenAt, 'roll'))
    const closedAt = at('2026-06-14')
    run(
      null,
      'rule',
      closedAt,
      { kind: 'declare' },
      fact('tally', null, { for: 1, against: 0, blank: 0, cast: 1, valid: 1 }, closedAt),
    )
    run(90, officer, closedAt, { kind: 'certify' }, holds(closedAt))
    run(91, officer, closedAt, { kind: 'certify' }, holds(closedAt))
    const enactedAt = at('2026-06-21')
    expect(run(null, 'rule', enactedAt, { kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
    expect(s.events().at(-2)).toMatchObject({ newEdition: 1 })
    expect(s.state().decisions[1]?.ended?.outcome).toBe('carried')
  })
})
