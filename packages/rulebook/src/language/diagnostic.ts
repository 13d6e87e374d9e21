/** A place in a document: line and column, both counted from 1, the column in UTF-16 units as editors count it. */
export type Position = { readonly line: number; readonly column: number }

/**
 * What can be wrong with a text, closed. R01xx the document, R02xx the YAML of a block, R03xx its meaning.
 * Each code has one sentence in `docs/reference/rulebook.md`.
 */
export type DiagnosticCode =
  | 'R0101' // longer than a rulebook may be
  | 'R0102' // no clause at all
  | 'R0103' // two clauses with one number
  | 'R0104' // two rule blocks in one clause
  | 'R0105' // a block that is never closed
  | 'R0106' // a rule block before the first clause
  | 'R0201' // not YAML
  | 'R0202' // an anchor, alias, tag or directive
  | 'R0203' // a key twice
  | 'R0204' // nested or long beyond measure
  | 'R0301' // a kind nobody knows
  | 'R0302' // a key this kind does not have
  | 'R0303' // a key this kind needs
  | 'R0304' // a list where a text should stand, and the like
  | 'R0305' // none of the words or phrases allowed here
  | 'R0306' // an expression outside the grammar
  | 'R0307' // an id, or the only rule of its kind, twice
  | 'R0401' // a change to a clause that does not exist, or that exists already
  | 'R0402' // a change whose text is not exactly one clause of that number
  | 'R0501' // a form of a name that the words of a language need and the rulebook does not give
  | 'R0502' // two ids with one name in a language

/** One thing wrong with a text, as a compiler would say it: where, which rule of the language, the offending text, and what would help. */
export type Diagnostic = Position & {
  readonly code: DiagnosticCode
  /** The clause it stands in, or null outside any. */
  readonly clause: string | null
  /** The offending text, cut at 80 characters. */
  readonly text: string
  /** What is allowed here. */
  readonly help: string
}

/** A fault inside a block, before its clause is known. */
export type Fault = { readonly code: DiagnosticCode; readonly at: Position; readonly text: string; readonly help: string }

/** A fault as a diagnostic of its clause. */
export const diagnose = (fault: Fault, clause: string | null): Diagnostic => ({
  code: fault.code,
  line: fault.at.line,
  column: fault.at.column,
  clause,
  text: fault.text.length > 80 ? `${fault.text.slice(0, 79)}…` : fault.text,
  help: fault.help,
})
