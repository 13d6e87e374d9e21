import { features } from '#lib/assembly.ts'
import { foundRulebook } from '#lib/features/rulebooks/editions.ts'
import type { Feature } from '#lib/platform/feature.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, type TestServer } from '../../test/postgres.ts'
import { lanternAt, type Lantern } from './lantern-at.ts'

export type { Lantern } from './lantern-at.ts'

/** The features, of which the rulebook's founds the movement on another text. */
const underRules = (text: string): readonly Feature[] =>
  features.map((feature) =>
    feature.name === 'rulebooks'
      ? { ...feature, seed: { after: ['record'], run: (work, tx) => foundRulebook(tx, work.clock.now(), text) } }
      : feature,
  )

/** Founds and starts Lantern. `worker` false leaves mail and due work to the test; `witnesses` as in the settings, by default none. `rules`: another rulebook than Lantern's own. */
export async function startLantern(
  server: TestServer,
  {
    worker,
    witnesses = '',
    registrarKey,
    rules,
  }: { readonly worker: boolean; readonly witnesses?: string; readonly registrarKey?: string; readonly rules?: string },
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
  const lantern = await lanternAt(settings, worker, rules === undefined ? features : underRules(rules))
  return {
    ...lantern,
    close: async () => {
      await lantern.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
