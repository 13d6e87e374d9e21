// The programs that the bench of counting stands beside: packages from npm, and belenios-tool where it is installed.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/** A paper as the rank of every candidate, 1 first. */
export type Ranks = readonly number[]

// What the packages look like from outside; none of them brings types that fit.
type SchulzeMethod = { readonly run: (n: number, ballots: readonly Ranks[]) => unknown }
type Condorcet = {
  readonly Schulze: new (names: ReadonlySet<string>) => {
    readonly addBallot: (ballot: ReadonlyMap<string, number>) => void
    readonly rank: () => unknown
  }
}
type Vote = { readonly voter: { readonly id: string }; readonly preferences: ReadonlyMap<string, number> }
type Caritat = {
  readonly default: new (
    voters: null,
    names: readonly string[],
    subject: string,
    votes: readonly Vote[],
    options: object,
  ) => { readonly result: unknown }
}

const require = createRequire(import.meta.url)

/** Counts papers by three packages. `ranks` gives equal papers as one and the same array, so that each is turned into a map once. */
export async function npmPeers(candidates: number, ranks: readonly Ranks[]): Promise<Readonly<Record<string, () => unknown>>> {
  const names = Array.from({ length: candidates }, (_, c) => `C${c + 1}`)
  const maps = new Map<Ranks, ReadonlyMap<string, number>>()
  for (const row of ranks) if (!maps.has(row)) maps.set(row, new Map(row.map((rank, c) => [names[c] ?? '', rank])))
  const named = ranks.map((row) => maps.get(row) ?? new Map<string, number>())
  const schulzeMethod = require('schulze-method') as SchulzeMethod
  const { Schulze } = require('condorcet') as Condorcet
  // Caritat exports no counter of its own, so its file is named.
  const { default: Counter } = (await import(
    new URL('../node_modules/@node-core/caritat/dist/votingMethods/CondorcetResult.js', import.meta.url).href
  )) as Caritat
  return {
    'npm schulze-method': () => schulzeMethod.run(candidates, ranks),
    'npm condorcet (Schulze)': () => {
      const election = new Schulze(new Set(names))
      for (const ballot of named) election.addBallot(ballot)
      return election.rank()
    },
    'npm @node-core/caritat (in truth Copeland)': () => {
      const votes = named.map((preferences, id) => ({ voter: { id: `${id}` }, preferences }))
      return new Counter(null, names, 'bench', votes, {}).result
    },
  }
}

/** Runs a whole process; a failure of its is ours. */
export function runWhole(
  words: readonly string[],
  given: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): void {
  const [program = '', ...rest] = words
  const done = spawnSync(program, rest, { ...given, maxBuffer: 2 ** 28 })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr.toString().slice(0, 300)}`)
}

/** Whether belenios-tool is on this machine. */
export const hasBelenios = (): boolean => spawnSync('belenios-tool', ['--version']).status === 0

/** belenios-tool as a whole process; without the limit on its stack, which a million papers overflow. */
export const beleniosCounts = (method: 'stv' | 'schulze', words: readonly string[], papers: string): void =>
  runWhole(['sh', '-c', 'ulimit -s unlimited; exec belenios-tool method "$@"', 'sh', method, ...words], { input: papers })
