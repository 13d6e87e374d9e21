import { fail, ok, type Result } from '@quorate/kernel'

import type { CheckedBallot } from './ballot-check.ts'

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
  /** Takes a ballot in, or refuses it and stays as it was. `replaces`: tracker of the voter's previous ballot. */
  readonly admit: (ballot: CheckedBallot) => Result<{ readonly replaces: string | undefined }, BoxFault>
  /** The last ballot of every credential, in the order of casting (Belenios specification §4.15). */
  readonly counted: () => readonly CheckedBallot[]
  /** Number of ballots taken in, replaced ones included. */
  readonly size: () => number
}

/** An empty box. Cost of `admit`: one look-up an α. Memory: every α's text, and the ciphertexts of counted ballots. */
export function openBox(): Box {
  const trackers = new Set<string>()
  const alphas = new Set<string>()
  const castBy = new Map<string, number>()
  const last = new Map<string, CheckedBallot>()
  return {
    admit: (ballot) => {
      const { tracker, credential } = ballot
      if (trackers.has(tracker)) return fail({ kind: 'ballot twice' })
      const repeated = ballot.alphas.find((alpha) => alphas.has(alpha))
      if (repeated !== undefined) return fail({ kind: 'alpha seen before', alpha: repeated })
      const cast = castBy.get(credential) ?? 0
      if (cast >= ballotsPerCredentialMax) return fail({ kind: 'too many ballots', limit: ballotsPerCredentialMax })
      trackers.add(tracker)
      for (const alpha of ballot.alphas) alphas.add(alpha)
      castBy.set(credential, cast + 1)
      const replaces = last.get(credential)?.tracker
      last.delete(credential)
      last.set(credential, ballot)
      return ok({ replaces })
    },
    counted: () => [...last.values()],
    size: () => trackers.size,
  }
}
