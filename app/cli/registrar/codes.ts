import type { Random } from '@quorate/kernel'
import type { RegistrarElection } from '#lib/features/elections/words.ts'
import { makeCodes as made } from '../../registrar/src/make-codes.ts'
import type { Codes } from './folder.ts'

/** Makes a voting code for every line of a roll, the sorted public roll, and the bind list. `emailOf` says where each code will go. */
export const makeCodes = (election: RegistrarElection, emailOf: (member: number) => string, random: Random): Codes => {
  const lines = election.lines.map(({ leaf, member, name, givenName, locale }) => ({
    leaf,
    member,
    name,
    givenName,
    locale,
    email: emailOf(member),
  }))
  return made(election, lines, random)
}
