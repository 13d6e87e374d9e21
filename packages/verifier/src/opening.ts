import {
  checkCompanion,
  checkOpening,
  checkResult,
  encryptedTally,
  spoiledPapers,
  spoiledText,
  type Box,
  type Election,
  type EncryptedTally,
  type OwnedOpening,
} from '@quorate/ballots'
import type { Evidence, Logged } from './check.ts'
import { textIn } from './citations.ts'
import type { SetUp } from './election-setup.ts'
import type { ReplayedAct } from './replay.ts'
import { countsOf, readingsOf } from './result-rows.ts'
import type { Mixed } from './shuffles.ts'
import { faultOf, type Fault } from './verdict.ts'

/** What the end of voting established. */
export type Tallied = { readonly fault: Fault } | { readonly fault: null; readonly tally: EncryptedTally }

/** The locked count of a closed box: the sum of the last ballot of every voting key, and the numbers published with it. */
export function checkTally({ dossier }: Evidence, { election }: SetUp, box: Box, { index, body }: Logged<'box-closed'>): Tallied {
  const tally = encryptedTally(election, box.counted())
  const numbers = [
    ['ballots', box.size(), body.ballots],
    ['counted', tally.ballots, body.counted],
    ['weight', tally.weight, body.weight],
  ] as const
  const other = numbers.find(([, expected, found]) => expected !== found)
  if (other !== undefined)
    return { fault: faultOf('tally-differs', { entry: index, expected: `${other[0]} ${String(other[1])}`, found: other[2] }) }
  if (tally.text !== textIn(dossier.documents, body.tally))
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
  { dossier }: Evidence,
  { election, trustees }: SetUp,
  { tally, lastShuffleHash }: Pick<Mixed, 'tally' | 'lastShuffleHash'>,
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
    const opening = checkOpening(election, tally, key, textIn(dossier.documents, body.decryption))
    if (opening.kind === 'fail')
      return stop('opening-invalid', 'an opening of this count by this trustee', JSON.stringify(opening.error))
    const companion = checkCompanion(election, { tally, lastShuffleHash, owner }, key, opening.value, body.proof)
    if (companion.kind === 'fail')
      return stop('companion-fails', 'proof that just this was opened', JSON.stringify(companion.error))
    openings.push({ owner, opening: opening.value })
  }
  return { fault: null, openings }
}

type DeclaredTally = { readonly for: number; readonly against: number; readonly blank: number; readonly cast: number }

/** The result: what the openings give, place by place or paper by paper with those that are spoiled, and what was declared. */
export function resultFault(
  { dossier }: Evidence,
  { election, trustees }: SetUp,
  { tally, openings }: { readonly tally: EncryptedTally; readonly openings: readonly OwnedOpening[] },
  { index, body }: Logged<'result'>,
  declared: (DeclaredTally & { readonly ofList: boolean }) | null,
): Fault | null {
  const result = checkResult(election, trustees, tally, openings, textIn(dossier.documents, body.result))
  if (result.kind === 'fail') {
    const { error } = result
    return error.kind === 'too few openings'
      ? faultOf('too-few-openings', { entry: index, expected: error.needed, found: error.found })
      : faultOf('result-differs', { entry: index, expected: 'what the openings give', found: JSON.stringify(error) })
  }
  const differs = (expected: string, found: string): Fault => faultOf('result-differs', { entry: index, expected, found })
  const spoiled = spoiledText(spoiledPapers(election, result.value))
  const named = 'spoiled' in body ? textIn(dossier.documents, body.spoiled) : noneSpoiled
  if (named !== spoiled) return differs(spoiled, named)
  if (declared === null) return null
  if (declared.cast !== tally.ballots) return differs(`${String(tally.ballots)} cast`, `declared: ${String(declared.cast)} cast`)
  // What votes for a list and papers with ranks come to is counted again where the count is declared.
  const reading = declared.ofList ? undefined : readingIn(election, countsOf(body))
  if (reading === undefined) return null
  if ((['for', 'against', 'blank'] as const).every((place) => reading[place] === declared[place])) return null
  const text = (t: typeof reading): string => `${String(t.for)} for, ${String(t.against)} against, ${String(t.blank)} blank`
  return differs(text(reading), `declared: ${text(declared)}, ${String(declared.cast)} cast`)
}

const noneSpoiled = spoiledText([])

/** With a blank place its votes stand first; without, an abstention is the third answer. */
function readingIn({ message }: Election, counts: ReturnType<typeof countsOf>) {
  const [question] = message.questions
  const readings = readingsOf(counts?.[0] ?? [])
  return question !== undefined && 'blank' in question && question.blank ? readings[0] : readings.at(-1)
}
