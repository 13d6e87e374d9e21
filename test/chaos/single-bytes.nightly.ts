import { utf8 } from '@quorate/kernel'
import { appendFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dossierFor, nodeModExp, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import { dossierText, verify } from '@quorate/verifier'

const voters = 1000
const changes = Number(process.env['QUORATE_BYTE_CHANGES'] ?? 100_000)

/** A small generator with a state of 32 bits, so that a run can be repeated. Source: G. Marsaglia, Xorshift RNGs, 2003. */
function dice(seed: number): (below: number) => number {
  let x = seed
  return (below) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
}

test(`${String(changes)} random single-byte changes of a dossier of ${String(voters)} voters: none accepted, none crashes`, () => {
  const world = wholeDecision('Ed25519', { people: voters })
  const source = dossierText(dossierFor(world.log))
  const options = { modexp: nodeModExp }
  expect(verify(source, options).verdict).toBe('holds')
  const bytes = utf8(source)
  const roll = dice(1_795_294_341)
  const times: number[] = []
  for (let i = 0; i < changes; i++) {
    const at = roll(bytes.length)
    const changed = bytes.with(at, ((bytes[at] ?? 0) + 1 + roll(255)) & 255)
    const started = performance.now()
    const { verdict, fault } = verify(changed, options)
    times.push(performance.now() - started)
    expect([at, verdict, fault === null]).toEqual([at, 'fails', false])
  }
  const sorted = times.toSorted((a, b) => a - b)
  const ms = (share: number): string => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)} ms`
  const note = `${String(changes)} single-byte changes of a dossier of ${String(voters)} voters (${(bytes.length / 1e6).toFixed(1)} MB), 0 accepted: median ${ms(0.5)}, 95% within ${ms(0.95)}, slowest ${ms(1)}.`
  const notes = process.env['QUORATE_NOTES']
  if (notes !== undefined) appendFileSync(notes, `${note}\n`)
}, 14_400_000)
