import { bindList, bindListText, engineOf, issueCodes, publicRollText, type GroupName } from '@quorate/ballots'
import { assert, type Random } from '@quorate/kernel'

/** Voting codes as they were made: a secret and its public key for each line of a roll, the sorted public roll, and the bind list. */
export type MadeCodes<Line> = {
  readonly uuid: string
  readonly members: readonly (Line & { readonly code: string; readonly key: string })[]
  readonly roll: string
  readonly binds: string
}

/** Makes a voting code for every line of a frozen roll. */
export function makeCodes<Line extends { readonly leaf: string }>(
  { uuid, group }: { readonly uuid: string; readonly group: GroupName },
  lines: readonly Line[],
  random: Random,
): MadeCodes<Line> {
  const issue = issueCodes(engineOf(group), uuid, lines.length, random)
  const members = lines.map((line, i) => {
    const code = issue.codes[i]
    const key = issue.publicKeys[i]
    assert(code !== undefined && key !== undefined, 'there is one voting code for each line of the roll')
    return { ...line, code, key }
  })
  return { uuid, members, roll: publicRollText(issue.roll), binds: bindListText(bindList(uuid, members)) }
}
