import {
  isGroupName,
  isListQuestion,
  needsMajority,
  openersNeeded,
  paperRuleOf,
  parseBindList,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  votesAreOpen,
  type AnyQuestion,
  type Election,
  type Element,
  type EngineOptions,
  type PublicRoll,
  type Trustees,
} from '@quorate/ballots'
import { ok } from '@quorate/kernel'
import type { BodyOf } from '@quorate/record'
import type { Evidence, Logged, VerifyOptions } from './check.ts'
import { failed, passed, type Outcome } from './verdict.ts'

/** A ballot that is set up as the record says. */
export type SetUp = { readonly election: Election; readonly trustees: Trustees<Element>; readonly roll: PublicRoll<Element> }

/** The documents that a `setup` entry cites. */
type SetupDocuments = { readonly [K in 'election' | 'trustees' | 'credentials' | 'bind']: string }

/** Looks up the documents of a set-up; the check of documents has made sure that they are there and hash to their names. */
const setupDocuments = ({ dossier }: Evidence, body: BodyOf<'setup'>): SetupDocuments => ({
  election: dossier.documents[body.election] ?? '',
  trustees: dossier.documents[body.trustees] ?? '',
  credentials: dossier.documents[body.credentials] ?? '',
  bind: dossier.documents[body.bind] ?? '',
})

/** A choice of one, or a ranking or grades by a rule that says which papers count. */
function isAskedHere(question: AnyQuestion, isYesNo: boolean): boolean {
  if (isListQuestion(question)) return paperRuleOf(question) !== undefined
  // Of a list, how many may be chosen is for the rule to say: see the fact of the set-up.
  return question.min === 1 && (question.max === 1 || (!isYesNo && question.blank !== true))
}

/**
 * The set-up of a ballot: the election as the record names it and one question, yes/no, marks or a ranking; the trustees' keys with every proof and signature of their ceremony, more than half of two or more needed to open,
 * and the election's key their sum; the voting keys in order, each in the group, one for each person on the roll, none with more weight than
 * another; the bind list one line for each of them. `isSecret`: whether the rule keeps votes secret. An election that says otherwise would have a box of few
 * votes opened. Cost: one subgroup check a voting key.
 */
export function checkSetup(
  evidence: Evidence,
  { index, body }: Logged<'setup'>,
  { rollSize, isYesNo, isSecret }: { readonly rollSize: number; readonly isYesNo: boolean; readonly isSecret: boolean },
  options: EngineOptions & Pick<VerifyOptions, 'rollAhead'>,
): { readonly outcome: Outcome; readonly value: SetUp | null } {
  const documents = setupDocuments(evidence, body)
  const stop = (outcome: Outcome): { readonly outcome: Outcome; readonly value: null } => ({ outcome, value: null })
  const invalid = (what: string, found: unknown): { readonly outcome: Outcome; readonly value: null } =>
    stop(failed('election-invalid', { entry: index, expected: what, found: JSON.stringify(found) }))

  const read = parseElection(documents.election, options)
  if (read.kind === 'fail') return invalid('an election', read.error)
  const election = read.value
  const { engine, message } = election
  if (!isGroupName(body.group) || message.group !== body.group) return invalid(`group ${body.group}`, message.group)
  const [question, ...more] = message.questions
  if (question === undefined || more.length > 0 || !isAskedHere(question, isYesNo))
    return invalid('one question with answers to choose, or to rank', { questions: message.questions.length })
  if (isSecret && votesAreOpen(message)) return invalid('votes kept secret, as the rule says', message.description)
  const trustees = parseTrustees(engine, documents.trustees)
  if (trustees.kind === 'fail') return invalid('the trustees’ keys with their proofs', trustees.error)
  if (!engine.equal(trustees.value.publicKey, election.key))
    return invalid('the sum of the trustees’ keys', { public_key: message.public_key })
  if (!trustees.value.isFullySigned) return invalid('trustees’ keys with their contexts, each signed by its owner', 'not signed')
  const table = { size: trustees.value.keys.length, threshold: openersNeeded(trustees.value) }
  if (!needsMajority(table)) return invalid('two trustees or more, more than half of whom must open together', table)

  const keys = (expected: string | number, found: string | number): { readonly outcome: Outcome; readonly value: null } =>
    stop(failed('voting-keys-differ', { entry: index, expected, found }))
  const ahead = options.rollAhead?.(documents.credentials)
  const roll = ahead === undefined ? parsePublicRoll(engine, documents.credentials) : ok(ahead)
  if (roll.kind === 'fail') return keys('voting keys of the group, in order, none twice', JSON.stringify(roll.error))
  const { entries, weightTotal } = roll.value
  if (entries.size !== rollSize) return keys(`${String(rollSize)}, as many as people on the roll`, entries.size)
  if (weightTotal !== rollSize) return keys('one vote each', `${String(weightTotal)} votes`)
  const bind = parseBindList(documents.bind, [...entries.keys()])
  if (bind.kind === 'fail')
    return stop(
      failed('bind-list-differs', { entry: index, expected: 'one line for each voting key', found: JSON.stringify(bind.error) }),
    )
  const outcome = passed(
    { name: 'trustees', count: trustees.value.keys.length },
    {
      name: 'needed to open',
      count: openersNeeded(trustees.value),
    },
    { name: 'voting keys', count: entries.size },
  )
  return { outcome, value: { election, trustees: trustees.value, roll: roll.value } }
}
