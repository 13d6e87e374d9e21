import { checkedFile, parseCodesFile, type CheckedFileFault } from '@quorate/ballots'
import { fail, type Result } from '@quorate/kernel'
import { personsById } from '#lib/features/membership/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { officerName } from './ballot-mail.ts'
import { closingOf } from './box.ts'
import { recordedBallots } from './encrypted-sum.ts'
import { takeCodes, type CodesFault } from './separate-registrar.ts'
import type { ElectionTable } from './tables.ts'
import { standingOf, type TitledElection } from './view.ts'

/**
 * What a registrar who works with a program on a disk needs of one election, as a file; null where no registrar apart makes its codes. The lines of the roll
 * open its leaves by membership number, while codes are to be made: no name and no address goes out, for the registrar has a list of their own. After voting it
 * says which public keys cast a ballot, as the public box does.
 */
export async function registrarTask(work: Work, election: TitledElection): Promise<string | null> {
  const { db, movement, settings, clock } = work
  const { decision, uuid, title, group_name: group, electorate, roll_size: size, roll_root: root, registrar_key } = election
  if (registrar_key === null) return null
  const now = clock.now()
  const standing = await standingOf(db, election, now)
  const closed = standing.state === 'closed' || standing.state === 'counted'
  const state = election.issued_at === null ? 'to-issue' : closed ? 'closed' : standing.state === 'open' ? 'open' : 'issued'
  return checkedFile('quorate/registrar-task/v1', {
    uuid,
    at: now,
    address: settings.publicAddress,
    zone: String(movement.zone),
    title,
    decision,
    group,
    electorate,
    size,
    root,
    officer: await officerName(work),
    registrar: registrar_key,
    state,
    closesAt: await closingOf(db, decision),
    fingerprint: election.phi,
    lines: state === 'to-issue' ? await linesOf(work, decision) : [],
    used: state === 'closed' ? await keysThatVoted(work, decision) : null,
  })
}

async function linesOf({ db }: Work, decision: number) {
  const rows = await db.selectFrom('roll_line').selectAll().where('decision', '=', decision).orderBy('leaf').execute()
  const persons = await personsById(
    db,
    rows.map((row) => row.person_id),
  )
  return rows.flatMap(({ person_id, leaf, salt }) => {
    const person = persons.get(person_id)
    return person === undefined ? [] : [{ leaf, salt: salt.toString('hex'), member: person.membershipNumber }]
  })
}

async function keysThatVoted({ db }: Work, decision: number): Promise<readonly string[]> {
  const ballots = await recordedBallots(db, decision)
  // Ballots on the record were read strictly when they were cast.
  return [...new Set(ballots.map(({ text }) => (JSON.parse(text) as { readonly credential: string }).credential))].sort()
}

/** Why a file of codes was not taken. Nothing was written. */
export type CodesFileFault = CodesFault | CheckedFileFault | 'not signed by this registrar' | 'other ballot'

/** Takes the file that a registrar's program wrote, by the same door as the registrar's process: its signature stands for that of a request. */
export async function takeCodesFile(work: Work, election: ElectionTable, text: string): Promise<Result<number, CodesFileFault>> {
  const key = election.registrar_key
  if (key === null) return fail('not yours')
  const read = parseCodesFile(text, Buffer.from(key, 'base64url').toString('hex'))
  if (read.kind === 'fail') return read
  const { uuid, roll, binds } = read.value
  const signature = Buffer.from(read.value.signature, 'hex').toString('base64')
  return uuid === election.uuid ? takeCodes(work, key, election, { roll, binds, signature }) : fail('other ballot')
}
