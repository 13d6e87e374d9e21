import { assert, fail, type Instant, type Result } from '@quorate/kernel'
import {
  capacityOf,
  changesOf,
  provision,
  provisionsOf,
  readDocument,
  resultingText,
  timeline,
  type ActBody,
  type Capacity,
  type DecisionId,
  type Diagnostic,
  type Fact,
  type Fingerprint,
  type ResultingText,
  type Rulebook,
  type StageView,
  type TextChange,
} from '@quorate/rulebook'
import { storeDocument } from '#lib/features/record/index.ts'
import { editionText, editionsListed, editionsOf, type Edition } from '#lib/features/rulebooks/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { stateOf } from './decision-store.ts'
import { perform, type Judging, type Performed, type PerformFault } from './perform.ts'
import { proposalText, type Proposal } from './proposal.ts'
import { bodySizeFact, electorateSizeFact, eligibleFact, officeFact } from './register.ts'
import { signersFacts } from './signers.ts'

type Outcome = Promise<Result<Performed, PerformFault>>

const rulebookAt = ({ editions }: Pick<Judging, 'editions'>): Rulebook => {
  const rulebook = editions.byNumber.get(editions.inForce)
  assert(rulebook !== undefined, 'the edition in force is among the editions')
  return rulebook
}

/** What the register says of a person in a capacity, as facts. */
export async function capacityFacts(
  { tx, now, editions }: Pick<Judging, 'now' | 'editions'> & { readonly tx: Db },
  as: Capacity,
  personId: string,
): Promise<readonly Fact[]> {
  const [kind, id = ''] = as.split(' ')
  if (kind === 'electorate') return [await eligibleFact(tx, rulebookAt({ editions }), id, personId, now)]
  if (kind === 'office') return [await officeFact(tx, id, personId, now)]
  return []
}

/** Why a proposal was not even judged: its text cannot be read as rules. Nothing was written. */
export type DraftFault = { readonly kind: 'unreadable'; readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]] }

/** A change as its author writes it, with the title and the reasons that go with it. */
export type DraftProposal = { readonly title: string; readonly reasons: string; readonly changes: readonly TextChange[] }

/** What a draft would do to the rulebook in force, for the author to see before anything is filed. */
export async function previewProposal(work: Work, draft: Pick<DraftProposal, 'changes'>): Promise<ResultingText> {
  const edition = await editionInForce(work)
  return resultingText(await editionText(work.db, edition), edition.number, draft.changes, work.clock.now())
}

/** Proposes a change of the rules. It takes the next number when permitted; a refusal is on the record as an attempt. */
export async function propose(
  work: Work,
  personId: string,
  draft: DraftProposal,
): Promise<Result<Performed, PerformFault | DraftFault>> {
  const edition = await editionInForce(work)
  const text = await editionText(work.db, edition)
  const [first, ...rest] = resultingText(text, edition.number, draft.changes, work.clock.now()).diagnostics
  if (first !== undefined) return fail({ kind: 'unreadable', diagnostics: [first, ...rest] })
  const clauses = readDocument(text).clauses
  const proposal: Proposal = {
    title: draft.title,
    reasons: draft.reasons,
    changes: draft.changes.map(({ clause, after }) => ({
      clause,
      before: clauses.find((c) => c.id === clause)?.source ?? null,
      after: after === null ? null : (readDocument(after).clauses[0]?.source ?? after),
    })),
  }
  const as = await proposingCapacity(work, 'amend-rulebook')
  return perform(work, {
    decision: null,
    title: proposal.title,
    by: { person: personId },
    as,
    body: async ({ tx }) => ({
      kind: 'propose',
      power: 'amend-rulebook',
      form: 'diff',
      document: (await storeDocument(tx, proposalText(proposal))) as Fingerprint, // storeDocument gives the SHA-256 in hex
      changes: changesOf(text, draft.changes),
    }),
    facts: async (judging) => [
      ...(await capacityFacts(judging, as, personId)),
      resultingText(text, edition.number, draft.changes, judging.now).fact,
    ],
  })
}

async function editionInForce(work: Work): Promise<Edition> {
  const last = (await editionsListed(work.db)).at(-1)
  assert(last !== undefined, 'a founded movement has a first edition')
  return last
}

/** What a body puts to the members: the power, the words, and its own vote on putting it. */
export type Call = {
  readonly power: string
  readonly title: string
  readonly reasons: string
  readonly vote: { readonly for: number; readonly against: number }
  readonly rollCall?: OnRollCall
}

/**
 * The roll-call that a body's vote was taken by, where it was: who abstained, when it closed, and the fingerprint of its document. `claim` is called
 * in the transaction of the act before it is judged, `then` when the rules permit it.
 */
export type OnRollCall = {
  readonly abstain: number
  readonly closedAt: Instant
  readonly evidence: Fingerprint
  readonly claim: (judging: Judging) => Promise<void>
  readonly then: (judging: Judging) => Promise<void>
}

/** The vote by which a body acts: by its roll-call, or as whoever speaks for it attests. */
const resolutionFact = (
  body: string,
  { vote, rollCall }: { readonly vote: Call['vote']; readonly rollCall?: OnRollCall | undefined },
  now: Instant,
): Fact => ({
  name: 'resolution',
  of: body,
  value:
    rollCall === undefined
      ? { ...vote, present: vote.for + vote.against }
      : { ...vote, abstain: rollCall.abstain, present: vote.for + vote.against + rollCall.abstain },
  at: rollCall?.closedAt ?? now,
  knownAt: now,
  source: 'attestation',
  evidence: rollCall?.evidence ?? null,
})

/** What an act does with the roll-call it rests on, once it is permitted. */
const thenOf = (rollCall: OnRollCall | undefined) => (rollCall === undefined ? {} : { then: rollCall.then })

/** Puts a question that changes no clause to the members, such as whom to endorse, by a body's own resolution. */
export async function call(work: Work, personId: string, { power, title, reasons, vote, rollCall }: Call): Outcome {
  const as = await proposingCapacity(work, power)
  return perform(work, {
    decision: null,
    title,
    by: { person: personId },
    as,
    body: async (judging) => {
      await rollCall?.claim(judging)
      return {
        kind: 'propose',
        power,
        form: 'text',
        document: (await storeDocument(judging.tx, proposalText({ title, reasons, changes: [] }))) as Fingerprint, // SHA-256 in hex
        changes: [],
      }
    },
    facts: (judging) => callFacts(judging, as, personId, { power, vote, ...(rollCall === undefined ? {} : { rollCall }) }),
    ...thenOf(rollCall),
  })
}

/** What a call is judged by: what the register says of whoever calls, and how a body that calls voted on it. */
export async function callFacts(
  judging: Pick<Judging, 'now' | 'editions'> & { readonly tx: Db },
  as: Capacity,
  personId: string,
  { power, vote, rollCall }: Pick<Call, 'power' | 'vote' | 'rollCall'>,
): Promise<readonly Fact[]> {
  const [kind, id = ''] = as.split(' ')
  const places = placesOf(rulebookAt(judging), power)
  const at = judging.now
  return [
    ...(places === null
      ? []
      : [{ name: 'places', of: power, value: places, at, knownAt: at, source: 'register', evidence: null } as const]),
    ...(await capacityFacts(judging, as, personId)),
    ...(kind === 'body'
      ? [await bodySizeFact(judging.tx, id, judging.now), resolutionFact(id, { vote, rollCall }, judging.now)]
      : []),
  ]
}

/** How many a rule's own ballot chooses; null where it does not say. */
function placesOf(rulebook: Rulebook, power: string): number | null {
  const grant = provisionsOf(rulebook, 'power').find(({ rule }) => rule.act === power)
  const stages = provision(rulebook, 'procedure', grant?.rule.via?.[0] ?? '')?.rule.stages ?? []
  const ballot = stages.find((stage) => stage.do === 'ballot')
  return ballot?.do === 'ballot' ? (ballot.counting?.seats ?? null) : null
}

/** In what capacity a power is proposed under the edition in force: that of the first stage of its first procedure. */
export async function proposingCapacity(work: Work, power: string): Promise<Capacity> {
  const editions = await editionsOf(work.db)
  const rulebook = editions.byNumber.get(editions.inForce)
  const grant = rulebook?.provisions.find((p) => p.rule.kind === 'power' && p.rule.act === power)
  const via = grant?.rule.kind === 'power' ? grant.rule.via?.[0] : undefined
  const first = rulebook === undefined || via === undefined ? undefined : provision(rulebook, 'procedure', via)?.rule.stages[0]
  if (rulebook === undefined || first?.do !== 'propose') return 'electorate members'
  return capacityOf(rulebook, first.by[0]) ?? 'electorate members'
}

/** What an officer tries to do here and now by a vote of their body: what the rulebook is there to judge. */
export type Exercise = {
  readonly power: string
  readonly body: string
  readonly title: string
  readonly text: string
  readonly effectAt: Instant
  readonly vote: { readonly for: number; readonly against: number }
  readonly rollCall?: OnRollCall
}

/** Tries to use a power at once by a body's own vote. Facts say how large the body and every electorate of the rulebook are. */
export function exercise(work: Work, personId: string, attempt: Exercise): Outcome {
  const as: Capacity = `body ${attempt.body}`
  return perform(work, {
    decision: null,
    title: attempt.title,
    by: { person: personId },
    as,
    body: async (judging) => {
      await attempt.rollCall?.claim(judging)
      return {
        kind: 'exercise',
        power: attempt.power,
        document: (await storeDocument(
          judging.tx,
          proposalText({ title: attempt.title, reasons: attempt.text, changes: [] }),
        )) as Fingerprint,
        effectAt: attempt.effectAt,
        vote: attempt.vote,
      }
    },
    facts: async (judging) => {
      const { tx, now } = judging
      const rulebook = rulebookAt(judging)
      const electorates = rulebook.provisions.flatMap((p) => (p.rule.kind === 'electorate' ? [p.rule.id] : []))
      return [
        await bodySizeFact(tx, attempt.body, now),
        resolutionFact(attempt.body, attempt, now),
        ...(await Promise.all(electorates.map((id) => electorateSizeFact(tx, rulebook, id, now)))),
      ]
    },
    ...thenOf(attempt.rollCall),
  })
}

/** Acts of people on a decision under way, each in the capacity its stage names. */
export type StepBody = Extract<
  ActBody,
  { readonly kind: 'sign' | 'withdraw' | 'check' | 'schedule' | 'certify' | 'challenge' | 'answer-challenge' }
>

const stageOf: Readonly<Record<StepBody['kind'], StageView['kind']>> = {
  sign: 'support',
  withdraw: 'support',
  check: 'check',
  schedule: 'ballot',
  certify: 'certify',
  challenge: 'challenge',
  'answer-challenge': 'challenge',
}

/** A person takes a step in a decision: signs, checks, sets the timetable, certifies, challenges. */
export async function takeStep(work: Work, personId: string, decision: DecisionId, body: StepBody): Outcome {
  const as = await stepCapacity(work, decision, body.kind)
  return perform(work, {
    decision,
    by: { person: personId },
    as,
    body,
    facts: async (judging) => [
      ...(await capacityFacts(judging, as, personId)),
      ...(body.kind === 'sign' ? await signersFacts(judging, rulebookAt(judging), as) : []),
    ],
  })
}

/** In what capacity people take a step of a decision: that of whoever acts in its stage. */
export async function stepCapacity(work: Work, decision: DecisionId, kind: StepBody['kind']): Promise<Capacity> {
  const [editions, state] = await Promise.all([editionsOf(work.db), stateOf(work.db, decision)])
  const rulebook = editions.byNumber.get(editions.inForce)
  if (rulebook === undefined || state === null) return 'electorate members'
  if (kind === 'answer-challenge') {
    const own = state.decisions[decision]
    const procedure = own === undefined ? null : provision(rulebook, 'procedure', own.procedure)
    const stage = procedure?.rule.stages.find((s) => s.do === 'challenge')
    return stage?.do === 'challenge' ? (capacityOf(rulebook, { kind: 'named', id: stage.to }) ?? 'rule') : 'rule'
  }
  const stage = timeline(editions, state, decision, work.clock.now()).find((view) => view.kind === stageOf[kind])
  return stage === undefined ? 'rule' : (capacityOf(rulebook, stage.actor[0]) ?? 'rule')
}

/** A member challenges a decision on a ground the rule lists; what they say stands beside the record, by fingerprint. */
export async function challenge(
  work: Work,
  personId: string,
  decision: DecisionId,
  said: { readonly ground: string; readonly text: string },
): Outcome {
  const as = await stepCapacity(work, decision, 'challenge')
  return perform(work, {
    decision,
    by: { person: personId },
    as,
    body: async ({ tx }) => ({
      kind: 'challenge',
      ground: said.ground,
      document: (await storeDocument(tx, said.text)) as Fingerprint, // storeDocument gives the SHA-256 in hex
    }),
    facts: (judging) => capacityFacts(judging, as, personId),
  })
}
