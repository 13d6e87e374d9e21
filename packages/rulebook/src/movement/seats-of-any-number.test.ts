import { expect, it } from 'vitest'
import { at, edition, lanternText, parsed, person } from '../../test/lantern.ts'
import { changedText, post } from '../../test/movement.ts'
import { emptyMovement } from './movement.ts'
import { evolveSeats } from './seat.ts'
import { numbered, officeHeld } from './sitting.ts'

const when = at('2026-03-01 12:00')
const head = { id: '0/1', clause: '3.4@1', edition: edition(1), at: when, by: 'rule' } as const

it.each([2, 100, 101, 999_999_999])('an office of %d holders is looked up at once, and by what is known of it', (holders) => {
  const rules = parsed(changedText(lanternText, ['holders: 2', `holders: ${holders}`]))
  const id =
    rules.provisions.flatMap(({ rule }) => (rule.kind === 'office' && rule.holders === holders ? [rule.id] : []))[0] ?? ''
  const began = [2, 1, 999].map((number) => ({ kind: 'acting-began', place: post(id, number), person: person(number) }) as const)
  const elsewhere = { kind: 'acting-began', place: post('elsewhere'), person: person(1) } as const
  const seats = [...began, elsewhere].reduce((known, event) => evolveSeats(known, event, head), emptyMovement.seats)
  const movement = { ...emptyMovement, seats }
  expect(officeHeld(rules, movement, id, null, person(2), when)).toEqual(['0/1'])
  expect(officeHeld(rules, movement, id, null, person(999), when)).toEqual(holders >= 999 ? ['0/1'] : [])
  const known = numbered(movement, { of: 'office', id, group: null, seat: '' }, holders)
  expect(known.map(({ place }) => place.number)).toEqual(holders >= 999 ? [1, 2, 999] : [1, 2])
  expect(numbered(movement, { of: 'office', id, group: null, seat: 'other' }, holders)).toEqual([])
})
