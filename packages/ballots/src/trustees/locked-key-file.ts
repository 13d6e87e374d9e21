import { fail, type Random, type Result } from '@quorate/kernel'

import { type KeyFileWork, keyFileWork, lockedFile, unlockedFile } from '../passphrase-box.ts'
import { wordOf } from '../voting/phrase.ts'
import { parseTrusteeKeyFile, trusteeKeyFile, type TrusteeKey } from './trustee-key.ts'

/** A passphrase of six words of the list of 2,048: 66 bits, to be written on paper, apart from the file. */
export function suggestPassphrase(random: Random): string {
  const bytes = random(12)
  const words = Array.from({ length: 6 }, (_, i) => wordOf((((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)) & 2047))
  return words.join(' ')
}

const format = 'quorate/trustee-key-locked/v1'

/** Whether a text is a key file under a passphrase; which one it is, and whether it is whole, is found when it is opened. */
export const isLockedKeyFile = (text: string): boolean => text.includes('"quorate/trustee-key-locked/')

/** Exact text of the key file under a passphrase, the election and the place in the open. Takes about half a second, on purpose. */
export const lockedKeyFile = (
  key: TrusteeKey,
  passphrase: string,
  random: Random,
  work: KeyFileWork = keyFileWork,
): Result<string, 'passphrase too short'> => {
  const { uuid, index } = key.context
  return lockedFile(format, { uuid, index }, trusteeKeyFile(key), passphrase, random, work)
}

/** Why a locked key file does not open. */
export type LockedKeyFileFault =
  | { readonly kind: 'not a key file' }
  | { readonly kind: 'of a later version' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'wrong passphrase' }

/** Opens a locked key file. A damaged file and a wrong passphrase are told apart: the first has a check of its own. */
export function unlockKeyFile(text: string, passphrase: string): Result<TrusteeKey, LockedKeyFileFault> {
  const read = unlockedFile(format, text, passphrase)
  if (read.kind === 'fail') return fail({ kind: read.error === 'another kind of file' ? 'not a key file' : read.error })
  const { open, secret } = read.value
  const key = parseTrusteeKeyFile(secret)
  if (key.kind === 'fail') return fail({ kind: 'damaged' })
  const { uuid, index } = key.value.context
  return uuid === open['uuid'] && index === open['index'] ? key : fail({ kind: 'damaged' })
}
