import { assert } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servers } from '../../test/postgres.ts'
import * as decisionRoute from '../src/routes/d/[number]/+page.server.ts'
import * as decisionRecordRoute from '../src/routes/d/[number]/record/+page.server.ts'
import * as decisionTextRoute from '../src/routes/d/[number]/text/+page.server.ts'
import * as newRoute from '../src/routes/d/new/+page.server.ts'
import * as supportRoute from '../src/routes/demo/support/+server.ts'
import * as committeeRoute from '../src/routes/desk/committee/+page.server.ts'
import * as callRoute from '../src/routes/desk/committee/call/+page.server.ts'
import * as officerRoute from '../src/routes/desk/returning-officer/+page.server.ts'
import * as entryRoute from '../src/routes/record/[position]/+page.server.ts'
import * as recordRoute from '../src/routes/record/+page.server.ts'
import * as ruleRoute from '../src/routes/rules/[clause]/+page.server.ts'
import { action, answerTo as answerOf, eventOf, load, type Asked } from './ask-route.ts'
import { startLantern, type Lantern } from './lantern.ts'

// Whatever is sent in, the answer is a page or a 4xx with a sentence, and nothing is written.

let lantern: Lantern
beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: false })
}, 120_000)
afterAll(() => lantern.close())

const event = (asked: Asked): Promise<never> => eventOf(lantern, asked)
const answerTo = (run: (e: never) => unknown, asked: Asked) => answerOf(lantern, run, asked)

describe('addresses that name nothing', () => {
  const cases: readonly (readonly [string, (e: never) => unknown, Asked])[] = [
    ['a decision that is not there', load(decisionRoute), { params: { number: '999' } }],
    ['a decision that is no number', load(decisionRoute), { params: { number: '1e3' } }],
    ['a decision with a sign', load(decisionRoute), { params: { number: '-1' } }],
    ['a decision beyond all numbers', load(decisionRoute), { params: { number: '9'.repeat(30) } }],
    ['the text of no decision', load(decisionTextRoute), { params: { number: '999' } }],
    ['the record of no decision', load(decisionRecordRoute), { params: { number: '999' } }],
    ['a rule that is not there', load(ruleRoute), { params: { clause: '99.9' } }],
    ['a rule that is no number', load(ruleRoute), { params: { clause: '4.2;drop' } }],
    ['a rule of an edition to come', load(ruleRoute), { params: { clause: '4.2@77' } }],
    ['a rule of edition 0', load(ruleRoute), { params: { clause: '4.2@0' } }],
    ['an entry that is not there', load(entryRoute), { params: { position: '99999999' } }],
    ['an entry that is no number', load(entryRoute), { params: { position: '0x10' } }],
  ]
  test.each(cases)('%s: 404', async (_, run, asked) => {
    expect((await answerTo(run, asked)).status).toBe(404)
  })
})

describe('questions that do not fit', () => {
  test.each([['?decision=abc'], ['?decision=-4'], ['?type=secrets'], ['?from=1.5'], ['?from=99999999999999999999']])(
    '/record%s: 422 with a sentence',
    async (search) => {
      const answer = await answerTo(load(recordRoute), { search })
      expect(answer.status).toBe(422)
      expect(answer.said.length).toBeGreaterThan(20)
    },
  )
  test('a rule to change that is not there is a page that says so', async () => {
    const answer = await (load(newRoute)(await event({ search: '?clause=99.9' })) as Promise<{ readonly fault: string | null }>)
    expect(answer.fault).toBe('There is no rule 99.9.')
  })
  test('a rule to change that is no number: 422', async () => {
    expect((await answerTo(load(newRoute), { search: '?clause=abc' })).status).toBe(422)
  })
})

describe('forms that do not fit', () => {
  const draft = { clause: '4.2', title: 'A title', reasons: 'A reason', text: '### 4.2 How the rules change\nNo rule block.' }
  const writes = async (): Promise<readonly number[]> => {
    const { db } = lantern.platform
    const count = async (table: 'decision' | 'record_entry' | 'record_document' | 'pseudonym'): Promise<number> =>
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n
    return Promise.all([count('decision'), count('record_entry'), count('record_document'), count('pseudonym')])
  }
  const election = { power: 'endorse', title: 'Whom do we endorse?', reasons: 'The seat is vacant.', for: '7', against: '3' }
  const cases: readonly (readonly [string, (e: never) => unknown, Asked, number, string])[] = [
    ['an empty proposal', action(newRoute, 'file'), { role: 'member', form: {} }, 422, 'There is no rule'],
    ['a rule that is not there', action(newRoute, 'file'), { role: 'member', form: { ...draft, clause: '99.9' } }, 422, '99.9'],
    ['no title', action(newRoute, 'file'), { role: 'member', form: { ...draft, title: ' ' } }, 422, 'Write a title'],
    [
      'a huge text',
      action(newRoute, 'file'),
      { role: 'member', form: { ...draft, text: 'x'.repeat(200_000) } },
      422,
      'at most 20,000',
    ],
    [
      'a text that is no clause',
      action(newRoute, 'file'),
      { role: 'member', form: { ...draft, text: 'no heading' } },
      422,
      'begin with the heading of 4.2',
    ],
    [
      'broken YAML',
      action(newRoute, 'preview'),
      { role: 'member', form: { ...draft, text: '### 4.2 X\n```rule\nkind: [\n```' } },
      422,
      'Line',
    ],
    ['a hole in the rulebook', action(newRoute, 'file'), { role: 'member', form: draft }, 422, 'rule'],
    ['a filing by nobody', action(newRoute, 'file'), { form: draft }, 303, '/signin'],
    ['a signature on nothing', action(decisionRoute, 'sign'), { role: 'member', params: { number: '999' }, form: {} }, 404, ''],
    ['a signature by nobody', action(decisionRoute, 'sign'), { params: { number: '999' }, form: {} }, 303, '/signin'],
    [
      'a check without an outcome',
      action(decisionRoute, 'check'),
      { role: 'returning-officer', params: { number: '999' }, form: { outcome: 'maybe' } },
      422,
      'ground',
    ],
    [
      'a timetable in words',
      action(decisionRoute, 'schedule'),
      { role: 'returning-officer', params: { number: '999' }, form: { opensAt: 'soon' } },
      422,
      'days',
    ],
    [
      'a timetable beyond time',
      action(decisionRoute, 'schedule'),
      { role: 'returning-officer', params: { number: '999' }, form: { opensAt: '9'.repeat(15) } },
      422,
      'days',
    ],
    ['a desk for somebody else', load(committeeRoute), { role: 'member' }, 403, 'seat on the committee'],
    ['a coup by a member', action(committeeRoute, 'default'), { role: 'member', form: {} }, 403, 'seat on the committee'],
    [
      'more votes than seats',
      action(committeeRoute, 'default'),
      { role: 'chair', form: { clause: '4.2', text: 'x', for: '12', against: '12' } },
      422,
      'filled seats',
    ],
    [
      'votes that are none',
      action(committeeRoute, 'default'),
      { role: 'chair', form: { clause: '4.2', text: 'x', for: '-1', against: 'all' } },
      422,
      'number of votes',
    ],
    [
      'an election called by a member',
      action(callRoute, 'default'),
      { role: 'member', form: election },
      403,
      'seat on the committee',
    ],
    ['an election called by nobody', action(callRoute, 'default'), { form: election }, 303, '/signin'],
    ['an empty call', action(callRoute, 'default'), { role: 'chair', form: {} }, 422, 'Write the question'],
    [
      'a call for what is no election',
      action(callRoute, 'default'),
      { role: 'chair', form: { ...election, power: 'adopt-policy' } },
      422,
      'Choose what the election is for',
    ],
    [
      'a question too long for the paper',
      action(callRoute, 'default'),
      { role: 'chair', form: { ...election, title: 'x'.repeat(201) } },
      422,
      'at most 200',
    ],
    [
      'a call with more votes than seats',
      action(callRoute, 'default'),
      { role: 'chair', form: { ...election, against: '12' } },
      422,
      'More votes than filled seats',
    ],
    ['a desk of another office', load(officerRoute), { role: 'chair' }, 403, 'returning officers'],
    ['help for no decision', (e) => supportRoute.POST(e), { form: { decision: '999' } }, 409, 'no such decision'],
    ['help for no number', (e) => supportRoute.POST(e), { form: { decision: 'x' } }, 422, 'no such decision'],
  ]
  test.each(cases)('%s is answered in words and writes nothing', async (_, run, asked, status, said) => {
    const before = await writes()
    const answer = await answerTo(run, asked)
    expect(answer.status).toBe(status)
    expect(answer.said).toContain(said)
    expect(await writes()).toEqual(before)
  })

  test('what was typed comes back with the faults', async () => {
    const given = (await action(
      newRoute,
      'preview',
    )(await event({ role: 'member', form: { ...draft, title: '', reasons: 'Kept as typed' } }))) as {
      readonly data: { readonly values: unknown; readonly faults: readonly { readonly field: string }[] }
    }
    expect(given.data.values).toMatchObject({ reasons: 'Kept as typed', text: draft.text })
    expect(given.data.faults.map((fault) => fault.field)).toContain('title')
  })

  test('a refused coup is a 403 page, and files nothing but the attempt', async () => {
    const [decisions = 0, written = 0] = await writes()
    const form = { clause: '4.2', text: 'By the committee alone.', for: '7', against: '3' }
    const answer = await answerTo(action(committeeRoute, 'default'), { role: 'chair', form })
    expect(answer.status).toBe(403)
    expect(answer.said).toContain('Refused. The rulebook does not allow this.')
    const [after, entries] = await writes()
    expect([after, entries]).toEqual([decisions + 1, written + 1])
  })

  test('an election that the committee votes down is refused in words; one it votes for has the dates of the rule', async () => {
    const refused = await answerTo(action(callRoute, 'default'), { role: 'chair', form: { ...election, for: '3', against: '7' } })
    expect(refused.status).toBe(403)
    expect(refused.said).toContain('Refused. The rulebook does not allow this.')
    const shown = (await load(callRoute)(await event({ role: 'chair' }))) as {
      readonly elections: readonly {
        readonly power: string
        readonly terms: readonly string[]
        readonly steps: readonly unknown[]
      }[]
    }
    expect(shown.elections.map(({ power }) => power)).toEqual(['endorse'])
    expect(shown.elections[0]?.terms).toEqual([
      'One person is chosen.',
      expect.stringMatching(/^Nominations are open until \S+, \w+ \d+ \w+ \d{4}\.$/),
    ])
    expect(shown.elections[0]?.steps.length).toBeGreaterThan(5)
  })
})
