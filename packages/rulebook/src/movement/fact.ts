import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Fingerprint, Pseudonym } from '../terms.ts'
import { withDeadline, withoutDeadline, type Agenda } from './agenda.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/** A thing only people can know, as somebody answerable has stated it. Its last statement counts; earlier ones stay on the record. */
export type Statement = {
  readonly fact: string
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly by: Pseudonym | 'rule'
  readonly evidence: Fingerprint
  readonly at: Instant
  readonly expiresAt: Instant | null
  /** Until when it can be challenged; null: it cannot. */
  readonly challengeUntil: Instant | null
  readonly challenge: {
    readonly by: Pseudonym | 'rule'
    readonly at: Instant
    readonly answerBy: Instant
    readonly timeout: 'stands' | 'falls'
  } | null
  /** `fell`: a challenge was upheld. `expired`: time took it. */
  readonly state: 'stands' | 'fell' | 'expired'
}
/** The last statement of each fact. */
export type Statements = { readonly byFact: Table<Statement>; readonly agenda: Agenda }

/** Before anything was stated. */
export const noStatements: Statements = { byFact: emptyTable, agenda: emptyTable }

/** What may be done about facts. */
export type FactAct =
  | { readonly kind: 'attest'; readonly fact: string; readonly form: 'statement' | 'document'; readonly evidence: Fingerprint }
  | { readonly kind: 'challenge-fact'; readonly fact: string }
  | { readonly kind: 'answer-fact'; readonly fact: string; readonly outcome: 'stands' | 'falls'; readonly under: Under }

/** What happened to a fact. */
export type FactEvent =
  | {
      readonly kind: 'fact-attested'
      readonly fact: string
      readonly evidence: Fingerprint
      readonly expiresAt: Instant | null
      readonly challengeUntil: Instant | null
    }
  | { readonly kind: 'fact-challenged'; readonly fact: string; readonly answerBy: Instant; readonly timeout: 'stands' | 'falls' }
  | { readonly kind: 'fact-answered'; readonly fact: string; readonly outcome: 'stands' | 'falls' }
  | { readonly kind: 'fact-expired'; readonly fact: string }

/** Whether a fact holds at an instant: stated, not fallen, not expired. A challenge alone does not stop it. */
export function factHolds(statements: Statements, fact: string, at: Instant): boolean {
  const known = rowOf(statements.byFact, fact)
  return known?.state === 'stands' && known.at <= at && (known.expiresAt === null || at < known.expiresAt)
}

/** The statements after an event. Total; reads no rule. */
export function evolveStatements(statements: Statements, event: FactEvent, head: Head): Statements {
  const known = rowOf(statements.byFact, event.fact)
  if (event.kind === 'fact-attested') {
    const { fact, evidence, expiresAt, challengeUntil } = event
    const { clause, edition, by, at, id } = head
    const made: Statement = {
      fact,
      clause,
      edition,
      event: id,
      by,
      evidence,
      at,
      expiresAt,
      challengeUntil,
      challenge: null,
      state: 'stands',
    }
    return put(statements, made, known)
  }
  if (known === null) return statements
  switch (event.kind) {
    case 'fact-challenged': {
      const challenge = { by: head.by, at: head.at, answerBy: event.answerBy, timeout: event.timeout }
      return put(statements, { ...known, challenge }, known)
    }
    case 'fact-answered':
      return put(
        statements,
        { ...known, challenge: null, challengeUntil: null, state: event.outcome === 'stands' ? known.state : 'fell' },
        known,
      )
    case 'fact-expired':
      return put(statements, { ...known, challenge: null, state: 'expired' }, known)
  }
}

/** What falls next for a statement: the answer to its challenge, or its end. */
function deadlineOf(statement: Statement | null): Instant | null {
  if (statement?.state !== 'stands') return null
  const answerBy = statement.challenge?.answerBy ?? null
  const { expiresAt } = statement
  return answerBy !== null && (expiresAt === null || answerBy < expiresAt) ? answerBy : expiresAt
}

const put = (statements: Statements, made: Statement, before: Statement | null): Statements => ({
  byFact: withRow(statements.byFact, made.fact, made),
  agenda: withDeadline(withoutDeadline(statements.agenda, deadlineOf(before), made.fact), deadlineOf(made), made.fact),
})
