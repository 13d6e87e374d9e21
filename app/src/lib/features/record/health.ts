import type { Work } from '#lib/platform/feature.ts'
import { latestCheckpoint, type SignedHead } from './checkpoint.ts'
import { publishedCheckpoint, quorumInForce, witnessStates, type WitnessState } from './cosignatures.ts'
import { logHead } from './log.ts'
import './tables.ts'

/**
 * How a witness is. `well`: it has cosigned the newest checkpoint. `behind`: it has not yet, but answers. `silent`: it does not answer.
 * `contradicts` is the alarm: what we show it does not continue what it has signed, so somebody was shown another record. `never`: it has not
 * signed anything.
 */
export type WitnessHealth = {
  readonly name: string
  readonly state: 'well' | 'behind' | 'silent' | 'contradicts' | 'never'
  /** Entries it has cosigned, and how many of the newest signed checkpoint it has not. */
  readonly size: number
  readonly lag: number
  /** When it last cosigned, and since when it does not, by the machine's clock. */
  readonly cosignedAt: number | null
  readonly since: number | null
}

/** How the record stands: what is written, signed, and published with enough witnesses, and each witness. */
export type RecordHealth = {
  readonly entries: number
  readonly signed: SignedHead | null
  readonly published: SignedHead | null
  /** Witnesses that the rulebook in force asks for. */
  readonly quorum: number
  readonly witnesses: readonly WitnessHealth[]
  /** The latest checkpoints, newest first, with the witnesses that cosigned each. */
  readonly checkpoints: readonly { readonly size: number; readonly signedAt: number; readonly by: readonly string[] }[]
  /** A witness contradicts us. */
  readonly alarm: boolean
}

/** What a fault that was noted means. 409 and 422: its history is another; `ahead`: it has signed more than we have. */
const contradicts = (fault: string): boolean => /"kind":"ahead"|"status":(?:409|422)/.test(fault)

function healthOf({ name, size, answeredAt, since, fault }: WitnessState, signed: number): WitnessHealth {
  const lag = Math.max(0, signed - size)
  const state =
    fault !== null && contradicts(fault)
      ? 'contradicts'
      : fault !== null
        ? 'silent'
        : answeredAt === null
          ? 'never'
          : lag > 0
            ? 'behind'
            : 'well'
  return { name, state, size, lag, cosignedAt: answeredAt, since }
}

const checkpointsShown = 20

/** How the record stands. */
export async function recordHealth(work: Work): Promise<RecordHealth> {
  const { db } = work
  const [head, signed, published, quorum, states, rows] = await Promise.all([
    logHead(db),
    latestCheckpoint(db),
    publishedCheckpoint(work),
    quorumInForce(db),
    witnessStates(work),
    db.selectFrom('record_checkpoint').select(['size', 'signed_at']).orderBy('size', 'desc').limit(checkpointsShown).execute(),
  ])
  const cosigned = await db
    .selectFrom('record_cosignature')
    .select(['size', 'witness'])
    .where('size', '>=', rows.at(-1)?.size ?? 0)
    .orderBy('witness')
    .execute()
  const witnesses = states.map((state) => healthOf(state, signed?.size ?? 0))
  return {
    entries: head.size,
    signed,
    published,
    quorum,
    witnesses,
    checkpoints: rows.map(({ size, signed_at }) => ({
      size,
      signedAt: signed_at,
      by: cosigned.filter((line) => line.size === size).map(({ witness }) => witness),
    })),
    alarm: witnesses.some(({ state }) => state === 'contradicts'),
  }
}
