import { createDiffieHellman, type DiffieHellman } from 'node:crypto'
import { modExpWindows, type ModExp } from '@quorate/ballots'

const hex = (n: bigint): Buffer => {
  const text = n.toString(16)
  return Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex')
}

// Making one tests its modulus for primality, which costs more than a hundred powers. There are two moduli.
const groups = new Map<bigint, DiffieHellman>()
function groupOf(modulus: bigint): DiffieHellman {
  const known = groups.get(modulus)
  if (known !== undefined) return known
  const made = createDiffieHellman(hex(modulus))
  groups.set(modulus, made)
  return made
}

/** Modular exponentiation by OpenSSL: 0.6 ms for 2,048 bits, where BigInt takes 3.6 ms. */
export const modexp: ModExp = (base, exponent, modulus) => {
  // Diffie–Hellman refuses results that betray nothing of the exponent, such as 1: those few go the plain way.
  if (exponent <= 1n || base <= 1n || base >= modulus - 1n) return modExpWindows(base, exponent, modulus)
  try {
    const key = groupOf(modulus)
    key.setPrivateKey(hex(exponent))
    return BigInt(`0x${key.computeSecret(hex(base)).toString('hex')}`)
  } catch {
    // Values that somebody sent in may be of small order too.
    return modExpWindows(base, exponent, modulus)
  }
}
