import {
  checkCompanion,
  checkOpening,
  checkResult,
  encryptedTally,
  type Box,
  type EncryptedTally,
  type OwnedOpening,
} from '@quorate/ballots'
import type { Logged } from './check.ts'
import type { SetUp } from './election-setup.ts'
import type { ReplayedAct } from './replay.ts'
import { countsOf, readingsOf } from './result-rows.ts'
import { faultOf, type Fault } from './verdict.ts'

/** What the end of voting established. */
export type Tallied = { readonly fault: Fault } | { readonly fault: null; readonly tally: EncryptedTally }

/** The locked count of a closed box: the sum of the last ballot of every voting key, and the numbers published with it. */
export function checkTally({ election }: SetUp, box: Box, { index, body }: Logged<'box-closed'>): Tallied {
  const tally = encryptedTally(election, box.counted())
  const numbers = [
    ['ballots', box.size(), body.ballots],
    ['counted', tally.ballots, body.counted],
    ['weight', tally.weight, body.weight],
  ] as const
  const other = numbers.find(([, expected, found]) => expected !== found)
  if (other !== undefined)
    return { fault: faultOf('tally-differs', { entry: index, expected: `${other[0]} ${String(other[1])}`, found: other[2] }) }
  if (tally.text !== body.tally)
    return {
      fault: faultOf('tally-differs', { entry: index, expected: 'the sum of the last ballot of every voter', found: body.tally }),
    }
  return { fault: null, tally }
}

/**
 * The earliest lawful end of voting, as the rules replayed it, against the entry that ended it. `closesAt`: the last instant that any event
 * set, extensions included; null when the ballot never opened.
 */
export function closingFault(acts: readonly ReplayedAct[], closed: Logged<'box-closed'>): Fault | null {
  const events = acts.flatMap(({ recorded }) => [...recorded.deemed, ...recorded.events])
  const closing = events.findLast((e) => e.kind === 'opened' || e.kind === 'extended')
  if (closing?.kind !== 'opened' && closing?.kind !== 'extended')
    return faultOf('closed-early', { entry: closed.index, expected: 'a ballot that has opened', found: 'none' })
  const { closesAt, clause } = closing
  return closed.entry.at < closesAt
    ? faultOf('closed-early', { entry: closed.index, clause, expected: closesAt, found: closed.entry.at })
    : null
}

/** What the openings established. */
export type Opened = { readonly fault: Fault } | { readonly fault: null; readonly openings: readonly OwnedOpening[] }

/**
 * Every opening by a trustee with its companion: no companion, no result. The companion is what proves it; the format's own proof does not
 * bind what is opened, and who casts the last ballot could shift the count.
 */
export function checkOpenings(
  { election, trustees }: SetUp,
  tally: EncryptedTally,
  opened: readonly Logged<'opening'>[],
): Opened {
  const openings: OwnedOpening[] = []
  for (const { index, body } of opened) {
    const { trustee: owner } = body
    const stop = (code: Fault['code'], expected: string, found: string): Opened => ({
      fault: faultOf(code, { entry: index, expected, found }),
    })
    const key = trustees.keys[owner - 1]
    if (key === undefined) return stop('opening-invalid', `a trustee from 1 to ${String(trustees.keys.length)}`, String(owner))
    if (openings.some((opening) => opening.owner === owner))
      return stop('opening-invalid', 'one opening a trustee', `a second by ${String(owner)}`)
    const opening = checkOpening(election, tally, key, body.decryption)
    if (opening.kind === 'fail')
      return stop('opening-invalid', 'an opening of this count by this trustee', JSON.stringify(opening.error))
    const companion = checkCompanion(election, { tally, lastShuffleHash: null, owner }, key, opening.value, body.proof)
    if (companion.kind === 'fail')
      return stop('companion-fails', 'proof that just this was opened', JSON.stringify(companion.error))
    openings.push({ owner, opening: opening.value })
  }
  return { fault: null, openings }
}

/** The result: what the openings give, place by place, and what was declared. */
export function resultFault(
  { election, trustees }: SetUp,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
  { index, body }: Logged<'result'>,
  declared: { readonly for: number; readonly against: number; readonly blank: number; readonly cast: number } | null,
): Fault | null {
  const result = checkResult(election, trustees, tally, openings, body.result)
  if (result.kind === 'fail') {
    const { error } = result
    return error.kind === 'too few openings'
      ? faultOf('too-few-openings', { entry: index, expected: error.needed, found: error.found })
      : faultOf('result-differs', { entry: index, expected: 'what the openings give', found: JSON.stringify(error) })
  }
  const [question] = election.message.questions
  const readings = readingsOf(countsOf(body)?.[0] ?? [])
  // With a blank place its votes stand first; without, an abstention is the third answer.
  const reading = question !== undefined && 'blank' in question && question.blank ? readings[0] : readings.at(-1)
  if (reading === undefined || declared === null) return null
  const same =
    (['for', 'against', 'blank'] as const).every((place) => reading[place] === declared[place]) && declared.cast === tally.ballots
  if (same) return null
  const text = (t: typeof reading): string => `${String(t.for)} for, ${String(t.against)} against, ${String(t.blank)} blank`
  return faultOf('result-differs', {
    entry: index,
    expected: text(reading),
    found: `declared: ${text(declared)}, ${String(declared.cast)} cast`,
  })
}
