import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { good } from '../testing/demo-election.ts'
import { thresholdElection } from '../testing/threshold-election.ts'
import { forgeAsLastVoter, inverseOf } from '../testing/last-voter.ts'
import { writeArchive } from './archive/archive.ts'
import { checkBallot } from './voting/ballot-check.ts'
import { lockBallot } from './voting/ballot.ts'
import { checkOpening, openTally } from './opening/decryption.ts'
import type { ElectionEvent } from './archive/events.ts'
import { checkCompanion, companionOf } from './opening/opening-companion.ts'
import { combineResult, lagrangeAtZero, resultText } from './opening/result.ts'
import { encryptedTally } from './opening/tally.ts'

const tool = process.env['QUORATE_BELENIOS_TOOL'] ?? 'belenios-tool'
const reason =
  spawnSync(tool, ['--version']).status === 0 ? null : 'belenios-tool is not installed: apt-get install belenios-tool'
const withOracle = reason === null ? describe : describe.skip

withOracle(
  `belenios-tool accepts elections of our trustees and voting codes${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    const { ceremony, credentials, election, publicRoll, random, text, trustees, voters } = thresholdElection('BELENIOS-2048', 4)
    const { file, keys } = ceremony
    const { engine } = election
    const cast = voters.slice(0, 3).map((secret, i) => good(lockBallot(election, [i === 0 ? [1, 0] : [0, 1]], secret, random)))
    const secretOf = (owner: number): bigint => keys[owner - 1]?.share?.secret ?? 0n
    const folder = mkdtempSync(join(tmpdir(), 'quorate-threshold-'))
    afterAll(() => {
      rmSync(folder, { recursive: true })
    })

    /** The whole election, and what the tool says of it. `openings[owner]`: the opening's text where it is not the honest one. */
    function run(
      ballots: readonly string[],
      owners: readonly number[],
      falseOpenings: Readonly<Record<number, string>> = {},
      published?: string,
    ) {
      const checked = ballots.map((ballot) => good(checkBallot(election, publicRoll, ballot)))
      const tally = encryptedTally(election, checked)
      const openings = owners.map((owner) => {
        const key = trustees.keys[owner - 1] ?? engine.identity
        const opening = good(
          checkOpening(election, tally, key, falseOpenings[owner] ?? openTally(election, tally, secretOf(owner))),
        )
        const claim = { tally, owner, lastShuffleHash: null }
        const companion = companionOf(election, { ...claim, openingText: opening.text }, secretOf(owner))
        return { owner, opening, isProven: checkCompanion(election, claim, key, opening, companion).kind === 'ok' }
      })
      const result = good(combineResult(election, trustees, tally, openings))
      const events: readonly ElectionEvent[] = [
        { type: 'Setup', election: text, trustees: file, credentials },
        ...ballots.map((ballot): ElectionEvent => ({ type: 'Ballot', ballot })),
        { type: 'EndBallots' },
        { type: 'EncryptedTally', tally: tally.text, ballots: tally.ballots, weight: tally.weight },
        ...openings.map(({ owner, opening }): ElectionEvent => ({ type: 'PartialDecryption', owner, opening: opening.text })),
        { type: 'Result', result: published ?? resultText(result) },
      ]
      const place = mkdtempSync(join(folder, 'election-'))
      writeFileSync(join(place, `${election.message.uuid}.bel`), writeArchive(1_795_294_341, events))
      const verdict = spawnSync(tool, ['election', 'verify', '--dir', place], { encoding: 'utf8' })
      return {
        result: result.result,
        verdict: `${String(verdict.status)} ${verdict.stderr}`,
        areProven: openings.every((each) => each.isProven),
      }
    }
    const accepted = /^0 /

    it.each([[[1, 2]], [[1, 3]], [[2, 3]], [[1, 2, 3]]])('opened by trustees %j', (owners) => {
      const { result, verdict, areProven } = run(
        cast.map((ballot) => ballot.text),
        owners,
      )
      expect(result).toEqual([[1, 2]])
      expect(verdict).toMatch(accepted)
      expect(areProven).toBe(true)
    })

    it('and refuses a result that is one vote off, so its word is worth something', () => {
      const ballots = cast.map((ballot) => ballot.text)
      expect(run(ballots, [1, 2], {}, '{"result":[[2,1]]}').verdict).not.toMatch(accepted)
    })

    it('and alone does not prove an opening: it accepts the last voter’s forgery, which only our companion refuses', () => {
      const ballots = cast.map((ballot) => ballot.text)
      const before = encryptedTally(
        election,
        ballots.map((ballot) => good(checkBallot(election, publicRoll, ballot))),
      )
      const shift = inverseOf(lagrangeAtZero([1, 2], 1, engine.q), engine.q)
      const forgery = forgeAsLastVoter(
        election,
        before,
        { trusteeSecret: secretOf(1), voterSecret: voters[3] ?? 0n, choice: [1, 0] },
        [(2n * shift) % engine.q, (engine.q - ((2n * shift) % engine.q)) % engine.q],
      )
      const all = [...ballots, forgery.ballot.text]
      const tally = encryptedTally(
        election,
        all.map((ballot) => good(checkBallot(election, publicRoll, ballot))),
      )
      const { result, verdict, areProven } = run(all, [1, 2], { 1: forgery.openingOf(tally) })
      expect(result).toEqual([[4, 0]])
      expect(verdict).toMatch(accepted)
      expect(areProven).toBe(false)
    })
  },
)
