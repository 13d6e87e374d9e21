import { createHash, createPrivateKey, sign } from 'node:crypto'
import { codesSignedBytes } from '@quorate/ballots'
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

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 of the two lists that a registrar publishes, in hex: the names under which a `setup` entry cites them. */
export const listHashes = ({ roll, binds }: Pick<Codes, 'roll' | 'binds'>) => ({ roll: sha256(roll), binds: sha256(binds) })

/** The registrar's signature under its lists, base64: it goes onto the record, so that nobody can set up a ballot with others in this name. */
export const signCodes = (codes: Pick<Codes, 'uuid' | 'roll' | 'binds'>, privateKey: string): string =>
  sign(null, codesSignedBytes({ uuid: codes.uuid, ...listHashes(codes) }), createPrivateKey(privateKey)).toString('base64')
