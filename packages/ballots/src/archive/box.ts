import { fail, ok, type Result } from '@quorate/kernel'

import { ballotCodeOf } from '../voting/ballot-code.ts'
import type { CheckedBallot } from '../voting/ballot-check.ts'

/** How many ballots one credential may put into the box: generous to voters, a bound to those who would fill it. */
export const ballotsPerCredentialMax = 32

/** Why a valid ballot may not join the others. */
export type BoxFault =
  /** The same bytes again: appended after a re-vote it would undo it. Harmless to its sender: the first copy stands. */
  | { readonly kind: 'ballot twice' }
  /** An α of another ballot: a copied ciphertext, or a device that drew the same randomness twice. */
  | { readonly kind: 'alpha seen before'; readonly alpha: string }
  | { readonly kind: 'too many ballots'; readonly limit: number }

/** The ballots of an election in order, and which of them count. Grows only; owned by whoever walks the record. */
export type Box = {
  /** Why a ballot could not join now, if so. Changes nothing. */
  readonly refusalOf: (ballot: CheckedBallot) => BoxFault | undefined
  /** Takes a ballot in, or refuses it and stays as it was. `replaces`: tracker of the voter's previous ballot. */
  readonly admit: (ballot: CheckedBallot) => Result<{ readonly replaces: string | undefined }, BoxFault>
  /**
   * Takes out what a credential has in the box: its ballot no longer counts, and another by the same credential may follow. History and
   * replays are judged as before. For a voter who turns out not to belong on the roll; false where nothing of theirs counted.
   */
  readonly takeOut: (credential: string) => boolean
  /** The last ballot of every credential but those taken out, in the order of casting (Belenios specification §4.15). */
  readonly counted: () => readonly CheckedBallot[]
  /** Whether a ballot here has this code: two could pass for one. By chance 12 pairs in a million ballots; the device then locks afresh. */
  readonly holdsCode: (code: string) => boolean
  /** How many ballots a credential has put in, and the tracker of its last. */
  readonly historyOf: (credential: string) => { readonly cast: number; readonly last: string | undefined }
  /** Number of ballots taken in, replaced ones included. */
  readonly size: () => number
}

/** An empty box. Cost of `admit`: one look-up an α. Memory: every α's text, and the ciphertexts of counted ballots. */
export function openBox(): Box {
  const trackers = new Set<string>()
  const alphas = new Set<string>()
  const codes = new Set<string>()
  const castBy = new Map<string, number>()
  const last = new Map<string, CheckedBallot>()
  const lastTrackers = new Map<string, string>()
  const refusalOf = ({ tracker, alphas: own, credential }: CheckedBallot): BoxFault | undefined => {
    if (trackers.has(tracker)) return { kind: 'ballot twice' }
    const repeated = own.find((alpha) => alphas.has(alpha))
    if (repeated !== undefined) return { kind: 'alpha seen before', alpha: repeated }
    return (castBy.get(credential) ?? 0) >= ballotsPerCredentialMax
      ? { kind: 'too many ballots', limit: ballotsPerCredentialMax }
      : undefined
  }
  return {
    refusalOf,
    admit: (ballot) => {
      const { tracker, credential } = ballot
      const refusal = refusalOf(ballot)
      if (refusal !== undefined) return fail(refusal)
      trackers.add(tracker)
      codes.add(ballotCodeOf(ballot.digest))
      for (const alpha of ballot.alphas) alphas.add(alpha)
      castBy.set(credential, (castBy.get(credential) ?? 0) + 1)
      const replaces = lastTrackers.get(credential)
      lastTrackers.set(credential, tracker)
      last.delete(credential)
      last.set(credential, ballot)
      return ok({ replaces })
    },
    takeOut: (credential) => last.delete(credential),
    counted: () => [...last.values()],
    holdsCode: (code) => codes.has(code),
    historyOf: (credential) => ({ cast: castBy.get(credential) ?? 0, last: lastTrackers.get(credential) }),
    size: () => trackers.size,
  }
}
