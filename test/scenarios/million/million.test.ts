import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkBallot, fastEd25519, parseElection, parsePublicRoll } from '@quorate/ballots'
import { checkBox } from './check-box.ts'
import { filesOf, good } from './large-election.ts'
import { makeBox } from './make-box.ts'

// The same box has a million ballots in `npm run nightly -- --only million`.
const voters = 300
const folder = mkdtempSync(join(tmpdir(), 'quorate-large-box-'))
const files = filesOf(folder)
const changed = [files.ballots(0), files.tally, files.roll, files.rollHints, files.hints(0), files.result, files.openings]
const kept = (file: string): string => `${file}.kept`
const check = (threads = 1) => checkBox(folder, { threads, note: () => undefined })
const change = (file: string, by: (text: string) => string): void => writeFileSync(file, by(readFileSync(file, 'utf8')))
const line = (n: number, by: (line: string, all: readonly string[]) => string): void =>
  change(files.ballots(0), (text) =>
    text
      .split('\n')
      .map((own, i, all) => (i === n ? by(own, all) : own))
      .join('\n'),
  )
const flipped = (file: string, at: number): void => {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

describe('a large box', () => {
  beforeAll(async () => {
    await makeBox(folder, voters, 2, () => undefined)
    for (const file of changed) copyFileSync(file, kept(file))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(() => {
    for (const file of changed) copyFileSync(kept(file), file)
  })

  it('is verified from its files, and every third said No', async () => {
    const done = good(await check(2))
    expect(done.votes).toEqual([200, 100])
    expect(done.bytes).toBeGreaterThan(voters * 2_500)
  })

  it('holds ballots that pass the strict check of one, whose hints are those of their points', () => {
    const election = good(parseElection(readFileSync(files.election, 'utf8'), { wasm: fastEd25519 }))
    const roll = good(parsePublicRoll(election.engine, readFileSync(files.roll, 'utf8')))
    for (const ballot of readFileSync(files.ballots(0), 'utf8').split('\n').slice(0, 4))
      expect(checkBallot(election, roll, ballot).kind).toBe('ok')
  })

  it('is made no second time', async () => {
    const before = readFileSync(files.ballots(0))
    await makeBox(folder, voters, 1, () => undefined)
    expect(readFileSync(files.ballots(0)).equals(before)).toBe(true)
  })

  it('counts no less where hints are wrong: they are only slower', async () => {
    flipped(files.hints(0), 70)
    flipped(files.rollHints, 5)
    expect(good(await check()).votes).toEqual([200, 100])
  })

  it.each<readonly [string, () => void, string]>([
    ['a proof', () => line(7, (own) => own.replace(/"response":"\d/, '"response":"9')), 'ballot 7: '],
    ['a ballot twice', () => line(9, (_, all) => all[8] ?? ''), 'ballot 9: a second one by this key'],
    ['a ballot lost', () => change(files.ballots(0), (text) => text.slice(text.indexOf('\n') + 1)), 'the tally is not the sum'],
    ['a line cut off', () => change(files.ballots(0), (text) => text.slice(0, -5)), 'shard 0: its last line is cut off'],
    ['a voter who is not on the roll', () => change(files.roll, (text) => text.replace(/"[0-9a-f]+",/, '')), ': not on the roll'],
    [
      'a key that is none',
      () =>
        change(files.roll, (text) =>
          text.replace(/^\["/, '["00000000000000000000000000000000000000000000000000000000000000ff","'),
        ),
      'key 00',
    ],
    [
      'keys out of order',
      () => change(files.roll, (text) => JSON.stringify((JSON.parse(text) as string[]).toReversed())),
      'key 1 of the roll is out of order',
    ],
    ['another tally', () => change(files.tally, (text) => text.replace(/^..../, '[[{ ')), 'the tally is not the sum'],
    ['another result', () => change(files.result, () => '{"result":[[201,99]]}'), 'the result: '],
    [
      'an opening’s companion',
      () => change(files.openings, (text) => text.replace(/"response":"\d(?=\d+"}}])/, '"response":"0')),
      'trustee',
    ],
  ])('is refused with %s changed', async (_, tamper, said) => {
    tamper()
    const done = await check()
    expect(done.kind === 'fail' ? done.error : 'it holds').toContain(said)
  })
})
