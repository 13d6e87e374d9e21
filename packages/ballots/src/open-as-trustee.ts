import { assert, fail, ok, type Result } from '@quorate/kernel'

import { openTally } from './decryption.ts'
import { sha256Hex } from './hash.ts'
import { companionOf, companionText } from './opening-companion.ts'
import { tallyPhrase } from './phrase.ts'
import type { TrusteeKey } from './trustee-key.ts'
import type { VerifiedElection } from './verify.ts'

/** Why a trustee's page does not open the box. */
export type OpeningRefusal =
  | { readonly kind: 'ceremony not finished' }
  | { readonly kind: 'another election'; readonly expected: string; readonly found: string }
  /** Set up with another trustees file than the one this trustee accepted. */
  | { readonly kind: 'another trustees file' }
  /** The key file is of this place but its share is not the one that the trustees file names. */
  | { readonly kind: 'share is not that of the trustees file' }
  | { readonly kind: 'box is open' }
  | { readonly kind: 'no tally yet' }
  | { readonly kind: 'fewer ballots than the privacy floor'; readonly found: number; readonly floor: number }
  | { readonly kind: 'already opened' }

/** One trustee's part in opening the box, as it goes on the record. */
export type TrusteeOpening = {
  readonly owner: number
  /** Payload of the `PartialDecryption`. */
  readonly opening: string
  readonly companion: string
  /** Twelve words over φ and the tally, for the openers to read aloud before any of them publishes. */
  readonly phrase: readonly string[]
}

/**
 * A trustee's opening, or every reason of the ceremony against it. `verified` must come from the trustee's own run of `verifyElection`
 * over a record under a cosigned checkpoint: that the tally is the fold of all last ballots, that there is one tally and a closed box is
 * judged there, never on what a server says or a key file remembers. `floor`: the rulebook's privacy floor, in counted ballots.
 */
export function openAsTrustee(
  verified: VerifiedElection,
  key: TrusteeKey,
  floor: number,
): Result<TrusteeOpening, OpeningRefusal> {
  const { election, trustees, isClosed, tally, openings } = verified
  const { engine, message, fingerprint } = election
  if (key.share === null) return fail({ kind: 'ceremony not finished' })
  if (message.uuid !== key.context.uuid)
    return fail({ kind: 'another election', expected: key.context.uuid, found: message.uuid })
  if (sha256Hex(trustees.text) !== key.share.trusteesHash) return fail({ kind: 'another trustees file' })
  const table = trustees.items.find((item) => item.kind === 'Pedersen')
  const owner = table?.owners[key.context.index - 1]
  const X = owner === undefined ? undefined : trustees.keys[owner - 1]
  assert(owner !== undefined && X !== undefined, 'an accepted trustees file has every place of its table')
  const { secret } = key.share
  if (!engine.equal(engine.multiplyBaseSecret(secret), X)) return fail({ kind: 'share is not that of the trustees file' })
  if (!isClosed) return fail({ kind: 'box is open' })
  if (tally === undefined) return fail({ kind: 'no tally yet' })
  if (tally.ballots < floor) return fail({ kind: 'fewer ballots than the privacy floor', found: tally.ballots, floor })
  if (openings.some((each) => each.owner === owner)) return fail({ kind: 'already opened' })
  const opening = openTally(election, tally, secret)
  const companion = companionOf(election, { tally, lastShuffleHash: null, owner, openingText: opening }, secret)
  return ok({ owner, opening, companion: companionText(companion), phrase: tallyPhrase(fingerprint, tally.text) })
}
