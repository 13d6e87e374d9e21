// An election to seats with quotas, told act by act.
import type { Rulebook } from '../src/index.ts'
import { fingerprintOf } from '../src/index.ts'
import { codes, kinds, later, members, parsed, person, print } from './lantern.ts'
import { minute, monday, told, text, textWith, untilOpen, type Told } from './procedures.ts'

export { codes, fingerprintOf, kinds, later, members, monday, person, print, text, told, untilOpen }
export type { Told }
export const day = 24 * 60 * minute

/** Three seats of a council, at least two of them for women; what the rule says if candidates are short, or null for no quota at all. */
export function electionWithQuotas(ifShort: string | null): Rulebook {
  const quota = ifShort === null ? '' : `, quota: [{who: attribute gender woman, at-least: 2, if-short: ${ifShort}}]`
  return parsed(
    textWith(
      'elect',
      [
        'propose: {by: electorate members}',
        'nominate: {candidates: every eligible person who asks, window: 5 days, statement: by close, withdraw: until close, uncontested: elected without a ballot, too-few: re-open, at-most: 2 times}',
        'notify: {to: electorate members, clear: 7 clear days}',
        'freeze: {electorate: members, at: notify}',
        'ballot: {roll: freeze, secret: yes, method: scottish-stv, options: candidates, none-of-these: no, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [turnout at least 5% of roll], tie: lot in public}',
        'enact: {effect: elect, at: end of ballot, fills: [seat member of council]}',
      ],
      'kind: attribute\nid: gender\nvalues: [woman, man, other]\nevidence: declared',
      `kind: body
id: council
seats: [{id: member, count: 3, by: election of members, method: scottish-stv${quota}}]
quorum: present at least 1/2 of seats
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`,
    ),
  )
}
