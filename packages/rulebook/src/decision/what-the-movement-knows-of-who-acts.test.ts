import { describe, expect, it } from 'vitest'
import { at, day, decision, fact, lanternText, later, person, print } from '../../test/lantern.ts'
import { resolvedBy, seated, whyNot, type MovementStory } from '../../test/movement.ts'
import type { Act, ActBody, Capacity, Fact } from '../index.ts'

// A decision asks the movement who sits and what was resolved where it knows, and asks for a fact only where it does not.

const start = at('2026-03-01 12:00')
const text = `${lanternText}
### 8.2 Policy by those who sit
\`\`\`rule
kind: power
act: adopt-policy
via: [by-seat]
\`\`\`
### 8.3 How
\`\`\`rule
kind: procedure
id: by-seat
stages:
  propose: {by: seat on committee}
  consider: {body: committee, within: 60 days, timeout: fallen, at: next meeting}
  enact: {effect: adopt-policy, at: end of consider}
\`\`\`
`
const act = (by: number | 'rule', as: Capacity, when: number, body: ActBody): Act => ({
  decision: decision(7),
  by: by === 'rule' ? by : person(by),
  as,
  occurredAt: later(start, when),
  recordedAt: later(start, when),
  ...body,
})
const proposes: ActBody = { kind: 'propose', power: 'adopt-policy', form: 'text', document: print(1), changes: [] }
const proposed = (story: MovementStory, by: number | 'rule', ...facts: readonly Fact[]): string => {
  const answer = story.decideOn(act(by, 'seat committee', 0, proposes), ...facts)
  return whyNot(answer)
}

describe('one who sits on a body', () => {
  const sits = fact('holds-seat', 'committee', true, start)
  // Lantern's own way is for its members, the other for those who sit.
  const neither =
    '7.2@1 policy: wrong-electorate electorate members|body committee| / 8.3@1 by-seat: not-eligible by 3.1@1 body committee||'

  it('is known by the seats of the movement, whatever a fact says', () => {
    expect(proposed(seated(text, start), 1)).toBe('yes')
    expect(proposed(seated(text, start), 11)).toBe(neither)
    expect(proposed(seated(text, start), 11, sits)).toBe(neither)
    expect(proposed(seated(text, start), 'rule')).toBe(neither)
  })
})

describe('what a body resolved', () => {
  const considers = act('rule', 'body committee', 41 * day, { kind: 'consider', outcome: 'agreed' })
  const story = (item: string, votes: readonly [number, number]): MovementStory => {
    const told = seated(text, start)
    expect(proposed(told, 1)).toBe('yes')
    resolvedBy(told, 'm1', item, later(start, day), later(start, 40 * day), votes)
    return told
  }

  it('is known by its meetings: on this decision, and not on something else', () => {
    expect(whyNot(story('7', [7, 3]).decideOn(considers))).toBe('yes')
    expect(whyNot(story('7', [3, 7]).decideOn(considers))).toBe('8.3@1 by-seat: not-carried by 3.1@1 |3 votes|')
    expect(whyNot(story('8', [7, 3]).decideOn(considers))).toBe(
      '8.3@1 by-seat: missing-fact body committee||, wrong-stage by 3.1@1 stage meeting|body committee|',
    )
  })
})
