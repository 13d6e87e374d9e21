import { instant, instantText } from '@quorate/kernel'
import type { RecordHealth } from '#lib/features/record/index.ts'

const at = (ms: number | null): string | null => (ms === null ? null : instantText(instant(ms)))

/** How the record stands, as data. */
export const healthData = ({ entries, signed, published, quorum, witnesses, checkpoints, alarm }: RecordHealth) => ({
  alarm,
  entries,
  signed: signed === null ? null : { size: signed.size, at: at(signed.signedAt) },
  published: published === null ? null : { size: published.size, at: at(published.signedAt), checkpoint: published.note },
  quorum,
  witnesses: witnesses.map(({ cosignedAt, since, ...witness }) => ({ ...witness, cosignedAt: at(cosignedAt), since: at(since) })),
  checkpoints: checkpoints.map(({ signedAt, ...checkpoint }) => ({ ...checkpoint, signedAt: at(signedAt) })),
})
