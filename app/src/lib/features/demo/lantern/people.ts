import { civilDateOf, daysBetween, plusDays, startOfDay, type CivilDate, type Instant, type Zone } from '@quorate/kernel'
import type { Admission, Gender, Standing } from '#lib/features/membership/index.ts'
import { newId } from '#lib/platform/ids.ts'
import { refusedDomain } from '#lib/platform/mail.ts'
import type { Dice } from './dice.ts'
import { familyNames, givenNames } from './names.ts'

/** How many people the demonstration has on its register. */
const people = 1_204
const first = '2023-09-01' as CivilDate // written as a civil date is

/** A person with a part to play, by name: who they are and where. `group` indexes the list of groups. */
export type Part = {
  readonly key: string
  readonly name: readonly [given: string, family: string]
  readonly gender: Gender
  readonly bornOn: string
  readonly joinedOn: string
  readonly group: number
}

/** People the story needs. Their corners of the movement differ: the three trustees come from three groups and three generations. */
export const parts: readonly Part[] = [
  { key: 'member', name: ['Nia', 'Morgan'], gender: 'woman', bornOn: '1996-03-14', joinedOn: '2024-05-03', group: 0 },
  { key: 'second-member', name: ['Owen', 'Pritchard'], gender: 'man', bornOn: '1971-09-02', joinedOn: '2023-11-18', group: 1 },
  { key: 'chair', name: ['Gareth', 'Lloyd-Moss'], gender: 'man', bornOn: '1968-01-25', joinedOn: '2023-09-01', group: 4 },
  {
    key: 'returning-officer',
    name: ['Ruth', 'Adeyemi'],
    gender: 'woman',
    bornOn: '1979-06-30',
    joinedOn: '2023-10-04',
    group: 3,
  },
  {
    key: 'second-returning-officer',
    name: ['Tomasz', 'Wilk'],
    gender: 'man',
    bornOn: '1985-12-11',
    joinedOn: '2024-02-20',
    group: 7,
  },
  { key: 'panel-clerk', name: ['Iris', 'Halloran'], gender: 'woman', bornOn: '1957-04-08', joinedOn: '2023-09-14', group: 12 },
  { key: 'registrar', name: ['Dev', 'Chaudhuri'], gender: 'man', bornOn: '1990-08-19', joinedOn: '2024-01-09', group: 10 },
  { key: 'second-registrar', name: ['Bethan', 'Rees'], gender: 'woman', bornOn: '1988-02-27', joinedOn: '2024-03-12', group: 6 },
  { key: 'trustee-1', name: ['Farida', 'Noor'], gender: 'woman', bornOn: '2001-10-05', joinedOn: '2024-06-22', group: 8 },
  { key: 'trustee-2', name: ['Colm', 'Brady'], gender: 'man', bornOn: '1949-07-16', joinedOn: '2023-09-30', group: 5 },
  { key: 'trustee-3', name: ['Amara', 'Okafor'], gender: 'woman', bornOn: '1982-11-23', joinedOn: '2024-04-17', group: 13 },
]

/** `Nguyễn-Lopez` → `nguyen-lopez`: the local part of an address. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z-]/g, '')

type Line = Admission['standing'][number]

/** Most are active since they joined; some lapsed, left, are suspended, or have only just applied. */
function standingLines(dice: Dice, joined: Instant, now: Instant): readonly Line[] {
  const line = (standing: Standing, cause: string, at: Instant): Line => ({ at, standing, cause })
  const lines = [line('active', 'admitted', joined)]
  const later = (): Instant => Math.floor(joined + (now - joined) * (0.2 + 0.7 * (dice.below(1000) / 1000))) as Instant // between two instants
  const roll = dice.below(1000)
  if (roll < 45) lines.push(line('lapsed', 'dues 3 months overdue', later()))
  else if (roll < 55) lines.push(line('resigned', 'asked to leave', later()))
  else if (roll < 58)
    lines.push(line('suspended', 'panel decision', (now - 20 * 86_400_000) as Instant)) // twenty days ago
  else if (roll < 60) lines.push(line('deceased', 'told by family', later()))
  return lines
}

/** The invented register: the parts first, then as many as make {@link people}. The same dice make the same people. */
export function inventPeople(dice: Dice, now: Instant, zone: Zone, groupIds: readonly string[]): readonly Admission[] {
  const today = civilDateOf(now, zone)
  const taken = new Set<string>()
  const addressOf = (given: string, family: string, domain: string): string => {
    const stem = `${plain(given)}.${plain(family)}`
    let address = `${stem}@${domain}`
    for (let n = 2; taken.has(address); n++) address = `${stem}${n}@${domain}`
    taken.add(address)
    return address
  }
  const admit = (
    at: number,
    p: Omit<Part, 'key'>,
    extra: Pick<Admission, 'class' | 'locale'> & { domain: string; part: boolean },
  ) => {
    const [givenName, familyName] = p.name
    const joinedOn = p.joinedOn as CivilDate // from the tables above, or made by plusDays
    const joined = startOfDay(joinedOn, zone)
    const admission: Admission = {
      id: newId(joined, dice.bytes),
      membershipNumber: 1_000 + at,
      givenName,
      familyName,
      email: addressOf(givenName, familyName, extra.domain),
      bornOn: p.bornOn as CivilDate, // as above
      joinedOn,
      gender: p.gender,
      class: extra.class,
      groupId: groupIds[p.group] ?? groupIds[0] ?? '',
      locale: extra.locale,
      standing: extra.part ? [{ at: joined, standing: 'active', cause: 'admitted' }] : standingLines(dice, joined, now),
    }
    return admission
  }
  const all = parts.map((part, i) => admit(i, part, { class: 'member', locale: 'en', domain: 'lantern.example', part: true }))
  const span = daysBetween(first, today)
  for (let i = all.length; i < people; i++) {
    const gender: Gender = dice.chance(0.02) ? 'non-binary' : dice.chance(0.52) ? 'woman' : 'man'
    // Growth: the movement gained members faster lately, so the square root leans to the present.
    const joinedOn = plusDays(first, Math.floor(span * Math.sqrt(dice.below(10_000) / 10_000)))
    const age = 14 + Math.floor(((dice.below(1000) + dice.below(1000)) / 2000) * 72)
    const bornOn = plusDays(today, -(age * 365 + Math.floor(age / 4) + dice.below(365)))
    const family = dice.chance(0.05) ? `${dice.pick(familyNames)}-${dice.pick(familyNames)}` : dice.pick(familyNames)
    all.push(
      admit(
        i,
        { name: [dice.pick(givenNames[gender]), family], gender, bornOn, joinedOn, group: Math.min(dice.below(15), 13) },
        {
          class: dice.chance(0.03) ? 'supporter' : 'member',
          locale: dice.chance(0.08) ? 'cy' : 'en',
          domain: dice.chance(0.008) ? refusedDomain : 'members.example',
          part: false,
        },
      ),
    )
  }
  return all
}
