import type { Instant } from '@quorate/kernel'
import { after, reckoningOf } from '../calendar.ts'
import { holdersNeeded } from '../actors.ts'
import { cite, provision, type Rulebook } from '../language/model.ts'
import type { Citation, Pseudonym } from '../terms.ts'

/** One change to how a person is reached. `by` made it for an office; `second` confirmed it, where two must. */
export type ContactChange = {
  readonly person: Pseudonym
  readonly channel: 'email' | 'post' | 'phone'
  readonly at: Instant
  readonly office: string
  readonly by: Pseudonym
  readonly second: Pseudonym | null
  /** When the person themselves confirmed the new address, from what they had before; null: they have not. */
  readonly reverifiedAt: Instant | null
}
/** The ballot that codes go out for. */
export type ContactWindow = { readonly noticedAt: Instant; readonly opensAt: Instant; readonly closesAt: Instant }

/** What becomes of one person's changed contact for one ballot. */
export type ContactJudgement = {
  readonly person: Pseudonym
  readonly channels: readonly ContactChange['channel'][]
  readonly clause: Citation
  /** `sound`: the change stands. `quarantined`: codes go to the old address and wait. `restored`: the person confirmed it in time. */
  readonly state: 'sound' | 'quarantined' | 'restored'
  /** Whether this person can vote in the ballot: the code waits for who has not confirmed in time. */
  readonly votes: boolean
  /** The old address is told by then; until then the person may confirm. */
  readonly confirmBy: Instant | null
}

/**
 * Judges changes of contact against the office's rule for acting alone. Where the rule wants more than one holder for `change-contact`, a change
 * that one made between notice and close is quarantined: the old address is told, and the person has until the close to confirm it. Whoever is not
 * touched votes as before. People come in the order of their first change.
 */
export function judgeContactChanges(
  rulebook: Rulebook,
  changes: readonly ContactChange[],
  ballot: ContactWindow,
): readonly ContactJudgement[] {
  const byPerson = new Map<Pseudonym, ContactChange[]>()
  for (const change of changes) byPerson.set(change.person, [...(byPerson.get(change.person) ?? []), change])
  return [...byPerson].map(([person, own]) => {
    const suspect = own.filter((c) => isSuspect(rulebook, c, ballot))
    const [first] = suspect.length > 0 ? suspect : own
    const found = first === undefined ? null : provision(rulebook, 'office', first.office)
    const clause = cite(rulebook, found?.clause ?? rulebook.document.clauses[0]?.id ?? '0')
    const channels = [...new Set(own.map((c) => c.channel))]
    if (suspect.length === 0) return { person, channels, clause, state: 'sound', votes: true, confirmBy: null }
    const restored = suspect.every((c) => c.reverifiedAt !== null && c.at <= c.reverifiedAt && c.reverifiedAt < ballot.closesAt)
    return { person, channels, clause, state: restored ? 'restored' : 'quarantined', votes: restored, confirmBy: ballot.closesAt }
  })
}

/** Made by fewer than the rule asks, and in the time when a ballot's codes are on their way. */
function isSuspect(rulebook: Rulebook, change: ContactChange, ballot: ContactWindow): boolean {
  const needed = holdersNeeded(rulebook, change.office, 'change-contact')
  const made = change.second === null || change.second === change.by ? 1 : 2
  return made < needed && ballot.noticedAt <= change.at && change.at < ballot.closesAt
}

/** By when the old addresses must have been told: at once, and at the latest one working day after the change. */
export const toldBy = (rulebook: Rulebook, change: ContactChange): Instant =>
  after(change.at, { count: 1, unit: 'working days' }, reckoningOf(rulebook))
