import { fromBase64, toHex } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { sha256Base64 } from '../hash.ts'
import { parseVotingCode } from './credential.ts'
import { linkCode, linkFits } from './link-code.ts'

const [own, other] = [sha256Base64('an election'), sha256Base64('the same with another key')]
const code = 'Ab3Cd-Ef5Gh6-Jk7Mn8-Pq9Rs2'

describe('a voting link says which election it is for', () => {
  test('by the first ten bytes of φ, behind the code', () => {
    const bytes = fromBase64(own, false)
    expect(bytes.kind === 'ok' && linkCode(code, own)).toBe(
      `${code}-${bytes.kind === 'ok' ? toHex(bytes.value.slice(0, 10)) : ''}`,
    )
    expect(parseVotingCode(linkCode(code, own))).toEqual(parseVotingCode(code))
  })
  test('which a paper with another key does not fit, in a link or pasted', () => {
    expect(linkFits(linkCode(code, own), own)).toBe(true)
    expect(linkFits(linkCode(code, own), other)).toBe(false)
    expect(linkFits(` https://lantern.example/vote/QuorateTest4242#${linkCode(code, own)}\n`, other)).toBe(false)
  })
  test('and a code by itself, as it stands on paper, fits any', () => {
    for (const typed of [code, code.replaceAll('-', ''), `x#${code}`, '', '-']) expect(linkFits(typed, own)).toBe(true)
  })
})
