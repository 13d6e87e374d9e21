import { fastEd25519 } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { dossierText, parseDossier, verify } from '@quorate/verifier'
import { checkAhead } from '../app/src/lib/platform/ballots-ahead.ts'
import { modexp } from '../app/src/lib/platform/modexp.ts'
import { sha256 } from '../app/src/lib/platform/sha256.ts'
import { hintsFileOf, hintsFor, inPieces } from '../packages/verifier/testing/hints.ts'
import { dossierFor, wholeDecision } from '../packages/verifier/testing/whole-decision.ts'
import type { Bench, Case } from '../tools/measure.ts'

const people = 1_500

/** What a stranger does with a decision: from the bytes of its dossier to the verdict, with the hints beside it and without. */
export default function verifyDossierBench(): Bench {
  const dossier = dossierFor(wholeDecision('Ed25519', { people, until: 'closed' }).log)
  const bytes = new TextEncoder().encode(dossierText(dossier))
  const hints = hintsFileOf(hintsFor(dossier))
  const caseOf = (threads: number, given: Uint8Array | null): Case => ({
    name: `${String(threads)} ${threads === 1 ? 'thread' : 'threads'}, ${given === null ? 'no hints: strict' : 'with hints'}`,
    operations: people,
    rounds: 3,
    run: async () => {
      const parsed = parseDossier(bytes)
      assert(parsed.kind === 'ok', 'it is a dossier')
      const beside = given === null ? undefined : () => inPieces(given, 65_536)
      const ahead = await checkAhead(parsed.value, threads, () => undefined, beside)
      assert(verify(parsed, { modexp, sha256, wasm: fastEd25519, ...ahead }).verdict === 'holds', 'it holds')
    },
  })
  return {
    title: 'A dossier from file to verdict',
    about: `A decision of ${people.toLocaleString('en-GB')} yes/no ballots, its box closed, as \`quorate verify\` re-checks it: the file is read, its roll and ballots go to threads, the verifier walks the whole record. The operation is one ballot, the start of the threads included. Hints stand beside the record and are trusted by nobody; where there are none every ballot is checked strictly.`,
    cases: [caseOf(1, null), caseOf(1, hints), caseOf(4, null), caseOf(4, hints)],
  }
}
