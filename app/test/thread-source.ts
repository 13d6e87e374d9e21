import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

const platform = join(import.meta.dirname, '../src/lib/platform')
/** What a thread runs, as an address that a source can import. */
export const threadSource = (name: 'shuffle-thread' | 'ballot-thread'): string => JSON.stringify(join(platform, `${name}.ts`))

/** Threads of this process that run other sources than their own, until `restore`. */
export type OtherThreads = { readonly folder: string; readonly restore: () => void }

/** Lets the thread that checks shuffles run this source; those that check ballots stay as they are. */
export function shuffleThreadRuns(source: (folder: string) => string): OtherThreads {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-threads-'))
  const place = join(folder, 'src/lib/platform')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'shuffle-thread.ts'), source(folder))
  writeFileSync(join(place, 'ballot-thread.ts'), `await import(${threadSource('ballot-thread')})`)
  vi.stubEnv('QUORATE_APP_FOLDER', folder)
  return {
    folder,
    restore: () => {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A thread that checks shuffles once it is let go: so a test can do something else meanwhile, however fast the check is. */
export function heldShuffleThread(): OtherThreads & { readonly letGo: () => void } {
  const threads = shuffleThreadRuns(
    (folder) => `import { existsSync } from 'node:fs'
      const wait = new Int32Array(new SharedArrayBuffer(4))
      while (!existsSync(${JSON.stringify(join(folder, 'go'))})) Atomics.wait(wait, 0, 0, 10)
      await import(${threadSource('shuffle-thread')})`,
  )
  return { ...threads, letGo: () => writeFileSync(join(threads.folder, 'go'), '') }
}
