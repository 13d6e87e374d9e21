import { createDiffieHellman } from 'node:crypto'
import {
  engineOf,
  isGroupName,
  modExpWindows,
  parseElection,
  type Election,
  type EngineOptions,
  type GroupName,
  type ModExp,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'

/** Modular exponentiation by OpenSSL: 0.6 ms for 2,048 bits, where BigInt takes 3.6 ms. */
const modexp: ModExp = (base, exponent, modulus) => {
  // Diffie–Hellman refuses results that betray nothing of the exponent, such as 1: those few go the plain way.
  if (exponent <= 1n || base <= 1n || base >= modulus - 1n) return modExpWindows(base, exponent, modulus)
  const hex = (n: bigint): Buffer => {
    const text = n.toString(16)
    return Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex')
  }
  const key = createDiffieHellman(hex(modulus))
  key.setPrivateKey(hex(exponent))
  return BigInt(`0x${key.computeSecret(hex(base)).toString('hex')}`)
}

/** What this process lends the ballot engines. */
export const engineOptions: EngineOptions = { modexp }

/** The group new elections use: `QUORATE_BALLOT_GROUP`, else Ed25519. */
export function groupForNew(env: Readonly<Record<string, string | undefined>> = process.env): GroupName {
  const named = env['QUORATE_BALLOT_GROUP'] ?? 'Ed25519'
  return isGroupName(named) ? named : 'Ed25519'
}

/** The engine of a group, with what this process lends. */
export const engine = (group: GroupName) => engineOf(group, engineOptions)

// Parsing prepares tables of the key that cost tens of milliseconds; elections under way are few and never change.
const parsed = new Map<string, Election>()

/** An election that was set up by us, parsed once. */
export function electionOf(text: string): Election {
  const held = parsed.get(text)
  if (held !== undefined) return held
  const election = parseElection(text, engineOptions)
  assert(election.kind === 'ok', 'an election that was set up parses')
  parsed.set(text, election.value)
  return election.value
}
