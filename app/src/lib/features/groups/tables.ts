/** A local group; `slug` is its address `/g/<slug>` for life. */
export type LocalGroupTable = { id: string; slug: string; name: string; area: string }

declare module '#lib/platform/database.ts' {
  interface Database {
    local_group: LocalGroupTable
  }
}
