import { setImmediate as breathe } from 'node:timers/promises'
import { fingerprintOf, type PackedEntry } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { exactEntry } from '#lib/platform/packed-entry.ts'
import { electionTextOf } from './box.ts'
import { ownThreads } from './cast-check.ts'
import { electionOf } from './engine.ts'

/** Fewer ballots are unpacked here, some 40 µs each, before a thread has been told of them. */
const worthThreads = 64
/** Ballots unpacked in one go where there is no thread, before others of the process have their turn. */
const inOneGo = 200

/** The texts of the elections of some decisions, as the record cites them; none where that text is gone or another. */
async function electionsOf(db: Db, decisions: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('election').select(['decision', 'election']).where('decision', 'in', decisions).execute()
  const elections = new Map<number, string>()
  for (const { decision, election: fingerprint } of rows) {
    const text = fingerprint === null ? null : await electionTextOf(db, fingerprint)
    // What was altered in the database is no election of ours, and may be no election at all.
    if (text !== null && fingerprintOf(text) === fingerprint) elections.set(decision, text)
  }
  return elections
}

/** Entries of one election with their ballots: many of them in threads, so that the server answers others meanwhile. */
async function exactOf(text: string, kept: readonly PackedEntry[]): Promise<readonly Buffer[]> {
  if (kept.length >= worthThreads)
    try {
      return await ownThreads().entries(text, kept)
    } catch {
      // Where no thread can be had, here.
    }
  const election = electionOf(text)
  const exact: Buffer[] = []
  for (const entry of kept) {
    exact.push(exactEntry(election, entry))
    if (exact.length % inOneGo === 0) await breathe()
  }
  return exact
}

/** How the record's ballots are unpacked: with the election each decision was set up with. */
export async function unpacked(db: Db, kept: readonly PackedEntry[]): Promise<readonly Buffer[]> {
  const elections = await electionsOf(db, [...new Set(kept.map(({ decision }) => decision))])
  const exact = new Map<PackedEntry, Buffer>()
  for (const [decision, text] of elections) {
    const own = kept.filter((entry) => entry.decision === decision)
    for (const [i, bytes] of (await exactOf(text, own)).entries()) {
      const entry = own[i]
      if (entry !== undefined) exact.set(entry, bytes)
    }
  }
  return kept.map((entry) => exact.get(entry) ?? entry.bytes)
}
