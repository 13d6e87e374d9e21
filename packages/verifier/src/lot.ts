import {
  openingsBeacon,
  openingsOutput,
  type Election,
  type Element,
  type EncryptedTally,
  type OwnedOpening,
  type Trustees,
} from '@quorate/ballots'
import { lotSeed } from '@quorate/counting'
import { fromHex, toHex } from '@quorate/kernel'
import type { BallotAsked } from '@quorate/rulebook'
import { orderFrom } from './counted-papers.ts'
import type { ReplayedAct } from './replay.ts'
import { faultOf, type Fault } from './verdict.ts'

/** What the lot of an election is drawn from: the election, its frozen roll, what was opened, and the openings themselves. */
export type LotGround = {
  readonly election: Election
  readonly trustees: Trustees<Element>
  /** Root of the frozen roll, 64 hex digits. */
  readonly rollRoot: string
  readonly tally: EncryptedTally
  /** hex SHA-256 of the last shuffle; null where nothing was shuffled. */
  readonly lastShuffleHash: string | null
  /** Checked openings, a quorum of them or more. */
  readonly openings: readonly OwnedOpening[]
}

/**
 * The seed of an election's one lot, 64 hex digits: `quorate/lot/v1` over φ, the roll's root, the hash of what was opened, and the openings as the source of
 * chance. Null where they are too few or the roll's root is none. Source: COUNTING §5, with the trustees in the place of tellers who commit and
 * reveal: their keys are the commitment.
 */
export function lotOfOpenings({ election, trustees, rollRoot, tally, lastShuffleHash, openings }: LotGround): string | null {
  const output = openingsOutput(election, trustees, tally, openings)
  const roll = fromHex(rollRoot)
  const ballotSet = fromHex(lastShuffleHash ?? tally.hash)
  if (output.kind === 'fail' || roll.kind === 'fail' || ballotSet.kind === 'fail') return null
  return toHex(
    lotSeed({
      contest: election.fingerprint,
      roll: roll.value,
      ballotSet: ballotSet.value,
      beacon: openingsBeacon,
      round: 0,
      output: output.value,
    }),
  )
}

/** The order that a seed of 64 hex digits gives to so many; null for any other text. */
export function orderOfLot(seed: unknown, many: number): readonly number[] | null {
  const bytes = typeof seed === 'string' ? fromHex(seed) : null
  return bytes?.kind === 'ok' && bytes.value.length === 32 ? orderFrom(bytes.value, many) : null
}

/** Of a level vote of yes and no: whether the lot carries it. The first of the two answers in its order does. */
export const lotCarries = (seed: string): boolean => orderOfLot(seed, 2)?.[0] === 0

/** Methods that are law somewhere, and whose own text leaves what is level at the last to a lot, whatever else a rulebook says of ties. */
const lotByMethod: ReadonlySet<string> = new Set(['scottish-stv', 'reference-meek', 'ers97', 'nz-meek'])

/** Whether equals in a count are told apart by lot: by the method itself, or by the rule's `tie`. */
export const leavesToLot = ({ stage }: BallotAsked): boolean => lotByMethod.has(stage.method) || stage.tie === 'lot in public'

/**
 * The lot by which a result was declared, against the one that the openings give. Whatever its source is said to be: where there are openings, a lot drawn
 * otherwise would be the choice of whoever runs the box.
 */
export function lotFault(acts: readonly ReplayedAct[], ground: LotGround): Fault | null {
  for (const { index, recorded } of acts) {
    if (recorded.act.kind !== 'declare') continue
    for (const { name, value } of recorded.facts) {
      if (name !== 'lot') continue
      const drawn = lotOfOpenings(ground)
      const is = drawn === null ? 'none' : typeof value === 'boolean' ? lotCarries(drawn) : drawn
      if (is !== value) return faultOf('lot-differs', { entry: index, expected: String(is), found: JSON.stringify(value) })
    }
  }
  return null
}
