import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../tools/build.ts'
import { freePort } from '../tools/free-port.ts'

/** A demonstration of a spec's own: the real application on a fresh data folder, as `npm start` runs it. */
export type Demonstration = {
  /** Where it answers, without a slash at the end. */
  readonly address: string
  readonly dataFolder: string
  /** What it has said so far. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** Longer than this for database, build and founding is a fault: measured 6 s on 4 free cores, 30 s with a build on busy ones. */
const patienceMs = 240_000

/** Starts one on a free port, with `settings` beside those of a demonstration. It ends with the test runner, however that ends: the channel between them closes. */
export async function startDemonstration(settings: Readonly<Record<string, string>> = {}): Promise<Demonstration> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'quorate-e2e-'))
  // A server of somebody's own is not ours to fill; and the application is to run as it does for anyone, not as a test.
  const { DATABASE_URL: _, NODE_ENV: __, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'tools/start.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...env, HOST: '127.0.0.1', PORT: String(await freePort()), QUORATE_DATA: dataFolder, ...settings },
  })
  let said = ''
  const ended = new Promise<null>((resolve) => child.once('exit', () => resolve(null)))
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        const [, address] = /ready: open (http:\/\/\S+?)\/ /.exec(said) ?? []
        if (address !== undefined) resolve(address)
      })
  })
  const timeout = AbortSignal.timeout(patienceMs)
  const late = new Promise<null>((resolve) => timeout.addEventListener('abort', () => resolve(null)))
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
    await rm(dataFolder, { recursive: true, force: true })
  }
  const address = await Promise.race([ready, ended, late])
  if (address !== null) return { address, dataFolder, said: () => said, stop }
  await stop()
  throw new Error(`the demonstration did not start:\n${said}`)
}
