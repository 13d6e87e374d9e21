import {
  engineOf,
  fastEd25519,
  isGroupName,
  parseElection,
  type Election,
  type Element,
  type Engine,
  type EngineOptions,
  type GroupName,
} from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { modexp } from '#lib/platform/modexp.ts'

/** What this process lends the ballot engines. */
export const engineOptions: EngineOptions = { modexp, wasm: fastEd25519 }

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
