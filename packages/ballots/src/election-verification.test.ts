import { readFileSync } from 'node:fs'

import { beforeAll, describe, expect, it } from 'vitest'

import { approval, castBy, type Demo, demoElection, good, wholeElection, withBlank, yesNo } from '../testing/demo-election.ts'
import { nodeModExp } from '../testing/node-modexp.ts'
import { readArchive, writeArchive } from './archive/archive.ts'
import type { CheckedBallot } from './voting/ballot-check.ts'
import { castStatementText, makeCastStatement, noPreviousTracker } from './voting/cast-statement.ts'
import { type ElectionMessage, electionText, parseElection } from './election.ts'
import type { ElectionEvent } from './archive/events.ts'
import { keyTextsOf, parsePublicRoll } from './voting/roll.ts'
import { encryptedTally } from './opening/tally.ts'
import { startVerification, verifyArchive, verifyElection } from './archive/verify.ts'

const modexp = nodeModExp
const foreign = readFileSync(new URL('../testing/vectors/belenios-tool-2.0.bel', import.meta.url))

describe('elections of belenios-tool 2.0', () => {
  it('verify with ours: one mandatory trustee, 2 of 3, blank', () => {
    const election = good(verifyArchive(foreign, { modexp }))
    expect(election.result).toMatchObject({
      result: [
        [2, 0],
        [0, 2, 0, 2],
      ],
    })
    expect(election.trustees.items).toEqual([
      { kind: 'Single', owner: 1 },
      { kind: 'Pedersen', threshold: 2, owners: [2, 3, 4] },
    ])
    expect(election.box.size()).toBe(2)
  })
})

describe.each(['Ed25519', 'BELENIOS-2048'] as const)('verification of an election from set-up to result in %s', (group) => {
  let demo: Demo
  let cast: readonly CheckedBallot[]
  let events: readonly ElectionEvent[]
  let other: Demo
  beforeAll(() => {
    demo = demoElection({ group, questions: [yesNo], voters: 3, holders: { size: 3, threshold: 2 } })
    other = demoElection({ group, questions: [{ ...yesNo, question: 'Another?' }], voters: 3, holders: 'single' })
    const [a, b, a2] = [castBy(demo, 0, [[1, 0]]), castBy(demo, 1, [[0, 1]]), castBy(demo, 0, [[0, 1]], 'again')]
    cast = [a, b, a2]
    events = wholeElection(demo, cast, [b, a2], [1, 3]).events
  })
  const faultOf = (of: readonly ElectionEvent[]): unknown => {
    const r = verifyElection(of, { modexp })
    return r.kind === 'fail' ? r.error : 'accepted'
  }
  const replaced = (at: number, by: (event: never) => unknown): unknown =>
    faultOf(events.map((event, i) => (i === at ? (by(event as never) as ElectionEvent) : event)))

  it('accepts it, counts the re-vote once, and tells its progress', () => {
    const seen: number[] = []
    const election = good(verifyElection(events, { modexp, onProgress: (done, total) => seen.push(done / total) }))
    expect(election.result).toMatchObject({ result: [[0, 2]] })
    expect(election.tally?.ballots).toBe(2)
    expect(election.box.size()).toBe(3)
    expect(seen.length).toBe(events.length)
    expect(seen.at(-1)).toBe(1)
    expect(good(verifyArchive(writeArchive(1795294341, events), { modexp })).result).toMatchObject({ result: [[0, 2]] })
  })

  it('accepts it at every moment before, and grows with it', () => {
    const verification = startVerification({ modexp })
    for (const [i, event] of events.entries()) {
      const grown = good(verification.next(event))
      expect(grown.isClosed).toBe(i >= 4)
      expect(grown.openings.length).toBe(Math.max(0, Math.min(2, i - 5)))
    }
  })

  it('stays broken once broken', () => {
    const verification = startVerification({ modexp })
    good(verification.next(events[0] as ElectionEvent))
    const broken = verification.next({ type: 'Result', result: '' })
    expect(broken.kind).toBe('fail')
    expect(verification.next(events[1] as ElectionEvent)).toEqual(broken)
  })

  it('names the ballot that is wrong', () => {
    const text = cast[1]?.text ?? ''
    expect(replaced(2, () => ({ type: 'Ballot', ballot: `${text} ` }))).toEqual({
      event: 2,
      type: 'Ballot',
      fault: { kind: 'ballot', ballot: 1, fault: { kind: 'malformed', fault: 'not canonical' } },
    })
    expect(replaced(3, () => events[1])).toEqual({
      event: 3,
      type: 'Ballot',
      fault: { kind: 'ballot', ballot: 2, fault: { kind: 'ballot twice' } },
    })
  })

  it('refuses a first ballot replayed after the re-vote, which foreign tools count', () => {
    const replay = [...events.slice(0, 4), events[1] as ElectionEvent, ...events.slice(4)]
    expect(faultOf(replay)).toMatchObject({ event: 4, fault: { kind: 'ballot', ballot: 3, fault: { kind: 'ballot twice' } } })
  })

  it('refuses a tally that is not the fold of the last ballots', () => {
    const tallyOf = (ballots: readonly CheckedBallot[]) => {
      const tally = encryptedTally(demo.election, ballots)
      return { type: 'EncryptedTally', tally: tally.text, ballots: 2, weight: 2 }
    }
    const [a, b, a2] = cast as [CheckedBallot, CheckedBallot, CheckedBallot]
    const fold = { event: 5, type: 'EncryptedTally', fault: { kind: 'tally is not the fold of the counted ballots' } }
    expect(replaced(5, () => tallyOf([a, b]))).toEqual(fold)
    expect(replaced(5, () => tallyOf([a, b, a2]))).toEqual(fold)
    expect(replaced(5, () => tallyOf([b]))).toEqual(fold)
    expect(replaced(5, (event: object) => ({ ...event, ballots: 3 }))).toEqual({
      event: 5,
      type: 'EncryptedTally',
      fault: { kind: 'tally numbers', ballots: 2, weight: 2 },
    })
    expect(replaced(5, (event: object) => ({ ...event, weight: 3 }))).toMatchObject({ fault: { kind: 'tally numbers' } })
  })

  it('refuses openings by nobody, twice, too few, and another trustee’s', () => {
    const owner = (n: number) => (event: object) => ({ ...event, owner: n })
    expect(replaced(6, owner(0))).toMatchObject({ event: 6, fault: { kind: 'no such trustee', owner: 0 } })
    expect(replaced(6, owner(4))).toMatchObject({ event: 6, fault: { kind: 'no such trustee', owner: 4 } })
    expect(replaced(7, () => events[6])).toMatchObject({ event: 7, fault: { kind: 'second opening of one trustee', owner: 1 } })
    expect(replaced(7, owner(2))).toMatchObject({ event: 7, fault: { kind: 'opening', owner: 2, fault: { kind: 'proof' } } })
    expect(faultOf([...events.slice(0, 7), events[8] as ElectionEvent])).toMatchObject({
      event: 7,
      fault: { kind: 'result', fault: { kind: 'too few openings', found: 1, needed: 2 } },
    })
  })

  it('refuses another result', () => {
    expect(replaced(8, () => ({ type: 'Result', result: '{"result":[[1,1]]}' }))).toEqual({
      event: 8,
      type: 'Result',
      fault: { kind: 'result', fault: { kind: 'wrong result', question: 0, place: 0 } },
    })
  })

  it('demands every companion, and the right one', () => {
    const bare = (event: object) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'companion'))
    for (const at of [0, 1, 3, 6, 7])
      expect(replaced(at, bare)).toMatchObject({ event: at, fault: { kind: 'companion missing' } })
    const other = (from: number) => (event: object) => ({
      ...event,
      companion: (events[from] as { companion?: string }).companion,
    })
    expect(replaced(1, other(2))).toMatchObject({
      event: 1,
      fault: { kind: 'cast statement', ballot: 0, fault: { kind: 'proof fails' } },
    })
    expect(replaced(3, other(1))).toMatchObject({
      event: 3,
      fault: { kind: 'cast statement', ballot: 2, fault: { kind: 'predecessor is not the last' } },
    })
    expect(replaced(6, other(7))).toMatchObject({ event: 6, fault: { kind: 'opening companion', owner: 1 } })
    expect(replaced(6, other(1))).toMatchObject({ event: 6, fault: { kind: 'companion malformed' } })
    expect(replaced(1, other(6))).toMatchObject({ event: 1, fault: { kind: 'companion malformed' } })
    expect(replaced(0, (event: object) => ({ ...event, companion: '[]' }))).toMatchObject({
      event: 0,
      fault: { kind: 'bind list' },
    })
    const unsigned = events.map((event) => bare(event as object) as ElectionEvent)
    expect(verifyElection(unsigned, { modexp, companions: 'ignored' }).kind).toBe('ok')
  })

  it('refuses a ballot held back and published after its voter’s re-vote', () => {
    const [setup, first, others, again, ...rest] = events as [ElectionEvent, ElectionEvent, ElectionEvent, ElectionEvent]
    // The voter never saw the first ballot accepted, so the re-vote named no predecessor.
    const credential = cast[2]?.credential ?? ''
    const claim = {
      electionHash: demo.election.fingerprint,
      credential,
      digest: cast[2]?.digest ?? '',
      previous: noPreviousTracker,
    }
    const companion = castStatementText(makeCastStatement(demo.election.engine, demo.voters[0] ?? 0n, claim))
    const withheld = [setup, others, { ...again, companion } as ElectionEvent, first, ...rest]
    expect(faultOf(withheld)).toMatchObject({
      event: 3,
      fault: { kind: 'cast statement', ballot: 2, fault: { kind: 'predecessor is not the last' } },
    })
  })

  it('refuses trustees who did not sign everything, unless the election is foreign', () => {
    const archived = good(readArchive(foreign)).events
    expect(faultOf(archived)).toMatchObject({ event: 0, fault: { kind: 'trustees not fully signed' } })
  })

  it('refuses another order', () => {
    const order = (...of: number[]) => faultOf(of.map((i) => events[i] as ElectionEvent))
    expect(order(1)).toMatchObject({ event: 0, fault: { kind: 'out of order', after: undefined, found: 'Ballot' } })
    expect(order(0, 0)).toMatchObject({ event: 1, fault: { kind: 'out of order', after: 'Setup', found: 'Setup' } })
    expect(order(0, 1, 4, 2)).toMatchObject({ event: 3, fault: { kind: 'out of order', after: 'EndBallots', found: 'Ballot' } })
    expect(order(0, 1, 2, 3, 5)).toMatchObject({
      event: 4,
      fault: { kind: 'out of order', after: 'Ballot', found: 'EncryptedTally' },
    })
    expect(order(0, 1, 2, 3, 4, 5, 8)).toMatchObject({
      event: 6,
      fault: { kind: 'out of order', after: 'EncryptedTally', found: 'Result' },
    })
    expect(order(0, 1, 2, 3, 4, 5, 6, 7, 8, 6)).toMatchObject({ event: 9, fault: { kind: 'out of order', after: 'Result' } })
    expect(faultOf([])).toEqual({ event: 0, type: 'nothing' })
  })

  it('refuses a set-up whose parts do not belong together', () => {
    expect(replaced(0, (event: object) => ({ ...event, trustees: other.setup.trustees }))).toEqual({
      event: 0,
      type: 'Setup',
      fault: { kind: 'key is not the trustees’' },
    })
    expect(replaced(0, (event: object) => ({ ...event, election: other.setup.election }))).toMatchObject({ event: 0 })
    expect(replaced(0, (event: object) => ({ ...event, trustees: '[]' }))).toMatchObject({
      fault: { kind: 'trustees', fault: { kind: 'no trustees' } },
    })
    expect(replaced(0, (event: object) => ({ ...event, credentials: '[]', companion: '[]' }))).toMatchObject({
      event: 1,
      fault: { kind: 'ballot', ballot: 0, fault: { kind: 'not on the roll' } },
    })
  })
})

describe('elections that cannot be', () => {
  const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 0 })
  const { message, engine } = demo.election
  const faultOf = (text: string): unknown => {
    const r = parseElection(text)
    return r.kind === 'fail' ? r.error : 'accepted'
  }
  const changed = (change: Partial<ElectionMessage>): unknown => faultOf(electionText({ ...message, ...change }))

  it('are refused by name', () => {
    expect(changed({})).toBe('accepted')
    expect(changed({ group: 'P-256' as 'Ed25519' })).toEqual({ kind: 'unknown group', group: 'P-256' })
    expect(changed({ public_key: engine.encode(engine.identity) })).toEqual({ kind: 'public key', fault: 'identity' })
    expect(changed({ public_key: '0'.repeat(64) })).toEqual({ kind: 'public key', fault: 'not in the group' })
    expect(changed({ public_key: 'f'.repeat(64) })).toEqual({ kind: 'public key', fault: 'not canonical' })
    expect(changed({ questions: [] })).toEqual({ kind: 'no questions' })
    for (const bounds of [{ min: 2, max: 1 }, { min: 0, max: 3 }, { answers: [] }])
      expect(changed({ questions: [yesNo, { ...yesNo, ...bounds }] })).toEqual({
        kind: 'question cannot be answered',
        question: 1,
      })
    const misshapen = { kind: 'malformed', fault: 'not of this shape' }
    expect(changed({ version: 2 as 1 })).toEqual(misshapen)
    expect(changed({ uuid: 'tooShort' })).toEqual(misshapen)
    expect(changed({ uuid: 'QuorateTest0OIl' })).toEqual(misshapen)
    expect(changed({ name: '\u007f' })).toEqual(misshapen)
    expect(faultOf(demo.setup.election.replace('"name"', ' "name"'))).toEqual({ kind: 'malformed', fault: 'not canonical' })
    expect(faultOf(demo.setup.election.replace('é', '\\u00e9'))).toEqual({ kind: 'malformed', fault: 'not canonical' })
    expect(faultOf('{')).toEqual({ kind: 'malformed', fault: 'not JSON' })
  })

  it('read what they write, with and without the optional fields', () => {
    const { version, description, name, group, public_key, questions, uuid } = message
    const bare = { version, description, name, group, public_key, questions, uuid }
    for (const each of [message, bare, { ...bare, questions: [withBlank, approval, yesNo] }])
      expect(good(parseElection(electionText(each))).message).toEqual(each)
  })
})

describe('the public roll', () => {
  const { engine } = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 0 }).election
  const keys = [2n, 3n, 4n].map((k) => engine.encode(engine.multiply(engine.generator, k))).sort()
  const [a = '', b = '', c = ''] = keys
  const read = (...lines: string[]) => {
    const r = parsePublicRoll(engine, JSON.stringify(lines))
    return r.kind === 'fail' ? r.error : [...r.value.entries.values()].map(({ weight }) => weight)
  }
  it('holds keys, sorted, with or without weights', () => {
    expect(read()).toEqual([])
    expect(read(a, b, c)).toEqual([1, 1, 1])
    expect(read(`${a},2`, b, `${c},999999999`)).toEqual([2, 1, 999999999])
    expect(read(`${a},,login`, `${b},3,login`)).toEqual([1, 3])
  })
  it('refuses anything else by line', () => {
    expect(read(a, a)).toEqual({ kind: 'duplicate key', line: 2 })
    expect(read(a, `${a},2`)).toEqual({ kind: 'duplicate key', line: 2 })
    expect(read(b, a)).toEqual({ kind: 'not sorted', line: 2 })
    for (const line of [
      `${a},0`,
      `${a},01`,
      `${a},-1`,
      `${a},1.5`,
      `${a},1,x,y`,
      ` ${a}`,
      a.toUpperCase(),
      '',
      `${a},9999999999`,
    ])
      expect(read(line), line).toEqual({ kind: 'not a roll line', line: 1 })
    expect(read(engine.encode(engine.identity))).toEqual({ kind: 'not a key', line: 1, fault: 'identity' })
    expect(read('0'.repeat(64))).toEqual({ kind: 'not a key', line: 1, fault: 'not in the group' })
    expect(read('1')).toEqual({ kind: 'not a key', line: 1, fault: 'not canonical' })
    expect(parsePublicRoll(engine, '{}')).toEqual({ kind: 'fail', error: { kind: 'malformed', fault: 'not of this shape' } })
  })
  it('asks for each key once, and takes the answer of whoever decoded it before', () => {
    const rolls = [[], keys, [`${a},2`, b], [a, b, a], [b, a], [a, 'no key', b], ['0'.repeat(64)]]
    for (const text of [...rolls.map((lines) => JSON.stringify(lines)), '{}', 'no JSON']) {
      const before = new Map(keyTextsOf(text).map((key) => [key, engine.decode(key)]))
      const asked: string[] = []
      const roll = parsePublicRoll(engine, text, (key) => {
        asked.push(key)
        return before.get(key) ?? { kind: 'fail', error: 'identity' }
      })
      expect(roll).toEqual(parsePublicRoll(engine, text))
      expect(asked).toEqual([...before.keys()].slice(0, asked.length))
      if (roll.kind === 'ok') expect(asked).toEqual([...roll.value.entries.keys()])
    }
    expect(parsePublicRoll(engine, JSON.stringify(keys), () => ({ kind: 'fail', error: 'identity' }))).toEqual({
      kind: 'fail',
      error: { kind: 'not a key', line: 1, fault: 'identity' },
    })
  })
})
