import { canonicalJson, type Json } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { wardBounds, wards } from '../../testing/boxes.ts'
import { choicesOf } from '../../testing/chosen.ts'
import { numbers, orderFrom, type Numbers } from '../../testing/drawn.ts'
import { accountText } from '../../testing/told.ts'
import {
  accountOf,
  counterOf,
  countMethods,
  english,
  stagesCsv,
  stagesJson,
  subjectOf,
  type Profile,
  type StvCount,
} from '../index.ts'

// What a transferable vote can do, met in elections drawn by a seed: of every method one act of each kind as the JSON file has it, and a few
// elections told in full. Golden files, to be read.

const golden = (name: string): string => `../../testing/golden/acts/${name}`
const methods = ['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1'] as const

/** Five or six people, some withdrawn, for two or three places; papers by the dozen, some of them blank. */
function electionOf(drawn: Numbers): Profile {
  const { below } = drawn
  const n = 5 + below(2)
  return {
    title: 'Drawn',
    candidates: ['Amara', 'Bethan', 'Cai', 'Dev', 'Efa', 'Ffion'].slice(0, n),
    withdrawn: below(3) === 0 ? [below(n)] : [],
    seats: 2 + below(2),
    papers: Array.from({ length: 4 + below(8) }, () => ({
      weight: 1 + below(12),
      ranking: orderFrom(drawn, n).slice(0, below(n + 1)),
    })),
  }
}
const elections = Array.from({ length: 40 }, (_, i) => {
  const drawn = numbers(600 + i)
  const profile = electionOf(drawn)
  return { profile, lot: orderFrom(drawn, profile.candidates.length) }
})

const given = (method: string): ReadonlyMap<string, string> =>
  countMethods.filter(({ id }) => id === method).flatMap((one) => choicesOf(one))[0] ?? new Map<string, string>()

function countedBy(method: string, { profile, lot }: (typeof elections)[number]): StvCount {
  const ready = counterOf(method, given(method))
  const count = ready.kind === 'ok' ? ready.value.count({ kind: 'rankings', profile }, lot) : ready
  if (count.kind === 'fail' || count.value.kind !== 'stv') throw new Error(JSON.stringify(count))
  return count.value
}

/** Of a list of objects the first of each kind, by whatever tells kinds apart. */
const firstOfEach = (list: readonly Json[], kindOf: (one: { readonly [key: string]: Json }) => string): readonly Json[] => {
  const kinds = new Map<string, Json>()
  for (const one of list)
    if (typeof one === 'object' && one !== null && !Array.isArray(one)) {
      const kind = kindOf(one as { readonly [key: string]: Json }) // neither null nor a list
      if (!kinds.has(kind)) kinds.set(kind, one)
    }
  return [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}
type Stages = readonly {
  readonly acts: readonly Json[]
  readonly transfers: readonly Json[]
  readonly iterations?: readonly Json[]
}[]
const stagesIn = (count: StvCount, profile: Profile): Stages => stagesJson(count, profile, null)['stages'] as unknown as Stages // as stagesJson writes it

describe.each(methods)('%s', (method) => {
  const name = method.replace('@', '-')
  it('one act of each kind and clause, one transfer of each form, as JSON', async () => {
    const stages = elections.flatMap((one) => stagesIn(countedBy(method, one), one.profile))
    const acts = firstOfEach(
      stages.flatMap(({ acts }) => acts),
      ({ kind, clause, purpose, byLot, numbers, ended }) =>
        JSON.stringify([kind, clause, purpose, byLot, numbers === undefined, ended]),
    )
    const transfers = firstOfEach(
      stages.flatMap(({ transfers }) => transfers),
      ({ surplus, lost, parcels }) =>
        JSON.stringify([surplus === null, lost === '0.00000', Array.isArray(parcels) && parcels.length > 2]),
    )
    const iterations = stages.flatMap(({ iterations = [] }) => iterations).slice(0, 2)
    await expect(`${[...acts, ...transfers, ...iterations].map((one) => canonicalJson(one)).join('\n')}\n`).toMatchFileSnapshot(
      golden(`${name}.json.txt`),
    )
  })
  it('three elections told in full, and as a table', async () => {
    const texts = elections.slice(0, 3).flatMap((one) => {
      const count = countedBy(method, one)
      const subject = subjectOf({ kind: 'rankings', profile: one.profile })
      return [accountText(accountOf(count, subject, english)), stagesCsv(count, one.profile).replaceAll('\r\n', '\n')]
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(golden(`${name}.txt`))
  })
})

it('who is doomed and guarded, as JSON', async () => {
  const [ward] = wards
  const ready = counterOf('scottish-stv@1', new Map())
  if (
    ward === undefined ||
    ready.kind === 'fail' ||
    ready.value.bounded === null ||
    ward.box.kind !== 'rankings' ||
    !('papers' in ward.box.profile)
  )
    throw new Error('there is a ward')
  const { profile } = ward.box
  const count = ready.value.bounded(ward.box, wardBounds, ward.lot)
  if (count.kind === 'fail' || count.value.kind !== 'stv') throw new Error('it is counted')
  const acts = stagesIn(count.value, profile).flatMap(({ acts }) => acts)
  const bounds = acts.filter((act) => JSON.stringify(act).includes('certificate'))
  expect(bounds.length).toBeGreaterThan(0)
  await expect(`${bounds.map((act) => canonicalJson(act)).join('\n')}\n`).toMatchFileSnapshot(golden('bounds.json.txt'))
})
