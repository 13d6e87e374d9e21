import { appendFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { figure } from '../union-vote.ts'
import { checkBox, type BoxChecked } from './check-box.ts'
import { good, shardSize } from './large-election.ts'
import { makeBox, shardsOf } from './make-box.ts'

// QUORATE_MILLION_VOTERS of the environment asks another number, QUORATE_MILLION_FOLDER another place for the box, which is kept: a run that was cut
// off goes on with it, and the next has only to verify.
const voters = Number(process.env['QUORATE_MILLION_VOTERS'] ?? 1_000_000)
const folder = process.env['QUORATE_MILLION_FOLDER'] ?? join(tmpdir(), `quorate-box-of-${String(voters)}`)
const threads = Math.min(4, availableParallelism())
const note = (line: string): void => {
  process.stdout.write(`${line}\n`)
  const notes = process.env['QUORATE_NOTES']
  if (notes !== undefined) appendFileSync(notes, `${line}\n`)
}
const rates = (ballots: number, { seconds, processorSeconds }: BoxChecked): string =>
  `${seconds.toFixed(1)} s, ${figure(Math.round(ballots / seconds))} a second; ${((1e6 * processorSeconds) / ballots).toFixed(0)} µs of a processor each`

it(`a box of ${figure(voters)} yes/no ballots, one a voter, is verified from its files`, async () => {
  await makeBox(folder, voters, threads, note)
  note(
    'each ballot is its own: locked with keys, randomness and proofs of its own, by one who knows the election’s key, which is faster than a device is',
  )
  // The same part of the box by one thread, by two and by four.
  const part = shardsOf(voters).slice(0, 8)
  const inPart = Math.min(voters, part.length * shardSize)
  for (const count of [1, 2, 4].filter((n) => n <= threads))
    note(
      `${figure(inPart)} of them in ${String(count)} ${count === 1 ? 'thread' : 'threads'}: ${rates(inPart, good(await checkBox(folder, { threads: count, shards: part, note })))}`,
    )
  const done = good(await checkBox(folder, { threads, note }))
  const no = Math.ceil(voters / 3)
  expect(done.votes).toEqual([voters - no, no])
  note(
    `all, with roll, tally, openings and result, from ${(done.bytes / 1e9).toFixed(2)} GB of files to the verdict, in ${String(threads)} threads: ${rates(voters, done)}`,
  )
  note(`memory of the process at most: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
})
