import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8, type Instant } from '@quorate/kernel'
import type { Fingerprint } from '../terms.ts'

/**
 * An application to be on the founding roll. `identities`: commitments to what tells people apart (name with birth date, a document's number), never
 * the thing itself; two applications that share one are of one person. `proof` is what checking it gave, with its evidence.
 */
export type Application = {
  readonly id: string
  readonly at: Instant
  readonly identities: readonly Fingerprint[]
  readonly proof: { readonly kind: 'shown' | 'failed'; readonly evidence: Fingerprint }
}
/** Why an application is not on the roll. */
export type Removal =
  | { readonly id: string; readonly why: 'duplicate'; readonly of: string }
  | { readonly id: string; readonly why: 'impostor'; readonly evidence: Fingerprint }
/** The founding roll: who is on it, who was taken out and why, and what commits to it. */
export type FoundingRoll = {
  readonly ids: readonly string[]
  readonly removed: readonly Removal[]
  /** SHA-256 over the ids in order, each on a line. */
  readonly root: string
}

const earlier = (a: Application, b: Application): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * Draws the founding roll from applications in any order, always alike: first those whose proof failed go, so that an impostor never pushes out the
 * person they pretended to be; then of applications that share an identity, also by way of others, the earliest stays.
 */
export function foundingRoll(applications: readonly Application[]): FoundingRoll {
  const ordered = applications.toSorted(earlier)
  const removed: Removal[] = []
  const kept: string[] = []
  const shown = ordered.filter((a) => a.proof.kind === 'shown')
  const groups = groupsOf(shown)
  for (const application of ordered) {
    if (application.proof.kind === 'failed')
      removed.push({ id: application.id, why: 'impostor', evidence: application.proof.evidence })
    else {
      const first = groups.get(application.id) ?? application.id
      if (first === application.id) kept.push(application.id)
      else removed.push({ id: application.id, why: 'duplicate', of: first })
    }
  }
  const ids = kept.toSorted()
  return { ids, removed, root: toHex(sha256(utf8(ids.join('\n')))) }
}

/** For each application the earliest of its person, joining along shared identities. Near linear. */
function groupsOf(ordered: readonly Application[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>()
  const rank = new Map(ordered.map((a, i) => [a.id, i]))
  const rootOf = (id: string): string => {
    let root = id
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    for (let at = id; at !== root;) {
      const next = parent.get(at) ?? root
      parent.set(at, root)
      at = next
    }
    return root
  }
  const holder = new Map<string, string>()
  for (const { id, identities } of ordered) {
    if (!parent.has(id)) parent.set(id, id)
    for (const identity of identities) {
      const other = holder.get(identity)
      if (other === undefined) holder.set(identity, id)
      else {
        const [a, b] = [rootOf(other), rootOf(id)]
        const [first, second] = (rank.get(a) ?? 0) <= (rank.get(b) ?? 0) ? [a, b] : [b, a]
        parent.set(second, first)
      }
    }
  }
  return new Map(ordered.map((a) => [a.id, rootOf(a.id)]))
}
