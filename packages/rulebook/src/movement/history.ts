import { plusMonths, type CivilDate, type Instant } from '@quorate/kernel'
import { after, dayOf, reckoningOf, type Reckoning } from '../calendar.ts'
import type { PersonFacts } from '../eligibility.ts'
import { provision, type Rulebook } from '../language/model.ts'
import type { Citation, Fingerprint } from '../terms.ts'

/** What an entry of the register says of one person. */
export type Said =
  /** They came into a state, by an act under a clause. `until` null: until something else happens, or the state's own limit. */
  | { readonly kind: 'standing'; readonly state: string; readonly until: Instant | null; readonly clause: Citation | null }
  | { readonly kind: 'class'; readonly class: string; readonly until: Instant | null }
  | { readonly kind: 'attribute'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'born'; readonly on: CivilDate }
  | { readonly kind: 'joined'; readonly on: CivilDate }
  | { readonly kind: 'paid'; readonly until: CivilDate }
  | { readonly kind: 'group'; readonly group: string; readonly until: Instant | null }
  | { readonly kind: 'fact'; readonly fact: string; readonly until: Instant | null }

/**
 * One sourced entry about one person, at two times: `at`, from when it is true, and `knownAt`, when it was written down. `by`: the office or body
 * that answers for it, null for the person's own word. Nothing is ever taken out; a later entry of the same kind stands over an earlier one.
 */
export type HistoryEntry = {
  readonly at: Instant
  readonly knownAt: Instant
  readonly by: string | null
  readonly evidence: Fingerprint | null
  readonly said: Said
}
/** Everything the register has learnt of one person, in any order. */
export type PersonHistory = readonly HistoryEntry[]

/** The entries that are true by `validAt` and were written down by `knownAt`, in the order of what they speak of, then of writing. */
export const knownEntries = (history: PersonHistory, validAt: Instant, knownAt: Instant): PersonHistory =>
  history
    .map((entry, i) => ({ entry, i }))
    .filter(({ entry }) => entry.at <= validAt && entry.knownAt <= knownAt)
    .toSorted((a, b) => a.entry.at - b.entry.at || a.entry.knownAt - b.entry.knownAt || a.i - b.i)
    .map(({ entry }) => entry)

type Kind = Said['kind']
type Of<K extends Kind> = HistoryEntry & { readonly said: Extract<Said, { readonly kind: K }> }
/** The entries of one kind. */
export const entriesOf = <K extends Kind>(entries: PersonHistory, kind: K): readonly Of<K>[] =>
  entries.filter((e): e is Of<K> => e.said.kind === kind)

/**
 * What the register knows of a person at two times, but for their standing: attributes only with the evidence their rule asks for and before they
 * expire, classes and groups while they last. Total: what nobody has shown is absent.
 */
export function factsAt(
  rulebook: Rulebook,
  history: PersonHistory,
  validAt: Instant,
  knownAt: Instant,
): Omit<PersonFacts, 'standing'> {
  const entries = knownEntries(history, validAt, knownAt)
  const lasts = (until: Instant | null): boolean => until === null || validAt < until
  const classTimes = entriesOf(entries, 'class').map(({ at, said }) => ({ class: said.class, from: at, until: said.until }))
  const paid = entriesOf(entries, 'paid').map((e) => e.said.until)
  return {
    classes: [...new Set(classTimes.filter((t) => lasts(t.until)).map((t) => t.class))],
    classTimes,
    birthDate: entriesOf(entries, 'born').at(-1)?.said.on ?? null,
    joinedOn: entriesOf(entries, 'joined').at(-1)?.said.on ?? null,
    // Payments add up to the furthest day paid for: a later, shorter one takes nothing back.
    paidUntil: paid.length === 0 ? null : paid.reduce((a, b) => (b > a ? b : a)),
    attributes: attributesAt(rulebook, entries, validAt),
    groups: [
      ...new Set(
        entriesOf(entries, 'group')
          .filter((e) => lasts(e.said.until))
          .map((e) => e.said.group),
      ),
    ],
    facts: [
      ...new Set(
        entriesOf(entries, 'fact')
          .filter((e) => lasts(e.said.until))
          .map((e) => e.said.fact),
      ),
    ],
    seats: [],
    offices: [],
  }
}

function attributesAt(rulebook: Rulebook, entries: PersonHistory, validAt: Instant): PersonFacts['attributes'] {
  const reckoning = reckoningOf(rulebook)
  const shown = new Map<string, { readonly value: string; readonly shownOn: CivilDate }>()
  for (const entry of entriesOf(entries, 'attribute')) {
    const { attribute, value } = entry.said
    const rule = provision(rulebook, 'attribute', attribute)?.rule
    if (rule === undefined || !rule.values.includes(value)) continue
    const proven = rule.evidence.kind === 'declared' || (entry.by === rule.evidence.office && entry.evidence !== null)
    if (!proven) continue
    const expired = rule.expires !== null && after(entry.at, rule.expires, reckoning) <= validAt
    if (expired) shown.delete(attribute)
    else shown.set(attribute, { value, shownOn: dayOf(entry.at, reckoning) })
  }
  return Object.fromEntries(shown)
}

/** Years of age on the civil day of an instant, or null where nobody has shown a birth date. Those born on 29 February come of age on the 28th. */
export function ageAt(birthDate: CivilDate | null, at: Instant, reckoning: Reckoning): number | null {
  if (birthDate === null) return null
  const day = dayOf(at, reckoning)
  let years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  while (plusMonths(birthDate, 12 * years) > day) years -= 1
  return Math.max(0, years)
}
