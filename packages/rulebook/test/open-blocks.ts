import { ballotStage, bodyBlock, officeBlock, procedureBlock } from './attempts.ts'

// Blocks that leave fields open, by what they are.

const decided = (stage: string): string =>
  procedureBlock('p', 'propose: {by: electorate members}', stage, 'enact: {effect: spend, at: end of propose}')
const council = (more: Parameters<typeof bodyBlock>[0] = {}): string => bodyBlock({ id: 'council', ...more })
const openBallot = ballotStage()
  .replace('yes-no', 'unknown')
  .replace(/timetable: \{[^}]*\}/, 'timetable: unknown')
  .replace('period: 5 days', 'period: unknown')
  .replace('not cast', 'unknown')
  .replace('secret: yes', 'secret: unknown')
  .replace('tie: falls', 'tie: unknown')
const readings = (one: string, two: string, more = ''): string => `{readings: {one: ${one}, two: ${two}}${more}}`

export const openBlocks = {
  signatures: decided(
    'support: {signers: electorate members, need: unknown, window: unknown, lapsed: unknown, withdraw: unknown}',
  ),
  'a check': decided('check: {by: officer, grounds: unknown, within: unknown, timeout: unknown}'),
  'a body that considers': decided('consider: {body: unknown, within: unknown, timeout: unknown, pass: unknown}'),
  notice: decided('notify: {to: electorate members, clear: unknown}'),
  'a roll': decided('freeze: {electorate: unknown, at: unknown}'),
  'a ballot': decided(openBallot),
  'a certificate': decided('certify: {by: unknown, within: 3 days, timeout: unknown}'),
  'a challenge': decided(
    'challenge: {by: electorate members, to: unknown, within: 3 days, grounds: [unknown, count], decide-within: unknown, timeout: unknown, stay: unknown}',
  ),
  'a quorum': council({ quorum: 'unknown' }),
  'how a body decides': council().replace(/decides:.*/, 'decides: unknown'),
  'when a body meets': council({
    more: 'term: unknown\nvacancy: unknown\nmeets: {every: unknown, notice: unknown, by: unknown}',
  }),
  'how many seats': council({ seats: '{id: a, count: unknown, by: election of members}' }),
  'an office': officeBlock('clerk')
    .replace('holders: 1', 'holders: unknown')
    .replace('term: 1 year', 'term: unknown')
    .replace('removed: board by at least 2/3 of seats', 'removed: unknown'),
  'an electorate': 'kind: electorate\nid: e\nwho: unknown\ncut-off: unknown\nlate-evidence: unknown',
  service: 'kind: service\nid: s\nchannels: [unknown]\ndeemed-received: unknown\nsound-when: unknown',
  'an appeal':
    'kind: appeal\nid: a\nto: unknown\ndisjoint: unknown\nwithin: unknown\ndecide-within: 2 days\ntimeout: unknown\nstay: unknown',
  'a sum': 'kind: power\nact: spend\nholder: board\nlimits: {up-to: unknown}',
  'all limits': 'kind: power\nact: spend\nholder: board\nlimits: unknown',
  'a fact': 'kind: fact\nid: f\nattested-by: unknown\nevidence: unknown\nexpires: unknown',
  'two readings of two fields': decided(
    `support: {signers: electorate members, need: ${readings('at least 5 people', 'at least 9 people')}, window: ${readings('3 days', '9 days')}, lapsed: count}`,
  ),
  'a ratified reading, and one that is unknown': decided(
    `support: {signers: electorate members, need: ${readings('at least 5 people', 'at least 9 people', ', ratified: two')}, window: ${readings('3 days', 'unknown')}, lapsed: count}`,
  ),
} as const
