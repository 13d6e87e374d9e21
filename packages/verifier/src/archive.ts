import { castStatementText, companionText, departuresIn, hasLeft, writeArchive, type ElectionEvent } from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { bodyOf, parseEntry, type BodyOf } from '@quorate/record'
import type { LoggedEntry } from './check.ts'
import { textIn } from './citations.ts'
import { bytesOf, type Dossier } from './dossier.ts'

/** Why a dossier gives no archive. */
export type ArchiveFault = 'no election was set up' | 'a document of the election is missing' | 'an entry cannot be read'

/** The voting key of a ballot whose shape its entry has checked. */
const credentialIn = (ballot: string): string => (JSON.parse(ballot) as { readonly credential: string }).credential

/** Voting keys whose last ballot left the box. The format knows no such thing, so an archive has none of their ballots. */
function goneFrom(entries: readonly LoggedEntry[]): ReadonlySet<string> {
  const lastAt = new Map<string, number>()
  const acts: { readonly index: number; readonly events: BodyOf<'act'>['events'] }[] = []
  let closedAt = Infinity
  for (const { index, entry } of entries) {
    const [ballot, act] = [bodyOf(entry, 'ballot'), bodyOf(entry, 'act')]
    if (ballot !== null) lastAt.set(credentialIn(ballot.ballot), index)
    if (act !== null) acts.push({ index, events: [...act.deemed, ...act.events] })
    if (entry.type === 'box-closed') closedAt = index
  }
  const departures = departuresIn(acts, closedAt)
  return new Set([...lastAt].flatMap(([credential, at]) => (hasLeft(departures, credential, at) ? [credential] : [])))
}

/**
 * The events of a decision's election as its record has them, companions included, in the order the archive wants: set-up, ballots, end,
 * tally, shuffles, openings, result, as far as it has got.
 */
export function electionEvents(dossier: Dossier): Result<readonly ElectionEvent[], ArchiveFault> {
  const entries: LoggedEntry[] = []
  for (const stored of dossier.entries) {
    const entry = parseEntry(bytesOf(stored))
    if (entry.kind === 'fail') return fail('an entry cannot be read')
    if (entry.value.decision === dossier.decision) entries.push({ index: stored.index, entry: entry.value })
  }
  const gone = goneFrom(entries)
  const events: ElectionEvent[] = []
  const text = (said: string): string => textIn(dossier.documents, said)
  for (const { entry } of entries) {
    const setup = bodyOf(entry, 'setup')
    const ballot = bodyOf(entry, 'ballot')
    const closed = bodyOf(entry, 'box-closed')
    const shuffle = bodyOf(entry, 'shuffle')
    const opening = bodyOf(entry, 'opening')
    const result = bodyOf(entry, 'result')
    if (setup !== null) {
      const [election, trustees, credentials, companion] = [setup.election, setup.trustees, setup.credentials, setup.bind].map(
        (fingerprint) => dossier.documents[fingerprint],
      )
      if (election === undefined || trustees === undefined || credentials === undefined || companion === undefined)
        return fail('a document of the election is missing')
      events.push({ type: 'Setup', election, trustees, credentials, companion })
    }
    if (ballot !== null && !gone.has(credentialIn(ballot.ballot)))
      events.push({ type: 'Ballot', ballot: ballot.ballot, companion: castStatementText(ballot.cast) })
    if (closed !== null)
      events.push(
        { type: 'EndBallots' },
        { type: 'EncryptedTally', tally: text(closed.tally), ballots: closed.counted, weight: closed.weight },
      )
    if (shuffle !== null) events.push({ type: 'Shuffle', owner: shuffle.trustee, shuffle: text(shuffle.shuffle) })
    // A trustee who comes after the result may still open; the format ends with the result.
    const isInTime = opening !== null && events.at(-1)?.type !== 'Result'
    if (isInTime && events.at(-1)?.type === 'Shuffle') events.push({ type: 'EndShuffles' })
    if (isInTime)
      events.push({
        type: 'PartialDecryption',
        owner: opening.trustee,
        opening: text(opening.decryption),
        companion: companionText(opening.proof),
      })
    if (result !== null)
      events.push({
        type: 'Result',
        result: text(result.result),
        ...('spoiled' in result ? { companion: text(result.spoiled) } : {}),
      })
  }
  return events[0]?.type === 'Setup' ? ok(events) : fail('no election was set up')
}

/**
 * The `.bel` archive of a decision's election (Belenios, format v1): a function of the record, for checking with somebody else's tool. It holds
 * no companions, so that tool alone proves neither an opening nor that no ballot was held back. `name` and bytes belong together.
 */
export function electionArchive(dossier: Dossier): Result<{ readonly name: string; readonly bytes: Uint8Array }, ArchiveFault> {
  const events = electionEvents(dossier)
  if (events.kind === 'fail') return events
  const [setup] = events.value
  assert(setup?.type === 'Setup', 'an archive begins with its set-up')
  const [, uuid = ''] = /"uuid":"([1-9A-HJ-NP-Za-km-z]+)"/.exec(setup.election) ?? []
  const timestamp = setupSeconds(dossier)
  return ok({ name: `${uuid}.bel`, bytes: writeArchive(timestamp, events.value) })
}

/** The second at which the election was set up: every time stamp of its archive. */
function setupSeconds(dossier: Dossier): Parameters<typeof writeArchive>[0] {
  for (const stored of dossier.entries) {
    const entry = parseEntry(bytesOf(stored))
    if (entry.kind === 'ok' && entry.value.type === 'setup' && entry.value.decision === dossier.decision)
      return Math.floor(entry.value.at / 1000)
  }
  return 0
}
