import { equalBytes, fromHex, fromUtf8, toHex } from '@quorate/kernel'
import {
  compareViews,
  holdsLine,
  looksLikeRollCallReceipt,
  openCheckpoint,
  readRollCall,
  readRollCallReceipt,
  rollCallSeatKey,
  rootOfLeaves,
  verifierKeyText,
  type Checkpoint,
  type View,
} from '@quorate/record'
import { ownEntries, type Evidence, type VerifyOptions } from './check.ts'
import { parseDossier, type Dossier } from './dossier.ts'
import { failed, faultOf, notChecked, passed, type Fault, type Outcome } from './verdict.ts'

/** The leaf hashes of a dossier, when it lists every one and they give its signed root: then they are what its holder was shown. */
function leavesOf(dossier: Dossier, { root, size }: Checkpoint): View['leaves'] {
  const leaves = dossier.leaves.flatMap((leaf) => {
    const bytes = fromHex(leaf ?? '')
    return bytes.kind === 'ok' && bytes.value.length === 32 ? [bytes.value] : []
  })
  return leaves.length === size && equalBytes(rootOfLeaves(leaves), root) ? leaves : null
}

/** What another holder has: a dossier of the same log, of any decision, or a bare checkpoint. Null when the log signed neither. */
function viewOf(source: string | Uint8Array, who: string, logKey: Dossier['logKey']): View | 'another key' | null {
  const trust = { log: logKey, witnesses: [], quorum: 0 }
  const parsed = parseDossier(source)
  if (parsed.kind === 'ok') {
    if (verifierKeyText(parsed.value.logKey) !== verifierKeyText(logKey)) return 'another key'
    const opened = openCheckpoint(parsed.value.checkpoint, trust)
    if (opened.kind === 'fail') return null
    const { checkpoint } = opened.value
    return { who, checkpoint, leaves: leavesOf(parsed.value, checkpoint) }
  }
  const text = typeof source === 'string' ? source : fromUtf8(source)
  const note = typeof text === 'string' ? text : text.kind === 'ok' ? text.value : ''
  const opened = openCheckpoint(note, trust)
  return opened.kind === 'fail' ? null : { who, checkpoint: opened.value.checkpoint, leaves: null }
}

/**
 * The dossier against what others hold of the same log: other members' dossiers, of whatever decision, and checkpoints they noted. Two that
 * cannot both be true are a split view: somebody was shown another log. The first entry that differs is named where both copies are whole. The receipt
 * of a line in a roll-call may be among them: that line must stand in the roll-call.
 */
export function checkCopies(dossier: Dossier, checkpoint: Checkpoint, { copies = [] }: VerifyOptions): Outcome {
  if (copies.length === 0) return notChecked('no-other-copy')
  const read = copies.map((source) => (typeof source === 'string' ? source : textOf(source)))
  const receipts = read.filter(looksLikeRollCallReceipt)
  const lost = receiptFault(dossier, receipts)
  if (lost !== null) return { state: 'failed', fault: lost }
  const others = copies.filter((_, i) => !looksLikeRollCallReceipt(read[i] ?? ''))
  const own: View = { who: '1', checkpoint, leaves: leavesOf(dossier, checkpoint) }
  let shown = 0
  const views: View[] = [own]
  for (const [i, source] of others.entries()) {
    const who = String(i + 2)
    const view = viewOf(source, who, dossier.logKey)
    if (view === 'another key')
      return failed('other-key', { expected: verifierKeyText(dossier.logKey), found: `another key in copy ${who}` })
    if (view === null)
      return failed('copy-unreadable', { expected: 'a dossier or a checkpoint that this log signed', found: `copy ${who}` })
    for (const other of views) {
      const compared = compareViews(other, view)
      if (compared.kind === 'split view') {
        const [older, newer] = compared.roots
        return failed('split-view', {
          ...(compared.entry === null ? {} : { entry: compared.entry }),
          expected: `${toHex(older)} for ${String(compared.size)} entries (copy ${compared.between[0]})`,
          found: `${newer === null ? 'another root' : toHex(newer)} (copy ${compared.between[1]})`,
        })
      }
      if (compared.kind === 'same' || compared.kind === 'continues') shown++
    }
    views.push(view)
  }
  const lines = receipts.length === 0 ? [] : [{ name: 'own lines', count: receipts.length }]
  if (others.length === 0) return passed(...lines)
  return passed({ name: 'copies', count: others.length }, { name: 'comparisons', count: shown }, ...lines)
}

function textOf(source: Uint8Array): string {
  const text = fromUtf8(source)
  return text.kind === 'ok' ? text.value : ''
}

/**
 * Receipts of roll-calls: each is of a line that this log's key signed for, and stands in the roll-call that the decision rests on. One that holds and is not
 * there was dropped by whoever has the key, or is of another roll-call.
 */
function receiptFault(dossier: Dossier, receipts: readonly string[]): Fault | null {
  const texts = Object.values(dossier.documents).filter((text) => text.includes('"format":"quorate/rollcall/v'))
  for (const text of receipts) {
    const receipt = readRollCallReceipt(text, dossier.logKey)
    if (receipt.kind === 'fail')
      return faultOf('copy-unreadable', {
        expected: `${receipt.error.path} ${receipt.error.expected}`,
        found: receipt.error.found,
      })
    const { id, line } = receipt.value
    const own = texts.map((each) => readRollCall(each, dossier.logKey)).find((each) => each.kind === 'ok' && each.value.id === id)
    if (own?.kind !== 'ok') return faultOf('line-missing', { expected: `a roll-call ${id}`, found: 'none' })
    if (!holdsLine(own.value, receipt.value))
      return faultOf('line-missing', {
        expected: `${rollCallSeatKey(line.seat)}, line ${String(line.seq)}: ${line.vote}, signed by ${line.signedBy}`,
        found: 'another line, or none',
      })
  }
  return null
}

/** The booth that the record says was served, against the one that a voter's browser was given. */
export function checkBooth(evidence: Evidence, { booth }: VerifyOptions): Outcome {
  const [setup] = ownEntries(evidence, 'setup')
  if (booth === undefined) return notChecked('no-booth-given')
  if (setup === undefined) return notChecked('not-yet')
  const { index, body } = setup
  return body.booth === booth ? passed() : failed('booth-differs', { entry: index, expected: body.booth, found: booth })
}
