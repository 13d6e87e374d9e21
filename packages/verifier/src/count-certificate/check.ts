// The door of the checker: the head of a certificate, its stages, its end. The rules stand in a file each.
import { canonicalJson, fail, fromHex, ok, parseCanonicalJson, type Json, type JsonObject, type Result } from '@quorate/kernel'
import { areSound, fingerprintOf, orderFrom, sheetsOf, type CertifiedPapers } from '../counted-papers.ts'
import { difference } from '../difference.ts'
import { decimal, sum, type Books, type Contest } from './books.ts'
import { ers97 } from './ers97.ts'
import { nz, reference } from './meek.ts'
import { scottish } from './scottish.ts'

/** The first thing wrong: the stage (from 1; null: the head or the end), the clause at work there, the field's path, what must stand there. */
export type CertificateFault = {
  readonly stage: number | null
  readonly clause: string | null
  readonly field: string
  readonly expected: string
  readonly found: string
}

/** Rules by id, with the open points that the certificate must have chosen. */
type Rule = { readonly books: (contest: Contest) => Books; readonly open?: Readonly<Record<string, readonly Json[]>> }
const clauses = { clause10: ['as-written', 'as-practised'], clause13: ['from-step-2', 'from-step-1'] }
const rules = new Map<Json | undefined, Rule>([
  ['scottish-stv@1', { books: scottish }],
  ['nz-meek@1', { books: nz, open: { ...clauses, discards: [4, 5], numbersAmong: ['all-tied', 'those-left'] } }],
  ['meek-reference@1', { books: reference }],
  ['ers97@1', { books: ers97 }],
])

/**
 * Checks a count certificate against the papers and gives the elected. `lotSeed`: the seed that is publicly known, 32 bytes in hex; without it a
 * seed must only give the certificate's order, and an order without a seed is taken as stated. Total: any text gives an answer. Cost: a count.
 */
export function checkCountCertificate(
  papers: CertifiedPapers,
  text: string,
  lotSeed?: string,
): Result<readonly number[], CertificateFault> {
  const json = parseCanonicalJson(text)
  const claim = json.kind === 'ok' ? objectOf(json.value) : {}
  const [method, params, rule] = [claim['method'] ?? null, objectOf(claim['params']), rules.get(claim['method'])]
  const faulty = (field: string, expected: string, found: string, stage = 0, clause: string | null = null) =>
    fail({ stage: stage || null, clause, field, expected: expected.slice(0, 300), found: found.slice(0, 300) })
  if (!areSound(papers)) return faulty('/papers', 'papers of one contest', 'others')
  if (rule === undefined) return faulty('/method', 'a method of this format', canonicalJson(method))
  const unknown = Object.entries(rule.open ?? {}).find(([name, known]) => !known.includes(params[name] ?? null))
  if (unknown !== undefined) return faulty('/params', canonicalJson(unknown), canonicalJson(params))
  const { candidates, withdrawn, seats } = papers
  const standing = candidates.flatMap((_, c) => (withdrawn.includes(c) ? [] : [c]))
  const { sheets, blank } = sheetsOf(papers)
  const valid = sum(sheets.map((sheet) => sheet.papers))
  const lot = lotOf(claim['lot'], candidates.length, lotSeed)
  const books = rule.books({ standing, seats, sheets, valid, params, lot: lot?.order ?? candidates.map(() => -1) })
  const chosen = Object.fromEntries(Object.keys(rule.open ?? {}).map((name) => [name, params[name] ?? null]))
  const head = { candidates, withdrawn, seats, lot, constraints: null, params: chosen }
  const counted = { profileHash: fingerprintOf(papers), valid: Number(valid), invalid: Number(blank), places: books.places }
  const end = { elected: books.elected, unfilled: books.vacancies(), quota: decimal(books.quota, books.places) }
  const expected = { format: 'quorate/count-certificate/v1', method, ...head, ...counted, stages: books.stages, ...end }
  const wrong = difference(expected, claim)
  if (wrong === null) return ok(books.elected)
  const stage = Number(/^\/stages\/(\d+)/.exec(wrong.path)?.[1] ?? -1)
  return faulty(wrong.path, wrong.expected, wrong.found, stage + 1, clauseAt(books.stages[stage], wrong.path))
}

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** The lot as it must stand: the certificate's own where it is every candidate once, as its own or the known seed gives them. */
function lotOf(claim: Json | undefined, candidates: number, known?: string): { order: readonly number[]; seed: Json } | null {
  if (claim === null && known === undefined) return null
  const seed = known ?? objectOf(claim)['seed'] ?? null
  const bytes = typeof seed === 'string' ? fromHex(seed) : null
  if (bytes?.kind === 'ok') return { order: orderFrom(bytes.value, candidates), seed }
  const all = Array.from({ length: candidates }, (_, c) => c)
  const order = listOf(objectOf(claim)['order']).filter((c) => typeof c === 'number')
  return { order: order.length === candidates && all.every((c) => order.includes(c)) ? order : all, seed: null }
}

/** The clause at work on a field of a stage: its own act's, or that of the act that moved papers there. */
function clauseAt(stage: JsonObject | undefined, path: string): string | null {
  const acts = listOf(stage?.['acts']).map(objectOf)
  const moves = acts.find(({ kind }) => kind === 'surplus' || kind === 'exclude' || kind === 'iterate')
  const { clause } = acts[Number(/\/acts\/(\d+)/.exec(path)?.[1] ?? -1)] ?? moves ?? acts[0] ?? {}
  return typeof clause === 'string' ? clause : null
}
