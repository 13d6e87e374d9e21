import { readFileSync } from 'node:fs'

import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, it } from 'vitest'

import { words } from './words.generated.ts'

/** The file as it is generated: sixteen words a line. */
function generated(list: readonly string[]): string {
  const lines = Array.from({ length: list.length / 16 }, (_, i) => list.slice(16 * i, 16 * i + 16).join(' '))
  return `// Generated from the English word list of BIP-0039 (github.com/bitcoin/bips, bip-0039/english.txt, MIT); bip-0039-english.test.ts compares.

/** 2,048 words, sorted, no two alike in their first four letters: 11 bits each. One list for all languages. Source: BIP-0039. */
export const words: readonly string[] = \`
${lines.join('\n')}
\`
  .trim()
  .split(/\\s+/)
`
}

describe('BIP-0039, English word list', () => {
  it('is the list of another implementation, word for word', () => {
    expect(words).toEqual(wordlist)
  })

  it('is the generated file, byte for byte', () => {
    expect(readFileSync(new URL('words.generated.ts', import.meta.url), 'utf8')).toBe(generated(wordlist))
  })

  it('is sorted, and four letters tell any two words apart', () => {
    expect([...words].sort()).toEqual(words)
    expect(new Set(words.map((word) => word.slice(0, 4))).size).toBe(2048)
  })
})
