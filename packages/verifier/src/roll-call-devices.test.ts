// Each line of a roll-call is signed as the record of devices demands: nobody speaks for a seat that has a device, and no key for a seat that is not its own.
import { instant } from '@quorate/kernel'
import {
  countersignRollCallLine,
  deviceLineText,
  deviceOf,
  deviceStatementText,
  entryOf,
  rollCallReceiptText,
  rollCallText,
  signedRollCallText,
  signerOf,
  signRollCallVote,
  type BodyOf,
  type Entry,
  type RollCallLine,
} from '@quorate/record'
import { fingerprintOf, type Fact } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { log as logSigner, origin } from '../testing/log.ts'
import { dossierFor, nodeModExp, wholeDecision } from '../testing/whole-decision.ts'
import { dossierText, fastEd25519, verify } from './index.ts'
import { checkCopies } from './copies.ts'
import { startReplay } from './replay.ts'
import { rollCallFault } from './roll-call-fact.ts'
import { keepingFault } from './keeping.ts'

type Device = ReturnType<typeof deviceOf>
const device = (n: number): Device => deviceOf(new Uint8Array(32).fill(n))
const [phone, laptop, spare] = [device(21), device(22), device(23)]
const seat = (number: number) => ({ seat: 'ordinary', number })

type Told = {
  readonly n?: number
  readonly body?: string
  readonly as?: Device | null
  readonly about?: string
  readonly key?: string
}
const statement = (change: 'registered' | 'ended', of: Device, at: number, told: Told = {}): Entry => {
  const { n = 1, body = 'committee', as = of, about = origin, key = of.key } = told
  const text = deviceStatementText({ origin: about, change, body, seat: seat(n), key })
  const signature = as === null ? null : as.sign(text)
  // A test may leave the signature of a registration away.
  return entryOf('device', instant(at), null, { change, body, seat: seat(n), key, signature } as BodyOf<'device'>)
}

describe('an entry about a device', () => {
  const { log } = wholeDecision('Ed25519', { until: 'frozen' })
  const [end, now] = [log.entries.length, log.now]
  const said = (...entries: readonly Entry[]): readonly unknown[] => {
    const dossier = dossierFor({ entries: [...log.entries, ...entries], documents: log.documents })
    const { fault, verdict } = verify(dossierText(dossier), { modexp: nodeModExp, wasm: fastEd25519 })
    return fault === null ? [verdict] : [fault.code, fault.entry, fault.expected, fault.found]
  }

  test('holds: registered, ended by itself or by the service, and another in its place', () => {
    expect(
      said(
        statement('registered', phone, now),
        statement('registered', laptop, now),
        statement('ended', phone, now),
        statement('ended', laptop, now, { as: null }),
        statement('registered', spare, now),
      ),
    ).toEqual(['holds'])
  })

  test('is named when the key is not new, did not sign, or is of a body that there is not', () => {
    const first = statement('registered', phone, now)
    expect(said(first, first)).toEqual(['not-borne-out', end + 1, expect.any(String), 'registered again'])
    expect(said(first, statement('ended', phone, now), first)).toEqual([
      'not-borne-out',
      end + 2,
      expect.any(String),
      'registered again',
    ])
    const unsigned = ['not-borne-out', end, `a signature of ${phone.key}`, 'another text or key']
    expect(said(statement('registered', phone, now, { as: laptop }))).toEqual(unsigned)
    expect(said(statement('registered', phone, now, { about: 'rival.example/record' }))).toEqual(unsigned)
    expect(said(statement('registered', phone, now, { body: 'senate' }))).toEqual([
      'not-borne-out',
      end,
      'a capacity of edition 1',
      'body senate',
    ])
  })

  test('is named when what ends had not begun, was of another seat, had ended, or did not say so itself', () => {
    const first = statement('registered', phone, now)
    const named = (n: number): readonly unknown[] => ['not-borne-out', end + n, expect.any(String), 'ended']
    expect(said(statement('ended', phone, now))).toEqual(named(0))
    expect(said(first, statement('ended', phone, now, { n: 2 }))).toEqual(named(1))
    expect(said(first, statement('ended', phone, now), statement('ended', phone, now))).toEqual(named(2))
    expect(said(first, statement('ended', phone, now, { as: laptop }))).toEqual([
      'not-borne-out',
      end + 1,
      `a signature of ${phone.key}`,
      'another text or key',
    ])
  })

  test('is the eighth of its seat at most', () => {
    const many = Array.from({ length: 9 }, (_, i) => statement('registered', device(100 + i), now))
    expect(said(...many.slice(0, 8))).toEqual(['holds'])
    expect(said(...many)).toEqual(['not-borne-out', end + 8, expect.stringMatching('at most 8'), 'another'])
    expect(said(...many.slice(0, 8), statement('ended', device(100), now), ...many.slice(8))).toEqual(['holds'])
  })
})

const question = { id: '1'.repeat(32), body: 'committee', power: 'endorse', question: fingerprintOf('the words in question') }
type Line = { readonly n?: number; readonly at?: number; readonly vote?: RollCallLine['vote']; readonly seq?: number }
const line = (by: Device | 'service' | 'secretary', { n = 1, at = 1500, vote = 'for', seq = 1 }: Line = {}): RollCallLine => {
  const about = { seat: seat(n), vote, seq }
  const own =
    typeof by === 'string'
      ? null
      : { key: by.key, signature: by.sign(deviceLineText(origin, question, { ...about, key: by.key })) }
  const unsigned = { ...about, member: String(n).padStart(32, 'a'), at: instant(at), device: own }
  return countersignRollCallLine(question, { ...unsigned, signedBy: typeof by === 'string' ? by : 'device' }, logSigner)
}
const times = { openedAt: instant(1000), closedAt: instant(2000) }
const seats = [1, 2, 3].map(seat)
const textOf = (...votes: readonly RollCallLine[]): string =>
  signedRollCallText({ ...question, ...times, closed: 'chair', seats, votes })

/** What the verifier says of a roll-call after these entries: its fault, or the figures it took as stated. */
function told(entries: readonly Entry[], document: string, value: object): unknown {
  const replaying = startReplay()
  const rulebook = wholeDecision('Ed25519', { until: 'frozen' }).log.editions.byNumber.get(1 as never)
  replaying.inForce = 1 as never
  replaying.editions.set(1 as never, { text: '', rulebook: rulebook as never }) // the edition that those entries are judged by
  for (const [index, entry] of entries.entries()) expect(keepingFault(replaying, { index, entry }, origin)).toBeNull()
  const evidence = fingerprintOf(document)
  const fact = {
    name: 'resolution',
    of: 'committee',
    value,
    at: instant(2000),
    knownAt: instant(3000),
    source: 'attestation',
    evidence,
  }
  const act = { decision: 3, kind: 'propose', power: 'endorse', document: question.question }
  const dossier = { decision: 3, documents: { [evidence]: document }, logKey: logSigner.key }
  const kase = { index: 9, act, facts: [fact], replaying, evidence: { dossier }, clause: '3.1@1' }
  const fault = rollCallFault(kase as never, fact as Fact) // the check reads no more of an act or a dossier
  return fault === null || fault === undefined ? Object.fromEntries(replaying.stated) : `${fault.expected} / ${fault.found}`
}
const figures = (yes: number, no = 0, abstain = 0) => ({ for: yes, against: no, abstain, present: yes + no + abstain })
const registered = [statement('registered', phone, 900), statement('registered', laptop, 900, { n: 2 })]

describe('the lines of a roll-call', () => {
  test('are each told by who signed them, and counted by the last of a seat', () => {
    const document = textOf(line(phone), line(phone, { seq: 2, vote: 'against', at: 1600 }), line('service', { n: 3 }))
    expect(told(registered, document, figures(1, 1))).toEqual({ 'roll-call': 1, 'roll-call-device': 1, 'roll-call-service': 1 })
    expect(told(registered, document, figures(2, 0))).toMatch(/^figures/)
    expect(told([], textOf(line('secretary', { n: 3, vote: 'abstain' })), figures(0, 0, 1))).toEqual({
      'roll-call': 1,
      'roll-call-secretary': 1,
    })
  })

  test('are never the service’s or the secretary’s where the seat has a device, in either version of the document', () => {
    for (const by of ['service', 'secretary'] as const)
      expect(told(registered, textOf(line(by)), figures(1))).toBe(
        `/votes/0/signedBy device: committee ordinary 1 has one / ${by}`,
      )
    const said = { seat: seat(1), member: 'a'.repeat(32), vote: 'for', at: instant(1500) } as const
    const first = rollCallText({
      ...question,
      ...times,
      closed: 'chair',
      seats,
      votes: [signRollCallVote(question, said, logSigner)],
    })
    expect(told(registered, first, figures(1))).toMatch('/votes/0/signedBy device')
    expect(told([], first, figures(1))).toEqual({ 'roll-call': 1, 'roll-call-service': 1 })
  })

  test('are by a key of that very seat, registered by then and not ended', () => {
    expect(told([], textOf(line(phone)), figures(1))).toMatch(/never registered$/)
    expect(told(registered, textOf(line(laptop)), figures(1))).toMatch(/a key of committee ordinary 2$/)
    expect(told(registered, textOf(line(phone, { n: 2 })), figures(1))).toMatch(/a key of committee ordinary 1$/)
    expect(told([statement('registered', phone, 1501)], textOf(line(phone)), figures(1))).toMatch('registered at 1501')
    const ended = [...registered, statement('ended', phone, 1400)]
    expect(told(ended, textOf(line(phone)), figures(1))).toMatch('ended at 1400')
    expect(told(ended, textOf(line(phone, { at: 1400 })), figures(1))).toMatchObject({ 'roll-call-device': 1 })
  })

  test('show it when no device signed though one had been registered: it was ended before, or came after', () => {
    const past = { 'roll-call': 1, 'roll-call-service': 1, 'roll-call-past-device': 1 }
    expect(told([...registered, statement('ended', phone, 1400, { as: null })], textOf(line('service')), figures(1))).toEqual(
      past,
    )
    expect(told([statement('registered', phone, 1700)], textOf(line('service')), figures(1))).toEqual(past)
    // A line that was replaced is judged as well.
    const both = textOf(line('service'), line(phone, { seq: 2, at: 1600 }))
    expect(told(registered, both, figures(1))).toMatch('/votes/0/signedBy')
    expect(told([statement('registered', phone, 1550)], both, figures(1))).toEqual({ 'roll-call': 1, 'roll-call-device': 1 })
  })
})

describe('a receipt among what is compared', () => {
  const given = (receipt: string, ...documents: readonly string[]): unknown => {
    const dossier = {
      documents: Object.fromEntries(documents.map((text, i) => [String(i), text])),
      logKey: logSigner.key,
      leaves: [],
    }
    const outcome = checkCopies(dossier as never, { size: 1 } as never, { copies: [receipt] }) // no more of either is read
    return outcome.state === 'failed' ? `${outcome.fault.code} ${outcome.fault.found}` : outcome
  }
  const receipt = rollCallReceiptText(origin, question, line(phone))

  test('is of a line that is in, replaced or not', () => {
    const passed = { state: 'passed', detail: [{ name: 'own lines', count: 1 }] }
    expect(given(receipt, 'a proposal', textOf(line(phone)))).toMatchObject(passed)
    expect(given(receipt, textOf(line(phone), line(phone, { seq: 2, at: 1600 })))).toMatchObject(passed)
  })

  test('names a line that was dropped or changed, and a roll-call that is not there', () => {
    expect(given(receipt, textOf(line(laptop, { n: 2 })))).toBe('line-missing another line, or none')
    expect(given(receipt, textOf(line(phone, { vote: 'against' })))).toBe('line-missing another line, or none')
    expect(given(receipt, 'a proposal')).toBe('line-missing none')
  })

  test('is nothing when this log did not sign it', () => {
    const stranger = signerOf(origin, 1, new Uint8Array(32).fill(99))
    const { signature: _, ...unsigned } = line(phone)
    const forged = countersignRollCallLine(question, { ...unsigned, vote: 'for' }, stranger)
    expect(given(rollCallReceiptText(origin, question, forged), textOf(line(phone)))).toMatch('copy-unreadable')
  })
})
