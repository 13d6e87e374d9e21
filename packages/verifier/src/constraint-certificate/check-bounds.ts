// Checks a claim about bounds on who may be elected together, by adding up. It never searches: a witness is added, a bound or a cut is added,
// and of a closed search tree each leaf is. Shares nothing with the program that found the evidence; a stranger can write it again from
// docs/spec/constraint-certificate.md.
import { fail, ok, type Result } from '@quorate/kernel'

/** What the checker knows for itself about a moment of a count. Candidates by index from 0. */
export type ConstraintFacts = {
  /** All places to be filled: as many as the rule says, or as many as candidates stand if they are fewer. */
  readonly places: number
  readonly groups: readonly {
    readonly name: string
    readonly clause: string
    readonly members: readonly number[]
    readonly least: number
    readonly most: number | null
  }[]
  readonly elected: readonly number[]
  readonly continuing: readonly number[]
}

/** What a certificate has been found to prove. */
export type ConstraintClaim = {
  readonly claim: 'feasible' | 'infeasible' | 'doomed' | 'guarded'
  readonly candidate: number | null
}

/** What is wrong with a certificate; `at` names the field. */
export type ConstraintCertificateFault = {
  readonly kind: 'not a certificate' | 'other facts' | 'wrong cell' | 'not kept' | 'not closed' | 'too large'
  readonly at: string
}

type Fields = Readonly<Record<string, unknown>>
type Range = { readonly low: number; readonly high: number }
type Sums = { readonly facts: ConstraintFacts; readonly cells: readonly (readonly number[])[] }

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Whether an object has these fields and no others: what nobody looks at is not published. */
const has = (value: Fields, ...names: readonly string[]): boolean =>
  Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const bad = (kind: ConstraintCertificateFault['kind'], at: string): Result<never, ConstraintCertificateFault> =>
  fail({ kind, at })

const splitFields = ['kind', 'cell', 'at', 'below', 'above']
/** Nodes of a closed search tree that are read; the programs that make them give up long before. */
const nodesMost = 1_000_000

/** Whether a certificate proves what it claims, at the moment the facts describe. */
export function checkConstraintCertificate(
  certificate: unknown,
  facts: ConstraintFacts,
): Result<ConstraintClaim, ConstraintCertificateFault> {
  if (!isFields(certificate) || !has(certificate, 'claim', 'candidate', 'places', 'groups', 'cells', 'cell', 'evidence'))
    return bad('not a certificate', '')
  const { claim, candidate, places, groups, cells, cell, evidence } = certificate
  if (places !== facts.places) return bad('other facts', 'places')
  if (!sameGroups(groups, facts)) return bad('other facts', 'groups')
  const ranges = rangesOf(cells, facts)
  if (ranges === null) return bad('other facts', 'cells')
  const sums: Sums = { facts, cells: ranges.groups }
  if (!isFields(evidence)) return bad('not a certificate', 'evidence')
  if (claim === 'feasible' || claim === 'infeasible') {
    if (candidate !== null || cell !== null) return bad('not a certificate', 'candidate')
    if (claim === 'infeasible') return closed(evidence, ranges.ranges, sums, { claim, candidate })
    return witnessed(evidence, ranges.ranges, sums) ? ok({ claim, candidate }) : bad('not kept', 'evidence')
  }
  if (claim !== 'doomed' && claim !== 'guarded') return bad('not a certificate', 'claim')
  if (!isCount(candidate) || !facts.continuing.includes(candidate)) return bad('other facts', 'candidate')
  const own = isCount(cell) ? ranges.groups[cell] : undefined
  if (own?.join() !== groupsOf(candidate, facts).join()) return bad('wrong cell', 'cell')
  // One more of the cell elected, or one fewer standing: the proof must leave no numbers for that.
  const moved = ranges.ranges.map((range, i) =>
    i !== cell ? range : claim === 'doomed' ? { ...range, low: range.low + 1 } : { ...range, high: range.high - 1 },
  )
  return closed(evidence, moved, sums, { claim, candidate })
}

const groupsOf = (candidate: number, { groups }: ConstraintFacts): readonly number[] =>
  groups.flatMap(({ members }, g) => (members.includes(candidate) ? [g] : []))

function sameGroups(groups: unknown, facts: ConstraintFacts): boolean {
  if (!isList(groups) || groups.length !== facts.groups.length) return false
  return facts.groups.every((own, g) => {
    const told = groups[g]
    return (
      isFields(told) &&
      has(told, 'name', 'clause', 'least', 'most') &&
      told['name'] === own.name &&
      told['clause'] === own.clause &&
      told['least'] === own.least &&
      told['most'] === own.most
    )
  })
}

/** The cells as told, if they are those the facts give: every candidate in one, its groups and its numbers right. */
function rangesOf(
  cells: unknown,
  facts: ConstraintFacts,
): { readonly groups: readonly (readonly number[])[]; readonly ranges: readonly Range[] } | null {
  if (!isList(cells)) return null
  const count = (among: readonly number[], key: string): number => among.filter((c) => groupsOf(c, facts).join() === key).length
  const groups: (readonly number[])[] = []
  const ranges: Range[] = []
  for (const cell of cells) {
    if (
      !isFields(cell) ||
      !has(cell, 'groups', 'elected', 'standing') ||
      !isList(cell['groups']) ||
      !cell['groups'].every(isCount)
    )
      return null
    const own = cell['groups']
    const key = own.join()
    const [low, high] = [count(facts.elected, key), count([...facts.elected, ...facts.continuing], key)]
    if (cell['elected'] !== low || cell['standing'] !== high || groups.some((g) => g.join() === key)) return null
    groups.push(own)
    ranges.push({ low, high })
  }
  const all = [...facts.elected, ...facts.continuing]
  return ranges.reduce((n, { high }) => n + high, 0) === all.length ? { groups, ranges } : null
}

function witnessed(evidence: Fields, ranges: readonly Range[], { facts, cells }: Sums): boolean {
  const { kind, counts } = evidence
  if (kind !== 'witness' || !has(evidence, 'kind', 'counts') || !isList(counts) || counts.length !== ranges.length) return false
  let all = 0
  const inGroup = facts.groups.map(() => 0)
  for (const [i, { low, high }] of ranges.entries()) {
    const n = counts[i]
    if (!isCount(n) || n < low || n > high) return false
    all += n
    for (const g of cells[i] ?? []) inGroup[g] = (inGroup[g] ?? 0) + n
  }
  return (
    all === facts.places &&
    facts.groups.every(({ least, most }, g) => (inGroup[g] ?? 0) >= least && (inGroup[g] ?? 0) <= (most ?? all))
  )
}

/** Whether every leaf under a proof is a contradiction within the ranges that lead to it. */
function closed(
  proof: Fields,
  ranges: readonly Range[],
  sums: Sums,
  claim: ConstraintClaim,
): Result<ConstraintClaim, ConstraintCertificateFault> {
  const open: { readonly proof: unknown; readonly ranges: readonly Range[] }[] = [{ proof, ranges }]
  for (let nodes = 0; ; nodes++) {
    const next = open.pop()
    if (next === undefined) return ok(claim)
    if (nodes === nodesMost) return bad('too large', 'evidence')
    if (next.ranges.some(({ low, high }) => low > high)) continue // nothing is left to prove
    if (!isFields(next.proof)) return bad('not a certificate', 'evidence')
    const { kind, sides, cell, at, below, above } = next.proof
    if (kind === 'bounds' && has(next.proof, 'kind', 'sides')) {
      if (!isList(sides) || !clash(sides, next.ranges, sums)) return bad('not closed', 'evidence')
    } else if (kind === 'split' && isCount(cell) && isCount(at) && cell < ranges.length && has(next.proof, ...splitFields)) {
      const half = (to: Partial<Range>): readonly Range[] => next.ranges.map((r, i) => (i === cell ? within(r, to) : r))
      open.push({ proof: below, ranges: half({ high: at }) }, { proof: above, ranges: half({ low: at + 1 }) })
    } else return bad('not a certificate', 'evidence')
  }
}

/** A range cut down, never widened: a proof may not argue about numbers that are not there. */
const within = ({ low, high }: Range, to: Partial<Range>): Range => ({
  low: to.low !== undefined && to.low > low ? to.low : low,
  high: to.high !== undefined && to.high < high ? to.high : high,
})

/**
 * Adds sides up. "At least a of G" is Σ x ≥ a over the cells of G, "at most b" is −Σ x ≥ −b; their sum asks Σ n·x ≥ asked, with n whole
 * numbers. Within the ranges Σ n·x is at most the sum of n·high where n is positive and n·low where it is negative.
 */
function clash(sides: readonly unknown[], ranges: readonly Range[], { facts, cells }: Sums): boolean {
  let asked = 0
  const times = ranges.map(() => 0)
  for (const told of sides) {
    if (!isFields(told) || !has(told, 'group', 'side')) return false
    const { group, side } = told
    if (side !== 'least' && side !== 'most') return false
    const bound = group === null ? { least: facts.places, most: facts.places } : isCount(group) ? facts.groups[group] : undefined
    const amount = side === 'least' ? bound?.least : bound?.most
    if (amount === undefined || amount === null) return false
    const sign = side === 'least' ? 1 : -1
    asked += sign * amount
    for (const [i, own] of cells.entries()) if (group === null || own.some((g) => g === group)) times[i] = (times[i] ?? 0) + sign
  }
  const most = ranges.reduce((sum, { low, high }, i) => sum + (times[i] ?? 0) * ((times[i] ?? 0) > 0 ? high : low), 0)
  return most < asked
}
