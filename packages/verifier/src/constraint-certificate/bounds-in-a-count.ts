// The bounds of a count through its certificate: at every moment each doom and guard that is claimed is proved, and that nobody else is doomed or
// guarded is shown by numbers that can still come about. Adds up and compares; never searches. See docs/spec/count-certificate.md.
import { canonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import { isCount, listOf, objectOf } from '../json-parts.ts'
import { checkConstraintCertificate, type ConstraintFacts } from './check-bounds.ts'

/** A group of candidates with its bounds, as the rule and the closed nominations have it. */
export type BoundGroup = ConstraintFacts['groups'][number]
/** Bounds as they are publicly known; `elsewhere`: what other districts under the same bounds have decided and have still open. */
export type KnownBounds = {
  readonly groups: readonly BoundGroup[]
  readonly elsewhere: {
    readonly places: number
    readonly elected: readonly number[]
    readonly continuing: readonly number[]
  } | null
}
/** Who stands, of how many candidates, for how many places. */
type Standing = { readonly candidates: number; readonly standing: readonly number[]; readonly seats: number }
type Moment = { readonly elected: readonly number[]; readonly continuing: readonly number[] }
type Range = { readonly low: number; readonly high: number }
type Shown = { readonly doom: boolean; readonly guard: boolean }

/** The groups of each cell of a certificate, each cell as one text. */
const cellsOf = (certificate: Json | undefined): readonly string[] =>
  listOf(objectOf(certificate)['cells']).map((cell) => listOf(objectOf(cell)['groups']).map(String).join())

/** The bounds of one count, followed act by act. */
export class CountBounds {
  /** Of all groups: what is cited when the guarded fill the places. */
  readonly clause: string
  /** Shut out now, with the clause; kept in now. */
  doomed: ReadonlyMap<number, string> = new Map()
  guarded: ReadonlySet<number> = new Set()
  readonly #known: KnownBounds
  readonly #of: Standing
  readonly #claims: ReadonlyMap<string, Json>
  readonly #cells: readonly string[]
  readonly #witnesses: readonly (readonly number[])[]
  readonly #proved = { doom: new Map<number, string>(), guard: new Map<number, string>() }

  /** `stages` and `witnesses` as claimed; of the witnesses only those that keep every bound are used. */
  constructor(known: KnownBounds, of: Standing, stages: readonly Json[], witnesses: readonly Json[]) {
    this.#known = known
    this.#of = of
    this.clause = [...new Set(known.groups.map(({ clause }) => clause))].join(', ')
    const acts = stages.flatMap((stage) => listOf(objectOf(stage)['acts'])).map(objectOf)
    const about = acts.filter(({ kind }) => kind === 'doom' || kind === 'guard')
    const name = ({ kind, candidate }: JsonObject): string => `${kind === 'doom' ? 'doom' : 'guard'} ${Number(candidate)}`
    this.#claims = new Map(about.map((act) => [name(act), act['certificate'] ?? null]))
    const inPlay = [...of.standing, ...(known.elsewhere?.elected ?? []), ...(known.elsewhere?.continuing ?? [])]
    this.#cells = [...new Set(inPlay.toSorted((a, b) => a - b).map((c) => this.#keyOf(c)))]
    this.#witnesses = witnesses.flatMap((numbers) => (this.keepsAll(numbers) ? [listOf(numbers).filter(isCount)] : []))
  }

  /** Whether the bounds could be kept at first: the certificate must say so and prove it. Else what is wrong with it. */
  feasible(certificate: Json | undefined): string | null {
    const checked = checkConstraintCertificate(certificate, this.#facts({ elected: [], continuing: this.#of.standing }))
    if (checked.kind === 'fail') return `numbers that keep every bound (${checked.error.kind}: ${checked.error.at})`
    return checked.value.claim === 'feasible' ? null : 'that the bounds can be kept'
  }

  /** Whether numbers, one for each cell, fill the places and keep every bound. */
  keepsAll(numbers: Json): boolean {
    const counts = listOf(numbers)
    if (counts.length !== this.#cells.length || !counts.every(isCount)) return false
    const sum = (g: number | null): number =>
      counts.reduce((all, n, i) => all + (g === null || (this.#cells[i] ?? '').split(',').includes(String(g)) ? n : 0), 0)
    return (
      sum(null) === this.#places() &&
      this.#known.groups.every(({ least, most }, g) => sum(g) >= least && sum(g) <= (most ?? sum(g)))
    )
  }

  /** The acts that say who is doomed and guarded from this moment on. One that is not proved as claimed says what must stand there. */
  judge(moment: Moment): readonly JsonObject[] {
    const vacancies = this.#ownPlaces() - moment.elected.length
    if (vacancies <= 0 || moment.continuing.length <= vacancies) {
      ;[this.doomed, this.guarded] = [new Map(), new Set()]
      return []
    }
    const [facts, shown] = [this.#facts(moment), this.#shownAt(moment)]
    const acts = moment.continuing
      .toSorted((a, b) => a - b)
      .flatMap((candidate) =>
        (['doom', 'guard'] as const).flatMap((kind) => {
          const is = this.#proved[kind]
          return is.has(candidate) ? [] : this.#told(kind, candidate, facts, shown.get(this.#keyOf(candidate)))
        }),
      )
    const known = (of: ReadonlyMap<number, string>) => [...of].filter(([c]) => moment.continuing.includes(c))
    ;[this.doomed, this.guarded] = [new Map(known(this.#proved.doom)), new Set(known(this.#proved.guard).map(([c]) => c))]
    return acts
  }

  /** Whether not all of some who are level may be elected: then one of them is doomed as soon as others are. */
  parts(level: readonly number[]): boolean {
    return level.some((c) => this.#claims.has(`doom ${c}`))
  }

  /** Whether a bound can still be missed by some choice among those who are in. */
  stillBinds(moment: Moment): boolean {
    const { places, groups, elected, continuing } = this.#facts(moment)
    return groups.some(({ members, least, most }) => {
      const within = (among: readonly number[]): number => among.filter((c) => members.includes(c)).length
      const [vacancies, own] = [places - elected.length, within(continuing)]
      const fewest = Math.max(0, vacancies - (continuing.length - own))
      return within(elected) + fewest < least || within(elected) + Math.min(own, vacancies) > (most ?? places)
    })
  }

  #told(kind: 'doom' | 'guard', candidate: number, facts: ConstraintFacts, shown: Shown | undefined): readonly JsonObject[] {
    const certificate = this.#claims.get(`${kind} ${candidate}`)
    const claim = { doom: 'doomed', guard: 'guarded' }[kind]
    const checked = certificate === undefined ? null : checkConstraintCertificate(certificate, facts)
    const isAbout = checked?.kind === 'ok' && checked.value.claim === claim && checked.value.candidate === candidate
    // A cell that everybody has left proves nothing, and still stands as it is.
    const isProved = isAbout && cellsOf(certificate).join(';') === this.#cells.join(';')
    if (!isProved && shown?.[kind] === true) return []
    const clause = clauseOf(objectOf(objectOf(certificate)['evidence']), this.#known.groups)
    if (certificate !== undefined) this.#proved[kind].set(candidate, clause)
    const why =
      checked === null ? 'none' : checked.kind === 'fail' ? `${checked.error.kind}: ${checked.error.at}` : 'another claim'
    const needed = `a proof that ${candidate} is ${claim} (${why}), or a witness that shows otherwise`
    return [{ kind, clause, candidate, certificate: isProved && certificate !== undefined ? certificate : needed }]
  }

  /** For each cell, whether numbers that can still come about have more of it than are elected, and fewer than stand. */
  #shownAt(moment: Moment): ReadonlyMap<string, Shown> {
    const { elected, continuing } = this.#facts(moment)
    const inCell = (among: readonly number[], key: string): number => among.filter((c) => this.#keyOf(c) === key).length
    const ranges = this.#cells.map((key): Range => {
      const low = inCell(elected, key)
      return { low, high: low + inCell(continuing, key) }
    })
    const open = this.#witnesses.filter((counts) =>
      ranges.every(({ low, high }, i) => (counts[i] ?? -1) >= low && (counts[i] ?? 0) <= high),
    )
    return new Map(
      this.#cells.map((key, i) => {
        const { low, high } = ranges[i] ?? { low: 0, high: 0 }
        return [
          key,
          { doom: open.some((counts) => (counts[i] ?? 0) > low), guard: open.some((counts) => (counts[i] ?? 0) < high) },
        ]
      }),
    )
  }

  #ownPlaces(): number {
    return Math.min(this.#of.seats, this.#of.standing.length)
  }

  #places(): number {
    return this.#ownPlaces() + (this.#known.elsewhere?.places ?? 0)
  }

  #facts({ elected, continuing }: Moment): ConstraintFacts {
    const { groups, elsewhere } = this.#known
    return {
      places: this.#places(),
      groups,
      elected: [...(elsewhere?.elected ?? []), ...elected],
      continuing: [...continuing, ...(elsewhere?.continuing ?? [])],
    }
  }

  #keyOf(candidate: number): string {
    return this.#known.groups.flatMap(({ members }, g) => (members.includes(candidate) ? [g] : [])).join()
  }
}

/** The clauses of the groups whose sides a proof adds up, in their order; of all groups when it adds up the places alone. */
function clauseOf(evidence: JsonObject, groups: readonly BoundGroup[]): string {
  const sides: Json[] = []
  const open = [evidence]
  for (let proof = open.pop(); proof !== undefined; proof = open.pop()) {
    sides.push(...listOf(proof['sides']))
    for (const half of ['below', 'above']) if (proof[half] !== undefined) open.push(objectOf(proof[half]))
  }
  const named = groups.filter((_, g) => sides.some((side) => objectOf(side)['group'] === g))
  return [...new Set((named.length === 0 ? groups : named).map(({ clause }) => clause))].join(', ')
}

/**
 * The bounds of a certificate: those publicly known, or where nobody says what they are, its own as stated. With what must stand there, and
 * the bounds to follow, null for none.
 */
export function boundsOf(
  claim: Json | undefined,
  stages: Json | undefined,
  of: Standing,
  known: KnownBounds | null | undefined,
): { readonly expected: Json; readonly bounds: CountBounds | null } {
  const stated = objectOf(claim)
  const own = known === undefined ? (claim === null ? null : statedBounds(stated, of)) : known
  if (own === undefined) return { expected: 'groups of candidates with their bounds', bounds: null }
  if (own === null || own.groups.length === 0) return { expected: null, bounds: null }
  const witnesses = listOf(stated['witnesses'])
  const bounds = new CountBounds(own, of, listOf(stages), witnesses)
  const isNew = (numbers: Json, i: number): boolean =>
    witnesses.findIndex((other) => canonicalJson(other) === canonicalJson(numbers)) === i
  const expected = {
    groups: own.groups.map(({ name, clause, least, most, members }) => ({ name, clause, least, most, members })),
    elsewhere: own.elsewhere,
    feasible: bounds.feasible(stated['feasible']) ?? stated['feasible'] ?? null,
    witnesses: witnesses.map((numbers, i) =>
      bounds.keepsAll(numbers) && isNew(numbers, i) ? numbers : 'numbers that keep every bound, each set once',
    ),
  }
  return { expected, bounds }
}

/** Groups that could be a rule's; undefined for anything else. At most 64 of them, as many as a rule may have. */
function statedBounds({ groups, elsewhere }: JsonObject, { candidates, standing }: Standing): KnownBounds | undefined {
  const areCandidates = (list: readonly Json[]): boolean =>
    list.every((c, i) => isCount(c) && c < candidates && (i === 0 || c > Number(list[i - 1])))
  const isGroup = ({ name, clause, least, most, members }: JsonObject): boolean =>
    typeof name === 'string' &&
    typeof clause === 'string' &&
    isCount(least) &&
    (most === null || isCount(most)) &&
    Array.isArray(members) &&
    areCandidates(listOf(members))
  const list = listOf(groups).map(objectOf)
  if (list.length === 0 || list.length > 64 || !list.every(isGroup)) return undefined
  const own = list as unknown as readonly BoundGroup[] // each was looked at just above
  if (elsewhere === null) return { groups: own, elsewhere: null }
  const { places, elected, continuing } = objectOf(elsewhere)
  if (!isCount(places) || !areCandidates(sorted(elected)) || !areCandidates(sorted(continuing))) return undefined
  const [gone, open] = [listOf(elected).filter(isCount), listOf(continuing).filter(isCount)]
  const all = [...standing, ...gone, ...open]
  return new Set(all).size === all.length ? { groups: own, elsewhere: { places, elected: gone, continuing: open } } : undefined
}

const sorted = (list: Json | undefined): readonly Json[] => listOf(list).toSorted((a, b) => Number(a) - Number(b))
