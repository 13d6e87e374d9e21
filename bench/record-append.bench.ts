import { fastEd25519, packBallot, parseElection } from '@quorate/ballots'
import { assert, instant } from '@quorate/kernel'
import { leafHasher } from '@quorate/record'
import { createHash, randomBytes } from 'node:crypto'
import { append, logHead, type Draft } from '../app/src/lib/features/record/log.ts'
import { signHead } from '../app/src/lib/features/record/checkpoint.ts'
import { up as witnessTables } from '../app/src/lib/features/record/migrations/0009-witnesses.ts'
import { up as recordTables } from '../app/src/lib/features/record/migrations/0002-record.ts'
import { up as packedBallots } from '../app/src/lib/features/record/migrations/0014-packed-ballots.ts'
import { exactPages, unpackBallotsWith } from '../app/src/lib/features/record/packed-ballots.ts'
import { ballotThreads } from '../app/src/lib/platform/ballot-threads.ts'
import { openDatabase, openPool } from '../app/src/lib/platform/database.ts'
import { machineClock } from '../app/src/lib/platform/clock.ts'
import { sha256 } from '../app/src/lib/platform/sha256.ts'
import { migrate } from '../app/src/lib/platform/migrations.ts'
import '../app/src/lib/platform/tables.ts'
import type { Work } from '../app/src/lib/platform/feature.ts'
import type { Bench } from '../tools/measure.ts'
import { benchServer } from './embedded-postgres.ts'
import { sampleBallot } from './sample-ballot.ts'

/** How many entries a second stand durably on the record, by how many share one flush of the disk, through the application's own `append`. */
export default async function recordAppendBench(): Promise<Bench> {
  const server = await benchServer()
  const pool = openPool(server.url)
  const db = openDatabase(pool)
  const tables = await migrate(db, [
    { name: '0002-record.record', checksum: '', up: recordTables },
    { name: '0009-witnesses.record', checksum: '', up: witnessTables },
    { name: '0014-packed-ballots.record', checksum: '', up: packedBallots },
  ])
  if (tables.kind === 'fail') throw new Error(tables.error.kind)
  const clock = machineClock()
  // What signing reads of it.
  const work = {
    db,
    clock,
    settings: { dataFolder: server.folder, databaseUrl: server.url },
    movement: { slug: 'bench' },
  } as unknown as Work
  const role: Draft = {
    type: 'role',
    decision: null,
    body: {
      office: 'registrar',
      holder: createHash('sha256').update(randomBytes(32)).digest('hex'),
      change: 'granted',
      effectAt: instant(1_795_294_341_000),
    },
  }
  const { body, election: electionText } = sampleBallot()
  const election = parseElection(electionText, { wasm: fastEd25519 })
  const packed = election.kind === 'ok' ? packBallot(election.value, body.ballot) : null
  assert(packed !== null, 'the ballot is one of its election')
  const ballot: Draft = { type: 'ballot', decision: 12, body, packed }
  const threads = ballotThreads()
  unpackBallotsWith((_, kept) => threads.entries(electionText, kept))
  const write = async (draft: Draft, transactions: number, entries: number): Promise<void> => {
    const drafts = Array.from({ length: entries }, () => draft)
    for (let i = 0; i < transactions; i++)
      await db.transaction().execute(async (tx) => {
        const done = await append(tx, clock.now(), drafts)
        if (done.kind === 'fail') throw new Error(done.error.kind)
      })
  }
  await write(role, 1, 1)
  const box = (await logHead(db)).size
  await write(ballot, 10, 1000)
  await signHead(work)
  const leafHash = leafHasher(sha256)
  return {
    title: 'Appending to the record',
    about: `Entries that are on the disk when the call returns (PostgreSQL ${server.version}, its settings as delivered, one connection): checked against their schema, hashed into the tree, written with the new head, one flush a transaction. A short entry is a role of 250 bytes, a ballot is yes/no in Ed25519 and kept packed. Goal: 20,000 a second in batches. The signed rows read every new entry back from the table, hash it again and sign a checkpoint, as the server does; the last row is what a process does with every ballot before its first signature, unpacking in threads.`,
    cases: [
      { name: 'short entries, 1,000 a flush', operations: 4000, run: () => write(role, 4, 1000) },
      { name: 'short entries, 100 a flush', operations: 1000, run: () => write(role, 10, 100) },
      { name: 'short entries, 1 a flush', operations: 20, run: () => write(role, 20, 1) },
      // No more than a process remembers, so that the next signature need not unpack them.
      { name: 'ballots, 1,000 a flush', operations: 1000, run: () => write(ballot, 1, 1000) },
      {
        name: 'short entries, 1,000 a flush, and a checkpoint signed',
        operations: 1000,
        run: async () => {
          await write(role, 1, 1000)
          await signHead(work)
        },
      },
      {
        name: 'ballots read back and hashed again after a restart',
        operations: 8000,
        run: async () => {
          for await (const rows of exactPages(db, box, box + 8000)) for (const { bytes } of rows) leafHash(bytes)
        },
      },
    ],
    end: async () => {
      process.stdout.write(`${String((await logHead(db)).size)} entries written\n`)
      await threads.end()
      await db.destroy()
      await server.end()
    },
  }
}
