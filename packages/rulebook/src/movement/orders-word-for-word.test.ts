import { describe, expect, it } from 'vitest'
import { at, day, lanternText, later, person, print } from '../../test/lantern.ts'
import { changedText, did, movementStory, post, proven, seatIn, whyNot, type MovementStory } from '../../test/movement.ts'
import { decisionWith, storyAfter, withDecisions } from '../../test/movement-with.ts'
import { holds, iso, own, sanctioned, start } from '../../test/word-for-word.ts'
import { keyOf } from '../decision/path.ts'
import type { Fact } from '../index.ts'
import type { MovementAct, MovementEvent } from './movement.ts'
import type { Order, Target } from './order.ts'

// Orders of courts (5.3), and what becomes of acts that rest on what is quashed (5.2): each refusal whole, each event in full.

describe('an order from outside', () => {
  type Said = Partial<Extract<MovementAct, { kind: 'record-order' }>>
  const event: Target = { kind: 'event', event: '0/1' }
  const order = (known: Said = {}) =>
    ({
      kind: 'record-order',
      order: 'o1',
      from: 'court',
      does: 'quash',
      target: event,
      form: 'document',
      document: print(8),
      until: null,
      ...known,
    }) as const
  const record = (story: MovementStory, known: Said = {}, ...facts: readonly Fact[]) =>
    story.act(person(7), 'office registrar', start, order(known), ...(facts.length > 0 ? facts : [holds('registrar')]))

  it('is recorded by an officer, of those, doing what and with the evidence that the clause says', () => {
    const story = movementStory()
    expect(whyNot(record(story, { from: 'superior' }))).toBe('5.3@1: no-power ||')
    const fewer = changedText(lanternText, ['may: [stay, quash, restore, direct, forbid]', 'may: [stay]'])
    expect(whyNot(record(movementStory(fewer)))).toBe('5.3@1: no-power ||')
    expect(whyNot(record(story, { form: 'statement' }))).toBe('5.3@1: missing-fact ||')
    const lenient = changedText(lanternText, ['evidence: document\nmay: [stay', 'evidence: statement\nmay: [stay'])
    expect(whyNot(record(movementStory(lenient), { form: 'statement' }))).toBe('yes')
    expect(whyNot(record(story, { until: start }))).toBe(`5.3@1: too-late ${iso(start)}|${iso(start)}|`)
    expect(whyNot(record(story, { until: later(start, 1) }))).toBe('yes')
    expect(whyNot(record(story))).toBe('5.3@1: already-done ||')
    expect(whyNot(record(story, { order: 'o2', target: { kind: 'nobody' } as never }))).toBe('5.3@1: no-such-decision ||')
    expect(whyNot(story.act(person(7), 'body committee', start, order({ order: 'o3' }), holds('committee')))).toBe(
      '5.3@1: not-eligible ||',
    )
    expect(whyNot(record(story, { order: 'o3' }, holds('chair')))).toBe('5.3@1: not-eligible office registrar||')
    expect(whyNot(record(story, { order: 'o3' }, { ...holds('registrar'), value: false }))).toBe(
      '5.3@1: not-eligible office registrar||',
    )
    const held = storyAfter(lanternText, {
      kind: 'seat-filled',
      place: post('registrar'),
      person: person(7),
      how: 'appointed',
      until: null,
      leavesAt: null,
      terms: 1,
    })
    expect(whyNot(held.act(person(7), 'office registrar', start, order()))).toBe('yes')
    expect(whyNot(held.act(person(8), 'office registrar', start, order({ order: 'o2' })))).toBe(
      '5.3@1: not-eligible office registrar||',
    )
    expect(whyNot(held.act('rule', 'office registrar', start, order({ order: 'o2' })))).toBe(
      '5.3@1: not-eligible office registrar||',
    )
    const one = changedText(lanternText, ['recorded-by: any officer', 'recorded-by: office chair'])
    expect(whyNot(record(movementStory(one)))).toBe('5.3@1: not-eligible office chair||')
    expect(whyNot(movementStory(one).act(person(7), 'office chair', start, order(), holds('chair')))).toBe('yes')
  })

  it('by which it is forbidden, and what is directed, is said by the clause of the order', () => {
    const told = (known: Partial<Order>): MovementEvent => ({
      kind: 'order-recorded',
      order: 'o1',
      from: 'court',
      does: 'forbid',
      target: { kind: 'power', power: 'elect' },
      document: print(8),
      until: null,
      ...known,
    })
    const fill = {
      kind: 'fill-seat',
      place: seatIn('committee', 'ordinary', 1),
      person: person(1),
      how: 'appointed',
      under: own,
    } as const
    const elected = 'no-power power elect||, missing-fact body committee||'
    const ask = (...events: readonly MovementEvent[]) =>
      whyNot(storyAfter(lanternText, ...events).act('rule', 'rule', start, fill))
    expect(ask()).toBe(`3.1@1: ${elected}`)
    expect(ask(told({ does: 'direct' }))).toBe('yes')
    expect(ask(told({ does: 'direct' }), { ...told({ until: later(start, day) }), order: 'o2' } as MovementEvent)).toBe(
      `3.1@1: ${elected} / 3.1@1: stayed ${iso(later(start, day))}||`,
    )
    expect(ask(told({ does: 'direct' }), { ...told({}), order: 'o2' } as MovementEvent)).toBe(
      `3.1@1: ${elected} / 3.1@1: stayed ||`,
    )
    expect(whyNot(storyAfter(lanternText, told({ does: 'direct' })).act(person(3), 'body committee', start, fill))).toMatch(
      /^3\.1@1: no-power/,
    )
    expect(ask(told({ does: 'direct', target: { kind: 'power', power: 'spend' } }))).toBe(`3.1@1: ${elected}`)
  })

  it('is lifted once, by another document', () => {
    const story = movementStory()
    const lift = (id = 'o1') =>
      story.act(person(7), 'office registrar', start, { kind: 'lift-order', order: id, document: print(9) }, holds('registrar'))
    expect(whyNot(lift())).toBe('1@1: no-power power call-ballot||')
    did(record(story, { does: 'forbid', target: { kind: 'power', power: 'spend' } }))
    expect(whyNot(story.act(person(7), 'office registrar', start, { kind: 'lift-order', order: 'o1', document: print(9) }))).toBe(
      '5.3@1: not-eligible office registrar||',
    )
    expect(did(lift())).toEqual([{ kind: 'order-ended', order: 'o1', why: 'lifted' }])
    expect(story.events().at(-1)).toMatchObject({ relies: ['0/1'] })
    expect(whyNot(lift())).toBe('5.3@1: already-done ||')
  })

  it('ends a sanction that it quashes or undoes, and no other, and none that is over', () => {
    const s1: Target = { kind: 'sanction', sanction: 's1' }
    for (const [does, kinds] of [
      ['quash', ['order-recorded', 'sanction-ended']],
      ['restore', ['order-recorded', 'sanction-ended']],
      ['stay', ['order-recorded']],
      ['forbid', ['order-recorded']],
    ] as const)
      expect(did(record(storyAfter(lanternText, sanctioned), { does, target: s1 })).map((e) => e.kind)).toEqual(kinds)
    expect(did(record(storyAfter(lanternText, sanctioned), { does: 'quash', target: s1 })).at(-1)).toEqual({
      kind: 'sanction-ended',
      sanction: 's1',
      why: 'order',
    })
    const over: MovementEvent = { kind: 'sanction-ended', sanction: 's1', why: 'time' }
    expect(did(record(storyAfter(lanternText, sanctioned, over), { target: s1 }))).toHaveLength(1)
    expect(did(record(storyAfter(lanternText, sanctioned), { target: { kind: 'sanction', sanction: 's2' } }))).toHaveLength(1)
    expect(did(record(storyAfter(lanternText, sanctioned), { does: 'restore', target: event }))).toHaveLength(1)
  })

  it('ends a running decision that it quashes, and relies on the event it quashes', () => {
    const seven: Target = { kind: 'decision', decision: decisionWith().id }
    const ask = (does: Order['does'], known: object = {}) =>
      record(withDecisions(movementStory(), decisionWith(known)), { does, target: seven })
    const kinds = (answer: ReturnType<typeof ask>) => ('routes' in answer ? whyNot(answer) : answer.map((e) => e.kind))
    expect(kinds(ask('quash'))).toEqual(['movement', 'ended'])
    expect(kinds(ask('stay'))).toEqual(['movement'])
    expect(kinds(ask('restore'))).toEqual(['movement'])
    expect(kinds(ask('quash', { ended: { outcome: 'carried', at: start } }))).toEqual(['movement'])
    expect(kinds(ask('quash', { id: 8 }))).toEqual(['movement'])
    expect(ask('quash')).toMatchObject([{ relies: [] }, { id: '7/4', stage: '', outcome: 'fallen' }])
    expect(record(movementStory())).toMatchObject([{ relies: ['0/1'] }])
  })

  const validity =
    'defect-in: [appointment, expired term]\nacts-stand: until challenge upheld\non-quash: {later-acts: listed for review, rolls: stand, seats: next runner by countback}'
  const listed = (...ids: readonly string[]): Fact =>
    proven('relied-on', '0/1', Object.fromEntries(ids.map((id) => [id, 1])), start, 'order')
  const quash = (story: MovementStory, ...facts: readonly Fact[]) => record(story, {}, holds('registrar'), ...facts)
  const place = seatIn('committee', 'ordinary', 1)
  const seat = (until: typeof start | null = null): MovementEvent => ({
    kind: 'seat-filled',
    place,
    person: person(1),
    how: 'elected',
    until,
    leavesAt: null,
    terms: 1,
  })
  const meeting: MovementEvent = {
    kind: 'meeting-called',
    meeting: 'm1',
    body: 'committee',
    group: null,
    at: later(start, day),
    items: [],
    waitsUntil: null,
    second: null,
  }
  const rules = (words: string): string => changedText(lanternText, [validity, words])

  it('where no rule says whether acts stand, what rests on it is listed for review as far as it is known', () => {
    const silent = changedText(lanternText, [`### 5.2 Good faith\n\`\`\`rule\nkind: validity\n${validity}\n\`\`\`\n`, ''])
    expect(did(quash(storyAfter(silent, seat()), listed('0-2', '7-1')))).toEqual([
      { kind: 'order-recorded', order: 'o1', from: 'court', does: 'quash', target: event, document: print(8), until: null },
      { kind: 'review-listed', order: 'o1', events: ['0/2', '7/1'] },
      { kind: 'seat-left', place, person: person(1), why: 'quashed', fillBy: null },
    ])
    expect(did(quash(storyAfter(silent, seat()))).map((e) => e.kind)).toEqual(['order-recorded', 'seat-left'])
    expect(did(quash(storyAfter(silent, seat()), { ...listed('0-2'), evidence: null })).map((e) => e.kind)).toEqual([
      'order-recorded',
      'seat-left',
    ])
    expect(did(quash(storyAfter(silent), listed())).map((e) => e.kind)).toEqual(['order-recorded'])
  })

  it('acts stand under the defects that the clause lists: an appointment, a term that had run out, a notice', () => {
    const stands = (defects: string) => rules(`defect-in: [${defects}]\nacts-stand: always`)
    const missing = '5.3@1: missing-fact by 5.2@1 stage order||'
    const ask = (words: string, ...events: readonly MovementEvent[]) => whyNot(quash(storyAfter(words, ...events)))
    expect(ask(stands('appointment'), seat())).toBe('yes')
    expect(ask(stands('appointment'), seat(later(start, 1)))).toBe('yes')
    expect(ask(stands('appointment'), seat(start))).toBe(missing)
    expect(ask(stands('expired term'), seat(start))).toBe('yes')
    expect(ask(stands('expired term'), seat())).toBe(missing)
    expect(ask(stands('notice'), meeting)).toBe('yes')
    expect(ask(stands('appointment'), meeting)).toBe(missing)
    expect(ask(stands('appointment'))).toBe('yes')
    expect(ask(rules('defect-in: [appointment]\nacts-stand: until challenge upheld'), seat())).toBe('yes')
    expect(ask(rules('defect-in: [appointment]\nacts-stand: never'), seat())).toBe(missing)
  })

  it('what falls: seats that rest on it are left, sanctions and lent powers end, decisions fall, each once', () => {
    const falls = rules(validity.replace('listed for review', 'fall').replace('next runner by countback', 'by-election'))
    const second = seatIn('committee', 'ordinary', 2)
    const lent: MovementEvent = {
      kind: 'delegated',
      delegation: 'd1',
      power: 'admit',
      from: 'office registrar',
      to: 'office chair',
      until: later(start, 30 * day),
    }
    const before = [seat(), { ...seat(), place: second, person: person(2) } as MovementEvent, sanctioned, lent] as const
    const story = withDecisions(storyAfter(falls, ...before), decisionWith())
    const fillBy = at('2026-05-30 12:00')
    const answer = quash(story, listed('0-2', '0-3', '0-4', '7-1', '7-2', '9-1'))
    expect(did(answer).slice(1)).toEqual([
      { kind: 'seat-left', place, person: person(1), why: 'quashed', fillBy },
      { kind: 'seat-left', place: second, person: person(2), why: 'quashed', fillBy },
      { kind: 'sanction-ended', sanction: 's1', why: 'order' },
      { kind: 'delegation-ended', delegation: 'd1', why: 'taken back' },
    ])
    expect(story.events().at(-1)).toMatchObject({ decision: 7, id: '7/4', stage: '', kind: 'ended', outcome: 'fallen' })
    expect(story.events().filter((e) => e.kind === 'ended')).toHaveLength(1)
    const over = [
      { kind: 'sanction-ended', sanction: 's1', why: 'time' },
      { kind: 'delegation-ended', delegation: 'd1', why: 'time' },
    ] as const
    const done = withDecisions(storyAfter(falls, ...before, ...over), decisionWith({ ended: { at: start, outcome: 'carried' } }))
    expect(did(quash(done, listed('0-3', '0-4', '7-1'))).map((e) => e.kind)).toEqual(['order-recorded', 'seat-left'])
    const stay = rules(validity.replace('listed for review', 'fall').replace('next runner by countback', 'empty'))
    expect(did(quash(storyAfter(stay, ...before), listed('0-2'))).slice(1)).toMatchObject([
      { person: person(1), fillBy: null },
      { person: person(2), fillBy: null },
    ])
  })

  it('a ballot on a roll to be drawn again is held again: its last round, once, where it has a roll', () => {
    const again = changedText(rules(validity.replace('rolls: stand', 'rolls: drawn again')), [
      ', change to a roll after freeze]',
      ']',
    ])
    const marks = (known: object = {}) => ({ roll: null, box: {}, challenges: [], ...known })
    const roll = { at: start, size: 9, root: 'ab', electorate: 'members' }
    const ask = (stages: object, known: object = {}) => {
      const story = withDecisions(
        storyAfter(again, seat()),
        decisionWith({ procedure: 'policy', noticedUnder: 1, stages, ...known }),
      )
      const answer = quash(story, listed('7-1'))
      return 'routes' in answer ? whyNot(answer) : answer.flatMap((e) => (e.kind === 'movement' ? [] : [`${e.stage} ${e.kind}`]))
    }
    // Where rolls stand, they do, whether or not a limit says so too.
    const standing = changedText(lanternText, [', change to a roll after freeze]', ']'])
    expect(did(quash(storyAfter(standing, seat()))).map((e) => e.kind)).toEqual(['order-recorded', 'seat-left'])
    expect(whyNot(quash(storyAfter(again, seat())))).toBe('5.3@1: missing-fact by 5.2@1 stage order||')
    expect(ask({ freeze: marks({ roll }) })).toEqual(['ballot re-run-ordered'])
    expect(ask({ freeze: marks({ roll }), [keyOf('freeze', 2)]: marks({ roll }) })).toEqual([
      `${keyOf('ballot', 2)} re-run-ordered`,
    ])
    expect(ask({ freeze: marks() })).toEqual([])
    expect(ask({ freeze: marks({ roll }), ballot: marks({ doubtAt: start }) })).toEqual([])
    expect(ask({ freeze: marks({ roll }) }, { procedure: 'nowhere' })).toEqual([])
  })
})
