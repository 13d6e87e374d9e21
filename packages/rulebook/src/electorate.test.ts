import { describe, expect, it } from 'vitest'
import type { CivilDate } from '@quorate/kernel'
import { rulebookOf } from '../test/blocks.ts'
import { at, lantern, later, parsed } from '../test/lantern.ts'
import { isEligible, type PersonFacts } from './index.ts'

const date = (text: string): CivilDate => text as CivilDate
const nia: PersonFacts = {
  standing: 'active',
  classes: ['member'],
  birthDate: date('1990-05-01'),
  joinedOn: date('2025-01-01'),
  paidUntil: null,
  attributes: {},
  groups: [],
  seats: [],
  offices: [],
}
const anchors = { cutOff: at('2026-03-11 09:00'), now: at('2026-03-11 09:00') }
const votes = (person: Partial<PersonFacts>, when = anchors) => isEligible(lantern, 'members', { ...nia, ...person }, when)

describe('Lantern’s members', () => {
  it('are active members of 14 who joined 28 days before the cut-off, with every condition shown', () => {
    expect(votes({})).toEqual({
      eligible: true,
      clause: '2.2@1',
      because: [
        { clause: '2.2@1', condition: 'standing active', holds: true },
        { clause: '2.2@1', condition: 'class member', holds: true },
        { clause: '2.2@1', condition: 'age at least 14', holds: true },
        { clause: '2.2@1', condition: 'joined by 28 days before cut-off', holds: true },
      ],
    })
    expect(votes({ standing: 'lapsed', classes: [] })?.because.map((g) => g.holds)).toEqual([false, false, true, true])
  })

  it('count civil days, the day itself being day 0: 28 days before 11 March is 11 February', () => {
    expect(votes({ joinedOn: date('2026-02-11') })?.eligible).toBe(true)
    expect(votes({ joinedOn: date('2026-02-12') })?.eligible).toBe(false)
    expect(votes({ joinedOn: null })?.eligible).toBe(false)
    // 00:30 in Cardiff on 12 May is still the 11th in Greenwich: the civil day is Cardiff’s.
    expect(
      votes({ joinedOn: date('2026-04-14') }, { cutOff: at('2026-05-12 00:30'), now: at('2026-05-12 00:30') })?.eligible,
    ).toBe(true)
  })

  it('come of age on their birthday, those born on a leap day on the last of February', () => {
    const on = (text: string) => ({ cutOff: at(text), now: at(text) })
    const born = (birth: string, text: string) => votes({ birthDate: date(birth) }, on(text))?.eligible
    expect(born('2012-03-11', '2026-03-11 00:00')).toBe(true)
    expect(born('2012-03-12', '2026-03-11 23:59')).toBe(false)
    expect(born('2012-02-29', '2026-02-27 12:00')).toBe(false)
    expect(born('2012-02-29', '2026-02-28 00:00')).toBe(true)
    expect(votes({ birthDate: null })?.eligible).toBe(false)
  })

  it('are unknown where the rulebook has no such electorate', () => {
    expect(isEligible(lantern, 'senators', nia, anchors)).toBeNull()
  })

  it('include secretaries by office', () => {
    expect(isEligible(lantern, 'group-secretaries', { ...nia, offices: ['group-secretary'] }, anchors)?.eligible).toBe(true)
    expect(isEligible(lantern, 'group-secretaries', nia, anchors)?.eligible).toBe(false)
  })
})

describe('every condition of the grammar', () => {
  const judge = (
    who: string,
    person: Partial<PersonFacts> = {},
    more: Partial<Parameters<typeof isEligible>[3]> = {},
  ): boolean => {
    const book = parsed(
      rulebookOf(
        `kind: electorate\nid: e\nwho: ${who}\ncut-off: notice\nlate-evidence: none`,
        'kind: electorate\nid: other\nwho: class guest\ncut-off: notice\nlate-evidence: none',
        'kind: electorate\nid: loop\nwho: electorate loop or class guest\ncut-off: notice\nlate-evidence: none',
      ),
    )
    return isEligible(book, 'e', { ...nia, ...person }, { ...anchors, ...more })?.eligible ?? false
  }
  it.each<[string, Partial<PersonFacts>, boolean, Partial<Parameters<typeof isEligible>[3]>?]>([
    ['not standing active', {}, false],
    ['not (standing lapsed or class guest)', {}, true],
    ['standing lapsed or class member', {}, true],
    ['age under 36', {}, true],
    ['age under 35', {}, false],
    ['attribute party member', { attributes: { party: { value: 'member', shownOn: date('2020-01-01') } } }, true],
    ['attribute party member', { attributes: { party: { value: 'expelled', shownOn: date('2020-01-01') } } }, false],
    ['attribute party member within 90 days', { attributes: { party: { value: 'member', shownOn: date('2025-12-11') } } }, true],
    ['attribute party member within 90 days', { attributes: { party: { value: 'member', shownOn: date('2025-12-10') } } }, false],
    ['attribute constructor member', {}, false],
    ['paid by 2026-03-01', { paidUntil: date('2026-03-01') }, true],
    ['paid by 2026-03-01', { paidUntil: date('2026-02-28') }, false],
    ['joined by 2025-01-01', {}, true],
    ['joined by end of day 435 days before cut-off', {}, false],
    ['joined by end of day 434 days before cut-off', {}, true],
    ['before 2026-03-11 09:00', {}, false],
    ['after 2026-03-11 09:00', {}, true],
    ['before 2026-03-11 09:00', {}, true, { now: later(anchors.now, -1) }],
    ['before freeze', {}, false],
    ['before freeze', {}, true, { at: { freeze: at('2026-04-01') } }],
    ['after 2 days after freeze', {}, true, { at: { freeze: at('2026-03-09 09:00') } }],
    ['in local', { groups: ['local'] }, true],
    ['in this group', { groups: ['local'] }, false],
    ['in this group', { groups: ['local'] }, true, { group: 'local' }],
    ['seat on panel', { seats: ['panel'] }, true],
    ['office chair', {}, false],
    ['electorate other', { classes: ['guest'] }, true],
    ['electorate nowhere', {}, false],
    ['electorate loop', { classes: ['guest'] }, true],
    ['electorate e', {}, false],
  ])('%s of %j is %s', (who, person, expected, more) => {
    expect(judge(who, person, more)).toBe(expected)
  })
})
