import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../test/every-act.ts'
import { at, fact, later, print } from '../test/lantern.ts'
import { endOf, minute, rulebookWith, text, told, untilOpen, boxOf, type Told } from '../test/procedures.ts'

everyActWithOneThingWrong()

// The 2017 ladder with 40,000 members: a petition, a committee that sits on it, and a ballot it forces; 30% read as turnout, or as support.
const from = at('2026-03-02 10:00')
const day = 24 * 60 * minute
const ladder = (lapsed: string, pass: string) =>
  rulebookWith('adopt-policy', [
    'propose: {by: electorate members}',
    `petition: {do: support, signers: electorate members, need: at least 5% of electorate members at propose, window: 60 days, lapsed: ${lapsed}, withdraw: until met}`,
    'consider: {body: committee, within: 3 months, timeout: refused, outcomes: {agreed: notify, refused: notify}}',
    'notify: {to: electorate members, clear: 7 clear days}',
    'freeze: {electorate: members, at: notify}',
    `ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 14 days, pass: [${pass}], tie: carried}`,
    'enact: {effect: adopt-policy, at: end of ballot}',
  ])
const turnout = 'yes at least 1/2 of votes-cast, turnout at least 30% of roll'
const support = 'yes at least 1/2 of votes-cast, yes at least 30% of roll'

/** 2,000 sign, `gone` of them have left by the time the last does. */
function petition(lapsed: string, pass: string, gone: number): { readonly t: Told; readonly last: readonly string[] } {
  const t = told(ladder(lapsed, pass), from)
  t.member(1, text('adopt-policy'))
  const members = t.state('electorate-size', 40_000, 'members')
  t.wait(day)
  for (let n = 1; n < 2000; n++) t.member(n, { kind: 'sign' }, members)
  const last = t.member(2000, { kind: 'sign' }, members, fact('signers', 'members', 1999 - gone, t.now()))
  return { t, last }
}

function forced(pass: string): Told {
  const { t, last } = petition('count', pass, 200)
  expect(last).toEqual(['signed', 'supported'])
  const supportedAt = t.now()
  const deemedAt = at('2026-06-03 10:00')
  // The committee sits on it for three months, which is 92 days here; silence is refusal, and refusal forces the ballot.
  expect((deemedAt - supportedAt) / day).toBeCloseTo(92, 1)
  t.to(later(deemedAt, -1))
  expect(t.story.state().decisions[1]?.stages['consider']).toBeUndefined()
  t.to(deemedAt)
  expect(t.rule({ kind: 'tick' })).toEqual(['considered'])
  expect(t.story.events().at(-1)).toMatchObject({ outcome: 'refused', deemed: true, occurredAt: deemedAt })
  untilOpen(t, 40_000)
  for (let n = 1; n <= 12_100; n++) t.member(n, { kind: 'cast', ballot: print(n) })
  t.to(boxOf(t).closesAt ?? t.now())
  t.rule({ kind: 'declare' }, t.state('tally', { for: 6051, against: 6049, blank: 0, cast: 12_100, valid: 12_100 }))
  return t
}

describe('a petition of 2,000 that a committee sits on for 92 days', () => {
  it('counts the 200 who have left since where the rule says so, and waits for 200 more where it does not', () => {
    expect(petition('count', turnout, 200).last).toEqual(['signed', 'supported'])
    const { t, last } = petition('do not count', turnout, 200)
    expect(last).toEqual(['signed'])
    const members = t.state('electorate-size', 40_000, 'members')
    const more = (n: number) => t.member(2000 + n, { kind: 'sign' }, members, fact('signers', 'members', 1799 + n, t.now()))
    for (let n = 1; n < 200; n++) expect(more(n)).toEqual(['signed'])
    expect(more(200)).toEqual(['signed', 'supported'])
  }, 60_000)

  it('goes to the ballot by default; 12,100 vote and 6,051 are for it: carried where 30% is turnout, lost where it is support', () => {
    // 30% of 40,000 is 12,000: 12,100 voted, and 6,051 said yes.
    const byTurnout = forced(turnout)
    expect(boxOf(byTurnout).result?.outcome).toBe('carried')
    expect(byTurnout.rule({ kind: 'enact', text: print(1) })).toEqual(['enacted', 'ended'])
    const bySupport = forced(support)
    expect(boxOf(bySupport).result?.outcome).toBe('fallen')
    expect(endOf(bySupport)).toBe('fallen')
  }, 60_000)
})
