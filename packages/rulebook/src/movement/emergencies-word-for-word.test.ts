import { describe, expect, it } from 'vitest'
import { at, day, hour, lanternText, later, person, print } from '../../test/lantern.ts'
import { changedText, did, movementStory, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { holds, iso, own, power, start, statedText, voted } from '../../test/word-for-word.ts'
import type { DecisionState } from '../state.ts'
import type { MovementAct, MovementEvent } from './movement.ts'

// Facts that people state, and emergencies that rest on them (5.4, 5.5): each refusal whole, each instant from both sides.

describe('a fact only people know', () => {
  const attest = (fact = 'emergency', form: 'statement' | 'document' = 'statement') =>
    ({ kind: 'attest', fact, form, evidence: print(5) }) as const
  const byClerk = (story: MovementStory, does: MovementAct = attest(), when = start) =>
    story.act(person(60), 'office panel-clerk', when, does, holds('panel-clerk'))
  const challenge = { kind: 'challenge-fact', fact: 'emergency' } as const
  const challenged = (story: MovementStory, when = later(start, day)) =>
    story.act(person(3), 'electorate members', when, challenge)
  const rule =
    'attested-by: [chair, panel-clerk]\nevidence: statement\nexpires: 21 days\nchallenge: {to: panel, within: 2 days, timeout: stands}'

  it('is stated with until when it holds and may be challenged', () => {
    const said = {
      kind: 'fact-attested',
      fact: 'emergency',
      evidence: print(5),
      expiresAt: at('2026-03-22 12:00'),
      challengeUntil: at('2026-03-03 12:00'),
    }
    expect(did(byClerk(movementStory()))).toEqual([said])
    expect(did(byClerk(movementStory(changedText(lanternText, ['expires: 21 days', 'expires: never']))))).toEqual([
      { ...said, expiresAt: null },
    ])
    const final = changedText(lanternText, [rule, rule.replace(/\nchallenge.*/, '')])
    expect(did(byClerk(movementStory(final)))).toEqual([{ ...said, challengeUntil: null }])
    expect(whyNot(byClerk(movementStory(), attest('flood')))).toBe('1@1: no-power power issue-statement||')
    expect(whyNot(movementStory().act(person(60), 'office registrar', start, attest()))).toBe(
      '5.5@1: no-power office chair|office registrar|',
    )
    expect(whyNot(movementStory().act(person(60), 'office panel-clerk', start, attest()))).toBe(
      '5.5@1: missing-fact by 3.7@1 office panel-clerk||',
    )
    const strict = changedText(lanternText, ['evidence: statement\nexpires', 'evidence: document\nexpires'])
    expect(whyNot(byClerk(movementStory(strict)))).toBe('5.5@1: missing-fact ||')
    expect(whyNot(byClerk(movementStory(strict), attest('emergency', 'document')))).toBe('yes')
  })

  it('by a body, where the clause names one', () => {
    const story = movementStory(statedText(['attested-by: [chair, panel-clerk]', 'attested-by: [committee]']))
    expect(whyNot(story.act(person(1), 'body committee', start, attest()))).toBe('5.5@1: missing-fact by 3.1@1 body committee||')
    expect(whyNot(story.act(person(1), 'body committee', start, attest(), voted('committee')))).toBe('yes')
  })

  it('may be challenged once, up to its time and not at it', () => {
    const story = movementStory()
    expect(whyNot(challenged(story))).toBe('1@1: no-power power issue-statement||')
    did(byClerk(story))
    const until = at('2026-03-03 12:00')
    expect(whyNot(challenged(story, until))).toBe(`5.5@1: too-late ${iso(until)}|${iso(until)}|`)
    expect(did(challenged(story, later(until, -1)))).toEqual([
      { kind: 'fact-challenged', fact: 'emergency', answerBy: later(until, 2 * day - 1), timeout: 'stands' },
    ])
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'], clause: '5.5@1' })
    expect(whyNot(challenged(story, later(until, -1)))).toBe('5.5@1: already-done ||')
  })

  it('is answered by the body its clause names, while a challenge is open', () => {
    const story = movementStory(statedText())
    const answer = (outcome: 'stands' | 'falls' = 'falls') =>
      ({ kind: 'answer-fact', fact: 'emergency', outcome, under: own }) as const
    const byPanel = (when = later(start, day), as: 'body panel' | 'body committee' = 'body panel') =>
      story.act(person(9), as, when, answer(), voted('panel', 5))
    expect(whyNot(byPanel())).toBe('1@1: no-power power issue-statement||')
    did(byClerk(story))
    expect(whyNot(byPanel(start))).toBe('5.5@1: wrong-stage stage challenge||')
    did(challenged(story, later(start, hour)))
    expect(whyNot(byPanel(later(start, hour), 'body committee'))).toBe('5.5@1: no-power body panel|body committee|')
    expect(did(byPanel(later(start, hour)))).toEqual([{ kind: 'fact-answered', fact: 'emergency', outcome: 'falls' }])
    expect(whyNot(challenged(story, later(start, 2 * hour)))).toBe(
      `5.5@1: too-late ${iso(at('2026-03-22 12:00'))}|${iso(later(start, 2 * hour))}|, already-done ||`,
    )
  })
})

describe('an emergency', () => {
  const stated: MovementEvent = {
    kind: 'fact-attested',
    fact: 'emergency',
    evidence: print(5),
    expiresAt: null,
    challengeUntil: null,
  }
  const declared = (lapsesAt = later(start, 21 * day), timeout: 'lapses' | 'stands' = 'stands'): MovementEvent => ({
    kind: 'emergency-declared',
    lapsesAt,
    ratifyBy: later(start, 7 * day),
    timeout,
  })
  const declare = (story: MovementStory, when = start, votes = 9, as: 'body committee' | 'body panel' = 'body committee') =>
    story.act(person(1), as, when, { kind: 'declare-emergency', under: own }, voted('committee', votes))
  const ended: MovementEvent = { kind: 'emergency-ended', why: 'lapsed' }

  it('lasts as long as its clause says, and not again so soon: to the millisecond', () => {
    expect(did(declare(storyAfter(statedText(), stated)))).toEqual([
      { kind: 'emergency-declared', lapsesAt: at('2026-03-22 12:00'), ratifyBy: at('2026-03-08 12:00'), timeout: 'lapses' },
    ])
    expect(whyNot(declare(storyAfter(statedText())))).toBe('5.4@1: missing-fact stage emergency||')
    expect(whyNot(declare(storyAfter(statedText(), stated), start, 7))).toBe('5.4@1: not-carried by 3.1@1 |7 votes|')
    expect(whyNot(declare(storyAfter(statedText(), stated), start, 9, 'body panel'))).toBe(
      '5.4@1: no-power body committee|body panel|',
    )
    expect(whyNot(declare(storyAfter(statedText(), stated, declared())))).toBe(
      `5.4@1: already-done ${iso(at('2026-03-22 12:00'))}||`,
    )
    const free = at('2026-05-30 12:00')
    const again = () => storyAfter(statedText(), stated, declared(), ended)
    expect(whyNot(declare(again(), later(free, -1)))).toBe(
      `5.4@1: too-early ${iso(free)}|${iso(later(free, -1))}| → ${iso(free)}`,
    )
    expect(whyNot(declare(again(), later(free, -1), 7))).toBe(
      `5.4@1: not-carried by 3.1@1 |7 votes|, too-early ${iso(free)}|${iso(later(free, -1))}|`,
    )
    expect(whyNot(declare(again(), free))).toBe('yes')
    expect(whyNot(declare(again(), start, 7))).toMatch(/^5\.4@1: not-carried/)
    const soon = storyAfter(statedText(['again: after 90 days\n', '']), stated, declared(), [ended, { when: later(start, day) }])
    expect(whyNot(declare(soon, later(start, day)))).toBe('yes')
    const none = changedText(statedText(), ['when: fact emergency', 'when: fact flood'])
    expect(whyNot(declare(storyAfter(changedText(none, ['id: emergency\nattested-by', 'id: flood\nattested-by']), stated)))).toBe(
      '5.4@1: missing-fact stage flood||',
    )
    expect(whyNot(declare(storyAfter(withoutEmergency, stated)))).toBe('1@1: no-power power emergency-measure||')
  })
  const withoutEmergency = statedText([
    lanternText.slice(lanternText.indexOf('kind: emergency'), lanternText.indexOf('### 5.5')),
    'kind: limit\nnever: [payment for votes]\n```\n',
  ])

  it('is ratified once, before the time for it is over', () => {
    const ratify = (story: MovementStory, when = start) =>
      story.act(person(9), 'body panel', when, { kind: 'ratify-emergency', under: own }, voted('panel'))
    expect(whyNot(ratify(storyAfter(statedText())))).toBe('5.4@1: wrong-stage ||')
    const story = storyAfter(statedText(), declared())
    const by = later(start, 7 * day)
    expect(whyNot(ratify(story, by))).toBe(`5.4@1: too-late ${iso(by)}|${iso(by)}|`)
    expect(did(ratify(story, later(by, -1)))).toEqual([{ kind: 'emergency-ratified' }])
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'] })
    expect(whyNot(ratify(story, later(by, -1)))).toBe('5.4@1: already-done ||')
    expect(whyNot(ratify(storyAfter(withoutEmergency)))).toBe('1@1: no-power power emergency-measure||')
  })

  const box = (known: object) => ({
    opensAt: later(start, 10 * day),
    openedAt: null,
    closesAt: later(start, 17 * day),
    closedAt: null,
    ...known,
  })
  const running = (known: object = {}): DecisionState =>
    decisionWith({ stages: { notify: { box: box({ opensAt: null }) }, ballot: { box: box(known) } } })
  const postpone = (kind: 'ballot opening' | 'ballot closing', to: number, number = 7) =>
    ({ kind: 'postpone', what: { kind, decision: decisionWith({ id: number }).id }, to: to as typeof start, under: own }) as const
  const inEmergency = (
    decision: DecisionState,
    does: MovementAct,
    rules = statedText(
      [
        'never: [amend-rulebook, suspend, exclude, derecognise-group, change a roll, postpone closing of ballot]',
        'never: [suspend]',
      ],
      [
        'may: [postpone meeting, postpone opening of ballot]',
        'may: [postpone meeting, postpone opening of ballot, postpone closing of ballot]',
      ],
    ),
  ) => withDecisions(storyAfter(rules, declared()), decision).act(person(1), 'body committee', start, does, voted('committee'))

  it('puts off the opening of a ballot with its period, and its closing alone, later than they were', () => {
    const [opens, closes] = [later(start, 10 * day), later(start, 17 * day)]
    const answer = (decision: DecisionState, does: MovementAct): unknown => {
      const said = inEmergency(decision, does)
      return 'routes' in said
        ? whyNot(said)
        : said.map((e) => [e.id, e.stage, 'opensAt' in e ? e.opensAt : null, 'closesAt' in e ? e.closesAt : null])
    }
    expect(answer(running(), postpone('ballot opening', opens + 1))).toEqual([['7/4', 'ballot', opens + 1, closes + 1]])
    expect(answer(running(), postpone('ballot opening', opens))).toBe(`5.4@1: too-early ${iso(opens)}|${iso(opens)}|`)
    expect(answer(running(), postpone('ballot closing', closes + 1))).toEqual([['7/4', 'ballot', null, closes + 1]])
    expect(answer(running(), postpone('ballot closing', closes))).toBe(`5.4@1: too-early ${iso(closes)}|${iso(closes)}|`)
    expect(answer(running({ openedAt: opens }), postpone('ballot opening', opens + 1))).toBe(
      `5.4@1: too-late ${iso(opens)}|${iso(start)}|`,
    )
    expect(answer(running({ openedAt: opens }), postpone('ballot closing', closes + 1))).toEqual([
      ['7/4', 'ballot', null, closes + 1],
    ])
    expect(answer(running({ closesAt: null }), postpone('ballot closing', closes + 1))).toBe(
      `5.4@1: too-early |${iso(closes + 1)}|`,
    )
    expect(answer(running({ closesAt: null }), postpone('ballot opening', opens + 1))).toBe(
      `5.4@1: too-early ${iso(opens)}|${iso(opens + 1)}|`,
    )
    for (const closed of [running({ closedAt: start }), running({ opensAt: null }), decisionWith({ id: 8 })])
      expect(answer(closed, postpone('ballot opening', opens + 1))).toBe('5.4@1: wrong-stage stage ballot||')
  })

  it('what is not on its short list, or is never to be done, or outlasts it, is not done in it', () => {
    const opens = later(start, 10 * day)
    const lapse = later(start, 21 * day)
    expect(whyNot(inEmergency(running(), postpone('ballot opening', lapse), statedText()))).toBe('yes')
    expect(whyNot(inEmergency(running(), postpone('ballot opening', lapse + 1), statedText()))).toBe(
      `5.4@1: too-late ${iso(lapse)}|${iso(lapse + 1)}|`,
    )
    expect(whyNot(inEmergency(running(), postpone('ballot closing', lapse), statedText()))).toBe(
      '5.4@1: no-power power postpone||',
    )
    const unlisted = statedText(['may: [postpone meeting, postpone opening of ballot]', 'may: [postpone meeting]'])
    expect(whyNot(inEmergency(running(), postpone('ballot opening', lapse), unlisted))).toBe('5.4@1: no-power power postpone||')
    const forbidden = statedText([
      'change a roll, postpone closing of ballot]',
      'change a roll, postpone closing of ballot, postpone opening of ballot]',
    ])
    expect(whyNot(inEmergency(running(), postpone('ballot opening', lapse), forbidden))).toBe('5.4@1: no-power power postpone||')
    const calm = withDecisions(storyAfter(statedText()), running()).act(
      person(1),
      'body committee',
      start,
      postpone('ballot opening', opens + 1),
      voted('committee'),
    )
    expect(whyNot(calm)).toBe('5.4@1: wrong-stage stage emergency||')
    const story = withDecisions(storyAfter(statedText(), declared()), running())
    story.act(person(1), 'body committee', start, postpone('ballot opening', opens + 1), voted('committee'))
    expect(story.events().at(-1)).toMatchObject({ clause: '5.4@1', by: person(1) })
  })

  it('or under the power to postpone, with or without an emergency in the rules', () => {
    const opens = later(start, 10 * day)
    const granted = (rules: string) =>
      withDecisions(movementStory(`${rules}${power('postpone', 'holder: registrar')}`), running()).act(
        person(7),
        'office registrar',
        start,
        postpone('ballot opening', opens + 1),
        holds('registrar'),
      )
    expect(whyNot(granted(statedText()))).toBe('yes')
    expect(whyNot(granted(withoutEmergency))).toBe('yes')
    const refused = withDecisions(movementStory(`${withoutEmergency}${power('postpone', 'holder: registrar')}`), running())
    expect(whyNot(refused.act(person(7), 'office registrar', start, postpone('ballot opening', opens), holds('registrar')))).toBe(
      `8.1@1: too-early ${iso(opens)}|${iso(opens)}|`,
    )
    expect(
      whyNot(
        withDecisions(movementStory(withoutEmergency), running()).act(
          person(7),
          'office registrar',
          start,
          postpone('ballot opening', opens + 1),
        ),
      ),
    ).toBe('1@1: no-power power postpone||')
  })

  it('puts off a meeting that is called, with its time to wait and its second date', () => {
    const evening = at('2026-03-10 19:00')
    const called: MovementEvent = {
      kind: 'meeting-called',
      meeting: 'm1',
      body: 'committee',
      group: null,
      at: evening,
      items: [],
      waitsUntil: null,
      second: null,
    }
    const off = (story: MovementStory, to: number, meeting = 'm1') =>
      story.act(
        person(1),
        'body committee',
        start,
        { kind: 'postpone', what: { kind: 'meeting', meeting }, to: to as typeof start, under: own },
        voted('committee'),
      )
    expect(did(off(storyAfter(statedText(), declared(), called), later(evening, 1)))).toEqual([
      {
        kind: 'meeting-postponed',
        meeting: 'm1',
        to: later(evening, 1),
        waitsUntil: later(evening, hour / 2 + 1),
        second: { at: at('2026-03-17 19:00') + 1, quorum: 'present more than 1/2 of seats' },
      },
    ])
    expect(whyNot(off(storyAfter(statedText(), declared(), called), evening))).toBe(
      `5.4@1: too-early ${iso(evening)}|${iso(evening)}|`,
    )
    expect(whyNot(off(storyAfter(statedText(), declared(), called), later(evening, 1), 'm2'))).toBe(
      '5.4@1: wrong-stage stage meeting||',
    )
    expect(
      whyNot(off(storyAfter(statedText(), declared(), called, { kind: 'meeting-closed', meeting: 'm1' }), later(evening, 1))),
    ).toBe('5.4@1: wrong-stage stage meeting||')
    const plain = statedText([/adjourn: .*\n/.exec(lanternText)?.[0] ?? '', ''])
    expect(did(off(storyAfter(plain, declared(), called), later(evening, 1)))).toEqual([
      { kind: 'meeting-postponed', meeting: 'm1', to: later(evening, 1), waitsUntil: null, second: null },
    ])
  })
})
