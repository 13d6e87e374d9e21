import { sha256 } from '@noble/hashes/sha2.js'
import { type Result, uintBytes, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { type CeremonyFault, type PolynomialMessage, polynomialShape, wrap } from './ceremony-messages.ts'
import { checkCertificates, type Table } from './certificates.ts'
import { complaintAbout, judgeComplaint } from './complaint.ts'
import { engineOf } from '../groups/groups.ts'
import { modExpWindows, modpEngine } from '../groups/modp.ts'
import { checkPolynomials, sealContext, shareFor } from './polynomials.ts'
import { type Ceremony, rehearseCeremony } from './rehearsal.ts'
import { lagrangeAtZero } from '../opening/result.ts'
import { signMessage } from '../schnorr.ts'
import { seal } from './seal.ts'
import { seededRandom } from '../seeded-random.ts'
import { newTrusteeKey, type TrusteeKey, trusteeSecret } from './trustee-key.ts'
import { parseTrustees } from './trustees-format.ts'
import {
  acceptTrustees,
  answerStep1,
  answerStep2,
  answerStep3,
  assembleTrustees,
  checkHandedIn,
  type CeremonyMessages,
} from './trustees.ts'

/** Squares modulo the first safe prime above 2¹²⁸: no security, real laws, and a ceremony in milliseconds. */
const toy = modpEngine({
  name: 'BELENIOS-2048',
  p: 340282366920938463463374607431768223907n,
  q: 170141183460469231731687303715884111953n,
  g: 4n,
})
const uuid = 'QuorateTest4242'
const randomFrom = (seed: string) => seededRandom(sha256(utf8(seed)))
const contextOf = (size: number, threshold: number) => ({ uuid, group: toy.name, size, threshold })
const good = <T>(result: Result<T, unknown>): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const at = <T>(list: readonly T[], i: number): T => {
  const item = list[i]
  if (item === undefined) throw new Error(`no item ${String(i)}`)
  return item
}
const secretOf = (key: TrusteeKey): bigint => key.share?.secret ?? 0n

/** What the shares at these places (from 1) interpolate to. */
const opened = (keys: readonly TrusteeKey[], places: readonly number[], q: bigint): bigint =>
  places.reduce((sum, place) => (sum + lagrangeAtZero(places, place, q) * secretOf(at(keys, place - 1))) % q, 0n)

const seats = fc
  .integer({ min: 1, max: 6 })
  .chain((size) => fc.record({ size: fc.constant(size), threshold: fc.integer({ min: 1, max: size }), seed: fc.string() }))

describe('Pedersen 1991: t of n trustees hold a key that nobody made', () => {
  it('any t of them open, in any order, and the key is the sum of all commitments', () => {
    fc.assert(
      fc.property(seats, fc.infiniteStream(fc.nat()), ({ size, threshold, seed }, picks) => {
        const { file, keys } = rehearseCeremony(toy, contextOf(size, threshold), randomFrom(seed))
        const { publicKey } = good(parseTrustees(toy, file))
        const places = Array.from({ length: size }, (_, i) => i + 1)
        const openers = Array.from({ length: threshold }, () =>
          places.splice((picks.next().value ?? 0) % places.length, 1),
        ).flat()
        expect(toy.equal(toy.multiplyBaseSecret(opened(keys, openers, toy.q)), publicKey)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('t − 1 of them do not: their shares fit every key alike', () => {
    fc.assert(
      fc.property(
        seats.filter(({ threshold }) => threshold > 1),
        ({ size, threshold, seed }) => {
          const { file, keys } = rehearseCeremony(toy, contextOf(size, threshold), randomFrom(seed))
          const { publicKey } = good(parseTrustees(toy, file))
          const few = Array.from({ length: threshold - 1 }, (_, i) => i + 1)
          expect(toy.equal(toy.multiplyBaseSecret(opened(keys, few, toy.q)), publicKey)).toBe(false)
          // With an invented share at place t they interpolate to any number one asks for.
          const all = [...few, threshold]
          const known = few.reduce((sum, j) => sum + lagrangeAtZero(all, j, toy.q) * secretOf(at(keys, j - 1)), 0n)
          const inverse = modExpWindows(lagrangeAtZero(all, threshold, toy.q), toy.q - 2n, toy.q)
          const invented = (((4711n - known) % toy.q) + toy.q) * inverse
          const pretended = keys.map((key, i) =>
            i === threshold - 1 ? { ...key, share: { secret: invented % toy.q, trusteesHash: '' } } : key,
          )
          expect(opened(pretended, all, toy.q)).toBe(4711n)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('every trustee’s verification key is that of their share, and the file is the trustees’ own order', () => {
    const { file, keys } = rehearseCeremony(toy, contextOf(5, 3), randomFrom('keys'))
    const trustees = good(parseTrustees(toy, file))
    expect(trustees.isFullySigned).toBe(true)
    expect(trustees.items).toEqual([{ kind: 'Pedersen', threshold: 3, owners: [1, 2, 3, 4, 5] }])
    for (const [i, key] of keys.entries())
      expect(toy.equal(at(trustees.keys, i), toy.multiplyBaseSecret(secretOf(key)))).toBe(true)
  })

  it('any order of arrival gives the same file', () => {
    const { messages, file } = rehearseCeremony(toy, contextOf(4, 3), randomFrom('order'))
    const reversed = {
      certificates: [...messages.certificates].reverse(),
      polynomials: [...messages.polynomials].reverse(),
      keys: [...messages.keys].reverse(),
    }
    expect(assembleTrustees(toy, contextOf(4, 3), reversed)).toEqual({ kind: 'ok', value: file })
  })

  it('a step done twice gives the same bytes, so that a lost answer can be sent again', () => {
    const random = randomFrom('twice')
    const keys = [1, 2].map((index) => newTrusteeKey({ ...contextOf(2, 2), index }, random))
    const certificates = keys.map((key) => answerStep1(toy, key))
    expect(keys.map((key) => answerStep1(toy, key))).toEqual(certificates)
    expect(answerStep2(toy, at(keys, 0), certificates)).toEqual(answerStep2(toy, at(keys, 0), certificates))
  })

  it('another table gives a trustee another polynomial, so that no share serves twice', () => {
    const random = randomFrom('tables')
    const mine = newTrusteeKey({ ...contextOf(2, 2), index: 1 }, random)
    const tables = [1, 2].map(() => [
      answerStep1(toy, mine),
      answerStep1(toy, newTrusteeKey({ ...contextOf(2, 2), index: 2 }, random)),
    ])
    const [first, second] = tables.map((certs) => shareFor(toy, mine, good(checkCertificates(toy, contextOf(2, 2), certs)), 2))
    expect(first).not.toBe(second)
  })

  it.each(['Ed25519', 'BELENIOS-2048'] as const)('holds in %s, 2 of 3', (group) => {
    const engine = engineOf(group)
    const { file, keys } = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, randomFrom(group))
    const { publicKey } = good(parseTrustees(engine, file))
    for (const pair of [
      [1, 2],
      [1, 3],
      [3, 2],
    ])
      expect(engine.equal(engine.multiplyBaseSecret(opened(keys, pair, engine.q)), publicKey)).toBe(true)
  })
})

describe('whoever breaks the ceremony is named', () => {
  const context = contextOf(3, 2)
  const started = [1, 2, 3].map((index) => newTrusteeKey({ ...context, index }, randomFrom(`trustee ${String(index)}`)))
  const mine = at(started, 0)
  const cheat = at(started, 1)
  let messages: CeremonyMessages
  let file: string
  let table: Table<Parameters<typeof toy.encode>[0]>

  beforeAll(() => {
    const certificates = started.map((key) => answerStep1(toy, key))
    const polynomials = started.map((key) => good(answerStep2(toy, key, certificates)))
    const keys = started.map((key) => good(answerStep3(toy, key, { certificates, polynomials })))
    messages = { certificates, polynomials, keys }
    file = good(assembleTrustees(toy, context, messages))
    table = good(checkCertificates(toy, context, certificates))
  })

  const replaced = (texts: readonly string[], place: number, text: string): readonly string[] =>
    texts.map((each, i) => (i === place ? text : each))
  const bodyOf = (text: string): Record<string, unknown> =>
    JSON.parse((JSON.parse(text) as { message: string }).message) as Record<string, unknown>
  /** A message with some fields changed, signed anew by its author. */
  const resigned = (key: TrusteeKey, text: string, change: Readonly<Record<string, unknown>>): string =>
    wrap(toy, trusteeSecret(toy, key, 'sign'), { ...bodyOf(text), ...change })
  const polynomialOf = (place: number): PolynomialMessage => {
    const body = polynomialShape(bodyOf(at(messages.polynomials, place)))
    if (body === undefined) throw new Error('a polynomial')
    return body
  }
  const step2 = (change: Readonly<Record<string, unknown>>): readonly string[] =>
    replaced(messages.polynomials, 1, resigned(cheat, at(messages.polynomials, 1), change))
  const step3 = (polynomials: readonly string[]) => answerStep3(toy, mine, { certificates: messages.certificates, polynomials })
  const named = (fault: CeremonyFault) => ({ kind: 'fail', error: fault })

  /** Trustee 2 seals another number for trustee 1. */
  const wrongShare = (share: bigint): readonly string[] => {
    const oneTime = trusteeSecret(toy, cheat, `seal|${table.hash}|9`)
    const box = seal(toy, oneTime, at(table.certificates, 0).encryption, sealContext(table, 2, 1), uintBytes(share, 16))
    return step2({ shares: polynomialOf(1).shares.map((each) => (each.to === 1 ? { to: 1, ...box } : each)) })
  }

  it('a share that does not fit the commitments', () => {
    expect(step3(wrongShare(shareFor(toy, cheat, table, 1)))).toMatchObject({ kind: 'ok' })
    expect(step3(wrongShare(shareFor(toy, cheat, table, 1) + 1n))).toEqual(named({ kind: 'wrong share', trustee: 2 }))
    expect(step3(wrongShare(shareFor(toy, cheat, table, 3)))).toEqual(named({ kind: 'wrong share', trustee: 2 }))
    expect(step3(wrongShare(toy.q))).toEqual(named({ kind: 'wrong share', trustee: 2 }))
  })

  it('a share sealed for somebody else, or not sealed at all', () => {
    const shares = polynomialOf(1).shares
    const forThird = at(shares, 1)
    const swapped = step2({ shares: [{ ...forThird, to: 1 }, forThird] })
    expect(step3(swapped)).toEqual(named({ kind: 'sealed share does not open', trustee: 2 }))
    const garbage = step2({ shares: shares.map((each) => ({ ...each, box: '00'.repeat(32) })) })
    expect(step3(garbage)).toEqual(named({ kind: 'sealed share does not open', trustee: 2 }))
  })

  it('shares missing, doubled or for nobody', () => {
    const [first, second] = polynomialOf(1).shares
    for (const shares of [[first], [first, first], [second, first], [first, second, { ...second, to: 4 }], []])
      expect(step3(step2({ shares }))).toEqual(named({ kind: 'wrong list of shares', trustee: 2 }))
  })

  it('commitments that are not those of the shares', () => {
    const signing = trusteeSecret(toy, cheat, 'sign')
    const other = JSON.stringify({ coefexps: [5n, 6n].map((a) => toy.encode(toy.multiplyBaseSecret(a))) })
    const coefexps = { message: other, signature: signMessage(toy, signing, other) }
    // Still signed over the true ones.
    expect(step3(step2({ coefexps }))).toEqual(named({ kind: 'signature fails', trustee: 2, of: 'certs' }))
    const certs = messages.certificates.map((text) => JSON.parse(text) as unknown)
    const signature = signMessage(toy, signing, `certs_sig|${JSON.stringify({ certs, ...(JSON.parse(other) as object) })}`)
    expect(step3(step2({ coefexps, signature }))).toEqual(named({ kind: 'wrong share', trustee: 2 }))
  })

  it('commitments copied from another trustee by one who waits to be last: the copier cannot make the shares', () => {
    const signing = trusteeSecret(toy, cheat, 'sign')
    const copied = polynomialOf(0).coefexps.message
    const certs = messages.certificates.map((text) => JSON.parse(text) as unknown)
    const coefexps = { message: copied, signature: signMessage(toy, signing, copied) }
    const signature = signMessage(toy, signing, `certs_sig|${JSON.stringify({ certs, ...(JSON.parse(copied) as object) })}`)
    const texts = step2({ coefexps, signature })
    expect(answerStep3(toy, at(started, 2), { certificates: messages.certificates, polynomials: texts })).toEqual(
      named({ kind: 'wrong share', trustee: 2 }),
    )
  })

  it('too few or too many coefficients, which would change who can open', () => {
    const signing = trusteeSecret(toy, cheat, 'sign')
    for (const scalars of [[5n], [5n, 6n, 7n], []]) {
      const message = JSON.stringify({ coefexps: scalars.map((a) => toy.encode(toy.multiplyBaseSecret(a))) })
      const texts = step2({ coefexps: { message, signature: signMessage(toy, signing, message) } })
      expect(step3(texts)).toEqual(named({ kind: 'wrong number of coefficients', trustee: 2 }))
    }
  })

  it('commitments that are the identity or outside the group', () => {
    const signing = trusteeSecret(toy, cheat, 'sign')
    const certs = messages.certificates.map((text) => JSON.parse(text) as unknown)
    for (const bad of ['1', '0', '340282366920938463463374607431768223906', '2', '340282366920938463463374607431768223907']) {
      const fits = toy.decode(bad).kind === 'ok'
      const list = { coefexps: [bad, toy.encode(toy.generator)] }
      const message = JSON.stringify(list)
      const signature = signMessage(toy, signing, `certs_sig|${JSON.stringify({ certs, ...list })}`)
      const texts = step2({ coefexps: { message, signature: signMessage(toy, signing, message) }, signature })
      expect(step3(texts)).toEqual(named({ kind: fits ? 'wrong share' : 'not an element', trustee: 2 }))
    }
  })

  it('certificates swapped under a trustee who already signed them', () => {
    const intruder = newTrusteeKey({ ...context, index: 2 }, randomFrom('intruder'))
    const swapped = replaced(messages.certificates, 1, answerStep1(toy, intruder))
    expect(answerStep3(toy, mine, { certificates: swapped, polynomials: messages.polynomials })).toMatchObject({ kind: 'fail' })
    const theirs = good(answerStep2(toy, intruder, swapped))
    const mixed = [good(answerStep2(toy, mine, messages.certificates)), theirs, at(messages.polynomials, 2)]
    expect(answerStep3(toy, mine, { certificates: swapped, polynomials: mixed })).toEqual(
      named({ kind: 'of another ceremony', trustee: 1 }),
    )
  })

  it('somebody in my own place', () => {
    const intruder = answerStep1(toy, newTrusteeKey({ ...context, index: 1 }, randomFrom('intruder')))
    expect(answerStep2(toy, mine, replaced(messages.certificates, 0, intruder))).toEqual(
      named({ kind: 'own message replaced', trustee: 1 }),
    )
  })

  it('a certificate that repeats another’s keys under another place', () => {
    const key = { ...cheat, context: { ...cheat.context, index: 3 } }
    const copied = [at(messages.certificates, 0), at(messages.certificates, 1), answerStep1(toy, key)]
    expect(answerStep2(toy, mine, copied)).toEqual(named({ kind: 'keys repeat those of another', trustee: 3, other: 2 }))
  })

  it('a certificate for another group, size or threshold, or with a broken signature', () => {
    const other = { ...cheat, context: { ...cheat.context, threshold: 3 } }
    expect(answerStep2(toy, mine, replaced(messages.certificates, 1, answerStep1(toy, other)))).toEqual(
      named({ kind: 'of another ceremony', trustee: 2 }),
    )
    const broken = { ...(JSON.parse(at(messages.certificates, 1)) as object), signature: { challenge: '1', response: '1' } }
    expect(answerStep2(toy, mine, replaced(messages.certificates, 1, JSON.stringify(broken)))).toEqual(
      named({ kind: 'signature fails', trustee: 2, of: 'certificate' }),
    )
  })

  it('two different messages for one step, both signed', () => {
    const second = resigned(cheat, at(messages.polynomials, 1), { certs: '00'.repeat(32) })
    expect(step3([...messages.polynomials, second])).toEqual(named({ kind: 'equivocated', trustee: 2 }))
  })

  it('the same message twice, and none at all', () => {
    expect(step3([...messages.polynomials, at(messages.polynomials, 1)])).toEqual(named({ kind: 'sent twice', trustee: 2 }))
    expect(step3([at(messages.polynomials, 0), at(messages.polynomials, 2)])).toEqual(named({ kind: 'absent', trustee: 2 }))
    expect(answerStep2(toy, mine, [])).toEqual(named({ kind: 'absent', trustee: 1 }))
  })

  it('nobody, when an outsider forges a second message: it falls by its signature', () => {
    const forged = wrap(toy, 7n, { ...bodyOf(at(messages.polynomials, 1)), certs: '00'.repeat(32) })
    expect(step3([...messages.polynomials, forged])).toEqual(named({ kind: 'signature fails', trustee: 2, of: 'message' }))
  })

  it('a message that is none, by its place', () => {
    for (const text of ['', '{}', 'null', '[]', at(messages.keys, 1), ` ${at(messages.polynomials, 1)}`])
      expect(step3(replaced(messages.polynomials, 1, text))).toEqual(named({ kind: 'malformed', place: 1 }))
    const nobody = wrap(toy, 7n, { ...bodyOf(at(messages.polynomials, 1)), index: 4 })
    expect(step3(replaced(messages.polynomials, 1, nobody))).toEqual(named({ kind: 'malformed', place: 1 }))
  })

  it('a server that shows two trustees different second messages', () => {
    // Trustee 2 answers the honest table with a second, equally valid polynomial only trustee 3 gets to see.
    const shown = wrongShare(shareFor(toy, cheat, table, 1))
    const theirs = good(answerStep3(toy, at(started, 2), { certificates: messages.certificates, polynomials: shown }))
    const keys = replaced(messages.keys, 2, theirs)
    expect(assembleTrustees(toy, context, { ...messages, keys })).toEqual(named({ kind: 'saw other messages', trustee: 3 }))
  })

  it('a verification key that is not the one, lacks its proof, or is not signed', () => {
    const key = bodyOf(at(messages.keys, 1))['key'] as Readonly<Record<string, unknown>>
    const other = bodyOf(at(messages.keys, 2))['key'] as Readonly<Record<string, unknown>>
    const assemble = (change: Readonly<Record<string, unknown>>) =>
      assembleTrustees(toy, context, {
        ...messages,
        keys: replaced(messages.keys, 1, resigned(cheat, at(messages.keys, 1), { key: { ...key, ...change } })),
      })
    expect(assemble({}).kind).toBe('ok')
    expect(assemble(other)).toEqual(named({ kind: 'wrong verification key', trustee: 2 }))
    expect(assemble({ public_key: '1' })).toEqual(named({ kind: 'not an element', trustee: 2 }))
    expect(assemble({ pok: other['pok'] })).toEqual(named({ kind: 'proof of the key fails', trustee: 2 }))
    expect(assemble({ signature: other['signature'] })).toEqual(named({ kind: 'signature fails', trustee: 2, of: 'key' }))
    const unsigned = { pok: key['pok'], public_key: key['public_key'] }
    const texts = replaced(messages.keys, 1, resigned(cheat, at(messages.keys, 1), { key: unsigned }))
    expect(assembleTrustees(toy, context, { ...messages, keys: texts })).toEqual(
      named({ kind: 'signature fails', trustee: 2, of: 'key' }),
    )
  })

  it('a file that is not what the messages give, byte for byte', () => {
    expect(acceptTrustees(toy, mine, messages, file).kind).toBe('ok')
    for (const other of [`${file} `, file.replace('"threshold":2', '"threshold":1'), '', rehearse('elsewhere').file])
      expect(acceptTrustees(toy, mine, messages, other)).toEqual({
        kind: 'fail',
        error: { kind: 'file differs from the messages' },
      })
  })

  it('messages of another election, however well signed', () => {
    const elsewhere = { ...context, uuid: 'QuorateTest4243' }
    expect(assembleTrustees(toy, elsewhere, messages)).toEqual(named({ kind: 'of another ceremony', trustee: 1 }))
  })

  describe('at once, and not whoever answers last', () => {
    const keys = [1, 2, 3].map((index) => newTrusteeKey({ ...context, index }, randomFrom(`handed in ${String(index)}`)))
    const certificates = keys.map((key) => answerStep1(toy, key))
    const polynomials = keys.map((key) => good(answerStep2(toy, key, certificates)))
    const thirds = keys.map((key) => good(answerStep3(toy, key, { certificates, polynomials })))
    const none = { certificates: [], polynomials: [], keys: [] }
    const steps = [
      [1, certificates, none],
      [2, polynomials, { ...none, certificates }],
      [3, thirds, { ...none, certificates, polynomials }],
    ] as const
    const handIn = (before: CeremonyMessages, step: 1 | 2 | 3, index: number, text: string) =>
      checkHandedIn(toy, context, before, { step, index, text })

    it.each(steps)('step %i: a good message is good by itself', (step, texts, before) => {
      for (const [i, text] of texts.entries()) expect(handIn(before, step, i + 1, text).kind).toBe('ok')
    })
    it.each(steps)('step %i: rubbish, another’s message and a broken signature', (step, texts, before) => {
      for (const rubbish of ['', '{}', '{"message":"","signature":{}}', at(texts, 0).slice(1)])
        expect(handIn(before, step, 1, rubbish)).toEqual(named({ kind: 'malformed', place: 0 }))
      expect(handIn(before, step, 1, at(texts, 1))).toEqual(named({ kind: 'not the sender’s own', trustee: 1 }))
      const { message } = JSON.parse(at(texts, 0)) as { readonly message: string }
      const { signature } = JSON.parse(at(texts, 1)) as { readonly signature: unknown }
      expect(handIn(before, step, 1, JSON.stringify({ message, signature }))).toMatchObject({
        error: { kind: 'signature fails', trustee: 1 },
      })
    })
    it('and keys that repeat those of somebody who answered before', () => {
      const copy = newTrusteeKey({ ...context, index: 2 }, randomFrom('handed in 1'))
      const before = { ...none, certificates: [at(certificates, 0)] }
      expect(handIn(before, 1, 2, answerStep1(toy, copy))).toEqual(
        named({ kind: 'keys repeat those of another', trustee: 2, other: 1 }),
      )
    })
  })

  describe('when a trustee complains of a share', () => {
    const judge = (polynomials: readonly string[], by: TrusteeKey, against: number) => {
      const checked = good(checkPolynomials(toy, table, polynomials))
      return judgeComplaint(toy, table, checked, good(complaintAbout(toy, by, table, checked, against)))
    }

    it('everybody can look into the one box, and finds the sender guilty', () => {
      expect(judge(wrongShare(5n), mine, 2)).toEqual({ kind: 'ok', value: { guilty: 2, of: 'a wrong share' } })
    })

    it('or the complainer, when the share was right', () => {
      expect(judge(messages.polynomials, mine, 2)).toEqual({ kind: 'ok', value: { guilty: 1, of: 'a false complaint' } })
    })

    it('or the complainer, when what they reveal is not the point the box was sealed with', () => {
      const checked = good(checkPolynomials(toy, table, wrongShare(5n)))
      const honest = good(complaintAbout(toy, mine, table, checked, 2))
      for (const shared of [toy.encode(toy.multiply(toy.generator, 99n)), '1', '2']) {
        const lying = resigned(mine, honest, { shared })
        expect(judgeComplaint(toy, table, checked, lying)).toEqual({ kind: 'ok', value: { guilty: 1, of: 'a false complaint' } })
      }
    })

    it('and nobody, when somebody else made the complaint up', () => {
      const checked = good(checkPolynomials(toy, table, messages.polynomials))
      const honest = good(complaintAbout(toy, mine, table, checked, 2))
      const forged = wrap(toy, 7n, { ...bodyOf(honest), index: 3 })
      for (const text of [forged, '', '{}', at(messages.polynomials, 1), resigned(mine, honest, { against: 1 })])
        expect(judgeComplaint(toy, table, checked, text)).toEqual({ kind: 'fail', error: 'not a complaint' })
      expect(judgeComplaint(toy, table, checked, resigned(mine, honest, { polynomials: '00'.repeat(32) }))).toEqual({
        kind: 'fail',
        error: 'of another ceremony',
      })
      expect(complaintAbout(toy, mine, table, checked, 1)).toEqual({ kind: 'fail', error: 'no such box' })
      expect(complaintAbout(toy, mine, table, checked, 9)).toEqual({ kind: 'fail', error: 'no such box' })
    })
  })

  const rehearse = (seed: string): Ceremony => rehearseCeremony(toy, context, randomFrom(seed))
})
