import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { bindList, bindListText, bindSecretOf, openBind, parseBindList } from './bind.ts'
import { issueCodes, type VotingCode } from './credential.ts'
import { ed25519Engine } from '../groups/ed25519.ts'
import { seededRandom } from '../seeded-random.ts'

const uuid = 'QuorateTest4242'
const hash = (text: string): string => toHex(sha256(utf8(text)))
const { codes, publicKeys, roll } = issueCodes(ed25519Engine, uuid, 5, seededRandom(sha256(utf8('binds'))))
const leafOf = (member: number): string => hash(`leaf of member ${String(member)}`)
const issued = codes.map((code, i) => ({ key: publicKeys[i] ?? '', leaf: leafOf(i), code }))
const list = bindList(uuid, issued)
const bindFor = (key: string): string | undefined => list.find((line) => line.key === key)?.bind
const codeOf = (i: number): VotingCode => codes[i] ?? ('' as VotingCode)
const keyOf = (i: number): string => publicKeys[i] ?? ''

describe('bind list: every voting key is bound to the leaf of one member', () => {
  it('follows its formula', () => {
    const s = hash(`bind|${uuid}|${codeOf(0)}`)
    expect(bindSecretOf(uuid, codeOf(0))).toBe(s)
    expect(bindFor(keyOf(0))).toBe(hash(`quorate/bind/v1|${uuid}|${keyOf(0)}|${leafOf(0)}|${s}`))
  })

  it('stands in the order of the public roll, so it tells no order of issue', () => {
    expect(list.map(({ key }) => key)).toEqual(roll)
  })

  it('opens for each member with their own leaf and code', () => {
    for (const [i, code] of codes.entries())
      expect(openBind(uuid, keyOf(i), bindFor(keyOf(i)), { leaf: leafOf(i), secret: bindSecretOf(uuid, code) }).kind).toBe('ok')
  })

  it('refuses a stolen code under the thief’s own login', () => {
    const stolen = { leaf: leafOf(1), secret: bindSecretOf(uuid, codeOf(0)) }
    expect(openBind(uuid, keyOf(0), bindFor(keyOf(0)), stolen)).toEqual({
      kind: 'fail',
      error: { kind: 'bound to another member' },
    })
  })

  it('refuses the victim’s leaf without the victim’s code', () => {
    const guessed = { leaf: leafOf(0), secret: bindSecretOf(uuid, codeOf(1)) }
    expect(openBind(uuid, keyOf(0), bindFor(keyOf(0)), guessed).kind).toBe('fail')
  })

  it('refuses the same opening in another election', () => {
    const opening = { leaf: leafOf(0), secret: bindSecretOf(uuid, codeOf(0)) }
    expect(openBind('QuorateTest4243', keyOf(0), bindFor(keyOf(0)), opening).kind).toBe('fail')
  })

  it('refuses keys that have no line, and openings that are not hashes', () => {
    const opening = { leaf: leafOf(0), secret: bindSecretOf(uuid, codeOf(0)) }
    expect(openBind(uuid, 'ff', undefined, opening)).toEqual({ kind: 'fail', error: { kind: 'key not on the bind list' } })
    for (const part of ['leaf', 'secret'] as const)
      for (const bad of ['', 'FF', `${opening[part]}0`, opening[part].toUpperCase(), `${opening[part]}|`])
        expect(openBind(uuid, keyOf(0), bindFor(keyOf(0)), { ...opening, [part]: bad })).toEqual({
          kind: 'fail',
          error: { kind: 'malformed' },
        })
  })

  it('is read as it is written', () => {
    expect(parseBindList(bindListText(list), roll)).toEqual({ kind: 'ok', value: list })
    expect(parseBindList('[]', [])).toEqual({ kind: 'ok', value: [] })
  })

  it('refuses a list that is not that of the roll, with the line', () => {
    const fault = (text: string, keys: readonly string[] = roll) => parseBindList(text, keys)
    const swapped = [list[1], list[0], ...list.slice(2)].flatMap((line) => (line === undefined ? [] : [line]))
    expect(fault(bindListText(swapped))).toEqual({ kind: 'fail', error: { kind: 'key differs from the roll', line: 1 } })
    expect(fault(bindListText(list.slice(1)))).toEqual({ kind: 'fail', error: { kind: 'count differs', found: 4, expected: 5 } })
    const line = list[0] ?? { key: '', bind: '' }
    const doubled = [line, line, ...list.slice(2)]
    expect(fault(bindListText(doubled))).toEqual({ kind: 'fail', error: { kind: 'key differs from the roll', line: 2 } })
  })

  it.each(['', 'null', '{}', '[["a"]]', '[["a","b","c"]]', '[[1,"00"]]', '[["a","zz"]]', '[ ]', '[["a",null]]', '["ab"]'])(
    'refuses %s as malformed',
    (text) => {
      expect(parseBindList(text, roll)).toEqual({ kind: 'fail', error: { kind: 'malformed' } })
    },
  )
})
