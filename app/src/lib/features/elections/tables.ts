import type { GroupName } from '@quorate/ballots'
import type { Instant } from '@quorate/kernel'
import type { JSONColumnType } from 'kysely'

/**
 * One ballot of one decision, from its frozen roll to its result. Columns stay null until their step. Texts are documents of the record.
 * `electorate` is `id@edition`; `root` and all fingerprints are SHA-256 in hex; `phi` is the election's own fingerprint φ in base64.
 */
export type ElectionTable = {
  decision: number
  uuid: string
  group_name: GroupName
  electorate: string
  roll_size: number
  roll_root: string
  roll_leaves: string
  threshold: number
  issued_at: Instant | null
  credentials: string | null
  bind: string | null
  trustees: string | null
  election: string | null
  phi: string | null
  set_up_at: Instant | null
  /** Numbers of the candidates on the paper as it was set up; null where it lists none. */
  paper: readonly number[] | null
  tally: string | null
  result: string | null
  /** When it fell with its box unopened: too few had voted in secret. */
  fallen_at: Instant | null
  /** Since when it is opened and level, where the rule has no lot for that: nothing is declared. */
  level_at: Instant | null
  /** Public key of the registrar's program; null where the server is its own registrar (single-operator mode). */
  registrar_key: string | null
  /** What that program says of its mailing: mails in all, sent, refused. */
  mailed_total: number | null
  mailed_sent: number | null
  mailed_bounced: number | null
}
/** A line of the frozen roll. Erasing the salt cuts the tie between person and leaf; the root stays. */
export type RollLineTable = { decision: number; person_id: string; salt: Buffer; leaf: string }
/**
 * A voting code under seal, for sending and re-sending to the frozen address only. `opening` is the SHA-256 of what its holder shows of it (`openingHash`).
 * Destroyed when the ballot closes.
 */
export type SealedCodeTable = { decision: number; person_id: string; sealed: Buffer; opening: Buffer | null }
/** The public roll: each voting key with its bind. Tied to no person. */
export type VotingKeyTable = { decision: number; voting_key: string; bind: string }
/** Who sits at the key table: 1 to n. */
export type TrusteeTable = { decision: number; place: number; person_id: string }
/** Messages of the key ceremony, one a trustee and step. */
export type CeremonyMessageTable = { decision: number; step: number; place: number; message: string }
/** A ballot in the box. `number` counts from 1 in this box; `position` is its entry. Tied to a voting key, to no person. */
export type BallotTable = {
  decision: number
  number: number
  tracker: string
  digest: string
  code: string
  voting_key: string
  /** How many ballots this key had cast with this one; unique, so that two devices cannot both be the second. */
  turn: number
  position: number
  at: Instant
}
/** A locked ballot that was opened to test the device: the box refuses its digest. `voting_key` is public, so this is tied to no person. */
export type TestedBallotTable = { decision: number; digest: string; voting_key: string; at: Instant; own: boolean }
/** Every α of the box: none may come twice. */
export type BallotAlphaTable = { decision: number; alpha: string }
/** `packHints` (of the verifier's package) of a ballot's or a shuffle's entry. For speed alone: nothing rests on a row being there, or being right. */
export type HintTable = { decision: number; position: number; packed: Uint8Array }
/**
 * Who took part, neither how nor when: so that nobody who voted is reminded. While the box is open `key_mark` holds them to one voting key (`keyMark`): codes bound
 * to another member's line of the roll would else vote under one login. Forgotten when the decision has ended (`forgetWhoTookPart`).
 */
export type ParticipationTable = { decision: number; person_id: string; key_mark: Buffer | null }
/** A trustee's shuffle of the papers, by its turn from 1; `document` is the proven shuffle. */
export type ShuffleTable = { decision: number; turn: number; place: number; document: string }
/** A trustee's opening of the tally. */
export type OpeningTable = {
  decision: number
  place: number
  payload: string
  proof: JSONColumnType<{ challenge: string; response: string }>
}
/** A request to be sent a voting link again. `asked` is what was typed, null once answered; `network` a SHA-256. Machine's clock. */
type LostBallotTable = { id: string; asked: string | null; network: Buffer; asked_at: Instant }

/** A link asked for again of a separate registrar. `number` counts from 1 for each person and ballot. */
type LinkRequestTable = { decision: number; person_id: string; number: number; asked_at: Instant; mailed_at: Instant | null }

declare module '#lib/platform/database.ts' {
  interface Database {
    election: ElectionTable
    roll_line: RollLineTable
    sealed_code: SealedCodeTable
    voting_key: VotingKeyTable
    trustee: TrusteeTable
    ceremony_message: CeremonyMessageTable
    ballot: BallotTable
    tested_ballot: TestedBallotTable
    ballot_alpha: BallotAlphaTable
    hint: HintTable
    participation: ParticipationTable
    shuffle: ShuffleTable
    opening: OpeningTable
    lost_ballot: LostBallotTable
    link_request: LinkRequestTable
  }
}
