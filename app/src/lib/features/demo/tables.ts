/** A role one click away in the demonstration: whom the strip lets one be. `sort` is its place in the list. */
type DemoRoleTable = { id: string; person_id: string; sort: number }

declare module '#lib/platform/database.ts' {
  interface Database {
    demo_role: DemoRoleTable
  }
}
