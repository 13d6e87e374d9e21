import { canonicalJson, parseCanonicalJson, type Json } from '@quorate/kernel'
import type { Bench } from '../tools/measure.ts'

/** An entry as the record holds them: nested, a few hundred bytes, names out of order. */
const entry: Json = {
  type: 'act',
  at: 1_795_294_341_000,
  index: 18_204,
  decision: '0199f0b4-7c1e-7a52-9d0c-3f1a2b4c5d6e',
  body: {
    act: {
      kind: 'sign',
      power: 'support-motion',
      by: '5f4dcc3b5aa765d61d8327deb882cf99',
      decision: 12,
      evidence: ['registered', 'in good standing'],
    },
    facts: [
      { kind: 'eligible', electorate: 'members', person: '5f4dcc3b5aa765d61d8327deb882cf99', source: 'register', size: 1204 },
      { kind: 'electorate-size', electorate: 'members', size: 1204, on: '2026-11-21' },
    ],
    deemed: [],
    events: [
      { kind: 'signed', count: 61, threshold: { numerator: 5, denominator: 100 }, text: 'Nia Pritchard — cefnogi’r cynnig' },
    ],
  },
}

/** The cheapest way to a fixed order of names without checking anything: a replacer that sorts each object. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Canonical JSON beside the platform's. */
export default function canonicalJsonBench(): Bench {
  const text = canonicalJson(entry)
  return {
    title: 'Canonical JSON',
    about: `One record entry of ${new TextEncoder().encode(text).length} bytes. Each entry is printed once when it is written and parsed by every verifier; both must stay far below the cost of its hash and its row.`,
    cases: [
      { name: 'JSON.stringify (any order, no check)', operations: 1, run: () => JSON.stringify(entry) },
      { name: 'JSON.stringify with names sorted', operations: 1, run: () => JSON.stringify(entry, sorted) },
      { name: 'canonicalJson', operations: 1, run: () => canonicalJson(entry) },
      { name: 'JSON.parse (takes anything)', operations: 1, run: () => JSON.parse(text) as unknown },
      { name: 'parseCanonicalJson', operations: 1, run: () => parseCanonicalJson(text) },
    ],
  }
}
