import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '@quorate/kernel'
import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { isDuplicate, type Db } from './database.ts'

/** One forward step of the schema: its name `NNNN-what.owner`, its function and the checksum of its source text. */
export type MigrationFile = {
  readonly name: string
  readonly checksum: string
  readonly up: (db: Kysely<unknown>) => Promise<void>
}

/** Why the schema was not brought up to date. Nothing was changed by the step that failed. */
export type MigrationFault =
  | { readonly kind: 'edited'; readonly name: string }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly cause: unknown }

/** SHA-256 of a source text with every run of blanks as one, so that re-wrapping or other line ends are no edit. */
export const sourceChecksum = (source: string): string =>
  createHash('sha256').update(source.replaceAll(/\s+/g, ' ').trim()).digest('hex')

type Module = { readonly up: MigrationFile['up'] }

/**
 * The migrations among files found by pattern: `…/platform/migrations/0001-x.ts` or `…/features/motions/migrations/0001-x.ts`. Sorted by
 * number first, so that one feature may build on another's earlier table, then by owner. The platform's first is 0000: before all others.
 */
export function migrationsOf(
  modules: Readonly<Record<string, Module>>,
  sources: Readonly<Record<string, string>>,
): readonly MigrationFile[] {
  const found = Object.keys(modules).map((path) => {
    const [, owner, name] = /([a-z-]+)\/migrations\/(\d{4}-[a-z0-9-]+)\.ts$/.exec(path) ?? []
    const module = modules[path]
    const source = sources[path]
    if (owner === undefined || name === undefined || module === undefined || source === undefined)
      throw new TypeError(`not a migration: ${path}`)
    return { name: `${name}.${owner}`, checksum: sourceChecksum(source), up: module.up }
  })
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Brings the schema up to date: forward only, one transaction. Refuses a migration that was edited after it ran, or that ran and is gone.
 * Two processes that start at once take turns (Kysely's migration lock).
 */
export async function migrate(db: Db, files: readonly MigrationFile[]): Promise<Result<readonly string[], MigrationFault>> {
  try {
    await sql`create table if not exists migration_checksum (name text primary key, checksum text not null)`.execute(db)
  } catch (error) {
    // `if not exists` is no lock: of two first starts one loses the race on the catalogue, and the table is there.
    if (!isDuplicate(error)) throw error
  }
  const done = (await sql<{ name: string; checksum: string }>`select name, checksum from migration_checksum`.execute(db)).rows
  const known = new Map(files.map((file) => [file.name, file]))
  for (const { name, checksum } of done) {
    const file = known.get(name)
    if (file === undefined) return fail({ kind: 'missing', name })
    if (file.checksum !== checksum) return fail({ kind: 'edited', name })
  }
  const migrations: Record<string, Migration> = {}
  for (const file of files) {
    migrations[file.name] = {
      up: async (tx: Kysely<unknown>) => {
        await file.up(tx)
        await sql`insert into migration_checksum (name, checksum) values (${file.name}, ${file.checksum})`.execute(tx)
      },
    }
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    // Features land in any order; each one's own steps stay in order because the names begin with a number.
    allowUnorderedMigrations: true,
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')
    return fail({ kind: 'failed', name: failed?.migrationName ?? 'none', cause: error })
  }
  return ok((results ?? []).map((result) => result.migrationName))
}
