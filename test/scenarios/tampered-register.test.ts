import {
  checkBallot,
  checkOpening,
  combineResult,
  credentialOf,
  drawVotingCode,
  electionText,
  encryptedTally,
  engineOf,
  issueCodes,
  lockBallot,
  openBox,
  openTally,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  resultText,
  seededRandom,
  sha256Hex,
  verifyElection,
  voterPseudonymOf,
  type CheckedBallot,
  type ElectionEvent,
  type VotingCode,
} from '@quorate/ballots'
import { assert, instant, type Instant, type Result } from '@quorate/kernel'
import {
  decide,
  due,
  emptyState,
  evolve,
  judgeContactChanges,
  parseRulebook,
  toldBy,
  waiting,
  type Act,
  type ActBody,
  type ContactChange,
  type DecisionId,
  type EditionNumber,
  type Fact,
  type Fingerprint,
  type Pseudonym,
  type State,
} from '@quorate/rulebook'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'

// Story 6 whole. 500 people select a candidate. Three days before voting opens one officer changes 71 addresses and 40 e-mails to his own, so that the
// voting codes come to him. The rules judge the changes, real codes and ballots show what he can do with them, and the box is verified at the end.

const people = 500
const [byPost, byEmail, confirmed] = [71, 40, 60]
// A ballot is locked, checked and verified in a tenth of a second. By day one voter in eight does all that, at night every one of the 449.
const each = process.env['QUORATE_RUNS'] === undefined ? 8 : 1
const voting = (codes: Iterable<number>): readonly number[] => [...codes].filter((n) => n % each === 0)
const uuid = 'TamperedRegister'
const group = 'Ed25519'
const bytes = (seed: string): Uint8Array => createHash('sha256').update(seed).digest()
const hex = (seed: string): string => createHash('sha256').update(seed).digest('hex')
const person = (n: number): Pseudonym => hex(`person ${String(n)}`).slice(0, 32) as Pseudonym
const print = (seed: string): Fingerprint => hex(seed) as Fingerprint
const at = (text: string): Instant => instant(Date.parse(`${text}:00+01:00`))
function good<T>(result: Result<T, unknown>): T {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

const rules = good(
  parseRulebook(
    readFileSync(new URL('../../rulebooks/lantern.md', import.meta.url), 'utf8').replace(
      '{roll: freeze, secret: yes, method: schulze, options: candidates',
      '{roll: freeze, secret: yes, method: plurality, options: candidates',
    ),
    1 as EditionNumber,
  ),
)
const editions = { byNumber: new Map([[rules.edition, rules]]), inForce: rules.edition }
const decision = 7 as DecisionId
const noticedAt = at('2026-05-06T12:00')
const opensAt = at('2026-05-14T12:00')
const changedAt = at('2026-05-11T12:00')

/** What the officer did: post of the first 71, e-mail of the next 40, all alone. */
const change = (n: number, channel: 'post' | 'email'): ContactChange => ({
  person: person(n),
  channel,
  at: changedAt,
  office: 'registrar',
  by: person(900),
  second: null,
  reverifiedAt: null,
})
const tampered = Array.from({ length: byPost + byEmail }, (_, n) => change(n, n < byPost ? 'post' : 'email'))

/** The decision, act by act. */
let state: State = emptyState
let now = at('2026-04-30T09:00')
const fact = (name: string, of: string | null, value: Fact['value'], source: Fact['source'] = 'register'): Fact => ({
  name,
  of,
  value,
  at: now,
  knownAt: now,
  source,
  evidence: print('evidence'),
})
function attempt(by: Act['by'], as: Act['as'], body: ActBody, ...facts: readonly Fact[]): readonly string[] {
  const act = { decision, by, as, occurredAt: now, recordedAt: now, ...body } as Act
  const answer = decide(editions, state, facts, act)
  if (answer.kind === 'refusal') return answer.routes.flatMap((r) => r.reasons.map((reason) => `refused: ${reason.code}`))
  const events = [...answer.deemed, ...answer.events]
  state = events.reduce(evolve, state)
  return events.map((e) => e.kind)
}
const members = 'electorate members'
const boxClosesAt = (): Instant => state.decisions[decision]?.stages['ballot']?.box.closesAt ?? now

/** Nominations, notice, roll, timetable: as for any selection. */
function untilOpen(candidates: readonly string[]): void {
  const resolved = fact('resolution', 'committee', { for: 9, against: 0, present: 9 })
  attempt(
    'rule',
    'body committee',
    { kind: 'propose', power: 'endorse', form: 'text', document: print('selection'), changes: [] },
    resolved,
  )
  for (const name of candidates)
    attempt(
      hex(name).slice(0, 32) as Pseudonym,
      members,
      { kind: 'stand', statement: print(name) },
      fact('may-stand', 'nominate', true),
    )
  now = at('2026-05-06T12:00')
  attempt('rule', 'rule', { kind: 'notify' }, fact('notice', null, { served: people, of: people }))
  now = at('2026-05-12T12:00')
  const asOf = waiting(editions, state, now)[0]?.asOf ?? now
  attempt(
    'rule',
    'rule',
    { kind: 'freeze' },
    { ...fact('roll', 'members', { size: people, root: print('roll') }, 'roll'), at: asOf },
  )
  attempt(person(901), 'office returning-officer', { kind: 'schedule', opensAt }, fact('holds-office', 'returning-officer', true))
  now = opensAt
}

type World = ReturnType<typeof setUp>
function setUp() {
  const engine = engineOf(group)
  const random = seededRandom(bytes('a tampered register'))
  const ceremony = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
  const { codes, publicKeys: keys, roll } = issueCodes(engine, uuid, people, random)
  const answers = ['Ada', 'Bea', 'Cy']
  const trustees = good(parseTrustees(engine, ceremony.file))
  const text = electionText({
    version: 1,
    description: 'Selection',
    name: 'Lantern',
    group,
    public_key: engine.encode(trustees.publicKey),
    questions: [{ answers, min: 1, max: 1, question: 'Who is our candidate?' }],
    uuid,
  })
  const election = good(parseElection(text))
  const rollText = publicRollText(roll)
  const shares = ceremony.keys.map((key) => (key as { readonly share?: { readonly secret: bigint } }).share?.secret ?? 0n)
  return {
    election,
    trustees,
    codes,
    keys,
    rollText,
    roll: good(parsePublicRoll(engine, rollText)),
    setup: { type: 'Setup', election: text, trustees: ceremony.file, credentials: rollText } as const,
    shares,
  }
}

const choices = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const
/** A ballot by whoever has a code, with the key it stands for. */
function ballotBy(world: World, code: VotingCode, n: number): { readonly text: string; readonly key: string } {
  const { secret, publicKey } = credentialOf(world.election.engine, uuid, code)
  const choice = choices[n % choices.length] ?? choices[0]
  const { text } = good(lockBallot(world.election, [[...choice]], secret, seededRandom(bytes(`ballot ${String(n)}`))))
  return { text, key: publicKey }
}

describe('a register that one officer altered three days before a selection', { timeout: 600_000 }, () => {
  let world: World
  const judgedAt = (changes: readonly ContactChange[]) =>
    judgeContactChanges(rules, changes, { noticedAt, opensAt, closesAt: at('2026-05-19T12:00') })
  /** Those whose code has gone out by an instant: everybody whose contact is not in quarantine. */
  const hasCode = (changes: readonly ContactChange[]): ReadonlySet<number> => {
    const held = new Set(
      judgedAt(changes)
        .filter((j) => !j.votes)
        .map((j) => j.person),
    )
    return new Set(Array.from({ length: people }, (_, n) => n).filter((n) => !held.has(person(n))))
  }
  /** Of the affected, 60 confirm their old address on the second day; the other 51 do not answer. */
  const answered = tampered.map((c, i) => (i < confirmed ? { ...c, reverifiedAt: at('2026-05-15T08:00') } : c))
  const box = openBox()
  const ballots: CheckedBallot[] = []
  const voters = each === 1 ? 449 : 57

  /** One vote: the code’s ballot is checked against the roll, and the rules asked whether its key may cast. */
  const vote = (code: VotingCode, n: number): readonly string[] => {
    const { text, key } = ballotBy(world, code, n)
    const checked = checkBallot(world.election, world.roll, text)
    const onRoll = checked.kind === 'ok'
    const done = attempt(
      voterPseudonymOf(key) as Pseudonym,
      members,
      { kind: 'cast', ballot: sha256Hex(text) as Fingerprint },
      fact('eligible', 'members', onRoll, 'roll'),
    )
    if (checked.kind === 'fail') return [`box: ${checked.error.kind}`, ...done]
    if (done.includes('cast')) {
      good(box.admit(checked.value))
      ballots.push(checked.value)
    }
    return done
  }

  beforeAll(() => {
    world = setUp()
    untilOpen(['Ada', 'Bea', 'Cy'])
    const list = waiting(editions, state, now)
    expect(list.map((w) => w.kind)).toEqual(['open'])
    const names = ['Ada', 'Bea', 'Cy'].map((name) => hex(name).slice(0, 32)).join('\n')
    const setup = fact('setup', null, { fingerprint: print(world.setup.election), options: 3, list: hex(names) })
    expect(attempt('rule', 'rule', { kind: 'open' }, setup)).toEqual(['opened'])
  }, 120_000)

  it('quarantines 71 addresses and 40 e-mails, each under the clause that asks for two officers, and tells the old ones in a day', () => {
    const judged = judgedAt(tampered)
    expect(judged.filter((j) => j.state === 'quarantined' && j.channels.includes('post'))).toHaveLength(71)
    expect(judged.filter((j) => j.state === 'quarantined' && j.channels.includes('email'))).toHaveLength(40)
    expect(new Set(judged.map((j) => j.clause))).toEqual(new Set(['3.6@1']))
    expect(tampered.every((c) => toldBy(rules, c) <= at('2026-05-13T00:00'))).toBe(true)
    expect(hasCode(tampered).size).toBe(389)
  })

  it('lets the 389 others vote on time', () => {
    now = at('2026-05-14T13:00')
    for (const n of voting(hasCode(tampered))) expect(vote(world.codes[n] as VotingCode, n)).toEqual(['cast'])
    expect(box.size()).toBe(each === 1 ? 389 : 49)
  })

  it('takes none of 111 forged voting codes: no ballot of theirs is on the roll, and the rules refuse each', () => {
    const random = seededRandom(bytes('a forger'))
    for (let n = 0; n < tampered.length; n++)
      expect(vote(drawVotingCode(random), n)).toEqual(['box: not on the roll', 'refused: not-eligible'])
    // A key of the roll with a secret that is not its own fails by its signature.
    const { text, key } = ballotBy(world, drawVotingCode(random), 1)
    const stolen = credentialOf(world.election.engine, uuid, world.codes[3] as VotingCode).publicKey
    expect(checkBallot(world.election, world.roll, text.replaceAll(key, stolen))).toMatchObject({ kind: 'fail' })
    expect(box.size()).toBe(each === 1 ? 389 : 49)
  })

  it('lets the 60 who confirm inside the window vote, and nobody after it', () => {
    now = at('2026-05-15T09:00')
    const codes = hasCode(answered)
    expect(codes.size).toBe(389 + 60)
    const affected = [...codes].filter((n) => n < tampered.length)
    expect(affected).toHaveLength(confirmed)
    for (const n of voting(affected)) expect(vote(world.codes[n] as VotingCode, n)).toEqual(['cast'])
    const late = tampered.map((c) => ({ ...c, reverifiedAt: at('2026-05-19T12:00') }))
    expect(judgedAt(late).filter((j) => j.votes)).toEqual([])
    now = boxClosesAt()
    expect(now).toBe(at('2026-05-19T12:00'))
    expect(vote(world.codes[100] as VotingCode, 100)).toEqual(['refused: too-late'])
    expect(box.size()).toBe(voters)
  })

  it('is verified whole, every ballot by a code of its own; a forged ballot or another roll is found where it stands', () => {
    const { election, trustees, setup, shares } = world
    const counted = box.counted()
    const tally = encryptedTally(election, counted)
    const openings = [1, 3].map((owner) => {
      const text = openTally(election, tally, shares[owner - 1] ?? 0n)
      return { owner, text, opening: good(checkOpening(election, tally, trustees.keys[owner - 1] as never, text)) }
    })
    const result = good(combineResult(election, trustees, tally, openings))
    const cast = ballots.map(({ text }): ElectionEvent => ({ type: 'Ballot', ballot: text }))
    const events: readonly ElectionEvent[] = [
      setup,
      ...cast,
      { type: 'EndBallots' },
      { type: 'EncryptedTally', tally: tally.text, ballots: tally.ballots, weight: tally.weight },
      ...openings.map(({ owner, text }): ElectionEvent => ({ type: 'PartialDecryption', owner, opening: text })),
      { type: 'Result', result: resultText(result) },
    ]
    const verified = verifyElection(events, { companions: 'ignored' })
    expect(verified.kind).toBe('ok')
    const figures = (result.result[0] ?? []).map((figure) => {
      assert(typeof figure === 'number', 'a question of choices is answered by figures')
      return figure
    })
    expect(figures.reduce((a, b) => a + b, 0)).toBe(voters)
    const forged = ballotBy(world, drawVotingCode(seededRandom(bytes('later'))), 2)
    expect(
      verifyElection([setup, ...cast.slice(0, 3), { type: 'Ballot', ballot: forged.text }], { companions: 'ignored' }),
    ).toMatchObject({
      kind: 'fail',
      error: { event: 4, type: 'Ballot' },
    })
    // The officer’s own keys in place of the 111: those who voted with their real codes are no longer on that roll.
    const engine = election.engine
    const random = seededRandom(bytes('a swapped roll'))
    const own = world.keys.map((key, n) =>
      n < tampered.length ? credentialOf(engine, uuid, drawVotingCode(random)).publicKey : key,
    )
    const swapped = publicRollText(own.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)))
    expect(sha256Hex(swapped)).not.toBe(sha256Hex(world.rollText))
    const victim = cast.at(-1)
    expect(
      victim === undefined ? null : verifyElection([{ ...setup, credentials: swapped }, victim], { companions: 'ignored' }),
    ).toMatchObject({
      kind: 'fail',
      error: { event: 1, type: 'Ballot' },
    })
    expect(due(editions, state, now).map((e) => e.kind)).toEqual(['closed'])
    const chosen = figures.indexOf(Math.max(...figures)) + 1
    const count = { cast: voters, valid: voters, blank: 0, 'chosen-1': chosen, 'beats-none-of-these': 1 }
    expect(attempt('rule', 'rule', { kind: 'declare' }, fact('count', null, count, 'tally'))).toEqual([
      'closed',
      'declared',
      'chosen',
    ])
    expect(state.decisions[decision]?.stages['ballot']?.box.voters.size).toBe(voters)
  })
})
