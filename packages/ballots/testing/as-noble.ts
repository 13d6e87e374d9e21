import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, uintBytes, uintOf, utf8 } from '@quorate/kernel'

import { fastEd25519 } from '../src/groups/ed25519-wasm.ts'
import type { Engine } from '../src/groups/engine.ts'
import { type Element, engineOf } from '../src/groups/groups.ts'
import { seededRandom } from '../src/seeded-random.ts'
import { torsionPoints, withTorsion } from './torsion.ts'

const noble = engineOf('Ed25519')
const ours = engineOf('Ed25519', { wasm: fastEd25519 })
const { q } = noble
const p = 2n ** 255n - 19n

/** Numbers of up to 512 bits from a seed. */
function numbersFrom(seed: number): (below: bigint) => bigint {
  const random = seededRandom(new Uint8Array(32).fill(seed))
  return (below) => random(64).reduce((n, byte) => (n << 8n) | BigInt(byte), 0n) % below
}

/** Scalars where arithmetic breaks if it breaks: ends of the range, single bits, and runs of ones around the edges of limbs and windows. */
const edges: readonly bigint[] = [
  ...[0n, 1n, 2n, 7n, 8n, 15n, 16n, 17n, q - 1n, q - 2n, q >> 1n, (q >> 1n) + 1n],
  ...[25n, 26n, 51n, 52n, 64n, 127n, 128n, 130n, 192n, 251n, 252n].flatMap((bit) => [
    (1n << bit) - 1n,
    1n << bit,
    (1n << bit) + 1n,
  ]),
].map((k) => k % q)

type Operation = {
  readonly name: string
  /** What an engine says of one input: random for all numbers but the first, which are the edges. */
  readonly run: (engine: Engine<Element>, j: bigint, k: bigint, n: number) => string
}

const at = (engine: Engine<Element>, j: bigint): Element => engine.multiply(engine.generator, j)

/** Every operation that the WebAssembly does in noble's place. */
export const operations: readonly Operation[] = [
  { name: 'a public product', run: (e, j, k) => e.encode(e.multiply(at(e, j), k)) },
  { name: 'a secret product', run: (e, j, k) => e.encode(e.multiplySecret(at(e, j), k)) },
  { name: 'a secret product of the base', run: (e, _, k) => e.encode(e.multiplyBaseSecret(k)) },
  { name: 'a sum and a difference', run: (e, j, k) => e.encode(e.add(at(e, j), e.negate(at(e, k)))) },
  {
    name: 'a sum of products',
    // Sizes on both sides of the one from which Pippenger's windows are used.
    run: (e, j, k, n) =>
      e.encode(
        e.sumOfProducts(Array.from({ length: n % 13 }, (_, i) => [at(e, (j * BigInt(i + 1)) % q), (k + BigInt(i)) % q] as const)),
      ),
  },
  {
    name: 'the reading of a text',
    run: (e, j, k, n) => {
      // Half are texts of elements, as they are or with a torsion point added; half are any 256 bits, and some are y ≥ p.
      const text =
        n % 4 === 0
          ? noble.encode(at(noble, j))
          : n % 4 === 1
            ? withTorsion(noble.encode(at(noble, j)), BigInt(n % 8))
            : (n % 64 === 2 ? p + (k % 19n) : (j << 3n) ^ k ^ (k << 4n)).toString(16).padStart(64, '0').slice(-64)
      const read = e.decode(text, true)
      return read.kind === 'fail' ? read.error : e.encode(read.value)
    },
  },
  {
    name: 'SHA-256 of a text',
    // Lengths about every edge of the padding, and characters of two bytes.
    run: (e, j, k, n) => {
      const text = `${String(j)}|${'é'.repeat(n % 67)}${String(k).slice(0, n % 64)}`
      return toHex(e.sha256?.(text) ?? sha256(utf8(text)))
    },
  },
  {
    name: 'a challenge',
    run: (e, j, k, n) => {
      const [points, statement] = [[at(e, j), at(e, k), e.generator], 'S'.repeat(n % 130)]
      const [first, count] = [n % 2, 1 + (n % 2)]
      const opened = e.bulk?.open(e.hintsOf?.(points) ?? new Uint8Array(0))
      if (typeof opened === 'object') return String(opened.challenge(statement, first, count))
      const texts = points.slice(first, first + count).map(e.encode)
      return String(uintOf(sha256(utf8(`${statement}|${texts.join(',')}`))))
    },
  },
  {
    name: 'a stream from a seed',
    run: (e, j, k, n) => {
      const [seed, first, blocks] = [uintBytes(j ^ (k << 2n), 32), n % 300, 1 + (n % 3)]
      const stream = (): Uint8Array => seededRandom(seed)((first + blocks) * 32).slice(first * 32)
      return toHex(e.bulk?.stream(seed, first, blocks) ?? stream())
    },
  },
  { name: 'hints', run: (e, j, k) => e.hintsOf?.([at(e, j), at(e, k)]).join() ?? 'none' },
]

/** The first input of `runs` on which an operation differs from noble's, as a sentence; null when there is none. */
export function differenceFromNoble({ name, run }: Operation, runs: number): string | null {
  const draw = numbersFrom(name.length)
  for (let n = 0; n < runs; n++) {
    const [j, k] = [edges[n % (edges.length + 1)] ?? draw(q), n < edges.length ** 2 ? (edges[n % edges.length] ?? 0n) : draw(q)]
    const [left, right] = n % 2 === 0 ? [j, k] : [draw(q), k]
    const [found, expected] = [run(ours, left, right, n), run(noble, left, right, n)]
    if (found !== expected) return `${name} of ${String(left)} and ${String(right)} (${String(n)}): ${found}, not ${expected}`
  }
  return torsionPoints.every((text) => ours.decode(text).kind === 'fail') ? null : 'a torsion point is taken for an element'
}
