import { parseArgs, type ParseArgsConfig, type ParseArgsOptionsConfig } from 'node:util'
import { fail, ok, type Result } from '@quorate/kernel'

/** What a command may touch of the terminal. Results go to `out`, messages and progress to `err`, so that output can be piped. */
export type Io = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Characters a line may have: the terminal's width, 80 when output is not a terminal. */
  readonly columns: number
  /** Whether escape sequences are welcome on `out`: a terminal, and no `NO_COLOR` (no-color.org). */
  readonly colour: boolean
  /** Whether a person watches `err`; progress is drawn only then. */
  readonly watched: boolean
}

/** What the process ends with: 0 done, 1 the input or the thing checked is bad, 2 the command was written wrongly, 3 it could be checked only in part. */
export type ExitCode = number

/**
 * One command of `quorate`, in a file of its own. Keep the module light and import heavy parts inside `run`: `quorate help` loads
 * every command for its summary.
 */
export type Command = {
  readonly name: string
  /** One line, no full stop, under 60 characters. */
  readonly summary: string
  /** Full help: usage line, options, one example. Printed by `quorate NAME --help`. */
  readonly usage: string
  /** Commands below it by the word that follows its name, loaded only when asked for; `run` is then for what is none of them. */
  readonly below?: Commands
  /** Does the work. `args` are the words after the name. Never calls `process.exit`. */
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>
}

/** Commands by the word that calls them, each in a file that exports `command`. */
export type Commands = Readonly<Record<string, () => Promise<{ readonly command: Command }>>>

/** Says on stderr what is wrong with the way a command was written, and where its help is. Returns exit code 2. */
export function misused(io: Io, command: Command, message: string): ExitCode {
  io.err(`quorate ${command.name}: ${message}\nTry: quorate ${command.name} --help\n`)
  return 2
}

/** Says on stderr why a command could not do its work, with a line of help. Returns exit code 1. */
export function failed(io: Io, command: Command, message: string, help?: string): ExitCode {
  io.err(`quorate ${command.name}: ${message}\n${help === undefined ? '' : `${help}\n`}`)
  return 1
}

/** How many words a command takes beside its options, and how that is said: `one folder`. */
type WordsTaken = { readonly most: number; readonly each: string }

/**
 * Reads options and positional words with `node:util` parseArgs, its throw turned into a sentence for {@link misused}; with `taken` so are
 * words beyond the most it takes.
 */
export function readArgs<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
  taken?: WordsTaken,
): Result<ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>>, string> {
  try {
    const config = { args: [...args], options, allowPositionals: true } as const satisfies ParseArgsConfig
    const read = parseArgs(config)
    const more = taken === undefined ? [] : read.positionals.slice(taken.most)
    return more.length === 0 ? ok(read) : fail(`${taken?.each ?? ''}; left over: ${more.join(' ')}`)
  } catch (e) {
    // parseArgs's messages are sentences about the words typed; the hint about `--` after the first one is for programmers.
    return fail(e instanceof Error ? (e.message.split('. ')[0] ?? e.message) : String(e))
  }
}

/** The known name nearest to a mistyped one (edit distance at most 2), if any. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const scored = names.map((name) => ({ name, distance: editDistance(typed, name) })).sort((a, b) => a.distance - b.distance)
  const best = scored[0]
  return best !== undefined && best.distance <= 2 ? best.name : undefined
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
