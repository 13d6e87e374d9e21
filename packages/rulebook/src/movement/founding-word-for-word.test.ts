import { describe, expect, it } from 'vitest'
import { at, day, lanternText, later, person, print } from '../../test/lantern.ts'
import { beginningText, changedText, did, movementStory, proven, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { iso } from '../../test/word-for-word.ts'
import type { Fact } from '../index.ts'
import type { MovementEvent } from './movement.ts'

// How a movement begins and ends: notice, roll, count, and each figure just enough and just too small (1.2 to 1.4 of the rules it begins by).

const noticed = at('2017-01-02 10:00')
const [opens, closes] = [at('2017-01-31'), at('2017-02-07')]
const one = { id: 'delegates', text: print(1) }
const two = { id: 'members', text: print(2) }
const read = ({ id, text }: typeof one, known: object = {}): Fact =>
  proven('resulting-text', id, { text, diagnostics: 0, findings: 0, open: 0, ...known }, noticed, 'register')
const served = (count: number, of = 1_000): Fact => proven('notice', 'genesis', { served: count, of }, noticed, 'post')
const noFounding = '1.1@1: no-power power amend-rulebook||'

describe('notice of a founding', () => {
  const found = (
    drafts: readonly (typeof one)[] = [one, two],
    facts: readonly Fact[] = [read(one), read(two), served(990)],
    story = movementStory(beginningText),
    when = noticed,
  ) => story.act('rule', 'rule', when, { kind: 'found', drafts }, ...facts)

  it('opens the ballot 28 clear days later, for seven days', () => {
    expect(did(found())).toEqual([{ kind: 'founding-noticed', drafts: [one, two], opensAt: opens, closesAt: closes }])
    expect(
      whyNot(
        movementStory(beginningText).act(person(1), 'rule', noticed, { kind: 'found', drafts: [one] }, read(one), served(990)),
      ),
    ).toBe('1.4@1: no-power ||')
    expect(
      whyNot(
        found(
          [one],
          [read(one), served(990)],
          movementStory(
            changedText(lanternText, [lanternText.slice(lanternText.indexOf('### 1.3'), lanternText.indexOf('## 2 ')), '']),
          ),
        ),
      ),
    ).toBe('1@1: no-power power amend-rulebook||')
  })

  it('is of one draft or several, each its own; of one where the question is a motion', () => {
    const invalid = '1.4@1: invalid-text ||'
    expect(whyNot(found([]))).toBe(invalid)
    expect(whyNot(found([one]))).toBe('yes')
    expect(whyNot(found([one, { ...two, id: one.id }], [read(one), read(two), served(990)]))).toMatch(
      /^1\.4@1: invalid-text \|\|, missing-fact/,
    )
    expect(whyNot(found([one, { ...two, text: one.text }], [read(one), read({ ...two, text: one.text }), served(990)]))).toBe(
      invalid,
    )
    const motion = () => movementStory(changedText(beginningText, ['question: drafts', 'question: motion']))
    expect(whyNot(found([one, two], undefined, motion()))).toBe(invalid)
    expect(whyNot(found([one], undefined, motion()))).toBe('yes')
  })

  it('of drafts that read, have no hole and leave nothing open', () => {
    const text = print(1).slice(0, 8)
    expect(whyNot(found([one], [served(990)]))).toBe(`1.4@1: missing-fact ${text}||`)
    expect(whyNot(found([one], [read(one, { text: print(3) }), served(990)]))).toBe(`1.4@1: missing-fact ${text}||`)
    for (const key of ['diagnostics', 'findings', 'open'])
      expect(whyNot(found([one], [read(one, { [key]: 1 }), served(990)])), key).toBe(`1.4@1: invalid-text |${text}|`)
    expect(whyNot(found([one, two], [read(one), read(two, { open: 1 }), served(990)]))).toBe(
      `1.4@1: invalid-text |${print(2).slice(0, 8)}|`,
    )
  })

  it('that reached as many as its service asks; without a service, everybody', () => {
    const missing = '1.4@1: missing-fact stage notify||'
    expect(whyNot(found([one], [read(one)]))).toBe(missing)
    expect(whyNot(found([one], [read(one), served(1_001)]))).toBe(missing)
    expect(whyNot(found([one], [read(one), { ...served(990), value: { served: 990 } }]))).toBe(missing)
    expect(whyNot(found([one], [read(one), { ...served(990), value: { of: 990 } }]))).toBe(missing)
    expect(whyNot(found([one], [read(one), served(1_000)]))).toBe('yes')
    expect(whyNot(found([one], [read(one), served(950)]))).toBe('yes')
    expect(whyNot(found([one], [read(one), served(949)]))).toBe('1.4@1: short-notice by 1.2@1 950 people|949 people|1 people')
    const alone = () =>
      movementStory(
        changedText(beginningText, [beginningText.slice(beginningText.indexOf('### 1.2'), beginningText.indexOf('### 1.3')), '']),
      )
    expect(whyNot(found([one], [read(one), served(999)], alone()))).toBe('1.4@1: short-notice 1000 people|999 people|1 people')
    expect(whyNot(found([one], [read(one), served(1_000)], alone()))).toBe('yes')
  })

  it('is given again only after a failure, when the rule lets it, to the millisecond', () => {
    const running: MovementEvent = { kind: 'founding-noticed', drafts: [one], opensAt: opens, closesAt: closes }
    const failed = (againAt: typeof opens | null): MovementEvent => ({ kind: 'founding-failed', voters: 3, againAt })
    const won: MovementEvent = { kind: 'founded', winner: one.id, text: one.text, for: 9, against: 1, voters: 10 }
    const again = (...events: readonly MovementEvent[]) =>
      storyAfter(beginningText, ...events.map((event) => [event, { when: noticed, clause: '1.4@1' }] as const))
    const free = at('2017-03-08')
    const ask = (story: MovementStory, when: typeof opens, facts: readonly Fact[] = [read(one), served(990)]) =>
      whyNot(found([one], facts, story, when))
    expect(ask(again(running), later(noticed, 1))).toBe(`1.4@1: already-done ${iso(noticed)}||`)
    expect(ask(again(running, won), later(noticed, 1))).toBe(`1.4@1: already-done ${iso(noticed)}||`)
    expect(ask(again(running, failed(free)), later(free, -1))).toBe(
      `1.4@1: too-early ${iso(free)}|${iso(later(free, -1))}| → ${iso(free)}`,
    )
    expect(ask(again(running, failed(free)), later(free, -1), [read(one)])).toBe(
      `1.4@1: too-early ${iso(free)}|${iso(later(free, -1))}|, missing-fact stage notify||`,
    )
    expect(ask(again(running, failed(free)), free)).toBe('yes')
    expect(ask(again(running, failed(null)), later(noticed, 1))).toBe('yes')
  })
})

/** Noticed, and with a roll of a thousand unless that is said to be missing. */
const begun = (words = beginningText, ...more: readonly MovementEvent[]): MovementStory =>
  storyAfter(
    words,
    [
      { kind: 'founding-noticed', drafts: [one, two], opensAt: opens, closesAt: closes },
      { when: noticed, clause: '1.4@1' },
    ],
    ...more.map((event) => [event, { when: later(noticed, 1) }] as const),
  )
const frozen: MovementEvent = { kind: 'founding-frozen', size: 1_000, root: 'ab' }

describe('the roll of a founding', () => {
  const roll = (value: Fact['value'] = { size: 1_000, root: 'ab' }) => proven('roll', 'founding-roll', value, noticed, 'roll')
  const freeze = (story = begun(), when = opens, fact: Fact | null = roll(), who: 'rule' | 'person' = 'rule') =>
    story.act(who === 'rule' ? 'rule' : person(1), 'rule', when, { kind: 'freeze-founding' }, ...(fact === null ? [] : [fact]))
  const missing = '1.4@1: missing-fact electorate founding-roll||'

  it('is drawn by rule, once, not after the ballot opens', () => {
    expect(did(freeze())).toEqual([{ kind: 'founding-frozen', size: 1_000, root: 'ab' }])
    expect(whyNot(freeze(begun(), later(opens, 1)))).toBe(`1.4@1: too-late ${iso(opens)}|${iso(later(opens, 1))}|`)
    expect(whyNot(freeze(begun(), opens, roll(), 'person'))).toBe('1.4@1: no-power ||')
    expect(whyNot(freeze(begun(beginningText, frozen)))).toBe('1.4@1: already-done ||')
    expect(whyNot(freeze(movementStory(beginningText)))).toBe(noFounding)
    expect(whyNot(freeze(begun(beginningText, { kind: 'founding-failed', voters: 0, againAt: null })))).toBe(noFounding)
  })

  it('has a size and a root, and its electorate a cut-off', () => {
    for (const fact of [null, roll({ size: 1_000 }), roll({ root: 'ab' }), { ...roll(), of: 'members' }])
      expect(whyNot(freeze(begun(), opens, fact))).toBe(missing)
    expect(whyNot(freeze(begun(), later(opens, 1), null, 'person'))).toBe(
      '1.4@1: no-power ||, missing-fact electorate founding-roll||',
    )
    const unnamed = changedText(beginningText, ['id: founding-roll', 'id: other-roll'])
    expect(whyNot(freeze(begun(unnamed)))).toBe(missing)
  })
})

describe('the count of a founding', () => {
  const count = (known: object = {}): Fact =>
    proven('count', 'genesis', { winner: 'members', for: 300, against: 100, voters: 410, ...known }, noticed)
  const declare = (fact: Fact | null = count(), story = begun(beginningText, frozen), when = closes, ...facts: readonly Fact[]) =>
    story.act(
      'rule',
      'rule',
      when,
      { kind: 'declare-founding' },
      ...(fact === null ? [] : [fact]),
      ...(facts.length > 0 ? facts : [read(one), read(two)]),
    )
  const result = (known: object, words = beginningText): string => {
    const answer = declare(count(known), begun(words, frozen))
    return 'routes' in answer ? whyNot(answer) : (did(answer).at(-1)?.kind ?? '')
  }
  const founded = { kind: 'founded', winner: 'members', text: two.text, for: 300, against: 100, voters: 410 }

  it('founds on the winner that passes; else it may be put again', () => {
    expect(did(declare())).toEqual([{ kind: 'founding-closed' }, founded])
    expect(did(declare(count({ winner: 'none-of-these' }))).at(-1)).toEqual({
      kind: 'founding-failed',
      voters: 410,
      againAt: at('2017-03-08'),
    })
    const never = changedText(beginningText, ['if-fails: again after 28 clear days\n', ''])
    expect(did(declare(count({ for: 1 }), begun(never, frozen))).at(-1)).toEqual({
      kind: 'founding-failed',
      voters: 410,
      againAt: null,
    })
  })

  it('is by rule, of a founding that has its roll, after the close', () => {
    const story = begun(beginningText, frozen)
    expect(whyNot(story.act(person(1), 'rule', closes, { kind: 'declare-founding' }, count(), read(one), read(two)))).toBe(
      '1.4@1: no-power ||',
    )
    expect(whyNot(declare(count(), begun()))).toBe(
      '1.4@1: missing-fact electorate founding-roll||, missing-fact || → 2017-02-07T00:00:00.000Z',
    )
    expect(whyNot(declare(null))).toBe('1.4@1: missing-fact || → 2017-02-07T00:00:00.000Z')
    const early = later(closes, -1)
    expect(whyNot(declare(count(), begun(beginningText, frozen), early))).toBe(
      `1.4@1: too-early ${iso(closes)}|${iso(early)}| → ${iso(closes)}`,
    )
    expect(whyNot(declare(count(), movementStory(beginningText)))).toBe(noFounding)
    expect(whyNot(declare(count(), begun(beginningText, frozen, founded as MovementEvent)))).toBe(noFounding)
    expect(whyNot(declare(count(), begun(beginningText, frozen), closes, read(one)))).toBe(
      `1.4@1: missing-fact ${print(2).slice(0, 8)}||`,
    )
    expect(whyNot(declare(count(), begun(beginningText, frozen), closes, read(two, { open: 1 })))).toBe(
      `1.4@1: invalid-text |${print(2).slice(0, 8)}|`,
    )
    expect(whyNot(declare(count(), begun(beginningText, frozen), closes, read(two, { findings: 1 })))).toBe('yes')
  })

  it('adds up: no more votes than voters, no more voters than the roll', () => {
    const missing = '1.4@1: missing-fact || → 2017-02-07T00:00:00.000Z'
    expect(result({ voters: 400 })).toBe('founded')
    expect(result({ voters: 399 })).toBe(missing)
    expect(result({ voters: 1_000 })).toBe('founded')
    expect(result({ voters: 1_001 })).toBe(missing)
    for (const key of ['winner', 'for', 'against', 'voters'])
      expect(result({ [key]: key === 'winner' ? 1 : 'x' }), key).toBe(missing)
  })

  it('each condition just met and just missed', () => {
    const pass = 'pass: [winner beats none-of-these, yes at least 2/3 of for-and-against, turnout at least 20% of roll]'
    const only = (condition: string, more = '') =>
      changedText(beginningText, [pass, `pass: [${condition}]`], ...(more === '' ? [] : [['none-of-these: yes', more] as const]))
    for (const [condition, known, expected] of [
      ['winner beats none-of-these', { for: 201, against: 200 }, 'founded'],
      ['winner beats none-of-these', { for: 200, against: 200 }, 'founding-failed'],
      ['yes at least 2/3 of for-and-against', { for: 200, against: 100 }, 'founded'],
      ['yes at least 2/3 of for-and-against', { for: 199, against: 100 }, 'founding-failed'],
      ['yes more than 1/2 of votes-cast', { for: 206, against: 1, voters: 410 }, 'founded'],
      ['yes more than 1/2 of votes-cast', { for: 205, against: 1, voters: 410 }, 'founding-failed'],
      ['turnout at least 20% of roll', { for: 100, against: 100, voters: 200 }, 'founded'],
      ['turnout at least 20% of roll', { for: 100, against: 99, voters: 199 }, 'founding-failed'],
      ['yes at least 20% of roll', { for: 200, against: 0, voters: 200 }, 'founded'],
      ['yes at least 20% of roll', { for: 199, against: 0, voters: 200 }, 'founding-failed'],
      ['yes at least 5 people', { for: 5, against: 0, voters: 5 }, 'founded'],
      ['present at least 5 people', { for: 300, against: 0, voters: 300 }, 'founding-failed'],
      ['yes at least 1/2 of seats', { for: 300, against: 0, voters: 300 }, 'founding-failed'],
    ] as const)
      expect(result(known, only(condition)), `${condition} ${JSON.stringify(known)}`).toBe(expected)
    expect(result({ for: 1, against: 300 }, only('winner beats none-of-these', 'none-of-these: no'))).toBe('founded')
  })

  it('its close falls once, whether or not anybody declares it', () => {
    const story = begun(beginningText, frozen)
    const late = story.act('rule', 'rule', later(closes, day), { kind: 'declare-founding' }, count(), read(one), read(two))
    expect(did(late).map((e) => e.kind)).toEqual(['founding-closed', 'founded'])
    expect(story.events()[0]).toMatchObject({ deemed: true, occurredAt: closes, clause: '1.4@1', edition: 1 })
    const again = story.act('rule', 'rule', later(closes, day), { kind: 'declare-founding' }, count())
    expect(whyNot(again)).toBe(noFounding)
  })
})

describe('the end', () => {
  const dissolution = (assets: string): string => `${lanternText}
### 8.1 Power to end
\`\`\`rule
kind: power
act: dissolve
via: [policy]
\`\`\`
### 8.2 How it ends
\`\`\`rule
kind: dissolution
may: [spend]
within: 90 days
assets: ${assets}
by: registrar
\`\`\`
`
  const seven = decisionWith({ power: 'dissolve', procedure: 'policy', ended: { at: noticed, outcome: 'carried' } })
  const end = (words: string, known: object = {}, who: 'rule' | 'person' = 'rule') =>
    withDecisions(movementStory(words), { ...seven, ...known }).act(who === 'rule' ? 'rule' : person(1), 'rule', noticed, {
      kind: 'dissolve',
      decision: 7,
    })
  const charity = 'to a charity named in the act'

  it('follows a decision to dissolve that was carried, and nothing else', () => {
    const words = dissolution(charity)
    expect(end(words)).toMatchObject([{ relies: ['7/3'], clause: '8.1@1', did: { kind: 'dissolved' } }])
    expect(whyNot(end(lanternText))).toBe('1@1: no-power power dissolve||')
    expect(whyNot(end(words, {}, 'person'))).toBe('8.1@1: no-power ||')
    expect(whyNot(end(words, { power: 'spend' }))).toBe('8.1@1: no-such-decision ||')
    expect(whyNot(end(words, { id: 8 }))).toBe('8.1@1: no-such-decision ||')
    expect(whyNot(end(words, { ended: null }))).toBe('8.1@1: not-carried ||')
    expect(whyNot(end(words, { ended: { at: noticed, outcome: 'fallen' } }))).toBe('8.1@1: not-carried ||')
  })

  it('shares nothing out where the rules say that nobody ever may', () => {
    const never = (words: string) =>
      changedText(words, ['never: [effect before enact,', 'never: [share of assets to members, effect before enact,'])
    expect(whyNot(end(dissolution('to members in equal parts')))).toBe('yes')
    expect(whyNot(end(never(dissolution('to members in equal parts'))))).toBe('8.1@1: no-power by 5.1@1 |power dissolve|')
    expect(whyNot(end(never(dissolution(charity))))).toBe('yes')
  })
})
