// What goes into a reader of ballot files and what comes out, whatever their form.
import type { Result } from '@quorate/kernel'
import type { AbcFault } from './abc-yaml.ts'
import type { BltFault, BltFinding } from './blt-faults.ts'
import type { PbFault } from '../budget/pabulib.ts'
import type { GradeProfile } from '../grades/grades.ts'
import type { Box, BoxKind } from '../methods/box.ts'
import type { Repeats } from '../papers/profile.ts'
import type { CvrFault, WriteIns } from './cvr.ts'
import type { BallotFormat } from './detect.ts'
import type { GradesCsvFault } from './grades-csv.ts'
import type { PreflibFault } from './preflib.ts'

/** What a reader must know beside the bytes. */
export type ReadAs = {
  readonly format: BallotFormat
  /** What the method counts: a table of numbers may be ranks or grades. */
  readonly wants: BoxKind
  /** Places, where the file does not say; 1 when nobody does. */
  readonly seats: number | null
  /** The contest of a file that holds several. */
  readonly contest: string | null
  readonly scale: GradeProfile['scale'] | null
  /** Whether a paper may name a candidate at two ranks, as the method says; refused unless said. */
  readonly repeats?: Repeats
  /** Names written in by voters, in cast vote records; candidates of their own unless said. */
  readonly writeIns?: WriteIns
}

/** Why a file does not read: the fault of its form; something the whole is not; or a need unmet. */
export type ReadFault =
  | { readonly format: 'blt'; readonly fault: BltFault }
  | { readonly format: 'preflib'; readonly fault: PreflibFault }
  | { readonly format: 'pb'; readonly fault: PbFault }
  | { readonly format: 'csv'; readonly fault: GradesCsvFault }
  | { readonly format: 'cvr'; readonly fault: CvrFault }
  | { readonly format: 'abc'; readonly fault: AbcFault }
  /** It reads, but is no election: `what` is the kind of fault the check found. */
  | { readonly format: 'any'; readonly fault: { readonly kind: 'bad profile'; readonly what: string } }
  /** A table of grades needs its scale. */
  | { readonly format: 'any'; readonly fault: { readonly kind: 'no scale' } }

/** A file read. `tieOrder` and `findings` come from BLT alone. */
export type ReadBox = {
  readonly box: Box
  readonly tieOrder: readonly number[] | null
  readonly findings: readonly BltFinding[]
}

/** Takes a file piece by piece. BLT is packed as it comes; the other forms are kept until the end. */
export type BoxReader = {
  /** The next bytes, cut anywhere; they may be overwritten afterwards. */
  readonly push: (bytes: Uint8Array) => void
  readonly end: () => Result<ReadBox, readonly [ReadFault, ...ReadFault[]]>
}
