import { assert, instant, parseCivilDate, parseZone, startOfDay, type Clock, type Instant } from '@quorate/kernel'
import { foundGroups } from '#lib/features/groups/index.ts'
import { admitAll, fillOffices, fillSeats } from '#lib/features/membership/index.ts'
import { movementClock, startDemoClock } from '#lib/platform/clock.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import { seedOrder, type Feature, type Work } from '#lib/platform/feature.ts'
import { newId } from '#lib/platform/ids.ts'
import { foundMovement, type Movement } from '#lib/platform/movement.ts'
import type { Settings } from '#lib/platform/settings.ts'
import { systemRandom } from '#lib/platform/random.ts'
import { dice } from './lantern/dice.ts'
import { groupNames } from './lantern/names.ts'
import { fillBench, storyBegins } from './lantern/offices.ts'
import { inventPeople, parts } from './lantern/people.ts'

const seedOfLantern = 2026

function lantern(): Movement {
  const zone = parseZone('Europe/London')
  const founded = parseCivilDate('2023-09-01')
  assert(zone.kind === 'ok' && founded.kind === 'ok', 'Lantern was founded on a day in a zone')
  return { name: 'Lantern', slug: 'lantern', zone: zone.value, demo: true, foundedAt: startOfDay(founded.value, zone.value) }
}

/**
 * Fills an empty database with Lantern, in one transaction: the movement's row, the clock, then every feature's seed in the order they ask
 * for. Of two processes that try at once, one founds and the other finds it done.
 */
export async function foundLantern(db: Db, machine: Clock, features: readonly Feature[], settings: Settings): Promise<void> {
  const movement = lantern()
  await transaction(db, async (tx) => {
    if (!(await foundMovement(tx, movement))) return
    await startDemoClock(tx, machine, storyBegins(movement.zone))
    for (const feature of seedOrder(features)) {
      const work: Work = { db: tx, clock: await movementClock(tx, machine), machine, random: systemRandom, settings, movement }
      await feature.seed?.run(work, tx)
    }
  })
}

/** The register, the groups, the offices and the roles of Lantern. The same every time but for where the clock stands. */
export async function seedPeople({ movement }: Work, tx: Tx): Promise<void> {
  const { zone } = movement
  const chance = dice(seedOfLantern)
  const begins: Instant = instant(storyBegins(zone))
  const groups = groupNames.map(([name, area]) => ({
    id: newId(movement.foundedAt, chance.bytes),
    slug: name.toLowerCase().replaceAll(' ', '-'),
    name,
    area,
  }))
  const groupIds = groups.map((group) => group.id)
  const people = inventPeople(chance, begins, zone, groupIds)
  const bench = fillBench(people, groupIds, zone, chance)
  await foundGroups(tx, groups)
  await admitAll(tx, people)
  await fillOffices(tx, bench.offices)
  await fillSeats(tx, bench.seats)
  const roles = parts.map((part, sort) => {
    const person = people[sort]
    assert(person !== undefined, 'every part is cast')
    return { id: part.key, person_id: person.id, sort }
  })
  await tx.insertInto('demo_role').values(roles).execute()
}
