// A count told: everything a person is shown of it, in one shape for every method, in finished words. Made from the trace alone. It holds
// texts and whole numbers only, so that it passes between a worker and a page, or into a file, as it is.

/** What a count was about: names by index, who withdrew, seats, decimal places of money (0 where there is none). */
export type Subject = {
  readonly title: string
  readonly names: readonly string[]
  readonly withdrawn: readonly number[]
  readonly seats: number
  readonly moneyPlaces: number
}

/** How somebody stands at a stage: still in, chosen by then, out by then; or `aside`: a row that is nobody's. */
export type BarState = 'in' | 'chosen' | 'out' | 'aside'

/** One bar of a stage. `share` is its length in thousandths of the longest scale of the stage; `exact` the figure for files. */
export type AccountBar = {
  readonly option: number | null
  readonly name: string
  readonly figure: string
  readonly exact: string
  readonly share: number
  readonly state: BarState
}

/** A line across the bars, such as the quota, with its name. */
export type AccountLine = { readonly name: string; readonly figure: string; readonly share: number }

/** Votes or money that moved in a stage. */
export type AccountLink = { readonly from: string; readonly to: string; readonly figure: string; readonly exact: string }

/** One step of a count. `clauses` are those of the statute it applied; `text` has no heading of its own. */
export type AccountStage = {
  readonly number: number
  readonly heading: string
  readonly text: string
  readonly clauses: readonly string[]
  readonly bars: readonly AccountBar[]
  readonly line: AccountLine | null
  readonly flow: readonly AccountLink[]
}

/** A row of a table; `option` null where it is nobody's. A cell is null where there is nothing to say. */
export type AccountRow = {
  readonly option: number | null
  readonly name: string
  readonly chosen: boolean
  readonly cells: readonly (string | null)[]
}

/** A table; `headings[0]` is the heading of the names. */
export type AccountTable = {
  readonly id: string
  readonly caption: string
  readonly headings: readonly string[]
  readonly rows: readonly AccountRow[]
}

/** How one candidate, project or answer came out of it. */
export type AccountOption = {
  readonly option: number
  readonly name: string
  readonly chosen: boolean
  /** A few words: elected at stage 2, not funded. */
  readonly standing: string
  /** Why not elected or funded, in sentences; null for those who were, and for the withdrawn. */
  readonly whyNot: string | null
}

/** A count told in one language. */
export type Account = {
  readonly language: 'en' | 'cy'
  readonly kind: string
  readonly method: string
  readonly title: string
  readonly profileHash: string | null
  /** The outcome in one sentence. */
  readonly headline: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  /** Those chosen first, in their order. */
  readonly options: readonly AccountOption[]
  readonly stages: readonly AccountStage[]
  readonly tables: readonly AccountTable[]
  /** The lot order, if one was given, and what it settled beyond the stages; null without. */
  readonly lot: string | null
}
