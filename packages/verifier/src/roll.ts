import { toHex } from '@quorate/kernel'
import { parseRollList } from '@quorate/record'
import { ownEntries, type Evidence, type VerifyOptions } from './check.ts'
import type { Replay } from './replay.ts'
import { failed, notChecked, passed, type Outcome } from './verdict.ts'

/** The roll: its published list is in order, names nobody twice, and gives the size and the root that were committed to, of the right electorate. */
export function checkRoll(evidence: Evidence, replay: Replay, { sha256 }: VerifyOptions = {}): Outcome {
  const frozen = replay.acts.flatMap(({ recorded }) => recorded.events).find((event) => event.kind === 'frozen')
  const [roll] = ownEntries(evidence, 'roll')
  if (roll === undefined || frozen?.kind !== 'frozen') return notChecked('not-yet')
  const { index, body } = roll
  const { clause } = frozen
  const wrong = (expected: string | number, found: string | number): Outcome =>
    failed('roll-differs', { entry: index, clause, expected, found })
  const list = parseRollList(evidence.dossier.documents[body.leaves] ?? '', sha256)
  if (list.kind === 'fail')
    return wrong('a list of leaf hashes in ascending order', `${list.error.kind}, line ${String(list.error.line + 1)}`)
  if (list.value.size !== body.size) return wrong(list.value.size, body.size)
  const root = toHex(list.value.root)
  if (root !== body.root) return wrong(root, body.root)
  const electorate = `${frozen.electorate}@${String(frozen.edition)}`
  return electorate === body.electorate ? passed({ name: 'people', count: body.size }) : wrong(electorate, body.electorate)
}
