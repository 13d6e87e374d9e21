import { assert, instantOf, parseCivilDate, parseZone, type Instant } from '@quorate/kernel'
import {
  emptyState,
  evolve,
  parseRulebook,
  type DecisionId,
  type EditionNumber,
  type Editions,
  type Event,
  type EventBody,
  type Rulebook,
} from '@quorate/rulebook'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  endedText,
  headingOf,
  pageVoice,
  procedureInput,
  resultView,
  supportOf,
  tagsOf,
  underWayView,
  votingOf,
} from './decision-view.ts'
import type { Decision } from './decisions.ts'
import { procedureSteps } from './procedure-view.ts'
import type { Voice } from './refusal-view.ts'

const text = readFileSync(new URL('../../../../../rulebooks/lantern.md', import.meta.url), 'utf8')
const read = parseRulebook(text, 1 as EditionNumber) // the first there is
assert(read.kind === 'ok', 'the demonstration rulebook parses')
const rulebook: Rulebook = read.value
const editions: Editions = { byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }
const zone = parseZone('Europe/London')
assert(zone.kind === 'ok', 'London has a zone')
const voice: Voice = { locale: 'en', zone: zone.value, rulebook }
const welsh: Voice = { ...voice, locale: 'cy' }

const at = (date: string, hour = 12): Instant => {
  const day = parseCivilDate(date)
  assert(day.kind === 'ok', date)
  return instantOf({ date: day.value, hour, minute: 0, second: 0 }, voice.zone)
}
const id = 12 as DecisionId // a number of ours
const print = 'ab'.repeat(32)

/** What has happened so far: each event in its stage, one after another. */
function story(...told: readonly (readonly [stage: string, when: Instant, body: EventBody])[]) {
  const events = told.map(([stage, when, body], i): Event => {
    const head = { id: `12/${String(i + 1)}`, decision: id, edition: rulebook.edition, clause: '4.2@1', stage, deemed: false }
    return { ...head, by: i.toString(16).padStart(32, '0'), occurredAt: when, recordedAt: when, ...body } as unknown as Event // branded texts
  })
  const own = events.reduce(evolve, emptyState).decisions[id]
  assert(own !== undefined, 'the story begins with a proposal')
  return own
}
const proposedAt = at('2026-11-26', 20)
const proposed = [
  'propose',
  proposedAt,
  { kind: 'proposed', power: 'amend-rulebook', procedure: 'amend', document: print, changes: [] } as unknown as EventBody,
] as const
const signatures = (n: number) => Array.from({ length: n }, () => ['support', proposedAt, { kind: 'signed' }] as const)
const supported = [...signatures(60), ['support', proposedAt, { kind: 'supported', signers: 60 }] as const]
const checked = ['check', at('2026-11-27', 9), { kind: 'checked', outcome: 'passed', ground: null }] as const
const noticed = [
  'notify',
  at('2026-11-27', 9),
  { kind: 'noticed', served: 1020, of: 1035, receivedAt: at('2026-11-27', 9) },
] as const
const frozen = ['freeze', at('2026-12-12', 0), { kind: 'frozen', size: 1035, root: print, electorate: 'members' }] as const
const scheduled = [
  'ballot',
  at('2026-12-12', 9),
  { kind: 'scheduled', opensAt: at('2026-12-13'), closesAt: at('2026-12-20') },
] as const
const opened = [
  'ballot',
  at('2026-12-13'),
  { kind: 'opened', setup: print, closesAt: at('2026-12-20') } as unknown as EventBody,
] as const
const casts = Array.from(
  { length: 420 },
  () => ['ballot', at('2026-12-14'), { kind: 'cast', ballot: print } as unknown as EventBody] as const,
)
const closed = ['ballot', at('2026-12-20'), { kind: 'closed' }] as const
const declared = [
  'ballot',
  at('2026-12-21'),
  { kind: 'declared', outcome: 'carried', tally: { for: 300, against: 120, blank: 0, cast: 420 } },
] as const

const row = (own: ReturnType<typeof story>): Decision => ({
  id,
  power: 'amend-rulebook',
  title: 'Three weeks',
  attempt: false,
  document: null,
  state: own,
  proposedAt,
  endedAt: null,
  outcome: null,
})
const inputOf = (own: ReturnType<typeof story>, now: Instant) =>
  procedureInput(editions, own, now, { proposer: 'Nia Morgan', electionFacts: null })
const line = (own: ReturnType<typeof story>, now: Instant, said = voice) =>
  Object.fromEntries(procedureSteps(inputOf(own, now), said).map((step) => [step.id, step]))

describe('a ballot that too few voted in', () => {
  const fallen = (cast: number, inFavour: number): EventBody => ({
    kind: 'declared',
    outcome: 'fallen',
    tally: { for: inFavour, against: cast === 0 ? 0 : inFavour, blank: 0, cast },
  })
  const after = (said: EventBody) =>
    story(proposed, ...supported, checked, noticed, frozen, scheduled, opened, closed, ['ballot', at('2026-12-21'), said])

  test('is told as a box that is never opened, and shows no share of no votes', () => {
    const own = after(fallen(3, 0))
    const result = resultView(own, 'en')
    expect(result?.sentence).toBe(
      'It fell: 3 people voted. With fewer than 5 votes the box is never opened, so that no one’s vote can be guessed.',
    )
    expect(result?.shares).toHaveLength(1)
    expect(line(own, at('2026-12-22'))['ballot']?.text).toBe(
      '3 of 1,035 on the roll voted. With fewer than 5 votes the box is never opened.',
    )
    expect(endedText(row(own), voice)).toBe('3 votes, too few to open the box')
    expect(endedText(row(after(fallen(0, 0))), voice)).toBe('Nobody voted')
    expect(resultView(own, 'cy')?.sentence).toContain('bleidleisiodd: 3.')
  })

  test('is not what is said of one whose votes are level: nobody is waited for there', () => {
    const own = story(proposed, ...supported, checked, noticed, frozen, scheduled, opened, closed)
    const electionFacts = { rollSize: 1_035, voted: 420, level: true }
    const said = (facts: typeof electionFacts) =>
      procedureSteps({ ...inputOf(own, at('2026-12-22')), electionFacts: facts }, voice).find((step) => step.id === 'ballot')
        ?.text
    expect(said(electionFacts)).toContain('The votes are level')
    expect(said({ ...electionFacts, level: false })).toContain('The trustees open the box')
  })

  test('and not of a box that was opened, however few were in it', () => {
    const own = after(fallen(4, 2))
    expect(resultView(own, 'en')?.sentence).toBe('It fell: 2 for, 2 against, of 4 votes.')
    expect(endedText(row(own), voice)).toBe('2 for, 2 against, of 4 votes')
  })
})

describe('the procedure line', () => {
  test('of a new proposal: who, how many are missing until when, and every date ahead with its rule', () => {
    const own = story(proposed, ...signatures(12))
    const now = at('2026-11-28')
    const steps = line(own, now)
    expect(steps['propose']).toMatchObject({ state: 'done', text: 'By Nia Morgan.', clause: '4.2@1' })
    expect(steps['support']).toMatchObject({
      state: 'now',
      title: 'Support of 60 people',
      text: '12 of 60 people have signed. 48 more are needed.',
      when: 'until 8pm, Thu 24 Dec',
    })
    expect(steps['notify']).toMatchObject({
      state: 'next',
      text: expect.stringContaining('at least 14 clear days before voting') as unknown,
    })
    expect(steps['ballot']?.text).toContain(
      'Needs at least two thirds of votes for and against in favour and at least 15% of everyone on the roll voting.',
    )
    // If the other 48 signed today: 14 clear days from today, 7 days of voting, 7 to challenge it.
    expect(steps['enact']).toMatchObject({ state: 'next', when: 'Sun 27 Dec at the earliest' })
    expect(steps['support']?.why).toMatchObject({
      quote: expect.stringContaining('At least 60 people among the members must sign it within 28 days') as unknown,
      title: 'Rule 4.2',
      cite: 'Rulebook edition 1. It changes only through rule 4.2.',
    })
  })

  test('after notice: what was sent to how many, and what must pass', () => {
    const steps = line(story(proposed, ...supported, checked, noticed), at('2026-11-30'))
    expect(steps['support']).toMatchObject({ state: 'done', met: 'Met:' })
    expect(steps['check']).toMatchObject({ state: 'done', text: 'Nothing stands against it.' })
    expect(steps['notify']).toMatchObject({
      state: 'now',
      text: 'Sent to 1,020 of 1,035 members, with the full text. 14 clear days must pass before voting.',
      when: 'before Sat 12 Dec',
    })
  })

  test('of a ballot ahead, open, closed and counted: times and figures, each with its base', () => {
    const ahead = [proposed, ...supported, checked, noticed, frozen] as const
    expect(line(story(...ahead), at('2026-12-12', 10))['ballot']?.text).toContain(
      'The returning officer sets the day. If nobody does, it opens at 12:00 on day 8.',
    )
    const set = line(story(...ahead, scheduled), at('2026-12-12', 10))['ballot']
    expect(set).toMatchObject({ when: 'Sun 13 Dec to Sun 20 Dec' })
    expect(set?.text).toContain('Voting opens noon, Sunday 13 December and closes noon, Sunday 20 December.')
    const open = story(...ahead, scheduled, opened, ...casts)
    expect(line(open, at('2026-12-15'))['ballot']?.text).toBe(
      'Voting closes noon, Sunday 20 December. 420 of 1,035 on the roll have voted.',
    )
    const shut = story(...ahead, scheduled, opened, ...casts, closed)
    expect(line(shut, at('2026-12-20', 13))['ballot']?.text).toBe('420 of 1,035 on the roll voted. The trustees open the box.')
    const counted = line(story(...ahead, scheduled, opened, ...casts, closed, declared), at('2026-12-21', 13))
    expect(counted['ballot']).toMatchObject({
      state: 'done',
      met: 'Met:',
      text: '300 for and 120 against, of 420 votes. 1,035 were on the roll.',
    })
    expect(counted['certify']).toMatchObject({
      state: 'now',
      text: '0 of 2 officers have certified. A second officer must agree.',
    })
  })

  test('says all of it in Welsh too', () => {
    const own = story(proposed, ...supported, checked, noticed, frozen, scheduled, opened, ...casts, closed, declared)
    const [english, cymraeg] = [line(own, at('2026-12-21', 13)), line(own, at('2026-12-21', 13), welsh)]
    expect(Object.keys(cymraeg)).toEqual(Object.keys(english))
    for (const [stage, step] of Object.entries(cymraeg)) {
      expect(step.title, stage).not.toBe(english[stage]?.title)
      expect(step.text, stage).not.toBe(english[stage]?.text)
      expect(step.text).not.toMatch(/[{}]|undefined/)
    }
  })
})

describe('a decision in lists', () => {
  test('gathering support: the runway shows the signatures, the line the figure', () => {
    const own = story(proposed, ...signatures(12))
    const now = at('2026-11-28')
    expect(underWayView(row(own), inputOf(own, now), now, voice)).toEqual({
      href: '/d/12',
      title: 'Motion 12: Three weeks',
      runway: { stages: 10, at: 1, percent: 20, label: 'Stage 2 of 10: Gathering support' },
      stage: 'Gathering support',
      until: ', until Thursday 24 December',
      note: '12 of 60 signed',
    })
    expect(supportOf(inputOf(own, now))).toEqual({ have: 12, need: 60 })
    expect(tagsOf(row(own), inputOf(own, now), now, voice)[0]).toEqual({ kind: 'now', text: 'Gathering support, 26 days left' })
  })
  test('a ballot ahead counts no days down; an open one does', () => {
    const ahead = story(proposed, ...supported, checked, noticed, frozen)
    const before = at('2026-12-12', 10)
    expect(tagsOf(row(ahead), inputOf(ahead, before), before, voice)[0]?.text).toBe('Ballot ahead')
    const open = story(proposed, ...supported, checked, noticed, frozen, scheduled, opened, ...casts)
    const during = at('2026-12-15')
    expect(tagsOf(row(open), inputOf(open, during), during, voice)[0]?.text).toBe('Ballot open, 5 days left')
    expect(underWayView(row(open), inputOf(open, during), during, voice)?.note).toBe('420 of 1,035 have voted')
    expect(votingOf(inputOf(open, during))).toEqual({ voted: 420, of: 1035 })
  })
  test('an attempt is called one', () => {
    expect(headingOf({ id, title: 'X', attempt: true }, pageVoice('en'))).toBe('Attempt 12: X')
  })
})

test('a result gives each share with its count and base', () => {
  const own = story(proposed, ...supported, checked, noticed, frozen, scheduled, opened, ...casts, closed, declared)
  expect(resultView(own, 'en')).toEqual({
    carried: true,
    sentence: 'Carried: 300 for, 120 against, of 420 votes.',
    shares: ['71.4% of 420 votes for and against were in favour.', '420 of 1,035 on the roll voted, 40.5%.'],
  })
  expect(resultView(story(proposed), 'en')).toBeNull()
})
