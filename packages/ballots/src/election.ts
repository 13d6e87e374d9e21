import { fail, ok, type Result } from '@quorate/kernel'

import type { ElementFault, Engine, GroupName } from './groups/engine.ts'
import { type Element, type EngineOptions, engineOf, isGroupName } from './groups/groups.ts'
import { sha256Base64, textHash } from './hash.ts'
import { type AnyQuestion, isAnswerable, isListQuestion, questionShape } from './voting/question.ts'
import { elementText, list, literal, parseWire, record, text, textLike, type WireFault, wireText } from './wire.ts'

/** The `election` message of format v1, fields in their order (Belenios specification §4.10). */
export type ElectionMessage = {
  readonly version: 1
  readonly description: string
  readonly name: string
  readonly group: GroupName
  /** y, the sum of the trustees' keys. */
  readonly public_key: string
  readonly questions: readonly AnyQuestion[]
  /** At least 14 base58 characters. */
  readonly uuid: string
  readonly administrator?: string
  readonly credential_authority?: string
}

/** An election that was read: its message, its exact text, its fingerprint φ, and the engine and key that everything else needs. */
export type Election = {
  readonly message: ElectionMessage
  readonly text: string
  /** φ, base64 SHA-256 of the text: what every ballot and every proof is bound to. */
  readonly fingerprint: string
  readonly engine: Engine<Element>
  /** y, prepared for many products. */
  readonly key: Element
}

/** Why a text is not an election that we can run or verify. */
export type ElectionFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  | { readonly kind: 'unknown group'; readonly group: string }
  | { readonly kind: 'public key'; readonly fault: ElementFault }
  /** `question` counts from 0: no answers, or bounds that nobody can meet. */
  | { readonly kind: 'question cannot be answered'; readonly question: number }
  /** A list question in BELENIOS-2048. */
  | { readonly kind: 'group cannot hold lists'; readonly question: number }
  | { readonly kind: 'no questions' }

const questionsMax = 50

const shape = record(
  ['version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid', 'administrator', 'credential_authority'],
  {
    version: literal(1),
    description: text,
    name: text,
    group: text,
    public_key: elementText,
    questions: list(questionShape, questionsMax),
    uuid: textLike(/^[1-9A-HJ-NP-Za-km-z]{14,64}$/),
  },
  { administrator: text, credential_authority: text },
)

/** φ of an election's exact text (Belenios specification §4.15). */
export const electionFingerprint = (electionText: string): string => sha256Base64(electionText)

/** Reads an election strictly. Cost: one subgroup check. */
export function parseElection(electionText: string, options: EngineOptions = {}): Result<Election, ElectionFault> {
  const read = parseWire(shape, electionText)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const { group, questions } = read.value
  if (!isGroupName(group)) return fail({ kind: 'unknown group', group })
  if (questions.length === 0) return fail({ kind: 'no questions' })
  const engine = engineOf(group, options)
  const { embedding } = engine
  const unheld = embedding === undefined ? questions.findIndex(isListQuestion) : -1
  if (unheld >= 0) return fail({ kind: 'group cannot hold lists', question: unheld })
  const question = questions.findIndex((q) => !isAnswerable(q, embedding?.listMax ?? 0))
  if (question >= 0) return fail({ kind: 'question cannot be answered', question })
  const key = engine.decode(read.value.public_key)
  if (key.kind === 'fail') return fail({ kind: 'public key', fault: key.error })
  return ok({
    message: { ...read.value, group },
    text: electionText,
    fingerprint: textHash(engine, electionText),
    engine,
    key: engine.prepare(key.value),
  })
}

/** A question with its fields in their order, and nothing else. */
function questionMessage(q: AnyQuestion): AnyQuestion {
  if (!isListQuestion(q)) {
    const { answers, blank, min, max, question } = q
    return { answers, ...(blank === true ? { blank } : {}), min, max, question }
  }
  const { answers, question } = q.value
  return { type: q.type, value: { answers, question }, ...(q.extra === undefined ? {} : { extra: q.extra }) }
}

/** The text of an election to be opened: compact, fields in the order of the specification whatever order they are given in. */
export function electionText(message: ElectionMessage): string {
  const { version, description, name, group, public_key, questions, uuid, administrator, credential_authority } = message
  return wireText({
    version,
    description,
    name,
    group,
    public_key,
    questions: questions.map(questionMessage),
    uuid,
    ...(administrator === undefined ? {} : { administrator }),
    ...(credential_authority === undefined ? {} : { credential_authority }),
  })
}
