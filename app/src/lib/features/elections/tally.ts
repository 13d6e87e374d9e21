import {
  checkCompanion,
  checkOpening,
  checkResult,
  combineResult,
  countsOf,
  resultText,
  spoiledPapers,
  spoiledText,
  type Election,
  type Element,
  type EncryptedTally,
  type OwnedOpening,
  type ResultMessage,
  type Trustees,
} from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { leavesToLot, lotCarries, lotOfOpenings } from '@quorate/verifier'
import { fewestOpened, type DecisionId, type Fact, type Fingerprint } from '@quorate/rulebook'
import { perform, waitingFor } from '#lib/features/motions/index.ts'
import { appendOwn, documentOf, lockLog, storeDocument } from '#lib/features/record/index.ts'
import { isDuplicate, transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { countedIn, electionText, tallyOf } from './encrypted-sum.ts'
import { electionOf } from './engine.ts'
import { ballotStageOf } from './lot.ts'
import { certificateFor, countOpened, countValue, listBallotOf, needsLot, paperQuestion } from './papers.ts'
import { destroyCodes } from './registrar.ts'
import type { Mixed } from './shuffle-check.ts'
import { mixedTally, shuffling, trusteesIn } from './shuffles.ts'
import type { ElectionTable } from './tables.ts'

/** What goes into an entry of an election: a short text itself, of papers the document that holds it. */
const written = (tx: Tx, own: Election, text: string): Promise<string> =>
  paperQuestion(own) === null ? Promise.resolve(text) : storeDocument(tx, text)

/** Boxes that have closed and are not yet folded: writes the encrypted tally and destroys the voting codes. Returns how many. */
export async function closeBoxes(work: Work): Promise<number> {
  let closed = 0
  for (const { decision } of await waitingFor(work, ['declare'])) {
    const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()
    if (election === undefined || election.tally !== null) continue
    const tally = await tallyOf(work, election)
    const own = electionOf(await electionText(work.db, election))
    const ballots = await work.db
      .selectFrom('ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', decision)
      .executeTakeFirstOrThrow()
    await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      const claimed = await tx
        .updateTable('election')
        .set({ tally: tally.text })
        .where('decision', '=', decision)
        .where('tally', 'is', null)
        .executeTakeFirst()
      if (claimed.numUpdatedRows === 0n) return
      await destroyCodes(tx, decision)
      await tx.updateTable('participation').set({ key_mark: null }).where('decision', '=', decision).execute()
      await appendOwn(tx, now, [
        {
          type: 'box-closed',
          decision,
          body: {
            ballots: ballots.n,
            counted: tally.ballots,
            weight: tally.weight,
            tally: await written(tx, own, tally.text),
          },
        },
      ])
    })
    closed++
  }
  return closed
}

/** Why a trustee's opening was not taken. */
export type OpeningFault =
  | { readonly kind: 'not-a-trustee' | 'not-closed' | 'too-few' | 'not-shuffled' | 'already-opened' }
  | { readonly kind: 'bad-proof'; readonly check: string }

/** What a trustee sends: the exact partial decryption, and its companion. */
export type SentOpening = { readonly payload: string; readonly proof: { readonly challenge: string; readonly response: string } }

/**
 * Whether a closed box is never opened: so few voted in a secret ballot that its totals would tell single votes. A ballot that is not secret has no such
 * floor.
 */
async function staysShut({ db, clock }: Pick<Work, 'db' | 'clock'>, decision: number): Promise<boolean> {
  if ((await countedIn(db, decision)) >= fewestOpened) return false
  return (await ballotStageOf(db, decision, clock.now()))?.secret !== false
}

/**
 * Takes a trustee's opening, checked with its companion against the tally this server folds from the record: no companion, no result. With
 * the last one needed the result is written and the decision declared. An opening of a box that stays shut is not taken: on the record it would be there for
 * good.
 */
export async function takeOpening(
  work: Work,
  election: ElectionTable,
  personId: string,
  { payload, proof }: SentOpening,
): Promise<Result<{ readonly opened: number; readonly needed: number }, OpeningFault>> {
  const { decision } = election
  const seat = await work.db
    .selectFrom('trustee')
    .select('place')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (seat === undefined) return fail({ kind: 'not-a-trustee' })
  if (election.tally === null) return fail({ kind: 'not-closed' })
  if (election.fallen_at !== null || (await staysShut(work, decision))) return fail({ kind: 'too-few' })
  const { shuffled, needed } = await shuffling(work.db, election)
  if (shuffled.length < needed) return fail({ kind: 'not-shuffled' })
  const { own, trustees, tally, lastShuffleHash } = await toOpen(work, election)
  const key = trustees.keys[seat.place - 1]
  assert(key !== undefined, 'a seated trustee has a key')
  const checked = checkOpening(own, tally, key, payload)
  if (checked.kind === 'fail') return fail({ kind: 'bad-proof', check: checked.error.kind })
  const claim = { tally, lastShuffleHash, owner: seat.place }
  const companion = checkCompanion(own, claim, key, checked.value, proof)
  if (companion.kind === 'fail') return fail({ kind: 'bad-proof', check: companion.error.kind })
  try {
    await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      await tx
        .insertInto('opening')
        .values({ decision, place: seat.place, payload, proof: JSON.stringify(proof) })
        .execute()
      const decryption = await written(tx, own, payload)
      await appendOwn(tx, now, [{ type: 'opening', decision, body: { trustee: seat.place, decryption, proof } }])
    })
  } catch (error) {
    if (isDuplicate(error)) return fail({ kind: 'already-opened' })
    throw error
  }
  await declareResult(work, decision as DecisionId) // rows of elections are of decisions
  const { n } = await work.db
    .selectFrom('opening')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .executeTakeFirstOrThrow()
  return ok({ opened: n, needed: election.threshold })
}

/** An election with what is to be opened: its tally, papers as the last shuffle left them. */
type ToOpen = Pick<Mixed, 'tally' | 'lastShuffleHash'> & { readonly own: Election; readonly trustees: Trustees<Element> }

async function toOpen(work: Work, election: ElectionTable): Promise<ToOpen> {
  const text = await electionText(work.db, election)
  const file = election.trustees === null ? null : await documentOf(work.db, election.trustees)
  const trustees = trusteesIn(election, file ?? '')
  const mixed = await mixedTally(work.db, election.decision, text, await tallyOf(work, election))
  return { own: electionOf(text), trustees, tally: mixed.tally, lastShuffleHash: mixed.lastShuffleHash }
}

/** The openings taken so far, each checked again. */
async function openingsOf(db: Db, own: Election, trustees: Trustees<Element>, tally: EncryptedTally, decision: number) {
  const rows = await db.selectFrom('opening').selectAll().where('decision', '=', decision).orderBy('place').execute()
  return rows.flatMap(({ place, payload }): OwnedOpening[] => {
    const key = trustees.keys[place - 1]
    const opening = key === undefined ? null : checkOpening(own, tally, key, payload)
    return opening?.kind === 'ok' ? [{ owner: place, opening: opening.value }] : []
  })
}

/** Combines enough openings into the result and declares it. Returns 1 when it did. A sweep tries again what a crash cut short. */
export async function declareResult(work: Work, decision: DecisionId): Promise<number> {
  const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()
  if (election === undefined || election.tally === null || election.result !== null || election.level_at !== null) return 0
  if (await staysShut(work, decision)) return declareUnopened(work, decision)
  const { n } = await work.db
    .selectFrom('opening')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .executeTakeFirstOrThrow()
  if (n < election.threshold) return 0
  const opening = await toOpen(work, election)
  const { own, trustees, tally } = opening
  const openings = await openingsOf(work.db, own, trustees, tally, decision)
  const combined = combineResult(own, trustees, tally, openings)
  if (combined.kind === 'fail') return 0
  const result = resultText(combined.value)
  const checked = checkResult(own, trustees, tally, openings, result)
  assert(checked.kind === 'ok', 'the result we combined is one')
  const spoiled = spoiledPapers(own, checked.value)
  const stated = await statedOf(work, { election, toOpen: opening, openings, result: combined.value, spoiled })
  if (stated === 'level') return waitLevel(work, decision)
  if (stated === null) return 0
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'declare' },
    facts: ({ tx, now }): Promise<readonly Fact[]> =>
      Promise.all(
        stated.map(async ({ name, value, evidence }): Promise<Fact> => {
          const print = evidence === null ? null : ((await storeDocument(tx, evidence)) as Fingerprint) // SHA-256 in hex
          return { name, value, evidence: print, of: null, at: now, knownAt: now, source: 'tally' }
        }),
      ),
    before: async ({ tx }) => {
      const text = await written(tx, own, result)
      const body =
        paperQuestion(own) === null ? { result: text } : { result: text, spoiled: await storeDocument(tx, spoiledText(spoiled)) }
      return [{ type: 'result', decision, body }]
    },
    then: async ({ tx }) => {
      await tx.updateTable('election').set({ result }).where('decision', '=', decision).execute()
    },
  })
  return done.kind === 'ok' ? 1 : 0
}

/** A secret ballot in which too few voted to be opened has fallen: no trustee's device would open it. Returns 1 when that was declared. */
async function declareUnopened(work: Work, decision: DecisionId): Promise<number> {
  const cast = await countedIn(work.db, decision)
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'declare' },
    facts: ({ now }) =>
      Promise.resolve([{ name: 'unopened', of: null, value: { cast }, at: now, knownAt: now, source: 'box', evidence: null }]),
    then: async ({ tx, now }) => {
      await tx.updateTable('election').set({ fallen_at: now }).where('decision', '=', decision).execute()
    },
  })
  return done.kind === 'ok' ? 1 : 0
}

/**
 * Notes that nothing here decides between equals. Other openings give the same result, so no sweep need look again; pages say how it stands. Returns 0: this
 * moves nothing on.
 */
async function waitLevel({ db, clock }: Work, decision: DecisionId): Promise<0> {
  await db.updateTable('election').set({ level_at: clock.now() }).where('decision', '=', decision).execute()
  return 0
}

type Combined = {
  readonly election: ElectionTable
  readonly toOpen: ToOpen
  readonly openings: readonly OwnedOpening[]
  readonly result: ResultMessage
  readonly spoiled: ReturnType<typeof spoiledPapers>
}

/** A statement of a result to the rules, without the time that all of them share. */
type Stated = Pick<Fact, 'name' | 'value'> & { readonly evidence: string | null }

/**
 * What a result says to the rules: votes for and against, or whom the rule's method chooses; with the lot where equals were told apart by it. `level`
 * where the rule leaves a tie to a person, or list equals to nobody: the ballot then waits. Null where the count has no outcome.
 */
async function statedOf(
  work: Work,
  { election, toOpen, openings, result, spoiled }: Combined,
): Promise<readonly Stated[] | 'level' | null> {
  const { own, tally } = toOpen
  const list = await listBallotOf(work.db, election.decision, work.clock.now())
  const drawn = (): string | null => lotOfOpenings({ election: own, ...toOpen, rollRoot: election.roll_root, openings })
  const lotFact = (value: string | boolean): Stated => ({ name: 'lot', value, evidence: null })
  if (list === null) {
    const [yes = 0, no = 0] = countsOf(result.result[0])
    // Every ballot in the box passed all its proofs, so each returned ballot is valid and none is blank.
    const value = { for: yes, against: no, blank: 0, cast: tally.ballots, valid: tally.ballots }
    const votes: Stated = { name: 'tally', value, evidence: resultText(result) }
    const tie = yes === no ? (await ballotStageOf(work.db, election.decision, work.clock.now()))?.tie : null
    if (tie === 'casting vote') return 'level'
    const seed = tie === 'lot in public' ? drawn() : null
    return seed === null ? [votes] : [votes, lotFact(lotCarries(seed))]
  }
  const opened = { result: result.result[0], spoiled: (spoiled[0] ?? []).map(({ paper }) => paper), cast: tally.ballots }
  const first = countOpened(own, list, opened, null)
  const isLevel = needsLot(first)
  if (isLevel && !leavesToLot(list.asked)) return 'level'
  const seed = isLevel ? drawn() : null
  const counted = seed === null ? first : countOpened(own, list, opened, seed)
  if (!('chosen' in counted)) return null
  const evidence = 'count' in counted ? certificateFor(counted, seed) : null
  const count: Stated = { name: 'count', value: countValue(counted, tally.ballots), evidence }
  return seed === null ? [count] : [count, lotFact(seed)]
}
