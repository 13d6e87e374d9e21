import { assert } from '@quorate/kernel'
import { analyse, cheapestFacts, type AnalyseFacts, type Path, type PowerAnswer, type Rulebook } from '../src/index.ts'
import { provision, type Provision, type RuleOf } from '../src/language/model.ts'
import type { BallotCase, BodyCase } from '../src/analyse/votes.ts'
import { rulebookOf } from './blocks.ts'
import { at, parsed } from './lantern.ts'

// Small rulebooks as an attempt meets them: members, a board of twelve, a panel, officers, and the clauses a test adds.

/** When every attempt of these tests begins: a Monday at noon, far from any change of the clocks. */
export const began = at('2027-03-01 12:00')
export const days = 86_400_000

const memberBlocks = [
  'kind: service\nid: notice\nchannels: [email]\ndeemed-received: {email: at sending}\nsound-when: at least 9/10 of roll',
  'kind: class\nid: member\nof: person',
  'kind: class\nid: union\nof: organisation',
  'kind: electorate\nid: members\nwho: class member\ncut-off: notice\nlate-evidence: none',
]
type BodyWords = {
  readonly id?: string
  readonly seats?: string
  readonly quorum?: string
  readonly pass?: string
  readonly tie?: string
  readonly more?: string
}
/** A body as a block: a board of twelve that decides by a majority of those who vote, unless said otherwise. */
export const bodyBlock = ({
  id = 'board',
  seats = '{id: ordinary, count: 12, by: election of members}',
  quorum = 'present at least 1/2 of seats',
  pass = 'yes more than 1/2 of for-and-against',
  tie = 'falls',
  more = '',
}: BodyWords = {}): string =>
  `kind: body\nid: ${id}\nseats: [${seats}]\nquorum: ${quorum}\ndecides: {pass: [${pass}], tie: ${tie}}${more === '' ? '' : `\n${more}`}`
export const officeBlock = (id: string, filled = 'appointed by board', more = ''): string =>
  `kind: office\nid: ${id}\nholders: 1\nfilled: ${filled}\nterm: 1 year\nremoved: board by at least 2/3 of seats${more}`
export const procedureBlock = (id: string, ...stages: readonly string[]): string =>
  `kind: procedure\nid: ${id}\nstages:\n${stages.map((s) => `  ${s}`).join('\n')}`
const panelBlock = bodyBlock({
  id: 'panel',
  seats: '{id: juror, count: 5, by: election of members}',
  quorum: 'present at least 3 people',
})
const appealBlock =
  'kind: appeal\nid: appeal\nto: panel\ndisjoint: yes\nwithin: 14 days\ndecide-within: 14 days\ntimeout: allowed\nstay: {effect: yes}'
/** A ballot of the members on the roll drawn at `freeze`. */
export const ballotStage = (more: Partial<Record<'pass' | 'tie' | 'period' | 'rest', string>> = {}): string =>
  `ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, timetable: {by: officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, ${more.period ?? 'period: 5 days'}, pass: [${more.pass ?? 'yes more than 1/2 of for-and-against'}], tie: ${more.tie ?? 'falls'}${more.rest ?? ''}}`

/** The usual clauses, with more after them. */
export const movementOf = (...blocks: readonly string[]): Rulebook =>
  parsed(rulebookOf(...memberBlocks, bodyBlock(), panelBlock, officeBlock('officer'), appealBlock, ...blocks))
/** The usual clauses and one procedure `decide` for adopting policy. */
export const through = (...stages: readonly string[]): Rulebook =>
  movementOf('kind: power\nact: adopt-policy\nvia: [decide]', procedureBlock('decide', ...stages))

export const facts = (more: Partial<AnalyseFacts> = {}): AnalyseFacts => ({
  ...cheapestFacts(began),
  electorates: { members: 100 },
  attendance: 'all',
  turnout: { kind: 'all against' },
  ...more,
})
/** The answer for one power. */
export function answerFor(rulebook: Rulebook, power: string, given: AnalyseFacts = facts(), labels = 8): PowerAnswer {
  const found = analyse(rulebook, given, { labels, only: [power] }).powers[0]
  assert(found !== undefined, `an answer for ${power}`)
  return found
}
/** The way to a power by its first route that changes nothing first. */
export const direct = (...of: Parameters<typeof answerFor>): Path | null => answerFor(...of).routes[0]?.direct ?? null
/** What happens in a path: of a stage its name and outcome, of other acts their kind. */
export const told = (path: Path | undefined | null): readonly string[] =>
  (path?.steps ?? []).map(({ act }) => (act.kind === 'stage' ? `${act.stage} ${act.outcome}` : act.kind))

const ruleOf = (block: string): RuleOf<'body'> => {
  const found = provision(parsed(rulebookOf(...memberBlocks, block)), 'body', 'board')
  assert(found !== null, 'a board')
  return found.rule
}
/** A board as votes are reckoned in it, all twelve seats filled and everybody there unless said otherwise. */
export const boardCase = (words: BodyWords = {}, more: Partial<BodyCase> = {}): BodyCase => ({
  id: 'board',
  rule: ruleOf(bodyBlock(words)),
  established: 12,
  seated: 12,
  byClass: {},
  attendance: 'all',
  cleared: false,
  sizeOf: (id) => (id === 'members' ? 100 : null),
  ...more,
})
/** A ballot as it is reckoned: a roll of a hundred, everyone else against unless said otherwise. */
export function ballotCase(words: Parameters<typeof ballotStage>[0] = {}, more: Partial<BallotCase> = {}): BallotCase {
  const rulebook = through(
    'propose: {by: electorate members}',
    'freeze: {electorate: members, at: propose}',
    ballotStage(words),
    'enact: {effect: adopt-policy, at: end of ballot}',
  )
  const found: Provision<'procedure'> | null = provision(rulebook, 'procedure', 'decide')
  const stage = found?.rule.stages[2]
  assert(stage?.do === 'ballot', 'a ballot')
  return {
    stage,
    electorate: 'members',
    size: 100,
    turnout: { kind: 'all against' },
    shrunkTo: null,
    sizeOf: (id) => (id === 'members' ? 100 : null),
    ...more,
  }
}
