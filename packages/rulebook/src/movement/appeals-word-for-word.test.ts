import { describe, expect, it } from 'vitest'
import { at, day, hour, lanternText, later, person } from '../../test/lantern.ts'
import { changedText, did, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { sanctioned as suspendedByNobody, start } from '../../test/word-for-word.ts'
import type { Fact, Pseudonym } from '../index.ts'
import type { MovementEvent } from './movement.ts'
import type { Target } from './order.ts'
import { sanctionOf } from './sanction.ts'

// Appeals against a measure or the use of a power: who, until when, under which rule; who may hear one; how it is decided (6.1 to 6.3).

const s1: Target = { kind: 'sanction', sanction: 's1' }
const sanctioned: MovementEvent = { ...suspendedByNobody, deciders: [person(21), person(22)] }
const other = `
### 8.1 Another appeal
\`\`\`rule
kind: appeal
id: other
to: committee
disjoint: no
within: 10 days
decide-within: 5 days
timeout: dismissed
\`\`\`
`
const text = `${lanternText}${other}`
type Tell = Parameters<typeof storyAfter>[1]
const suspended: Tell = [sanctioned, { clause: '6.1@1', by: person(21) }]

describe('who appeals against what', () => {
  const appeal = (rule = 'appeal', against: Target = s1, id = 'a1') => ({ kind: 'appeal', appeal: id, rule, against }) as const
  const ask = (story: MovementStory, does = appeal(), who = 70, when = later(start, day)) =>
    story.act(person(who), 'electorate members', when, does)

  it('the person it is against, until 28 days after it, under the rule its power names, and once at a time', () => {
    const story = storyAfter(text, suspended)
    const last = at('2026-03-29 12:00')
    expect(whyNot(ask(story, appeal('nowhere')))).toBe('1@1: no-power power readmit||')
    expect(whyNot(ask(story, appeal('appeal', { ...s1, sanction: 's2' })))).toBe('6.3@1: no-such-decision ||')
    expect(whyNot(ask(story, appeal(), 71))).toBe('6.3@1: not-eligible ||')
    expect(whyNot(ask(story, appeal('other')))).toBe('8.1@1: no-power ||')
    expect(whyNot(ask(story, appeal(), 70, last))).toBe('6.3@1: too-late 2026-03-29T11:00:00.000Z|2026-03-29T11:00:00.000Z|')
    expect(whyNot(ask(story, appeal(), 70, later(last, -1)))).toBe('yes')
    expect(whyNot(ask(story, appeal('appeal', s1, 'a2'), 70, later(last, -1)))).toBe('6.3@1: already-done ||')
    expect(whyNot(ask(story, appeal('appeal', { ...s1, sanction: 's2' }), 70, later(last, -1)))).toBe(
      '6.3@1: no-such-decision ||, already-done ||',
    )
  })

  it('is written down whole: until when it is answered, what silence means, whether it holds back', () => {
    const story = storyAfter(text, suspended)
    expect(did(ask(story))).toEqual([
      {
        kind: 'appealed',
        appeal: 'a1',
        rule: 'appeal',
        against: s1,
        decideBy: at('2026-03-30 12:00'),
        timeout: 'allowed',
        stay: true,
      },
    ])
    expect(story.events().at(-1)).toMatchObject({ clause: '6.3@1', relies: ['0/1'], by: person(70) })
    const free = storyAfter(text, [sanctioned, { clause: '8.1@1' }])
    expect(did(ask(free, appeal('other')))).toEqual([
      {
        kind: 'appealed',
        appeal: 'a1',
        rule: 'other',
        against: s1,
        decideBy: at('2026-03-07 12:00'),
        timeout: 'dismissed',
        stay: false,
      },
    ])
  })

  it('a power used at once, where its grant names an appeal: by anybody', () => {
    const used = (known: object) =>
      withDecisions(storyAfter(text), decisionWith({ power: 'suspend', ended: { at: start, outcome: 'carried' }, ...known }))
    const seven: Target = { kind: 'decision', decision: decisionWith().id }
    const story = used({})
    expect(did(ask(story, appeal('appeal', seven), 3))).toMatchObject([{ kind: 'appealed', against: seven }])
    expect(story.events().at(-1)).toMatchObject({ relies: ['7/3'] })
    expect(whyNot(ask(used({}), appeal('other', seven), 3))).toBe('8.1@1: no-power ||')
    expect(whyNot(ask(used({}), appeal('appeal', seven), 3, at('2026-03-29 12:00')))).toMatch(/^6\.3@1: too-late/)
    for (const known of [{ procedure: 'policy' }, { ended: null }, { power: 'spend' }, { power: 'adopt-policy' }])
      expect(whyNot(ask(used(known), appeal('appeal', seven), 3)), JSON.stringify(known)).toBe('6.3@1: no-such-decision ||')
    expect(whyNot(ask(used({}), appeal('appeal', { kind: 'power', power: 'suspend' }), 3))).toBe('6.3@1: no-such-decision ||')
    expect(whyNot(ask(used({}), appeal('appeal', { kind: 'event', event: '0/1' }), 3))).toBe('6.3@1: no-such-decision ||')
  })
})

const lodged = later(start, day)
const appealed = (known: Partial<Extract<MovementEvent, { kind: 'appealed' }>> = {}): MovementEvent => ({
  kind: 'appealed',
  appeal: 'a1',
  rule: 'appeal',
  against: s1,
  decideBy: later(lodged, 28 * day),
  timeout: 'allowed',
  stay: true,
  ...known,
})
const lodgedBy = (by: Pseudonym | 'rule', known: Parameters<typeof appealed>[0] = {}): Tell => [
  appealed(known),
  { clause: '6.3@1', when: lodged, by },
]

describe('who hears it', () => {
  const now = later(lodged, hour)
  const seeded = (when = now): Fact => proven('seed', 'a1', { seed: 'lottery' }, when)
  const draw = (pool: readonly number[], conflicted: readonly number[] = [], appeal = 'a1') =>
    ({ kind: 'draw-panel', appeal, pool: pool.map(person), conflicted: conflicted.map(person) }) as const
  const ask = (story: MovementStory, does: ReturnType<typeof draw>, ...facts: readonly Fact[]) =>
    story.act('rule', 'rule', now, does, ...(facts.length > 0 ? facts : [seeded()]))
  const few = (there: number): string => `6.3@1: short-support 5 seats|${there} seats|${5 - there} seats`
  const five = [31, 32, 33, 34, 35]
  const heldBy = (rulebook = text, by: Pseudonym | 'rule' = person(70)) => storyAfter(rulebook, suspended, lodgedBy(by))

  it('five drawn by rule from a seed made after the appeal; nobody draws twice', () => {
    const story = heldBy()
    expect(whyNot(ask(story, draw(five, [], 'a2')))).toBe('1@1: no-power power readmit||')
    expect(whyNot(story.act(person(3), 'rule', now, draw(five), seeded()))).toBe('6.3@1: no-power ||')
    expect(whyNot(story.act('rule', 'rule', now, draw(five)))).toBe('6.3@1: missing-fact ||')
    expect(whyNot(ask(story, draw(five), { ...seeded(), value: { seed: 3 } }))).toBe('6.3@1: missing-fact ||')
    expect(whyNot(ask(story, draw(five), seeded(later(lodged, -1))))).toBe('6.3@1: missing-fact ||')
    expect(did(ask(story, draw(five), seeded(lodged)))).toMatchObject([{ kind: 'panel-drawn', appeal: 'a1', seed: 'lottery' }])
    expect(new Set(panelOf(story))).toEqual(new Set(five.map(person)))
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/2'], clause: '6.3@1' })
    expect(whyNot(ask(story, draw(five)))).toBe('6.3@1: already-done ||')
    const over = storyAfter(text, suspended, lodgedBy(person(70)), { kind: 'appeal-decided', appeal: 'a1', outcome: 'dismissed' })
    expect(whyNot(ask(over, draw(five)))).toBe('6.3@1: already-done ||')
  })
  const panelOf = (story: MovementStory): readonly string[] =>
    story.events().flatMap((e) => (e.kind === 'movement' && e.did.kind === 'panel-drawn' ? e.did.panel : []))

  it('none with an interest, none who decided it, none who appeals or is a party, none of the committee', () => {
    expect(whyNot(ask(heldBy(), draw(five.slice(1))))).toBe(few(4))
    expect(whyNot(ask(heldBy(), draw(five, [35])))).toBe(few(4))
    expect(whyNot(ask(heldBy(), draw([21, 22, ...five.slice(2)])))).toBe(few(3))
    expect(whyNot(ask(heldBy(), draw([70, ...five.slice(1)])))).toBe(few(4))
    expect(whyNot(ask(heldBy(text, 'rule'), draw([70, ...five.slice(1)])))).toBe(few(4))
    expect(whyNot(ask(heldBy(text, 'rule'), draw(five)))).toBe('yes')
    const seat: MovementEvent = {
      kind: 'seat-filled',
      place: seatIn('committee', 'ordinary', 1),
      person: person(31),
      how: 'elected',
      until: null,
      leavesAt: null,
      terms: 1,
    }
    expect(whyNot(ask(storyAfter(text, suspended, lodgedBy(person(70)), seat), draw(five)))).toBe(few(4))
    const gone: MovementEvent = {
      kind: 'seat-left',
      place: seatIn('committee', 'ordinary', 1),
      person: person(31),
      why: 'resigned',
      fillBy: null,
    }
    expect(whyNot(ask(storyAfter(text, suspended, lodgedBy(person(70)), seat, gone), draw(five)))).toBe('yes')
  })

  it('those who decided may sit again only where neither the rule nor the body says otherwise', () => {
    const same = (to: string, disjoint: string) =>
      heldBy(changedText(text, ['to: panel sitting anew\ndisjoint: yes', `to: ${to}\ndisjoint: ${disjoint}`]))
    const again = draw([21, 22, ...five.slice(2)])
    expect(whyNot(ask(same('panel', 'no'), again))).toBe('yes')
    expect(whyNot(ask(same('panel', 'yes'), again))).toBe(few(3))
    expect(whyNot(ask(same('panel sitting anew', 'no'), again))).toBe(few(3))
  })

  it('by rota the first in turn who may; without a number of its own, as many as the body has seats', () => {
    const rota = heldBy(changedText(text, ['by: lot per case', 'by: rota']))
    const turn = [39, 38, 37, 36, 35, 34, 33]
    expect(did(ask(rota, draw(turn, [38])))).toMatchObject([{ panel: [39, 37, 36, 35, 34].map(person) }])
    const whole = heldBy(changedText(text, ['sits: {of: 5, by: lot per case, not: [seat on committee, party to case]}\n', '']))
    expect(whyNot(ask(whole, draw(five)))).toBe('6.3@1: short-support 12 seats|5 seats|7 seats')
    const open = changedText(
      text,
      ['sits: {of: 5, by: lot per case, not: [seat on committee, party to case]}\n', ''],
      ['{id: lot, count: 12, by: lot from members, ', '{id: lot, by: lot from members, '],
    )
    expect(whyNot(ask(heldBy(open), draw([])))).toBe('yes')
    expect(
      whyNot(ask(heldBy(changedText(text, [', not: [seat on committee, party to case]', ''])), draw([70, ...five.slice(1)]))),
    ).toBe(few(4))
    expect(
      whyNot(
        ask(heldBy(changedText(text, [', not: [seat on committee, party to case]', '']), 'rule'), draw([70, ...five.slice(1)])),
      ),
    ).toBe('yes')
  })

  it('under the rules of the edition it was lodged under, where they are known', () => {
    const gone = changedText(
      text,
      ['id: appeal\nto: panel sitting anew', 'id: appeals\nto: panel sitting anew'],
      ['holder: panel\nlimits: {grounds: code, at-most', 'holder: panel\nlimits: {at-most'],
    ).replaceAll('appeal: appeal', 'appeal: appeals')
    expect(whyNot(ask(heldBy(gone), draw(five)))).toBe('1@1: no-power power readmit||')
    const later9 = storyAfter(text, suspended, [appealed(), { clause: '6.3@9', when: lodged, by: person(70), edition: 9 }])
    expect(whyNot(ask(later9, draw(five)))).toBe('yes')
    const nobody = changedText(text, ['to: panel sitting anew', 'to: nowhere'])
    expect(whyNot(ask(heldBy(nobody), draw(five)))).toBe('1@1: no-power power readmit||')
    const elsewhere = storyAfter(text, suspended, lodgedBy(person(70), { rule: 'nowhere' }))
    expect(whyNot(ask(elsewhere, draw(five)))).toBe('1@1: no-power power readmit||')
  })
})

describe('how it is decided', () => {
  const now = later(lodged, 2 * day)
  const drawn: Tell = [
    { kind: 'panel-drawn', appeal: 'a1', panel: [31, 32, 33, 34, 35].map(person), seed: 'x' },
    { when: lodged },
  ]
  const heard = (...more: readonly Tell[]) => storyAfter(text, suspended, lodgedBy(person(70)), drawn, ...more)
  const decide = (allowed: number, dismissed: number, appeal = 'a1') =>
    ({ kind: 'decide-appeal', appeal, allowed, dismissed }) as const
  const ask = (does = decide(3, 2), story = heard(), who = 31, when = now) => story.act(person(who), 'body panel', when, does)

  it('by more than half of those who sit, either way', () => {
    for (const [allowed, dismissed, answer] of [
      [3, 2, 'allowed'],
      [2, 3, 'dismissed'],
      [5, 0, 'allowed'],
      [0, 3, 'dismissed'],
      [3, 0, 'allowed'],
    ] as const)
      expect(did(ask(decide(allowed, dismissed)))).toEqual([{ kind: 'appeal-decided', appeal: 'a1', outcome: answer }])
    expect(whyNot(ask(decide(2, 2)))).toBe('6.3@1: not-carried |2 votes|')
    expect(whyNot(ask(decide(2, 1)))).toBe('6.3@1: not-carried |2 votes|')
    expect(whyNot(ask(decide(0, 0)))).toBe('6.3@1: not-carried |0 votes|')
    expect(whyNot(ask(decide(3, 3)))).toBe('6.3@1: missing-fact 5 people|6 people|')
    expect(whyNot(ask(decide(5, -1)))).toBe('6.3@1: missing-fact 5 people|4 people|')
    expect(whyNot(ask(decide(-1, 5)))).toBe('6.3@1: missing-fact 5 people|4 people|')
  })

  it('by one of the panel drawn for it, in time, and once', () => {
    expect(whyNot(ask(decide(3, 2, 'a2')))).toBe('1@1: no-power power readmit||')
    expect(whyNot(ask(decide(3, 2), heard(), 36))).toBe('6.3@1: not-eligible body panel||')
    expect(whyNot(heard().act('rule', 'body panel', now, decide(3, 2)))).toBe('6.3@1: not-eligible body panel||')
    expect(whyNot(heard().act(person(31), 'body committee', now, decide(3, 2)))).toBe('6.3@1: no-power body panel||')
    const none = storyAfter(text, suspended, lodgedBy(person(70)))
    expect(whyNot(ask(decide(0, 0), none))).toBe(
      '6.3@1: not-eligible body panel||, too-early stage panel||, not-carried |0 votes|',
    )
    const end = later(lodged, 28 * day)
    expect(whyNot(ask(decide(3, 2), heard(), 31, end))).toBe(
      '6.3@1: already-done ||, too-late 2026-03-30T12:00:00.000Z|2026-03-30T12:00:00.000Z|',
    )
    const last = heard()
    expect(did(ask(decide(3, 2), last, 31, later(end, -1)))).toHaveLength(1)
    expect(last.events().at(-1)).toMatchObject({ relies: ['0/2'], clause: '6.3@1' })
    expect(whyNot(ask(decide(3, 2), last, 31, later(end, -1)))).toBe('6.3@1: already-done ||')
  })

  it('allowed, it ends the measure it was against, and nothing else; dismissed, nothing', () => {
    const s2: Tell = [{ ...sanctioned, sanction: 's2' }, { clause: '6.1@1' }]
    const ended = (story: MovementStory) => ['s1', 's2'].map((id) => sanctionEnd(story, id))
    const sanctionEnd = (story: MovementStory, id: string) => sanctionOf(story.movement().sanctions, id)?.endedAt
    const allowed = heard(s2)
    did(ask(decide(3, 2), allowed))
    expect(ended(allowed)).toEqual([now, null])
    const dismissed = heard(s2)
    did(ask(decide(2, 3), dismissed))
    expect(ended(dismissed)).toEqual([null, null])
    const power = storyAfter(text, suspended, lodgedBy(person(70), { against: { kind: 'power', power: 's1' } }), drawn)
    did(ask(decide(3, 2), power))
    expect(sanctionEnd(power, 's1')).toBeNull()
  })
})
