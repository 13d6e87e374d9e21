import type { Citation } from '../act.ts'
import { cite, type Rulebook } from '../language/model.ts'
import { rowOf, type FindingCode, type Grade } from './codes.ts'

/** Numbers and names a finding's sentence needs, such as the turnout asked for and the best there has been. */
export type Figures = { readonly [name: string]: string | number }

/** One hole. An error blocks activation; a warning must be waived on the record by those who ratify. */
export type Finding = {
  readonly code: FindingCode
  readonly grade: Grade
  readonly clause: Citation
  /** The id, stage, field or clause it is about. */
  readonly subject: string
  readonly figures: Figures
}

/** What the linter may know of the movement beside its rules; what is not stated is not found. */
export type LintFacts = {
  /** Past ballots: returned of a roll. */
  readonly turnouts: readonly { readonly cast: number; readonly of: number }[]
  /** People in an electorate today, by its id. */
  readonly electorates?: { readonly [id: string]: number }
  /** Seats filled today, by body. */
  readonly seated?: { readonly [body: string]: number }
}

/** Says what was found in one clause. */
export type Say = (code: FindingCode, subject: string, figures?: Figures) => Finding

/** Findings of one clause are made by this. */
export const sayAt =
  (rulebook: Rulebook, clause: string): Say =>
  (code, subject, figures = {}) => ({ code, grade: rowOf(code).grade, clause: cite(rulebook, clause), subject, figures })
