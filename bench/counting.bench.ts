import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  bltPackedReader,
  countIrv,
  countMeekReference,
  countNzMeek,
  countPairs,
  countScottish,
  unpackProfile,
  type IrvParams,
  type NzMeekParams,
  type PackedProfile,
} from '@quorate/counting'
import type { Bench, Case } from '../tools/measure.ts'
import { writeBallotFile } from './ballot-file.ts'
import { beleniosCounts, hasBelenios, npmPeers, runWhole, type Ranks } from './counting-peers.ts'

const sizes = [10_000, 100_000, 1_000_000] as const
const [candidates, seats] = [12, 4]
const order = Array.from({ length: candidates }, (_, c) => c)
// One engine, as in every count of more than 100,000 papers.
const fastAlone = { bothUpTo: 0 }
const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }
const pairs = { unranked: 'last', strength: 'winning votes' } as const
// RCTab's usual choices for American cities.
const irv: IrvParams = {
  overvote: 'exhaust',
  skippedRanks: 1,
  repeated: 'skip',
  maxRanks: 'all',
  batch: false,
  until: 'two-left',
  majorityOf: 'continuing',
  ties: 'lot',
  undeclared: [],
}
const appFolder = join(import.meta.dirname, '../app')
// What app/cli/quorate.mjs hands on, so that the compiled form of every file is kept, and not that of the commands alone.
const asTheDoorStarts = { ...process.env, NODE_COMPILE_CACHE: join(appFolder, '../node_modules/.cache/quorate/compile') }
// A peer that needs more than this a count is timed in one round: twenty would be minutes.
const slowFrom = 100_000

function read(path: string): PackedProfile {
  const reader = bltPackedReader()
  const file = openSync(path, 'r')
  const piece = new Uint8Array(2 ** 20)
  for (let n = readSync(file, piece); n > 0; n = readSync(file, piece)) reader.push(piece.subarray(0, n))
  closeSync(file)
  const parsed = reader.end()
  if (parsed.kind === 'fail') throw new Error(`${path} was refused`)
  return parsed.value.profile
}

const must = (count: { readonly kind: string }): void => {
  if (count.kind !== 'ok') throw new Error(`no count: ${JSON.stringify(count)}`)
}

/** Each paper as the rank of every candidate; those left out have the rank after the last, or 0. */
function ranksOf(profile: PackedProfile, leftOut: 'last' | 'none'): readonly Ranks[] {
  return unpackProfile(profile).papers.flatMap(({ weight, ranking }) => {
    const last = leftOut === 'last' ? ranking.length + 1 : 0
    const ranks = order.map((c) => (ranking.includes(c) ? ranking.indexOf(c) + 1 : last))
    return Array.from({ length: weight }, () => ranks)
  })
}

/** Params as the command takes them. */
const words = (params: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(params).flatMap(([point, value]) => {
    const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
    return typeof text === 'string' || typeof text === 'number' ? ['--param', `${point}=${`${text}`.replaceAll(' ', '-')}`] : []
  })

async function casesOf(ballots: number, path: string, belenios: boolean): Promise<readonly Case[]> {
  const profile = read(path)
  const single = { ...profile, seats: 1 }
  const named = (what: string, run: () => unknown, rounds?: number): Case => ({
    name: `${ballots.toLocaleString('en-GB')}: ${what}`,
    operations: 1,
    run,
    ...(rounds === undefined ? {} : { rounds }),
  })
  const cli = [process.execPath, join(appFolder, 'cli/main.ts'), 'count', path]
  const whole = (what: string, given: readonly string[]): Case =>
    // A lot, because a count must not end in a question.
    named(`quorate count, ${what}, whole process`, () =>
      runWhole([...cli, '--lot-seed', 'bench', '--method', ...given], { env: asTheDoorStarts }),
    )
  const few = ballots > slowFrom ? 2 : undefined
  const peers = await npmPeers(candidates, ranksOf(profile, 'last'))
  const cases = [
    named('Scottish STV, after load', () => must(countScottish(profile, null, fastAlone))),
    named('NZ Meek to nine decimals, after load', () => must(countNzMeek(nz, profile, null, fastAlone))),
    named('reference Meek, after load', () => must(countMeekReference(profile, null, fastAlone))),
    named('instant runoff, after load', () => must(countIrv(irv, single, order, fastAlone))),
    named('Schulze, after load', () => must(countPairs('schulze@1', pairs, profile, order, fastAlone))),
    named('ranked pairs, after load', () => must(countPairs('ranked-pairs@1', pairs, profile, order, fastAlone))),
    ...Object.entries(peers).map(([what, run]) =>
      named(`${what}, after load`, run, what === 'npm schulze-method' ? undefined : few),
    ),
    named('reading the file', () => read(path)),
    whole('Scottish STV', ['scottish-stv']),
    whole('NZ Meek', ['nz-meek', ...words(nz)]),
    whole('instant runoff', ['irv', '--seats', '1', ...words(irv)]),
    whole('Schulze', ['schulze', '--seats', '1', ...words(pairs)]),
  ]
  if (!belenios) return cases
  const [complete, partial] = [JSON.stringify(ranksOf(profile, 'last')), JSON.stringify(ranksOf(profile, 'none'))]
  const forSchulze = [`--nchoices=${candidates}`, '--blank-allowed=false']
  return [
    ...cases,
    named(
      'belenios-tool method stv (floats), whole process',
      () => beleniosCounts('stv', [`--nseats=${seats}`], partial),
      few === undefined ? undefined : 1,
    ),
    named('belenios-tool method schulze, whole process', () => beleniosCounts('schulze', forSchulze, complete)),
  ]
}

/** Every way of counting ranked papers beside its peers: a box that is loaded, a file, a whole process. */
export default async function countingBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const belenios = hasBelenios()
  const cases: Case[] = []
  let megabytes = ''
  for (const ballots of sizes) {
    const path = join(folder, `${ballots}.blt`)
    writeBallotFile(path, ballots, candidates, seats)
    megabytes = (statSync(path).size / 2 ** 20).toFixed(0)
    cases.push(...(await casesOf(ballots, path, belenios)))
  }
  return {
    title: 'Counting ranked papers',
    about: `Made-up elections of ${candidates} candidates; the largest file has ${megabytes} MB and about 230,000 different papers. Goals at a million papers: Scottish STV 30 ms after load and 0.5 s for the whole process, Schulze 0.5 s for the whole process, NZ Meek 5 s. Whole processes read the box, each program in its own form; ours is what the command quorate starts under the pinned Node, and of up to 100,000 papers ours counts by both engines and compares them. Of the packages from npm none counts a transferable vote, and none reads a file of papers.${
      belenios
        ? ' belenios-tool prints winners only and counts transferable votes in floats; its stack, which a million papers overflow, was left without a limit. What takes many seconds ran in one or two rounds.'
        : ' No belenios-tool on this machine: its rows are left out.'
    }`,
    cases,
    end: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
