import { features, migrations } from '#lib/assembly.ts'
import { foundLantern, personOfRole } from '#lib/features/demo/index.ts'
import { personById } from '#lib/features/membership/index.ts'
import { foundRulebook } from '#lib/features/rulebooks/editions.ts'
import type { Feature, Work } from '#lib/platform/feature.ts'
import { startPlatform, type Platform } from '#lib/platform/start.ts'
import { assert } from '@quorate/kernel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, type TestServer } from '../../test/postgres.ts'

/** The demonstration as it runs for people: its own database, queue, sweeper and mail server. */
export type Lantern = {
  readonly platform: Platform
  readonly work: () => Promise<Work>
  /** The person of a role of the demonstration. */
  readonly role: (name: string) => Promise<string>
  /** What a page is given when a role asks for it, in English; null is somebody not signed in. */
  readonly locals: (role: string | null) => Promise<App.Locals>
  readonly close: () => Promise<void>
}

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
  const started = await startPlatform({
    settings,
    features: rules === undefined ? features : underRules(rules),
    migrations,
    found: foundLantern,
    worker,
  })
  assert(started.kind === 'ok', started.kind === 'fail' ? started.error : '')
  const platform = started.value
  const role = async (name: string): Promise<string> => {
    const id = await personOfRole(platform.db, name)
    assert(id !== null, `Lantern has the role ${name}`)
    return id
  }
  return {
    platform,
    work: platform.work,
    role,
    locals: async (name) => {
      const personId = name === null ? null : await role(name)
      const work = await platform.work()
      return {
        ...work,
        personId,
        person: personId === null ? null : await personById(platform.db, personId),
        locale: 'en',
        zone: work.movement.zone,
        features: platform.features,
        sweeps: platform.sweeps,
        late: [],
      }
    },
    close: async () => {
      await platform.stop()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
