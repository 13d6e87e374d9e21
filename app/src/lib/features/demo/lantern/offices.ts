import { assert, instantOf, parseCivilDate, startOfDay, type Instant, type Zone } from '@quorate/kernel'
import type { Admission, OfficeRow, SeatRow } from '#lib/features/membership/index.ts'
import { newId } from '#lib/platform/ids.ts'
import type { Dice } from './dice.ts'
import { parts } from './people.ts'

/** Offices and seats of the invented movement, as rulebooks/lantern.md has them in part 3. */
export type Bench = { readonly offices: readonly OfficeRow[]; readonly seats: readonly SeatRow[] }

const day = (text: string, zone: Zone): Instant => {
  const date = parseCivilDate(text)
  assert(date.kind === 'ok', 'a day of the story exists')
  return startOfDay(date.value, zone)
}

/** Fills the committee (10 ordinary seats, 5 of them women, and 2 of groups), the panel of 12, and every office. No one sits on two. */
export function fillBench(people: readonly Admission[], groupIds: readonly string[], zone: Zone, dice: Dice): Bench {
  const since = day('2026-03-02', zone)
  const part = new Map(parts.map((p, i) => [p.key, people[i]]))
  const used = new Set([...part.values()].map((p) => p?.id))
  const fit = people.filter((p) => p.class === 'member' && p.standing.length === 1 && p.joinedOn < '2025-12-01')
  const draw = (wanted: (p: Admission) => boolean): Admission => {
    const free = fit.filter((p) => !used.has(p.id) && wanted(p))
    const drawn = dice.pick(free)
    used.add(drawn.id)
    return drawn
  }
  const byKey = (key: string): Admission => {
    const person = part.get(key)
    assert(person !== undefined, `the part ${key} is cast`)
    return person
  }
  const office = (name: string, person: Admission, ofGroup: string | null = null): OfficeRow => ({
    id: newId(since, dice.bytes),
    office: name,
    of_group: ofGroup,
    person_id: person.id,
    from_at: since,
    until_at: null,
  })
  const seat = (body: string, name: string, number: number, person: Admission): SeatRow => ({
    id: newId(since, dice.bytes),
    body,
    seat: name,
    number,
    person_id: person.id,
    from_at: since,
    until_at: null,
  })
  const woman = (p: Admission): boolean => p.gender === 'woman'
  const anyone = (): boolean => true
  const ordinary = [byKey('chair'), ...Array.from({ length: 9 }, (_, i) => draw(i < 5 ? woman : anyone))]
  const secretaries = groupIds.map((id) => draw((p) => p.groupId === id))
  const lot = [byKey('panel-clerk'), ...Array.from({ length: 11 }, (_, i) => draw(i < 5 ? woman : anyone))]
  return {
    offices: [
      office('chair', byKey('chair')),
      office('returning-officer', byKey('returning-officer')),
      office('returning-officer', byKey('second-returning-officer')),
      office('registrar', byKey('registrar')),
      office('registrar', byKey('second-registrar')),
      office('panel-clerk', byKey('panel-clerk')),
      office('trustee', byKey('trustee-1')),
      office('trustee', byKey('trustee-2')),
      office('trustee', byKey('trustee-3')),
      ...secretaries.map((person) => office('group-secretary', person, person.groupId)),
    ],
    seats: [
      ...ordinary.map((person, i) => seat('committee', 'ordinary', i + 1, person)),
      ...secretaries.slice(0, 2).map((person, i) => seat('committee', 'groups', i + 1, person)),
      ...lot.map((person, i) => seat('panel', 'lot', i + 1, person)),
    ],
  }
}

/** What the clock on the wall shows when the demonstration begins: an evening on which a committee might try something. */
export function storyBegins(zone: Zone): Instant {
  const date = parseCivilDate('2026-11-26')
  assert(date.kind === 'ok', 'the story begins on a day that exists')
  return instantOf({ date: date.value, hour: 19, minute: 40, second: 0 }, zone)
}
