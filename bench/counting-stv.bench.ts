import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  bltPackedReader,
  countMeekReference,
  countNzMeek,
  countScottish,
  type NzMeekParams,
  type PackedProfile,
} from '@quorate/counting'
import type { Bench, Case } from '../tools/measure.ts'
import { writeBallotFile } from './ballot-file.ts'

const sizes = [10_000, 100_000, 1_000_000] as const
const seats = 4
// One engine, as in every count of more than 100,000 papers.
const fastAlone = { bothUpTo: 0 }
const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }

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

function command(words: readonly string[], input: string | undefined): void {
  const [program = '', ...rest] = words
  const done = spawnSync(program, rest, { input, maxBuffer: 2 ** 28 })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr.toString().slice(0, 300)}`)
}

/** The papers as Belenios has them: each candidate's rank on each, 0 for none. */
function asRanks(path: string): string {
  const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n')
  const candidates = Number(head.split(' ')[0])
  const papers = lines.slice(0, lines.indexOf('0')).map((line) => {
    const ranks = new Array<number>(candidates).fill(0)
    const named = line.split(' ').slice(1, -1)
    for (const [place, candidate] of named.entries()) ranks[Number(candidate) - 1] = place + 1
    return ranks
  })
  return JSON.stringify(papers)
}

function casesOf(ballots: number, path: string, belenios: boolean): readonly Case[] {
  const profile = read(path)
  const name = (what: string): string => `${ballots.toLocaleString('en-GB')}: ${what}`
  const own = (what: string, run: () => unknown): Case => ({ name: name(what), operations: 1, run })
  const cli = [process.execPath, join(import.meta.dirname, '../app/cli/main.ts'), 'count', path, '--method']
  const nzWords = Object.entries(nz).flatMap(([point, value]) => ['--param', `${point}=${value}`])
  const cases = [
    own('Scottish STV, after load', () => must(countScottish(profile, null, fastAlone))),
    own('NZ Meek to nine decimals, after load', () => must(countNzMeek(nz, profile, null, fastAlone))),
    own('reference Meek, after load', () => must(countMeekReference(profile, null, fastAlone))),
    own('reading the file', () => read(path)),
    own('quorate count, Scottish STV, whole process', () => command([...cli, 'scottish-stv'], undefined)),
    own('quorate count, NZ Meek, whole process', () => command([...cli, 'nz-meek', ...nzWords], undefined)),
  ]
  if (!belenios) return cases
  const ranks = asRanks(path)
  const peer = ['belenios-tool', 'method', 'stv', `--nseats=${seats}`]
  return [...cases, own('belenios-tool method stv (floats), whole process', () => command(peer, ranks))]
}

/** Transferable votes beside a peer: a box that is loaded, a file, a whole process. */
export default function countingStvBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const belenios = spawnSync('belenios-tool', ['--version']).status === 0
  const cases: Case[] = []
  let megabytes = ''
  for (const ballots of sizes) {
    const path = join(folder, `${ballots}.blt`)
    writeBallotFile(path, ballots, 12, seats)
    megabytes = (statSync(path).size / 2 ** 20).toFixed(0)
    // Its stack overflows at a million.
    cases.push(...casesOf(ballots, path, belenios && ballots < 1_000_000))
  }
  return {
    title: 'Transferable votes',
    about: `Made-up elections of 12 candidates for ${seats} seats; the largest file has ${megabytes} MB and about 230,000 different papers. Goals at a million papers: Scottish STV 30 ms after load and 0.5 s for the whole process, NZ Meek 5 s. Whole processes of up to 100,000 papers count by both engines and compare them.${
      belenios
        ? ' belenios-tool prints winners only, in floats; at a million papers its stack overflows.'
        : ' No belenios-tool on this machine: its rows are left out.'
    } Of the packages for JavaScript that count preferences none counts a transferable vote.`,
    cases,
    end: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
