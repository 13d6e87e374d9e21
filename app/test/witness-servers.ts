import { assert } from '@quorate/kernel'
import { verifierKeyText, type VerifierKey } from '@quorate/record'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeWitnessFolder, openWitnessFolder } from '../cli/witness-folder.ts'
import { witnessServer } from '../cli/witness-server.ts'

/** A witness that runs: its key, where it answers, and how it stops. */
type RunningWitness = { readonly key: VerifierKey; readonly url: string; readonly close: () => Promise<void> }

/** Witnesses that run as on other machines, each with a folder of its own. */
export type Witnesses = {
  readonly running: readonly RunningWitness[]
  /** As the settings name them. */
  readonly setting: string
  /** The logs they cosign: empty until a test says which. */
  readonly watched: VerifierKey[]
  readonly close: () => Promise<void>
}

/** Starts so many witnesses, `witness1.example` and on. */
export async function startWitnesses(size: number): Promise<Witnesses> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-witnesses-'))
  const watched: VerifierKey[] = []
  const running: RunningWitness[] = []
  for (let n = 1; n <= size; n++) running.push(await startWitness(join(folder, String(n)), n, watched))
  return {
    running,
    setting: running.map(({ key, url }) => `${verifierKeyText(key)} ${url}`).join('\n'),
    watched,
    close: async () => {
      for (const { close } of running) await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startWitness(path: string, n: number, watched: readonly VerifierKey[]): Promise<RunningWitness> {
  const made = await makeWitnessFolder(path, `witness${String(n)}.example`)
  const opened = await openWitnessFolder(path, () => watched[0] ?? null)
  assert(made.kind === 'ok' && opened.kind === 'ok', 'a new witness can be opened')
  const server = witnessServer({ folder: opened.value, logs: watched, now: Date.now, say: () => undefined })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
    await opened.value.close()
  }
  return { key: opened.value.signer.key, url: `http://127.0.0.1:${String(port)}`, close }
}
