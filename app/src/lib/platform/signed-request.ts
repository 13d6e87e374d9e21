import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { fail, ok, type Instant, type Result } from '@quorate/kernel'

/** A request between two programs of one movement, authenticated by an Ed25519 key. `body` is the exact text, empty for a GET. */
export type SignedRequest = { readonly method: string; readonly path: string; readonly body: string }

/** How far the two machines' clocks may differ. Within it a request can be sent again: whoever answers must bear that. */
const skewMsMax = 300_000

const textOf = ({ method, path, body }: SignedRequest, at: number): Buffer =>
  Buffer.from(`quorate/signed-request/v1\n${method}\n${path}\n${String(at)}\n${createHash('sha256').update(body).digest('hex')}`)

const keyForm = /^[A-Za-z0-9_-]{43}$/

/** Whether a text has the form of a public key: 32 bytes in base64url, as RFC 8037 writes `x`. */
export const isPublicKeyText = (text: string): boolean => keyForm.test(text)

/** The public key of a private one (PKCS #8 PEM), as `x` of RFC 8037. */
export function publicKeyText(privateKey: string): string {
  const { x } = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' })
  return x ?? ''
}

/** The `authorization` header of a request: `Signed <milliseconds> <signature, base64url>`. */
export const signatureHeader = (request: SignedRequest, privateKey: string, at: Instant): string =>
  `Signed ${String(at)} ${sign(null, textOf(request, at), createPrivateKey(privateKey)).toString('base64url')}`

/** Why a request is not believed. */
export type SignatureFault = 'no signature' | 'clock' | 'wrong signature'

/** Whether a request was signed with this public key, now. */
export function checkSignature(
  request: SignedRequest,
  header: string | null,
  publicKey: string,
  now: Instant,
): Result<null, SignatureFault> {
  const [, at, signature] = /^Signed (\d{1,15}) ([A-Za-z0-9_-]{86})$/.exec(header ?? '') ?? []
  if (at === undefined || signature === undefined || !isPublicKeyText(publicKey)) return fail('no signature')
  if (Math.abs(Number(at) - now) > skewMsMax) return fail('clock')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  return verify(null, textOf(request, Number(at)), key, Buffer.from(signature, 'base64url')) ? ok(null) : fail('wrong signature')
}
