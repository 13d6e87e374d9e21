import { expect, it } from 'vitest'
import { unionVote } from './union-vote.ts'

// The same vote has 100,000 ballots in `npm run nightly -- --only vote:100000`.
it("a union's yes/no vote of 1,000 ballots is cast, tallied and verified, and tells how far it has come", async () => {
  const told: string[] = []
  expect(await unionVote(1_000, (line) => told.push(line))).toEqual([[666, 334]])
  expect(told.map((line) => line.split(/[,:]/)[0])).toEqual(['ballots locked', 'ballots verified with hints', 'tally'])
})
