// Every claim about bounds that a count makes is proved by its certificate alone, and no certificate proves anything else.
import { countConstrained, nominationsUnder, type ConstraintCertificate, type Constraints, type Profile } from '@quorate/counting'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConstraintCertificate, type ConstraintFacts } from './check-bounds.ts'

type Case = { readonly certificate: ConstraintCertificate; readonly facts: ConstraintFacts }

/** Small elections with up to five overlapping groups. */
const elections = fc
  .record({ candidates: fc.integer({ min: 3, max: 9 }), seats: fc.integer({ min: 1, max: 5 }) })
  .chain(({ candidates, seats }) => {
    const all = Array.from({ length: candidates }, (_, c) => c)
    const bound = fc.record({
      members: fc.subarray(all),
      least: fc.integer({ min: 0, max: 3 }),
      room: fc.option(fc.integer({ min: 0, max: 2 })),
    })
    return fc.record({
      profile: fc.record({
        title: fc.constant(''),
        candidates: fc.constant(all.map((c) => `C${c + 1}`)),
        withdrawn: fc.subarray(all, { maxLength: 1 }),
        seats: fc.constant(seats),
        papers: fc.array(
          fc.record({ weight: fc.integer({ min: 1, max: 9 }), ranking: fc.shuffledSubarray(all, { minLength: 0 }) }),
          { maxLength: 10 },
        ),
      }),
      constraints: fc.array(bound, { maxLength: 5 }).map((bounds) =>
        bounds.map(({ members, least, room }, i) => ({
          name: `group ${i + 1}`,
          clause: `4.${i + 1}`,
          members,
          unsettled: [],
          least,
          most: room === null ? null : least + room,
        })),
      ),
    })
  })

/** All certificates of an election, each with the facts of its moment. */
function casesOf(profile: Profile, constraints: Constraints): readonly Case[] {
  const standing = [...profile.candidates.keys()].filter((c) => !profile.withdrawn.includes(c))
  const places = Math.min(profile.seats, standing.length)
  const elected: number[] = []
  const gone: number[] = []
  const facts = (): ConstraintFacts => ({
    places,
    groups: constraints,
    elected: [...elected],
    continuing: standing.filter((c) => !elected.includes(c) && !gone.includes(c)),
  })
  const nominated = nominationsUnder(profile, constraints)
  if (nominated.kind === 'infeasible') return [{ certificate: nominated.certificate, facts: facts() }]
  const counted = countConstrained('scottish-stv@1', {}, profile, constraints, [...profile.candidates.keys()])
  if (counted.kind === 'fail') throw new Error(counted.error.kind)
  const cases: Case[] = [{ certificate: counted.value.feasible, facts: facts() }]
  for (const act of counted.value.count.stages.flatMap(({ acts }) => acts)) {
    if (act.kind === 'doom' || act.kind === 'guard') cases.push({ certificate: act.certificate, facts: facts() })
    else if (act.kind === 'elect' || act.kind === 'fill') elected.push(act.candidate)
    else if (act.kind === 'exclude') gone.push(act.candidate)
  }
  return cases
}

/** Every way to change one leaf of a value. */
function* mutants(value: unknown, path: string): Generator<readonly [string, unknown]> {
  if (typeof value === 'number') {
    yield [path, value + 1]
    yield [path, value - 1]
    yield [path, null]
  } else if (typeof value === 'string') yield [path, `${value}x`]
  else if (value === null) yield [path, 0]
  else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) for (const [at, m] of mutants(item, `${path}.${i}`)) yield [at, value.with(i, m)]
    if (value.length > 0) yield [path, value.slice(1)]
  } else
    for (const [key, item] of Object.entries(value as object))
      for (const [at, m] of mutants(item, `${path}.${key}`)) yield [at, { ...(value as object), [key]: m }]
}

/** Brute force over the cells of a certificate: whether its claim is true, by looking at every set of numbers. */
function isTrue({ claim, cell, cells, places, groups }: ConstraintCertificate): boolean {
  const found = (low: (i: number) => number, high: (i: number) => number): boolean => {
    const grow = (i: number, counts: readonly number[]): boolean => {
      if (i < cells.length) {
        for (let n = low(i); n <= high(i); n++) if (grow(i + 1, [...counts, n])) return true
        return false
      }
      const sum = (g: number | null): number =>
        counts.reduce((all, n, k) => all + (g === null || cells[k]?.groups.includes(g) === true ? n : 0), 0)
      return sum(null) === places && groups.every(({ least, most }, g) => sum(g) >= least && sum(g) <= (most ?? places))
    }
    return grow(0, [])
  }
  const low = (i: number): number => (cells[i]?.elected ?? 0) + (claim === 'doomed' && i === cell ? 1 : 0)
  const high = (i: number): number => (cells[i]?.standing ?? 0) - (claim === 'guarded' && i === cell ? 1 : 0)
  return found(low, high) === (claim === 'feasible')
}

describe('the checker of constraint certificates', () => {
  it('accepts every certificate that a count or a close of nominations gives, with its claim', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(elections, ({ profile, constraints }) => {
        for (const { certificate, facts } of casesOf(profile, constraints)) {
          const { claim, candidate } = certificate
          kinds.add(`${claim} ${certificate.evidence.kind}`)
          expect(checkConstraintCertificate(certificate, facts)).toEqual({ kind: 'ok', value: { claim, candidate } })
        }
      }),
      { numRuns: 1500 },
    )
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(['doomed bounds', 'feasible witness', 'guarded bounds', 'infeasible bounds']),
    )
  })

  it('refuses every certificate with one leaf changed, unless what it then says is true as well', () => {
    fc.assert(
      fc.property(elections, ({ profile, constraints }) => {
        for (const { certificate, facts } of casesOf(profile, constraints)) {
          for (const [path, mutant] of mutants(certificate, '')) {
            const answer = checkConstraintCertificate(mutant, facts)
            if (answer.kind === 'fail') continue
            // Only the evidence can change and still prove something: other numbers that fit, another cut that closes.
            expect(path).toMatch(/^\.(evidence|candidate|cell|claim)/)
            expect(isTrue(mutant as ConstraintCertificate)).toBe(true)
          }
        }
      }),
      { numRuns: 250 },
    )
  })

  it('refuses a claim about another moment: one more elected, one fewer in, other bounds', () => {
    fc.assert(
      fc.property(elections, ({ profile, constraints }) => {
        for (const { certificate, facts } of casesOf(profile, constraints)) {
          const [next, ...others] = facts.continuing
          if (next === undefined) continue
          const later = { ...facts, elected: [...facts.elected, next], continuing: others }
          expect(checkConstraintCertificate(certificate, later).kind).toBe('fail')
          expect(checkConstraintCertificate(certificate, { ...facts, continuing: others }).kind).toBe('fail')
          const [group, ...rest] = facts.groups
          if (group !== undefined)
            expect(
              checkConstraintCertificate(certificate, { ...facts, groups: [{ ...group, least: group.least + 1 }, ...rest] }),
            ).toMatchObject({ error: { at: 'groups' } })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('answers to anything at all, and never throws', () => {
    const facts: ConstraintFacts = { places: 1, groups: [], elected: [], continuing: [0, 1] }
    fc.assert(
      fc.property(fc.anything(), (thing) => checkConstraintCertificate(thing, facts).kind === 'fail'),
      { numRuns: 500 },
    )
  })

  it('does not follow a tree that argues about numbers that are not there, or goes on for ever', () => {
    const facts: ConstraintFacts = { places: 1, groups: [], elected: [], continuing: [0, 1] }
    const head = { candidate: null, places: 1, groups: [], cells: [{ groups: [], elected: 0, standing: 2 }], cell: null }
    const leaf = { kind: 'bounds', sides: [{ group: null, side: 'least' }] }
    const tree = {
      kind: 'split',
      cell: 0,
      at: 0,
      below: leaf,
      above: { kind: 'split', cell: 0, at: 0, below: leaf, above: leaf },
    }
    expect(checkConstraintCertificate({ claim: 'infeasible', ...head, evidence: tree }, facts)).toMatchObject({
      error: { kind: 'not closed' },
    })
    const endless: Record<string, unknown> = { kind: 'split', cell: 0, at: 5, above: leaf }
    endless['below'] = endless
    expect(checkConstraintCertificate({ claim: 'infeasible', ...head, evidence: endless }, facts)).toMatchObject({
      error: { kind: 'too large' },
    })
  })
})
