// Counts as if there were more places and fewer, told: who is elected, what each count gave, and the first of them in full.
import { assert, type JsonObject } from '@quorate/kernel'
import type { AsIfCount } from '../constrained/as-if.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { CountWords } from '../words/words.ts'
import type { Account, Subject } from './account.ts'
import { accountJson } from './files.ts'
import { stvAccount } from './stv.ts'

/** Counts as if, told in one language: finished sentences, and the count as it is under its heading. */
export type AsIfAccount = {
  readonly headline: string
  /** The quota, and how it was met. */
  readonly quota: string
  /** One sentence a count, in the order made. */
  readonly counts: readonly string[]
  readonly heading: string
  readonly first: Account
}

/** Tells counts as if. `subject` is the contest as it is. */
export function asIfAccount({ constraint, counts, elected }: AsIfCount, subject: Subject, { phrases }: CountWords): AsIfAccount {
  const { common, asIf } = phrases
  const name = namedBy(phrases, subject.names)
  const inGroup = (among: readonly number[]): number => among.filter((c) => constraint.members.includes(c)).length
  const [first] = counts
  assert(first !== undefined, 'the count as it is comes first')
  return {
    headline: common.elected(elected.map(name), first.seats - elected.length),
    quota: asIf.quota(constraint, inGroup(elected), counts.length),
    counts: counts.map(({ purpose, seats, count }) =>
      asIf.counted(purpose, seats, count.elected.map(name), inGroup(count.elected)),
    ),
    heading: asIf.first,
    first: stvAccount(first.count, { ...subject, seats: first.seats }, phrases),
  }
}

/** All counts as JSON: who is elected (from 0), the quota, and each count as `accountJson` has it. */
export function asIfJson({ constraint, counts, elected }: AsIfCount, subject: Subject, words: CountWords): JsonObject {
  const { name, clause, least, most } = constraint
  return {
    elected,
    quota: { name, clause, least, most },
    counts: counts.map(({ purpose, seats, count }) => ({
      purpose,
      seats,
      count: accountJson(count, { ...subject, seats }, words),
    })),
  }
}
