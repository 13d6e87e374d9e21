import { createDiffieHellman, type DiffieHellman } from 'node:crypto'
import { modExpWindows, type ModExp } from '@quorate/ballots'
import { uintBytes, uintOf } from '@quorate/kernel'

const bytesOf = (n: bigint): Buffer => Buffer.from(uintBytes(n, Math.ceil(n.toString(16).length / 2)))

// Making one tests its modulus for being prime, which takes a second; computing with it takes 0.6 ms for 2,048 bits, BigInt 3.6 ms.
const exchanges = new Map<bigint, DiffieHellman>()

/** Powers modulo p by OpenSSL, for the ballot groups of 2,048 bits. */
export const modexp: ModExp = (base, exponent, modulus) => {
  if (exponent === 0n || exponent >= modulus) return modExpWindows(base, exponent, modulus)
  const exchange = exchanges.get(modulus) ?? createDiffieHellman(bytesOf(modulus), Buffer.from([2]))
  exchanges.set(modulus, exchange)
  try {
    exchange.setPrivateKey(bytesOf(exponent))
    return uintOf(exchange.computeSecret(bytesOf(base)))
  } catch {
    // It refuses results that betray nothing of the exponent, such as 1: those few go the plain way.
    return modExpWindows(base, exponent, modulus)
  }
}
