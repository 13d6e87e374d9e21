import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, fail, ok, parseCanonicalJson, type Result } from '@quorate/kernel'
import type { RegistrarLine } from '#lib/features/elections/words.ts'
import { publicKeyText } from '#lib/platform/signed-request.ts'
import { takeLock, writeDurably } from '../durable-folder.ts'

/** A member of one roll with the voting code made for them: the secret that this folder exists for. `email` is where the code goes. */
export type Coded = Omit<RegistrarLine, 'salt'> & { readonly code: string; readonly key: string }

/**
 * The codes of one election, as they are kept from the moment they are made until voting closes. `phi` (φ) comes when the record was found to set the election
 * up with just these lists: before that nobody is mailed.
 */
export type Codes = {
  readonly uuid: string
  readonly roll: string
  readonly binds: string
  readonly members: readonly Coded[]
  readonly phi?: string
}

/** What was seen of the record: the key of its log, and the newest checkpoint that held. */
export type Seen = { readonly logKey: string; readonly checkpoint: string }

/**
 * One line of an election's journal. `number` 0 is the first mailing, then the requests from 1. A line `sending` is on the disk before the mail goes,
 * the other after the answer: whatever kills the program, a mail without an answer is tried again as the very same mail.
 */
export type Mailed = {
  readonly leaf: string
  readonly number: number
  readonly state: 'sending' | 'sent' | 'bounced'
  readonly at: number
}

/** Where a member's codes go: the address this registrar knows, and another one that the server shows and nobody has confirmed. */
export type Known = { readonly email: string; readonly shown: string | null }

/**
 * A registrar's folder: its key, its own list of addresses, and for each election the voting codes and the journal of what was mailed. One process at a
 * time has it open.
 */
export type RegistrarFolder = {
  readonly privateKey: string
  readonly codesOf: (uuid: string) => Promise<Codes | null>
  /** Returns when the disk has them: only then may they be published. */
  readonly keepCodes: (codes: Codes) => Promise<void>
  readonly journalOf: (uuid: string) => Promise<readonly Mailed[]>
  /** Returns when the disk has them. */
  readonly note: (uuid: string, lines: readonly Mailed[]) => Promise<void>
  /** Destroys the codes of a closed ballot; the journal stays, which holds none. */
  readonly destroyCodes: (uuid: string) => Promise<boolean>
  readonly addresses: () => Promise<ReadonlyMap<number, Known>>
  readonly keepAddresses: (addresses: ReadonlyMap<number, Known>) => Promise<void>
  readonly seen: () => Promise<Seen | null>
  readonly keepSeen: (seen: Seen) => Promise<void>
  readonly close: () => Promise<void>
}

const format = 'quorate/registrar/v1'

/** The server names elections: a name that is a path must lead nowhere. */
function named(uuid: string): string {
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid)) throw new Error('the server names an election as none is named')
  return uuid
}

const paths = (folder: string) => ({
  key: join(folder, 'registrar.key'),
  addresses: join(folder, 'addresses.json'),
  seen: join(folder, 'record.json'),
  lock: join(folder, 'in-use'),
  codes: (uuid: string) => join(folder, `${named(uuid)}.codes.json`),
  journal: (uuid: string) => join(folder, `${named(uuid)}.mailed`),
})

/** Makes the folder of a new registrar and says its public key. Fails when there is one already: its codes would be orphaned. */
export async function makeRegistrarFolder(folder: string): Promise<Result<string, string>> {
  const where = paths(folder)
  if (existsSync(where.key)) return fail(`${folder} is a registrar's folder already`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
  await writeDurably(folder, where.addresses, addressesText(new Map()))
  await writeDurably(folder, where.key, key)
  return ok(publicKeyText(key))
}

/** Opens a registrar's folder. Fails when it is none or is in use. */
export async function openRegistrarFolder(folder: string): Promise<Result<RegistrarFolder, string>> {
  const where = paths(folder)
  if (!existsSync(where.key)) return fail(`${folder} is no registrar's folder; make one with --new`)
  if (!(await takeLock(where.lock))) return fail(`${folder} is in use by another process`)
  const privateKey = await readFile(where.key, 'utf8')
  return ok({
    privateKey,
    codesOf: async (uuid) => readCodes(await textOf(where.codes(uuid))),
    keepCodes: (codes) => writeDurably(folder, where.codes(codes.uuid), `${canonicalJson({ format, ...codes })}\n`),
    journalOf: async (uuid) => readJournal(await textOf(where.journal(uuid))),
    note: (uuid, lines) => append(where.journal(uuid), lines),
    destroyCodes: async (uuid) => {
      const path = where.codes(uuid)
      if (!existsSync(path)) return false
      await overwrite(path)
      await rm(path)
      return true
    },
    addresses: async () => readAddresses(await textOf(where.addresses)),
    keepAddresses: (addresses) => writeDurably(folder, where.addresses, addressesText(addresses)),
    seen: async () => readSeen(await textOf(where.seen)),
    keepSeen: (seen) => writeDurably(folder, where.seen, `${canonicalJson({ format, ...seen })}\n`),
    close: () => rm(where.lock, { force: true }),
  })
}

const textOf = async (path: string): Promise<string | null> => (existsSync(path) ? readFile(path, 'utf8') : null)

/** Zeros over a file's bytes. On a disk that moves its blocks this is no proof that nothing is left, but nothing easy is. */
async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    await file.write(Buffer.alloc(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function append(path: string, lines: readonly Mailed[]): Promise<void> {
  await appendFile(path, lines.map((line) => `${canonicalJson(line)}\n`).join(''), { mode: 0o600, flush: true })
}

/** Our own file, whole or absent: it was written under another name and moved into place. */
function readCodes(text: string | null): Codes | null {
  const json = text === null ? null : parseCanonicalJson(text.trimEnd())
  if (json === null) return null
  const codes = json.kind === 'ok' ? (json.value as (Codes & { readonly format?: unknown }) | null) : null
  if (codes?.format !== format) throw new Error('the file of voting codes is damaged: restore it before going on')
  return codes
}

/** Our own file. One that is damaged must not pass for a first look. */
function readSeen(text: string | null): Seen | null {
  if (text === null) return null
  const json = parseCanonicalJson(text.trimEnd())
  const seen = json.kind === 'ok' ? (json.value as Partial<Seen> | null) : null
  if (typeof seen?.logKey !== 'string' || typeof seen.checkpoint !== 'string')
    throw new Error('the file of what was seen of the record is damaged: restore it before going on')
  return { logKey: seen.logKey, checkpoint: seen.checkpoint }
}

/** The journal's whole lines; a last one that a crash cut short says nothing. */
const readJournal = (text: string | null): readonly Mailed[] =>
  (text ?? '').split('\n').flatMap((line) => {
    const json = parseCanonicalJson(line)
    return json.kind === 'ok' && line !== '' ? [json.value as unknown as Mailed] : [] // our own lines
  })

function addressesText(addresses: ReadonlyMap<number, Known>): string {
  return `${canonicalJson({ format, members: [...addresses].map(([member, known]) => ({ member, ...known })) })}\n`
}

function readAddresses(text: string | null): ReadonlyMap<number, Known> {
  const json = parseCanonicalJson((text ?? '').trimEnd())
  type Kept = { readonly members: readonly (Known & { readonly member: number })[] }
  const kept = json.kind === 'ok' ? (json.value as unknown as Kept) : { members: [] } // our own file
  return new Map(kept.members.map(({ member, email, shown }) => [member, { email, shown }]))
}
