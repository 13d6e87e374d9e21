import { codesSignedBytes, type SignedCodes } from '@quorate/ballots'
import { utf8 } from '@quorate/kernel'
import { dossierText } from '@quorate/verifier'
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { publicKeyText } from '#lib/platform/signed-request.ts'
import { decision, dossierFor, wholeDecision, type Twist } from '../../../packages/verifier/testing/whole-decision.ts'
import type { Codes, Seen } from './folder.ts'
import { lookAtRecord } from './on-record.ts'

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
const privateKey = newKey()
const signedWith =
  (secret: string) =>
  (codes: SignedCodes): { readonly key: string; readonly signature: string } => ({
    key: publicKeyText(secret),
    signature: sign(null, codesSignedBytes(codes), createPrivateKey(secret)).toString('base64'),
  })

let kept: Seen | null
beforeEach(() => {
  kept = null
})
const folder = {
  privateKey,
  seen: () => Promise.resolve(kept),
  keepSeen: (seen: Seen) => {
    kept = seen
    return Promise.resolve()
  },
}

/** A story with its dossier as it is served, and the lists that its registrar made. */
function story(twist: Twist, by: string = privateKey) {
  const { log, ballot } = wholeDecision('Ed25519', { registrar: signedWith(by), ...twist })
  const list = (fingerprint: string | undefined): string => log.documents[fingerprint ?? ''] ?? ''
  const { setup } = ballot ?? {}
  const codes: Codes = { uuid: 'QuorateVerify42', roll: list(setup?.credentials), binds: list(setup?.bind), members: [] }
  return { served: utf8(dossierText(dossierFor(log))), codes, election: list(setup?.election) }
}

describe('the record as the registrar’s program sees it', () => {
  test('set up with its own lists; then closed; the log’s key and the newest checkpoint are kept', async () => {
    const open = story({ until: 'open' })
    expect(await lookAtRecord(folder, open.served, decision, open.codes)).toEqual({
      kind: 'own',
      election: open.election,
      closed: false,
    })
    const first: Seen | null = kept
    expect(first).not.toBeNull()
    const closed = story({ until: 'closed' })
    expect(await lookAtRecord(folder, closed.served, decision, open.codes)).toMatchObject({ kind: 'own', closed: true })
    expect(kept).not.toEqual(first)
  }, 60_000)

  test('not yet', async () => {
    const { served, codes } = story({ until: 'frozen' })
    expect(await lookAtRecord(folder, served, decision, codes)).toEqual({ kind: 'not yet' })
  })

  test.each([
    ['voting keys', (codes: Codes) => ({ ...codes, roll: `${codes.roll} ` }), 'voting keys'],
    ['bind list', (codes: Codes) => ({ ...codes, binds: `${codes.binds} ` }), 'bind list'],
  ])('another %s than its own, though the record holds', async (_, made, words) => {
    const { served, codes } = story({ until: 'open' })
    expect(await lookAtRecord(folder, served, decision, made(codes))).toMatchObject({
      kind: 'differs',
      why: expect.stringContaining(words) as string,
    })
    expect(kept).toBeNull()
  })

  test('its own lists under another’s key, or under none', async () => {
    for (const twist of [story({ until: 'open' }, newKey()), story({ until: 'open', registrar: () => 'separate' })])
      expect(await lookAtRecord(folder, twist.served, decision, twist.codes)).toMatchObject({
        kind: 'differs',
        why: expect.stringContaining('registrar-differs') as string,
      })
  })

  test('a record that does not hold, another decision, and what is no dossier', async () => {
    const { served, codes } = story({ until: 'open' })
    const text = new TextDecoder().decode(served)
    const broken = utf8(text.replace('\\"served\\":6', '\\"served\\":7'))
    expect(broken).not.toEqual(served)
    expect(await lookAtRecord(folder, broken, decision, codes)).toMatchObject({
      kind: 'differs',
      why: expect.stringContaining('does not hold') as string,
    })
    expect(await lookAtRecord(folder, served, decision + 1, codes)).toMatchObject({ kind: 'differs' })
    expect(await lookAtRecord(folder, utf8('{}'), decision, codes)).toMatchObject({ kind: 'differs' })
  })

  test('a later record that does not continue the one it saw, or has another key', async () => {
    const { served, codes } = story({ until: 'open' })
    await lookAtRecord(folder, served, decision, codes)
    const seen: Seen | null = kept
    const other = story({ until: 'closed', people: 7 })
    expect(await lookAtRecord(folder, other.served, decision, other.codes)).toMatchObject({
      kind: 'differs',
      why: expect.stringContaining('split-view') as string,
    })
    expect(kept).toBe(seen)
    kept = { logKey: 'lantern.example/record+00000000+AA', checkpoint: seen?.checkpoint ?? '' }
    expect(await lookAtRecord(folder, served, decision, codes)).toMatchObject({
      kind: 'differs',
      why: expect.stringContaining('another key') as string,
    })
  }, 60_000)
})
