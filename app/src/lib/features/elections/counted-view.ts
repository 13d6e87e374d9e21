import { parseSpoiled, type ResultMessage } from '@quorate/ballots'
import { accountOf, english, welsh, type Account } from '@quorate/counting'
import type { Instant } from '@quorate/kernel'
import { orderOfLot, type PapersCounted, type VotesCounted } from '@quorate/verifier'
import { bodyOfEntry, documentOf, entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { numberText, words, type Locale } from '#lib/platform/words.ts'
import { countedIn, electionText } from './encrypted-sum.ts'
import { electionOf } from './engine.ts'
import { lotOnRecord } from './lot.ts'
import { messages } from './messages.ts'
import { countOpened, listBallotOf, paperQuestion, type ListBallot } from './papers.ts'
import type { ElectionTable } from './tables.ts'

/** What is told of a count: the outcome in a sentence, the stages if it has any, its tables. */
type Told = Pick<Account, 'headline' | 'tables'> & {
  readonly stages: readonly { readonly number: number; readonly text: string }[]
}

/** The count of a ballot that chooses from a list as its page shows it: told stage by stage, with what was left out of it. */
export type CountedView = {
  readonly account: Told
  readonly chosen: readonly string[]
  /** Whether everybody chosen stands above none-of-these; null where that was not on the paper. */
  readonly beatsNone: boolean | null
  /** Names on the paper of people who had left the list by the time voting opened. */
  readonly left: readonly string[]
  readonly valid: number
  readonly blank: number
  readonly spoiled: number
  /** Whether papers were opened one by one, after a shuffle; else totals alone were. */
  readonly papers: boolean
  /** Whether those papers give everybody a grade; else they rank. */
  readonly graded: boolean
  /** The lot that told equals apart: its seed and the order it gave; null where none was needed. */
  readonly lot: { readonly seed: string; readonly order: readonly string[] } | null
}

/** Papers of the result that do not count, as its entry names them. */
async function spoiledOf(db: Db, decision: number): Promise<readonly number[]> {
  const [placed] = await entries(db, { decision, type: 'result' })
  const body = placed === undefined ? null : bodyOfEntry(placed.entry, 'result')
  const text = body !== null && 'spoiled' in body && typeof body.spoiled === 'string' ? await documentOf(db, body.spoiled) : null
  return text === null ? [] : (parseSpoiled(text)?.[0] ?? [])
}

/** Votes by name, the most first: what there is to tell of totals. */
function toldOf({ each, none, chosen }: VotesCounted, { numbers, names }: ListBallot, locale: Locale): Told {
  const t = words(messages, locale)
  const rows = each
    .map(({ number, votes }) => ({ votes, option: numbers.indexOf(number), chosen: chosen.includes(number) }))
    .toSorted((a, b) => b.votes - a.votes)
    .map(({ votes, option, chosen: isChosen }) => ({
      name: names[option] ?? String(option),
      option,
      chosen: isChosen,
      cells: [numberText(votes, locale), isChosen ? t('votes.chosen') : null],
    }))
  const last =
    none === null ? [] : [{ name: t('votes.none'), option: null, chosen: false, cells: [numberText(none, locale), null] }]
  return {
    headline: t('votes.headline', { n: chosen.length }),
    stages: [],
    tables: [
      { id: 'votes', caption: t('votes.caption'), headings: [t('votes.name'), t('votes.votes'), ''], rows: [...rows, ...last] },
    ],
  }
}

/** The count of a ballot that chooses from a list, made again from what was opened; null for other ballots and before there is a result. */
export async function countedViewOf(db: Db, election: ElectionTable, now: Instant, locale: Locale): Promise<CountedView | null> {
  if (election.result === null) return null
  const own = electionOf(await electionText(db, election))
  const list = await listBallotOf(db, election.decision, now)
  if (list === null) return null
  const { result } = JSON.parse(election.result) as ResultMessage // our own text of a result
  const spoiled = await spoiledOf(db, election.decision)
  const seed = await lotOnRecord(db, election.decision)
  const [row] = result
  const cast = paperQuestion(own) === null ? await countedIn(db, election.decision) : (row?.length ?? 0)
  const counted = countOpened(own, list, { result: row, spoiled, cast }, seed)
  if (!('chosen' in counted)) return null
  const nameOf = (number: number): string => list.names[list.numbers.indexOf(number)] ?? String(number)
  const { chosen, beatsNone, valid, blank } = counted
  const order = orderOfLot(seed, list.numbers.length)
  return {
    account: 'count' in counted ? accountIn(counted, locale) : toldOf(counted, list, locale),
    chosen: chosen.map(nameOf),
    beatsNone,
    left: list.asked.withdrawn.map(nameOf),
    valid,
    blank,
    spoiled: spoiled.length,
    papers: 'count' in counted,
    graded: 'count' in counted && counted.count.kind === 'grades',
    lot: seed === null || order === null ? null : { seed, order: order.map((place) => list.names[place] ?? String(place)) },
  }
}

function accountIn({ count, profile }: PapersCounted, locale: Locale): Told {
  const subject = { title: '', names: profile.candidates, withdrawn: profile.withdrawn, seats: profile.seats, moneyPlaces: 0 }
  return accountOf(count, subject, locale === 'cy' ? welsh : english)
}
