import type { Instant } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import type { Act, ActBody, Capacity, Fact } from '../act.ts'
import {
  at,
  codes,
  decision,
  eligible,
  fact,
  hour,
  isRefusal,
  lanternText,
  later,
  person,
  print,
  why,
} from '../../test/lantern.ts'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { changedText, happened, proven, resolvedBy, seated, type MovementStory } from '../../test/movement.ts'
import { couldDecide, type YesNoTally } from './bound.ts'
import { weighingOn } from './weighing.ts'

everyActWithOneThingWrong()

// Story 8: forty delegates are suspended the night before conference, which votes on a motion whose notice went out three weeks before.
const text = changedText(
  lanternText,
  [
    'act: suspend\nholder: panel\nlimits: {grounds: code, at-most: 60 days, not-within: notify to certify of any ballot}',
    'act: suspend\nholder: committee\nlimits: {grounds: code, at-most: 60 days}',
  ],
  ['within: 28 days\ndecide-within: 28 days\ntimeout: allowed', 'within: 14 days\ndecide-within: 7 days\ntimeout: allowed'],
  [
    'propose: {by: electorate members or group}\n  support: {signers: electorate members, need: at least 30 people',
    'propose: {by: electorate members or group}\n  support: {signers: electorate members, need: at least 1 people',
  ],
)
const motion = decision(7)
const start = at('2026-03-01 12:00')
const proposed = at('2026-04-01 10:00')
const eve = at('2026-04-30 21:00')
const delegates = Array.from({ length: 40 }, (_, i) => person(1_000 + i))
const pool = Array.from({ length: 12 }, (_, i) => person(2_000 + i))

function actOn(story: MovementStory, by: Act['by'], as: Capacity, when: Instant, body: ActBody, ...facts: readonly Fact[]) {
  const answer = story.decideOn({ decision: motion, by, as, occurredAt: when, recordedAt: when, ...body }, ...facts)
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer.routes, null, 1))
  return answer
}

/** Up to the eve: the motion is noticed, its roll of 400 frozen, its ballot about to open. */
function untilTheEve(): MovementStory {
  const story = seated(text, start)
  const members: Capacity = 'electorate members'
  actOn(
    story,
    person(50),
    members,
    proposed,
    { kind: 'propose', power: 'adopt-policy', form: 'text', document: print(9), changes: [] },
    eligible(proposed),
  )
  actOn(story, person(51), members, proposed, { kind: 'sign' }, eligible(proposed), fact('signers', 'members', 0, proposed))
  const agreed = resolvedBy(story, 'm0', '7', proposed, at('2026-04-12 19:00'), [9, 0])
  expect(agreed).toMatchObject({ meeting: 'm0' })
  actOn(story, person(1), 'body committee', at('2026-04-12 19:30'), { kind: 'consider', outcome: 'agreed' })
  const noticed = at('2026-04-12 20:00')
  actOn(story, 'rule', 'rule', noticed, { kind: 'notify' }, fact('notice', null, { served: 400, of: 400 }, noticed, 'post'))
  return story
}

const suspend = (n: number) =>
  ({
    kind: 'sanction',
    sanction: `s${n}`,
    person: delegates[n] ?? person(0),
    power: 'suspend',
    code: 'suspension',
    until: null,
    under: { kind: 'resolution', meeting: 'm1', item: 'suspensions' },
  }) as const

function suspended(): MovementStory {
  const story = untilTheEve()
  resolvedBy(story, 'm1', 'suspensions', at('2026-04-20 12:00'), later(eve, -hour), [7, 3])
  for (let n = 0; n < 40; n++)
    expect(
      happened(
        story.act(person(1), 'body committee', eve, suspend(n), proven('ground-shown', `s${n}`, true, eve, 'attestation')),
      ),
    ).toEqual(['sanctioned'])
  return story
}

describe('the purge on the eve', () => {
  it('is recorded, and the forty keep their votes in the ballot whose notice had gone out', () => {
    const story = suspended()
    for (const person of delegates) {
      expect(weighingOn(story.movement(), person, eve, null)).toHaveLength(1)
      expect(weighingOn(story.movement(), person, eve, motion)).toEqual([])
    }
    expect(story.movement().sanctions.byId.size).toBe(40)
    expect(story.events().at(-1)).toMatchObject({ clause: '6.1@1', did: { spares: [7], until: at('2026-06-29 21:00') } })
  })

  it('cannot be used at all between notice and close where the rule says so, and not without its ground or past its limit', () => {
    const story = untilTheEve()
    resolvedBy(story, 'm1', 'suspensions', at('2026-04-20 12:00'), later(eve, -hour), [7, 3])
    expect(codes(story.act(person(1), 'body committee', eve, suspend(0)))).toEqual(['missing-fact'])
    const ground = proven('ground-shown', 's0', true, eve, 'attestation')
    expect(codes(story.act(person(1), 'body committee', eve, { ...suspend(0), until: at('2026-08-01') }, ground))).toContain(
      'too-late',
    )
    expect(codes(story.act(person(1), 'body committee', eve, { ...suspend(0), code: 'flogging' }, ground))).toEqual([
      'not-a-ground',
    ])
    expect(codes(story.act(person(1), 'body panel', eve, suspend(0), ground))).toEqual(['no-power'])
    const strict = text.replace(
      'limits: {grounds: code, at-most: 60 days}',
      'limits: {grounds: code, at-most: 60 days, not-within: notify to certify of any ballot}',
    )
    expect(strict).not.toBe(text)
    const held = seated(strict, start)
    held.put({ ...held.state(), decisions: story.state().decisions })
    resolvedBy(held, 'm1', 'suspensions', at('2026-04-20 12:00'), later(eve, -hour), [7, 3])
    const refused = held.act(person(1), 'body committee', eve, suspend(0), ground)
    expect(why(refused)).toMatchObject({ code: 'too-early', clause: '6.1@1', required: { unit: 'stage', id: 'certify' } })
  })

  it('goes to panels drawn by lot, none of whose members decided it, each within seven days', () => {
    const story = suspended()
    const lodged = later(eve, hour)
    const appeal = (n: number) =>
      ({ kind: 'appeal', appeal: `a${n}`, rule: 'appeal', against: { kind: 'sanction', sanction: `s${n}` } }) as const
    expect(codes(story.act(person(50), 'electorate members', lodged, appeal(0)))).toEqual(['not-eligible'])
    for (const [n, delegate] of delegates.entries())
      expect(happened(story.act(delegate, 'electorate members', lodged, appeal(n)))).toEqual(['appealed'])
    expect(codes(story.act(delegates[0] ?? 'rule', 'electorate members', lodged, appeal(0)))).toEqual(['already-done'])
    // While the appeal is open nothing weighs on anybody.
    for (const delegate of delegates) expect(weighingOn(story.movement(), delegate, lodged, null)).toEqual([])

    const drawn = later(lodged, hour)
    const draw = {
      kind: 'draw-panel',
      appeal: 'a0',
      pool: [...pool, person(1), person(2)],
      conflicted: [pool[0] ?? person(0)],
    } as const
    const early = proven('seed', 'a0', { seed: 'lottery of 29 April' }, later(eve, -1))
    expect(codes(story.act('rule', 'rule', drawn, draw, early))).toEqual(['missing-fact'])
    for (let n = 0; n < 40; n++)
      expect(
        happened(
          story.act(
            'rule',
            'rule',
            drawn,
            { ...draw, appeal: `a${n}` },
            proven('seed', `a${n}`, { seed: `lottery of 1 May, ${n}` }, drawn),
          ),
        ),
      ).toEqual(['panel-drawn'])
    const panels = story.events().flatMap((e) => (e.kind === 'movement' && e.did.kind === 'panel-drawn' ? [e.did.panel] : []))
    for (const panel of panels) {
      expect(new Set(panel).size).toBe(5)
      // Not the one with an interest, and nobody of the ten who were in the room.
      expect(panel.every((p) => pool.slice(1).includes(p))).toBe(true)
    }
    expect(new Set(panels.map((p) => p.join())).size).toBeGreaterThan(20)

    const heard = later(drawn, 3 * 24 * hour)
    const decide = (n: number, allowed: number) =>
      story.act(panels[n]?.[0] ?? 'rule', 'body panel', heard, {
        kind: 'decide-appeal',
        appeal: `a${n}`,
        allowed,
        dismissed: 5 - allowed,
      })
    expect(
      codes(story.act(person(1), 'body panel', heard, { kind: 'decide-appeal', appeal: 'a0', allowed: 5, dismissed: 0 })),
    ).toEqual(['not-eligible'])
    expect(
      codes(
        story.act(panels[0]?.[0] ?? 'rule', 'body panel', heard, {
          kind: 'decide-appeal',
          appeal: 'a0',
          allowed: 2,
          dismissed: 2,
        }),
      ),
    ).toEqual(['not-carried'])
    // 36 are allowed, 3 suspensions upheld, one never decided.
    for (let n = 0; n < 36; n++) expect(happened(decide(n, 4))).toEqual(['appeal-decided'])
    for (let n = 36; n < 39; n++) expect(happened(decide(n, 1))).toEqual(['appeal-decided'])
    const after = later(lodged, 7 * 24 * hour)
    expect(
      codes(
        story.act(panels[0]?.[0] ?? 'rule', 'body panel', after, {
          kind: 'decide-appeal',
          appeal: 'a39',
          allowed: 0,
          dismissed: 5,
        }),
      ),
    ).toContain('already-done')
    const tick = story.act(person(10), 'body committee', after, {
      kind: 'leave-seat',
      place: { of: 'body', id: 'committee', group: null, seat: 'ordinary', number: 10 },
    })
    expect(happened(tick)).toEqual(['appeal-decided', 'seat-left'])
    expect(story.events().at(-2)).toMatchObject({
      deemed: true,
      clause: '6.3@1',
      occurredAt: after,
      did: { appeal: 'a39', outcome: 'allowed' },
    })

    const weighing = delegates.filter((d) => weighingOn(story.movement(), d, after, null).length > 0)
    expect(weighing).toHaveLength(3)
    expect(delegates.filter((d) => weighingOn(story.movement(), d, after, motion).length > 0)).toHaveLength(0)
  })

  it('shows as a bound whether the three could have decided it', () => {
    const carries = (t: YesNoTally): boolean => t.for > t.against
    expect(couldDecide({ for: 201, against: 196, blank: 2 }, 3, carries)).toEqual({ could: false, example: null })
    expect(couldDecide({ for: 199, against: 197, blank: 2 }, 3, carries)).toEqual({
      could: true,
      example: { for: 197, against: 197, blank: 1 },
    })
    expect(couldDecide({ for: 199, against: 196, blank: 2 }, 3, carries)).toMatchObject({
      could: true,
      example: { for: 196, against: 196 },
    })
    expect(couldDecide({ for: 196, against: 199, blank: 2 }, 3, carries)).toEqual({ could: false, example: null })
    expect(couldDecide({ for: 197, against: 198, blank: 0 }, 3, carries)).toMatchObject({ could: true })
  })
})
