import { describe, expect, it } from 'vitest'
import { day, fact, isRefusal, later, print } from '../../test/lantern.ts'
import { ballotAndEnd, begin, boxOf, castBy, monday } from '../../test/procedures.ts'
import type { ActBody } from '../index.ts'

// `notice`, `freeze`, `open` and `close` are instants of the decision whatever its stages are called; before they have happened nothing is dated by them.

const enacted: ActBody = { kind: 'enact', text: print(1) }
const renamed = (at: string): readonly string[] => [
  'propose: {by: electorate members}',
  ...ballotAndEnd('adopt-policy')
    .slice(0, 3)
    .map((s) =>
      s
        .replace('notify: {', 'tell: {do: notify, ')
        .replace('freeze: {', 'list: {do: freeze, ')
        .replace('at: notify', 'at: tell')
        .replace('ballot: {roll: freeze', 'vote: {do: ballot, roll: list'),
    ),
  `enact: {effect: adopt-policy, at: ${at}}`,
]

describe('an instant by its word', () => {
  /** How long after the proposal it takes effect, in days; the notice goes at once, the roll is drawn on the eighth day, the box is open for five. */
  const effect = (at: string): number => {
    const t = begin(...renamed(at))
    const servedAt = t.now()
    t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
    t.wait(8 * day)
    t.rule({ kind: 'freeze' }, { ...fact('roll', 'members', { size: 100, root: print(9) }, servedAt, 'roll'), knownAt: t.now() })
    t.wait(day)
    t.officer({ kind: 'schedule', opensAt: later(t.now(), day) })
    t.wait(2 * day)
    t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7) }))
    castBy(t, 1, 3)
    t.to(boxOf(t, 'vote').closesAt ?? monday)
    t.rule({ kind: 'declare' }, t.state('tally', { for: 2, against: 1, blank: 0, cast: 3, valid: 3 }))
    const early = t.by(0, 'rule', enacted)
    const required = isRefusal(early) ? early.routes[0].reasons[0].required : null
    return required?.unit === 'instant' ? (required.at - monday) / day : 0
  }

  it('is that of the notice, of the roll, of the opening and of the close', () => {
    expect(effect('20 days after propose')).toBe(20)
    expect(effect('20 days after notice')).toBe(20)
    expect(effect('20 days after freeze')).toBe(28)
    // Opened a day late: what counts is when it opened.
    expect(effect('20 days after open')).toBe(31)
    expect(effect('20 days after close')).toBe(36)
    expect(effect('20 days after list')).toBe(28)
  })

  it('that has not come yet dates nothing', () => {
    for (const word of ['notice', 'freeze', 'open', 'close']) {
      const t = begin(...renamed(`20 days after ${word}`))
      const early = t.by(0, 'rule', enacted)
      expect(isRefusal(early) && early.routes[0].reasons[0].code).toBe('too-early')
    }
  })
})
