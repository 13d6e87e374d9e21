// The second door of the package, for a command that must be quick: what every count needs is loaded with it, the rest when it is asked for.
// The whole package takes 75 ms to load, a Scottish count through this door 30 ms.
import type { Account, Subject } from './account/account.ts'
import type { Count } from './count.ts'
import type { BoxReader, ReadAs } from './formats/box-reader.ts'
import type { CountWords } from './words/words.ts'

export { ballotFormats, formatOf } from './formats/detect.ts'
export { isLotOrder, lotOrder, lotSeedOfWords } from './lot.ts'
export { subjectOf, withSeats } from './methods/box.ts'
export { counterNamed } from './methods/loaders.ts'
export { profileHash } from './papers/packed.ts'

/** As `boxReader`: a fresh reader for a file of the form named. */
export async function readerNamed(as: ReadAs): Promise<BoxReader> {
  if (as.format === 'blt') return (await import('./formats/blt-box.ts')).bltBoxReader(as.seats, as.repeats)
  return (await import('./formats/read-box.ts')).boxReader(as)
}

/** The words of a language: English or Welsh. */
export const wordsIn = async (language: 'en' | 'cy'): Promise<CountWords> =>
  language === 'cy' ? (await import('./words/welsh.ts')).welsh : (await import('./words/english.ts')).english

/** As `accountOf`: a count told in a language. */
export async function accountIn(count: Count, subject: Subject, words: CountWords): Promise<Account> {
  if (count.kind === 'stv') return (await import('./account/stv.ts')).stvAccount(count, subject, words.phrases)
  if (count.kind === 'pairwise') return (await import('./account/pairs.ts')).pairsAccount(count, subject, words.phrases)
  return (await import('./account/tell.ts')).accountOf(count, subject, words)
}
