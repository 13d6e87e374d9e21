import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { fail, ok, type Result } from '@quorate/kernel'

/**
 * As whom PostgreSQL runs: with another program in front of it, or as another user. It refuses to run as root, and `initdb` refuses a user
 * that has no name. So root, and a user without a name (`docker run --user 1234`), run it in a user namespace where it sees itself as
 * somebody named while the files stay their own; where namespaces are blocked, as in many containers, root lets `nobody` run it and own the
 * folder.
 */
export type Identity = { readonly prefix: readonly string[]; readonly uid?: number; readonly gid?: number }

/** Why there is none. `detail` is the owner of the folder, or what the machine forbids. */
export type IdentityFault = { readonly kind: 'folder of another user' | 'cannot run as root'; readonly detail: string }

const nobody = 65_534

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false // getpwuid knows nobody by this id
  }
}

function namespaced(): Identity | null {
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : ''
  // 1000 is the first ordinary user of most systems; a bare image has only `nobody`.
  const id = /^[^:]+:[^:]*:1000:/m.test(passwd) ? 1000 : nobody
  const words = ['--user', `--map-user=${id}`, `--map-group=${id}`]
  return spawnSync('unshare', [...words, 'true']).status === 0 ? { prefix: ['unshare', ...words] } : null
}

const nameOf = (uid: number): string => (uid === 0 ? 'root' : `user ${uid}`)

/** Who may run the cluster in a folder that need not exist yet. */
export function identityFor(cluster: string): Result<Identity, IdentityFault> {
  const me = process.getuid?.()
  if (me === undefined) return ok({ prefix: [] })
  const owner = existsSync(cluster) ? statSync(cluster) : null
  if (me === 0 && owner?.uid === nobody) return ok({ prefix: [], uid: owner.uid, gid: owner.gid })
  if (owner !== null && owner.uid !== me) return fail({ kind: 'folder of another user', detail: nameOf(owner.uid) })
  if (me !== 0 && hasName()) return ok({ prefix: [] })
  const inside = namespaced()
  if (inside !== null) return ok(inside)
  if (me !== 0) return ok({ prefix: [] })
  return owner === null
    ? ok({ prefix: [], uid: nobody, gid: nobody })
    : fail({ kind: 'cannot run as root', detail: 'user namespaces are blocked' })
}

/** A program and its words, with whatever must stand in front of it. */
export function commandLine(identity: Identity, file: string, args: readonly string[]): [string, string[]] {
  const [first = file, ...rest] = [...identity.prefix, file, ...args]
  return [first, rest]
}

/** The part of `spawn`'s options that changes the user. */
export const asUser = ({ uid, gid }: Identity): { uid?: number; gid?: number } => ({
  ...(uid === undefined ? {} : { uid }),
  ...(gid === undefined ? {} : { gid }),
})
