import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '@quorate/kernel'
import type { Settings } from '#lib/platform/settings.ts'

const known = new Map<string, Buffer>()

/** A 32-byte key of this installation, made at first use, kept beside the database and not in it. Two first uses at once agree. */
function installationKey({ dataFolder }: Settings, name: string): Buffer {
  const folder = join(dataFolder, 'keys')
  const path = join(folder, `${name}.key`)
  const held = known.get(path)
  if (held !== undefined) return held
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const fresh = `${path}.${randomBytes(6).toString('hex')}`
    writeFileSync(fresh, randomBytes(32).toString('hex'), { mode: 0o600 })
    try {
      linkSync(fresh, path)
    } catch {
      // Another process was first; its key is the installation's.
    }
    rmSync(fresh)
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  assert(key.length === 32, `the key file ${name} holds 32 bytes`)
  known.set(path, key)
  return key
}

// The fixed head of a PKCS #8 file of an Ed25519 seed (RFC 8410 §7).
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')
const keyObjects = new Map<string, KeyObject>()

/** Ed25519 signatures by OpenSSL, the same bytes as everybody's: 40 µs instead of 400, and on a thread of Node's own pool. */
export function signEd25519(message: Uint8Array, seed: Uint8Array): Promise<Uint8Array> {
  const name = Buffer.from(seed).toString('hex')
  const key = keyObjects.get(name) ?? createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  keyObjects.set(name, key)
  return new Promise((resolve, reject) => {
    sign(null, message, key, (error, signature) => (error === null ? resolve(signature) : reject(error)))
  })
}

/** What the database keeps of the voting key that a person casts with: equal for the same, and told apart from any other by this installation alone. */
export const keyMark = (settings: Settings, decision: number, personId: string, votingKey: string): Buffer =>
  createHmac('sha256', installationKey(settings, 'voters'))
    .update(`quorate/key-mark/v1|${String(decision)}|${personId}|${votingKey}`)
    .digest()

const nonceBytes = 12
const tagBytes = 16

/** Seals a voting code for one person of one decision (AES-256-GCM). */
export function sealCode(settings: Settings, about: string, code: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', installationKey(settings, 'registrar'), nonce).setAAD(Buffer.from(about))
  return Buffer.concat([nonce, cipher.update(code, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens what {@link sealCode} sealed. That it was tampered with is a broken invariant. */
export function openCode(settings: Settings, about: string, sealed: Buffer): string {
  const cipher = createDecipheriv('aes-256-gcm', installationKey(settings, 'registrar'), sealed.subarray(0, nonceBytes))
  cipher.setAAD(Buffer.from(about))
  cipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([cipher.update(sealed.subarray(nonceBytes, -tagBytes)), cipher.final()]).toString('utf8')
}
