import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { at, parsed } from '../../test/lantern.ts'
import { analyse, cheapestFacts, watchfulFacts, type AnalyseFacts } from '../index.ts'

const from = at('2027-03-01 12:00')
const least = (pass: string, members: number, facts: AnalyseFacts): readonly number[] | undefined => {
  const text = rulebookOf(
    'kind: class\nid: member\nof: person',
    'kind: electorate\nid: members\nwho: class member\ncut-off: notice\nlate-evidence: none',
    `kind: body\nid: meeting\nseats: [{id: everyone, everyone-in: electorate members}]\nquorum: present at least 10 people\ndecides: {pass: [${pass}], tie: falls}`,
    'kind: power\nact: spend\nholder: meeting',
  )
  const given = { ...facts, electorates: { members }, bodies: { meeting: { seated: members, seats: members } } }
  return analyse(parsed(text), given, { labels: 4 }).powers[0]?.front.map((p) => p.people)
}

// Above 200 seats the search halves instead of trying every number; what it finds is what arithmetic says.
describe('a meeting of everyone', () => {
  const sizes = fc.integer({ min: 150, max: 100_000 })

  it('is carried by one more than half of those who come, when everybody comes', () => {
    fc.assert(
      fc.property(sizes, (n) => {
        expect(least('yes more than 1/2 of for-and-against', n, watchfulFacts(from))).toEqual([Math.floor(n / 2) + 1])
      }),
      { numRuns: 25 },
    )
  })

  it('is carried by two thirds of all seats, whoever comes', () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), (n, watchful) => {
        const facts = watchful ? watchfulFacts(from) : cheapestFacts(from)
        expect(least('yes at least 2/3 of seats', n, facts)).toEqual([Math.ceil((2 * n) / 3)])
      }),
      { numRuns: 25 },
    )
  })

  it('is carried by a bare quorum’s majority when only a quorum comes', () => {
    fc.assert(
      fc.property(sizes, (n) => {
        expect(least('yes more than 1/2 of for-and-against', n, cheapestFacts(from))).toEqual([6])
      }),
      { numRuns: 10 },
    )
  })
})
