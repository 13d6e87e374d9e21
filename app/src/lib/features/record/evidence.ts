import { assert, fromUtf8, toHex } from '@quorate/kernel'
import { verifierKeyText, type EntryType } from '@quorate/record'
import type { Work } from '#lib/platform/feature.ts'
import { latestCheckpoint, logKey, signHead } from './checkpoint.ts'
import { publishedCheckpoint, quorumInForce, witnessPeers } from './cosignatures.ts'
import { exactRows, storedColumns } from './packed-ballots.ts'
import { frontierOfFirst } from './tiles.ts'
import './tables.ts'

/** A signed state of the record and whose signatures it is to be judged by, keys as text. */
export type RecordTerms = {
  readonly log: string
  readonly witnesses: readonly string[]
  readonly quorum: number
  readonly checkpoint: string
}

const judgedBy = async (work: Work): Promise<Omit<RecordTerms, 'checkpoint'>> => ({
  log: logKey(work),
  witnesses: witnessPeers(work).map(({ key }) => verifierKeyText(key)),
  quorum: await quorumInForce(work.db),
})

/** The record as it stands now, signed by the log alone: what somebody begins with who will ask for more later. Null before the first entry. */
export async function recordTerms(work: Work): Promise<RecordTerms | null> {
  const head = await signHead(work).catch(() => latestCheckpoint(work.db))
  return head === null ? null : { ...(await judgedBy(work)), checkpoint: head.note }
}

/** A stretch of the record: the tree before it in hex, its entries as JSON, and the signed state they lead to. */
export type RecordStretch = RecordTerms & {
  readonly from: number
  readonly peaks: readonly string[]
  readonly entries: readonly unknown[]
}

/**
 * All entries from `from` up to the newest published state, but those of one type of one decision, which the reader has already. Whoever knows the
 * record before `from` sees that nothing was left out. Null where no state after `from` is published.
 */
export async function recordStretch(
  work: Work,
  from: number,
  but: { readonly type: EntryType; readonly decision: number },
): Promise<RecordStretch | null> {
  await signHead(work).catch(() => null)
  const head = await publishedCheckpoint(work)
  if (head === null || head.size < from) return null
  const rows = await work.db
    .selectFrom('record_entry')
    .select(storedColumns)
    .where('position', '>=', from)
    .where('position', '<', head.size)
    .where((e) => e.or([e('type', '!=', but.type), e('decision', 'is', null), e('decision', '!=', but.decision)]))
    .orderBy('position')
    .execute()
  const entries = (await exactRows(work.db, rows)).map(({ bytes }): unknown => {
    const text = fromUtf8(bytes)
    assert(text.kind === 'ok', 'an entry of the record is text')
    return JSON.parse(text.value)
  })
  const { peaks } = await frontierOfFirst(work, from)
  return { ...(await judgedBy(work)), checkpoint: head.note, from, peaks: peaks.map((peak) => toHex(peak)), entries }
}
