import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { good, randomFrom, yesNo } from '../testing/demo-election.ts'
import { checkBallot } from './ballot-check.ts'
import { lockBallot } from './ballot.ts'
import { credentialOf, issueCodes } from './credential.ts'
import { electionText, parseElection } from './election.ts'
import type { ElectionEvent } from './events.ts'
import { engineOf } from './groups.ts'
import { openAsTrustee } from './open-as-trustee.ts'
import { checkCompanion, parseCompanion } from './opening-companion.ts'
import { tallyPhrase } from './phrase.ts'
import { rehearseCeremony } from './rehearsal.ts'
import { combineResult } from './result.ts'
import { parsePublicRoll, publicRollText } from './roll.ts'
import { encryptedTally } from './tally.ts'
import { newTrusteeKey, type TrusteeKey } from './trustee-key.ts'
import { parseTrustees } from './trustees-format.ts'
import { type VerifiedElection, verifyElection } from './verify.ts'

const group = 'Ed25519'
const uuid = 'QuorateTest4242'
const engine = engineOf(group)
const random = randomFrom('opening')
const ceremony = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
const { codes, roll } = issueCodes(engine, uuid, 6, random)
const credentials = publicRollText(roll)
const text = electionText({
  version: 1,
  description: '',
  name: 'Opening',
  group,
  public_key: engine.encode(good(parseTrustees(engine, ceremony.file)).publicKey),
  questions: [yesNo],
  uuid,
})
const election = good(parseElection(text))
const publicRoll = good(parsePublicRoll(engine, credentials))
const cast = codes.map((code, i) =>
  good(lockBallot(election, [i < 2 ? [1, 0] : [0, 1]], credentialOf(engine, uuid, code).secret, random)),
)
const tally = encryptedTally(
  election,
  cast.map((ballot) => good(checkBallot(election, publicRoll, ballot.text))),
)
const setup: ElectionEvent = { type: 'Setup', election: text, trustees: ceremony.file, credentials }
const ballots = cast.map((ballot): ElectionEvent => ({ type: 'Ballot', ballot: ballot.text }))
const close: readonly ElectionEvent[] = [
  { type: 'EndBallots' },
  { type: 'EncryptedTally', tally: tally.text, ballots: tally.ballots, weight: tally.weight },
]
const verified = (events: readonly ElectionEvent[]): VerifiedElection => good(verifyElection(events))
const closed = verified([setup, ...ballots, ...close])
const keyAt = (index: number): TrusteeKey => {
  const key = ceremony.keys[index - 1]
  assert(key !== undefined, 'a trustee')
  return key
}
const refusal = (kind: string) => ({ kind: 'fail', error: { kind } })

describe('a trustee’s page opens the box only as the ceremony allows', () => {
  it('with a proof beside it, and two of three give the result', () => {
    const parts = [3, 1].map((index) => good(openAsTrustee(closed, keyAt(index), 5)))
    const openings = parts.map(({ owner, opening }): ElectionEvent => ({ type: 'PartialDecryption', owner, opening }))
    const all = verified([setup, ...ballots, ...close, ...openings])
    for (const [i, { owner, companion, phrase }] of parts.entries()) {
      const opened = all.openings[i]
      const key = all.trustees.keys[owner - 1]
      assert(opened !== undefined && key !== undefined && all.tally !== undefined, 'an opening on the record')
      const claim = { tally: all.tally, lastShuffleHash: null, owner }
      expect(checkCompanion(election, claim, key, opened.opening, good(parseCompanion(companion))).kind).toBe('ok')
      expect(phrase).toEqual(tallyPhrase(election.fingerprint, tally.text))
    }
    expect(good(combineResult(election, all.trustees, tally, all.openings)).result).toEqual([[2, 4]])
    expect(openAsTrustee(all, keyAt(1), 5)).toEqual(refusal('already opened'))
    expect(openAsTrustee(all, keyAt(2), 5).kind).toBe('ok')
  })

  it('not while people may still vote, and not before there is a tally', () => {
    expect(openAsTrustee(verified([setup, ...ballots]), keyAt(1), 5)).toEqual(refusal('box is open'))
    expect(openAsTrustee(verified([setup, ...ballots, { type: 'EndBallots' }]), keyAt(1), 5)).toEqual(refusal('no tally yet'))
  })

  it('not with fewer ballots than the privacy floor', () => {
    expect(openAsTrustee(closed, keyAt(1), 6).kind).toBe('ok')
    expect(openAsTrustee(closed, keyAt(1), 7)).toEqual({
      kind: 'fail',
      error: { kind: 'fewer ballots than the privacy floor', found: 6, floor: 7 },
    })
  })

  it('not with a key from before the ceremony, of another election, table or place', () => {
    const { context } = keyAt(1)
    expect(openAsTrustee(closed, newTrusteeKey(context, random), 5)).toEqual(refusal('ceremony not finished'))
    const elsewhere = { ...keyAt(1), context: { ...context, uuid: 'QuorateTest4243' } }
    expect(openAsTrustee(closed, elsewhere, 5)).toMatchObject(refusal('another election'))
    const other = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random).keys[0] ?? keyAt(1)
    expect(openAsTrustee(closed, other, 5)).toEqual(refusal('another trustees file'))
    const moved = { ...keyAt(1), context: { ...context, index: 2 } }
    expect(openAsTrustee(closed, moved, 5)).toEqual(refusal('share is not that of the trustees file'))
  })

  it('never for a part of the ballots: such a tally does not verify, so there is nothing to open', () => {
    const part = encryptedTally(
      election,
      cast.slice(1).map((ballot) => good(checkBallot(election, publicRoll, ballot.text))),
    )
    const subset: ElectionEvent = { type: 'EncryptedTally', tally: part.text, ballots: part.ballots, weight: part.weight }
    expect(verifyElection([setup, ...ballots, { type: 'EndBallots' }, subset]).kind).toBe('fail')
  })
})
