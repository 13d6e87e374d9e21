import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { faultSentence, startPostgres } from '../../tools/postgres.ts'

const cycles = Number(process.env['QUORATE_FAULT_CYCLES'] ?? 3)
const parent = mkdtempSync(join(tmpdir(), 'quorate-chaos-'))
afterAll(() => {
  rmSync(parent, { recursive: true, force: true })
})

/** A line for the nightly report. */
function note(line: string): void {
  const file = process.env['QUORATE_NOTES']
  if (file !== undefined) appendFileSync(file, `${line}\n`)
}

type Cycle = { readonly confirmed: number; readonly lost: number; readonly restartMs: number }

/** Writers commit until the server is killed with SIGKILL; after a new start every row that was confirmed is looked for. */
async function killUnderLoad(folder: string, cycle: number, options: string): Promise<Cycle> {
  const running = await startPostgres(folder)
  if (running.kind === 'fail') throw new Error(faultSentence(running.error))
  const pool = new pg.Pool({ connectionString: running.value.url, max: 8, options })
  pool.on('error', () => undefined)
  await pool.query('create table if not exists kept (cycle int, n int, primary key (cycle, n))')
  const confirmed: number[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let n = next++; ; n = next++) {
      await pool.query('insert into kept values ($1, $2)', [cycle, n])
      confirmed.push(n)
    }
  }
  const lanes = Promise.allSettled(Array.from({ length: 8 }, lane))
  await sleep(300 + ((cycle * 37) % 200))
  process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  await lanes
  await pool.end()
  await running.value.stop()

  const began = performance.now()
  const again = await startPostgres(folder)
  if (again.kind === 'fail') throw new Error(faultSentence(again.error))
  const restartMs = performance.now() - began
  const client = new pg.Client({ connectionString: again.value.url })
  await client.connect()
  const { rows } = await client.query<{ n: number }>('select n from kept where cycle = $1', [cycle])
  await client.end()
  await again.value.stop()
  const there = new Set(rows.map(({ n }) => n))
  return { confirmed: confirmed.length, lost: confirmed.filter((n) => !there.has(n)).length, restartMs }
}

test('no confirmed row is lost when the server is killed under load', async () => {
  const outcomes: Cycle[] = []
  for (let cycle = 0; cycle < cycles; cycle++) outcomes.push(await killUnderLoad(join(parent, 'safe'), cycle, ''))
  const confirmed = outcomes.reduce((sum, each) => sum + each.confirmed, 0)
  const lost = outcomes.reduce((sum, each) => sum + each.lost, 0)
  const slowest = Math.round(Math.max(...outcomes.map(({ restartMs }) => restartMs)))
  note(`PostgreSQL killed under load, times ${cycles}: ${confirmed} confirmed rows, ${lost} lost, slowest restart ${slowest} ms.`)
  expect(confirmed).toBeGreaterThan(cycles * 20)
  expect(outcomes.map(({ lost }) => lost)).toEqual(outcomes.map(() => 0))
})

test('the same test notices a server that does not wait for the disk', async () => {
  let lost = 0
  let tries = 0
  // What such a server has confirmed but not written is at most 0.6 s old, so a kill almost always finds some of it.
  for (; lost === 0 && tries < 10; tries++)
    lost = (await killUnderLoad(join(parent, 'lax'), tries, '-c synchronous_commit=off')).lost
  note(`Control: with synchronous_commit off, kill ${tries} lost ${lost} confirmed rows, and the test saw it.`)
  expect(lost).toBeGreaterThan(0)
})
