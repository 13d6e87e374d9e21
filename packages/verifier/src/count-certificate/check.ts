// The door of the checker: the head of a certificate, its stages, its end. The rules stand in a file each.
import { canonicalJson, fail, fromHex, ok, parseCanonicalJson, type Json, type JsonObject, type Result } from '@quorate/kernel'
import { areSound, fingerprintOf, orderFrom, sheetsOf, type CertifiedPapers } from '../counted-papers.ts'
import { difference } from '../difference.ts'
import { listOf, objectOf } from '../json-parts.ts'
import { boundsOf, type KnownBounds } from '../constraint-certificate/bounds-in-a-count.ts'
import { decimal, sum, type Books, type Contest } from './books.ts'
import { ers97 } from './ers97.ts'
import { irv, irvOpen, isAmong, type Opens } from './irv.ts'
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

type Checked = Result<readonly number[], CertificateFault>

/** Rules by id, with what the open points may say that the certificate must have chosen. */
type Rule = { readonly books: (contest: Contest, papers: CertifiedPapers) => Books; readonly open?: Opens }
const nzOpen = { clause10: ['as-written', 'as-practised'], clause13: ['from-step-2', 'from-step-1'], discards: [4, 5] }
const rules = new Map<Json | undefined, Rule>([
  ['scottish-stv@1', { books: scottish }],
  ['nz-meek@1', { books: nz, open: { ...nzOpen, numbersAmong: ['all-tied', 'those-left'] } }],
  ['meek-reference@1', { books: reference }],
  ['ers97@1', { books: ers97 }],
  ['irv@1', { books: irv, open: irvOpen }],
])

/**
 * Checks a count certificate against the papers and gives the elected. `lotSeed`: the seed that is publicly known, 32 bytes in hex; without it a
 * seed must only give the certificate's order, and an order without a seed is taken as stated. `known`: the bounds that are publicly known, null
 * for none; without it those of the certificate are taken as stated. Total: any text gives an answer. Cost: a count.
 */
export function checkCountCertificate(
  papers: CertifiedPapers,
  text: string,
  lotSeed?: string,
  known?: KnownBounds | null,
): Checked {
  const json = parseCanonicalJson(text)
  const claim = json.kind === 'ok' ? objectOf(json.value) : {}
  const [method, params, rule] = [claim['method'] ?? null, objectOf(claim['params']), rules.get(claim['method'])]
  const faulty = (field: string, expected: string, found: string, stage = 0, clause: string | null = null) =>
    fail({ stage: stage || null, clause, field, expected: expected.slice(0, 300), found: found.slice(0, 300) })
  if (!areSound(papers, method === 'irv@1')) return faulty('/papers', 'papers of one contest', 'others')
  if (rule === undefined) return faulty('/method', 'a method of this format', canonicalJson(method))
  const unknown = Object.entries(rule.open ?? {}).find(([name, known]) => !isAmong(known, params[name] ?? null))
  if (unknown !== undefined) return faulty('/params', `a value of ${unknown[0]}`, canonicalJson(params))
  const { candidates, withdrawn, seats } = papers
  const standing = candidates.flatMap((_, c) => (withdrawn.includes(c) ? [] : [c]))
  const { sheets, blank } = sheetsOf(papers)
  const valid = sum(sheets.map((sheet) => sheet.papers))
  const lot = lotOf(claim['lot'], candidates.length, lotSeed)
  const of = { candidates: candidates.length, standing, seats }
  const { expected: constraints, bounds } = boundsOf(claim['constraints'], claim['stages'], of, known)
  const order = lot?.order ?? candidates.map(() => -1)
  const books = rule.books({ standing, seats, sheets, valid, params, bounds, lot: order }, papers)
  const chosen = Object.fromEntries(Object.keys(rule.open ?? {}).map((name) => [name, params[name] ?? null]))
  const head = { candidates, withdrawn, seats, lot, constraints, params: chosen }
  const [cast, all] = [books.contest.valid, valid + blank]
  const counted = { profileHash: fingerprintOf(papers), valid: Number(cast), invalid: Number(all - cast), places: books.places }
  const end = { elected: books.elected, unfilled: books.vacancies(), quota: decimal(books.quota, books.places) }
  const expected = { format: 'quorate/count-certificate/v1', method, ...head, ...counted, stages: books.stages, ...end }
  // What happened in a stage comes before what it led to.
  const before = ([name]: readonly [string, unknown]): boolean => !(name in end)
  const [first, told] = [expected, claim].map((all) => Object.fromEntries(Object.entries(all).filter(before)))
  const wrong = difference(first ?? {}, told ?? {}) ?? difference(expected, claim)
  if (wrong === null) return ok(books.elected)
  const stage = Number(/^\/stages\/(\d+)/.exec(wrong.path)?.[1] ?? -1)
  return faulty(wrong.path, wrong.expected, wrong.found, stage + 1, clauseAt(books.stages[stage], wrong.path))
}

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
