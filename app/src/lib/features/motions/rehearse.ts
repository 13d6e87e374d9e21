import { instant, type Instant } from '@quorate/kernel'
import {
  changesOf,
  decide,
  emptyState,
  evolve,
  groundText,
  marksOf,
  provision,
  resultingText,
  timeline,
  type Act,
  type ActBody,
  type Capacity,
  type DecisionId,
  type DecisionState,
  type Editions,
  type Fact,
  type Fingerprint,
  type Pseudonym,
  type Reason,
  type Refusal,
  type Stage,
  type StageView,
  type State,
} from '@quorate/rulebook'
import { editionText, editionsListed, editionsOf } from '#lib/features/rulebooks/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import {
  callFacts,
  capacityFacts,
  proposingCapacity,
  stepCapacity,
  type Call,
  type DraftProposal,
  type StepBody,
} from './commands.ts'
import { stateOf } from './decision-store.ts'
import { knownPseudonym } from './pseudonym.ts'

// Pages ask beforehand what `decide` would say, so that a button is there exactly when pressing it would be lawful. Nothing is written.

const nobodyYet = '0'.repeat(32) as Pseudonym // 32 hex digits; nobody has it, for salts are random

/** What the rules would say to a step by a person now: null when they permit it. */
export async function rehearseStep(work: Work, personId: string, decision: DecisionId, body: StepBody): Promise<Refusal | null> {
  const now = work.clock.now()
  const [editions, state, as] = await Promise.all([
    editionsOf(work.db),
    stateOf(work.db, decision),
    stepCapacity(work, decision, body.kind),
  ])
  const facts = await capacityFacts({ tx: work.db, now, editions }, as, personId)
  const by = (await knownPseudonym(work.db, decision, personId)) ?? nobodyYet
  const act: Act = { decision, by, as, occurredAt: now, recordedAt: now, ...body }
  const judged = decide(editions, state ?? emptyState, facts, act)
  return judged.kind === 'refusal' ? judged : null
}

/** The steps that are open to a person in a decision now. */
export type OpenSteps = {
  readonly sign: boolean
  readonly withdraw: boolean
  /** Grounds on which the proposal may be stopped. */
  readonly check: { readonly grounds: readonly string[] } | null
  /** Between which instants the ballot may open. */
  readonly schedule: { readonly from: Instant; readonly until: Instant | null } | null
  /** How many officers have certified so far. */
  readonly certify: { readonly acted: number } | null
  readonly challenge: { readonly grounds: readonly string[] } | null
}
/** No step at all. */
export const noSteps: OpenSteps = {
  sign: false,
  withdraw: false,
  check: null,
  schedule: null,
  certify: null,
  challenge: null,
}

/** Which steps a person may take in a decision now, by the same judgement that will be passed on the press. */
export async function openSteps(
  work: Work,
  personId: string,
  own: DecisionState,
  stages: readonly Stage[],
  views: readonly StageView[],
): Promise<OpenSteps> {
  const { id } = own
  const now = new Set(views.filter((view) => view.state === 'now').map((view) => view.id))
  const here = <K extends Stage['do']>(kind: K): Extract<Stage, { do: K }> | undefined =>
    stages.find((s): s is Extract<Stage, { do: K }> => s.do === kind && now.has(s.id))
  const may = async (body: StepBody): Promise<boolean> => (await rehearseStep(work, personId, id, body)) === null
  const [support, check, ballot, certify, challenge] = [
    here('support'),
    here('check'),
    here('ballot'),
    here('certify'),
    here('challenge'),
  ]
  const [ground] = challenge?.grounds ?? []
  const document = own.document
  return {
    sign: support !== undefined && (await may({ kind: 'sign' })),
    withdraw: support !== undefined && (await may({ kind: 'withdraw' })),
    check:
      check !== undefined && (await may({ kind: 'check', outcome: 'passed', ground: null }))
        ? { grounds: check.grounds.map(groundText) }
        : null,
    schedule: ballot === undefined ? null : await openingWindow(work, personId, id),
    certify:
      certify !== undefined && (await may({ kind: 'certify' })) ? { acted: marksOf(own, certify.id).countersigned.length } : null,
    challenge:
      challenge !== undefined && ground !== undefined && (await may({ kind: 'challenge', ground, document }))
        ? { grounds: challenge.grounds }
        : null,
  }
}

const farAway = instant(Date.UTC(2900, 0, 1))
const limit = (reasons: readonly Reason[], code: Reason['code']): Instant | null => {
  const found = reasons.find((r) => r.code === code)
  return found?.required.unit === 'instant' ? found.required.at : null
}

/** Between which instants a person may let the ballot open, asked of the rules by trying too early and too late. */
async function openingWindow(work: Work, personId: string, id: DecisionId): Promise<OpenSteps['schedule']> {
  const now = work.clock.now()
  const atOnce = await rehearseStep(work, personId, id, { kind: 'schedule', opensAt: now })
  const reasons = atOnce?.routes.flatMap((route) => route.reasons) ?? []
  const from = atOnce === null ? now : limit(reasons, 'too-early')
  if (from === null || reasons.some((r) => r.code !== 'too-early')) return null
  const late = await rehearseStep(work, personId, id, { kind: 'schedule', opensAt: farAway })
  return { from, until: limit(late?.routes.flatMap((route) => route.reasons) ?? [], 'too-late') }
}

/** What would come of filing a proposal now: its decision with every stage ahead, or the refusal. */
export type Rehearsal =
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | {
      readonly kind: 'stages'
      readonly own: DecisionState
      readonly stages: readonly Stage[]
      readonly views: readonly StageView[]
    }

/** Asks the rules about a proposal without filing it. */
export async function rehearseProposal(work: Work, personId: string, draft: Pick<DraftProposal, 'changes'>): Promise<Rehearsal> {
  const now = work.clock.now()
  const [editions, listed] = await Promise.all([editionsOf(work.db), editionsListed(work.db)])
  const edition = listed.find((e) => e.number === editions.inForce)
  const text = edition === undefined ? '' : await editionText(work.db, edition)
  const as = await proposingCapacity(work, 'amend-rulebook')
  const facts = [
    ...(await capacityFacts({ tx: work.db, now, editions }, as, personId)),
    resultingText(text, editions.inForce, draft.changes, now).fact,
  ]
  return rehearse(
    editions,
    facts,
    { as, now },
    {
      kind: 'propose',
      power: 'amend-rulebook',
      form: 'diff',
      document: noDocument,
      changes: changesOf(text, draft.changes),
    },
  )
}

/** Asks the rules about putting a question to the members without putting it. */
export async function rehearseCall(
  work: Work,
  personId: string,
  { power, vote }: Pick<Call, 'power' | 'vote'>,
): Promise<Rehearsal> {
  const now = work.clock.now()
  const [editions, as] = await Promise.all([editionsOf(work.db), proposingCapacity(work, power)])
  const facts = await callFacts({ tx: work.db, now, editions }, as, personId, { vote })
  return rehearse(editions, facts, { as, now }, { kind: 'propose', power, form: 'text', document: noDocument, changes: [] })
}

const noDocument = '0'.repeat(64) as Fingerprint // the document is made when it is filed; the rules do not read it

function rehearse(
  editions: Editions,
  facts: readonly Fact[],
  { as, now }: { readonly as: Capacity; readonly now: Instant },
  body: Extract<ActBody, { readonly kind: 'propose' }>,
): Rehearsal {
  const act: Act = { decision: rehearsed, by: nobodyYet, as, occurredAt: now, recordedAt: now, ...body }
  const judged = decide(editions, emptyState, facts, act)
  if (judged.kind === 'refusal') return { kind: 'refusal', refusal: judged }
  return stagesAhead(editions, judged.events.reduce(evolve, emptyState), now)
}

const rehearsed = 1 as DecisionId // alone in a state of its own, so any number does

function stagesAhead(editions: Editions, state: State, now: Instant): Rehearsal {
  const own = state.decisions[rehearsed]
  if (own === undefined) throw new TypeError('a permitted proposal begins a decision')
  return { kind: 'stages', own, stages: stagesOf(editions, own), views: timeline(editions, state, rehearsed, now) }
}

/** The stages of a decision's procedure, under the edition it runs by. */
export function stagesOf(editions: Editions, own: DecisionState): readonly Stage[] {
  for (const number of [own.noticedUnder ?? editions.inForce, own.proposedUnder]) {
    const rulebook = editions.byNumber.get(number)
    const found = rulebook === undefined ? null : provision(rulebook, 'procedure', own.procedure)
    if (found !== null) return found.rule.stages
  }
  return []
}
