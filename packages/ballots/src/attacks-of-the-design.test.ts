import { describe, expect, it } from 'vitest'

import { ballotsOfOneCode } from '../testing/ballots-of-one-code.ts'
import { castBy, type Demo, demoElection, good, randomFrom, ranked, wholeElection, yesNo } from '../testing/demo-election.ts'
import { ballotCodeOf } from './voting/ballot-code.ts'
import { checkBallot } from './voting/ballot-check.ts'
import { lockBallot } from './voting/ballot.ts'
import { bindList, bindSecretOf, openBind } from './voting/bind.ts'
import { castStatementText, makeCastStatement, noPreviousTracker } from './voting/cast-statement.ts'
import { credentialOf, drawVotingCode } from './voting/credential.ts'
import { checkOpening, openTally } from './opening/decryption.ts'
import { embed } from './groups/embedding.ts'
import type { ElectionEvent } from './archive/events.ts'
import { challengeOf, sha256Hex } from './hash.ts'
import { checkCompanion, companionOf } from './opening/opening-companion.ts'
import { tallyPhrase } from './voting/phrase.ts'
import { ciphertextMessage, ciphertextText } from './proofs.ts'
import { combineResult, papersOf } from './opening/result.ts'
import { responseOf } from './schnorr.ts'
import { signBallot } from './voting/ballot.ts'
import { sha256Base64 } from './hash.ts'
import { encryptedTally } from './opening/tally.ts'
import { startVerification, verifyElection } from './archive/verify.ts'

/*
 * The attacks that the design answers, each tried with the means it grants the attacker, each failing. The last voter's forged opening has a
 * file of its own, `last-voter-forgery.test.ts`; a withheld ballot is also in `election-verification.test.ts`.
 */

const holders = { size: 3, threshold: 2 } as const

const statementFor = (demo: Demo, who: number, text: string, previous = noPreviousTracker): string => {
  const { credential, digest } = good(checkBallot(demo.election, demo.roll, text))
  const claim = { electionHash: demo.election.fingerprint, credential, digest, previous }
  return castStatementText(makeCastStatement(demo.election.engine, demo.voters[who] ?? 0n, claim))
}

describe('two ballots with one code', () => {
  const { demo, first, second } = ballotsOfOneCode()

  it('can be made, so a code is no evidence', () => {
    expect(first.digest).not.toBe(second.digest)
    expect(ballotCodeOf(first.digest)).toBe(ballotCodeOf(second.digest))
  })

  it('do not both get into the box', () => {
    const box = startVerification()
    good(box.next(demo.setup))
    good(box.next({ type: 'Ballot', ballot: first.text, companion: statementFor(demo, 0, first.text) }))
    const companion = statementFor(demo, 0, second.text, first.tracker)
    expect(box.faultOf({ type: 'Ballot', ballot: second.text, companion })).toMatchObject({
      fault: { kind: 'code seen before', ballot: 1, code: ballotCodeOf(first.digest) },
    })
    // Locked afresh it has another code, and is welcome.
    const afresh = good(lockBallot(demo.election, [[2, 1, 0, 0]], demo.voters[0] ?? 0n, randomFrom('afresh')))
    const upon = statementFor(demo, 0, afresh.text, first.tracker)
    expect(box.faultOf({ type: 'Ballot', ballot: afresh.text, companion: upon })).toBeUndefined()
  })
})

describe('marked rankings', () => {
  const demo = demoElection({ group: 'Ed25519', questions: [ranked], voters: 5, holders })
  const { election } = demo
  const { engine } = election
  const plain = engine.embedding
  if (plain === undefined) throw new Error('Ed25519 holds lists')

  /** A ballot whose paper is any element, as a bribed voter's own program makes it: all proofs are good. */
  function ballotHolding(who: number, element: typeof election.key): string {
    const secret = demo.voters[who] ?? 0n
    const credential = engine.encode(engine.multiplyBaseSecret(secret))
    const [r, w] = [1000n + BigInt(who), 2000n + BigInt(who)]
    const ciphertext = { alpha: engine.multiplyBaseSecret(r), beta: engine.add(engine.multiplySecret(election.key, r), element) }
    const S = `raweg|${election.fingerprint}|${credential}|${engine.encode(election.key)},${ciphertextText(engine, ciphertext)}`
    const c = challengeOf(`${S}|${engine.encode(engine.multiplyBaseSecret(w))}`, engine.q)
    const proof = { challenge: c.toString(), response: responseOf(w, r, c, engine.q).toString() }
    const message = {
      election_uuid: election.message.uuid,
      election_hash: election.fingerprint,
      credential,
      answers: [{ choices: ciphertextMessage(engine, ciphertext), proof }],
    }
    return signBallot(election, { message, digest: sha256Base64(JSON.stringify(message)) }, secret).text
  }

  it('pass every proof, and are spoiled by name when they are opened', () => {
    const least = embed({ ...plain, tries: 0 }, [1, 2, 3, 4])
    let secondEpsilon: typeof least | undefined
    for (let n = plain.numberOf(least) + 1n; secondEpsilon === undefined; n++) secondEpsilon = plain.lift(n)
    const marked = [
      secondEpsilon,
      embed({ ...plain, tries: 0 }, [200, 1, 2, 3, 4]),
      embed({ ...plain, tries: 0 }, [1, 2, 3, 3]),
      embed({ ...plain, tries: 0 }, [1, 0, 3, 0]),
    ].map((element, who) => good(checkBallot(election, demo.roll, ballotHolding(who, element))))
    const cast = [...marked, castBy(demo, 4, [[4, 3, 2, 1]])]
    const { events } = wholeElection(demo, cast, cast, [1, 2])
    const { result } = good(verifyElection(events))
    const companion = (events.at(-1) as Extract<ElectionEvent, { type: 'Result' }>).companion ?? ''
    const { spoiled } = JSON.parse(companion) as { spoiled: number[][] }
    const papers = papersOf(result?.result[0])
    // The first two read as good rankings, which is how foreign programs count them.
    expect(papers.map((paper) => paper.join('')).sort()).toEqual(['1030', '1233', '1234', '1234', '4321'])
    expect(spoiled[0]?.length).toBe(4)
    const counted = papers.filter((_, i) => spoiled[0]?.includes(i) === false)
    expect(counted).toEqual([[4, 3, 2, 1]])
    // A returning officer who counts them after all is caught.
    const quiet = [...events.slice(0, -1), { ...events.at(-1), companion: '{"spoiled":[[]]}' } as ElectionEvent]
    const refused = verifyElection(quiet)
    expect(refused.kind === 'fail' && refused.error).toMatchObject({ fault: { kind: 'spoiled papers' } })
  })
})

describe('a withheld ballot', () => {
  it('published after the re-vote does not undo it, though it is no duplicate', () => {
    const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 1, holders })
    const held = castBy(demo, 0, [[1, 0]], 'held back')
    const again = castBy(demo, 0, [[0, 1]], 'again')
    const box = startVerification()
    good(box.next(demo.setup))
    // The voter got no receipt for the first, so the second names no predecessor.
    good(box.next({ type: 'Ballot', ballot: again.text, companion: statementFor(demo, 0, again.text) }))
    expect(box.faultOf({ type: 'Ballot', ballot: held.text, companion: statementFor(demo, 0, held.text) })).toMatchObject({
      fault: { kind: 'cast statement', fault: { kind: 'predecessor is not the last', expected: again.tracker } },
    })
    // Format v1 alone counts it.
    const blind = startVerification({ companions: 'ignored' })
    for (const event of [demo.setup, { type: 'Ballot', ballot: again.text } as const]) good(blind.next(event))
    expect(blind.faultOf({ type: 'Ballot', ballot: held.text })).toBeUndefined()
  })
})

describe('two subsets opened by a split view', () => {
  const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 4, holders })
  const { election, trustees, secrets } = demo
  const cast = [[1, 0] as const, [1, 0] as const, [0, 1] as const, [0, 1] as const].map((choice, who) =>
    castBy(demo, who, [choice]),
  )
  // The operator shows trustee 1 the whole box, trustees 2 and 3 the box without the victim's ballot.
  const whole = encryptedTally(election, cast)
  const without = encryptedTally(election, cast.slice(1))
  const openedBy = (owner: number, of: typeof whole) => ({
    owner,
    opening: good(
      checkOpening(election, of, trustees.keys[owner - 1] ?? election.key, openTally(election, of, secrets[owner - 1] ?? 0n)),
    ),
  })

  it('sounds different when the trustees read their phrases aloud', () => {
    expect(tallyPhrase(election.fingerprint, whole.text)).not.toEqual(tallyPhrase(election.fingerprint, without.text))
  })

  it('gives openings that fit no single tally', () => {
    const mixed = [openedBy(1, whole), openedBy(2, without)]
    for (const of of [whole, without]) {
      const combined = combineResult(election, trustees, of, mixed)
      expect(combined.kind === 'fail' && combined.error.kind).toBe('not a count')
    }
    const text = openTally(election, without, secrets[1] ?? 0n)
    expect(checkOpening(election, whole, trustees.keys[1] ?? election.key, text)).toMatchObject({ error: { kind: 'proof' } })
  })

  it('is bound to one tally by the companion, so an opening cannot be moved', () => {
    const { opening } = openedBy(2, without)
    const claim = { tally: without, lastShuffleHash: null, owner: 2 }
    const proof = companionOf(election, { ...claim, openingText: opening.text }, secrets[1] ?? 0n)
    const key = trustees.keys[1] ?? election.key
    expect(checkCompanion(election, claim, key, opening, proof).kind).toBe('ok')
    expect(checkCompanion(election, { ...claim, tally: whole }, key, opening, proof).kind).toBe('fail')
  })

  it('cannot stand on one record: one tally, one opening a trustee', () => {
    const { events } = wholeElection(demo, cast, cast, [1, 2])
    const record = startVerification()
    for (const event of events.slice(0, 7)) good(record.next(event))
    expect(record.faultOf({ type: 'EncryptedTally', tally: without.text, ballots: 3, weight: 3 })).toMatchObject({
      fault: { kind: 'out of order' },
    })
    const subset = startVerification()
    for (const event of events.slice(0, 6)) good(subset.next(event))
    expect(subset.faultOf({ type: 'EncryptedTally', tally: without.text, ballots: 3, weight: 3 })).toMatchObject({
      fault: { kind: 'tally is not the fold of the counted ballots' },
    })
  })
})

describe('a stolen voting code', () => {
  it('is not bound to the thief’s login: its line opens with the leaf of the member it was mailed to, and no other', () => {
    const { engine } = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 0 }).election
    const uuid = 'QuorateTest4242'
    const random = randomFrom('codes')
    const [victim, thief] = ['victim', 'thief'].map((name) => {
      const code = drawVotingCode(random)
      return { code, key: credentialOf(engine, uuid, code).publicKey, leaf: sha256Hex(name) }
    }) as [
      { code: Parameters<typeof bindSecretOf>[1]; key: string; leaf: string },
      { code: Parameters<typeof bindSecretOf>[1]; key: string; leaf: string },
    ]
    const list = bindList(
      uuid,
      [victim, thief].map(({ key, leaf, code }) => ({ key, leaf, code })),
    )
    const bindOf = (key: string) => list.find((line) => line.key === key)?.bind
    const secret = bindSecretOf(uuid, victim.code)
    expect(openBind(uuid, victim.key, bindOf(victim.key), { leaf: victim.leaf, secret }).kind).toBe('ok')
    expect(openBind(uuid, victim.key, bindOf(victim.key), { leaf: thief.leaf, secret }).kind).toBe('fail')
    expect(openBind(uuid, thief.key, bindOf(thief.key), { leaf: thief.leaf, secret }).kind).toBe('fail')
    expect(openBind(uuid, victim.key, bindOf(thief.key), { leaf: thief.leaf, secret }).kind).toBe('fail')
  })
})
