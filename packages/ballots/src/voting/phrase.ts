import { sha256 } from '@noble/hashes/sha2.js'
import { assert, uintOf, utf8 } from '@quorate/kernel'

import { words } from './words.generated.ts'

/** The word of an 11-bit number. */
export function wordOf(index: number): string {
  const word = words()[index]
  assert(word !== undefined, 'a word is named by 11 bits')
  return word
}

/**
 * Twelve words, 132 bits of SHA-256(`domain|text`), to be compared by voice. Twelve because a forger who may choose both texts searches
 * for any matching pair: six words (66 bits) would fall after about 2³³ tries.
 */
function phraseOf(domain: string, text: string): readonly string[] {
  let bits = uintOf(sha256(utf8(`${domain}|${text}`))) >> 124n
  const phrase: string[] = []
  for (let i = 0; i < 12; i++) {
    phrase.unshift(wordOf(Number(bits & 2047n)))
    bits >>= 11n
  }
  return phrase
}

/** The phrase that trustees compare before set-up, over the exact bytes of the `trustees` file. */
export const trusteesPhrase = (trusteesFile: string): readonly string[] => phraseOf('quorate/trustees-phrase/v1', trusteesFile)

/** The phrase that trustees compare before opening, over φ and the exact text of the encrypted tally. */
export const tallyPhrase = (electionHash: string, encryptedTally: string): readonly string[] =>
  phraseOf('quorate/tally-phrase/v1', `${electionHash}|${encryptedTally}`)

/** The phrase by which two people compare a program's file by voice, over the SHA-256 of its bytes in hex. */
export const filePhrase = (sha256: string): readonly string[] => phraseOf('quorate/file-phrase/v1', sha256)
