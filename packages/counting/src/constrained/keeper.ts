// Keeps the bounds through a count: before every act the engine asks who is doomed and who is guarded, given who is elected and who is in.
import { assert } from '@quorate/kernel'
import type { Contest } from '../papers/profile.ts'
import {
  clausesOf,
  narrowed,
  type Cell,
  type CellProblem,
  type ConstraintCertificate,
  type Proof,
  type Witness,
} from './certificate.ts'
import { placesOf, type Constraints } from './constraints.ts'
import { nowhere, type Elsewhere } from './elsewhere.ts'
import type { Judge } from './judge.ts'
import { solve } from './solve.ts'

/** Somebody has become doomed or guarded, and why. */
export type News = {
  readonly kind: 'doom' | 'guard'
  /** The clauses of the bounds that decide. */
  readonly clause: string
  readonly candidate: number
  readonly certificate: ConstraintCertificate
}

/** Where an election stands for its bounds. `clause` of a doomed candidate is that of the doom. */
export type Verdict = {
  readonly doomed: ReadonlyMap<number, string>
  readonly guarded: ReadonlySet<number>
  readonly news: readonly News[]
}

const nothing: Verdict = { doomed: new Map(), guarded: new Set(), news: [] }

/** A moment of a count. */
export type Moment = { readonly elected: readonly number[]; readonly continuing: readonly number[] }

/** Candidates sorted into cells: the groups of each cell, and the cell of each candidate. */
type Cells = { readonly groups: readonly (readonly number[])[]; readonly of: readonly number[] }

/** One count's keeper of its bounds. Has a memory, so a count needs one of its own. */
export class Keeper {
  /** The clauses of all bounds. */
  readonly clause: string
  readonly #constraints: Constraints
  readonly #contest: Contest
  readonly #judge: Judge
  readonly #elsewhere: Elsewhere
  readonly #cells: Cells
  readonly #doomed = new Map<number, string>()
  readonly #guarded = new Set<number>()
  #gaveUp = false

  constructor(constraints: Constraints, contest: Contest, judge: Judge, elsewhere: Elsewhere = nowhere) {
    this.clause = clausesOf(constraints, null)
    this.#constraints = constraints
    this.#contest = contest
    this.#judge = judge
    this.#elsewhere = elsewhere
    this.#cells = cellsOf(constraints, contest, [...elsewhere.elected, ...elsewhere.continuing])
  }

  /** Whether a search was too long: then what the count says is worth nothing. */
  get gaveUp(): boolean {
    return this.#gaveUp
  }

  /** Judges a moment. With no more continuing than places there is nothing to choose, and with no place left nothing to lose. */
  judge(moment: Moment): Verdict {
    if (this.#gaveUp || !this.hasChoice(moment)) return nothing
    const cells = this.#cellsAt(moment)
    const judged = this.#judge(this.#problem(cells))
    if (judged === null) {
      this.#gaveUp = true
      return nothing
    }
    const news: News[] = []
    const proofs = new Map<string, Proof>()
    for (const candidate of moment.continuing) {
      const cell = this.cellOf(candidate)
      if (judged.doomed.includes(cell) && !this.#doomed.has(candidate)) {
        const told = this.#news('doom', candidate, cells, proofs)
        this.#doomed.set(candidate, told.clause)
        news.push(told)
      }
      if (judged.guarded.includes(cell) && !this.#guarded.has(candidate)) {
        this.#guarded.add(candidate)
        news.push(this.#news('guard', candidate, cells, proofs))
      }
    }
    const doomed = moment.continuing.flatMap((c) => {
      const clause = this.#doomed.get(c)
      return clause === undefined ? [] : [[c, clause] as const]
    })
    return { doomed: new Map(doomed), guarded: new Set(moment.continuing.filter((c) => this.#guarded.has(c))), news }
  }

  /** Whether there is anything to judge: places to fill, and more who are in than places. */
  hasChoice({ elected, continuing }: Moment): boolean {
    const vacancies = placesOf(this.#contest) - elected.length
    return vacancies > 0 && continuing.length > vacancies
  }

  /** A moment as numbers: what is solved. */
  problemAt(moment: Moment): CellProblem {
    return this.#problem(this.#cellsAt(moment))
  }

  /** Whether a bound can still be missed. Not if every choice among those who are in keeps it: then who is excluded together is no matter. */
  stillBinds(moment: Moment): boolean {
    const { places, bounds, cells } = this.problemAt(moment)
    const sum = (own: CellProblem['cells'], side: 'low' | 'high'): number => own.reduce((n, cell) => n + cell[side], 0)
    return bounds.some(({ least, most }, group) => {
      const own = cells.filter(({ groups }) => groups.includes(group))
      const others = cells.filter(({ groups }) => !groups.includes(group))
      const fewest = [sum(own, 'low'), places - sum(others, 'high')].sort((a, b) => b - a)[0] ?? 0
      const largest = [sum(own, 'high'), places - sum(others, 'low')].sort((a, b) => a - b)[0] ?? 0
      return fewest < least || (most !== null && largest > most)
    })
  }

  /** Whether all of `more` can be elected together: then the order in which they are does not matter. */
  together(moment: Moment, more: readonly number[]): boolean {
    const elected = [...moment.elected, ...more]
    const continuing = moment.continuing.filter((c) => !more.includes(c))
    const answer = solve(this.#problem(this.#cellsAt({ elected, continuing })))
    if (answer === null) this.#gaveUp = true
    return answer === null || answer.kind === 'witness'
  }

  /** Whether the bounds can be kept at all, before anybody is elected. */
  certificate(): ConstraintCertificate | null {
    const { candidates, withdrawn } = this.#contest
    const continuing = [...candidates.keys()].filter((c) => !withdrawn.includes(c))
    const cells = this.#cellsAt({ elected: [], continuing })
    const answer = solve(this.#problem(cells))
    if (answer === null) return null
    return this.#certificate(answer.kind === 'witness' ? 'feasible' : 'infeasible', null, cells, answer)
  }

  #news(kind: News['kind'], candidate: number, cells: readonly Cell[], proofs: Map<string, Proof>): News {
    const cell = this.cellOf(candidate)
    const key = `${kind} ${cell}`
    const proof = proofs.get(key) ?? this.#proof(kind, cell, cells)
    proofs.set(key, proof)
    return {
      kind,
      clause: clausesOf(this.#constraints, proof),
      candidate,
      certificate: this.#certificate(kind === 'doom' ? 'doomed' : 'guarded', candidate, cells, proof),
    }
  }

  #proof(kind: News['kind'], cell: number, cells: readonly Cell[]): Proof {
    const own = cells[cell]
    assert(own !== undefined, 'every candidate has a cell')
    const without = kind === 'doom' ? { low: own.elected + 1 } : { high: own.standing - 1 }
    const proof = solve(narrowed(this.#problem(cells), cell, without))
    assert(proof !== null && proof.kind !== 'witness', 'what was judged can be proved')
    return proof
  }

  #certificate(
    claim: ConstraintCertificate['claim'],
    candidate: number | null,
    cells: readonly Cell[],
    evidence: Witness | Proof,
  ): ConstraintCertificate {
    const groups = this.#constraints.map(({ name, clause, least, most }) => ({ name, clause, least, most }))
    const cell = candidate === null ? null : this.cellOf(candidate)
    return { claim, candidate, places: this.#places(), groups, cells, cell, evidence }
  }

  #places(): number {
    return placesOf(this.#contest) + this.#elsewhere.places
  }

  /** The cell of somebody who stands, by its place in every certificate of the count. */
  cellOf(candidate: number): number {
    return this.#cells.of[candidate] ?? -1
  }

  #cellsAt({ elected, continuing }: Moment): readonly Cell[] {
    const inCell = (among: readonly number[], cell: number): number => among.filter((c) => this.cellOf(c) === cell).length
    return this.#cells.groups.map((groups, cell) => {
      const already = inCell(elected, cell) + inCell(this.#elsewhere.elected, cell)
      return { groups, elected: already, standing: already + inCell(continuing, cell) + inCell(this.#elsewhere.continuing, cell) }
    })
  }

  #problem(cells: readonly Cell[]): CellProblem {
    return {
      places: this.#places(),
      bounds: this.#constraints.map(({ least, most }) => ({ least, most })),
      cells: cells.map(({ groups, elected, standing }) => ({ groups, low: elected, high: standing })),
    }
  }
}

/** Cells in the order in which the first candidate of each was nominated. Those who stand neither here nor elsewhere have none. */
function cellsOf(constraints: Constraints, { candidates, withdrawn }: Contest, elsewhere: readonly number[]): Cells {
  const keys = new Map<string, number>()
  const groups: (readonly number[])[] = []
  const of = candidates.map((_, c) => {
    if (withdrawn.includes(c) && !elsewhere.includes(c)) return -1
    const own = constraints.flatMap(({ members }, g) => (members.includes(c) ? [g] : []))
    const known = keys.get(own.join())
    if (known !== undefined) return known
    keys.set(own.join(), groups.length)
    groups.push(own)
    return groups.length - 1
  })
  return { groups, of }
}
