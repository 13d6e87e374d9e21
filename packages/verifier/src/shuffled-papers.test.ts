import {
  credentialOf,
  electionText,
  encryptedTally,
  engineOf,
  fastEd25519,
  issueCodes,
  checkBallot,
  lockBallot,
  listCiphertexts,
  openersNeeded,
  openBox,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  seededRandom,
  sha256Hex,
  shuffleHints,
  shufflePapers,
  shufflesNeeded,
  type AnyQuestion,
  type Answer,
} from '@quorate/ballots'
import { assert, instant, utf8, type Result } from '@quorate/kernel'
import { entryOf, type BodyOf } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import type { Evidence, Logged } from './check.ts'
import { checkShuffles } from './shuffles.ts'
import { fillBox } from './ballots.ts'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
const random = seededRandom(utf8('papers on the record, shuffled by'.slice(0, 32)))
const uuid = 'QuorateMixing42'
const options = { wasm: fastEd25519 }
const engine = engineOf('Ed25519', options)
const ranked: AnyQuestion = {
  type: 'NonHomomorphic',
  value: { answers: ['Ann', 'Ben', 'Dee'], question: 'In what order?' },
  extra: { method: 'Schulze', blank: true },
}
const yesNo: AnyQuestion = { answers: ['For', 'Against'], min: 1, max: 1, question: 'Adopt it?' }

/** A closed box of four ballots whose key three of five trustees open. */
function closedBox(question: AnyQuestion, answers: readonly Answer[]) {
  const { file } = rehearseCeremony(engine, { uuid, group: 'Ed25519', size: 5, threshold: 3 }, random)
  const trustees = good(parseTrustees(engine, file))
  const { codes, roll: keys } = issueCodes(engine, uuid, answers.length, random)
  const text = electionText({
    version: 1,
    description: '',
    name: 'Papers',
    group: 'Ed25519',
    public_key: engine.encode(trustees.publicKey),
    questions: [question],
    uuid,
  })
  const election = good(parseElection(text, options))
  const roll = good(parsePublicRoll(engine, publicRollText(keys)))
  const texts = codes.map((code, i) => {
    const { secret } = credentialOf(engine, uuid, code)
    return good(lockBallot(election, [answers[i] ?? []], secret, random)).text
  })
  const ballots = texts.map((ballot) => good(checkBallot(election, roll, ballot)))
  const box = openBox()
  for (const ballot of ballots) expect(box.admit(ballot).kind).toBe('ok')
  return { setUp: { election, trustees, roll }, tally: encryptedTally(election, box.counted()), texts, ballots }
}

const documents: Record<string, string> = {}
const shuffleAt = (index: number, trustee: number, text: string): Logged<'shuffle'> => {
  const shuffle = sha256Hex(text)
  documents[shuffle] = text
  const body: BodyOf<'shuffle'> = { trustee, shuffle }
  return { index, entry: entryOf('shuffle', instant(1), 7, body), body }
}
const evidence = { dossier: { documents } } as unknown as Evidence // all that the check of shuffles reads of it

describe('the papers of a ranked ballot', () => {
  const { setUp, tally } = closedBox(ranked, [
    [1, 2, 3],
    [0, 1, 0],
    [2, 0, 1],
    [0, 0, 0],
  ])
  const { election } = setUp
  const shuffled: string[] = []
  for (let rows = listCiphertexts(election, tally.ciphertexts), i = 0; i < 3; i++) {
    const one = shufflePapers(election, rows, random)
    shuffled.push(one.text)
    rows = one.rows
  }
  const [first = '', second = '', third = ''] = shuffled
  const said = (shuffles: readonly Logged<'shuffle'>[], isOver = true) => {
    const found = checkShuffles(evidence, setUp, tally, { shuffles, isOver })
    return found.fault === null ? found.lastShuffleHash : found.fault
  }

  test('are followed through every shuffle, and the last one is what is opened', () => {
    expect([openersNeeded(setUp.trustees), shufflesNeeded(setUp.trustees)]).toEqual([3, 3])
    const whole = [shuffleAt(5, 1, first), shuffleAt(6, 4, second), shuffleAt(7, 2, third)]
    expect(said(whole)).toBe(sha256Hex(third))
    // Until something is opened the shuffles may be under way.
    expect(said(whole.slice(0, 1), false)).toBe(sha256Hex(first))
    expect(said([], false)).toBeNull()
  })

  test('fare the same with hints, whatever those are, and good ones are taken', () => {
    const texts = [first, second, third]
    const made = texts.map((text) => shuffleHints(election, text)?.[0] ?? new Uint8Array(0))
    const [one = new Uint8Array(0), two = one] = made
    const turned = made.map((each) => each.map((byte, i) => (i === 777 ? byte ^ 4 : byte)))
    const shuffles = [shuffleAt(5, 1, first), shuffleAt(6, 4, second), shuffleAt(7, 2, third)]
    const forged = [shuffleAt(5, 1, first), shuffleAt(6, 4, third)]
    for (const hints of [made, turned, [two, one], made.map((each) => each.slice(64)), [new Uint8Array(64).fill(255)]]) {
      let decoded = 0
      const counting = {
        ...setUp,
        election: { ...election, engine: { ...engine, decode: (text: string) => (decoded++, engine.decode(text)) } },
      }
      const shuffleHintsAt = (entry: number) => [hints[entry - 5] ?? new Uint8Array(0)]
      const found = (own: typeof shuffles) =>
        checkShuffles(evidence, counting, tally, { shuffles: own, isOver: true }, { shuffleHints: shuffleHintsAt })
      expect(found(shuffles)).toMatchObject({ fault: null, lastShuffleHash: sha256Hex(third) })
      expect(decoded === 0).toBe(hints === made)
      expect(found(forged)).toMatchObject({ fault: { code: 'shuffle-invalid', entry: 6 } })
    }
  })

  test('are not opened while fewer have shuffled than could open the box', () => {
    const two = [shuffleAt(5, 1, first), shuffleAt(6, 4, second)]
    expect(said(two)).toMatchObject({ code: 'too-few-shuffles', expected: '3', found: '2' })
    expect(said([])).toMatchObject({ code: 'too-few-shuffles', found: '0' })
  })

  test('are those that the shuffle before left, in its order', () => {
    expect(said([shuffleAt(5, 1, second), shuffleAt(6, 4, first)])).toMatchObject({ code: 'shuffle-invalid', entry: 5 })
    expect(said([shuffleAt(5, 1, first), shuffleAt(6, 4, third)])).toMatchObject({ code: 'shuffle-invalid', entry: 6 })
    expect(said([shuffleAt(5, 1, first), shuffleAt(6, 4, first)])).toMatchObject({ code: 'shuffle-invalid', entry: 6 })
  })

  test('are each shuffled by another trustee of this ballot', () => {
    expect(said([shuffleAt(5, 1, first), shuffleAt(6, 1, second)])).toMatchObject({
      code: 'shuffle-invalid',
      entry: 6,
      expected: 'one shuffle a trustee',
    })
    expect(said([shuffleAt(5, 6, first)])).toMatchObject({
      code: 'shuffle-invalid',
      expected: 'a trustee from 1 to 5',
      found: '6',
    })
  })

  test('are all there, unchanged: every change of a shuffle’s text is found', () => {
    // A paper put twice, another left out; a paper exchanged for one of the box; any one digit.
    const message = JSON.parse(first) as { ciphertexts: unknown[][]; proofs: unknown }
    const [papers = []] = message.ciphertexts
    const twice = JSON.stringify({ ...message, ciphertexts: [[papers[0], papers[0], ...papers.slice(2)]] })
    const fewer = JSON.stringify({ ...message, ciphertexts: [papers.slice(1)] })
    for (const text of [twice, fewer, '{}', '', `${first} `, first.replace(/"(\d)(\d)/, '"$2$1'), first.replace(/[0-8]/, '9')]) {
      if (text === first) continue
      expect(said([shuffleAt(5, 1, text)], false)).toMatchObject({ code: 'shuffle-invalid', entry: 5 })
    }
  })
})

describe('a ballot of which totals alone are opened', () => {
  const { setUp, tally, texts, ballots } = closedBox(yesNo, [
    [1, 0],
    [0, 1],
  ])

  test('has nothing to shuffle', () => {
    expect(checkShuffles(evidence, setUp, tally, { shuffles: [], isOver: true })).toEqual({
      fault: null,
      tally,
      lastShuffleHash: null,
    })
    const one = { shuffles: [shuffleAt(5, 1, '{"ciphertexts":[],"proofs":[]}')], isOver: false }
    expect(checkShuffles(evidence, setUp, tally, one)).toMatchObject({ fault: { code: 'shuffle-invalid', entry: 5 } })
  })

  test('holds no ballot that was opened to test a device before it was cast', () => {
    const [text = ''] = texts
    const [ballot] = ballots
    assert(ballot !== undefined, 'there is a ballot')
    const body = { ballot: text, cast: { previous: 'A'.repeat(43), proof: { challenge: '1', response: '1' } }, code: '' }
    const cast: Logged<'ballot'> = {
      index: 9,
      entry: entryOf('demo-clock', instant(1), 7, { from: instant(1), to: instant(2) }),
      body,
    }
    const tested = (index: number, digest: string): Logged<'tested'> => ({
      ...cast,
      index,
      body: { key: ballot.credential, digest },
    })
    const fault = (tests: readonly Logged<'tested'>[]) =>
      fillBox(setUp, [cast], { departures: [], tested: tests }, () => undefined, options).fault?.code
    expect(fault([tested(4, ballot.digest)])).toBe('tested-cast')
    // What was opened afterwards, or is another ballot, is no fault of this one: only its made-up statement is.
    expect(fault([tested(12, ballot.digest)])).toBe('cast-statement-fails')
    expect(fault([tested(4, 'B'.repeat(43))])).toBe('cast-statement-fails')
  })
})
