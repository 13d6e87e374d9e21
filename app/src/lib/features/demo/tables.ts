/** A role one click away in the demonstration: whom the strip lets one be. `sort` is its place in the list. */
type DemoRoleTable = { id: string; person_id: string; sort: number }
/**
 * Members who are made to vote in one decision. `done` of `wanted` have, `again` of them twice; `cursor` is the membership number of the
 * last one taken, so that a restart goes on where it stopped.
 */
type DemoVotingTable = {
  decision: number
  wanted: number
  done: number
  again: number
  failed: number
  cursor: number
  state: 'running' | 'done' | 'stopped'
  fault: string | null
}
/** The key file of a trustee whom the demonstration plays: a real trustee's would be on their own device and nowhere else. */
export type DemoTrusteeKeyTable = {
  decision: number
  place: number
  person_id: string
  key_file: string
  /** Whether the key holds its share: the ceremony is over for this trustee. */
  complete: boolean
  opening: 'asked' | 'failed' | null
  fault: string | null
}

declare module '#lib/platform/database.ts' {
  interface Database {
    demo_role: DemoRoleTable
    demo_voting: DemoVotingTable
    demo_trustee_key: DemoTrusteeKeyTable
  }
}
