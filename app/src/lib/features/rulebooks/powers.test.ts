import { powerNames, parseRulebook, type EditionNumber } from '@quorate/rulebook'
import { assert } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import lantern from '../../../../../rulebooks/lantern.md?raw'
import { powersView } from './powers-page.ts'
import { powersHeld } from './powers.ts'

const parsed = parseRulebook(lantern, 1 as EditionNumber)
assert(parsed.kind === 'ok', 'Lantern parses')
const rulebook = parsed.value
const held = powersHeld(rulebook)
const of = (power: string) => held.find((one) => one.power === power)?.ways ?? []

describe('who holds which power', () => {
  test('the whole catalogue, each power once', () => {
    expect(held.map(({ power }) => power).toSorted()).toEqual([...powerNames].toSorted())
  })
  test('a procedure: everybody’s part in it, in the order of its stages', () => {
    const [way] = of('amend-rulebook')
    expect(way).toMatchObject({ by: 'procedure', clause: '4.1', procedure: 'amend' })
    expect(way?.parts.map(({ role, holder }) => `${role} ${holder.kind} ${holder.id}`)).toEqual([
      'begins electorate members',
      'signs electorate members',
      'checks office returning-officer',
      'votes electorate members',
      'certifies office returning-officer',
      'challenges electorate members',
      'judges body panel',
    ])
  })
  test('a holder decides alone', () => {
    expect(of('spend')).toEqual([
      {
        by: 'own decision',
        clause: '7.5',
        procedure: null,
        parts: [{ role: 'alone', holder: { kind: 'body', id: 'committee' }, clause: '7.5' }],
      },
    ])
  })
  test('what rules about bodies and offices lay down counts: electing, recalling, calling a meeting, an emergency', () => {
    expect(of('elect').map(({ clause }) => clause)).toEqual(expect.arrayContaining(['3.1', '3.4']))
    expect(of('recall').map(({ clause }) => clause)).toContain('3.5')
    expect(of('call-meeting').flatMap(({ parts }) => parts.map(({ holder }) => holder.id))).toContain('chair')
    expect(of('postpone')[0]?.clause).toBe('5.4')
  })
  test('nobody closes the movement', () => {
    expect(of('dissolve')).toEqual([])
  })
})

describe('the matrix in words', () => {
  test.each(['en', 'cy'] as const)('each row is as long as there are holders, and says what the ways say (%s)', (locale) => {
    const view = powersView(rulebook, locale)
    for (const { cells, ways } of view.powers) {
      expect(cells.length).toBe(view.holders.length)
      expect(cells.filter((cell) => cell.length > 0).length).toBe(new Set(ways.flatMap((way) => way.parts.map(({ who }) => who))).size)
    }
  })
  test('English', () => {
    const view = powersView(rulebook, 'en')
    const amend = view.powers.find(({ power }) => power === 'amend-rulebook')
    expect(amend?.name).toBe('Changing the rules')
    expect(amend?.ways[0]?.parts[0]).toEqual({ who: 'All members', does: 'proposal, signatures, vote and challenge' })
    expect(view.holders.at(-1)).toMatch(/members|secretaries/)
    expect(view.nobody).toContain('Closing the movement')
  })
})
