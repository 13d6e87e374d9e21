// Checks a published draw of a panel: that the 1,000 panels meet every quota, that the chances are as said, and that the seed gives this panel and
// these reserves. Shares no code with packages/counting; a stranger can write it again from docs/spec/draw.md. Adds up, and never searches.
import { sha256 } from '@noble/hashes/sha2.js'
import {
  canonicalJson,
  concatBytes,
  fail,
  fromHex,
  ok,
  parseCanonicalJson,
  toHex,
  utf8,
  type Json,
  type JsonObject,
  type Result,
} from '@quorate/kernel'
import { orderFrom } from '../counted-papers.ts'
import { difference, type Difference } from '../difference.ts'
import { isCount, listOf, objectOf } from '../json-parts.ts'

/** Name and version of the format. */
const format = 'quorate/draw/v1'
/** Panels of a lottery: chances are whole thousandths. */
const panelsPublished = 1000
/** Members of a pool that are read: the largest published pools have some 2,000. */
const membersMost = 100_000

type Known = { readonly seed: Uint8Array; readonly hex: string } | null
type Drawn = { readonly expected: JsonObject; readonly panel: readonly number[] }

/**
 * Checks a draw and gives the panel by roll index, ascending; empty while nothing is drawn yet. `knownSeed`: the seed that is publicly known, 32
 * bytes in hex; without it the document's own is taken as stated. Fails with the first field that is wrong. Total: any text gives an answer.
 */
export function checkDraw(text: string, knownSeed?: string): Result<readonly number[], Difference> {
  const json = parseCanonicalJson(text)
  if (json.kind === 'fail') return fail({ path: '/', expected: 'canonical JSON', found: text.slice(0, 40) })
  const claim = objectOf(json.value)
  const seed = seedOf(knownSeed ?? claim['seed'])
  const found = claim['method'] === 'stratified@1' ? stratified(claim, seed) : lottery(claim, seed)
  if (found.kind === 'fail') return found
  const { expected, panel } = found.value
  const head = { format, method: claim['method'] ?? null, seed: seed?.hex ?? null }
  const wrong = difference({ ...head, ...expected }, claim)
  return wrong === null ? ok(panel) : fail({ ...wrong, expected: wrong.expected.slice(0, 300), found: wrong.found.slice(0, 300) })
}

const not = (path: string, expected: string, found: Json | undefined): Result<never, Difference> =>
  fail({ path, expected, found: found === undefined ? 'nothing' : canonicalJson(found).slice(0, 300) })

function seedOf(hex: Json | undefined): Known {
  const bytes = typeof hex === 'string' ? fromHex(hex) : null
  return bytes?.kind === 'ok' && bytes.value.length === 32 ? { seed: bytes.value, hex: toHex(bytes.value) } : null
}

/** The order of so many that one part of the seed gives. */
const orderOf = (part: 'panel' | 'reserves' | 'strata', { seed }: NonNullable<Known>, many: number): readonly number[] =>
  orderFrom(sha256(concatBytes(utf8(`quorate/sortition/${part}/v1`), seed)), many)

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)
const isName = (value: Json | undefined): boolean => typeof value === 'string' && value !== ''

type Quota = { readonly category: number; readonly feature: number; readonly least: number; readonly most: number }
type Pool = {
  readonly members: readonly (readonly number[])[]
  readonly quotas: readonly Quota[]
  readonly seats: number
  /** As it must stand: these fields and no others. */
  readonly json: JsonObject
}

/** A pool with quotas; null for anything else. */
function poolOf(value: Json | undefined): Pool | null {
  const { title, categories, members, seats } = objectOf(value)
  const kinds = listOf(categories).map((category) => listOf(objectOf(category)['features']).map(objectOf))
  const quotas = kinds.flatMap((features, category) =>
    features.flatMap(({ name, least, most }, feature): readonly Quota[] =>
      isName(name) && isCount(least) && isCount(most) ? [{ category, feature, least, most }] : [],
    ),
  )
  const sound =
    quotas.length === sumOf(kinds.map((features) => features.length)) && kinds.every((features) => features.length > 0)
  const all = listOf(members).map((member) => listOf(member).filter(isCount))
  const areMembers = all.every(
    (has, m) =>
      has.length === kinds.length &&
      listOf(listOf(members)[m]).length === kinds.length &&
      has.every((f, k) => f < (kinds[k]?.length ?? 0)),
  )
  if (!sound || !areMembers || all.length > membersMost || !isCount(seats) || seats === 0) return null
  const plain = listOf(categories).map((category, k) => ({
    name: objectOf(category)['name'] ?? null,
    features: (kinds[k] ?? []).map(({ name = null, least = null, most = null }) => ({ name, least, most })),
  }))
  return { members: all, quotas, seats, json: { title: titleOf(title), categories: plain, members: all, seats } }
}

const titleOf = (title: Json | undefined): string => (typeof title === 'string' ? title : 'a title')

/** Maximin and leximin: 1,000 panels, one of them by lot, everybody else in reserve among those with the same features. */
function lottery(claim: JsonObject, seed: Known): Result<Drawn, Difference> {
  const { method, pool: told } = claim
  if (method !== 'maximin@1' && method !== 'leximin@1') return not('/method', 'a method of this format', method)
  const pool = poolOf(told)
  if (pool === null) return not('/pool', 'a pool with its quotas', told)
  const panels = listOf(claim['panels'])
  if (panels.length !== panelsPublished) return not('/panels', `${panelsPublished} panels`, panels.length)
  const checked = panels.map((panel) => faultOfPanel(panel, pool) ?? panel)
  const sound = panels.map((panel) => listOf(panel).filter(isCount))
  const chances = pool.members.map(() => 0)
  for (const panel of sound) for (const member of panel) if (member in chances) chances[member] = (chances[member] ?? 0) + 1
  const never = listOf(claim['never']).filter(isCount)
  const isNever = new Set(never)
  const least = chances.reduce((low, chance, member) => (isNever.has(member) || chance > low ? low : chance), panelsPublished)
  const drawn = seed === null ? null : drawOf(pool, sound, seed)
  return ok({
    expected: {
      pool: pool.json,
      poolHash: poolHash(told),
      panels: checked,
      chances,
      never: areKeptOut(claim['never'], chances) ? (claim['never'] ?? null) : 'members who are on no panel, ascending',
      least,
      bound: boundOf(claim['bound'], pool, sound),
      draw: drawn,
    },
    panel: drawn?.panel ?? [],
  })
}

/** What a panel should be, where it is not: so many members, ascending, and every quota met. */
function faultOfPanel(panel: Json, { members, quotas, seats }: Pool): string | null {
  const list = listOf(panel).filter(isCount)
  const orderly = list.every((m, i) => m > (list[i - 1] ?? -1) && m < members.length)
  if (!orderly || list.length !== seats || listOf(panel).length !== seats) return `${seats} different members, ascending`
  for (const { category, feature, least, most } of quotas) {
    const n = list.filter((m) => members[m]?.[category] === feature).length
    if (n < least || n > most) return `from ${least} to ${most} with feature ${feature} of category ${category}, not ${n}`
  }
  return null
}

const areKeptOut = (never: Json | undefined, chances: readonly number[]): boolean =>
  Array.isArray(never) && listOf(never).every((m, i) => isCount(m) && chances[m] === 0 && m > Number(listOf(never)[i - 1] ?? -1))

/** Members with the same features, in the order in which their first stands on the roll. */
const cellsOf = ({ members }: Pool): ReadonlyMap<string, readonly number[]> =>
  Map.groupBy(members.keys(), (member) => members[member]?.join() ?? '')

/** The solver's limit, as far as it can be checked: weights that add up, and no published panel heavier. */
function boundOf(bound: Json | undefined, pool: Pool, panels: readonly (readonly number[])[]): Json {
  const { weights: told, most, total, ...more } = objectOf(bound)
  const weights = listOf(told).filter(isCount)
  const cells = [...cellsOf(pool).values()]
  const weightOf = new Map(cells.flatMap((members, cell) => members.map((m) => [m, weights[cell] ?? 0] as const)))
  const sound = weights.length === cells.length && listOf(told).length === cells.length && Object.keys(more).length === 0
  if (!sound || !isCount(most) || !isCount(total)) return 'a weight for each cell, the most of any panel, and the total'
  if (sumOf([...weightOf.values()]) !== total) return `weights that add up to ${total}`
  const heavy = panels.findIndex((panel) => sumOf(panel.map((m) => weightOf.get(m) ?? 0)) > most)
  return heavy < 0 ? (bound ?? null) : `no panel heavier than ${most}; panel ${heavy} is`
}

/** Fingerprint `quorate/pool/v1`: the pool without its title. */
function poolHash(told: Json | undefined): string {
  const { categories, members, seats } = objectOf(told)
  const quotas = listOf(categories).map((category) => {
    const { name = null, features } = objectOf(category)
    return {
      name,
      features: listOf(features).map((f) => [
        objectOf(f)['name'] ?? null,
        objectOf(f)['least'] ?? null,
        objectOf(f)['most'] ?? null,
      ]),
    }
  })
  return toHex(
    sha256(utf8(`quorate/pool/v1\n${canonicalJson({ categories: quotas, members: members ?? null, seats: seats ?? null })}`)),
  )
}

function drawOf(pool: Pool, panels: readonly (readonly number[])[], seed: NonNullable<Known>) {
  const index = orderOf('panel', seed, panelsPublished)[0] ?? 0
  const panel = panels[index] ?? []
  const order = orderOf('reserves', seed, pool.members.length)
  const reserves = [...cellsOf(pool)].map(([key, members]) => {
    const own = new Set(members)
    return {
      features: key === '' ? [] : key.split(',').map(Number),
      members: order.filter((m) => own.has(m) && !panel.includes(m)),
    }
  })
  return { index, panel, reserves }
}

/** Stratified: each stratum's places among its members, all alike; the others of it in reserve, in one order. */
function stratified(claim: JsonObject, seed: Known): Result<Drawn, Difference> {
  const { title, strata: named, members: told, apportionment } = objectOf(claim['pool'])
  const { kind, seats: asked } = objectOf(apportionment)
  const strata = listOf(named)
  const members = listOf(told).filter(isCount)
  const numbers = listOf(objectOf(apportionment)[kind === 'exact' ? 'places' : 'people']).filter(isCount)
  const seats = kind === 'exact' ? sumOf(numbers) : asked
  const areStrata = strata.length > 0 && strata.every(isName) && numbers.length === strata.length && sumOf(numbers) > 0
  const areMembers =
    members.length === listOf(told).length && members.length <= membersMost && members.every((s) => s < strata.length)
  if (!areStrata || !areMembers || !isCount(seats) || seats < 1)
    return not('/pool', 'strata, their members and places', claim['pool'])
  const shares = kind === 'exact' ? { kind, places: numbers } : { kind: 'largest remainder', people: numbers, seats }
  const pool = { title: titleOf(title), strata, members, apportionment: shares }
  if (seed === null) return ok({ expected: { pool, draw: null }, panel: [] })
  const { places, tied } = kind === 'exact' ? { places: numbers, tied: [] } : shared(numbers, seats, seed)
  const order = orderOf('panel', seed, members.length)
  const drawn = places.map((n, s) => {
    const own = order.filter((m) => members[m] === s)
    return { places: n, drawn: own.slice(0, n), reserves: own.slice(n), chance: fractionText(n, own.length) }
  })
  const short = drawn.findIndex((stratum) => stratum.drawn.length < stratum.places)
  if (short >= 0)
    return not('/pool/members', `${drawn[short]?.places ?? 0} members of stratum ${short}`, drawn[short]?.drawn.length)
  const panel = drawn.flatMap((stratum) => stratum.drawn).sort((a, b) => a - b)
  return ok({ expected: { pool, draw: { strata: drawn, panel, tied } }, panel })
}

/** Largest remainders: whole quotas, then one place each to the largest remainders; those level for the last by lot. */
function shared(people: readonly number[], seats: number, seed: NonNullable<Known>) {
  const total = people.reduce((sum, n) => sum + BigInt(n), 0n)
  const share = people.map((n) => BigInt(n) * BigInt(seats))
  const places = share.map((n) => Number(n / total))
  const rest = (s: number): bigint => (share[s] ?? 0n) % total
  const left = seats - sumOf(places)
  const order = orderOf('strata', seed, people.length).toSorted((a, b) => (rest(a) === rest(b) ? 0 : rest(a) > rest(b) ? -1 : 1))
  const more = order.slice(0, left)
  const last = rest(more.at(-1) ?? -1)
  const level = [...people.keys()].filter((s) => left > 0 && rest(s) === last)
  const tied = level.every((s) => more.includes(s)) ? [] : level
  return { places: places.map((n, s) => n + (more.includes(s) ? 1 : 0)), tied }
}

/** A chance in lowest terms: `3/7`, `0`, `1`. */
function fractionText(part: number, of: number): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  if (of === 0 || part === 0) return '0'
  const by = divisor(part, of)
  return part === of ? '1' : `${part / by}/${of / by}`
}
