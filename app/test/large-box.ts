import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { bindList, bindSecretOf, engineOf, fastEd25519, issueCodes, publicRollText } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { openingHash } from '#lib/features/elections/code-holders.ts'
import { documentOf, fingerprintOf, storeDocument } from '#lib/features/record/index.ts'
import { chunks, transaction } from '#lib/platform/database.ts'
import { openSession } from '#lib/platform/sessions.ts'
import type { Settings } from '#lib/platform/settings.ts'
import { apiFetch } from './api-fetch.ts'
import { lanternAt } from './lantern-at.ts'
import { openElection } from './on-the-way.ts'

/** A voter of a large box: the code that came by mail, and the cookie of a browser that is signed in. */
type LargeBoxVoter = { readonly code: string; readonly cookie: string }

/** An open yes/no ballot. `election`: its text. */
export type LargeBox = { readonly uuid: string; readonly election: string; readonly voters: readonly LargeBoxVoter[] }

/**
 * Brings the demonstration to an open ballot as people would, then gives it a roll of so many members, each with a key and signed in. The
 * notices and letters of these members are left out, and the root on the record is still that of the smaller roll.
 */
export async function openLargeBox(settings: Settings, members: number): Promise<LargeBox> {
  const lantern = await lanternAt(settings, true)
  // The trustees' own client, against the real routes: only the socket is left out.
  const { fetch } = globalThis
  globalThis.fetch = apiFetch(lantern)
  try {
    const { decision, uuid, election: fingerprint } = await openElection(lantern)
    const { db, machine, random } = await lantern.work()
    const issue = issueCodes(engineOf('Ed25519', { wasm: fastEd25519 }), uuid, members, random)
    const ids = issue.codes.map(() => randomUUID())
    const lines = issue.codes.map((code, i) => ({ code, key: issue.publicKeys[i] ?? '', leaf: fingerprintOf(ids[i] ?? '') }))
    const voters = await transaction(db, async (tx) => {
      await sql`insert into person (id, membership_number, given_name, family_name, email, born_on, joined_on, class, group_id)
        select voter.id, 1000000 + n, 'Voter', n::text, 'voter' || n || '@lantern.example', born_on, joined_on, class, group_id
        from (select * from person limit 1) as one, unnest(${ids}::uuid[]) with ordinality as voter (id, n)`.execute(tx)
      await sql`insert into roll_line (decision, person_id, salt, leaf)
        select ${decision}, id, ''::bytea, leaf from unnest(${ids}::uuid[], ${lines.map(({ leaf }) => leaf)}::text[]) as line (id, leaf)`.execute(
        tx,
      )
      for (const some of chunks(bindList(uuid, lines)))
        await tx
          .insertInto('voting_key')
          .values(some.map(({ key, bind }) => ({ decision, voting_key: key, bind })))
          .execute()
      // The code alone votes: the server knows whom it was made for. Nobody asks for these codes again.
      const held = issue.codes.map((code, i) => ({ person_id: ids[i] ?? '', opening: openingHash(bindSecretOf(uuid, code)) }))
      for (const some of chunks(held))
        await tx
          .insertInto('sealed_code')
          .values(some.map((own) => ({ decision, sealed: Buffer.alloc(0), ...own })))
          .execute()
      const credentials = await storeDocument(tx, publicRollText(issue.roll))
      await tx.updateTable('election').set({ credentials, roll_size: members }).where('decision', '=', decision).execute()
      const signedIn: LargeBoxVoter[] = []
      for (const [i, code] of issue.codes.entries())
        signedIn.push({ code, cookie: await openSession({ db: tx, machine, random }, ids[i] ?? '') })
      return signedIn
    })
    const election = await documentOf(db, fingerprint ?? '')
    assert(election !== null, 'the election is set up')
    return { uuid, election, voters }
  } finally {
    globalThis.fetch = fetch
    await lantern.close()
  }
}
