import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countedOnly, includesPerson, nobody, peopleChanged, peopleIn, withoutPerson, withPerson } from './people-set.ts'

// Few digits, so that people share long beginnings and leaves split.
const person = fc.array(fc.constantFrom('0', '1', 'a', 'f'), { minLength: 6, maxLength: 6 }).map((digits) => digits.join(''))
const steps = fc.array(fc.record({ who: person, join: fc.boolean() }), { maxLength: 120 })

describe('a set of people', () => {
  test('holds what a set holds, and tells what changed between two of its states', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 80 }), steps, (first, then) => {
        const before = peopleIn(first)
        const known = new Set(first)
        let after = before
        for (const { who, join } of then) {
          after = join ? withPerson(after, who) : withoutPerson(after, who)
          if (join) known.add(who)
          else known.delete(who)
        }
        expect(after.size).toBe(known.size)
        for (const who of known) expect(includesPerson(after, who)).toBe(true)
        const { joined, left } = peopleChanged(before, after)
        expect(joined.toSorted()).toEqual([...known].filter((who) => !first.includes(who)).toSorted())
        expect(left.toSorted()).toEqual([...new Set(first)].filter((who) => !known.has(who)).toSorted())
      }),
    )
  })

  test('a set that is only a number knows its size and refuses to be asked who', () => {
    const counted = countedOnly(peopleIn(['a1', 'b2']))
    expect(counted.size).toBe(2)
    expect(() => includesPerson(counted, 'a1')).toThrow('only a number')
    expect(() => withPerson(counted, 'c3')).toThrow('only a number')
    expect(peopleChanged(nobody, nobody)).toEqual({ joined: [], left: [] })
  })
})
