import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, type TestServer } from '../../test/postgres.ts'
import { lanternAt, type Lantern } from './lantern-at.ts'

export type { Lantern } from './lantern-at.ts'

/** Founds and starts Lantern. `worker` false leaves mail and due work to the test; `witnesses` as in the settings, by default none. */
export async function startLantern(
  server: TestServer,
  {
    worker,
    witnesses = '',
    registrarKey,
  }: { readonly worker: boolean; readonly witnesses?: string; readonly registrarKey?: string },
): Promise<Lantern> {
  const database = await createDatabase(server.url)
  const folder = mkdtempSync(join(tmpdir(), 'quorate-lantern-'))
  const settings = {
    databaseUrl: database.url,
    publicAddress: 'http://lantern.test',
    dataFolder: folder,
    demoWhenEmpty: true,
    smtpUrl: null,
    mailFrom: 'no-reply@lantern.example',
    witnesses,
    ...(registrarKey === undefined ? {} : { registrarKey }),
  }
  const lantern = await lanternAt(settings, worker)
  return {
    ...lantern,
    close: async () => {
      await lantern.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
