import { createDiffieHellman } from 'node:crypto'

import { uintBytes, uintOf } from '@quorate/kernel'

import { type ModExp, modExpWindows } from '../src/groups/modp.ts'

const bytesOf = (n: bigint): Buffer => Buffer.from(uintBytes(n, Math.ceil(n.toString(16).length / 2)))
const groups = new Map<bigint, ReturnType<typeof createDiffieHellman>>()

/** Node's Diffie–Hellman as modular exponentiation. It refuses results and bases of small order; those go the slow way. */
export const nodeModExp: ModExp = (base, exponent, modulus) => {
  const dh = groups.get(modulus) ?? createDiffieHellman(bytesOf(modulus), Buffer.from([2]))
  groups.set(modulus, dh)
  if (exponent === 0n || exponent >= modulus) return modExpWindows(base, exponent, modulus)
  try {
    dh.setPrivateKey(bytesOf(exponent))
    return uintOf(dh.computeSecret(bytesOf(base)))
  } catch {
    return modExpWindows(base, exponent, modulus)
  }
}
