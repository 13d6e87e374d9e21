import type { Feature } from './platform/feature.ts'
import { migrationsOf, type MigrationFile } from './platform/migrations.ts'

// The one place where all features come together. They are found by where they stand; no list names them.

/** Every feature, by name. */
export const features: readonly Feature[] = Object.values(
  import.meta.glob<Feature>('./features/*/index.ts', { eager: true, import: 'feature' }),
).sort((a, b) => (a.name < b.name ? -1 : 1))

/** Every migration of the platform and the features, in order. */
export const migrations: readonly MigrationFile[] = migrationsOf(
  import.meta.glob<{ up: MigrationFile['up'] }>(['./platform/migrations/*.ts', './features/*/migrations/*.ts'], { eager: true }),
  import.meta.glob<string>(['./platform/migrations/*.ts', './features/*/migrations/*.ts'], {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
)
