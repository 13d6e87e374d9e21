import { instant, toHex, utf8 } from '@quorate/kernel'
import {
  commitRoll,
  cosignCheckpoint,
  createTree,
  entryBytes,
  entryOf,
  leafHash,
  rollListText,
  rootAt,
  signCheckpoint,
  signerOf,
  type Entry,
  type Signer,
} from '@quorate/record'
import { createHash } from 'node:crypto'
import { dossierOf, type Dossier } from '../src/index.ts'

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')
export const origin = 'lantern.example/record'
export const log: Signer = signerOf(origin, 1, new Uint8Array(32).fill(1))
export const witnesses: readonly Signer[] = [2, 3].map((n) =>
  signerOf(`witness${String(n)}.example`, 4, new Uint8Array(32).fill(n)),
)
export const started = 1_795_294_341_000

const edition = '# Rules of Lantern\n'
const proposal = 'Shorten notice to ten days.\n'
const roll = (() => {
  const committed = commitRoll(Array.from({ length: 30 }, (_, i) => leafHash(utf8(`member ${String(i)}`))))
  if (committed.kind === 'fail') throw new Error(committed.error)
  return committed.value
})()
const rollList = rollListText(roll.leaves)
const member = 'ab'.repeat(16)

const at = (minute: number): ReturnType<typeof instant> => instant(started + 60_000 * minute)
const head = { decision: 12, as: 'electorate members', by: member, occurredAt: at(3), recordedAt: at(3) } as const
const eventHead = { decision: 12, edition: 1, clause: '4.2@1', by: member, deemed: false, occurredAt: at(3), recordedAt: at(3) }

/** A short log: founding, one proposal with its roll, and other business between. */
export const entries: readonly Entry[] = [
  entryOf('opened', at(0), null, {
    format: 'quorate/record/v1',
    origin,
    movement: 'lantern',
    software: '0.1.0',
    demonstration: true,
    singleOperator: true,
  }),
  entryOf('edition', at(1), null, { edition: 1, text: sha256Hex(edition) }),
  entryOf('role', at(2), null, { office: 'returning-officer', holder: sha256Hex('officer'), change: 'granted', effectAt: at(2) }),
  entryOf('act', at(3), 12, {
    act: { ...head, kind: 'propose', power: 'amend-rulebook', form: 'diff', document: sha256Hex(proposal), changes: [] },
    facts: [{ name: 'eligible', of: null, value: true, at: at(3), knownAt: at(3), source: 'register', evidence: null }],
    deemed: [],
    events: [
      {
        ...eventHead,
        id: '12/1',
        stage: 'propose',
        kind: 'proposed',
        power: 'amend-rulebook',
        procedure: 'amend',
        document: sha256Hex(proposal),
        changes: [],
      },
    ],
  }),
  ...Array.from({ length: 8 }, (_, i) =>
    entryOf('act', at(4 + i), 12, {
      act: { ...head, kind: 'sign', by: String(i).repeat(32) },
      facts: [],
      deemed: [],
      events: [{ ...eventHead, id: `12/${String(i + 2)}`, stage: 'support', kind: 'signed' }],
    }),
  ),
  entryOf('demo-clock', at(20), null, { from: at(12), to: at(20) }),
  entryOf('roll', at(21), 12, { electorate: 'members@1', size: roll.size, root: toHex(roll.root), leaves: sha256Hex(rollList) }),
]

export const documents: Dossier['documents'] = Object.fromEntries(
  [edition, proposal, rollList].map((text) => [sha256Hex(text), text]),
)

/** Signs a log of these entries, as its own operator would, and puts the dossier together. */
export function dossierFor(
  own: readonly (Entry | Uint8Array)[],
  change: { readonly documents?: Dossier['documents']; readonly witnesses?: readonly Signer[]; readonly decision?: number } = {},
): Dossier {
  const bytes = own.map((entry) => (entry instanceof Uint8Array ? entry : entryBytes(entry)))
  const tree = createTree(bytes.map(leafHash))
  const signers = change.witnesses ?? witnesses
  let checkpoint = signCheckpoint({ origin, size: bytes.length, root: rootAt(bytes.length, tree.node), extensions: [] }, log)
  for (const witness of signers) {
    const next = cosignCheckpoint(checkpoint, witness, BigInt(started / 1000))
    if (next.kind === 'fail') throw new Error(next.error.kind)
    checkpoint = next.value
  }
  return dossierOf({
    decision: change.decision ?? 12,
    logKey: log.key,
    witnesses: signers.map((w) => w.key),
    checkpoint,
    entries: bytes,
    documents: change.documents ?? documents,
  })
}
