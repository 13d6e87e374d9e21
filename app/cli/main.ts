import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { nearest, type Commands, type ExitCode, type Io } from './command.ts'

/** Every command by name, loaded only when asked for. To add one: a file exporting `command`, and a line here. */
const commands: Commands = {
  archive: () => import('./archive.ts'),
  'check-count': () => import('./check-count.ts'),
  'check-draw': () => import('./check-draw.ts'),
  count: () => import('./count.ts'),
  demo: () => import('./demo.ts'),
  erase: () => import('./erase.ts'),
  mirror: () => import('./mirror.ts'),
  registrar: () => import('./registrar.ts'),
  rulebook: () => import('./rulebook.ts'),
  verify: () => import('./verify.ts'),
  version: () => import('./version.ts'),
  witness: () => import('./witness.ts'),
}

/** Lists what there is. */
async function help(io: Io): Promise<ExitCode> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()))
  const width = Math.max(...loaded.map(({ command }) => command.name.length))
  io.out('quorate: a movement runs itself by its own rules\n\nUsage: quorate COMMAND [words]\n\n')
  for (const { command } of loaded) io.out(`  ${command.name.padEnd(width)}  ${command.summary}\n`)
  io.out('\nHelp of one command: quorate COMMAND --help\n')
  return 0
}

/** Runs one command line: `words` are those after `quorate`. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  const [first = 'help', ...rest] = words
  if (first === '--help' || first === '-h') return help(io)
  const asked = first === 'help' ? rest : words
  if (asked.length === 0) return help(io)
  return dispatch(asked, first === 'help', commands, 'quorate', io)
}

/** Finds the command that `words` begin with among `known`, and below it; runs it, or prints its help. `path` is what stands before. */
async function dispatch(words: readonly string[], helpAsked: boolean, known: Commands, path: string, io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = words
  const load = Object.hasOwn(known, name) ? known[name] : undefined
  if (load === undefined) {
    const meant = nearest(name, Object.keys(known))
    const help = path === 'quorate' ? 'quorate help' : `${path} --help`
    io.err(`${path}: there is no command "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}\nTry: ${help}\n`)
    return 2
  }
  const { command } = await load()
  const [next] = rest
  if (command.below !== undefined && next !== undefined && !next.startsWith('-'))
    return dispatch(rest, helpAsked, command.below, `${path} ${name}`, io)
  const end = rest.indexOf('--')
  const before = rest.slice(0, end < 0 ? rest.length : end)
  if (helpAsked || before.includes('--help') || before.includes('-h')) {
    io.out(`${command.usage.trim()}\n`)
    return 0
  }
  return command.run(rest, io)
}

/** The real terminal. */
function terminal(): Io {
  const { stdout, stderr, env } = process
  // A reader that has seen enough (`| head`) closes the pipe: the end, not an error.
  stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e
    process.exit(0)
  })
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    columns: stdout.isTTY ? stdout.columns : 80,
    colour: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
    watched: stderr.isTTY,
  }
}

if (import.meta.main) {
  // Commands are loaded after this line, so their compiled form is kept: a second start costs 0.2 s less of processor time, two thirds of
  // what a small count needs. Beside the modules, not in a folder that all users of the machine can write to.
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/quorate/compile'))
  try {
    // Not process.exit: it would cut off output still on its way into a pipe.
    process.exitCode = await main(process.argv.slice(2), terminal())
  } catch (e) {
    process.stderr.write(
      `quorate: a fault of ours, please report it.\n${e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`,
    )
    process.exitCode = 70 // EX_SOFTWARE of sysexits.h
  }
}
