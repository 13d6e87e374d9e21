import { civilDateOf, civilTimeOf, daysBetween, instantOf, plusDays, type Instant } from '@quorate/kernel'
import { marksOf, type DecisionState } from '@quorate/rulebook'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { bodyOfEntry, documentOf, entries } from '#lib/features/record/index.ts'
import { capital, editionText, editionsListed, editionsOf, namingOf, type ClauseChange } from '#lib/features/rulebooks/index.ts'
import { beforeWords, dayWords, instantWords } from '#lib/platform/dates.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Visit } from '#lib/platform/feature.ts'
import type { ProcedureStep } from '#lib/platform/ui/procedure.ts'
import {
  changesView,
  headingOf,
  pageVoice,
  procedureInput,
  resultView,
  rulebookFor,
  supportOf,
  tagsOf,
  votingOf,
  type ResultView,
} from './decision-view.ts'
import { proposalOf, type Decision } from './decisions.ts'
import { procedureSteps, type ElectionFacts, type ProcedureInput } from './procedure-view.ts'
import type { Proposal } from './proposal.ts'
import { knownPseudonym, personsBehind } from './pseudonym.ts'
import type { Voice } from './refusal-view.ts'
import { noSteps, openSteps, type OpenSteps } from './rehearse.ts'
import { groundWords, stageVoice } from './stage-words.ts'
import { includesPerson } from '@quorate/rulebook'

/** A day on which voting may open, or may not: then it says why, with the rule. */
export type OpeningOption = {
  readonly value: string
  readonly label: string
  readonly why: string | null
  readonly clause: string
}
/** What this visitor can do here and now, in words. */
export type ActionsView = {
  readonly guest: boolean
  readonly signed: boolean
  readonly sign: boolean
  readonly withdraw: boolean
  readonly check: readonly GroundOption[] | null
  readonly schedule: readonly OpeningOption[] | null
  readonly certify: { readonly second: string | null } | null
  readonly challenge: readonly GroundOption[] | null
  /**
   * Nominations are open, or this visitor is on the list and the rule lets candidates do something until voting opens: whether they are on it, what they say
   * to the voters, and whether they may say it anew or leave.
   */
  readonly stand: {
    readonly listed: boolean
    readonly says: string
    readonly speak: boolean
    readonly leave: boolean
  } | null
  /** Nominations are open, and nobody is signed in. */
  readonly guestStand: boolean
}
/** A ground to choose. */
export type GroundOption = { readonly value: string; readonly label: string }

/** Everything the page of a decision under way or over shows. */
export type DecisionPage = {
  readonly id: number
  readonly power: string
  readonly heading: string
  readonly tags: ReturnType<typeof tagsOf>
  readonly proposed: string
  readonly over: boolean
  readonly carried: boolean
  readonly ended: string | null
  readonly reasons: readonly string[]
  readonly changes: readonly ClauseChange[]
  readonly steps: readonly ProcedureStep[]
  readonly support: { readonly have: number; readonly need: number; readonly text: string; readonly met: boolean } | null
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  /** Those who stand, in the order in which they asked, with what they say to the voters, by paragraph. */
  readonly candidates: readonly { readonly name: string; readonly says: readonly string[] }[]
  readonly result: ResultView | null
  /** The box has been opened for voting; whether votes can still go in. */
  readonly box: 'none' | 'open' | 'closed'
  readonly actions: ActionsView
}

type Known = Decision & { readonly state: DecisionState }

/** Who proposed a decision: the body for which somebody acted, else the person's name; null when the tie has been cut. */
async function proposerName(visit: Pick<Visit, 'db'>, own: DecisionState, { rulebook, locale }: Voice): Promise<string | null> {
  if (own.by === 'rule') return null
  const [begun] = await entries(visit.db, { decision: own.id, type: 'act', count: 1 })
  const [kind, body] = ((begun === undefined ? null : bodyOfEntry(begun.entry, 'act'))?.act.as ?? '').split(' ')
  if (kind === 'body' && body !== undefined) return namingOf(rulebook, locale)('body', body)
  const id = (await personsBehind(visit.db, own.id, [own.by])).get(own.by)
  const person = id === undefined ? undefined : (await personsById(visit.db, [id])).get(id)
  return person === undefined ? null : fullName(person)
}

/** The changes of a decision in words, against the edition it was written for. */
export async function decisionChanges(
  visit: Pick<Visit, 'db' | 'locale'>,
  own: DecisionState,
  proposal: Proposal | null,
): Promise<readonly ClauseChange[]> {
  const editions = await editionsOf(visit.db)
  const edition = (await editionsListed(visit.db)).find((e) => e.number === own.proposedUnder)
  const rulebook = editions.byNumber.get(own.proposedUnder)
  if (proposal === null || edition === undefined || rulebook === undefined) return []
  return changesView(proposal, rulebook, await editionText(visit.db, edition), visit.locale)
}

/** Draws the page of a decision for whoever asks. `electionFacts`: what the elections know better than the engine's state. */
export async function decisionPage(
  visit: Visit,
  decision: Known,
  electionFacts: ElectionFacts | null = null,
): Promise<DecisionPage> {
  const { locale, zone, db, clock, personId } = visit
  const own = decision.state
  const now = clock.now()
  const t = pageVoice(locale)
  const editions = await editionsOf(db)
  const voice: Voice = { locale, zone, rulebook: rulebookFor(editions, own) }
  const [proposer, proposal, mine] = await Promise.all([
    proposerName(visit, own, voice),
    proposalOf(db, decision),
    personId === null ? null : knownPseudonym(db, own.id, personId),
  ])
  const input = procedureInput(editions, own, now, { proposer, electionFacts })
  const open = personId === null ? noSteps : await openSteps(visit, personId, own, input.stages, input.views)
  const signed = mine !== null && Object.values(own.stages).some((marks) => includesPerson(marks.signers, mine))
  const name = proposer ?? stageVoice(locale)('someone')
  return {
    id: decision.id,
    power: decision.power,
    heading: headingOf(decision, t),
    tags: tagsOf(decision, input, now, voice),
    proposed: t('d.proposed', { name, date: dayWords(own.proposedAt, zone, locale, 'full') }),
    over: own.ended !== null,
    carried: own.ended?.outcome === 'carried',
    ended: own.ended === null ? null : t(`d.ended.${own.ended.outcome}`),
    reasons: (proposal?.reasons ?? '').split(/\n{2,}/).filter((part) => part.trim() !== ''),
    changes: await decisionChanges(visit, own, proposal),
    steps: procedureSteps(input, voice),
    support: supportView(input, signed, t),
    facts: factsView(decision, input, voice, proposal),
    candidates: await candidatesView(visit, own),
    result: resultView(own, locale),
    box: boxOf(own),
    actions: {
      ...actionsView(visit, open, input, signed, now),
      stand: personId === null ? null : await standView(db, input, mine, now),
      guestStand: personId === null && takesNominations(input),
    },
  }
}

function boxOf(own: DecisionState): DecisionPage['box'] {
  const box = Object.values(own.stages).find((marks) => marks.box.openedAt !== null)?.box
  if (box === undefined) return 'none'
  return box.closedAt === null ? 'open' : 'closed'
}

function supportView(input: ProcedureInput, signed: boolean, t: ReturnType<typeof pageVoice>): DecisionPage['support'] {
  const support = supportOf(input)
  if (support === null) return null
  return { ...support, text: t(signed ? 'd.supporters.you' : 'd.supporters', support), met: support.have >= support.need }
}

function factsView(
  decision: Known,
  input: ProcedureInput,
  { locale, zone }: Voice,
  proposal: Proposal | null,
): DecisionPage['facts'] {
  const t = pageVoice(locale)
  const own = decision.state
  const voting = votingOf(input)
  const enact = input.views.find((view) => view.kind === 'enact' && view.state !== 'skipped')
  const from = enact?.earliest?.endsAt ?? enact?.earliest?.startsAt ?? null
  const clauses = proposal?.changes.map((change) => change.clause).join(', ') ?? ''
  return [
    ...(clauses === '' ? [] : [{ name: t('d.rules-changed'), value: clauses }]),
    ...(from === null ? [] : [{ name: t('d.in-force-from'), value: dayWords(from, zone, locale, 'date') }]),
    ...(decision.power === 'amend-rulebook' ? [{ name: t('d.undone-by'), value: t('d.undone-only') }] : []),
    ...(voting === null
      ? []
      : [{ name: t(own.ended === null ? 'd.turnout' : 'd.turnout.done'), value: t('d.turnout.of', voting) }]),
    { name: t('d.edition'), value: t('d.edition.n', { n: own.noticedUnder ?? own.proposedUnder }) },
  ]
}

/** Those who stand now, by name, and the statement that the record has the fingerprint of. */
async function candidatesView(visit: Pick<Visit, 'db'>, own: DecisionState): Promise<DecisionPage['candidates']> {
  const standing = standingIn(own)
  if (standing.length === 0) return []
  const behind = await personsBehind(
    visit.db,
    own.id,
    standing.map(({ by }) => by),
  )
  const people = await personsById(visit.db, [...behind.values()])
  const found: DecisionPage['candidates'][number][] = []
  for (const { by, statement } of standing) {
    const person = people.get(behind.get(by) ?? '')
    if (person === undefined) continue
    const text = statement === null ? null : await documentOf(visit.db, statement)
    found.push({ name: fullName(person), says: paragraphs(text ?? '') })
  }
  return found
}

const paragraphs = (text: string): readonly string[] => text.split(/\r?\n(?:\r?\n)+/).filter((part) => part.trim() !== '')

const standingIn = (own: DecisionState) =>
  Object.values(own.stages).flatMap(({ field }) => (field?.candidates ?? []).filter(({ stoodDownAt }) => stoodDownAt === null))

const takesNominations = ({ views }: ProcedureInput): boolean =>
  views.some((view) => view.kind === 'nominate' && view.state === 'now')

/**
 * While nominations are open anybody signed in may ask to be listed; the rules judge who may. Afterwards candidates may do until voting opens what their rule
 * lets them.
 */
async function standView(db: Db, input: ProcedureInput, mine: string | null, now: Instant): Promise<ActionsView['stand']> {
  const own = mine === null ? undefined : standingIn(input.own).find(({ by }) => by === mine)
  const rule = input.stages.find((stage) => stage.do === 'nominate')
  const isOpen = takesNominations(input)
  const isLater = !isOpen && own !== undefined && input.own.ended === null && !opensBy(input.own, now)
  const speak = isOpen || (isLater && rule?.statement === 'by opening')
  const until = rule?.withdraw ?? 'no'
  const leave = own !== undefined && ((isLater && until === 'until opening') || (isOpen && until !== 'no'))
  if (!speak && !leave) return null
  const text = own === undefined || own.statement === null ? null : await documentOf(db, own.statement)
  return { listed: own !== undefined, says: text ?? '', speak, leave }
}

const opensBy = ({ stages }: DecisionState, now: Instant): boolean =>
  Object.values(stages).some(({ box: { openedAt, opensAt } }) => openedAt !== null || (opensAt !== null && opensAt <= now))

function actionsView(
  visit: Visit,
  open: OpenSteps,
  input: ProcedureInput,
  signed: boolean,
  now: Instant,
): Omit<ActionsView, 'stand' | 'guestStand'> {
  const { locale } = visit
  const t = pageVoice(locale)
  const s = stageVoice(locale)
  const grounds = (list: readonly string[]): readonly GroundOption[] =>
    list.map((value) => ({ value, label: groundWords(value, s) }))
  const supporting = input.views.some((view) => view.kind === 'support' && view.state === 'now')
  const office = input.stages.find((stage) => stage.do === 'certify')
  return {
    guest: visit.personId === null && supporting,
    signed,
    sign: open.sign,
    withdraw: open.withdraw,
    check: open.check === null ? null : grounds(open.check.grounds),
    schedule: open.schedule === null ? null : openingOptions(visit, open.schedule, clauseOf(input, 'ballot'), now),
    certify:
      open.certify === null || office === undefined
        ? null
        : { second: t('act.certify.second', { acted: marksOf(input.own, office.id).countersigned.length, needed: 2 }) },
    challenge: open.challenge === null ? null : grounds(open.challenge.grounds),
  }
}

const clauseOf = (input: ProcedureInput, kind: string): string => input.views.find((view) => view.kind === kind)?.clause ?? ''

const hourMs = 3_600_000
const noon = 12
/** Hours at which somebody may be awake to see voting open and to answer questions; at night it is noon that is offered first. */
const day = { from: 8, until: 20 }

/** The days on offer: the next full hour by day, and noon of each day that is lawful, with what is too early and too late beside them. */
function openingOptions(
  { zone, locale }: Pick<Visit, 'zone' | 'locale'>,
  { from, until }: { readonly from: Instant; readonly until: Instant | null },
  clause: string,
  now: Instant,
): readonly OpeningOption[] {
  const t = pageVoice(locale)
  const words = (at: Instant): string => instantWords(at, zone, locale)
  const first = civilDateOf(from, zone)
  const days = until === null ? 7 : Math.min(60, daysBetween(first, civilDateOf(until, zone)))
  const soon = (Math.ceil(Math.max(from, now) / hourMs) * hourMs + hourMs) as Instant // a full hour, whole milliseconds
  const noons = Array.from({ length: days + 1 }, (_, i) =>
    instantOf({ date: plusDays(first, i), hour: noon, minute: 0, second: 0 }, zone),
  )
  const fits = (at: Instant): boolean => at >= from && (until === null || at <= until)
  const later = noons.filter((at) => at > now && fits(at))
  const { hour } = civilTimeOf(soon, zone)
  const soonest = fits(soon) && ((hour >= day.from && hour <= day.until) || later.length === 0) ? [soon] : []
  const lawful = [...soonest, ...later.filter((at) => soonest.length === 0 || at > soon)]
  return [
    { value: '', label: capital(beforeWords(from, zone, locale)), why: t('act.schedule.before.why'), clause },
    ...lawful.map((at) => ({ value: String(at), label: words(at), why: null, clause })),
    ...(until === null
      ? []
      : [{ value: '', label: t('act.schedule.after', { at: words(until) }), why: t('act.schedule.after.why'), clause }]),
  ]
}
