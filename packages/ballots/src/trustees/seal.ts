import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fail, fromHex, ok, type Result, toHex, utf8 } from '@quorate/kernel'

import type { Engine } from '../groups/engine.ts'

/** A message that one person can open: the sender's one-time key R = r·G, and the box in hex. */
export type Sealed = { readonly key: string; readonly box: string }

/** XChaCha20-Poly1305 under HKDF-SHA256(K) with K the Diffie–Hellman point; `context` names sender, recipient and occasion. */
function cipherOf<P>(engine: Engine<P>, shared: P, oneTimeKey: string, recipient: P, context: string) {
  const info = utf8(`quorate/seal/v1|${engine.name}|${oneTimeKey}|${engine.encode(recipient)}|${context}`)
  const key = hkdf(sha256, utf8(engine.encode(shared)), undefined, info, 32)
  // The key is used for this one message, so the nonce may be constant.
  return xchacha20poly1305(key, new Uint8Array(24), info)
}

/** Seals to a public key. `oneTimeSecret` must never serve for another message, recipient or context. */
export function seal<P>(engine: Engine<P>, oneTimeSecret: bigint, recipient: P, context: string, message: Uint8Array): Sealed {
  const key = engine.encode(engine.multiplyBaseSecret(oneTimeSecret))
  const shared = engine.multiplySecret(recipient, oneTimeSecret)
  return { key, box: toHex(cipherOf(engine, shared, key, recipient, context).encrypt(message)) }
}

/** Opens with the shared point K = dk·R, which the recipient computes, or reveals so that others may look into this one box. */
export function openSealed<P>(
  engine: Engine<P>,
  sealed: Sealed,
  shared: P,
  recipient: P,
  context: string,
): Result<Uint8Array, 'does not open'> {
  const box = fromHex(sealed.box)
  if (box.kind === 'fail' || box.value.length < 16) return fail('does not open')
  try {
    return ok(cipherOf(engine, shared, sealed.key, recipient, context).decrypt(box.value))
  } catch {
    return fail('does not open')
  }
}
