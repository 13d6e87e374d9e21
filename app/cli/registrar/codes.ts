import { bindList, bindListText, engineOf, issueCodes, publicRollText } from '@quorate/ballots'
import { assert, type Random } from '@quorate/kernel'
import type { RegistrarElection } from '#lib/features/elections/words.ts'
import type { Codes } from './folder.ts'

/** Makes a voting code for every line of a roll, the sorted public roll, and the bind list. `emailOf` says where each code will go. */
export function makeCodes(election: RegistrarElection, emailOf: (member: number) => string, random: Random): Codes {
  const { uuid, group, lines } = election
  const issue = issueCodes(engineOf(group), uuid, lines.length, random)
  const members = lines.map(({ leaf, member, name, givenName, locale }, i) => {
    const code = issue.codes[i]
    const key = issue.publicKeys[i]
    assert(code !== undefined && key !== undefined, 'there is one voting code for each line of the roll')
    return { leaf, member, name, givenName, locale, email: emailOf(member), code, key }
  })
  return { uuid, members, roll: publicRollText(issue.roll), binds: bindListText(bindList(uuid, members)) }
}
