import type { Feature } from '#lib/platform/feature.ts'
import { signHead } from './checkpoint.ts'
import { collectCosignatures } from './cosignatures.ts'
import { appendOwn } from './log.ts'
import { messages } from './messages.ts'
import { movementMessages } from './movement-messages.ts'
import { sealOf } from './seal.ts'

export { officesOfEveryMovement } from '@quorate/record'
export { bodyOf as bodyOfEntry } from '@quorate/record'
export type { Draft, Placed, Selection } from './log.ts'
export { append, appendOwn, documentOf, entries, fingerprintOf, lockLog, logHead, storeDocument } from './log.ts'
export type { SignedHead } from './checkpoint.ts'
export { latestCheckpoint, logKey, logSigner, RecordDamaged, signHead } from './checkpoint.ts'
export type { WitnessState } from './cosignatures.ts'
export { collectCosignatures, publishedCheckpoint, witnessStates } from './cosignatures.ts'
export { dossierFor } from './dossier.ts'
export type { PackedEntry } from './packed-ballots.ts'
export { unpackBallotsWith } from './packed-ballots.ts'
export type { RecordStretch, RecordTerms } from './evidence.ts'
export { recordStretch, recordTerms } from './evidence.ts'
export { consistencyOf, receiptOf, tileAt } from './tiles.ts'
export type { EntryView } from './entry-view.ts'
export type { EntryVoice } from './entry-voice.ts'
export { actSentence, citedBy, entryKinds, entryView, entryViews, eventSentence } from './entry-view.ts'
export type { RecordHealth, WitnessHealth } from './health.ts'
export { recordHealth } from './health.ts'
export { searchOf } from './search.ts'
export { messages as recordMessages } from './messages.ts'

/** Version of the software as the record states it; the lockfile holds one version for all. */
const software = '0.1.0'

export const feature: Feature = {
  name: 'record',
  messages: { en: { ...messages.en, ...movementMessages.en }, cy: { ...messages.cy, ...movementMessages.cy } },
  seal: sealOf,
  sweeps: [
    {
      name: 'record.sign',
      run: async (work) => {
        const before = await work.db
          .selectFrom('record_checkpoint')
          .select((e) => e.fn.max('size').as('size'))
          .executeTakeFirst()
        const head = await signHead(work)
        return head !== null && head.size !== (before?.size ?? null) ? 1 : 0
      },
      nextDue: () => Promise.resolve(null),
    },
    { name: 'record.witness', run: collectCosignatures, nextDue: () => Promise.resolve(null) },
  ],
  seed: {
    after: [],
    run: async (work, tx) => {
      await appendOwn(tx, work.clock.now(), [
        {
          type: 'opened',
          decision: null,
          body: {
            format: 'quorate/record/v1',
            origin: `${work.movement.slug}/record`,
            movement: work.movement.slug,
            software,
            demonstration: work.movement.demo,
            singleOperator: true,
          },
        },
      ])
    },
  },
  clockMoved: async (_work, tx, from, to) => {
    await appendOwn(tx, to, [{ type: 'demo-clock', decision: null, body: { from, to } }])
  },
}
