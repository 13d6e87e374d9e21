import { ballotCodeOf, checkBallot, fastEd25519, makeCastStatement, noPreviousTracker } from '@quorate/ballots'
import { instant, type Json } from '@quorate/kernel'
import { entryOf, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import { beforeAll, describe, expect, test } from 'vitest'
import { withValue } from '../testing/log.ts'
import { decision, dossierFor, nodeModExp, wholeDecision, type World } from '../testing/whole-decision.ts'
import { ballotsOfOneCode } from '../../ballots/testing/ballots-of-one-code.ts'
import { fillBox } from './ballots.ts'
import type { Logged } from './check.ts'
import { dossierText, verify, type CheckName, type FaultCode } from './index.ts'

/**
 * Dossiers with one thing wrong in the ballot itself, the rest as it would be if that were right and signed by the log's own key: each must
 * fail at its own check, with its own code, at its own entry.
 */
let world: World
let entries: readonly Entry[]
beforeAll(() => {
  world = wholeDecision('Ed25519')
  entries = world.log.entries
})

type Named = readonly [CheckName | undefined, FaultCode | undefined, number | null | undefined]
const faultOf = ({ log }: Pick<World, 'log'>, own: readonly Entry[] = log.entries): Named => {
  const dossier = dossierFor({ entries: [...own], documents: log.documents })
  const { fault } = verify(dossierText(dossier), { modexp: nodeModExp, wasm: fastEd25519 })
  return [fault?.check, fault?.code, fault?.entry]
}
const placesOf = (type: EntryType, of: readonly Entry[] = entries): readonly number[] =>
  of.flatMap((e, i) => (e.type === type && e.decision === decision ? [i] : []))
const placeOf = (type: EntryType, of: readonly Entry[] = entries): number => placesOf(type, of)[0] ?? -1
const changed = (index: number, path: string, value: Json): readonly Entry[] =>
  entries.with(
    index,
    withValue(entries[index] as Entry, path, () => value),
  )

type Wrong = { readonly what: string; readonly make: () => readonly [readonly Entry[], Named] }
const table: readonly Wrong[] = [
  {
    what: 'the set-up names another group than the election',
    make: () => [changed(placeOf('setup'), '/body/group', 'BELENIOS-2048'), ['setup', 'election-invalid', placeOf('setup')]],
  },
  {
    what: 'a result without one opening',
    make: () => {
      const [first = -1] = placesOf('opening')
      return [entries.toSpliced(first, 2), ['setup', 'election-out-of-order', first]]
    },
  },
  {
    what: 'the box closed with more weight than its votes have',
    make: () => [changed(placeOf('box-closed'), '/body/weight', 6), ['tally', 'tally-differs', placeOf('box-closed')]],
  },
  {
    what: 'a result that needed an opening which came after it',
    make: () => {
      const [, second = -1] = placesOf('opening')
      const result = placeOf('result')
      const own = entries.toSpliced(second, 1).toSpliced(result, 0, entries[second] as Entry)
      return [own, ['result', 'too-few-openings', result - 1]]
    },
  },
]

describe('one thing wrong in a ballot', { timeout: 60_000 }, () => {
  test('and nothing else: as it was, it holds', () => {
    expect(faultOf(world)).toEqual([undefined, undefined, undefined])
  })

  test.each(table)('$what', ({ make }) => {
    const [own, named] = make()
    expect(faultOf(world, own)).toEqual(named)
  })

  test('an election under a key of the operator’s own, and every ballot true to it', () => {
    const own = wholeDecision('Ed25519', { until: 'voted', publicKey: ({ multiplyBaseSecret }) => multiplyBaseSecret(4242n) })
    expect(faultOf(own)).toEqual(['setup', 'election-invalid', placeOf('setup', own.log.entries)])
    // The trustees' own, told the same way, holds as far as it has come.
    expect(faultOf(wholeDecision('Ed25519', { until: 'voted' }))).toEqual([undefined, undefined, undefined])
  })

  test('two ballots of one code, each with all its proofs', () => {
    const { demo, first, second } = ballotsOfOneCode()
    const { election, trustees, roll } = demo
    const logged = (index: number, text: string, previous: string): Logged<'ballot'> => {
      const checked = checkBallot(election, roll, text)
      if (checked.kind === 'fail') throw new Error(JSON.stringify(checked.error))
      const { credential, digest } = checked.value
      const claim = { electionHash: election.fingerprint, credential, digest, previous }
      const statement = makeCastStatement(election.engine, demo.voters[0] ?? 0n, claim)
      const body: BodyOf<'ballot'> = { ballot: text, cast: statement, code: ballotCodeOf(digest) }
      return { index, entry: entryOf('ballot', instant(1), decision, body), body }
    }
    const filled = (...ballots: readonly Logged<'ballot'>[]) =>
      fillBox({ election, trustees, roll }, ballots, { departures: [], tested: [] }, () => undefined, {}).fault
    const one = logged(5, first.text, noPreviousTracker)
    expect(filled(one, logged(7, second.text, first.tracker))).toMatchObject({
      code: 'ballot-code-differs',
      entry: 7,
      expected: 'a code no other ballot has',
      found: 'that of entry 5',
    })
    expect(filled(one)).toBeNull()
    expect(filled(logged(5, second.text, noPreviousTracker))).toBeNull()
  })
})
