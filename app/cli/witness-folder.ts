import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, parseCanonicalJson, canonicalJson, toBase64, type Result } from '@quorate/kernel'
import {
  openCheckpoint,
  parseCheckpointText,
  parseNote,
  parseSigner,
  signerOf,
  signerText,
  type Checkpoint,
  type Signer,
  type Witnessed,
} from '@quorate/record'
import { takeLock, writeDurably } from './durable-folder.ts'

/** What a witness remembers of one log: what it cosigned last, word for word, and when (milliseconds since 1970). */
export type Remembered = Witnessed & { readonly note: string; readonly at: number }

/**
 * A witness's folder: its key, what it cosigned last of each log, and evidence against logs. One process at a time has it open. What has been
 * remembered is on the disk before it is used: a witness that forgets would sign two histories.
 */
export type WitnessFolder = {
  readonly signer: Signer
  readonly last: ReadonlyMap<string, Remembered>
  /** Returns when the disk has it. */
  readonly remember: (checkpoint: Checkpoint, note: string, at: number) => Promise<void>
  /** Keeps a request that a log signed and that cannot be true together with what it signed before; the first 1,000. */
  readonly keepEvidence: (request: string, at: number) => Promise<void>
  readonly evidence: () => number
  readonly close: () => Promise<void>
}

/** How many pieces of evidence are kept: one is enough, and a disk is not for an attacker to fill. */
const evidenceMax = 1000
const stateFormat = 'quorate/witness/v1'
const paths = (folder: string) => ({
  key: join(folder, 'witness.key'),
  state: join(folder, 'cosigned.json'),
  lock: join(folder, 'in-use'),
  evidence: join(folder, 'evidence'),
})

/** Makes the folder of a new witness. Fails when there is one already: a second key would be a second witness. */
export async function makeWitnessFolder(folder: string, name: string): Promise<Result<Signer, string>> {
  const { key, evidence } = paths(folder)
  if (existsSync(key)) return fail(`${folder} is a witness already`)
  const signer = signerOf(name, 4, randomBytes(32))
  await mkdir(evidence, { recursive: true, mode: 0o700 })
  await writeDurably(folder, paths(folder).state, stateText(new Map()))
  await writeDurably(folder, key, `${signerText(signer)}\n`)
  return ok(signer)
}

/** Opens a witness's folder. Fails when it is none, is in use, or has lost what it remembered. */
export async function openWitnessFolder(
  folder: string,
  keysOf: (origin: string) => Signer['key'] | null,
): Promise<Result<WitnessFolder, string>> {
  const where = paths(folder)
  if (!existsSync(where.key)) return fail(`${folder} is no witness yet; make one with --new NAME`)
  const signer = parseSigner((await readFile(where.key, 'utf8')).trim())
  if (signer.kind === 'fail' || signer.value.key.type !== 4) return fail(`${where.key} holds no key of a witness`)
  if (!existsSync(where.state))
    return fail(`${where.state} is lost. A witness that has forgotten what it signed must not sign again; make a new one`)
  const read = readState(await readFile(where.state, 'utf8'), keysOf)
  if (read === null) return fail(`${where.state} is damaged. A witness that is not sure what it signed must not sign again`)
  if (!(await takeLock(where.lock))) return fail(`${folder} is in use by another witness process`)
  const last = new Map(read)
  await mkdir(where.evidence, { recursive: true, mode: 0o700 })
  let kept = (await readdir(where.evidence)).length
  return ok({
    signer: signer.value,
    last,
    remember: async ({ origin, size, root }, note, at) => {
      const next = new Map(last).set(origin, { size, root, note, at })
      await writeDurably(folder, where.state, stateText(next))
      last.set(origin, { size, root, note, at })
    },
    keepEvidence: async (request, at) => {
      if (kept >= evidenceMax) return
      kept++
      await writeFile(join(where.evidence, `${String(at)}-${randomBytes(4).toString('hex')}.txt`), request, { mode: 0o600 })
    },
    evidence: () => kept,
    close: () => rm(where.lock, { force: true }),
  })
}

function stateText(last: ReadonlyMap<string, Remembered>): string {
  const logs = [...last].map(([origin, { note, at }]) => [origin, { at, note }] as const)
  return `${canonicalJson({ format: stateFormat, logs: Object.fromEntries(logs) })}\n`
}

/** Reads what was cosigned from the notes themselves, each checked against its log's key. Logs no longer watched are remembered all the same. */
function readState(source: string, keyOf: (origin: string) => Signer['key'] | null): ReadonlyMap<string, Remembered> | null {
  const json = parseCanonicalJson(source.trimEnd())
  const state = json.kind === 'ok' ? (json.value as { readonly format?: unknown; readonly logs?: unknown } | null) : null
  if (state?.format !== stateFormat || typeof state.logs !== 'object' || state.logs === null) return null
  const found = new Map<string, Remembered>()
  for (const [origin, kept] of Object.entries(state.logs)) {
    const { note, at } = kept as { readonly note?: unknown; readonly at?: unknown }
    const key = keyOf(origin)
    if (typeof note !== 'string' || typeof at !== 'number') return null
    // Which key it was signed with is not known any more; its text is still what was cosigned.
    if (key === null) {
      const text = parseNote(note)
      const checkpoint = text.kind === 'ok' ? parseCheckpointText(text.value.text) : text
      if (checkpoint.kind === 'fail') return null
      found.set(origin, { size: checkpoint.value.size, root: checkpoint.value.root, note, at })
      continue
    }
    const opened = openCheckpoint(note, { log: key, witnesses: [], quorum: 0 })
    if (opened.kind === 'fail') return null
    const { size, root } = opened.value.checkpoint
    found.set(origin, { size, root, note, at })
  }
  return found
}

/** A root as people compare it. */
export const rootText = ({ root }: Witnessed): string => toBase64(root)
