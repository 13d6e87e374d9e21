import { describe, expect, it } from 'vitest'
import { at, codes, day, decision, fact, kinds, lanternText, later, members, person, print } from '../../test/lantern.ts'
import { changedText, happened, movementStory, resolvedBy, seated } from '../../test/movement.ts'
import { textWith } from '../../test/procedures.ts'
import type { Act, ActBody } from '../index.ts'
import type { MovementAct } from './movement.ts'

// An appeal and a meeting each have one home: what a procedure answers is appealed inside the decision, and where the movement keeps a body's meetings
// nothing but those meetings says what it resolved.
const start = at('2026-03-01 12:00')
const outside = (number: number, rule: string): MovementAct => ({
  kind: 'appeal',
  appeal: 'a1',
  rule,
  against: { kind: 'decision', decision: decision(number) },
})
const act = (when: typeof start, as: Act['as'], body: ActBody): Act => ({
  decision: decision(1),
  by: person(3),
  as,
  occurredAt: when,
  recordedAt: when,
  ...body,
})

describe('an appeal', () => {
  const spend: ActBody = { kind: 'exercise', power: 'spend', document: print(1), effectAt: start, vote: { for: 6, against: 4 } }
  const kept = fact('within-limits', 'spend', true, start, 'attestation')
  const granting = 'act: spend\nholder: committee'

  it('against a power used at once is made outside, under the rule that the power names and no other', () => {
    const story = movementStory(changedText(lanternText, [granting, `${granting}\nappeal: appeal`]))
    expect(codes(story.act(person(3), members, start, outside(1, 'appeal')))).toEqual(['no-such-decision'])
    expect(kinds(story.decideOn(act(start, 'body committee', spend), kept))).toEqual(['exercised', 'ended'])
    expect(happened(story.act(person(3), members, later(start, day), outside(1, 'appeal')))).toEqual(['appealed'])
    expect(codes(story.act(person(3), members, later(start, day), outside(1, 'appeal')))).toEqual(['already-done'])
  })

  it('against a power whose grant names none is nobody’s', () => {
    const story = movementStory()
    expect(kinds(story.decideOn(act(start, 'body committee', spend), kept))).toEqual(['exercised', 'ended'])
    expect(codes(story.act(person(3), members, later(start, day), outside(1, 'appeal')))).toEqual(['no-such-decision'])
  })

  it('against what a procedure answered is made inside the decision, not a second time outside', () => {
    const stages = [
      'propose: {by: electorate members}',
      'check: {by: returning-officer, grounds: [no-reason], within: 3 working days, timeout: passed, appeal: appeal}',
      'enact: {effect: adopt-policy, at: end of check}',
    ]
    const story = movementStory(textWith('adopt-policy', stages))
    const officer = fact('holds-office', 'returning-officer', true, start)
    const propose: ActBody = { kind: 'propose', power: 'adopt-policy', form: 'text', document: print(1), changes: [] }
    kinds(story.decideOn(act(start, members, propose), fact('eligible', 'members', true, start)))
    kinds(
      story.decideOn(act(start, 'office returning-officer', { kind: 'check', outcome: 'refused', ground: 'no-reason' }), officer),
    )
    expect(codes(story.act(person(3), members, later(start, 1), outside(1, 'appeal')))).toEqual(['no-such-decision'])
    expect(kinds(story.decideOn(act(later(start, 1), members, { kind: 'appeal', document: print(2) })))).toEqual(['appealed'])
  })
})

describe('a meeting', () => {
  const stages = [
    'propose: {by: electorate members, form: text}',
    'consider: {body: committee, at: next meeting, within: 30 days, timeout: fallen}',
    'enact: {effect: adopt-policy, at: end of consider}',
  ].map((line) => `  ${line}`)
  const text = changedText(lanternText, [
    '### 7.2 Policy procedure',
    `### 7.9 Policy at once\n\`\`\`rule\nkind: power\nact: resolve\nvia: [at-once]\n\`\`\`\n### 7.10 How\n\`\`\`rule\nkind: procedure\nid: at-once\nstages:\n${stages.join('\n').replace('adopt-policy', 'resolve')}\n\`\`\`\n### 7.2 Policy procedure`,
  ])
  const propose: ActBody = { kind: 'propose', power: 'resolve', form: 'text', document: print(1), changes: [] }
  const agree: ActBody = { kind: 'consider', outcome: 'agreed' }

  it('that the movement keeps is the one a stage waits for: no word besides is asked for or believed', () => {
    const story = seated(text, start)
    kinds(story.decideOn(act(start, members, propose), fact('eligible', 'members', true, start)))
    const evening = at('2026-03-20 19:00')
    const words = [
      fact('meeting', 'committee', true, evening),
      fact('resolution', 'committee', { for: 9, against: 1, present: 10 }, evening),
    ]
    resolvedBy(story, 'm1', 'another-matter', at('2026-03-02 12:00'), evening, [9, 0])
    // The committee has met, and not on this.
    expect(codes(story.decideOn(act(evening, 'body committee', agree), ...words))).toEqual(['wrong-stage'])
    resolvedBy(story, 'm2', '1', later(evening, 1), at('2026-03-30 19:00'), [9, 0])
    expect(kinds(story.decideOn(act(at('2026-03-30 19:00'), 'body committee', agree)))).toContain('considered')
  })

  it('that nobody keeps is stated, with the vote', () => {
    const story = movementStory(text)
    kinds(story.decideOn(act(start, members, propose), fact('eligible', 'members', true, start)))
    const vote = fact('resolution', 'committee', { for: 9, against: 1, present: 10 }, start)
    expect(codes(story.decideOn(act(start, 'body committee', agree), vote))).toEqual(['missing-fact'])
    expect(kinds(story.decideOn(act(start, 'body committee', agree), vote, fact('meeting', 'committee', true, start)))).toContain(
      'considered',
    )
  })
})
