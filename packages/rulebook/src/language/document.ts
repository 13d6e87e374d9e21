import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '@quorate/kernel'
import type { ClauseId, Fingerprint } from '../act.ts'
import { diagnose, type Diagnostic } from './diagnostic.ts'

/** A numbered rule: heading, the author's prose and at most one rule block. */
export type Clause = {
  readonly id: ClauseId
  /** Heading depth, 2 for `## 1 Foundations`. */
  readonly level: number
  readonly title: string
  /** What stands in the clause outside its block, trimmed. */
  readonly prose: string
  /** The block as written and the line its first line stands on, or null for a clause of prose alone. */
  readonly block: { readonly source: string; readonly line: number } | null
  /** The clause from its heading to the next numbered heading, without trailing blank lines. */
  readonly source: string
  /** SHA-256 of {@link Clause.source} in UTF-8, lower-case hex: what a `Change` names. */
  readonly fingerprint: Fingerprint
  /** Line of the heading, from 1. */
  readonly line: number
}

/** A rulebook as a text: what stands before the first clause, and the clauses in order. */
export type RulebookDocument = {
  /** Everything before the first numbered heading, without trailing blank lines. */
  readonly preamble: string
  readonly clauses: readonly Clause[]
  /** SHA-256 of the canonical text (see {@link canonicalText}). */
  readonly textHash: Fingerprint
  readonly diagnostics: readonly Diagnostic[]
}

// A long constitution of today has 60,000 characters; ten times that still reads in well under a second.
const lengthMax = 600_000

/** SHA-256 of a text in UTF-8, lower-case hex. */
export const fingerprintOf = (text: string): Fingerprint => toHex(sha256(utf8(text.toWellFormed()))) as Fingerprint

/**
 * The one spelling of a document: `\n` line ends, no trailing blanks on a line, exactly one newline at the end. Two texts that differ only in
 * these are one edition.
 */
export const canonicalText = (text: string): string => {
  const lines = text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
  return `${withoutTail(lines.map((line) => withoutTail(line, ' \t')).join('\n'), '\n')}\n`
}

/** A text without its last characters of some kinds. Not `/\n+$/`: that tries every run of them again from each place, the square of its length. */
function withoutTail(text: string, tail: string): string {
  let end = text.length
  while (end > 0 && tail.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

type Draft = { id: string; level: number; title: string; line: number; lines: string[] }

const heading = /^(#{1,6}) (\d{1,4}(?:\.\d{1,4}){0,5})(?: (.*))?$/

/** Splits a document into clauses. Total: whatever the text, a document and its diagnostics come out, at most one per bad block. */
export function readDocument(source: string): RulebookDocument {
  const text = canonicalText(source.slice(0, lengthMax + 1))
  const diagnostics: Diagnostic[] = []
  if (source.length > lengthMax) diagnostics.push(say('R0101', 1, null, '', `a rulebook has at most ${lengthMax} characters`))
  const { preamble, drafts } = split(text)
  const seen = new Set<string>()
  const clauses: Clause[] = []
  for (const draft of drafts) {
    if (seen.has(draft.id)) {
      diagnostics.push(say('R0103', draft.line, draft.id, draft.id, 'a clause number is used once'))
      continue
    }
    seen.add(draft.id)
    clauses.push(clauseOf(draft, diagnostics))
  }
  if (preamble.some((line) => /^```rule\s*$/.test(line)))
    diagnostics.push(say('R0106', 1, null, '```rule', 'a rule block stands below a numbered heading'))
  if (clauses.length === 0)
    diagnostics.push(say('R0102', 1, null, '', 'a clause begins with a heading such as `## 1 Foundations`'))
  return { preamble: trimEnd(preamble), clauses, textHash: fingerprintOf(text), diagnostics }
}

const say = (code: Diagnostic['code'], line: number, clause: string | null, text: string, help: string): Diagnostic =>
  diagnose({ code, at: { line, column: 1 }, text, help }, clause)

const trimEnd = (lines: readonly string[]): string => withoutTail(lines.join('\n'), '\n')

/** Headings inside a fence are text: the fences are followed, whatever their language. */
function split(text: string): { preamble: string[]; drafts: Draft[] } {
  const preamble: string[] = []
  const drafts: Draft[] = []
  let fenced = false
  text.split('\n').forEach((line, index) => {
    if (/^```/.test(line)) fenced = !fenced
    const match = fenced ? null : heading.exec(line)
    if (match !== null)
      drafts.push({ level: (match[1] ?? '').length, id: match[2] ?? '', title: match[3] ?? '', line: index + 1, lines: [line] })
    else (drafts.at(-1)?.lines ?? preamble).push(line)
  })
  return { preamble, drafts }
}

function clauseOf(draft: Draft, diagnostics: Diagnostic[]): Clause {
  const source = trimEnd(draft.lines)
  const prose: string[] = []
  const blocks: { source: string; line: number }[] = []
  let open: { lines: string[]; rule: boolean; line: number } | null = null
  draft.lines.slice(1).forEach((line, index) => {
    if (open === null && /^```/.test(line)) open = { lines: [], rule: /^```rule$/.test(line), line: draft.line + index + 2 }
    else if (open !== null && line === '```') {
      if (open.rule) blocks.push({ source: open.lines.join('\n'), line: open.line })
      else prose.push(...open.lines)
      open = null
    } else if (open !== null) open.lines.push(line)
    else prose.push(line)
  })
  const unclosed = open as { rule: boolean; line: number } | null
  if (unclosed !== null)
    diagnostics.push(say('R0105', unclosed.line - 1, draft.id, '```', 'close the block with three backticks'))
  const [first, second] = blocks
  if (second !== undefined) diagnostics.push(say('R0104', second.line - 1, draft.id, '```rule', 'a clause holds one rule block'))
  return {
    id: draft.id as ClauseId,
    level: draft.level,
    title: draft.title.trim(),
    prose: prose.join('\n').trim(),
    block: first ?? null,
    source,
    fingerprint: fingerprintOf(source),
    line: draft.line,
  }
}
