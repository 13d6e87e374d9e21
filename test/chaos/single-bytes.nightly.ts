import { utf8 } from '@quorate/kernel'
import { dossierText, fastEd25519, verify } from '@quorate/verifier'
import { appendFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { dossierFor, nodeModExp, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import type { Shard, ShardReport } from './byte-changes.ts'

const voters = Number(process.env['QUORATE_BYTE_VOTERS'] ?? 1000)
const changes = Number(process.env['QUORATE_BYTE_CHANGES'] ?? 100_000)
// A run may be cut over processes or machines: change number n is the same everywhere, and each asks from a first to below a last.
const from = Number(process.env['QUORATE_BYTE_FROM'] ?? 0)
const shards = Number(process.env['QUORATE_BYTE_SHARDS'] ?? Math.min(4, availableParallelism()))

/** A shard in a thread of its own. */
const inWorker = (shard: Shard): Promise<ShardReport> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('byte-changes.ts', import.meta.url), { workerData: { shard }, execArgv: [] })
    worker.once('message', (report: ShardReport) => resolve(report))
    worker.once('error', reject)
    worker.once('exit', (status) => reject(new Error(`a worker ended early with ${String(status)}`)))
  })

test(`${String(changes)} random single-byte changes of a dossier of ${String(voters)} voters: none accepted, none crashes`, async () => {
  const source = dossierText(dossierFor(wholeDecision('Ed25519', { people: voters }).log))
  expect(verify(source, { modexp: nodeModExp, wasm: fastEd25519 }).verdict).toBe('holds')
  const dossier = utf8(source)
  const reports = await Promise.all(
    Array.from({ length: shards }, (_, first) =>
      inWorker({ dossier, first: from + first, step: shards, changes: from + changes }),
    ),
  )
  const times = reports.flatMap((report) => report.times).sort((a, b) => a - b)
  const missed = reports.flatMap((report) => report.missed)
  const cpu = reports.reduce((sum, report) => sum + report.cpu, 0)
  const faults = new Map<string, number>()
  for (const [code, count] of reports.flatMap((report) => Object.entries(report.faults)))
    faults.set(code, (faults.get(code) ?? 0) + count)
  const ms = (share: number): string => `${(times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)} ms`
  const named = [...faults].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${String(count)}`)
  const note = `${String(changes)} single-byte changes${from === 0 ? '' : ` from number ${String(from)}`} of a dossier of ${String(voters)} voters (${(dossier.length / 1e6).toFixed(1)} MB), ${String(missed.length)} accepted or thrown at: median ${ms(0.5)}, 95% within ${ms(0.95)}, slowest ${ms(1)}, in ${String(shards)} threads, ${cpu.toFixed(0)} s of CPU, ${((1000 * cpu) / changes).toFixed(1)} ms a change.\nNamed: ${named.join(', ')}.`
  const notes = process.env['QUORATE_NOTES']
  if (notes !== undefined) appendFileSync(notes, `${note}\n`)
  expect(missed).toEqual([])
  expect(times.length).toBe(changes)
}, 14_400_000)
