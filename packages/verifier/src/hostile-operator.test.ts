import {
  ballotCodeOf,
  encryptedTally,
  engineOf,
  fastEd25519,
  noPreviousTracker,
  openVotesMark,
  parseTrustees,
  voterPseudonymOf,
  type CheckedBallot,
} from '@quorate/ballots'
import { canonicalJson, instant, type Json } from '@quorate/kernel'
import { bodyOf, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { forgeAsLastVoter, inverseOf } from '../../ballots/testing/last-voter.ts'
import { sha256Hex, withValue } from '../testing/log.ts'
import {
  cast,
  decision,
  dossierFor,
  locked,
  nodeModExp,
  person,
  rules,
  wholeDecision,
  type World,
} from '../testing/whole-decision.ts'
import { dossierText, verify, type CheckName, type FaultCode, type Verdict } from './index.ts'

/**
 * The operator holds the log's key: whatever they change, they sign again. What follows is caught by what the record says, not by its hashes.
 */
let world: World
let entries: readonly Entry[]
let documents: World['log']['documents']
beforeAll(() => {
  world = wholeDecision('Ed25519')
  ;({ entries, documents } = world.log)
})

const verdictOf = (own: readonly Entry[], also: Record<string, string> = {}): Verdict =>
  verify(dossierText(dossierFor({ entries: [...own], documents: { ...documents, ...also } })), {
    modexp: nodeModExp,
    wasm: fastEd25519,
  })
type Named = readonly [CheckName | undefined, FaultCode | undefined, number | null | undefined]
const named = ({ fault }: Verdict): Named => [fault?.check, fault?.code, fault?.entry]
const faultOf = (own: readonly Entry[], also: Record<string, string> = {}): Named => named(verdictOf(own, also))

const placesOf = (type: EntryType): readonly number[] =>
  entries.flatMap((e, i) => (e.type === type && e.decision === decision ? [i] : []))
const placeOf = (type: EntryType, n = 0): number => placesOf(type)[n] ?? -1
const actOf = (kind: string, n = 0): number =>
  entries.flatMap((e, i) => (e.decision === decision && bodyOf(e, 'act')?.act.kind === kind ? [i] : []))[n] ?? -1
const changed = (index: number, path: string, change: (old: Json) => Json): readonly Entry[] =>
  entries.with(index, withValue(entries[index] as Entry, path, change))
const entryAt = (index: number): Entry => entries[index] as Entry

describe('the ballots', { timeout: 30_000 }, () => {
  test('a ballot deleted with its act: what follows no longer adds up', () => {
    const at = placeOf('ballot', 2)
    const verdict = verdictOf(entries.toSpliced(at, 2))
    // The very next act has an event number too many.
    expect(named(verdict)).toEqual(['rules', 'events-differ', at + 1])
    expect(verdict.fault).toMatchObject({ clause: '4.2@1', expected: expect.stringContaining('/events/0/id "7/13"') as string })
  })

  test('a ballot deleted without its act', () => {
    const at = placeOf('ballot', 2)
    expect(faultOf(entries.toSpliced(at, 1))).toEqual(['rules', 'evidence-missing', at])
  })

  test('an act of casting deleted without its ballot', () => {
    const at = placeOf('ballot', 2)
    expect(faultOf(entries.toSpliced(at + 1, 1))).toEqual(['rules', 'entry-uncited', at])
  })

  test('a ballot exchanged for another of the same voter', () => {
    const { ballot } = world
    if (ballot === null) throw new Error('no ballot')
    const other = locked(ballot, 2, [0, 1], 'forged')
    const at = placeOf('ballot', 2)
    expect(faultOf(changed(at, '/body/ballot', () => other))).toEqual(['rules', 'fact-differs', at])
    const act = withValue(
      withValue(entryAt(at + 1), '/body/act/ballot', () => sha256Hex(other)),
      '/body/events/0/ballot',
      () => sha256Hex(other),
    )
    // Rules have nothing against it; the voter's own statement names another ballot.
    const own = changed(at, '/body/ballot', () => other).with(at + 1, act)
    expect(faultOf(own)).toEqual(['ballots', 'cast-statement-fails', at])
  })

  test('one byte of a ballot, in a place its shape allows', () => {
    const at = placeOf('ballot', 3)
    const flipped = (old: string): string =>
      old.replace(/"challenge":"(\d)/, (_, d: string) => `"challenge":"${String((Number(d) % 9) + 1)}`)
    const body = bodyOf(entryAt(at), 'ballot') as BodyOf<'ballot'>
    const text = flipped(body.ballot)
    const act = withValue(
      withValue(entryAt(at + 1), '/body/act/ballot', () => sha256Hex(text)),
      '/body/events/0/ballot',
      () => sha256Hex(text),
    )
    expect(faultOf(changed(at, '/body/ballot', () => text).with(at + 1, act))).toEqual(['ballots', 'ballot-invalid', at])
  })

  test('a valid ballot by a key that is not on the roll', () => {
    const other = wholeDecision('Ed25519', {
      lastVoter: (to, ballot) => {
        const stranger = { ...ballot, voters: ballot.voters.with(5, { secret: 4242n, key: '' }) }
        const text = locked(stranger, 5, [0, 1])
        const { credential } = JSON.parse(text) as { readonly credential: string }
        const body = {
          ballot: text,
          cast: { previous: noPreviousTracker, proof: { challenge: '1', response: '1' } },
          code: 'CEDAR–4817–LARK',
        }
        const by = voterPseudonymOf(credential)
        const before = to.entries.length
        const taken = cast(to, ballot, locked(ballot, 4, [0, 1], 'last'), 4, noPreviousTracker)
        // The last honest ballot and its act become the stranger's.
        to.entries[before] = withValue(
          withValue(to.entries[before] as Entry, '/body', () => body),
          '/type',
          () => 'ballot',
        )
        const act = ['/body/act/by', '/body/events/0/by'].reduce(
          (e, path) => withValue(e, path, () => by),
          to.entries[before + 1] as Entry,
        )
        const print = sha256Hex(text)
        to.entries[before + 1] = ['/body/act/ballot', '/body/events/0/ballot'].reduce(
          (e, path) => withValue(e, path, () => print),
          act,
        )
        return taken
      },
    })
    const at = other.log.entries.flatMap((e, i) => (e.type === 'ballot' ? [i] : [])).at(-1)
    const verdict = verify(dossierText(dossierFor(other.log)))
    expect(named(verdict)).toEqual(['ballots', 'ballot-invalid', at])
    expect(verdict.fault?.found).toContain('not on the roll')
  })

  test('a first ballot put in again after the re-vote', () => {
    const first = entryAt(placeOf('ballot', 1))
    // With its act judged anew, as the operator's own server would.
    const replayed = wholeDecision('Ed25519', {
      lastVoter: (to, ballot, counted) => {
        cast(to, ballot, bodyOf(first, 'ballot')?.ballot ?? '', 1, noPreviousTracker)
        return counted.at(-1) as CheckedBallot
      },
      until: 'voted',
    })
    const at = replayed.log.entries.flatMap((e, i) => (e.type === 'ballot' ? [i] : [])).at(-1)
    expect(named(verify(dossierText(dossierFor(replayed.log))))).toEqual(['ballots', 'ballot-repeated', at])
  })

  test('a ballot that its voter did not say replaces the one before', () => {
    const at = placeOf('ballot', 4)
    expect(faultOf(changed(at, '/body/cast/previous', () => noPreviousTracker))).toEqual(['ballots', 'cast-statement-fails', at])
  })

  test('another ballot code', () => {
    const at = placeOf('ballot', 0)
    const body = bodyOf(entryAt(placeOf('ballot', 1)), 'ballot')
    expect(faultOf(changed(at, '/body/code', () => body?.code ?? ''))).toEqual(['ballots', 'ballot-code-differs', at])
    expect(ballotCodeOf('x')).toMatch(/^[A-Z]+–\d{4}–[A-Z]+$/)
  })

  test('an act of casting under another name', () => {
    const at = actOf('cast')
    const own = ['/body/act/by', '/body/events/0/by'].reduce((e, path) => withValue(e, path, () => person(77)), entryAt(at))
    expect(faultOf(entries.with(at, own))).toEqual(['rules', 'voter-differs', at])
  })

  test('a ballot cast after the close', () => {
    const from = actOf('cast', 5) - 1
    const closed = actOf('tick')
    const late = [from, from + 1].map((i) => {
      const when = entryAt(closed).at
      const moved = { ...entryAt(i), at: when }
      if (i === from) return moved
      return [
        '/body/act/occurredAt',
        '/body/act/recordedAt',
        '/body/events/0/occurredAt',
        '/body/events/0/recordedAt',
      ].reduce<Entry>((e, path) => withValue(e, path, () => when), moved)
    })
    // Moved behind the tick that closes.
    const own = [...entries.slice(0, from), ...entries.slice(from + 2, closed + 1), ...late, ...entries.slice(closed + 1)]
    const verdict = verdictOf(own)
    // The tick now comes one event earlier than it says, which is found before the late ballot is.
    expect(named(verdict)).toEqual(['rules', 'events-differ', closed - 2])
    const numbered = withValue(
      entryAt(closed),
      '/body/deemed/0/id',
      (id) => `7/${String(Number(JSON.stringify(id).replace(/\D/g, ' ').trim().split(' ').at(-1)) - 1)}`,
    )
    const alone = own.with(closed - 2, numbered)
    expect(named(verdictOf(alone))).toEqual(['rules', 'not-permitted', closed])
    expect(verdictOf(alone).fault).toMatchObject({ clause: '4.2@1', expected: 'refused: too-late', found: 'permitted' })
  })
})

describe('notice, roll and time', () => {
  test('a notice dated back', () => {
    const at = actOf('notify')
    const back = (old: Json): Json => Number(old) - 3_600_000
    expect(faultOf(changed(at, '/body/act/occurredAt', back))).toEqual(['rules', 'instant-differs', at])
    const both = [
      '/body/act/occurredAt',
      '/body/act/recordedAt',
      '/body/events/0/occurredAt',
      '/body/events/0/recordedAt',
      '/body/events/0/receivedAt',
    ]
    const own = both.reduce((e, path) => withValue(e, path, back), entryAt(at))
    expect(faultOf(entries.with(at, own))).toEqual(['rules', 'instant-differs', at])
    expect(faultOf(entries.with(at, { ...own, at: instant(own.at - 3_600_000) }))).toEqual(['entries', 'time-runs-backwards', at])
  })

  test('a notice that says it reached more than it did', () => {
    const at = placeOf('delivery')
    const own = changed(at, '/body/served', () => 4)
    expect(faultOf(own)).toEqual(['rules', 'fact-differs', at])
    const failed = withValue(
      withValue(entryAt(at), '/body/served', () => 5),
      '/body/failed',
      () => 1,
    )
    const act = withValue(
      withValue(entryAt(at + 1), '/body/facts/0/value/served', () => 5),
      '/body/events/0/served',
      () => 5,
    )
    // 5 of 6 are under 95%: not sound by rule 1.2.
    expect(faultOf(entries.with(at, failed).with(at + 1, act))).toEqual(['rules', 'not-permitted', at + 1])
    expect(faultOf(changed(at, '/body/channels/0/served', () => 5))).toEqual(['notice', 'delivery-differs', at])
  })

  test('a roll entry swapped', () => {
    const at = placeOf('roll')
    expect(faultOf(changed(at, '/body/root', () => sha256Hex('another roll')))).toEqual(['rules', 'fact-differs', at])
    expect(faultOf(changed(at, '/body/electorate', () => 'members@2'))).toEqual(['rules', 'fact-differs', at])
    const own = ['/body/facts/0/value/root', '/body/events/0/root'].reduce(
      (e, path) => withValue(e, path, () => sha256Hex('another roll')),
      entryAt(at + 1),
    )
    const both = changed(at, '/body/root', () => sha256Hex('another roll')).with(at + 1, own)
    expect(faultOf(both)).toEqual(['roll', 'roll-differs', at])
    const list = `${documents[(bodyOf(entryAt(at), 'roll') as BodyOf<'roll'>).leaves] ?? ''}${'f'.repeat(64)}\n`
    expect(
      faultOf(
        changed(at, '/body/leaves', () => sha256Hex(list)),
        { [sha256Hex(list)]: list },
      ),
    ).toEqual(['roll', 'roll-differs', at])
  })

  test('two entries in another order', () => {
    const at = actOf('sign', 1)
    expect(faultOf(entries.with(at, entryAt(at + 1)).with(at + 1, entryAt(at)))).toEqual(['rules', 'events-differ', at])
  })

  test('an entry deleted', () => {
    const at = actOf('sign', 1)
    expect(faultOf(entries.toSpliced(at, 1))).toEqual(['rules', 'events-differ', at])
  })

  test('an act of somebody else, of another decision, and one the rules refuse', () => {
    const at = actOf('certify', 1)
    const first = bodyOf(entryAt(actOf('certify')), 'act')?.act.by ?? ''
    const twice = ['/body/act/by', '/body/events/0/by'].reduce((e, path) => withValue(e, path, () => first), entryAt(at))
    expect(verdictOf(entries.with(at, twice)).fault).toMatchObject({
      check: 'rules',
      code: 'not-permitted',
      entry: at,
      clause: '4.2@1',
      expected: 'refused: already-done, second-person-needed',
    })
    expect(faultOf(changed(at, '/body/act/decision', () => 8))).toEqual(['rules', 'decision-differs', at])
    expect(faultOf(changed(at, '/decision', () => 8))).toEqual(['rules', 'decision-differs', at])
  })

  test('the refused coup written down as allowed, or for other reasons', () => {
    const at = entries.findIndex((e) => e.type === 'refusal')
    expect(faultOf(changed(at, '/body/refusal/routes/0/reasons/0/code', () => 'too-early'))).toEqual([
      'rules',
      'refusal-differs',
      at,
    ])
    const { refusal, facts } = bodyOf(entryAt(at), 'refusal') as BodyOf<'refusal'>
    const event = {
      id: '6/1',
      decision: 6,
      edition: 1,
      clause: '4.1@1',
      stage: 'exercise',
      by: refusal.act.by,
      deemed: false,
      occurredAt: refusal.act.occurredAt,
      recordedAt: refusal.act.recordedAt,
    }
    const exercised = {
      ...event,
      kind: 'exercised',
      power: 'amend-rulebook',
      document: sha256Hex('x'),
      effectAt: refusal.act.occurredAt,
    }
    const body = { act: refusal.act, facts, deemed: [], events: [exercised] }
    const own = withValue(
      withValue(entryAt(at), '/type', () => 'act'),
      '/body',
      () => body,
    )
    expect(faultOf(entries.with(at, own))).toEqual(['rules', 'not-permitted', at])
  })
})

describe('the opening and the result', { timeout: 30_000 }, () => {
  test('a vote total changed in the result', () => {
    const at = placeOf('result')
    expect(faultOf(changed(at, '/body/result', () => '{"result":[[3,2]]}'))).toEqual(['rules', 'fact-differs', at])
    const act = ['/body/facts/0/value', '/body/events/0/tally'].reduce(
      (e, path) =>
        withValue(
          withValue(e, `${path}/for`, () => 3),
          `${path}/against`,
          () => 2,
        ),
      entryAt(at + 1),
    )
    const both = changed(at, '/body/result', () => '{"result":[[3,2]]}').with(at + 1, act)
    // 3 of 5 are not two thirds: by the rules it would have fallen.
    expect(faultOf(both)).toEqual(['rules', 'events-differ', at + 1])
    const more =
      (value: string): ((e: Entry) => Entry) =>
      (e) =>
        ['/body/facts/0/value', '/body/events/0/tally'].reduce(
          (x, path) =>
            withValue(
              withValue(x, `${path}/for`, () => Number(value)),
              `${path}/against`,
              () => 0,
            ),
          e,
        )
    const five = changed(at, '/body/result', () => '{"result":[[5,0]]}').with(at + 1, more('5')(entryAt(at + 1)))
    expect(faultOf(five)).toEqual(['result', 'result-differs', at])
  })

  test('an opening without its companion, and with another’s', () => {
    const [one = -1, two = -1] = placesOf('opening')
    const without = withValue(entryAt(one), '/body', (body) =>
      Object.fromEntries(Object.entries(body as object).filter(([k]) => k !== 'proof')),
    )
    const bytes = new TextEncoder().encode(canonicalJson(without))
    const verdict = verify(dossierText(dossierFor({ entries: entries.with(one, bytes as unknown as Entry), documents })))
    expect(named(verdict)).toEqual(['entries', 'malformed-entry', one])
    expect(verdict.fault?.expected).toContain('/body/proof')
    const other = bodyOf(entryAt(two), 'opening') as BodyOf<'opening'>
    expect(faultOf(changed(one, '/body/proof', () => other.proof))).toEqual(['openings', 'companion-fails', one])
    expect(faultOf(changed(one, '/body/trustee', () => 2))).toEqual(['openings', 'opening-invalid', one])
    expect(faultOf(changed(one, '/body/trustee', () => 9))).toEqual(['openings', 'opening-invalid', one])
    expect(faultOf(changed(two, '/body', () => bodyOf(entryAt(one), 'opening') as unknown as Json))).toEqual([
      'openings',
      'opening-invalid',
      two,
    ])
  })

  test('an opening left out', () => {
    const at = placeOf('opening', 1)
    expect(faultOf(entries.toSpliced(at, 1))).toEqual(['result', 'too-few-openings', placeOf('result') - 1])
  })

  test('the last voter’s forgery, which foreign tools accept', () => {
    let forged: ReturnType<typeof forgeAsLastVoter> | null = null
    // λ of trustee 1 among {1, 3} is 3/2: to move one vote from against to for, its factors are shifted by 2/3 and −2/3.
    const shifts = (q: bigint): readonly bigint[] => {
      const delta = (2n * inverseOf(3n, q)) % q
      return [delta, q - delta]
    }
    const cheat = wholeDecision('Ed25519', {
      lastVoter: (to, ballot, counted) => {
        const { election, secrets, voters } = ballot
        const before = encryptedTally(election, counted)
        forged = forgeAsLastVoter(
          election,
          before,
          { trusteeSecret: secrets[0] ?? 0n, voterSecret: voters[4]?.secret ?? 0n, choice: [0, 1] },
          shifts(election.engine.q),
        )
        return cast(to, ballot, forged.ballot.text, 4, noPreviousTracker)
      },
      opening: (tally) => forged?.openingOf(tally) ?? '',
    })
    const own = cheat.log.entries
    const result = own.findIndex((e) => e.type === 'result')
    // Truth is 4 to 1, and every proof of the format holds.
    expect((own[result] as Entry).body).toEqual({ result: '{"result":[[5,0]]}' })
    const verdict = verify(dossierText(dossierFor(cheat.log)))
    expect(named(verdict)).toEqual(['openings', 'companion-fails', own.findIndex((e) => e.type === 'opening')])
  })

  test('a box closed early, counted wrongly, or refilled', () => {
    const at = placeOf('box-closed')
    expect(faultOf(changed(at, '/body/counted', () => 6))).toEqual(['rules', 'fact-differs', placeOf('result')])
    expect(faultOf(changed(at, '/body/ballots', () => 7))).toEqual(['tally', 'tally-differs', at])
    const body = bodyOf(entryAt(at), 'box-closed') as BodyOf<'box-closed'>
    const swapped = JSON.stringify((JSON.parse(body.tally) as unknown[][]).map((row) => row.toReversed()))
    expect(faultOf(changed(at, '/body/tally', () => swapped))).toEqual(['tally', 'tally-differs', at])
    const lastCast = actOf('cast', 5)
    const early = { ...entryAt(at), at: entryAt(lastCast).at }
    const own = entries.toSpliced(at, 1).toSpliced(lastCast + 1, 0, early)
    expect(faultOf(own)).toEqual(['tally', 'closed-early', lastCast + 1])
    const opening = placeOf('opening')
    expect(faultOf(entries.toSpliced(opening, 0, { ...early, at: entryAt(opening).at }))).toEqual([
      'rules',
      'entry-twice',
      opening,
    ])
  })
})

describe('the set-up', { timeout: 30_000 }, () => {
  const withDocument = (field: 'election' | 'trustees' | 'credentials' | 'bind', change: (text: string) => string): Named => {
    const at = placeOf('setup')
    const body = bodyOf(entryAt(at), 'setup') as BodyOf<'setup'>
    const text = change(documents[body[field]] ?? '')
    const own = { ...body, [field]: sha256Hex(text) }
    const act = ['/body/facts/0/value/fingerprint', '/body/events/0/setup'].reduce(
      (e, path) => withValue(e, path, () => own.election),
      entryAt(at + 1),
    )
    return faultOf(changed(at, '/body', () => own).with(at + 1, act), { [sha256Hex(text)]: text })
  }
  const unsigned = (text: string): string => {
    const [[kind, { signatures: _, verification_keys, ...rest }]] = JSON.parse(text) as [
      [string, { signatures: unknown; verification_keys: { pok: unknown; public_key: string }[] }],
    ]
    const keys = verification_keys.map(({ pok, public_key }) => ({ pok, public_key }))
    const file = JSON.stringify([[kind, { ...rest, verification_keys: keys }]])
    expect(parseTrustees(engineOf('Ed25519'), file)).toMatchObject({ kind: 'ok', value: { isFullySigned: false } })
    return file
  }
  test.each([
    ['trustees', (text: string) => text.replace('"threshold":2', '"threshold":1'), 'election-invalid'],
    // As belenios-tool 2.0 writes it: every proof holds, and anybody may have written whose key it is.
    ['trustees', unsigned, 'election-invalid'],
    ['election', (text: string) => text.replace('"max":1', '"max":2'), 'election-invalid'],
    // Of a box that so few voted in that the rule keeps it shut.
    ['election', (text: string) => text.replace(/"description":"[^"]*/, (own) => `${own} ${openVotesMark}`), 'election-invalid'],
    ['election', (text: string) => text.replace('"group":"Ed25519"', '"group":"BELENIOS-2048"'), 'election-invalid'],
    ['credentials', (text: string) => JSON.stringify((JSON.parse(text) as string[]).slice(1)), 'voting-keys-differ'],
    ['credentials', (text: string) => JSON.stringify((JSON.parse(text) as string[]).toReversed()), 'voting-keys-differ'],
    [
      'credentials',
      (text: string) => JSON.stringify((JSON.parse(text) as string[]).map((key, i) => (i === 0 ? `${key},5` : key))),
      'voting-keys-differ',
    ],
    ['bind', (text: string) => JSON.stringify((JSON.parse(text) as string[]).slice(1)), 'bind-list-differs'],
  ] as const)('with another %s', (field, change, code) => {
    expect(withDocument(field, change)).toEqual(['setup', code, placeOf('setup')])
  })
  test.each([
    { size: 1, threshold: 1 },
    { size: 3, threshold: 1 },
    { size: 4, threshold: 2 },
  ])('of a key that $threshold of $size trustees open', (table) => {
    const { log } = wholeDecision('Ed25519', { table, until: 'open' })
    const { fault } = verify(dossierText(dossierFor(log)), { modexp: nodeModExp })
    expect(fault).toMatchObject({ check: 'setup', code: 'election-invalid', found: JSON.stringify(table) })
    expect(fault?.expected).toContain('more than half')
  })
  test('that is not the one the ballot opened with', () => {
    const at = placeOf('setup')
    const act = ['/body/facts/0/value/fingerprint', '/body/events/0/setup'].reduce(
      (e, path) => withValue(e, path, () => sha256Hex('another')),
      entryAt(at + 1),
    )
    expect(faultOf(entries.with(at + 1, act))).toEqual(['rules', 'fact-differs', at])
  })
})

describe('the rulebook', () => {
  const edition = (change: (text: string) => string): readonly [readonly Entry[], Record<string, string>] => {
    const at = placeOf('edition')
    const body = bodyOf(entryAt(at), 'edition') as BodyOf<'edition'>
    const text = change(documents[body.text] ?? '')
    const print = sha256Hex(text)
    const act = ['/body/act/text', '/body/events/0/text', '/body/facts/0/value/text'].reduce(
      (e, path) => withValue(e, path, () => print),
      entryAt(at + 1),
    )
    return [changed(at, '/body/text', () => print).with(at + 1, act), { [print]: text }]
  }
  test.each([
    [
      'another rule changed with it',
      (text: string) => text.replace('at least 15% of roll', 'at least 5% of roll'),
      'fact-differs',
      1,
    ],
    ['a blank line more', (text: string) => text.replace('## 5 Limits', '\n## 5 Limits'), 'fact-differs', 1],
    ['no rulebook at all', () => 'hello\n', 'edition-unreadable', 0],
  ] as const)('with %s', (_, change, code, after) => {
    expect(faultOf(...edition(change))).toEqual(['rules', code, placeOf('edition') + after])
  })
  test('with an edition nobody enacted, or out of order', () => {
    const at = placeOf('edition')
    expect(faultOf(entries.slice(0, at + 1))).toEqual(['rules', 'edition-not-enacted', at])
    expect(faultOf(entries.toSpliced(at, 1))).toEqual(['rules', 'evidence-missing', at])
    expect(faultOf(changed(at, '/body/edition', () => 3))).toEqual(['rules', 'edition-out-of-order', at])
    expect(faultOf(changed(at, '/decision', () => null))).toEqual(['rules', 'edition-not-enacted', at])
    expect(faultOf(changed(at, '/decision', () => 6))).toEqual(['rules', 'evidence-missing', at + 1])
  })
  test('whose founding text was exchanged: every act under it is judged by another rule', () => {
    const text = rules.replace('at least 3 people', 'at least 4 people')
    const verdict = verdictOf(
      changed(1, '/body/text', () => sha256Hex(text)),
      { [sha256Hex(text)]: text },
    )
    expect(verdict.fault).toMatchObject({
      check: 'rules',
      code: 'refusal-differs',
      entry: entries.findIndex((e) => e.type === 'refusal'),
    })
  })
  test('with a proposal that was not what the act says', () => {
    const at = actOf('propose')
    const text = canonicalJson({ title: 'x', reasons: '', changes: [] })
    const own = ['/body/act/document', '/body/events/0/document'].reduce(
      (e, path) => withValue(e, path, () => sha256Hex(text)),
      entryAt(at),
    )
    expect(faultOf(entries.with(at, own), { [sha256Hex(text)]: text })).toEqual(['rules', 'proposal-differs', at])
  })
})

describe('anything at all', () => {
  test('beyond the limits of a clock gives a verdict', () => {
    const at = actOf('schedule')
    const far = 8_640_000_000_000_000
    const own = ['/body/act/opensAt', '/body/events/0/opensAt'].reduce((e, path) => withValue(e, path, () => far), entryAt(at))
    expect(verdictOf(entries.with(at, own)).verdict).toBe('fails')
  })

  test(
    'every single value of every entry, changed and signed again, is noticed or says nothing that is checked',
    { timeout: 120_000 },
    () => {
      // What nothing else on the record determines: who did what, as it was written down; what the register states; fingerprints of what is not
      // public; what booth was published; and what stands outside all decisions. Everything else does.
      const free: { readonly [T in EntryType]?: RegExp } = {
        opened: /./,
        role: /./,
        'demo-clock': /./,
        ceremony: /./,
        refusal: /\/act\/(?:by|document|vote)|\/facts\/|\/count$/,
        act: /\/facts\/\d+\/(?:at|evidence|value\/findings)$/,
        delivery: /\/list$/,
        setup: /\/(?:booth|registrar)$/,
        opening: /^\/at$/,
      }
      const places: (readonly [number, string])[] = []
      const walk = (value: Json, path: string, index: number): void => {
        if (typeof value === 'object' && value !== null)
          for (const [k, v] of Object.entries(value)) walk(v, `${path}/${k}`, index)
        else places.push([index, path])
      }
      entries.forEach((e, i) => walk(e, '', i))
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.nat(), ([index, path], seed) => {
          fc.pre(free[entryAt(index).type]?.test(path) !== true)
          const old = path
            .split('/')
            .slice(1)
            .reduce<Json>((v, k) => (v as { [key: string]: Json })[k] as Json, entries[index] as unknown as Json)
          const next =
            typeof old === 'number'
              ? old + 1 + (seed % 3)
              : typeof old === 'boolean'
                ? !old
                : typeof old === 'string'
                  ? old.replace(/.$/, (c) => (c === '1' ? '2' : '1'))
                  : 1
          fc.pre(next !== old)
          let own: readonly Entry[]
          let verdict: Verdict
          try {
            own = changed(index, path, () => next)
            verdict = verdictOf(own)
          } catch (e) {
            // Not even an entry of its type: no log would take it.
            expect(String(e)).toContain('an entry fits its type')
            return
          }
          expect([index, path, verdict.verdict]).toEqual([index, path, 'fails'])
        }),
        { numRuns: 60 },
      )
    },
  )

  test('one byte of a finished dossier fails, and never throws: 1,000 at random', { timeout: 120_000 }, () => {
    const bytes = new TextEncoder().encode(dossierText(dossierFor({ entries: [...entries], documents })))
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const verdict = verify(bytes.with(at, ((bytes[at] as number) + by) & 255))
        expect([at, verdict.verdict]).toEqual([at, 'fails'])
        expect(verdict.fault).not.toBeNull()
      }),
      { numRuns: 1000 },
    )
  })
})
