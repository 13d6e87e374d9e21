// Cast vote records in the common data format of NIST (SP 1500-103, Cast Vote Records Common Data Format Specification, version 1.0, 2020),
// as JSON: for one contest, the ranks or marks of every record's current snapshot.
import { fail, ok, type Result } from '@quorate/kernel'
import { checkProfile, type Paper, type Profile, type ProfileFault, type Rank, type Repeats } from '../papers/profile.ts'
import { nameFrom, textOf } from './fault.ts'

/** Why a file does not read. `path` leads to the place, as in `CVR[3].CVRSnapshot[0]`. */
export type CvrFault = {
  readonly kind:
    | 'not text'
    | 'not json'
    | 'not a report'
    | 'no such contest'
    | 'contest not named'
    | 'ambiguous snapshot'
    | 'unknown selection'
    | 'no rank'
    | 'write-in'
  readonly path: string
  readonly text: string
}

/** What a name is that a voter wrote in: a candidate like any other, or a fault of the file until somebody has settled whose name it is. */
export type WriteIns = 'candidates' | 'refused'

/** A contest of the file, and how a reader may name it. */
type Contest = {
  readonly id: string
  readonly name: string
  readonly selections: ReadonlyMap<string, number>
  readonly candidates: readonly string[]
}

type Node = { readonly [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [])
const textIn = (node: Node, ...keys: readonly string[]): string => {
  const found = keys.map((key) => node[key]).find((value) => typeof value === 'string' && value !== '')
  return typeof found === 'string' ? found : ''
}
/** Names come as a text, or as a list of texts in several languages: the first. */
const label = (node: Node): string => {
  const { Name, Text } = node
  const plain = typeof Name === 'string' ? Name : isNode(Name) ? nodes(Name['Text'])[0] : nodes(Text)[0]
  return nameFrom(typeof plain === 'string' ? plain : plain === undefined ? '' : textIn(plain, 'Content', '#text'))
}
const fault = (kind: CvrFault['kind'], path: string, text = ''): Result<never, CvrFault> =>
  fail({ kind, path, text: text.slice(0, 60) })

/**
 * Reads one contest; without `contest`, the file must hold one. Marks that carry a rank give a ranking, several at one rank an overvote kept
 * as equal ranks; marks without ranks are one level. Write-ins count under the name written (nameless ones together as `Write-in`), or are
 * refused: none is ever passed over. A candidate marked at a second rank keeps the
 * first alone, unless repeats are `allowed`: then both stay, for a rule (instant runoff) that says what becomes of such a paper.
 */
export function parseCvr(
  bytes: Uint8Array,
  seats: number,
  contest: string | null,
  repeats: Repeats = 'refused',
  writeIns: WriteIns = 'candidates',
): Result<Profile, CvrFault | { readonly kind: 'bad profile'; readonly fault: ProfileFault }> {
  const text = textOf(bytes)
  if (text === null) return fault('not text', '')
  const report = json(text)
  if (report === undefined) return fault('not json', '')
  if (!isNode(report) || !Array.isArray(report['CVR'])) return fault('not a report', '')
  const found = contestOf(report, contest)
  if (found.kind === 'fail') return found
  const candidates = [...found.value.candidates]
  const written = new Map<string, number>()
  const papers: Paper[] = []
  for (const [i, record] of report['CVR'].entries()) {
    if (!isNode(record)) return fault('not a report', `CVR[${i}]`)
    const snapshot = currentOf(record, `CVR[${i}]`)
    if (snapshot.kind === 'fail') return snapshot
    for (const [j, marked] of nodes(snapshot.value['CVRContest']).entries()) {
      if (textIn(marked, 'ContestId') !== found.value.id) continue
      const path = `CVR[${i}].CVRContest[${j}]`
      const ranking = rankingOf(marked, found.value, { candidates, written, repeats, writeIns }, path)
      if (ranking.kind === 'fail') return ranking
      papers.push({ weight: 1, ranking: ranking.value })
    }
  }
  const profile = checkProfile({ title: found.value.name, candidates, withdrawn: [], seats, papers }, repeats)
  return profile.kind === 'ok' ? profile : fail({ kind: 'bad profile', fault: profile.error })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // JSON.parse's only failure: the text is not JSON
  }
}

function contestOf(report: Node, wanted: string | null): Result<Contest, CvrFault> {
  const elections = nodes(report['Election'])
  const contests = elections.flatMap((election) => {
    const people = new Map(nodes(election['Candidate']).map((c) => [textIn(c, '@id', 'id'), label(c)]))
    return nodes(election['Contest']).map((contest) => contestFrom(contest, people))
  })
  const match = contests.filter(({ id, name }) => wanted === null || wanted === id || wanted === name)
  const [only, second] = match
  if (only === undefined) return fault('no such contest', 'Election', wanted ?? '')
  return second === undefined ? ok(only) : fault('contest not named', 'Election', match.map(({ id }) => id).join(', '))
}

/** Selections stand for the candidates they name, for an option (yes, no) or for a write-in line. */
function contestFrom(contest: Node, people: ReadonlyMap<string, string>): Contest {
  const selections = new Map<string, number>()
  const candidates: string[] = []
  for (const selection of nodes(contest['ContestSelection'])) {
    const id = textIn(selection, '@id', 'id')
    if (selection['IsWriteIn'] === true) {
      selections.set(id, -1)
      continue
    }
    const named = texts(selection['CandidateIds'])
      .map((candidate) => people.get(candidate) ?? candidate)
      .join(' and ')
    const name = named === '' ? label(selection) || nameFrom(textIn(selection, 'Selection')) || id : named
    const known = candidates.indexOf(name) // two selections with one name: aliases of one choice
    selections.set(id, known >= 0 ? known : candidates.push(name) - 1)
  }
  return { id: textIn(contest, '@id', 'id'), name: label(contest), selections, candidates }
}

/** The snapshot the record calls current; a record with one needs not say. */
function currentOf(record: Node, path: string): Result<Node, CvrFault> {
  const snapshots = nodes(record['CVRSnapshot'])
  const current = textIn(record, 'CurrentSnapshotId')
  const match = current === '' ? snapshots : snapshots.filter((snapshot) => textIn(snapshot, '@id', 'id') === current)
  const [only, second] = match
  return only === undefined || second !== undefined ? fault('ambiguous snapshot', path, current) : ok(only)
}

/** Who has been met so far, and what to do about repeats and names written in. */
type Known = {
  readonly candidates: string[]
  readonly written: Map<string, number>
  readonly repeats: Repeats
  readonly writeIns: WriteIns
}

function rankingOf(marked: Node, contest: Contest, known: Known, path: string): Result<readonly Rank[], CvrFault> {
  const levels: number[][] = []
  let unranked = false
  for (const [k, selection] of nodes(marked['CVRContestSelection']).entries()) {
    const id = textIn(selection, 'ContestSelectionId')
    for (const position of nodes(selection['SelectionPosition'])) {
      const { HasIndication: mark, IsAllocable: counts } = position
      if (mark !== 'yes' || counts === 'no') continue
      const candidate = candidateOf(id, position, contest, known)
      if (candidate === null) return fault('unknown selection', `${path}.CVRContestSelection[${k}]`, id)
      if (typeof candidate === 'string') return fault('write-in', `${path}.CVRContestSelection[${k}]`, candidate)
      const rank = position['Rank'] ?? selection['Rank']
      if (rank === undefined) unranked = true
      else if (typeof rank !== 'number' || !Number.isInteger(rank) || rank < 1 || rank > 10_000)
        return fault('no rank', `${path}.CVRContestSelection[${k}]`, JSON.stringify(rank))
      const at = typeof rank === 'number' ? rank : 1
      while (levels.length < at) levels.push([])
      // Marked again at a later rank, a candidate keeps the earlier one; twice at one rank is one mark.
      const before = known.repeats === 'allowed' ? levels.slice(at - 1, at) : levels
      if (!before.some((level) => level.includes(candidate))) levels[at - 1]?.push(candidate)
    }
  }
  if (unranked && levels.length > 1) return fault('no rank', path)
  while (levels.at(-1)?.length === 0) levels.pop()
  return ok(levels.map((level): Rank => (level.length === 1 ? (level[0] ?? 0) : level.toSorted((a, b) => a - b))))
}

/** Whom a mark is for; the name written in where those are refused; null for a choice the contest does not have. */
function candidateOf(
  id: string,
  position: Node,
  contest: Contest,
  { candidates, written: known, writeIns }: Known,
): number | string | null {
  const selection = contest.selections.get(id)
  const written = isNode(position['CVRWriteIn']) ? nameFrom(textIn(position['CVRWriteIn'], 'Text')) : ''
  if (selection !== undefined && selection >= 0) return selection
  if (selection === undefined && written === '') return null
  const name = written === '' ? 'Write-in' : written
  const declared = candidates.indexOf(name)
  // Somebody who stands, written in by name, is who they are.
  if (writeIns === 'refused' && declared < 0) return name
  const candidate = known.get(name) ?? (declared >= 0 ? declared : candidates.push(name) - 1)
  known.set(name, candidate)
  return candidate
}

/** Writes a profile as a report of one contest, a record for each paper of each weight. Equal ranks become marks at one rank. */
export function writeCvr({ title, candidates, papers }: Profile): string {
  const record = (ranking: readonly Rank[]): Node => ({
    '@type': 'CVR.CVR',
    CurrentSnapshotId: 's',
    CVRSnapshot: [
      {
        '@id': 's',
        '@type': 'CVR.CVRSnapshot',
        Type: 'original',
        CVRContest: [
          {
            '@type': 'CVR.CVRContest',
            ContestId: 'contest',
            CVRContestSelection: ranking.flatMap((rank, i) =>
              (typeof rank === 'number' ? [rank] : rank).map((c) => ({
                '@type': 'CVR.CVRContestSelection',
                ContestSelectionId: `selection-${c}`,
                Rank: i + 1,
                SelectionPosition: [{ '@type': 'CVR.SelectionPosition', HasIndication: 'yes', NumberVotes: 1 }],
              })),
            ),
          },
        ],
      },
    ],
  })
  const report = {
    '@type': 'CVR.CastVoteRecordReport',
    Version: '1.0.0',
    Election: [
      {
        '@id': 'election',
        '@type': 'CVR.Election',
        Candidate: candidates.map((Name, c) => ({ '@id': `candidate-${c}`, '@type': 'CVR.Candidate', Name })),
        Contest: [
          {
            '@id': 'contest',
            '@type': 'CVR.CandidateContest',
            Name: title,
            ContestSelection: candidates.map((_, c) => ({
              '@id': `selection-${c}`,
              '@type': 'CVR.CandidateSelection',
              CandidateIds: [`candidate-${c}`],
            })),
          },
        ],
      },
    ],
    CVR: papers.flatMap(({ weight, ranking }) => Array.from({ length: weight }, () => record(ranking))),
  }
  return `${JSON.stringify(report)}\n`
}
