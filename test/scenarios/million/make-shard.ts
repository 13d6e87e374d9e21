import { hash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '@quorate/kernel'
import { startCurve } from '../../../packages/ballots/src/groups/curve25519.ts'
import { filesOf, scalarOf, shardSize } from './large-election.ts'

/** What a thread needs that makes ballots. `key`: the logarithm of the election's key, which nobody has in an election of people. */
export type ToMake = {
  readonly folder: string
  readonly voters: number
  readonly uuid: string
  readonly fingerprint: string
  readonly q: bigint
  readonly generator: Uint8Array
  readonly key: bigint
}

/** What the ballots of a shard add up to: for each place the randomness and the votes. */
export type ShardSums = { readonly r: readonly string[]; readonly votes: readonly number[] }

/*
 * Makes true ballots some ten times faster than a voter's device: it knows the logarithm of the election's key and need not hide what it knows, so every
 * point of a ballot is one product of the generator, and hints are made before the points that they give. Ballots are such as any device might have
 * locked: every proof is a proof of its own, no ballot and no number is used twice.
 */
const { folder, voters, uuid, fingerprint, q, generator, key } = workerData as ToMake // handed over by the scenario
const curve = startCurve()
assert(curve !== undefined, 'there is WebAssembly')
const point = curve.decompress(BigInt(`0x${Buffer.from(generator).reverse().toString('hex')}`))
assert(point !== undefined, 'the generator is a point')
const base = curve.prepare(point)
const files = filesOf(folder)

const mod = (n: bigint): bigint => ((n % q) + q) % q
const eighth = ((): bigint => {
  let [power, square, n] = [1n, 8n, q - 2n]
  for (; n > 0n; n >>= 1n) {
    if ((n & 1n) === 1n) power = (power * square) % q
    square = (square * square) % q
  }
  return power
})()
const challengeOf = (text: string): bigint => BigInt(`0x${hash('sha256', text, 'hex')}`) % q
const base64 = (text: string): string => hash('sha256', text, 'base64').replace(/=+$/, '')
type Proof = { readonly challenge: string; readonly response: string }
const proof = (c: bigint, z: bigint): Proof => ({ challenge: c.toString(), response: z.toString() })

/** A ballot before anything was hashed: its secrets, and the logarithms of its points in the order of their hints, then Σα, Σβ, X. */
function drawn(voter: number) {
  const draw = (what: string): bigint => scalarOf(q, what, voter)
  const votes = voter % 3 === 0 ? [0, 1] : [1, 0]
  const x = draw('x')
  const places = votes.map((m, j) => {
    const r = draw(`r${String(j)}`)
    const beta = mod(r * key + BigInt(m))
    const [t, c, z] = [draw(`t${String(j)}`), draw(`c${String(j)}`), draw(`z${String(j)}`)]
    // The branch that is not true: A = z·G + c·α, B = z·y + c·(β − M·G), with M the other vote.
    const other = [mod(z + c * r), mod(z * key + c * (beta - BigInt(1 - m)))]
    const branches = m === 0 ? [t, mod(t * key), ...other] : [...other, t, mod(t * key)]
    return { m, r, beta, t, c, z, branches }
  })
  const [w, u] = [draw('w'), draw('u')]
  const R = places.reduce((sum, { r }) => mod(sum + r), 0n)
  const logarithms = [
    ...places.flatMap(({ r, beta }) => [r, beta]),
    w,
    ...places.flatMap(({ branches }) => branches),
    ...[u, mod(u * key)],
    ...[R, places.reduce((sum, { beta }) => mod(sum + beta), 0n), x],
  ]
  return { x, w, u, R, places, logarithms }
}

/** The ballot's text, from the texts of its points. */
function textOf({ x, w, u, R, places }: ReturnType<typeof drawn>, points: readonly string[]): string {
  const credential = points.at(-1) ?? ''
  const S0 = `${fingerprint}|${credential}`
  const ciphertexts = places.map((_, j) => `${points[2 * j] ?? ''},${points[2 * j + 1] ?? ''}`)
  const individual_proofs = places.map(({ m, r, t, c, z }, j) => {
    const commitments = points.slice(5 + 4 * j, 9 + 4 * j).join()
    const own = mod(challengeOf(`prove|${S0}|${ciphertexts[j] ?? ''}|${commitments}`) - c)
    const [truth, other] = [proof(own, mod(t - r * own)), proof(c, z)]
    return m === 0 ? [truth, other] : [other, truth]
  })
  const c = challengeOf(`prove|${S0}|${ciphertexts.join()}|${points.slice(15, 17).join()}|${points.slice(13, 15).join()}`)
  const unsigned = {
    election_uuid: uuid,
    election_hash: fingerprint,
    credential,
    answers: [
      {
        choices: places.map((_, j) => ({ alpha: points[2 * j], beta: points[2 * j + 1] })),
        individual_proofs,
        overall_proof: [proof(c, mod(u - R * c))],
      },
    ],
  }
  const digest = base64(JSON.stringify(unsigned))
  const signed = challengeOf(`sig|${digest}|${points[4] ?? ''}`)
  return JSON.stringify({ ...unsigned, signature: { hash: digest, proof: proof(signed, mod(w - x * signed)) } })
}

function makeShard(shard: number): void {
  const [from, to] = [shard * shardSize, Math.min(voters, (shard + 1) * shardSize)]
  const [texts, hints, keys]: [string[], Uint8Array[], Uint8Array[]] = [[], [], []]
  const sums = { r: [0n, 0n], votes: [0, 0] }
  for (let at = from; at < to; at += 64) {
    const some = Array.from({ length: Math.min(64, to - at) }, (_, i) => drawn(at + i))
    const logarithms = some.flatMap((ballot) => ballot.logarithms)
    const affine = curve?.affine(logarithms.map((k) => curve.multiply(base, mod(k * eighth)))) ?? new Uint8Array()
    const opened = curve?.eightfold(affine)
    assert(typeof opened === 'object', 'what was made is on the curve')
    const points = opened.texts.split(',')
    for (const [i, ballot] of some.entries()) {
      texts.push(textOf(ballot, points.slice(18 * i, 18 * i + 18)))
      hints.push(affine.slice(64 * 18 * i, 64 * (18 * i + 15)))
      keys.push(Buffer.from(points[18 * i + 17] ?? '', 'hex'), affine.slice(64 * (18 * i + 17), 64 * (18 * i + 18)))
      for (const [j, { r, m }] of ballot.places.entries()) {
        sums.r[j] = mod((sums.r[j] ?? 0n) + r)
        sums.votes[j] = (sums.votes[j] ?? 0) + m
      }
    }
  }
  const put = (file: string, bytes: string | Uint8Array): void => {
    writeFileSync(`${file}.part`, bytes)
    renameSync(`${file}.part`, file)
  }
  put(files.ballots(shard), `${texts.join('\n')}\n`)
  put(files.hints(shard), Buffer.concat(hints))
  put(files.keys(shard), Buffer.concat(keys))
  // Last: a shard whose sums are there is whole.
  put(files.sums(shard), JSON.stringify({ r: sums.r.map(String), votes: sums.votes } satisfies ShardSums))
}

parentPort?.on('message', (shard: number) => {
  makeShard(shard)
  parentPort?.postMessage(shard)
})
