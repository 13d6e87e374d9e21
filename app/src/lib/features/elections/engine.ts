import { createDiffieHellman, type DiffieHellman } from 'node:crypto'
import {
  engineOf,
  isGroupName,
  modExpWindows,
  parseElection,
  type Election,
  type Element,
  type Engine,
  type EngineOptions,
  type GroupName,
  type ModExp,
} from '@quorate/ballots'
import { assert, uintBytes, uintOf } from '@quorate/kernel'

const bytesOf = (n: bigint): Buffer => Buffer.from(uintBytes(n, Math.ceil(n.toString(16).length / 2)))

// Making one tests its modulus for being prime, which takes a second; computing with it takes 0.6 ms for 2,048 bits, BigInt 3.6 ms.
const exchanges = new Map<bigint, DiffieHellman>()

const modexp: ModExp = (base, exponent, modulus) => {
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

/** What this process lends the ballot engines. */
export const engineOptions: EngineOptions = { modexp }

/** The group new elections use: `QUORATE_BALLOT_GROUP`, else Ed25519. */
export function groupForNew(env: Readonly<Record<string, string | undefined>> = process.env): GroupName {
  const named = env['QUORATE_BALLOT_GROUP'] ?? 'Ed25519'
  return isGroupName(named) ? named : 'Ed25519'
}

const engines = new Map<GroupName, Engine<Element>>()

/** The engine of a group, with what this process lends. One each: its tables of the generator are made once. */
export function engine(group: GroupName): Engine<Element> {
  const held = engines.get(group) ?? engineOf(group, engineOptions)
  engines.set(group, held)
  return held
}

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
