import type { Instant, JsonObject } from '@quorate/kernel'

/**
 * The catalogue of what may stand on the record. Each type has a schema for its body under `docs/spec/`; none has a field for a name, an
 * address, an e-mail or a choice, and a test proves it.
 */
export type EntryType =
  /** First entry: origin, movement, software, whether this is demonstration data, whether the registrar runs in single-operator mode. */
  | 'opened'
  /** A ratified edition: number, text fingerprint, decision that enacted it (null at genesis). */
  | 'edition'
  /** A role granted or ended: office, holder's fingerprint, instant. */
  | 'role'
  /** A permitted act on a decision: act, facts, deemed events, events. */
  | 'act'
  /** An act that the rules refuse, on a reserved power; same person and power fold into one entry with a count. */
  | 'refusal'
  /** Result of a mailing: served, failed, channels, fingerprint of the list. */
  | 'delivery'
  /** A frozen roll: electorate@edition, size, root, fingerprint of the list of leaf hashes. */
  | 'roll'
  /** A step of the key ceremony by one trustee: step, trustee index, fingerprint of the message. */
  | 'ceremony'
  /** Set-up of a ballot: fingerprints of election, trustees, voting keys, bind list and booth. */
  | 'setup'
  /** One ballot: its exact bytes, its cast statement, its ballot code. Cited by the `act` of casting it is part of. */
  | 'ballot'
  /** End of voting and the encrypted tally. */
  | 'box-closed'
  /** One trustee's opening: index, partial decryption, companion proof. */
  | 'opening'
  /** The opened result. */
  | 'result'
  /** The clock of the demonstration was moved. Never outside demonstration data. */
  | 'demo-clock'

/** One leaf of the log. Its bytes are its canonical JSON in UTF-8, at most 65,535 of them; larger documents go in by fingerprint. */
export type Entry = {
  readonly v: 1
  readonly type: EntryType
  /** When it was written, by the database's clock. Never earlier than the entry before. */
  readonly at: Instant
  /** The decision it belongs to, or null. */
  readonly decision: number | null
  readonly body: JsonObject
}
