import { parseSpoiled, type ResultMessage } from '@quorate/ballots'
import { accountOf, english, welsh, type Account } from '@quorate/counting'
import { bodyOfEntry, documentOf, entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Instant } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'
import { electionText } from './encrypted-sum.ts'
import { electionOf } from './engine.ts'
import { countOpened, listBallotOf, rankedIn } from './papers.ts'
import type { ElectionTable } from './tables.ts'

/** The count of a ranked ballot as its page shows it: told stage by stage, with what was left out of it. */
export type RankedView = {
  readonly account: Account
  readonly chosen: readonly string[]
  /** Whether everybody chosen stands above none-of-these; null where that was not on the paper. */
  readonly beatsNone: boolean | null
  readonly valid: number
  readonly blank: number
  readonly spoiled: number
}

/** Papers of the result that do not count, as its entry names them. */
async function spoiledOf(db: Db, decision: number): Promise<readonly number[]> {
  const [placed] = await entries(db, { decision, type: 'result' })
  const body = placed === undefined ? null : bodyOfEntry(placed.entry, 'result')
  const text = body !== null && 'spoiled' in body && typeof body.spoiled === 'string' ? await documentOf(db, body.spoiled) : null
  return text === null ? [] : (parseSpoiled(text)?.[0] ?? [])
}

/** The count of a ranked ballot, made again from its opened papers; null for other ballots and before there is a result. */
export async function rankedViewOf(db: Db, election: ElectionTable, now: Instant, locale: Locale): Promise<RankedView | null> {
  if (election.result === null) return null
  const own = electionOf(await electionText(db, election))
  const question = rankedIn(own)
  const list = question === null ? null : await listBallotOf(db, election.decision, now)
  if (question === null || list === null) return null
  const { result } = JSON.parse(election.result) as ResultMessage // our own text of a result
  const spoiled = await spoiledOf(db, election.decision)
  const counted = countOpened(own, list, result[0], spoiled, null)
  if ('kind' in counted) return null
  const { count, profile, chosen, beatsNone, valid, blank } = counted
  const { answers } = question.value
  const subject = { title: '', names: profile.candidates, withdrawn: [], seats: profile.seats, moneyPlaces: 0 }
  return {
    account: accountOf(count, subject, locale === 'cy' ? welsh : english),
    chosen: chosen.map((number) => answers[list.numbers.indexOf(number)] ?? String(number)),
    beatsNone,
    valid,
    blank,
    spoiled: spoiled.length,
  }
}
