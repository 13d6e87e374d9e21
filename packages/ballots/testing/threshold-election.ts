import { credentialOf, issueCodes } from '../src/voting/credential.ts'
import { electionText, parseElection } from '../src/election.ts'
import type { GroupName } from '../src/groups/engine.ts'
import { engineOf } from '../src/groups/groups.ts'
import { rehearseCeremony } from '../src/trustees/rehearsal.ts'
import { parsePublicRoll, publicRollText } from '../src/voting/roll.ts'
import { parseTrustees } from '../src/trustees/trustees-format.ts'
import { good, randomFrom, yesNo } from './demo-election.ts'
import { nodeModExp } from './node-modexp.ts'

/** A yes/no election set up as the product does it: a ceremony of 2 of 3, voting codes, the public roll. */
export function thresholdElection(group: GroupName, members: number) {
  const uuid = 'QuorateTest4242'
  const options = { modexp: nodeModExp }
  const engine = engineOf(group, options)
  const random = randomFrom(`threshold election in ${group}`)
  const ceremony = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
  const trustees = good(parseTrustees(engine, ceremony.file))
  const { codes, roll } = issueCodes(engine, uuid, members, random)
  const credentials = publicRollText(roll)
  const public_key = engine.encode(trustees.publicKey)
  const text = electionText({ version: 1, description: '', name: 'Threshold', group, public_key, questions: [yesNo], uuid })
  return {
    ceremony,
    trustees,
    credentials,
    text,
    election: good(parseElection(text, options)),
    publicRoll: good(parsePublicRoll(engine, credentials)),
    voters: codes.map((code) => credentialOf(engine, uuid, code).secret),
    random,
  }
}
