import { electionByUuid, type ElectionTable } from '#lib/features/elections/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { problem, problemTitle, type ProblemStatus } from '#lib/platform/problem.ts'

/** A refusal of this API: RFC 9457 with a `code` from the closed list of docs/spec/http.md. */
export const refused = (status: ProblemStatus, code: string, more: Readonly<Record<string, unknown>> = {}): Response =>
  problem({ status, title: problemTitle(status), code, ...more })

/** The election an address names, or the answer that there is none. */
export async function electionAt(db: Db, uuid: string): Promise<ElectionTable | Response> {
  const election = /^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid) ? await electionByUuid(db, uuid) : null
  return election ?? refused(404, 'no-such-election')
}
