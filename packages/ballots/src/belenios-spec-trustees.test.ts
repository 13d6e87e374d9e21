import { beforeAll, describe, expect, it } from 'vitest'

import { demoElection, good, yesNo } from '../testing/demo-election.ts'
import { nodeModExp } from '../testing/node-modexp.ts'
import { type Element, engineOf } from './groups/groups.ts'
import { proveKey, signMessage } from './schnorr.ts'
import {
  certificateText,
  coefexpsText,
  parseTrustees,
  type PedersenMessage,
  type TrusteeKeyMessage,
  type TrusteesMessage,
  trusteesText,
  verificationKeyOf,
  verificationKeyText,
} from './trustees/trustees-format.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

describe.each(['Ed25519', 'BELENIOS-2048'] as const)('the trustees file (Belenios specification §4.5 to §4.7) in %s', (group) => {
  const engine = engineOf(group, { modexp: nodeModExp })
  const { q } = engine
  let text = ''
  let electionKey: Element
  beforeAll(() => {
    const demo = demoElection({ group, questions: [yesNo], voters: 0, holders: { size: 3, threshold: 2 } })
    text = demo.setup.trustees
    electionKey = demo.trustees.publicKey
  })
  const faultOf = (of: string): unknown => {
    const r = parseTrustees(engine, of)
    return r.kind === 'fail' ? r.error : 'accepted'
  }
  const pedersen = (change: (message: Mutable<PedersenMessage>) => unknown): unknown => {
    const file = JSON.parse(text) as Mutable<TrusteesMessage>
    const item = file[0]
    if (item?.[0] === 'Pedersen') change(item[1])
    return faultOf(JSON.stringify(file))
  }
  const at = <T>(items: readonly T[] | undefined, i: number): T => {
    const item = items?.[i]
    if (item === undefined) throw new Error('no such item')
    return item
  }
  const of = (kind: string, trustee: number) => ({ kind, item: 0, trustee })

  it('of two in three gives keys, owners and the election key', () => {
    const trustees = good(parseTrustees(engine, text))
    expect(trustees.items).toEqual([{ kind: 'Pedersen', threshold: 2, owners: [1, 2, 3] }])
    expect(trustees.keys.length).toBe(3)
    expect(trustees.isFullySigned).toBe(true)
    expect(engine.equal(trustees.publicKey, electionKey)).toBe(true)
    expect(trusteesText(JSON.parse(text) as TrusteesMessage)).toBe(text)
  })

  it('may mix single trustees and groups; owners count through', () => {
    const single = (secret: bigint): readonly ['Single', TrusteeKeyMessage] => {
      const public_key = engine.encode(engine.multiplyBaseSecret(secret))
      return ['Single', { pok: proveKey(engine, secret, public_key), public_key }]
    }
    const file = [single(5n), ...(JSON.parse(text) as TrusteesMessage), single(6n)]
    const trustees = good(parseTrustees(engine, trusteesText(file)))
    expect(trustees.items).toEqual([
      { kind: 'Single', owner: 1 },
      { kind: 'Pedersen', threshold: 2, owners: [2, 3, 4] },
      { kind: 'Single', owner: 5 },
    ])
    const y = engine.add(electionKey, engine.multiply(engine.generator, 11n))
    expect(engine.equal(trustees.publicKey, y)).toBe(true)
  })

  it('is accepted as belenios-tool 2.0 writes it, and known not to be fully signed', () => {
    const file = JSON.parse(text) as Mutable<TrusteesMessage>
    const item = file[0]
    if (item?.[0] !== 'Pedersen') throw new Error('a threshold group')
    delete item[1].signatures
    for (const key of item[1].verification_keys) delete key.signature
    expect(good(parseTrustees(engine, JSON.stringify(file))).isFullySigned).toBe(false)
  })

  const stolen = (m: Mutable<PedersenMessage>) => {
    at(m.certs, 1).message = at(m.certs, 0).message
    at(m.certs, 1).signature = at(m.certs, 0).signature
  }
  it.each<[string, (m: Mutable<PedersenMessage>) => unknown, unknown]>([
    ['certificates swapped', (m) => m.certs.reverse(), of('certificate context', 0)],
    ['a certificate in two places', stolen, of('certificate context', 1)],
    [
      'a certificate signed by another',
      (m) => (at(m.certs, 0).signature = at(m.certs, 1).signature),
      of('certificate signature', 0),
    ],
    [
      'a certificate with another key',
      (m) =>
        (at(m.certs, 0).message = at(m.certs, 0).message.replace(
          /"encryption":"[^"]*"/,
          `"encryption":"${engine.encode(engine.generator)}"`,
        )),
      of('certificate signature', 0),
    ],
    ['a certificate that is none', (m) => (at(m.certs, 2).message = '{}'), of('certificate malformed', 2)],
    ['a blank in a certificate', (m) => (at(m.certs, 2).message += ' '), of('certificate malformed', 2)],
    [
      'the identity as signing key',
      (m) =>
        (at(m.certs, 0).message = at(m.certs, 0).message.replace(
          /"verification":"[^"]*"/,
          `"verification":"${engine.encode(engine.identity)}"`,
        )),
      { ...of('element', 0), fault: 'identity' },
    ],
    ['commitments swapped', (m) => m.coefexps.reverse(), of('commitments signature', 0)],
    ['commitments that are none', (m) => (at(m.coefexps, 1).message = '[]'), of('commitments malformed', 1)],
    ['commitments of another', (m) => (at(m.coefexps, 1).message = at(m.coefexps, 0).message), of('commitments signature', 1)],
    ['certificates’ signatures swapped', (m) => m.signatures?.reverse(), of('certificates signature', 0)],
    ['verification keys swapped', (m) => m.verification_keys.reverse(), of('verification key', 0)],
    [
      'another’s proof of knowledge',
      (m) => (at(m.verification_keys, 1).pok = at(m.verification_keys, 0).pok),
      of('proof of knowledge', 1),
    ],
    [
      'another’s key signature',
      (m) => (at(m.verification_keys, 1).signature = at(m.verification_keys, 0).signature as never),
      of('verification key signature', 1),
    ],
    [
      'the identity as verification key',
      (m) => (at(m.verification_keys, 2).public_key = engine.encode(engine.identity)),
      { ...of('element', 2), fault: 'identity' },
    ],
    ['a trustee short', (m) => m.certs.pop(), { kind: 'number of entries', item: 0 }],
    ['a key short', (m) => m.verification_keys.pop(), { kind: 'number of entries', item: 0 }],
    ['a signature short', (m) => m.signatures?.pop(), { kind: 'number of entries', item: 0 }],
    ['threshold 0', (m) => (m.threshold = 0), { kind: 'threshold', item: 0 }],
    ['threshold 4', (m) => (m.threshold = 4), { kind: 'threshold', item: 0 }],
    ['threshold 1', (m) => (m.threshold = 1), of('certificate context', 0)],
    ['threshold 3', (m) => (m.threshold = 3), of('certificate context', 0)],
    [
      'a proof of knowledge + q',
      (m) => (at(m.verification_keys, 0).pok.response = String(BigInt(at(m.verification_keys, 0).pok.response) + q)),
      of('proof of knowledge', 0),
    ],
  ])('with %s is refused by name', (_what, change, fault) => {
    expect(pedersen(change)).toEqual(fault)
  })

  it('refuses polynomials of another degree, honestly signed', () => {
    const signing = 77n
    const encode = (secret: bigint): string => engine.encode(engine.multiplyBaseSecret(secret))
    const message = certificateText({
      verification: encode(signing),
      encryption: encode(78n),
      context: { group, size: 1, threshold: 1, index: 1 },
    })
    const coefexps = coefexpsText([encode(3n), encode(4n)])
    const public_key = encode(7n)
    const key = { pok: proveKey(engine, 7n, public_key), public_key }
    const file: TrusteesMessage = [
      [
        'Pedersen',
        {
          threshold: 1,
          certs: [{ message, signature: signMessage(engine, signing, message) }],
          coefexps: [{ message: coefexps, signature: signMessage(engine, signing, coefexps) }],
          verification_keys: [{ ...key, signature: signMessage(engine, signing, verificationKeyText(key)) }],
        },
      ],
    ]
    expect(faultOf(trusteesText(file))).toEqual(of('number of commitments', 0))
  })

  it('refuses a key that copies another’s without knowing its secret', () => {
    const single = {
      pok: proveKey(engine, 5n, engine.encode(engine.multiplyBaseSecret(5n))),
      public_key: engine.encode(engine.multiplyBaseSecret(6n)),
    }
    expect(faultOf(trusteesText([['Single', single]]))).toEqual(of('proof of knowledge', 0))
    const public_key = engine.encode(engine.multiplyBaseSecret(5n))
    const signed = { pok: single.pok, public_key, signature: single.pok }
    expect(faultOf(trusteesText([['Single', signed]]))).toEqual(of('verification key signature', 0))
  })

  it('refuses other texts', () => {
    expect(faultOf('[]')).toEqual({ kind: 'no trustees' })
    expect(faultOf(text.replace('Pedersen', 'Feldman'))).toEqual({ kind: 'malformed', fault: 'not of this shape' })
    expect(faultOf(`${text} `)).toEqual({ kind: 'malformed', fault: 'not canonical' })
    expect(faultOf('')).toEqual({ kind: 'malformed', fault: 'not JSON' })
  })

  it('derives keys from commitments: Σ_i Σ_k j^k·A_ik', () => {
    const [a, b, c, d] = [3n, 5n, 7n, 11n].map((k) => engine.multiply(engine.generator, k)) as [
      Element,
      Element,
      Element,
      Element,
    ]
    const key = verificationKeyOf(
      engine,
      [
        [a, b],
        [c, d],
      ],
      3,
    )
    expect(engine.equal(key, engine.multiply(engine.generator, 3n + 7n + 3n * (5n + 11n)))).toBe(true)
  })
})
