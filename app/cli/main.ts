import { nearest, type Command, type ExitCode, type Io } from './command.ts'

/** Every command by name, loaded only when asked for. To add one: a file exporting `command`, and a line here. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  archive: () => import('./archive.ts'),
  count: () => import('./count.ts'),
  demo: () => import('./demo.ts'),
  verify: () => import('./verify.ts'),
  version: () => import('./version.ts'),
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
  const name = first === 'help' ? rest[0] : first
  if (name === undefined) return help(io)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) {
    const meant = nearest(name, Object.keys(commands))
    io.err(
      `quorate: there is no command "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}\nTry: quorate help\n`,
    )
    return 2
  }
  const { command } = await load()
  const end = rest.indexOf('--')
  const asked = rest.slice(0, end < 0 ? rest.length : end)
  if (first === 'help' || asked.includes('--help') || asked.includes('-h')) {
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
