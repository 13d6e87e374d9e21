import { fastEd25519, verify } from '@quorate/verifier'
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { modexp } from '../../app/src/lib/platform/modexp.ts'
import { sha256 } from '../../app/src/lib/platform/sha256.ts'

/** What one worker is to do: changes `first`, `first + step`, … below `changes`, each to a fresh copy of the dossier. */
export type Shard = { readonly dossier: Uint8Array; readonly first: number; readonly step: number; readonly changes: number }

/** A change the verifier did not refuse as it should, or one that made it throw. */
export type Missed = { readonly change: number; readonly at: number; readonly answer: string }

/** What a worker found: how long each verdict took in milliseconds, how often each fault was named, and what was missed. */
export type ShardReport = {
  readonly times: readonly number[]
  /** CPU seconds of this thread. */
  readonly cpu: number
  readonly faults: Readonly<Record<string, number>>
  readonly missed: readonly Missed[]
}

/**
 * Change number `n`: a place, and another byte for it; the same on every machine, in whatever order. Every second one is any byte at all, half
 * of which no text has; the others are taken from elsewhere in the dossier, so that they more often leave it readable.
 */
export function changeOf(n: number, dossier: Uint8Array): { readonly at: number; readonly byte: number } {
  const drawn = createHash('sha256')
    .update(`single byte ${String(n)}`)
    .digest()
  const place = (i: number): number => Number(drawn.readBigUInt64BE(i) % BigInt(dossier.length))
  const at = place(0)
  const old = dossier[at] ?? 0
  const elsewhere = dossier[place(8)] ?? 0
  const any = (old + 1 + (drawn.readUInt32BE(16) % 255)) & 255
  return { at, byte: n % 2 === 0 || elsewhere === old ? any : elsewhere }
}

/** Runs one shard. */
export function runShard({ dossier, first, step, changes }: Shard): ShardReport {
  const times: number[] = []
  const faults: Record<string, number> = {}
  const missed: Missed[] = []
  const options = { modexp, sha256, wasm: fastEd25519 }
  const before = process.threadCpuUsage()
  for (let n = first; n < changes; n += step) {
    const { at, byte } = changeOf(n, dossier)
    const changed = dossier.with(at, byte)
    const started = performance.now()
    try {
      const { verdict, fault } = verify(changed, options)
      times.push(performance.now() - started)
      if (verdict !== 'fails' || fault === null) missed.push({ change: n, at, answer: verdict })
      else faults[fault.code] = (faults[fault.code] ?? 0) + 1
    } catch (e) {
      missed.push({ change: n, at, answer: String(e) })
    }
  }
  const { user, system } = process.threadCpuUsage(before)
  return { times, cpu: (user + system) / 1e6, faults, missed }
}

// As a worker: the shard comes with the start, the report goes back in one message.
if (parentPort !== null && (workerData as { readonly shard?: Shard } | null)?.shard !== undefined)
  parentPort.postMessage(runShard((workerData as { readonly shard: Shard }).shard)) // our own test has sent it
