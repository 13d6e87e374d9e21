import { assert, fail, instant, ok, toHex, type Instant, type Result } from '@quorate/kernel'
import { appealEnd, capacityOf, provision, type Capacity, type Fact, type Fingerprint, type Rulebook } from '@quorate/rulebook'
import {
  fullName,
  personByNumber,
  recordStanding,
  seatedIn,
  seatsOf,
  standingOf,
  type Person,
} from '#lib/features/membership/index.ts'
import { callFacts, perform, proposalText, type Judging, type PerformFault } from '#lib/features/motions/index.ts'
import { appendOwn, fingerprintOf, storeDocument } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { Work } from '#lib/platform/feature.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { enqueueMails, renderLetter, type Letter } from '#lib/platform/mail.ts'
import { words } from '#lib/platform/words.ts'
import { endAllOf } from './offices.ts'
import { messages } from './messages.ts'

/** The power to exclude, as the catalogue of powers names it. */
const excluding = 'exclude'

/**
 * Who may exclude by a rulebook: the rule of that power, the body, how many of it sit on a case (null: all), the ground it may be on. Null where no body may
 * alone.
 */
export function excluderOf(rulebook: Rulebook): Excluder | null {
  const grant = rulebook.provisions.find((p) => p.rule.kind === 'power' && p.rule.act === excluding)
  if (grant?.rule.kind !== 'power') return null
  const body = grant.rule.holder?.find((id) => capacityOf(rulebook, { kind: 'named', id })?.startsWith('body '))
  if (body === undefined) return null
  const sits = provision(rulebook, 'body', body)?.rule.sits?.of ?? null
  return { clause: grant.clause, body, sits, ground: grant.rule.limits?.grounds ?? 'rule' }
}
type Excluder = { readonly clause: string; readonly body: string; readonly sits: number | null; readonly ground: string }

/** What a body decided: whom, by how many votes. `kept`: that the ground is one the rule allows, at the word of whoever speaks for the body. */
export type Exclusion = {
  readonly number: number
  readonly kept: boolean
  readonly vote: { readonly for: number; readonly against: number }
}
type OwnFault = 'not the body' | 'too many votes' | 'no such person' | 'excluded already' | 'yourself'
/** Why nobody was excluded. Of what is not {@link PerformFault} nothing was written. */
export type ExclusionFault = PerformFault | { readonly kind: OwnFault }

/** Undoes the attempt, and all it has written, for a reason that the rules are not asked about. */
class NotExcluded extends Error {
  readonly fault: OwnFault
  constructor(fault: OwnFault) {
    super(fault)
    this.fault = fault
  }
}

/** What an exclusion rests on besides the vote: under which edition, by whom, and who it is. */
type Case = { readonly rulebook: Rulebook; readonly excluder: Excluder; readonly person: Person }

/** The case as the log's lock shows it, so that of two who press the button at once the second finds what the first has done. Throws {@link NotExcluded}. */
async function caseOf({ tx, now, editions }: Judging, personId: string, holder: string, asked: Exclusion): Promise<Case> {
  const { number, vote } = asked
  const rulebook = editions.byNumber.get(editions.inForce)
  const excluder = rulebook === undefined ? null : excluderOf(rulebook)
  const seats = await seatsOf(tx, personId, now)
  if (rulebook === undefined || excluder?.body !== holder || !seats.some(({ body }) => body === holder))
    throw new NotExcluded('not the body')
  const sitting = excluder.sits ?? (await seatedIn(tx, holder, now)).length
  if (vote.for + vote.against > sitting) throw new NotExcluded('too many votes')
  const person = await personByNumber(tx, number)
  if (person === null) throw new NotExcluded('no such person')
  if (person.id === personId) throw new NotExcluded('yourself')
  if ((await standingOf(tx, person.id))[0]?.standing === 'excluded') throw new NotExcluded('excluded already')
  return { rulebook, excluder, person }
}

/**
 * A body excludes a member by the power that the rulebook gives it: the rules judge the vote. In one transaction with that act their standing ends, their offices
 * and seats end, the record has the removal receipt, and they are written to: the clause, the ground, until when they may appeal. The receipt
 * holds the hash of that letter, which has a number of its own, so that they alone can show it is theirs.
 */
export async function exclude(
  work: Work,
  personId: string,
  asked: Exclusion,
): Promise<Result<{ readonly decision: number }, ExclusionFault>> {
  const { kept, vote } = asked
  const holder = excluderOf(await rulebookInForce(work.db))?.body ?? null
  if (holder === null) return fail({ kind: 'not the body' })
  const as: Capacity = `body ${holder}`
  const secret = toHex(work.random(16))
  const title = words(messages, 'en')('exclusion.decision')
  let found: Case | null = null
  const done = await perform(work, {
    decision: null,
    title,
    by: { person: personId },
    as,
    body: async (judging) => {
      const { tx, now } = judging
      found = await caseOf(judging, personId, holder, asked)
      const document = (await storeDocument(tx, proposalText({ title, reasons: '', changes: [] }))) as Fingerprint // SHA-256 in hex
      return { kind: 'exercise', power: excluding, document, effectAt: now, vote }
    },
    facts: async (judging) => [
      ...(await callFacts(judging, as, personId, { vote })),
      withinLimits(judging.now, kept, fingerprintOf(secret)),
    ],
    then: async (judging, { decision, events }) => {
      assert(found !== null, 'what was judged has a case')
      const clause = events.find((event) => event.kind === 'exercised')?.clause ?? ''
      await carryOut(work, judging, found, { clause, as, secret, decision })
    },
  }).catch((error: unknown) => {
    if (error instanceof NotExcluded) return fail({ kind: error.fault })
    throw error
  })
  return done.kind === 'ok' ? ok({ decision: done.value.decision }) : done
}

/** Ends standing, offices and seats, writes the receipt, and the letter whose hash it holds. */
async function carryOut(
  work: Work,
  { tx, now: at, by }: Judging,
  { rulebook, excluder, person }: Case,
  { clause, as, secret, decision }: { readonly as: Capacity } & Omit<Said, 'appealBy'>,
): Promise<void> {
  const appealBy = appealEnd(rulebook, clause, at)
  const letter = letterTo(work, person, { clause, appealBy, secret, decision })
  const cause = `decision ${String(decision)}, rule ${clause}`
  await recordStanding(tx, { personId: person.id, validAt: at, knownAt: at, standing: 'excluded', cause })
  await endAllOf(tx, work.random, person.id, at)
  const content = fingerprintOf(renderLetter(letter, person.locale).text)
  const body = { what: 'membership', clause, by, as, ground: excluder.ground, content, appealBy } as const
  await appendOwn(tx, at, [{ type: 'removal', decision, body }])
  const { id: recipient, email: address, locale } = person
  const mail = { purpose: 'exclusion', about: String(decision), recipient, address, name: fullName(person), locale, letter }
  await enqueueMails(tx, { now: () => at }, work.random, [mail])
  await wakeSweeper(tx)
}

/** That the limits of the power are kept, at the word of whoever speaks for the body. */
const withinLimits = (at: Instant, value: boolean, evidence: string): Fact => ({
  name: 'within-limits',
  of: excluding,
  value,
  at,
  knownAt: instant(at),
  source: 'attestation',
  evidence: evidence as Fingerprint, // SHA-256 in hex
})

type Said = { readonly clause: string; readonly appealBy: Instant | null; readonly secret: string; readonly decision: number }

function letterTo({ movement, settings }: Work, person: Person, { clause, appealBy, secret, decision }: Said): Letter {
  const t = words(messages, person.locale)
  const [rule = ''] = clause.split('@')
  return {
    subject: t('exclusion.mail.subject', { movement: movement.name }),
    parts: [
      t('exclusion.mail.what', { name: person.givenName, rule }),
      ...(appealBy === null
        ? []
        : [t('exclusion.mail.appeal', { until: instantWords(appealBy, movement.zone, person.locale, 'full') })]),
      { url: `${settings.publicAddress}/d/${String(decision)}` },
      t('exclusion.mail.receipt', { secret }),
    ],
    foot: t('exclusion.mail.foot', { movement: movement.name }),
  }
}
