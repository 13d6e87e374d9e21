export type { Entry, EntryFault, EntryType } from './entry.ts'
export { bodyOf, encodeEntry, entryBytes, entryOf, entryTypes, parseEntry } from './entry.ts'
export type { BodyOf } from './bodies.ts'
export { entryShape } from './bodies.ts'
export { officesOfEveryMovement } from './offices-of-every-movement.ts'
export type { Shape, ShapeFault } from './shape.ts'
export { fits, jsonSchemaOf } from './shape.ts'
export type { TokenName } from './token.ts'
export { tokens } from './token.ts'
export type { Frontier, Hash, HashReader, Sha256, Tree } from './merkle.ts'
export {
  appendLeaf,
  createTree,
  emptyFrontier,
  emptyRoot,
  frontierAt,
  frontierRoot,
  leafHash,
  leafHasher,
  nodeHash,
  rootAt,
  rootOfLeaves,
} from './merkle.ts'
export { consistencyProof, inclusionProof, isConsistent, isIncluded } from './proof.ts'
export type { BundleFault, TileFault, TileName } from './tiles.ts'
export {
  bundleBytes,
  checkTiles,
  entryBytesMax,
  parseBundle,
  parseTilePath,
  readEntries,
  tileBytes,
  tileFiles,
  tilePath,
  tilesBetween,
  tileWidth,
} from './tiles.ts'
export type { KeyFault, SignatureType, Signer, VerifierKey } from './key.ts'
export { isKeyName, parseSigner, parseVerifierKey, signerOf, signerText, verifierKey, verifierKeyText } from './key.ts'
export type { Note, NoteFault, NoteSignature, OpenNote } from './note.ts'
export { addSignature, noteText, openNote, parseNote, signNote } from './note.ts'
export type { Checkpoint, CheckpointFault, OpenCheckpoint, Trust } from './checkpoint.ts'
export { checkpointText, cosignCheckpoint, openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts'
export type { AddCheckpoint, Witnessed, WitnessMemory, WitnessRefusal } from './witness.ts'
export {
  addCheckpointText,
  cosignatureLine,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  refusalStatus,
  takeCosignatures,
} from './witness.ts'
export type { Comparison, Continues, SplitView, View } from './gossip.ts'
export { compareViews, splitAmong } from './gossip.ts'
export type { Receipt, ReceiptFault } from './receipt.ts'
export { checkReceipt, makeReceipt, parseReceipt, receiptText } from './receipt.ts'
export type { RollCall, RollCallFault, RollCallFigures, RollCallQuestion, RollCallSeat, RollCallVote } from './roll-call.ts'
export { checkRollCall, rollCallFigures, rollCallSeatKey, rollCallText, signRollCallVote } from './roll-call.ts'
export type { AnyRollCall, DeviceSaid, RollCallLine, RollCallReceipt, SignedRollCall } from './roll-call-lines.ts'
export {
  countedLines,
  countersignRollCallLine,
  deviceLineText,
  holdsLine,
  looksLikeRollCallReceipt,
  readRollCall,
  readRollCallReceipt,
  rollCallLinesMax,
  rollCallReceiptText,
  signedRollCallText,
} from './roll-call-lines.ts'
export type { DeviceStatement } from './device.ts'
export { deviceOf, deviceSeatKey, deviceStatementText, isDeviceSigned } from './device.ts'
export type { FrozenRoll, RollListFault, RollProof } from './roll.ts'
export { commitRoll, isOnRoll, parseRollList, proveOnRoll, rollLeaf, rollListText } from './roll.ts'
