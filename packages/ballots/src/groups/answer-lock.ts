import type { Random } from '@quorate/kernel'

import { type CurveRoom, pointSize, textSize, type WasmPoint } from './curve25519.ts'
import type { Engine, OneOf, Spelt } from './engine.ts'

// Bytes: of a number below q, of what is drawn for one, of what is known of an alternative, of a challenge and its response.
const scalarSize = 32
const drawnSize = 64
const knownSize = 8
const proofSize = 64
/** No browser gives more random bytes at once. */
const randomMax = 65_536

const sizesOf = (proofs: readonly OneOf[]): number => proofs.reduce((sum, { alternatives }) => sum + alternatives.length, 0)

/** Where the parts of one answer of n places and m alternatives lie, from the start of the room on. */
function layOut(start: number, n: number, m: number) {
  const scalars = start
  const drawn = scalars + n * scalarSize
  const sums = drawn + m * 2 * scalarSize
  const known = sums + m * scalarSize
  const bits = known + m * knownSize
  const random = bits + Math.ceil(n / 8) * 8
  const proofs = random + (n + 2 * m) * drawnSize
  const ciphertexts = proofs + m * proofSize
  const total = ciphertexts + 2 * n * pointSize
  const commitments = total + 2 * pointSize
  const eighths = commitments + 2 * m * pointSize
  const end = eighths + 2 * (n + m) * pointSize
  return { scalars, drawn, sums, known, bits, random, proofs, ciphertexts, total, commitments, eighths, end }
}

/** {@link Engine.lock} by the module: five calls for a whole answer, and two for each of its proofs. */
export function answerLock(room: CurveRoom, { table: base }: WasmPoint): NonNullable<Engine<WasmPoint>['lock']> {
  const { exports, reserve } = room

  /** Draws n numbers, their bytes in one piece or as few as may be, and lays what they are modulo q at `out`. */
  function draw(random: Random, n: number, wide: number, out: number): void {
    for (let at = 0; at < n * drawnSize; at += randomMax)
      room.bytes().set(random(Math.min(randomMax, n * drawnSize - at)), wide + at)
    exports.ct_scalars(out, wide, n)
  }

  /** Writes what is known of every alternative: its excess, and where its randomness stands. */
  function putKnown({ scalars, sums, known }: ReturnType<typeof layOut>, proofs: readonly OneOf[]): void {
    const words = room.words()
    let [at, nextSum, lastFrom, lastTo, randomness] = [known, sums, -1, -1, 0]
    for (const { alternatives } of proofs)
      for (const { from, to, excess } of alternatives) {
        if (from !== lastFrom || to !== lastTo) {
          ;[lastFrom, lastTo, randomness] = [from, to, scalars + from * scalarSize]
          if (to - from !== 1) {
            room.bytes().fill(0, nextSum, nextSum + scalarSize)
            for (let i = from; i < to; i++) exports.ct_sum(nextSum, nextSum, scalars + i * scalarSize)
            ;[randomness, nextSum] = [nextSum, nextSum + scalarSize]
          }
        }
        words.setInt32(at, excess, true)
        words.setUint32(at + 4, randomness, true)
        at += knownSize
      }
  }

  const decimal = (at: number): string => {
    const words = room.words()
    const high = (words.getBigUint64(at + 24, true) << 64n) | words.getBigUint64(at + 16, true)
    const low = (words.getBigUint64(at + 8, true) << 64n) | words.getBigUint64(at, true)
    return ((high << 128n) | low).toString()
  }

  return ({ table: key }, bits, proofs, random) => {
    if (key === undefined || base === undefined) return undefined
    const [n, m] = [bits.length, sizesOf(proofs)]
    const at = layOut(room.bulk, n, m)
    reserve(at.end)
    draw(random, n + 2 * m, at.random, at.scalars)
    room.bytes().set(bits, at.bits)
    putKnown(at, proofs)
    exports.ct_encrypt(at.ciphertexts, at.eighths, at.scalars, at.bits, n, base, key)
    exports.totals(at.total, at.ciphertexts, n)
    exports.ct_commit(at.commitments, at.eighths + 2 * n * pointSize, at.drawn, at.known, m, base, key)
    const texts = room.normalised(at.ciphertexts, (at.end - at.ciphertexts) / pointSize)
    const spelt = speltIn(room.textAt(at.ciphertexts, 2 * n + 2 + 2 * m, texts), n)
    let done = 0
    const locked = proofs.map(({ alternatives, statement, trueIndex }) => {
      const count = alternatives.length
      const hash = room.challengeAt(statement(spelt), texts + (2 * n + 2 + 2 * done) * textSize, 2 * count)
      const out = at.proofs + done * proofSize
      exports.ct_respond(out, hash, at.drawn + done * 2 * scalarSize, at.known + done * knownSize, count, trueIndex)
      done += count
      return alternatives.map((_, i) => ({
        challenge: decimal(out + i * proofSize),
        response: decimal(out + i * proofSize + scalarSize),
      }))
    })
    const points = room.bytes().slice(at.ciphertexts, at.end)
    // Everything that was drawn or known.
    room.bytes().fill(0, at.scalars, at.proofs)
    return {
      texts: spelt.places,
      ciphertexts: pointsIn(points, 0, at.eighths - at.ciphertexts, 2 * n),
      commitments: pointsIn(points, at.commitments - at.ciphertexts, at.eighths - at.ciphertexts + 2 * n * pointSize, 2 * m),
      proofs: locked,
    }
  }
}

/** `count` points that stand from one place on, and their eighths from another. */
function pointsIn(bytes: Uint8Array, points: number, eighths: number, count: number): readonly WasmPoint[] {
  const found: WasmPoint[] = []
  for (let at = 0; at < count * pointSize; at += pointSize)
    found.push({
      bytes: bytes.subarray(points + at, points + at + pointSize),
      eighth: bytes.subarray(eighths + at, eighths + at + pointSize),
    })
  return found
}

/** The texts of n ciphertexts and of their sum, which stand first among many. */
function speltIn(texts: string, n: number): Spelt {
  const pair = 2 * textSize
  return {
    places: Array.from({ length: n }, (_, i) => texts.slice(i * pair, (i + 1) * pair - 1)),
    all: texts.slice(0, n * pair - 1),
    total: texts.slice(n * pair, (n + 1) * pair - 1),
  }
}
