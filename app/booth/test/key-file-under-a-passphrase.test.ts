import { isLockedKeyFile, trusteeKeyFile } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { stepTrustee, type Table, type TrusteeNews, type TrusteeState } from '../src/trustee-state.ts'
import { trusteeDesk } from '../src/trustee-worker.ts'
import { openServer, testWorld } from './world.ts'

const { server, keys } = openServer()
const [own] = keys
assert(own !== undefined, 'three keys')

/** A trustee's desk on a device of its own, sat down. */
async function sit(keyFile: string | null = null) {
  const told: TrusteeNews[] = []
  const desk = trusteeDesk(testWorld(server, server.trusteeCookie(1)), (news) => told.push(news))
  await desk.take({ kind: 'sit', uuid: server.uuid, keyFile })
  const last = <K extends TrusteeNews['kind']>(kind: K) => {
    const news = told.findLast((each) => each.kind === kind)
    assert(news !== undefined, `the desk told ${kind}`)
    return news as Extract<TrusteeNews, { readonly kind: K }> // found by its kind
  }
  return { desk, told, last }
}

describe('a trustee’s key leaves the device only under a passphrase', () => {
  test('saved, then restored on a second device: the key fits', async () => {
    const first = await sit(trusteeKeyFile(own))
    const { suggestion } = first.last('table')
    await first.desk.take({ kind: 'lock-key', passphrase: suggestion })
    const { keyFile } = first.last('locked-key')
    assert(keyFile !== null, 'the suggestion is long enough')
    expect(isLockedKeyFile(keyFile)).toBe(true)
    expect(keyFile).not.toContain(own.seed)

    const second = await sit()
    expect(second.last('table').table.keyHere).toBe(false)
    await second.desk.take({ kind: 'load', keyFile, passphrase: `${suggestion} x` })
    expect(second.last('key').fault).toBe('wrong passphrase')
    await second.desk.take({ kind: 'load', keyFile, passphrase: null })
    expect(second.last('key').fault).toBe('wrong passphrase')
    await second.desk.take({ kind: 'load', keyFile: keyFile.slice(0, -9), passphrase: suggestion })
    expect(second.last('key').fault).toBe('broken')
    await second.desk.take({ kind: 'load', keyFile, passphrase: suggestion })
    expect(second.last('key').fault).toBeNull()
    expect(second.last('table').table.keyHere).toBe(true)
  }, 60_000)

  test('a short passphrase saves nothing, and the suggestion stands still', async () => {
    const { desk, last } = await sit(trusteeKeyFile(own))
    const { suggestion } = last('table')
    await desk.take({ kind: 'lock-key', passphrase: 'short' })
    expect(last('locked-key').keyFile).toBeNull()
    await desk.take({ kind: 'look' })
    expect(last('table').suggestion).toBe(suggestion)
  })

  test('an older file without a passphrase is still read', async () => {
    const { desk, last } = await sit()
    await desk.take({ kind: 'load', keyFile: trusteeKeyFile(own), passphrase: null })
    expect(last('key').fault).toBeNull()
  })

  test('the page asks for the passphrase of a locked file, and says when one is too short', () => {
    const table = { stage: 'ready' } as Table // the other fields play no part here
    const at: TrusteeState = { kind: 'table', table, saved: false, loaded: null, short: false }
    expect(stepTrustee(at, { kind: 'key-locked' }).state).toMatchObject({ loaded: 'locked' })
    const short = stepTrustee(at, { kind: 'locked-key', keyFile: null }).state
    expect(short).toMatchObject({ short: true, saved: false })
    expect(stepTrustee(short, { kind: 'table', table, keyFile: null, suggestion: '' }).state).toMatchObject({ short: true })
    expect(stepTrustee(short, { kind: 'locked-key', keyFile: 'x' }).state).toMatchObject({ short: false, saved: true })
  })
})
