import { bindList, bindListText, bindSecretOf, credentialOf, issueCodes, parseVotingCode, publicRollText } from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { storeDocument } from '#lib/features/record/index.ts'
import { holdersOf, registrarOffice } from '#lib/features/membership/index.ts'
import { chunks, transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { openingHash } from './code-holders.ts'
import { engine } from './engine.ts'
import { openCode, sealCode } from './keys.ts'
import './tables.ts'

/** Why voting codes were not issued. */
export type IssueFault = 'no frozen roll' | 'issued already' | 'not the registrar' | 'another registrar'

/** What a sealed code is bound to, so that one cannot be put in another's place. */
const sealedAbout = (decision: number, personId: string): string => `quorate/voting-code/v1|${String(decision)}|${personId}`

/**
 * The registrar issues one voting code to everyone on the frozen roll: the sorted public roll and the bind list become documents, the codes
 * are sealed for mailing. In single-operator mode this happens on the server, which every page concerned says.
 */
export async function issueVotingCodes(work: Work, personId: string, decision: number): Promise<Result<number, IssueFault>> {
  const registrars = await holdersOf(work.db, registrarOffice, work.clock.now())
  if (!registrars.some((held) => held.personId === personId)) return fail('not the registrar')
  const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()
  if (election === undefined) return fail('no frozen roll')
  if (election.registrar_key !== null) return fail('another registrar')
  if (election.issued_at !== null) return fail('issued already')
  const lines = await work.db
    .selectFrom('roll_line')
    .select(['person_id', 'leaf'])
    .where('decision', '=', decision)
    .orderBy('leaf')
    .execute()
  const { uuid } = election
  const issue = issueCodes(engine(election.group_name), uuid, lines.length, work.random)
  const issued = lines.map(({ person_id, leaf }, i) => {
    const code = issue.codes[i]
    const key = issue.publicKeys[i]
    assert(code !== undefined && key !== undefined, 'there is one voting code for each line of the roll')
    return { person_id, leaf, code, key }
  })
  const binds = bindList(uuid, issued)
  return transaction(work.db, async (tx) => {
    const claimed = await tx
      .updateTable('election')
      .set({
        issued_at: work.clock.now(),
        credentials: await storeDocument(tx, publicRollText(issue.roll)),
        bind: await storeDocument(tx, bindListText(binds)),
      })
      .where('decision', '=', decision)
      .where('issued_at', 'is', null)
      .executeTakeFirst()
    if (claimed.numUpdatedRows === 0n) return fail('issued already')
    for (const chunk of chunks(issued))
      await tx
        .insertInto('sealed_code')
        .values(
          chunk.map((line) => ({
            decision,
            person_id: line.person_id,
            sealed: sealCode(work.settings, sealedAbout(decision, line.person_id), line.code),
            opening: openingHash(bindSecretOf(uuid, line.code)),
          })),
        )
        .execute()
    for (const chunk of chunks(binds))
      await tx
        .insertInto('voting_key')
        .values(chunk.map(({ key, bind }) => ({ decision, voting_key: key, bind })))
        .execute()
    return ok(issued.length)
  })
}

/** The sealed voting codes of a decision, opened for mailing: person to code. Empty once they are destroyed. */
export async function codesToMail({ db, settings }: Work, decision: number): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('sealed_code').select(['person_id', 'sealed']).where('decision', '=', decision).execute()
  return new Map(rows.map((row) => [row.person_id, openCode(settings, sealedAbout(decision, row.person_id), row.sealed)]))
}

/** One person's voting code, for sending it again and for telling whether it was used; null off the roll and once codes are destroyed. */
export async function codeOf({ db, settings }: Work, decision: number, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom('sealed_code')
    .select('sealed')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row === undefined ? null : openCode(settings, sealedAbout(decision, personId), row.sealed)
}

/** Destroys the sealed codes of a closed ballot: nobody can be sent, or found by, a code any more. */
export async function destroyCodes(db: Db, decision: number): Promise<void> {
  await db.deleteFrom('sealed_code').where('decision', '=', decision).execute()
}

/** Destroys the codes of ballots that never open, since their decision has ended before. Returns 1 when there were any. */
export async function forgetUnopened({ db }: Pick<Work, 'db'>): Promise<number> {
  const gone = await db
    .deleteFrom('sealed_code')
    .where('decision', 'in', (e) =>
      e
        .selectFrom('election')
        .innerJoin('decision', 'decision.id', 'election.decision')
        .select('election.decision')
        .where('decision.ended_at', 'is not', null)
        .where('election.tally', 'is', null),
    )
    .executeTakeFirst()
  return gone.numDeletedRows > 0n ? 1 : 0
}

/** The voting key a code stands for, to tell a member after the close whether theirs was used. Null when the text is no code. */
export function votingKeyOf(group: Parameters<typeof engine>[0], uuid: string, code: string): string | null {
  const parsed = parseVotingCode(code)
  return parsed.kind === 'ok' ? credentialOf(engine(group), uuid, parsed.value).publicKey : null
}
