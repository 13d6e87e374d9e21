import {
  fastEd25519,
  hintsOf,
  parseElection,
  parsePublicRoll,
  shuffleHints,
  statementHint,
  type Election,
  type Element,
  type PublicRoll,
} from '@quorate/ballots'
import { assert, concatBytes, type Result } from '@quorate/kernel'
import { bodyOf, parseEntry } from '@quorate/record'
import { textIn } from '../src/citations.ts'
import { bytesOf } from '../src/dossier.ts'
import { hintsHeader, hintsLine, packHints, type Dossier, type EntryHints } from '../src/index.ts'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
const none = new Uint8Array(0)

/** Hints of every ballot and shuffle of a dossier, made from its texts as anybody can. */
export function hintsFor(dossier: Dossier): readonly EntryHints[] {
  const { documents, decision } = dossier
  let set: { readonly election: Election; readonly roll: PublicRoll<Element> } | null = null
  return dossier.entries.flatMap((stored): readonly EntryHints[] => {
    const entry = good(parseEntry(bytesOf(stored)))
    const [setup, cast, shuffled] = [bodyOf(entry, 'setup'), bodyOf(entry, 'ballot'), bodyOf(entry, 'shuffle')]
    if (entry.decision !== decision) return []
    if (setup !== null) {
      const election = good(parseElection(documents[setup.election] ?? '', { wasm: fastEd25519 }))
      set = { election, roll: good(parsePublicRoll(election.engine, documents[setup.credentials] ?? '')) }
    }
    if (set === null) return []
    const { election, roll } = set
    if (shuffled !== null)
      return [{ entry: stored.index, parts: shuffleHints(election, textIn(documents, shuffled.shuffle)) ?? [] }]
    if (cast === null) return []
    const { credential } = JSON.parse(cast.ballot) as { readonly credential: string }
    const key = roll.entries.get(credential)?.key
    assert(key !== undefined, 'a ballot of the box is by a key of the roll')
    const parts = [hintsOf(election, roll, cast.ballot) ?? none, statementHint(election, key, cast.cast) ?? none]
    return [{ entry: stored.index, parts }]
  })
}

/** The file that holds them. */
export const hintsFileOf = (lines: readonly EntryHints[]): Uint8Array =>
  concatBytes(hintsHeader, ...lines.map(({ entry, parts }) => hintsLine(entry, packHints(parts))))

/** Bytes as they may come in, in pieces of one size. */
export async function* inPieces(bytes: Uint8Array, size = 4096): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}
