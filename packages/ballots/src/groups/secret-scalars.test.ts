import { describe, expect, it } from 'vitest'

import { fastEd25519 } from './ed25519-wasm.ts'
import { castBy, demoElection, good, randomFrom, ranked, withBlank, yesNo } from '../../testing/demo-election.ts'
import { moduleSource } from '../../testing/module-source.ts'
import { lockBallot } from '../voting/ballot.ts'
import { makeCastStatement, noPreviousTracker } from '../voting/cast-statement.ts'
import { openTally } from '../opening/decryption.ts'
import type { Election } from '../election.ts'
import { issueCodes } from '../voting/credential.ts'
import { shufflePapers } from '../shuffle/shuffle.ts'
import { encryptedTally, listCiphertexts } from '../opening/tally.ts'

/*
 * A voter's choices and randomness, credentials, shares and a mixer's order never come to a function whose time depends on a scalar: the
 * engine's `multiply`, `sumOfProducts` and `bulk` are for verifiers. Here they are absent, and everything secret is done all the same.
 */

describe.each([false, true])('without variable-time products (in WebAssembly: %s)', (wasm) => {
  const demo = demoElection({
    group: 'Ed25519',
    questions: [yesNo, withBlank, ranked],
    voters: 2,
    holders: { size: 3, threshold: 2 },
    wasm: wasm ? fastEd25519 : undefined,
  })
  const forbidden = (): never => {
    throw new Error('a secret came to variable-time code')
  }
  const { bulk: _, ...engine } = demo.election.engine
  const guarded: Election = { ...demo.election, engine: { ...engine, multiply: forbidden, sumOfProducts: forbidden } }
  const cast = castBy(demo, 0, [
    [1, 0],
    [0, 1, 1, 0],
    [1, 2, 0, 0],
  ])

  it('ballots are locked and signed', () => {
    const locked = good(
      lockBallot(
        guarded,
        [
          [1, 0],
          [0, 1, 1, 0],
          [1, 2, 0, 0],
        ],
        demo.voters[0] ?? 0n,
        randomFrom('ballot 0 '),
      ),
    )
    expect(locked.text).toBe(cast.text)
  })
  it('cast statements and codes are made', () => {
    const claim = {
      electionHash: guarded.fingerprint,
      credential: cast.credential,
      digest: cast.digest,
      previous: noPreviousTracker,
    }
    expect(makeCastStatement(guarded.engine, demo.voters[0] ?? 0n, claim).previous).toBe(noPreviousTracker)
    expect(issueCodes(guarded.engine, 'QuorateTest4242', 2, randomFrom('codes')).roll.length).toBe(2)
  })
  it('papers are shuffled and tallies opened', () => {
    const tally = encryptedTally(demo.election, [cast])
    expect(shufflePapers(guarded, listCiphertexts(guarded, tally.ciphertexts), randomFrom('mixer')).rows.length).toBe(1)
    expect(openTally(guarded, tally, demo.secrets[0] ?? 0n)).toBe(openTally(demo.election, tally, demo.secrets[0] ?? 0n))
  })
})

it('the constant-time functions of the module take no branch and no address from a scalar', () => {
  const source = moduleSource()
  const bodyOf = (name: string): string => new RegExp(`function ${name}\\([^]*?\\n\\}`).exec(source)?.[0] ?? ''
  const products = [
    'ct_choose',
    'ct_pick',
    'ct_recode',
    'ct_half',
    'ct_fixed',
    'ct_both',
    'ct_multiply',
    'ct_encrypt',
    'ct_commit',
  ]
  const scalars = ['ct_lower', 'ct_product', 'ct_sum', 'ct_difference', 'ct_times', 'ct_turn', 'ct_scalars', 'ct_respond']
  for (const name of [...products, ...scalars]) {
    const body = bodyOf(name)
    expect(body.length, name).toBeGreaterThan(100)
    // The only condition is on the number of the window; loops have fixed bounds.
    const conditions = [...body.matchAll(/\bif \((.*?)\)/g)].map(([, condition]) => condition)
    expect(conditions, name).toEqual(name === 'ct_multiply' ? ['w < 63'] : [])
    expect(body).not.toMatch(/vt_|\?|while|\bdigit\b[^,\n]*\* POINT/)
  }
})
