import { readFileSync } from 'node:fs'

import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, it } from 'vitest'

import { words } from './words.generated.ts'

const sharedWith = (before: string, word: string): number =>
  Array.from({ length: word.length }, (_, i) => i).findIndex((i) => word[i] !== before[i])

/** The file as it is generated: sixteen words a line. */
function generated(list: readonly string[]): string {
  const coded = list.map((word, i) => {
    const shared = sharedWith(list[i - 1] ?? '', word)
    const rest = word.slice(shared)
    return shared === 3 ? rest.charAt(0).toUpperCase() + rest.slice(1) : `${shared}${rest}`
  })
  const lines = Array.from({ length: list.length / 16 }, (_, i) => coded.slice(16 * i, 16 * i + 16).join(''))
  return `// Generated from the English word list of BIP-0039 (github.com/bitcoin/bips, bip-0039/english.txt, MIT); bip-0039-english.test.ts compares.

// Each word as the number of letters it shares with the one before it, and the rest; a capital stands for three letters shared. 5,500 bytes less for
// every phone that votes.
const coded = \`
${lines.join('\n')}
\`
let list: readonly string[] | undefined

/** 2,048 words, sorted, no two alike in their first four letters: 11 bits each. One list for all languages. Source: BIP-0039. Read at first use. */
export const words = (): readonly string[] => (list ??= read())

function read(): readonly string[] {
  let last = ''
  return Array.from(
    coded.matchAll(/([0-2]?)([A-Za-z][a-z]*)/g),
    ([, shared = '', rest = '']) => (last = last.slice(0, shared === '' ? 3 : Number(shared)) + rest.toLowerCase()),
  )
}
`
}

describe('BIP-0039, English word list', () => {
  it('is the list of another implementation, word for word', () => {
    expect(words()).toEqual(wordlist)
  })

  it('is the generated file, byte for byte', () => {
    expect(readFileSync(new URL('words.generated.ts', import.meta.url), 'utf8')).toBe(generated(wordlist))
  })

  it('is sorted, and four letters tell any two words apart', () => {
    expect([...words()].sort()).toEqual(words())
    expect(new Set(words().map((word) => word.slice(0, 4))).size).toBe(2048)
  })
})
