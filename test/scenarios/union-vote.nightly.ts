import { appendFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { figure, unionVote } from './union-vote.ts'

const voters = Number(process.env['QUORATE_UNION_VOTERS'] ?? 100_000)
const note = (line: string): void => {
  process.stdout.write(`${line}\n`)
  const notes = process.env['QUORATE_NOTES']
  if (notes !== undefined) appendFileSync(notes, `${line}\n`)
}

it(`a union's yes/no vote of ${figure(voters)} ballots is cast, tallied and verified`, async () => {
  const no = Math.ceil(voters / 3)
  expect(await unionVote(voters, note)).toEqual([[voters - no, no]])
})
