import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, type Random, uintOf, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compareKeys, credentialOf, drawVotingCode, issueCodes, parseVotingCode, type VotingCode } from './credential.ts'
import { ed25519Engine } from '../groups/ed25519.ts'
import { engineOf } from '../groups/groups.ts'
import { seededRandom } from '../seeded-random.ts'

const uuid = 'QuorateTest4242'
const randomFrom = (seed: string): Random => seededRandom(sha256(utf8(seed)))
const codeFrom = (seed: string): VotingCode => drawVotingCode(randomFrom(seed))
const bareOf = (code: string): string => code.replaceAll('-', '')

describe('voting codes: 22 base58 characters, XXXXX-XXXXXX-XXXXX-XXXXXX', () => {
  it('have the form of the format, capitals and small letters, and every character at every place', () => {
    const seen = Array.from({ length: 22 }, () => new Set<string>())
    for (let i = 0; i < 2_000; i++) {
      const code = codeFrom(`form ${String(i)}`)
      expect(code).toMatch(/^[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}-[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}$/)
      expect(code).toMatch(/[A-Z]/)
      expect(code).toMatch(/[a-z]/)
      for (const [place, character] of Array.from(bareOf(code)).entries()) seen[place]?.add(character)
    }
    expect(seen.map((characters) => characters.size)).toEqual(Array.from({ length: 22 }, () => 58))
  })

  it('throw away bytes that would favour some characters', () => {
    const bytes = [232, 255, 240, 57, ...Array.from({ length: 30 }, (_, i) => 20 + i)]
    let at = 0
    expect(bareOf(drawVotingCode(() => Uint8Array.of(bytes[at++] ?? 0))).startsWith('zM')).toBe(true)
  })

  it('are read as they are printed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const code = codeFrom(seed)
        expect(parseVotingCode(code)).toEqual({ kind: 'ok', value: code })
      }),
      { numRuns: 200 },
    )
  })

  it('are read through any spaces and dashes, without them, and from the whole link', () => {
    const code = codeFrom('typed')
    const bare = bareOf(code)
    const typed = [
      bare,
      ` ${code}\n`,
      code.replaceAll('-', ' '),
      code.replaceAll('-', ' – '),
      Array.from(bare).join('\u2011'),
      `\ufeff${code.replaceAll('-', '\u00ad\u2212')}\u200b`,
      `https://vote.example/vote/${uuid}#${code}`,
    ]
    for (const text of typed) expect(parseVotingCode(text)).toEqual({ kind: 'ok', value: code })
  })

  it('read a typed zero or capital O as the only character it can be', () => {
    const code = `${codeFrom('oh').slice(0, -1)}o`
    expect(parseVotingCode(`${code.slice(0, -1)}0`)).toEqual({ kind: 'ok', value: code })
    expect(parseVotingCode(`${code.slice(0, -1)}O`)).toEqual({ kind: 'ok', value: code })
  })

  it.each([
    ['I', ['1', 'i']],
    ['l', ['1', 'L']],
    ['é', []],
    ['+', []],
    ['🙂', []],
  ])('refuse %s by place, with what it may have been', (character, perhaps) => {
    const bare = bareOf(codeFrom('doubt'))
    const typed = `${bare.slice(0, 4)}${character}${bare.slice(5)}`
    expect(parseVotingCode(typed)).toEqual({ kind: 'fail', error: { kind: 'wrong character', character, place: 5, perhaps } })
  })

  it('refuse too few and too many characters by their number', () => {
    const bare = bareOf(codeFrom('length'))
    const fault = (found: number) => ({ kind: 'fail', error: { kind: 'wrong length', found, expected: 22 } })
    expect(parseVotingCode('')).toEqual(fault(0))
    expect(parseVotingCode(bare.slice(1))).toEqual(fault(21))
    expect(parseVotingCode(`${bare}2`)).toEqual(fault(23))
  })

  it('refuse a code whose capitals or small letters were lost, since a guess would be another code', () => {
    const lost = { kind: 'fail', error: { kind: 'capitals and small letters lost' } }
    const code = 'AbCdE-FgHjK-MnPqR-StUvWx2'
    expect(parseVotingCode(code).kind).toBe('ok')
    expect(parseVotingCode(code.toUpperCase())).toEqual(lost)
    expect(parseVotingCode(code.toLowerCase())).toEqual(lost)
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(['ok', 'fail']).toContain(parseVotingCode(typed).kind)
      }),
      { numRuns: 300 },
    )
  })
})

describe('credentials: x = H(derive_credential|uuid|0|c) ‖ H(derive_credential|uuid|1|c) mod q', () => {
  const half = (i: number, code: string): Uint8Array => sha256(utf8(`derive_credential|${uuid}|${String(i)}|${code}`))

  it.each(['Ed25519', 'BELENIOS-2048'] as const)('follow the formula in %s', (group) => {
    const engine = engineOf(group)
    const code = codeFrom('formula')
    const x = uintOf(concatBytes(half(0, code), half(1, code))) % engine.q
    const credential = credentialOf(engine, uuid, code)
    expect(credential).toEqual({ secret: x, publicKey: engine.encode(engine.multiply(engine.generator, x)) })
    expect(engine.decode(credential.publicKey).kind).toBe('ok')
  })

  it('stand still: a known answer', () => {
    const { publicKey } = credentialOf(ed25519Engine, uuid, 'AbCdE-FgHjKm-NPqRs-tUvWx2' as VotingCode)
    expect(publicKey).toMatchInlineSnapshot(`"4c3047fc53dfe82b9f93dc595ceac45a7ebdaf1735c4a11899dc71f686956996"`)
  })

  it('give one code different keys in different elections', () => {
    const code = codeFrom('two elections')
    expect(credentialOf(ed25519Engine, uuid, code).publicKey).not.toBe(
      credentialOf(ed25519Engine, 'QuorateTest4243', code).publicKey,
    )
  })
})

describe('the public roll', () => {
  it.each(['Ed25519', 'BELENIOS-2048'] as const)(
    'in %s lists every key once, sorted by number, and tells no order of issue',
    (group) => {
      const engine = engineOf(group)
      const { codes, publicKeys, roll } = issueCodes(engine, uuid, 12, randomFrom('issue'))
      expect(codes.map((code) => credentialOf(engine, uuid, code).publicKey)).toEqual(publicKeys)
      expect(new Set(roll)).toEqual(new Set(publicKeys))
      const numbers = roll.map((key) => BigInt(group === 'Ed25519' ? `0x${key}` : key))
      expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)))
      expect(roll).not.toEqual(publicKeys)
    },
  )

  it('is empty for nobody, and orders decimals by value', () => {
    expect(issueCodes(ed25519Engine, uuid, 0, randomFrom('none'))).toEqual({ codes: [], publicKeys: [], roll: [] })
    expect(['10', '9', '11', '100', '9'].sort(compareKeys)).toEqual(['9', '9', '10', '11', '100'])
  })
})
