import { ed25519 } from '@noble/curves/ed25519.js'
import { fail, fromHex, ok, type Result, toHex } from '@quorate/kernel'

import { checkedFile, type CheckedFileFault, parseCheckedFile } from '../checked-file.ts'
import { sha256Hex } from '../hash.ts'
import { codesSignedBytes } from './registrar-signature.ts'

/** What a registrar publishes of the voting codes of one election: the exact public roll and the exact bind list. */
export type CodesFile = { readonly uuid: string; readonly roll: string; readonly binds: string }

const format = 'quorate/registrar-codes/v1'

const signedBytes = ({ uuid, roll, binds }: CodesFile): Uint8Array =>
  codesSignedBytes({ uuid, roll: sha256Hex(roll), binds: sha256Hex(binds) })

/** Public key of a registrar's 32-byte Ed25519 seed, 64 hex digits. */
export const registrarKeyOf = (seed: Uint8Array): string => toHex(ed25519.getPublicKey(seed))

/** Exact text of the file that a registrar carries to the server, signed (RFC 8032) with their seed. No voting code is in it. */
export const codesFile = (codes: CodesFile, seed: Uint8Array): string =>
  checkedFile(format, { ...codes, signature: toHex(ed25519.sign(signedBytes(codes), seed)) })

/** Reads such a file, and whether the registrar of a public key (64 hex digits) signed it. What the lists are worth is judged where they are taken. */
export function parseCodesFile(
  text: string,
  key: string,
): Result<CodesFile & { readonly signature: string }, CheckedFileFault | 'not signed by this registrar'> {
  const read = parseCheckedFile(format, text)
  if (read.kind === 'fail') return read
  const { uuid, roll, binds, signature } = read.value
  if (typeof uuid !== 'string' || typeof roll !== 'string' || typeof binds !== 'string' || typeof signature !== 'string')
    return fail('damaged')
  const codes = { uuid, roll, binds }
  return isSigned(signedBytes(codes), signature, key) ? ok({ ...codes, signature }) : fail('not signed by this registrar')
}

function isSigned(message: Uint8Array, signature: string, key: string): boolean {
  const [bytes, point] = [fromHex(signature), fromHex(key)]
  if (bytes.kind === 'fail' || point.kind === 'fail' || bytes.value.length !== 64 || point.value.length !== 32) return false
  try {
    return ed25519.verify(bytes.value, message, point.value, { zip215: false })
  } catch {
    return false
  }
}
