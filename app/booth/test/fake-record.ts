import { sha256Hex } from '@quorate/ballots'
import { canonicalJson, type Json, toHex, utf8 } from '@quorate/kernel'
import {
  appendLeaf,
  cosignCheckpoint,
  emptyFrontier,
  type Frontier,
  frontierRoot,
  leafHash,
  signCheckpoint,
  type Signer,
  signerOf,
  verifierKeyText,
} from '@quorate/record'

/** Where the record of a test begins: so many entries stand before. */
export const recordFrom = 18_201

// What stood before does not matter, as long as it is the same for everybody.
const before: Frontier = Array.from({ length: recordFrom }).reduce<Frontier>(
  (tree) => appendLeaf(tree, leafHash(utf8('before'))),
  emptyFrontier,
)

/** A key of the tests, made of its name. */
export const signerNamed = (name: string, type: 1 | 4): Signer =>
  signerOf(name, type, new Uint8Array(32).fill(Number.parseInt(sha256Hex(name).slice(0, 2), 16)))

/** Who signs the record of a fake server. */
export type Signers = { readonly log: Signer; readonly witnesses: readonly Signer[]; readonly quorum: number }

/** A signed state of a record whose entries since {@link recordFrom} are given, as a server shows it. */
export function termsOf(entries: readonly Json[], { log, witnesses, quorum }: Signers) {
  const tree = entries.reduce<Frontier>((grown, entry) => appendLeaf(grown, leafHash(utf8(canonicalJson(entry)))), before)
  const head = signCheckpoint({ origin: log.key.name, size: tree.size, root: frontierRoot(tree), extensions: [] }, log)
  const checkpoint = witnesses.reduce((note, witness) => {
    const signed = cosignCheckpoint(note, witness, 1_795_000_000n)
    return signed.kind === 'ok' ? signed.value : note
  }, head)
  return { log: verifierKeyText(log.key), witnesses: witnesses.map(({ key }) => verifierKeyText(key)), quorum, checkpoint }
}

/** The same with the entries themselves, but for those that the box has. */
export const evidenceOf = (entries: readonly Json[], signers: Signers, inBox: (entry: Json) => boolean) => ({
  ...termsOf(entries, signers),
  from: recordFrom,
  peaks: before.peaks.map((peak) => toHex(peak)),
  entries: entries.filter((entry) => !inBox(entry)),
})
