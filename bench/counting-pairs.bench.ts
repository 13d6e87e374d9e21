import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bltPackedReader, countPairs, preferencesOf, unpackProfile, type PackedProfile } from '@quorate/counting'
import type { Bench, Case } from '../tools/measure.ts'
import { writeBallotFile } from './ballot-file.ts'

const sizes = [10_000, 100_000, 1_000_000] as const
const params = { unranked: 'last', strength: 'winning votes' } as const
const candidates = 12
// The same choices as `params`; a lot, because a count must not end in a question.
const words = ['--method', 'schulze', '--param', 'unranked=last', '--param', 'strength=winning-votes', '--lot-seed', 'bench']
const cli = [join(import.meta.dirname, '../app/cli/main.ts'), 'count']
const order = Array.from({ length: candidates }, (_, c) => c)
const require = createRequire(import.meta.url)

// What the peers look like from outside; none of them brings types that fit.
type SchulzeMethod = { readonly run: (n: number, ballots: readonly (readonly number[])[]) => unknown }
type Condorcet = {
  readonly Schulze: new (names: ReadonlySet<string>) => {
    readonly addBallot: (ballot: ReadonlyMap<string, number>) => void
    readonly rank: () => unknown
  }
}
type Caritat = {
  readonly default: new (
    voters: null,
    names: readonly string[],
    subject: string,
    votes: readonly { readonly voter: { readonly id: string }; readonly preferences: ReadonlyMap<string, number> }[],
    options: object,
  ) => { readonly result: unknown }
}

function read(path: string): PackedProfile {
  const reader = bltPackedReader()
  reader.push(readFileSync(path))
  const parsed = reader.end()
  if (parsed.kind === 'fail') throw new Error(`${path} was refused`)
  return parsed.value.profile
}

/** Each paper as the rank of every candidate, 1 first; those left out share the rank after the last. */
function ranksOf(profile: PackedProfile): readonly (readonly number[])[] {
  return unpackProfile(profile).papers.flatMap(({ weight, ranking }) => {
    const ranks = order.map((c) => (ranking.includes(c) ? ranking.indexOf(c) + 1 : ranking.length + 1))
    return Array.from({ length: weight }, () => ranks)
  })
}

async function casesOf(ballots: number, path: string, belenios: boolean): Promise<readonly Case[]> {
  const profile = read(path)
  const ranks = ranksOf(profile)
  const named = ranks.map((row) => new Map(row.map((rank, c) => [`C${c + 1}`, rank])))
  const own = (what: string, run: () => unknown): Case => ({
    name: `${ballots.toLocaleString('en-GB')}: ${what}`,
    operations: 1,
    run,
  })
  const schulzeMethod = require('schulze-method') as SchulzeMethod
  const { Schulze } = require('condorcet') as Condorcet
  // Caritat exports no counter of its own, so its file is named.
  const { default: Counter } = (await import(
    new URL('../node_modules/@node-core/caritat/dist/votingMethods/CondorcetResult.js', import.meta.url).href
  )) as Caritat
  const cases = [
    own('Schulze, after load', () => countPairs('schulze@1', params, profile, order, { bothUpTo: 0 })),
    own('ranked pairs, after load', () => countPairs('ranked-pairs@1', params, profile, order, { bothUpTo: 0 })),
    own('the table of pairs alone, from papers', () => preferencesOf(unpackProfile(profile), 'last')),
    own('quorate count, Schulze, whole process', () => {
      const done = spawnSync(process.execPath, [...cli, path, ...words], { maxBuffer: 2 ** 28 })
      if (done.status !== 0) throw new Error(done.stderr.toString().slice(0, 300))
    }),
    own('npm schulze-method, after load', () => schulzeMethod.run(candidates, ranks)),
  ]
  // A million takes these two ten seconds and more a round; at 100,000 their ratio to ours is seen as well.
  if (ballots < 1_000_000) {
    cases.push(
      own('npm condorcet (Schulze), after load', () => {
        const election = new Schulze(new Set(order.map((c) => `C${c + 1}`)))
        for (const ballot of named) election.addBallot(ballot)
        return election.rank()
      }),
      own('npm caritat (in truth Copeland), after load', () => {
        const votes = named.map((preferences, id) => ({ voter: { id: `${id}` }, preferences }))
        return new Counter(
          null,
          order.map((c) => `C${c + 1}`),
          'bench',
          votes,
          {},
        ).result
      }),
    )
  }
  if (!belenios) return cases
  const input = JSON.stringify(ranks)
  const peer = ['method', 'schulze', `--nchoices=${candidates}`, '--blank-allowed=false']
  return [
    ...cases,
    own('belenios-tool method schulze, whole process', () => {
      const done = spawnSync('belenios-tool', peer, { input, maxBuffer: 2 ** 28 })
      if (done.status !== 0) throw new Error(done.stderr.toString().slice(0, 300))
    }),
  ]
}

/** Comparison in pairs beside its peers. */
export default async function countingPairsBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const belenios = spawnSync('belenios-tool', ['--version']).status === 0
  const cases: Case[] = []
  for (const ballots of sizes) {
    const path = join(folder, `${ballots}.blt`)
    writeBallotFile(path, ballots, candidates, 1)
    cases.push(...(await casesOf(ballots, path, belenios)))
  }
  const without = belenios ? '' : ' belenios-tool is not installed and left out.'
  return {
    title: 'Comparison in pairs',
    about: `Schulze and its kin on ${candidates} candidates, the box loaded; quorate count and belenios-tool as whole processes that read the box, each in its own form. Goal at a million papers: 0.5 s for the whole process.${without}`,
    cases,
    end: () => Promise.resolve(rmSync(folder, { recursive: true })),
  }
}
