import { randomBytes } from 'node:crypto'
import type { Random } from '@quorate/kernel'

/** The operating system's cryptographic source. */
export const systemRandom: Random = (n) => new Uint8Array(randomBytes(n))

/** `n` random bytes as URL-safe text without padding: what a link or a cookie carries. */
export const randomToken = (random: Random, n = 32): string => Buffer.from(random(n)).toString('base64url')
