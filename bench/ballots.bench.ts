import {
  fastEd25519,
  checkBallot,
  checkBallots,
  checkShuffles,
  electionText,
  type ElectionEvent,
  encryptedTally,
  engineOf,
  type GroupName,
  hintsOf,
  type HintedBallot,
  type HintedShuffle,
  issueCodes,
  credentialOf,
  listCiphertexts,
  lockBallot,
  openBox,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  seededRandom,
  shuffleHints,
  shufflePapers,
  verifyElection,
  writeArchive,
  type AnyQuestion,
  type Answer,
} from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Case } from '../tools/measure.ts'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
const random = seededRandom(createHash('sha256').update('bench of ballots').digest())
const uuid = 'QuorateBench42'

const yesNo: AnyQuestion = { answers: ['Yes', 'No'], min: 1, max: 1, question: 'Adopt?' }
const approval: AnyQuestion = { answers: Array.from({ length: 10 }, (_, i) => `Answer ${i}`), min: 0, max: 10, question: 'Who?' }
const ranked: AnyQuestion = { type: 'NonHomomorphic', value: { answers: ['A', 'B', 'C', 'D'], question: 'In what order?' } }
const one =
  (answers: number) =>
  (voter: number): Answer =>
    Array.from({ length: answers }, (_, i) => Number(i === voter % answers))

type Filled = {
  readonly election: ReturnType<typeof made>
  readonly roll: ReturnType<typeof rollOf>
  readonly texts: readonly string[]
  readonly events: readonly ElectionEvent[]
}
const made = (text: string) => good(parseElection(text, { wasm: fastEd25519 }))
const rollOf = (election: ReturnType<typeof made>, text: string) => good(parsePublicRoll(election.engine, text))

/** An open box of so many ballots. */
function fill(group: GroupName, question: AnyQuestion, ballots: number, answer: (voter: number) => Answer): Filled {
  const engine = engineOf(group, { wasm: fastEd25519 })
  const { file } = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
  const public_key = engine.encode(good(parseTrustees(engine, file)).publicKey)
  const text = electionText({ version: 1, description: '', name: 'Bench', group, public_key, questions: [question], uuid })
  const { codes, roll } = issueCodes(engine, uuid, ballots, random)
  const credentials = publicRollText(roll)
  const election = made(text)
  const texts = codes.map(
    (code, i) => good(lockBallot(election, [answer(i)], credentialOf(engine, uuid, code).secret, random)).text,
  )
  const events: readonly ElectionEvent[] = [
    { type: 'Setup', election: text, trustees: file, credentials },
    ...texts.map((ballot): ElectionEvent => ({ type: 'Ballot', ballot })),
  ]
  return { election, roll: rollOf(election, credentials), texts, events }
}

function checksOf(name: string, { election, roll, texts }: Filled, strict: number): readonly Case[] {
  const hinted = texts.map((text): HintedBallot => {
    const hints = hintsOf(election, roll, text)
    return hints === undefined ? { text } : { text, hints }
  })
  const few = texts.slice(0, strict)
  return [
    {
      name: `${name}: batch with hints`,
      operations: texts.length,
      run: () => {
        assert(
          checkBallots(election, roll, hinted, random).every(({ kind }) => kind === 'ok'),
          'every ballot is valid',
        )
      },
    },
    {
      name: `${name}: strict, one by one`,
      operations: few.length,
      run: () => {
        for (const text of few) good(checkBallot(election, roll, text))
      },
    },
  ]
}

/** Three shuffles of a box of papers, each checked; the operation is one paper of the box. */
function shuffleCase(papers: number): Case {
  const { election, roll, texts } = fill('Ed25519', ranked, papers, (i) => [0, 1, 2, 3].map((j) => ((i + j) % 4) + 1))
  const box = openBox()
  for (const text of texts) good(box.admit(good(checkBallot(election, roll, text))))
  const before = listCiphertexts(election, encryptedTally(election, box.counted()).ciphertexts)
  const shuffles: HintedShuffle[] = []
  let rows = before
  for (let i = 0; i < 3; i++) {
    const shuffled = shufflePapers(election, rows, random)
    shuffles.push({ text: shuffled.text, hints: shuffleHints(election, shuffled.text) ?? [] })
    rows = shuffled.rows
  }
  return {
    name: 'ranking: three shuffles checked with hints, a paper',
    operations: papers,
    run: () => {
      good(checkShuffles(election, before, shuffles))
    },
  }
}

/** One and the same archive of BELENIOS-2048, verified by Debian's program and by ours. */
function peerCases(folder: string): readonly Case[] {
  if (spawnSync('belenios-tool', ['--version']).status !== 0) return []
  const ballots = 20
  const { events } = fill('BELENIOS-2048', yesNo, ballots, one(2))
  writeFileSync(join(folder, `${uuid}.bel`), writeArchive(1_795_294_341, events))
  return [
    {
      name: 'yes/no in BELENIOS-2048: belenios-tool 2.0 election verify, whole process',
      operations: ballots,
      run: () => {
        const { status, stderr } = spawnSync('belenios-tool', ['election', 'verify', '--dir', folder])
        assert(status === 0, stderr.toString())
      },
    },
    {
      name: 'yes/no in BELENIOS-2048: ours, strict',
      operations: ballots,
      run: () => {
        good(verifyElection(events, { companions: 'ignored' }))
      },
    },
  ]
}

/** Checking ballots: yes/no, ten answers, rankings through three shuffles, and the format's own program beside. */
export default function ballotsBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const peers = peerCases(folder)
  return {
    title: 'Ballots',
    about: `One core. Goals: yes/no 3,000 a second, ten answers 650 a second, a ranking's three shuffles 0.5 ms. Chunks of 1,024 yes/no ballots and 256 of ten answers; 200 papers shuffled.${
      peers.length === 0
        ? ' No belenios-tool on this machine: its rows are left out.'
        : ' belenios-tool 2.0 knows no Ed25519, so it is compared in its own group, where ours runs on plain big integers.'
    }`,
    cases: [
      ...checksOf('yes/no', fill('Ed25519', yesNo, 1024, one(2)), 32),
      ...checksOf('ten answers', fill('Ed25519', approval, 256, one(10)), 8),
      shuffleCase(200),
      ...peers,
    ],
    end: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
