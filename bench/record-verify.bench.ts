import { assert, instant, toHex } from '@quorate/kernel'
import {
  commitRoll,
  createTree,
  entryBytes,
  entryOf,
  leafHasher,
  parseEntry,
  parseRollList,
  rollLeaf,
  rollListText,
  rootAt,
  signCheckpoint,
  signerOf,
  tileFiles,
  verifierKeyText,
  type Sha256,
} from '@quorate/record'
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkLogFiles, filesOf } from '../app/cli/mirror-folder.ts'
import { sha256 } from '../app/src/lib/platform/sha256.ts'
import type { Bench, Case } from '../tools/measure.ts'

const size = 1_000_000
const people = 500_000
// Each case takes some ten seconds: four times with the one that warms it is enough, and the whole ends within four minutes.
const rounds = 3
const origin = 'bench.example/record'
const signer = signerOf(origin, 1, new Uint8Array(32).fill(1))
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A log of a million entries as plain files, in `folder`. */
function writeLog(folder: string): void {
  const at = instant(1_795_294_341_000)
  const entries = Array.from({ length: size }, (_, i) =>
    entryBytes(
      i === 0
        ? entryOf('opened', at, null, {
            format: 'quorate/record/v1',
            origin,
            movement: 'bench',
            software: '0.1.0',
            demonstration: true,
            singleOperator: true,
          })
        : entryOf('role', instant(at + i), null, {
            office: 'registrar',
            holder: hashOf(String(i)),
            change: 'granted',
            effectAt: at,
          }),
    ),
  )
  const tree = createTree(entries.map(leafHasher(sha256)), sha256)
  const write = (path: string, bytes: Uint8Array | string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  for (const [path, bytes] of tileFiles(0, size, tree.node, (i) => entries[i] as Uint8Array)) write(path, bytes)
  write('checkpoint', signCheckpoint({ origin, size, root: rootAt(size, tree.node), extensions: [] }, signer))
}

function parseAll(folder: string): void {
  const read = filesOf(folder)
  const checked = checkLogFiles(noteOf(folder), read, { log: signer.key, witnesses: [], quorum: 0 })
  assert(checked.kind === 'ok' && checked.value.checkpoint.size === size, 'the log holds')
  for (const bytes of checked.value.entries) assert(parseEntry(bytes).kind === 'ok', 'every entry is of its type')
}

const noteOf = (folder: string): string => readFileSync(join(folder, 'checkpoint'), 'utf8')

/** The foreign verifier, built beside the log; null where Go or its source is not here. */
function buildPeer(folder: string): string | null {
  const shared = process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../shared')
  const source = join(shared, 'oracles/tlogverify')
  if (!existsSync(join(source, 'main.go'))) return null
  const program = join(folder, 'tlogverify')
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
  return spawnSync('go', ['build', '-o', program, '.'], { cwd: source, env }).status === 0 ? program : null
}

function rollCase(name: string, hash: Sha256 | undefined): Case {
  return {
    name,
    operations: people,
    rounds,
    run: () => {
      const salts = new Uint8Array(randomBytes(32 * people))
      const leaves = Array.from({ length: people }, (_, i) =>
        rollLeaf(salts.subarray(32 * i, 32 * i + 32), new TextEncoder().encode(`{"member":${String(i)}}`), hash),
      )
      const roll = commitRoll(leaves, hash)
      assert(roll.kind === 'ok', 'salted leaves differ')
      const read = parseRollList(rollListText(roll.value.leaves), hash)
      assert(read.kind === 'ok' && toHex(read.value.root) === toHex(roll.value.root), 'the list gives the root')
    },
  }
}

/** A million entries from their files to the signed root, with Go's verifier beside, and a roll of half a million committed to. */
export default function recordVerifyBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  writeLog(folder)
  const peer = buildPeer(folder)
  const trust = { log: signer.key, witnesses: [], quorum: 0 }
  const peerCases: readonly Case[] =
    peer === null
      ? []
      : [
          {
            name: 'Go x/mod sumdb, every entry hashed again, whole process',
            operations: size,
            rounds,
            run: () => {
              const done = spawnSync(peer, ['-log', verifierKeyText(signer.key), '-full', folder])
              assert(done.status === 0, done.stdout.toString())
            },
          },
        ]
  return {
    title: 'Verifying the record',
    about: `A log of 1,000,000 entries of 250 bytes in its files (8,000 of them, read in every round), one core; the operation is one entry. Goal: the million in 10 s, which is 10 µs an entry. "Files" hashes every entry, compares every tile and the signed root; "and parsed" also reads every entry against its schema. A roll: 500,000 people, salt and leaf for each, sorted, committed to, and its published list read back; the operation is one person, the goal 20 µs.${
      peer === null ? ' Go or its verifier is not on this machine: its row is left out.' : ''
    }`,
    cases: [
      {
        name: 'files of the log',
        operations: size,
        rounds,
        run: () => assert(checkLogFiles(noteOf(folder), filesOf(folder), trust).kind === 'ok', 'the log holds'),
      },
      { name: 'files of the log, and every entry parsed', operations: size, rounds, run: () => parseAll(folder) },
      ...peerCases,
      rollCase('a roll committed to and read back', sha256),
      rollCase('the same in JavaScript alone', undefined),
    ],
    end: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
