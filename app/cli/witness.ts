import type { AddressInfo } from 'node:net'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate witness FOLDER --new NAME
       quorate witness FOLDER --log KEY [--log KEY] [options]

Runs a witness: a small server that signs a movement's public record only when
it continues everything the witness has signed before. Run it on a machine of
your own, best of all as a rival of those who run the movement's server. Then
they cannot show two people two histories without your key saying so.

The folder holds the witness's key and what it signed last. Keep it: a witness
that forgets must not sign again.

Options:
  --new NAME   make the witness, called NAME such as rival.example/w1, and end
  --log KEY    key of a log to watch, as its page "Check it yourself" shows it
  --host HOST  address to listen on (default 127.0.0.1)
  --port PORT  port to listen on (default 8447)

Others reach it at POST /add-checkpoint (c2sp.org/tlog-witness). Its health is
at / and /health.json.

Exit code: 0 stopped, 1 the folder or the port is no good, 2 wrong use.

Example: quorate witness ./witness --log lantern.example/record+5f3a90c1+AQ…`

const options = {
  new: { type: 'string' },
  log: { type: 'string', multiple: true },
  host: { type: 'string' },
  port: { type: 'string' },
} as const

/** `quorate witness`: cosigns a log from another machine. */
export const command: Command = {
  name: 'witness',
  summary: 'Watch a public record from another machine and cosign it',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one folder' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [folder] = positionals
    if (folder === undefined) return misused(io, command, 'where does the witness live? Give a folder')
    if (values.new !== undefined) return makeOne(folder, values.new, io)
    const port = Number(values.port ?? 8447)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return misused(io, command, '--port takes a number up to 65535')
    return serve(folder, { logs: values.log ?? [], host: values.host ?? '127.0.0.1', port }, io)
  },
}

async function makeOne(folder: string, name: string, io: Io): Promise<ExitCode> {
  const [{ makeWitnessFolder }, { isKeyName, verifierKeyText }] = await Promise.all([
    import('./witness-folder.ts'),
    import('@quorate/record'),
  ])
  if (!isKeyName(name)) return misused(io, command, '--new takes a name without blanks and plus signs, such as rival.example/w1')
  const made = await makeWitnessFolder(folder, name)
  if (made.kind === 'fail') return failed(io, command, made.error)
  io.out(`${verifierKeyText(made.value.key)}\n`)
  return 0
}

type Wishes = { readonly logs: readonly string[]; readonly host: string; readonly port: number }

async function serve(folder: string, { logs, host, port }: Wishes, io: Io): Promise<ExitCode> {
  const [{ openWitnessFolder }, { witnessServer }, { parseVerifierKey, verifierKeyText }] = await Promise.all([
    import('./witness-folder.ts'),
    import('./witness-server.ts'),
    import('@quorate/record'),
  ])
  const keys = logs.map((text) => parseVerifierKey(text))
  const known = keys.flatMap((key) => (key.kind === 'ok' && key.value.type === 1 ? [key.value] : []))
  if (known.length === 0 || known.length < keys.length)
    return misused(io, command, '--log takes the key of a log, such as lantern.example/record+5f3a90c1+AQ…')
  const opened = await openWitnessFolder(folder, (origin) => known.find((key) => key.name === origin) ?? null)
  if (opened.kind === 'fail') return failed(io, command, opened.error)
  const server = witnessServer({ folder: opened.value, logs: known, now: Date.now, say: io.err })
  return new Promise((resolve) => {
    const stop = (code: ExitCode): void => {
      server.close()
      server.closeAllConnections()
      void opened.value.close().then(() => {
        resolve(code)
      })
    }
    server.on('error', (error: NodeJS.ErrnoException) => {
      failed(io, command, error.code === 'EADDRINUSE' ? `port ${String(port)} is taken` : error.message)
      stop(1)
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        stop(0)
      })
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo // it listens on a port
      io.out(`${verifierKeyText(opened.value.signer.key)}\nlistening on http://${host}:${String(taken)}/add-checkpoint\n`)
    })
  })
}
