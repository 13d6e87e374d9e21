import { gatherSupport, mailbox, travel } from '#lib/features/demo/index.ts'
import {
  attemptPlace,
  decisionById,
  entryVoice,
  exercise,
  propose,
  proposalOf,
  refusalView,
  takeStep,
} from '#lib/features/motions/index.ts'
import { entries, entryView, logHead } from '#lib/features/record/index.ts'
import { editionsListed, editionsOf, editionText, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { deliveryOf } from '#lib/platform/mail.ts'
import { sweepUntilQuiet } from '#lib/platform/sweeper.ts'
import { assert, instant } from '@quorate/kernel'
import { readDocument, timeline, type ClauseId, type DecisionId, type Refusal } from '@quorate/rulebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servers } from '../../../test/postgres.ts'
import { startLantern, type Lantern } from '../lantern.ts'

// The evening of 26 November 2026 at Lantern: the committee tries to change the rules within the hour; then a member does it lawfully.

let lantern: Lantern
beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: true })
}, 120_000)
afterAll(() => lantern.close())

const dayMs = 86_400_000
const hourMs = 3_600_000
const attempt = {
  power: 'amend-rulebook',
  body: 'committee',
  title: 'Change rule 4.2',
  text: 'By the committee.',
  vote: { for: 7, against: 3 },
}

async function tryCoup(): Promise<Refusal> {
  const work = await lantern.work()
  const tried = await exercise(work, await lantern.role('chair'), { ...attempt, effectAt: instant(work.clock.now() + hourMs) })
  assert(tried.kind === 'fail' && tried.error.kind === 'refusal', 'the coup is refused')
  return tried.error
}

const countOf = async (table: 'decision' | 'pseudonym' | 'edition'): Promise<number> => {
  const row = await lantern.platform.db
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}

describe('the coup', () => {
  test('is refused with clause, shortfall, electorate and the lawful way; the attempt is on the record and nothing else is written', async () => {
    const { db } = lantern.platform
    const before = { size: (await logHead(db)).size, editions: await countOf('edition') }
    const refusal = await tryCoup()
    const [route] = refusal.routes
    const reason = (code: string) => route.reasons.find((r) => r.code === code)
    expect(reason('no-power')).toMatchObject({ clause: '4.1@1', required: { unit: 'procedure', id: 'amend' } })
    expect(reason('short-notice')).toMatchObject({ clause: '4.2@1', shortfall: { unit: 'clear days', count: 14 } })
    expect(reason('wrong-electorate')).toMatchObject({ required: { id: 'members' }, actual: { id: 'committee', size: 12 } })
    expect(reason('short-support')).toMatchObject({ shortfall: { unit: 'people', count: 60 } })
    // Notice on 26 November: 14 clear days to the end of 10 December; 7 days of ballot, 7 days of challenge.
    expect(route.earliest === null ? null : new Date(route.earliest).toISOString()).toBe('2026-12-25T00:00:00.000Z')

    expect((await logHead(db)).size).toBe(before.size + 1)
    expect(await countOf('edition')).toBe(before.editions)
    const rows = await db.selectFrom('decision').select(['attempt', 'state', 'outcome']).execute()
    expect(rows).toEqual([{ attempt: true, state: null, outcome: 'refused' }])
    const [entry] = await entries(db, { type: 'refusal' })
    assert(entry !== undefined, 'the attempt is on the record')
    expect(entryView(entry, await entryVoice(await lantern.locals(null)))).toMatchObject({
      position: before.size,
      clause: '4.1@1',
      sentence: 'Refused: the committee tried to use a power the rules do not give: changing the rules.',
    })
  })

  test('says so to people: headline, sentences, figures, date, and where it stands on the record', async () => {
    const refusal = await tryCoup()
    const locals = await lantern.locals('chair')
    const place = await attemptPlace(locals, await lantern.role('chair'), refusal)
    const voice = { locale: 'en' as const, zone: locals.zone, rulebook: await rulebookInForce(locals.db) }
    const view = refusalView(refusal, voice, place)
    expect(view.headline).toBe('Refused. The rulebook does not allow this.')
    const [route] = view.routes
    const said = route?.reasons.map((r) => `${r.sentence} § ${r.clause.split('@')[0] ?? ''}`)
    expect(said).toContain(
      'The rules do not give this power to the committee. It can be used only through “How the rules change”. § 4.1',
    )
    expect(said).toContain('Notice must be 14 clear days for everyone. This would give 0 clear days. § 4.2')
    expect(said).toContain('This is for all members to decide, not for the committee. § 4.2')
    expect(route?.reasons.find((r) => r.what === 'Notice')?.figures).toEqual({
      required: '14 clear days',
      had: '0 clear days',
      short: '14 clear days',
    })
    expect(route?.lawful).toMatchObject({
      title: 'How the rules change',
      date: 'Earliest it can take effect: start of Friday 25 December 2026.',
      href: '/d/new',
    })
    // The second attempt of the evening is counted, not written again.
    expect(view.entry?.text).toContain('attempt 2 today')
    expect(await entries(lantern.platform.db, { type: 'refusal' })).toHaveLength(1)
  })
})

describe('the lawful way', () => {
  const clause = '4.2' as ClauseId // as it stands in Lantern's rulebook
  let decision: DecisionId

  const stagesOf = async (): Promise<Readonly<Record<string, string>>> => {
    const found = await decisionById(lantern.platform.db, decision)
    assert(found?.state != null, 'the decision is under way')
    const state = { decisions: { [decision]: found.state }, recordedAt: null }
    const { clock, db } = await lantern.work()
    return Object.fromEntries(timeline(await editionsOf(db), state, decision, clock.now()).map((v) => [v.id, v.state]))
  }

  test('begins with a member’s proposal, takes 60 signatures, and no more are taken after', async () => {
    const work = await lantern.work()
    const edition = (await editionsListed(work.db)).at(-1)
    assert(edition !== undefined, 'there is an edition')
    const source = readDocument(await editionText(work.db, edition)).clauses.find((c) => c.id === clause)?.source ?? ''
    const after = source.replace('clear: 14 clear days', 'clear: 21 clear days')
    const filed = await propose(work, await lantern.role('member'), {
      title: 'Three weeks',
      reasons: 'Time.',
      changes: [{ clause, after }],
    })
    assert(filed.kind === 'ok', 'a member may propose')
    decision = filed.value.decision
    expect((await proposalOf(work.db, { document: filed.value.state.document }))?.changes).toEqual([
      { clause, before: source, after },
    ])

    const signed = await takeStep(work, await lantern.role('second-member'), decision, { kind: 'sign' })
    expect(signed.kind).toBe('ok')
    expect(await gatherSupport(work, decision)).toBe(59)
    expect(await stagesOf()).toMatchObject({ support: 'done', check: 'now' })
    const late = await takeStep(work, await lantern.role('chair'), decision, { kind: 'sign' })
    expect(late.kind === 'fail' && late.error.kind === 'refusal' && late.error.routes[0].reasons[0].code).toBe('too-late')
    expect(await gatherSupport(work, decision)).toBeNull()
  }, 60_000)

  test('after the check, notice reaches every member through SMTP, and only then counts', async () => {
    const work = await lantern.work()
    const member = await takeStep(work, await lantern.role('member'), decision, {
      kind: 'check',
      outcome: 'passed',
      ground: null,
    })
    expect(member.kind).toBe('fail')
    const checked = await takeStep(work, await lantern.role('returning-officer'), decision, {
      kind: 'check',
      outcome: 'passed',
      ground: null,
    })
    expect(checked.kind).toBe('ok')
    expect(await sweepUntilQuiet(lantern.platform.sweeps, lantern.work)).toEqual([])
    const delivery = await deliveryOf(work.db, 'notice', String(decision))
    expect(delivery.waiting).toBe(0)
    expect(delivery.total).toBeGreaterThan(1_000)
    const received = await mailbox(work.db, '')
    expect(received.total).toBe(delivery.sent)
    expect(delivery.bounced + delivery.failed).toBeGreaterThan(0)
    const [entry] = await entries(work.db, { decision, type: 'delivery' })
    assert(entry !== undefined, 'the mailing is on the record')
    expect(entryView(entry, await entryVoice(await lantern.locals(null))).sentence).toMatch(
      /^Notice went out: 1,0\d\d of 1,0\d\d mails were accepted\.$/,
    )
    expect(await stagesOf()).toMatchObject({ check: 'done', notify: 'now', debate: 'now', freeze: 'next' })
  }, 120_000)

  test('notice runs 14 clear days by the demonstration’s clock, not one less', async () => {
    const days = async (n: number): Promise<void> => {
      const work = await lantern.work()
      const moved = await travel(work, lantern.platform.sweeps, lantern.platform.features, instant(work.clock.now() + n * dayMs))
      expect(moved.kind).toBe('arrived')
    }
    await days(14)
    expect(await stagesOf()).toMatchObject({ notify: 'now', freeze: 'next' })
    await days(1)
    expect(await stagesOf()).toMatchObject({ notify: 'done', debate: 'done', freeze: 'done', ballot: 'now' })
    // On its way the clock stopped where something fell due: the roll is frozen at the first lawful moment, not when we arrived.
    const frozen = (await decisionById(lantern.platform.db, decision))?.state?.stages['freeze']?.roll?.at
    const first = Date.UTC(2026, 11, 11)
    expect(frozen).toBeGreaterThanOrEqual(first)
    expect(frozen).toBeLessThan(first + 60_000) // the demonstration's clock runs on while the roll is drawn
  }, 120_000)
})
