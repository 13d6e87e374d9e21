import { beforeAll, describe, expect, it } from 'vitest'
import { lanternText, parsed, person } from '../../test/lantern.ts'
import { changedText, did, movementStory, post, proven, whyNot, type MovementStory } from '../../test/movement.ts'
import { movementWith } from '../../test/movement-with.ts'
import { own, start } from '../../test/word-for-word.ts'
import { emptyMovement } from './movement.ts'
import { ordersOfBody } from './standing-orders.ts'

// A group sets for itself what its kind may set, inside every limit set above it (3.2): which value of which path, word for word.

const clerk = proven('holds-office', 'panel-clerk', true, start, 'register')
const voted = proven('resolution', 'group', { for: 9, against: 1, present: 10 }, start)
const maySet = 'may-set: [meets.every, meets.notice, quorum]'
const limits = 'within: [meets.notice at least 5 clear days, quorum at least 5 people]'
const quorum = 'present at least greater of 5 people and 5% of electorate members of this group at notice'

/** Lantern, whose groups resolve by a stated vote and whose panel clerk recognises and closes them. */
const groupText = (...changes: readonly (readonly [string, string])[]): string =>
  `${changedText(
    lanternText,
    ['meets: {every: 3 months, notice: 7 clear days, by: group-secretary, or: 10 people, remote: yes}\n', ''],
    [quorum, 'present at least 5 people'],
    ...changes,
  )}
### 8.2 Groups
\`\`\`rule
kind: power
act: recognise-group
holder: panel-clerk
\`\`\`
### 8.3 Groups that end
\`\`\`rule
kind: power
act: derecognise-group
holder: panel-clerk
\`\`\`
### 8.4 Circles
\`\`\`rule
kind: body
id: circle
instances: many
seats: [{id: everyone, everyone-in: electorate members and in this group}]
quorum: present at least 5 people
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}
\`\`\`
`

const recognise = (story: MovementStory, group: string, body = 'group') =>
  story.act(person(60), 'office panel-clerk', start, { kind: 'recognise-group', group, body, under: own }, clerk)
function groups(text: string, ...names: readonly string[]): MovementStory {
  const story = movementStory(text)
  for (const name of names) did(recognise(story, name))
  return story
}
const order = (story: MovementStory, path: string, value: string, group = 'barry') =>
  story.act(person(1), 'body group', start, { kind: 'set-standing-order', group, path, value, under: own }, voted)

describe('a length that a group sets', () => {
  // Clear days leave out both ends, so as many plain days are fewer; other units compare by their shortest days.
  it.each([
    ['5 clear days', '5 clear days', 'yes'],
    ['5 clear days', '4 clear days', '3.2@1: short-notice 5 days|4 days|'],
    ['5 clear days', '5 days', '3.2@1: short-notice 5 days|5 days|'],
    ['5 clear days', '6 days', 'yes'],
    ['5 clear days', '5 working days', 'yes'],
    ['5 clear days', '1 week', 'yes'],
    ['5 days', '5 clear days', 'yes'],
    ['5 days', '4 clear days', '3.2@1: short-notice 5 days|4 days|'],
    ['5 days', '5 days', 'yes'],
    ['2 weeks', '13 days', '3.2@1: short-notice 14 days|13 days|'],
    ['2 weeks', '14 days', 'yes'],
    ['1 month', '27 days', '3.2@1: short-notice 28 days|27 days|'],
    ['1 month', '4 weeks', 'yes'],
    ['1 year', '364 days', '3.2@1: short-notice 365 days|364 days|'],
    ['1 year', '365 days', 'yes'],
    ['1 year', '13 months', '3.2@1: short-notice 365 days|364 days|'],
    ['1 day', '23 hours', '3.2@1: short-notice 1 days|0 days|'],
    ['1 day', '24 hours', 'yes'],
    ['1 day', '1439 minutes', '3.2@1: short-notice 1 days|0 days|'],
    ['1 day', '1440 minutes', 'yes'],
  ])('at least %s: %s', (least, value, answer) => {
    const story = groups(groupText(['meets.notice at least 5 clear days', `meets.notice at least ${least}`]), 'barry')
    expect(whyNot(order(story, 'meets.notice', value))).toBe(answer)
  })

  it.each([
    ['3 months', 'yes'],
    ['2 months', 'yes'],
    ['4 months', '3.2@1: no-power 84 days|112 days|'],
    ['1 year', '3.2@1: no-power 84 days|365 days|'],
  ])('at most 3 months: %s', (value, answer) => {
    const story = groups(groupText(['within: [', 'within: [meets.every at most 3 months, ']), 'barry')
    expect(whyNot(order(story, 'meets.every', value))).toBe(answer)
  })

  it('is bounded by the limits of its own path alone, by all of them, and by none where there are none', () => {
    const both = groups(groupText(['within: [', 'within: [meets.notice at least 3 clear days, ']), 'barry')
    expect(whyNot(order(both, 'meets.notice', '4 clear days'))).toBe('3.2@1: short-notice 5 days|4 days|')
    expect(whyNot(order(both, 'meets.every', '1 day'))).toBe('yes')
    const free = groups(groupText([`, ${limits}`, '']), 'barry')
    expect(whyNot(order(free, 'meets.notice', '1 day'))).toBe('yes')
    expect(whyNot(order(free, 'quorum', 'present at least 1 people'))).toBe('yes')
  })
})

describe('a quorum that a group sets', () => {
  it.each([
    ['present at least 5 people', 'yes'],
    ['present at least 4 people', '3.2@1: short-support 5 people|4 people|'],
    ['present more than 1/2 of seats', '3.2@1: short-support 5 people|0 people|'],
    ['present at least greater of 5 people and 5% of electorate members at notice', 'yes'],
    ['present at least greater of 4 people and 5% of electorate members at notice', '3.2@1: short-support 5 people|4 people|'],
    ['present at least greater of 3 people and 6 people', 'yes'],
    ['present at least lesser of 6 people and 5 people', 'yes'],
    ['present at least lesser of 6 people and 5% of electorate members at notice', '3.2@1: short-support 5 people|0 people|'],
    ['yes at least 5 people', '3.2@1: invalid-text ||'],
    ['winner beats none-of-these', '3.2@1: invalid-text ||'],
    ['plenty', '3.2@1: invalid-text ||'],
    ['5 clear days', '3.2@1: invalid-text ||'],
  ])('%s', (value, answer) => {
    expect(whyNot(order(groups(groupText(), 'barry'), 'quorum', value))).toBe(answer)
  })

  it('is as large as the largest of its limits, whichever stands first', () => {
    for (const two of [
      'quorum at least 5 people, quorum at least 7 people',
      'quorum at least 7 people, quorum at least 5 people',
    ]) {
      const story = groups(groupText(['quorum at least 5 people]', `${two}]`]), 'barry')
      expect(whyNot(order(story, 'quorum', 'present at least 6 people'))).toBe('3.2@1: short-support 7 people|6 people|')
      expect(whyNot(order(story, 'quorum', 'present at least 7 people'))).toBe('yes')
    }
  })
})

describe('who sets what', () => {
  it('a path that the kind may not set, a value that does not read, a stranger, and a group there is not', () => {
    const story = groups(groupText(), 'barry')
    expect(whyNot(order(story, 'meets.agenda', '5 clear days'))).toBe('3.2@1: no-power body group||')
    expect(whyNot(order(story, 'meets.notice', 'soon'))).toBe('3.2@1: invalid-text ||')
    expect(whyNot(order(story, 'meets.notice', 'present at least 5 people'))).toBe('3.2@1: invalid-text ||')
    expect(whyNot(order(story, 'quorum', 'present at least 6 people', 'nowhere'))).toBe('1@1: no-power power recognise-group||')
    const set = { kind: 'set-standing-order', group: 'barry', path: 'quorum', value: 'few', under: own } as const
    expect(whyNot(story.act(person(1), 'office registrar', start, set, voted))).toBe(
      '3.2@1: no-power body group|office registrar|, invalid-text ||',
    )
    const none = groups(changedText(groupText(), [`standing-orders: {${maySet}, ${limits}}\n`, '']), 'barry')
    expect(whyNot(order(none, 'quorum', 'present at least 6 people'))).toBe('3.2@1: no-power body group||')
  })

  it('the body meets by what was set, in that group alone; what it left as it was is the kind’s', () => {
    const story = groups(groupText(), 'barry', 'penarth')
    expect(did(order(story, 'meets.notice', '9 clear days'))).toEqual([
      { kind: 'standing-order-set', group: 'barry', path: 'meets.notice', value: '9 clear days' },
    ])
    did(order(story, 'quorum', 'present at least 8 people'))
    const book = parsed(lanternText)
    const movement = story.movement()
    const kinds = ordersOfBody(book, movement, 'group', null)
    expect(kinds).toMatchObject({ notice: { count: 7, unit: 'clear days' }, agenda: null })
    expect(ordersOfBody(book, movement, 'group', 'penarth')).toEqual(kinds)
    expect(ordersOfBody(book, movement, 'group', 'nowhere')).toEqual(kinds)
    expect(ordersOfBody(book, movement, 'group', 'barry')).toMatchObject({
      notice: { count: 9, unit: 'clear days' },
      agenda: null,
      quorum: { measure: 'present', threshold: { kind: 'at least', amount: { count: 8 } } },
    })
    expect(ordersOfBody(book, movement, 'nowhere', null)).toBeNull()
    expect(ordersOfBody(book, emptyMovement, 'committee', null)).toMatchObject({
      notice: { count: 7, unit: 'clear days' },
      agenda: { count: 4, unit: 'clear days' },
    })
  })

  it('what does not read, as a record of other rules may hold, leaves the kind’s own', () => {
    const set = (path: string, value: string) => ({ kind: 'standing-order-set', group: 'barry', path, value }) as const
    const movement = movementWith(
      { kind: 'group-recognised', group: 'barry', body: 'committee' },
      set('meets.notice', 'soon'),
      set('meets.agenda', '2 clear days'),
      set('quorum', 'plenty'),
    )
    const book = parsed(lanternText)
    const kinds = ordersOfBody(book, emptyMovement, 'committee', null)
    expect(ordersOfBody(book, movement, 'committee', 'barry')).toEqual({ ...kinds, agenda: { count: 2, unit: 'clear days' } })
  })
})

describe('groups come and go', () => {
  let story: MovementStory
  beforeAll(() => {
    story = groups(groupText(), 'barry', 'penarth', 'roath')
    did(recognise(story, 'ring', 'circle'))
  })
  const derecognise = (group: string) =>
    story.act(person(60), 'office panel-clerk', start, { kind: 'derecognise-group', group, under: own }, clerk)
  const merge = (into: string, ...names: readonly string[]) =>
    story.act(person(60), 'office panel-clerk', start, { kind: 'merge-groups', groups: names, into, under: own }, clerk)

  it('one is recognised once, of a kind that has many, by whom the power names', () => {
    expect(whyNot(recognise(story, 'barry'))).toBe('8.2@1: already-done by 3.2@1 ||')
    expect(whyNot(recognise(story, 'cadoxton', 'committee'))).toBe('1@1: no-power power recognise-group||')
    expect(whyNot(recognise(story, 'cadoxton', 'nowhere'))).toBe('1@1: no-power power recognise-group||')
    const granted = movementStory()
    expect(whyNot(recognise(granted, 'barry'))).toBe('1@1: no-power power recognise-group||')
    expect(story.movement().groups.byId.size).toBe(4)
  })

  it('only groups of one kind that exist are merged, two or more of them, into a new one', () => {
    for (const [into, ...names] of [
      ['vale', 'barry'],
      ['vale', 'barry', 'barry'],
      ['vale', 'barry', 'nowhere'],
      ['vale', 'barry', 'ring'],
      ['roath', 'barry', 'penarth'],
      ['barry', 'barry', 'penarth'],
    ] as const)
      expect(whyNot(merge(into, ...names)), names.join()).toBe('8.2@1: not-eligible body group||')
    expect(whyNot(merge('vale', 'nowhere', 'barry'))).toBe('1@1: no-power power recognise-group||')
    expect(whyNot(merge('vale'))).toBe('1@1: no-power power recognise-group||')
    const stranger = story.act(person(60), 'office registrar', start, {
      kind: 'merge-groups',
      groups: ['barry', 'nowhere'],
      into: 'vale',
      under: own,
    })
    expect(whyNot(stranger)).toBe('8.2@1: not-eligible body group||, no-power office panel-clerk|office registrar|')
  })

  it('whoever held an office of a group that ends leaves it, and nobody else', () => {
    const place = (group: string) => post('group-secretary', 1, group)
    for (const [n, group] of ['barry', 'penarth', 'roath'].entries()) {
      const fill = { kind: 'fill-seat', place: place(group), person: person(n + 1), how: 'elected', under: own } as const
      did(story.act(person(9), 'body group', start, fill, voted))
    }
    expect(did(merge('vale', 'barry', 'penarth'))).toEqual([
      { kind: 'seat-left', place: place('barry'), person: person(1), why: 'group closed', fillBy: null },
      { kind: 'seat-left', place: place('penarth'), person: person(2), why: 'group closed', fillBy: null },
      { kind: 'groups-merged', groups: ['barry', 'penarth'], into: 'vale', body: 'group' },
    ])
    expect(whyNot(merge('gower', 'roath', 'penarth'))).toBe('8.2@1: not-eligible body group||')
    expect(whyNot(derecognise('barry'))).toBe(
      '6.5@1: no-power procedure recognise|office panel-clerk|, not-eligible || / 8.3@1: not-eligible ||',
    )
    expect(whyNot(derecognise('nowhere'))).toBe(
      '6.5@1: no-power procedure recognise|office panel-clerk|, not-eligible || / 8.3@1: not-eligible ||',
    )
    expect(did(derecognise('roath'))).toEqual([
      { kind: 'seat-left', place: place('roath'), person: person(3), why: 'group closed', fillBy: null },
      { kind: 'group-ended', group: 'roath' },
    ])
    expect(did(derecognise('vale'))).toEqual([{ kind: 'group-ended', group: 'vale' }])
  })

  it('and where nobody may close a group, nobody does', () => {
    const text = changedText(lanternText, ['act: derecognise-group', 'act: spend'])
    const close = { kind: 'derecognise-group', group: 'barry', under: own } as const
    expect(whyNot(movementStory(text).act(person(60), 'office panel-clerk', start, close, clerk))).toBe(
      '1@1: no-power power derecognise-group||',
    )
  })
})
