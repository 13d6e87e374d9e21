import type { CivilDate } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../test/every-act.ts'
import { rulebookOf } from '../test/blocks.ts'
import { at, codes, lanternText, later, members, parsed, person, print, why } from '../test/lantern.ts'
import { changedText, happened, movementStory, proven, seated } from '../test/movement.ts'
import { ballotAndEnd, boxOf, castBy, declare, minute, text, textWith, told, untilOpen, type Told } from '../test/procedures.ts'
import { hasRight, type Fact, type PersonFacts } from './index.ts'

everyActWithOneThingWrong()

const day = 24 * 60 * minute

describe('rights by standing, class, age and matter', () => {
  const rules = parsed(
    rulebookOf(
      `kind: standing
states:
  active: {}
  suspended: {loses: [vote, stand], from: active}
  guest: {rights: [speak, vote on wages], from: active}`,
      'kind: class\nid: member\nof: person\nrights: [vote from age 14, stand from age 16, speak]',
    ),
  )
  const now = at('2026-06-01')
  const somebody = (
    standing: string,
    birthDate: string | null = '2000-01-01',
    classes: readonly string[] = ['member'],
  ): PersonFacts => ({
    standing,
    classes,
    birthDate: birthDate as CivilDate | null,
    joinedOn: null,
    paidUntil: null,
    attributes: {},
    groups: [],
    seats: [],
    offices: [],
  })
  const may = (who: PersonFacts, right: 'vote' | 'stand' | 'speak', matter: string | null = null) =>
    hasRight(rules, who, right, { cutOff: now, now }, matter)

  it('a class gives them from an age on, which somebody has shown', () => {
    expect(may(somebody('active'), 'vote')).toEqual({ has: true, clause: '3@1' })
    expect(may(somebody('active', '2012-06-01'), 'vote')?.has).toBe(true)
    expect(may(somebody('active', '2012-06-02'), 'vote')?.has).toBe(false)
    expect(may(somebody('active', '2012-06-01'), 'stand')?.has).toBe(false)
    expect(may(somebody('active', null), 'vote')?.has).toBe(false)
    expect(may(somebody('active', null), 'speak')?.has).toBe(true)
    expect(may(somebody('active', null, []), 'vote')).toBeNull()
  })

  it('a state takes some away, or gives only some, whatever the class says', () => {
    expect(may(somebody('suspended'), 'vote')).toEqual({ has: false, clause: '2@1' })
    expect(may(somebody('suspended'), 'speak')?.has).toBe(true)
    expect(may(somebody('guest'), 'stand')).toEqual({ has: false, clause: '2@1' })
    expect(may(somebody('guest'), 'vote')?.has).toBe(false)
    expect(may(somebody('guest'), 'vote', 'wages')?.has).toBe(true)
  })
})

describe('notice that comes back', () => {
  const service =
    'kind: service\nid: notice\nchannels: [email]\ndeemed-received: {email: at sending}\nsound-when: at least 9/10 of roll'
  const stages = [
    'propose: {by: electorate members}',
    'notify: {to: electorate members, clear: 7 clear days}',
    'enact: {effect: adopt-policy, at: end of notify}',
  ]
  const served = (more: string, value: Readonly<Record<string, number>>) => {
    const t = told(
      parsed(changedText(textWith('adopt-policy', stages), [service, `${service.replace('[email]', '[email, post]')}${more}`])),
    )
    t.member(1, text('adopt-policy'))
    const answer = t.by(0, 'rule', { kind: 'notify' }, t.state('notice', value))
    return 'routes' in answer ? codes(answer) : []
  }

  it('is sent again the other way the rule names; strict means everyone', () => {
    expect(served('', { served: 95, of: 100, bounced: 5 })).toEqual([])
    expect(served('\non-bounce: post within 3 days', { served: 95, of: 100, bounced: 5 })).toEqual(['short-notice'])
    expect(served('\non-bounce: post within 3 days', { served: 95, of: 100, bounced: 5, post: 5 })).toEqual([])
    expect(served('\nstandard: strict', { served: 99, of: 100 })).toEqual(['short-notice'])
    expect(served('\nstandard: all reasonable steps', { served: 99, of: 100 })).toEqual([])
  })
})

describe('a place on the roll under appeal', () => {
  const box = (stay: string): Told => {
    const stages = ['propose: {by: electorate members}', ...ballotAndEnd('adopt-policy')].map((s) =>
      s.replace('at: notify}', 'at: notify, provisional: those with an appeal open or still open to them}'),
    )
    const was = 'roll: provisional, upheld-before-tally: ballot leaves the box'
    const t = told(parsed(changedText(textWith('adopt-policy', stages), [was, stay])))
    t.member(1, text('adopt-policy'))
    untilOpen(t)
    castBy(t, 1, 5)
    return t
  }
  const cast = (t: Told) => t.by(9, members, { kind: 'cast', ballot: print(9) }, t.state('provisional', true, 'members'))
  const settle = (t: Told) => t.rule({ kind: 'settle-roll', voter: person(9) }, t.state('roll-appeal', false, person(9)))

  it('is voted in only where the rule makes the roll provisional, and the ballot leaves the box or stays as it says', () => {
    expect(codes(cast(box('roll: unchanged, upheld-before-tally: ballot leaves the box')))).toEqual(['not-eligible'])
    const leaves = box('roll: provisional, upheld-before-tally: ballot leaves the box')
    cast(leaves)
    settle(leaves)
    expect(boxOf(leaves).voters.size).toBe(5)
    const stays = box('roll: provisional, upheld-before-tally: ballot stays')
    cast(stays)
    settle(stays)
    expect(boxOf(stays).voters.size).toBe(6)
    expect('routes' in declare(stays, [4, 2])).toBe(false)
  })
})

describe('a proposal in the form its rule asks for', () => {
  it('is a text or a diff, and not the other', () => {
    for (const [form, refused] of [
      ['text', false],
      ['diff', true],
    ] as const) {
      const t = told(
        parsed(
          textWith('adopt-policy', [
            `propose: {by: electorate members, form: ${form}}`,
            'delay: {lasts: 7 days}',
            'enact: {effect: adopt-policy, at: end of delay}',
          ]),
        ),
      )
      const answer = t.by(1, members, text('adopt-policy'))
      expect('routes' in answer ? codes(answer) : []).toEqual(refused ? ['invalid-text'] : [])
    }
  })
})

const start = at('2026-03-01 12:00')
const own = { kind: 'own' } as const

describe('a named meeting', () => {
  const rule = `### 3.20 The annual meeting
\`\`\`rule
kind: meeting
id: agm
of: committee
in: June
at: 14:00
every: 1 year
notice: 21 clear days
must: [receive accounts, elect officers]
by: registrar
\`\`\`
`
  const book = lanternText.replace('### 3.2 Local groups', `${rule}### 3.2 Local groups`)
  const must = ['receive-accounts', 'elect-officers']
  const call = (when: string, items: readonly string[] = must, named = 'agm') =>
    ({
      kind: 'call-named-meeting',
      meeting: when,
      body: 'committee',
      group: null,
      at: at(when),
      items,
      under: own,
      named,
    }) as const
  const registrar = (when = start): Fact => proven('holds-office', 'registrar', true, when, 'register')

  it('is called by whom its rule names, for its month and hour, with its notice and all it must do', () => {
    const story = seated(book, start)
    const tried = (does: ReturnType<typeof call>, as: 'office registrar' | 'office chair' = 'office registrar', now = start) => {
      const answer = story.act(as === 'office chair' ? person(1) : person(80), as, now, does, registrar(now))
      return 'routes' in answer ? codes(answer) : happened(answer)
    }
    expect(tried(call('2026-06-20 14:00'), 'office chair')).toContain('no-power')
    expect(tried(call('2026-07-20 14:00'))).toContain('wrong-stage')
    expect(tried(call('2026-06-20 15:00'))).toContain('wrong-stage')
    expect(tried(call('2026-06-20 14:00', ['receive-accounts']))).toContain('short-notice')
    expect(tried(call('2026-06-20 14:00', must, 'nowhere'))).toEqual(['no-power'])
    expect(tried(call('2026-06-20 14:00'), 'office registrar', at('2026-06-05 12:00'))).toContain('short-notice')
    expect(tried(call('2026-06-20 14:00'), 'office registrar', at('2026-05-20 12:00'))).toEqual(['meeting-called'])
  })
})

describe('who puts items on an agenda, and until when', () => {
  it('those the agenda’s rule names, by its time', () => {
    const book = changedText(lanternText, [
      'quorum: present more than 1/2 of seats\nadjourn',
      'agenda: {by: chair, motions-from: registrar, due: 10 days before meeting}\nquorum: present more than 1/2 of seats\nadjourn',
    ])
    const story = seated(book, start)
    const when = at('2026-04-15 19:00')
    happened(
      story.act(person(1), 'office chair', start, {
        kind: 'call-meeting',
        meeting: 'm1',
        body: 'committee',
        group: null,
        at: when,
        items: ['1'],
        under: own,
      }),
    )
    const add = { kind: 'add-items', meeting: 'm1', items: ['2'] } as const
    const as = (office: 'registrar' | 'panel-clerk', now = start) => {
      const answer = story.act(person(80), `office ${office}`, now, add, proven('holds-office', office, true, now, 'register'))
      return 'routes' in answer ? codes(answer) : happened(answer)
    }
    expect(as('panel-clerk')).toContain('no-power')
    expect(as('registrar')).toEqual(['items-added'])
    expect(as('registrar', at('2026-04-05 20:00'))).toEqual(['too-late'])
  })
})

describe('offices under changed rules', () => {
  it('run to the end of their term, or end at once where the clause on transition says so', () => {
    for (const [offices, refused] of [
      ['run to end of term', false],
      ['end at once', true],
    ] as const) {
      const first = changedText(lanternText, ['offices: run to end of term', `offices: ${offices}`])
      const next = parsed(
        changedText(first, ['term: 1 year\nacting: longest seated ordinary', 'term: 2 years\nacting: longest seated ordinary']),
        2,
      )
      const story = seated(first, start)
      const after = movementStory(first, story.state())
      const seatsNow = parsed(first)
      const editions = {
        byNumber: new Map([
          [seatsNow.edition, seatsNow],
          [next.edition, next],
        ]),
        inForce: next.edition,
      }
      const call = {
        kind: 'call-meeting',
        meeting: 'm1',
        body: 'committee',
        group: null,
        at: at('2026-05-15 19:00'),
        items: ['1'],
        under: own,
      } as const
      const answer = after.actUnder(editions, person(1), 'office chair', later(start, day), call)
      expect('routes' in answer).toBe(refused)
      if ('routes' in answer) expect(why(answer)).toMatchObject({ code: 'not-eligible' })
    }
  })
})
