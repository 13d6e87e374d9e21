import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultSentence, startPostgres } from '../tools/postgres.ts'

/** A PostgreSQL for one bench: its address, its version, a folder beside its data, and how to end it. */
export type BenchServer = {
  readonly url: string
  readonly version: string
  readonly folder: string
  readonly end: () => Promise<void>
}

/** Starts the embedded server in a new folder, or takes the one of DATABASE_URL. */
export async function benchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const own = process.env['DATABASE_URL']
  const running = own === undefined ? await startPostgres(join(folder, 'data')) : null
  if (running?.kind === 'fail') throw new Error(faultSentence(running.error))
  return {
    url: running?.value.url ?? own ?? '',
    version: running?.value.version ?? 'of DATABASE_URL',
    folder,
    end: async () => {
      if (running?.kind === 'ok') await running.value.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
