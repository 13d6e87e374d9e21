import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../tools/postgres.ts'
import { systemBinaries } from '../../tools/postgres-binaries.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the embedded test server; the first test file that wants it starts it, the others use it together. */
    embeddedFolder: string
    /** The same for a PostgreSQL installed on this machine, or null where there is none. */
    systemServer: { readonly folder: string; readonly binFolder: string } | null
  }
}

/** Hands out two folders and, after the last test, stops whatever was started in them. */
export default function setup(project: TestProject): () => Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'quorate-test-'))
  const embeddedFolder = join(parent, 'embedded')
  const binaries = systemBinaries()
  const systemServer = binaries === null ? null : { folder: join(parent, 'system'), binFolder: binaries.folder }
  project.provide('embeddedFolder', embeddedFolder)
  project.provide('systemServer', systemServer)
  return async () => {
    const used = [{ folder: embeddedFolder }, ...(systemServer === null ? [] : [systemServer])].filter(({ folder }) =>
      existsSync(folder),
    )
    for (const { folder, ...options } of used) {
      // Using it once more and ending that use stops the server, because by now nobody else uses it.
      const running = await startPostgres(folder, options)
      if (running.kind === 'ok') await running.value.stop()
    }
    rmSync(parent, { recursive: true, force: true })
  }
}
