import { describe, expect, it } from 'vitest'
import { at, day, lanternText, later, person } from '../../test/lantern.ts'
import { changedText, movementStory, post, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, movementWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { iso, own, panelMeets, start } from '../../test/word-for-word.ts'
import type { Capacity, Fact } from '../index.ts'
import { withDeadline } from './agenda.ts'
import { nextFall } from './falls.ts'
import { emptyMovement, evolveMovement, type Movement, type MovementAct, type MovementEvent } from './movement.ts'
import { ordersOn } from './order.ts'
import { sanctionsOn } from './sanction.ts'
import { emptyTable, withRow } from './table.ts'
import type { Under } from './under.ts'

// Whose act it is: an officer’s, a body’s in its meeting or by a stated vote, that of a decision, or of somebody to whom the power was lent.

const evening = at('2026-04-15 19:00')
const powerOf = (act: string, rest: string): string => `\n### 8.1 Power\n\`\`\`rule\nkind: power\nact: ${act}\n${rest}\n\`\`\`\n`
const seat = (who: number, place = seatIn('committee', 'ordinary', who)): MovementEvent => ({
  kind: 'seat-filled',
  place,
  person: person(who),
  how: 'elected',
  until: null,
  leavesAt: null,
  terms: 1,
})
/** An act under a power that nothing else stands in the way of: to recognise a group. */
const recognise = (under: Under = own): MovementAct => ({ kind: 'recognise-group', group: 'barry', body: 'group', under })
const granted = (rest: string, words = lanternText): string => `${words}${powerOf('recognise-group', rest)}`
const ask = (story: MovementStory, who: number | 'rule', as: Capacity, does = recognise(), ...facts: readonly Fact[]) => {
  const answer = story.act(who === 'rule' ? who : person(who), as, start, does, ...facts)
  return 'routes' in answer ? whyNot(answer) : answer.flatMap((e) => (e.kind === 'movement' ? e.relies : [])).join() || 'yes'
}

describe('an officer', () => {
  const holds = (office: string, value = true): Fact => proven('holds-office', office, value, start, 'register')
  it('is who holds the office, as the movement knows it, or else as the register states it', () => {
    const words = granted('holder: registrar')
    expect(ask(movementStory(words), 7, 'office registrar', recognise(), holds('registrar'))).toBe('yes')
    expect(ask(movementStory(words), 7, 'office registrar')).toBe('8.1@1: missing-fact by 3.6@1 office registrar||')
    expect(ask(movementStory(words), 7, 'office registrar', recognise(), holds('registrar', false))).toBe(
      '8.1@1: not-eligible by 3.6@1 office registrar||',
    )
    expect(ask(movementStory(words), 'rule', 'office registrar', recognise(), holds('registrar'))).toBe(
      '8.1@1: not-eligible by 3.6@1 office registrar||',
    )
    expect(ask(movementStory(words), 7, 'office chair', recognise(), holds('chair'))).toBe(
      '8.1@1: no-power office registrar|office chair|',
    )
    expect(ask(movementStory(words), 7, 'rule')).toBe('8.1@1: no-power office registrar||')
    const known = () => storyAfter(words, seat(7, post('registrar')), seat(8, post('registrar', 2)))
    expect(ask(known(), 7, 'office registrar')).toBe('0/1')
    expect(ask(known(), 8, 'office registrar')).toBe('0/2')
    expect(ask(known(), 9, 'office registrar', recognise(), holds('registrar'))).toBe(
      '8.1@1: not-eligible by 3.6@1 office registrar||',
    )
    expect(ask(known(), 'rule', 'office registrar')).toBe('8.1@1: not-eligible by 3.6@1 office registrar||')
  })

  it('of an office that the rules no longer have is nobody, by the clause of the power', () => {
    const words = granted('holder: ghost')
    expect(ask(storyAfter(words, seat(7, post('ghost'))), 8, 'office ghost')).toBe('8.1@1: not-eligible office ghost||')
    expect(ask(storyAfter(words, seat(7, post('ghost'))), 7, 'office ghost')).toBe('0/1')
  })

  it('somebody acting holds it while it is empty, a substitute while it is not and until their day', () => {
    const place = post('chair')
    const words = granted('holder: chair')
    const acts: MovementEvent = { kind: 'acting-began', place, person: person(5) }
    const stands = (until: typeof start | null): MovementEvent => ({ kind: 'substitute-named', place, person: person(6), until })
    const no = '8.1@1: not-eligible by 3.4@1 office chair||'
    expect(ask(storyAfter(words, acts), 5, 'office chair')).toBe('0/1')
    expect(ask(storyAfter(words, acts), 6, 'office chair')).toBe(no)
    expect(ask(storyAfter(words, seat(1, place), acts), 5, 'office chair')).toBe(no)
    expect(ask(storyAfter(words, seat(1, place), stands(null)), 6, 'office chair')).toBe('0/2')
    expect(ask(storyAfter(words, seat(1, place), stands(later(start, 1))), 6, 'office chair')).toBe('0/2')
    expect(ask(storyAfter(words, seat(1, place), stands(start)), 6, 'office chair')).toBe(no)
    expect(ask(storyAfter(words, acts, stands(null)), 6, 'office chair')).toBe(no)
  })

  it('or one to whom the power was lent, on which the act then rests too', () => {
    const lent = (known: object = {}): MovementEvent => ({
      kind: 'delegated',
      delegation: 'd1',
      power: 'recognise-group',
      from: 'office registrar',
      to: 'office chair',
      until: later(start, day),
      ...known,
    })
    const words = granted('holder: registrar')
    expect(ask(storyAfter(words, seat(1, post('chair')), lent()), 1, 'office chair')).toBe('0/1,0/2')
    const no = '8.1@1: no-power office registrar|office chair|'
    expect(ask(storyAfter(words, seat(1, post('chair')), lent({ power: 'spend' })), 1, 'office chair')).toBe(no)
    expect(ask(storyAfter(words, seat(1, post('chair')), lent({ to: 'office panel-clerk' })), 1, 'office chair')).toBe(no)
    expect(ask(storyAfter(words, seat(1, post('chair')), lent({ until: start })), 1, 'office chair')).toBe(no)
  })
})

describe('a body', () => {
  const words = granted('holder: panel', changedText(lanternText, [panelMeets, '']))
  const vote = (known: Fact['value']): Fact => proven('resolution', 'panel', known, start)
  it.each<[string, Fact['value'], string]>([
    ['carried', { for: 4, against: 1, present: 5 }, 'yes'],
    ['too few of those who sit', { for: 2, against: 1, present: 5 }, '8.1@1: not-carried by 3.3@1 |2 votes|'],
    ['no quorum', { for: 3, against: 0, present: 3 }, '8.1@1: short-support by 3.3@1 4 seats|3 seats|1 seats'],
    ['those who voted are those there', { for: 3, against: 1 }, 'yes'],
    ['no quorum by those who voted', { for: 3, against: 0 }, '8.1@1: short-support by 3.3@1 4 seats|3 seats|1 seats'],
    ['nobody for', { against: 4, present: 5 }, '8.1@1: missing-fact by 3.3@1 body panel||'],
    ['nobody against', { for: 4, present: 5 }, '8.1@1: missing-fact by 3.3@1 body panel||'],
  ])('by its stated vote, where its rules ask for no meeting: %s', (_, known, answer) => {
    expect(ask(movementStory(words), 9, 'body panel', recognise(), vote(known))).toBe(answer)
  })

  it('by its stated vote only as far as what it is measured by is known', () => {
    const share = changedText(words, [
      'quorum: present at least 4 seats',
      'quorum: present at least 5% of electorate members at notice',
    ])
    const size = proven('electorate-size', 'members', 100, start, 'register')
    expect(ask(movementStory(share), 9, 'body panel', recognise(), vote({ for: 5, against: 0 }))).toBe(
      '8.1@1: missing-fact by 3.3@1 body panel||',
    )
    expect(ask(movementStory(share), 9, 'body panel', recognise(), vote({ for: 5, against: 0 }), size)).toBe('yes')
    const passed = changedText(words, [
      'decides: {pass: [yes more than 1/2 of seats sitting]',
      'decides: {pass: [yes at least 5% of electorate members at notice]',
    ])
    expect(ask(movementStory(passed), 9, 'body panel', recognise(), vote({ for: 5, against: 0 }))).toBe(
      '8.1@1: missing-fact by 3.3@1 body panel||',
    )
    expect(ask(movementStory(passed), 9, 'body panel', recognise(), vote({ for: 5, against: 0 }), size)).toBe('yes')
    expect(ask(movementStory(granted('holder: ghosts', lanternText)), 9, 'body ghosts')).toBe('8.1@1: unknown-rule body ghosts||')
  })

  const committee = granted('holder: committee')
  it('that has meetings acts in one: else it is told what was left out', () => {
    expect(ask(movementStory(committee), 1, 'body committee')).toBe(
      '8.1@1: wrong-stage by 3.1@1 stage meeting|body committee|, short-notice by 3.1@1 7 clear days|0 clear days|7 clear days, short-support by 3.1@1 7 seats|0 seats|7 seats',
    )
    const days = changedText(committee, [
      'notice: 7 clear days, agenda: 4 clear days, by: chair',
      'notice: 7 days, agenda: 4 clear days, by: chair',
    ])
    expect(ask(movementStory(days), 1, 'body committee')).toBe(
      '8.1@1: wrong-stage by 3.1@1 stage meeting|body committee|, short-support by 3.1@1 7 seats|0 seats|7 seats',
    )
  })

  const met = (known: object = {}, item = '12', body = 'committee', group: string | null = null): readonly MovementEvent[] => [
    { kind: 'meeting-called', meeting: 'm1', body, group, at: evening, items: [item], waitsUntil: null, second: null },
    {
      kind: 'resolved',
      meeting: 'm1',
      item,
      way: 'hands',
      for: 9,
      against: 1,
      abstain: 0,
      present: 10,
      casting: null,
      outcome: 'carried',
      ...known,
    },
  ]
  const under = { kind: 'resolution', meeting: 'm1', item: '12' } as const
  it('by what a meeting of its own resolved on the item, and rests on both', () => {
    const by = (events: readonly MovementEvent[], rules = committee) =>
      ask(storyAfter(rules, ...events), 1, 'body committee', recognise(under))
    expect(by(met())).toBe('0/1,0/2')
    expect(by(met({ outcome: 'fallen' }))).toBe('8.1@1: not-carried |9 votes|')
    expect(by(met({}, '13'))).toBe('8.1@1: missing-fact by 3.1@1 body committee||')
    expect(by(met({}, '12', 'panel'))).toBe('8.1@1: missing-fact by 3.1@1 body committee||')
    expect(by(met({}, '12', 'committee', 'barry'))).toBe('8.1@1: missing-fact by 3.1@1 body committee||')
    expect(by([])).toBe('8.1@1: missing-fact by 3.1@1 body committee||')
  })

  it('with the majority that the power asks for, whatever its own; consensus is more than any', () => {
    const most = (pass: string) => granted(`holder: committee\npass: [${pass}]`)
    const by = (known: object, pass = 'yes at least 4/5 of seats') =>
      ask(storyAfter(most(pass), ...met(known)), 1, 'body committee', recognise(under))
    expect(by({ for: 10, against: 0 })).toBe('0/1,0/2')
    expect(by({ for: 9, against: 1 })).toBe('8.1@1: not-carried |9 votes|')
    expect(by({ for: 9, against: 1, way: 'consensus' })).toBe('0/1,0/2')
    expect(by({ for: 10, against: 0, way: 'consensus', outcome: 'fallen' })).toBe('8.1@1: not-carried |10 votes|')
    expect(by({}, 'yes at least 5% of electorate members at notice')).toBe('8.1@1: missing-fact body committee||')
    expect(by({ outcome: 'fallen' }, 'yes at least 9/10 of for-and-against')).toBe('0/1,0/2')
    expect(by({ present: 20 }, 'yes at least 1/2 of present')).toBe('8.1@1: not-carried |9 votes|')
    expect(by({ present: 18 }, 'yes at least 1/2 of present')).toBe('0/1,0/2')
  })

  it('of everyone in an electorate: whoever the register says is in it, in its own group', () => {
    const one = changedText(
      lanternText,
      ['instances: many\nseats', 'seats'],
      ['by: group-secretary, or: 10 people', 'by: seat on group'],
    )
    const call = (group: string | null): MovementAct => ({
      kind: 'call-meeting',
      meeting: 'm1',
      body: 'group',
      group,
      at: evening,
      items: ['x'],
      under: own,
    })
    const stated = (of: string, value = true): Fact => proven('holds-seat', of, value, start, 'register')
    const many = changedText(lanternText, ['by: group-secretary, or: 10 people', 'by: seat on group'])
    for (const [rules, group, fact, answer] of [
      [one, null, stated('group'), 'yes'],
      [one, null, null, '3.2@1: missing-fact body group||'],
      [one, null, stated('group', false), '3.2@1: not-eligible body group||'],
      [many, 'barry', stated('group@barry'), 'yes'],
      [many, 'barry', stated('group'), '3.2@1: missing-fact body group||'],
    ] as const)
      expect(ask(movementStory(rules), 3, 'body group', call(group), ...(fact === null ? [] : [fact])), answer).toBe(answer)
    expect(ask(movementStory(one), 'rule', 'body group', call(null), stated('group'))).toBe('3.2@1: not-eligible body group||')
  })
})

describe('a decision', () => {
  const under = { kind: 'decision', decision: decisionWith().id } as const
  const rules = granted('via: [policy]')
  const by = (known: object | null, words = rules, ...facts: readonly Fact[]) => {
    const story = movementStory(words)
    return ask(
      known === null
        ? story
        : withDecisions(story, decisionWith({ power: 'recognise-group', ended: { at: start, outcome: 'carried' }, ...known })),
      1,
      'body committee',
      recognise(under),
      ...facts,
    )
  }
  it('carries the power it was about, once it is carried; one elsewhere as the record states it', () => {
    expect(by({})).toBe('7/3')
    expect(by({ ended: null })).toBe('8.1@1: not-carried ||')
    expect(by({ ended: { at: start, outcome: 'fallen' } })).toBe('8.1@1: not-carried ||')
    expect(by({ power: 'spend' })).toBe('8.1@1: no-power power recognise-group|power spend|')
    expect(by(null)).toBe('8.1@1: missing-fact power recognise-group||')
    const carried = (power: string) => proven('carried', '7', { power }, start)
    expect(by(null, rules, carried('recognise-group'))).toBe('yes')
    expect(by(null, rules, carried('spend'))).toBe('8.1@1: no-power power recognise-group|power spend|')
    expect(by({}, granted('holder: registrar'))).toBe('7/3')
  })

  it('and takes an office from its holder where it was about that', () => {
    const remove: MovementAct = { kind: 'remove-holder', place: post('chair'), person: person(1), under }
    const recalled = (known: object) =>
      ask(
        withDecisions(
          storyAfter(lanternText, seat(1, post('chair'))),
          decisionWith({ power: 'recall', ended: { at: start, outcome: 'carried' }, ...known }),
        ),
        2,
        'body committee',
        remove,
      )
    expect(recalled({})).toBe('7/3')
    expect(recalled({ power: 'elect' })).toBe('3.4@1: no-power power recall|power elect|')
    const electorate = changedText(lanternText, [
      'removed: committee by more than 1/2 of seats',
      'removed: members by more than 1/2 of votes-cast',
    ])
    expect(ask(storyAfter(electorate, seat(1, post('chair'))), 2, 'body committee', { ...remove, under: own })).toBe(
      '3.4@1: missing-fact electorate members||',
    )
  })
})

describe('who presides over a meeting of everyone', () => {
  const words = changedText(
    lanternText,
    ['instances: many\nseats', 'seats'],
    [
      'or: 10 people, remote: yes}\n',
      'or: 10 people, remote: yes}\nchair: {is: chair, else: [registrar, chosen by the meeting]}\n',
    ],
    [
      'quorum: present at least greater of 5 people and 5% of electorate members of this group at notice',
      'quorum: present at least 5 people',
    ],
  )
  const called: MovementEvent = {
    kind: 'meeting-called',
    meeting: 'm1',
    body: 'group',
    group: null,
    at: evening,
    items: ['x'],
    waitsUntil: null,
    second: null,
  }
  const open = (chair: number, known: readonly MovementEvent[], facts: readonly Fact[] = [], rules = words) =>
    whyNot(
      storyAfter(rules, called, ...known).act(
        person(chair),
        'office chair',
        evening,
        { kind: 'open-meeting', meeting: 'm1', chair: person(chair), persons: [], present: 9, proxies: 0 },
        ...facts,
      ),
    )
  const away = (office: string): Fact => proven('absent', office, true, evening)
  const [one, two] = [seat(1, post('chair')), seat(2, post('registrar'))]
  const wrong = (office: string) => `3.1@1: not-eligible office ${office}||`

  it('its chair, unless stated away; then the next; then anybody', () => {
    expect(open(1, [one, two])).toBe('yes')
    expect(open(2, [one, two])).toBe(wrong('chair'))
    expect(open(2, [one, two], [away('chair')])).toBe('yes')
    expect(open(3, [one, two], [away('chair')])).toBe(wrong('registrar'))
    expect(open(3, [one, two], [away('chair'), away('registrar')])).toBe('yes')
    expect(open(3, [one], [away('chair')])).toBe('yes')
    expect(open(3, [two])).toBe('yes')
    expect(open(2, [one, two], [{ ...away('chair'), value: false }])).toBe(wrong('chair'))
    const only = changedText(words, [', chosen by the meeting', ''])
    expect(open(3, [one, two], [away('chair'), away('registrar')], only)).toBe(wrong('chair'))
    const none = changedText(words, [', else: [registrar, chosen by the meeting]', ''])
    expect(open(3, [one, two], [away('chair')], none)).toBe('yes')
    expect(open(3, [one, two], [], none)).toBe(wrong('chair'))
  })

  it('at its time and not before; nobody is named in it, and so many are there', () => {
    const opens = (when: typeof start, known: object = {}, more: object = {}) =>
      whyNot(
        storyAfter(words, { ...called, ...more }).act(person(1), 'office chair', when, {
          kind: 'open-meeting',
          meeting: 'm1',
          chair: person(1),
          persons: [],
          present: 9,
          proxies: 0,
          ...known,
        }),
      )
    expect(opens(later(evening, -1))).toBe(`3.1@1: too-early ${iso(evening)}|${iso(later(evening, -1))}| → ${iso(evening)}`)
    expect(opens(evening, { present: 5 })).toBe('yes')
    expect(opens(evening, { present: 4 })).toBe('3.1@1: short-support 5 people|4 people|1 people')
    expect(opens(evening, { persons: [person(1)] })).toBe('3.1@1: not-eligible body group||')
    expect(opens(evening, { proxies: 1 })).toBe('3.1@1: no-power |1 people|')
    expect(opens(evening, { meeting: 'm2' })).toBe('1@1: no-power power call-meeting||')
    expect(opens(evening, {}, { waitsUntil: evening, second: { at: later(evening, day), quorum: 'those present' } })).toContain(
      'wrong-stage stage meeting||',
    )
    const proxied = (proxy: string, proxies: number, present = 5) =>
      whyNot(
        storyAfter(
          changedText(words, ['quorum: present at least 5 people\n', `quorum: present at least 5 people\nproxy: ${proxy}\n`]),
          called,
        ).act(person(1), 'office chair', evening, {
          kind: 'open-meeting',
          meeting: 'm1',
          chair: person(1),
          persons: [],
          present,
          proxies,
        }),
      )
    expect(proxied('none', 1)).toBe('3.1@1: no-power |1 people|')
    expect(proxied('none', 0)).toBe('yes')
    expect(proxied('any number', 1_000)).toBe('yes')
    expect(proxied('up to 2 for one person', 10)).toBe('yes')
    expect(proxied('up to 2 for one person', 11)).toBe('3.1@1: no-power |11 people|')
  })
})

describe('a record that names what is not there', () => {
  const agenda = withDeadline(emptyTable, start, 'ghost')
  const stale = (
    part: 'life' | 'facts' | 'emergencies' | 'orders' | 'appeals' | 'sanctions' | 'delegations' | 'meetings' | 'seats',
  ): Movement => ({ ...emptyMovement, [part]: { ...emptyMovement[part], agenda } })
  it.each(['life', 'facts', 'emergencies', 'orders', 'appeals', 'sanctions', 'delegations', 'meetings', 'seats'] as const)(
    'nothing of %s falls for it',
    (part) => {
      expect(nextFall(stale(part), evening)).toBeNull()
    },
  )

  it('no order and no sanction weighs for it', () => {
    const { orders, sanctions } = emptyMovement
    expect(
      ordersOn(
        { ...orders, inForce: withRow(emptyTable, 'power spend', ['ghost']) },
        { kind: 'power', power: 'spend' },
        'forbid',
        start,
      ),
    ).toEqual([])
    expect(sanctionsOn({ ...sanctions, ofPerson: withRow(emptyTable, person(1), ['ghost']) }, person(1), start, null)).toEqual([])
  })

  it.each<MovementEvent>([
    { kind: 'founding-closed' },
    { kind: 'founding-frozen', size: 9, root: 'ab' },
    { kind: 'founded', winner: 'x', text: '0' as never, for: 1, against: 0, voters: 1 },
    { kind: 'founding-failed', voters: 1, againAt: null },
    { kind: 'vacancy-overdue', place: post('chair') },
    { kind: 'present-counted', meeting: 'm9', persons: [], present: 1, proxies: 0 },
    { kind: 'meeting-adjourned', meeting: 'm9', to: evening, then: 'm9+', quorum: null, waitsUntil: null },
  ])('$kind of nothing changes nothing', (event) => {
    expect(movementWith(event)).toEqual({ ...emptyMovement, events: 1 })
    expect(
      evolveMovement(emptyMovement, event, { id: '0/1', at: start, clause: '1@1', edition: 1 as never, by: 'rule' }),
    ).toEqual({ ...emptyMovement, events: 1 })
  })
})
