import { assert, instant } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { expect } from 'vitest'
import { askToOpen, makeKeys } from '#lib/features/demo/index.ts'
import { electionOfDecision, issueVotingCodes, type ElectionTable } from '#lib/features/elections/index.ts'
import { call, electorateAsOf, stand, stateOf, takeStep } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { castVote } from '../booth/src/headless.ts'
import type { Choice } from '../booth/src/booth-state.ts'
import lanternRules from '../../rulebooks/lantern.md?raw'
import type { Lantern } from './lantern.ts'
import { movedBy, until } from './on-the-way.ts'

const day = 86_400_000

/** One election: the power it is called by, how the rule counts it, and what each voter says, by places on the paper. */
export type Row = {
  readonly power: string
  readonly method: string
  readonly counting?: string
  /** Whether none of these is on the paper: then whoever is chosen must beat it. */
  readonly none?: boolean
  readonly tie?: string
  /** Whether votes are not secret by rule: then the box is opened however few voted. */
  readonly open?: boolean
  readonly candidates: number
  /** Places of those who give no statement, where the rule wants one by the opening; left out, it wants none. */
  readonly silent?: readonly number[]
  readonly votes: readonly Choice[]
}

/** Too few voted in secret for the box ever to be opened. */
export const staysShut = ({ votes, open }: Row): boolean => votes.length < 5 && open !== true

/** Lantern's rules with an electorate small enough for many elections, and a procedure for each row in the place of its own. */
export const rulesOf = (rows: readonly Row[]): string =>
  [
    // What Lantern grants by these names gives way.
    lanternRules.replace(/### 7\.3 Endorsement[\s\S]*?(?=### 7\.5)/, ''),
    '## 9 Ways of choosing',
    ruleOf(
      '9.1',
      'kind: electorate\nid: council\nwho: standing active and class member and seat on committee\ncut-off: notice\nlate-evidence: none',
    ),
    ...rows.flatMap(({ power, method, counting, none = false, open = false, tie = 'lot in public', silent }, i) => [
      ruleOf(`9.${String(10 + 2 * i)}`, `kind: power\nact: ${power}\nvia: [choose-${power}]`),
      ruleOf(
        `9.${String(11 + 2 * i)}`,
        `kind: procedure
id: choose-${power}
stages:
  propose: {by: committee}
  nominate: {candidates: every eligible person who asks, window: 5 days, statement: ${silent === undefined ? 'none' : 'by opening'}, withdraw: until opening, uncontested: ballot with none-of-these}
  notify: {to: electorate council, clear: 5 clear days}
  freeze: {electorate: council, at: notify}
  ballot: {roll: freeze, secret: ${open ? 'no' : 'yes'}, method: ${method}${counting === undefined ? '' : `, counting: ${counting}`}, options: candidates, none-of-these: ${none ? 'yes' : 'no'}, opens: [after notify],
    timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [${none ? 'winner beats none-of-these' : 'turnout at least 1% of roll'}], tie: ${tie}}
  certify: {by: returning-officer, within: 2 working days, timeout: panel-clerk certifies}
  enact: {effect: ${power}, at: end of certify}`,
      ),
    ]),
  ].join('\n')

const ruleOf = (clause: string, block: string): string =>
  `### ${clause} ${block.split('\n')[1] ?? ''}\n\`\`\`rule\n${block}\n\`\`\``

/** Elections that go side by side through the booth's and the trustees' own clients, the real routes and a real database. */
export function electionsBeside<R extends Row>(lanternOf: () => Lantern, rows: readonly R[]) {
  const ids = new Map<R, DecisionId>()
  /** Who may stand and vote, by place on the papers first. */
  let council: readonly string[] = []

  const idOf = (row: R): DecisionId => {
    const id = ids.get(row)
    assert(id !== undefined, 'the election was called')
    return id
  }
  const electionOf = async (row: R): Promise<ElectionTable> => {
    const found = await electionOfDecision(lanternOf().platform.db, idOf(row))
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const stateFor = async (row: R) => (await stateOf(lanternOf().platform.db, idOf(row)))?.decisions[idOf(row)]
  const marksOf = async (row: R) => Object.values((await stateFor(row))?.stages ?? {})
  const all = async (of: (row: R) => Promise<boolean>, some: readonly R[] = rows): Promise<boolean> => {
    for (const row of some) if (!(await of(row))) return false
    return true
  }
  const linksOf = async (row: R): Promise<readonly string[]> => {
    const { uuid } = await electionOf(row)
    const mails = await lanternOf().platform.db.selectFrom('demo_mail').select('body_text').execute()
    return mails.flatMap(({ body_text }) => new RegExp(`http\\S*/vote/${uuid}#[\\w-]+`).exec(body_text)?.[0] ?? []).toSorted()
  }

  /** Calls each, has its candidates asked to be listed, and sets its ballot up. */
  async function callAndSetUp(): Promise<void> {
    const lantern = lanternOf()
    const { db } = lantern.platform
    const now = (await lantern.work()).clock.now()
    const electorate = await electorateAsOf(db, await rulebookInForce(db), 'council', { validAt: now, knownAt: now })
    council = electorate.map(({ id }) => id)
    expect(council.length).toBe(12)
    for (const row of rows) {
      const { power } = row
      const asked = { power, title: `Whom? (${power})`, reasons: 'To see.', vote: { for: 7, against: 5 } }
      const called = await call(await lantern.work(), await lantern.role('chair'), asked)
      assert(called.kind === 'ok', called.kind === 'fail' ? JSON.stringify(called.error) : '')
      ids.set(row, called.value.decision)
      for (const [place, id] of council.slice(0, row.candidates).entries()) {
        const says = row.silent === undefined || row.silent.includes(place) ? null : `I would, says ${String(place)}.`
        const stood = await stand(await lantern.work(), id, called.value.decision, says)
        expect(stood.kind === 'fail' ? stood.error : null).toBeNull()
      }
    }
    await movedBy(lantern, 5 * day + 1000)
    await until(lantern, 'notice', () => all(async (row) => (await marksOf(row)).some((one) => one.notice !== null)))
    await movedBy(lantern, 8 * day)
    await until(lantern, 'rolls', () => all(async (row) => (await electionOfDecision(db, idOf(row))) !== null))
    for (const row of rows) {
      const issued = await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), idOf(row))
      assert(issued.kind === 'ok', 'the registrar may issue the codes')
      await makeKeys(await lantern.work(), await electionOf(row), null)
    }
    await until(lantern, 'set-up', () => all(async (row) => (await electionOf(row)).set_up_at !== null))
  }

  /** Opens voting, an hour from now. */
  async function open(some: readonly R[] = rows): Promise<void> {
    const lantern = lanternOf()
    const opensAt = instant((await lantern.work()).clock.now() + 3_600_000)
    for (const row of rows) {
      const scheduled = await takeStep(await lantern.work(), await lantern.role('returning-officer'), idOf(row), {
        kind: 'schedule',
        opensAt,
      })
      expect(scheduled.kind === 'fail' ? scheduled.error : null).toBeNull()
    }
    await movedBy(lantern, 3_601_000)
    await until(lantern, 'open', () => all(async (row) => (await marksOf(row)).some((one) => one.box.openedAt !== null), some))
    await until(lantern, 'links', () => all(async (row) => (await linksOf(row)).length >= row.votes.length, some))
  }

  /** Casts every vote, and lets voting close. */
  async function vote(some: readonly R[] = rows): Promise<void> {
    const lantern = lanternOf()
    const work = await lantern.work()
    const at = { origin: work.settings.publicAddress, fetch, random: work.random }
    for (const row of some) {
      const links = await linksOf(row)
      for (const [i, choice] of row.votes.entries()) {
        const cast = await castVote({ ...at, link: links[i] ?? '', choose: () => choice })
        expect(cast.kind === 'fail' ? [row.power, cast.error] : null).toBeNull()
      }
    }
    await movedBy(lantern, 6 * day)
    await until(lantern, 'sums', () => all(async (row) => (await electionOf(row)).tally !== null, some))
  }

  /** Asks trustees, one after another, to shuffle and open what is to be opened. */
  async function openBoxes(some: readonly R[] = rows): Promise<void> {
    const lantern = lanternOf()
    const { db } = lantern.platform
    for (const place of [1, 3, 1])
      for (const row of some) {
        const { result, level_at } = await electionOf(row)
        if ((result ?? level_at) !== null || staysShut(row)) continue
        expect(await askToOpen(db, idOf(row), place)).toBe(true)
        await until(lantern, `trustee ${String(place)} of ${row.power}`, async () => {
          const seat = await db
            .selectFrom('demo_trustee_key')
            .select(['opening', 'fault'])
            .where('decision', '=', idOf(row))
            .where('place', '=', place)
            .executeTakeFirstOrThrow()
          // Where only totals are opened two openings are enough, and the third comes after the result.
          expect([null, 'refused']).toContain(seat.fault)
          return seat.opening === null || seat.fault !== null
        })
      }
  }

  return {
    idOf,
    electionOf,
    stateFor,
    marksOf,
    all,
    linksOf,
    callAndSetUp,
    open,
    vote,
    openBoxes,
    /** The person of a place on a paper, before anybody has left. */
    personOf: (place: number): string => council[place] ?? '',
  }
}
