// The same papers under each generation of a real movement's rules: plurality and the top women of 2017, the STV quotas of 2022, the amendment
// of 2023. The page docs/explanation/quotas-in-a-count.md shows the first table; here it is computed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blockVotes, boundsOf, generations, type Groups } from '../../testing/generations.ts'
import { keepsAll } from '../../testing/constraints.ts'
import { regions } from '../../testing/regions.ts'
import { profileOf } from '../../testing/worked.ts'
import { english, nominationsUnder, quotaReport, reservedPlaces, type Profile } from '../index.ts'

const names = ['Alun', 'Bea', 'Cyrus', 'Dewi', 'Elin', 'Farid', 'Gwyn', 'Hana', 'Indigo', 'Jen']
const papers = ['61 G A I D E C', '21 D F A G H J', '40 G D C E', '28 D C A J G F', '58 A F C', '58 D C G B F', '15 F G D E']
const profile: Profile = { ...profileOf('ABCDEFGHIJ', 6, papers), candidates: names }
const groups: Groups = { women: [1, 4, 7, 9], other: [8], bame: [2, 5, 7] }
const least = { women: 3, bame: 2 }

describe('six places, at least 3 women and at least 2 BAME: one set of papers', () => {
  const found = generations(profile, groups, least, null)
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/explanation/quotas-in-a-count.md'), 'utf8')

  it.each([
    ['plurality', 'Alun, Cyrus, Dewi, Elin, Farid, Gwyn'],
    ['topWomen', 'Bea, Cyrus, Dewi, Elin, Gwyn, Jen'],
    ['stv', 'Alun, Cyrus, Dewi, Farid, Gwyn, Indigo'],
    ['asIf', 'Alun, Bea, Dewi, Elin, Gwyn, Jen'],
    ['guarded2022', 'Bea, Dewi, Elin, Farid, Gwyn, Hana'],
    ['guarded2023', 'Bea, Dewi, Farid, Gwyn, Hana, Indigo'],
  ] as const)('%s elects %s, as the page says', (rule, elected) => {
    expect(found[rule].map((c) => names[c]).join(', ')).toBe(elected)
    expect(page).toContain(`| ${elected}`)
  })
  it('the page quotes papers and sentences as they are', () => {
    for (const line of papers) {
      const [weight, ...ranking] = line.split(' ')
      expect(page).toContain(`${weight} × ${ranking.map((letter) => names[letter.charCodeAt(0) - 65]).join(' > ')}`)
    }
    const report = quotaReport(found.of2022, names)
    for (const candidate of ['Alun', 'Hana']) expect(page).toContain(report.find(({ text }) => text.startsWith(candidate))?.text)
    expect(page).toContain(english.stage(found.of2022.count, 3, names).replace(/ Cyrus can no longer.*/, ''))
  })
})

describe('a members’ election: 26 places in 8 regions, 57 candidates', () => {
  const all = regions()
  const years = all.map((region) => ({ region, found: generations(region.profile, region.groups, region.least, region.lot) }))
  const elected = (
    rule: 'plurality' | 'topWomen' | 'stv' | 'asIf' | 'guarded2022' | 'guarded2023',
    of: keyof Groups | null,
  ): number =>
    years.reduce((n, { region, found }) => n + found[rule].filter((c) => of === null || region.groups[of].includes(c)).length, 0)

  it('has the places of 2022 (6+5+4+3+3+3+1+1) and the candidates of the story', () => {
    expect(all.map(({ profile: { seats } }) => seats)).toEqual([6, 5, 4, 3, 3, 3, 1, 1])
    expect(all.reduce((n, { profile: { candidates } }) => n + candidates.length, 0)).toBe(57)
  })
  it('fills every place under every rule; only the rules that ask for it reach 13 women and 6 BAME people', () => {
    const table = (['plurality', 'topWomen', 'stv', 'guarded2022', 'guarded2023'] as const).map((rule) => [
      rule,
      elected(rule, null),
      elected(rule, 'women'),
      elected(rule, 'other'),
      elected(rule, 'bame'),
    ])
    // Elected, women, of other marginalised genders, BAME.
    expect(table).toEqual([
      ['plurality', 26, 2, 3, 2],
      ['topWomen', 26, 13, 3, 0],
      ['stv', 26, 2, 3, 2],
      ['guarded2022', 26, 13, 2, 6],
      ['guarded2023', 26, 8, 5, 6],
    ])
  })
  it('keeps the bounds of each region in 2022 and 2023, each doom and guard with its clause', () => {
    for (const { region, found } of years) {
      expect(keepsAll(found.guarded2022, boundsOf(2022, region.groups, region.least))).toBe(true)
      expect(keepsAll(found.guarded2023, boundsOf(2023, region.groups, region.least))).toBe(true)
      expect(nominationsUnder(region.profile, boundsOf(2022, region.groups, region.least)).kind).toBe('feasible')
      for (const line of quotaReport(found.of2022, region.profile.candidates)) expect(line.clause).toMatch(/^8\.[12](, 8\.2)?$/)
    }
  })
})

describe('reserved places by most votes', () => {
  it('are the top of the group first, then the most of all others', () => {
    const votes = blockVotes(profile)
    const found = reservedPlaces(votes, 6, { members: groups.women, least: 3 }, null)
    expect(found).toMatchObject({ kind: 'ok', value: { reserved: [4, 1, 9] } })
    expect(reservedPlaces([5, 4, 3], 2, { members: [2], least: 1 }, null)).toMatchObject({ value: { reserved: [2], open: [0] } })
  })
  it('leave a tie for the last place to the lot, and say so without one', () => {
    expect(reservedPlaces([5, 4, 4], 2, { members: [], least: 0 }, null)).toEqual({
      kind: 'fail',
      error: { kind: 'lot needed', level: [1, 2] },
    })
    expect(reservedPlaces([5, 4, 4], 2, { members: [], least: 0 }, [2, 1, 0])).toMatchObject({ value: { open: [0, 2] } })
    expect(reservedPlaces([5, 4, 4], 3, { members: [], least: 0 }, null).kind).toBe('ok')
    expect(reservedPlaces([5], 1, { members: [], least: 0 }, [1])).toEqual({ kind: 'fail', error: { kind: 'bad lot order' } })
  })
  it('are refused when too few of the group stand', () => {
    expect(reservedPlaces([5, 4, null], 2, { members: [1, 2], least: 2 }, null)).toEqual({
      kind: 'fail',
      error: { kind: 'too few', required: 2, standing: 1 },
    })
  })
})
