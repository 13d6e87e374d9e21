import { assert, fail, ok, type Result } from '@quorate/kernel'

import type { ElementFault, Embedding, Engine } from './engine.ts'
import { generatorSeed } from '../hash.ts'

/** base^exponent mod modulus, for 0 ≤ base < modulus and exponent ≥ 0. Node's Diffie–Hellman does it about six times faster than we do. */
export type ModExp = (base: bigint, exponent: bigint, modulus: bigint) => bigint

/** A subgroup of order q of the integers modulo p. All three in base 10 on the wire. */
export type ModpParameters = {
  readonly name: 'BELENIOS-2048' | 'RFC-3526-2048'
  readonly p: bigint
  readonly q: bigint
  readonly g: bigint
}

/** Belenios specification §5.1: made by FIPS 186-4's procedure, p of 2048 bits and q of 256. Here in base 16, which is shorter. */
export const belenios2048: ModpParameters = {
  name: 'BELENIOS-2048',
  p: 0xa3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64fn,
  q: 78571733251071885079927659812671450121821421258408794611510081919805623223441n,
  g: 0x1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653n,
}

// As the RFC spells it, in base 16.
const rfc3526Prime =
  0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffffn

/** The 2048-bit safe prime of RFC 3526 §3 with g = 2, q = (p − 1) / 2; Belenios specification §5.2. */
export const rfc3526: ModpParameters = {
  name: 'RFC-3526-2048',
  p: rfc3526Prime,
  q: (rfc3526Prime - 1n) / 2n,
  g: 2n,
}

/** An element, and for prepared ones the products of all its 6-bit digits: `products[i][d]` = base^(d·64^i). */
type Residue = { readonly value: bigint; readonly products?: readonly (readonly bigint[])[] }

const digitBits = 6n

/**
 * Fixed 4-bit windows, so that the sequence of products depends on the exponent's length alone. BigInt arithmetic itself is not
 * constant-time and no JavaScript can make it so; a host that has a better one passes it in.
 */
export const modExpWindows: ModExp = (base, exponent, modulus) => {
  const powers = [1n % modulus]
  for (let i = 1; i < 16; i++) powers.push(((powers[i - 1] ?? 0n) * base) % modulus)
  let out = 1n % modulus
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) out = (out * out) % modulus
    out = (out * (powers[Number.parseInt(digit, 16)] ?? 0n)) % modulus
  }
  return out
}

/** For base^k by look-up: 43 products instead of 320 for a 256-bit q. Built in about 2,700 products, so only for keys. */
function digitProducts(base: bigint, p: bigint, q: bigint): readonly (readonly bigint[])[] {
  const rows: bigint[][] = []
  let unit = base
  for (let bits = q; bits > 0n; bits >>= digitBits) {
    const row = [1n]
    for (let d = 1; d < 1 << Number(digitBits); d++) row.push(((row[d - 1] ?? 0n) * unit) % p)
    rows.push(row)
    unit = ((row.at(-1) ?? 0n) * unit) % p
  }
  return rows
}

/**
 * Whether a is a square modulo an odd prime p: the symbol of Jacobi (1837) by reciprocity, 0 < a < p. Some 30 times faster than a^((p−1)/2).
 */
export function isSquare(a: bigint, p: bigint): boolean {
  let top = a
  let bottom = p
  let isPositive = true
  while (top !== 0n) {
    let twos = 0
    while ((top & 1n) === 0n) {
      top >>= 1n
      twos++
    }
    const eighth = bottom & 7n
    if (twos % 2 === 1 && (eighth === 3n || eighth === 5n)) isPositive = !isPositive
    if ((top & 3n) === 3n && (bottom & 3n) === 3n) isPositive = !isPositive
    ;[top, bottom] = [bottom % top, top]
  }
  return isPositive && bottom === 1n
}

/** The engine of a subgroup modulo p. Written additively like every engine: `add` multiplies residues, `multiply` raises one to a power. */
export function modpEngine({ name, p, q, g }: ModpParameters, modexp: ModExp = modExpWindows): Engine<Residue> {
  const digitMask = (1n << digitBits) - 1n
  const prepare = (a: Residue): Residue =>
    a.products === undefined ? { value: a.value, products: digitProducts(a.value, p, q) } : a

  function multiply(a: Residue, k: bigint): Residue {
    if (a.products === undefined) return { value: modexp(a.value, k, p) }
    let value = 1n
    let rest = k
    for (const row of a.products) {
      const digit = Number(rest & digitMask)
      if (digit !== 0) value = (value * (row[digit] ?? 0n)) % p
      rest >>= digitBits
    }
    assert(rest === 0n, 'a scalar is below the order of the group')
    return { value }
  }

  // q added makes every exponent as long as any other: the true branch of a ballot proof multiplies by 0, and must not show it.
  const multiplySecret = (a: Residue, k: bigint): Residue => ({ value: modexp(a.value, k + q, p) })

  // p = 2q + 1: the subgroup is the squares. Otherwise x^q = 1, asked as x^(q−1)·x: a Diffie–Hellman lent as `modexp` may refuse to answer 1.
  const isSafePrime = p === 2n * q + 1n
  const isMember = (value: bigint): boolean => (isSafePrime ? isSquare(value, p) : (modexp(value, q - 1n, p) * value) % p === 1n)

  function decode(text: string, allowIdentity = false): Result<Residue, ElementFault> {
    // 617 digits hold every number of 2048 bits: longer texts are not worth turning into a number.
    if (!/^[1-9][0-9]{0,616}$/.test(text)) return fail('not canonical')
    const value = BigInt(text)
    if (value >= p) return fail('not canonical')
    if (value === 1n) return allowIdentity ? ok({ value }) : fail('identity')
    return isMember(value) ? ok({ value }) : fail('not in the group')
  }

  const independents = new Map<number, Residue>()
  function independent(i: number): Residue {
    const kept = independents.get(i)
    if (kept !== undefined) return kept
    const value = modexp(generatorSeed(i) % p, (p - 1n) / q, p)
    assert(value !== 0n && value !== 1n && value !== g, 'a hash gives an independent element')
    independents.set(i, { value })
    return { value }
  }

  // Half the numbers are squares: 64 tries miss once in 2⁶⁴ lists.
  const embedding: Embedding<Residue> = {
    bitsPerInt: 8,
    padding: 8,
    listMax: 200,
    tries: 64,
    lift: (value) => (value > 0n && value < p && isMember(value) ? { value } : undefined),
    numberOf: ({ value }) => value,
  }

  // The generator's table costs a tenth of a second in the larger group: made when first needed.
  let preparedGenerator: Residue | undefined
  const generator: Residue = { value: g }
  return {
    name,
    q,
    identity: { value: 1n },
    generator,
    add: (a, b) => ({ value: (a.value * b.value) % p }),
    negate: (a) => ({ value: modexp(a.value, q - 1n, p) }),
    prepare,
    multiply: (a, k) => multiply(a.value === g ? (preparedGenerator ??= prepare(generator)) : a, k),
    multiplyBaseSecret: (k) => multiplySecret(generator, k),
    multiplySecret,
    equal: (a, b) => a.value === b.value,
    sumOfProducts: (terms) => terms.reduce((sum, [a, k]) => ({ value: (sum.value * multiply(a, k).value) % p }), { value: 1n }),
    independent,
    encode: (a) => a.value.toString(),
    decode,
    ...(isSafePrime ? { embedding } : {}),
  }
}
