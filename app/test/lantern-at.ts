import { features, migrations } from '#lib/assembly.ts'
import { foundLantern, personOfRole } from '#lib/features/demo/index.ts'
import { personById } from '#lib/features/membership/index.ts'
import type { Feature, Work } from '#lib/platform/feature.ts'
import type { Settings } from '#lib/platform/settings.ts'
import { startPlatform, type Platform } from '#lib/platform/start.ts'
import { assert } from '@quorate/kernel'

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

/** Founds and starts Lantern by its settings, on a database that is there. `worker` false leaves mail and due work to the caller. `made`: what it is made of, where that is not what people run. */
export async function lanternAt(settings: Settings, worker: boolean, made: readonly Feature[] = features): Promise<Lantern> {
  const started = await startPlatform({ settings, features: made, migrations, found: foundLantern, worker })
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
        signedInAt: () => Promise.resolve(personId === null ? null : work.machine.now()),
      }
    },
    close: () => platform.stop(),
  }
}
