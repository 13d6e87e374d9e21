import { assert, instant } from '@quorate/kernel'
import type { ClauseId, DecisionId } from '@quorate/rulebook'
import { makeKeys, travel } from '#lib/features/demo/index.ts'
import { electionOfDecision, issueVotingCodes, type ElectionTable } from '#lib/features/elections/index.ts'
import { electorateAsOf, propose, takeStep } from '#lib/features/motions/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { sweepUntilQuiet } from '#lib/platform/sweeper.ts'
import type { Lantern } from './lantern-at.ts'

/** Everything due is done. */
async function settled(lantern: Lantern): Promise<void> {
  const faults = await sweepUntilQuiet(lantern.platform.sweeps, lantern.work)
  assert(faults.length === 0, JSON.stringify(faults))
}

/** Waits for what the queue and the sweeps bring about. */
export async function until(lantern: Lantern, what: string, done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await done()) return
    await settled(lantern)
    await new Promise((wake) => setTimeout(wake, 100))
  }
  throw new Error(`never came: ${what}`)
}

/** Moves the demonstration's clock on. */
export async function movedBy(lantern: Lantern, ms: number): Promise<void> {
  const work = await lantern.work()
  const { platform } = lantern
  const journey = await travel(work, platform.sweeps, platform.features, instant(work.clock.now() + ms))
  assert(journey.kind === 'arrived', 'the clock may be moved')
  await settled(lantern)
}

/** A change of rule 4.2, proposed, signed, checked and noticed, whose roll is frozen. */
export async function frozenDecision(lantern: Lantern): Promise<DecisionId> {
  const { db } = lantern.platform
  const rulebook = await rulebookInForce(db)
  const source = rulebook.clauses.get('4.2' as ClauseId)?.source ?? ''
  const filed = await propose(await lantern.work(), await lantern.role('member'), {
    title: 'Three weeks’ notice',
    reasons: 'Two are too short.',
    changes: [{ clause: '4.2' as ClauseId, after: source.replace('14 clear days', '21 clear days') }],
  })
  assert(filed.kind === 'ok', 'a member may propose')
  const { decision } = filed.value
  const now = (await lantern.work()).clock.now()
  const members = await electorateAsOf(db, rulebook, 'members', { validAt: now, knownAt: now })
  for (const person of members.slice(10, 70)) {
    const signed = await takeStep(await lantern.work(), person.id, decision, { kind: 'sign' })
    assert(signed.kind === 'ok', 'a member may sign')
  }
  const passed = { kind: 'check', outcome: 'passed', ground: null } as const
  const checked = await takeStep(await lantern.work(), await lantern.role('returning-officer'), decision, passed)
  assert(checked.kind === 'ok', 'the returning officer may check')
  await until(lantern, 'notice', async () => {
    const row = await db.selectFrom('decision').select('state').where('id', '=', decision).executeTakeFirst()
    return Object.values(row?.state?.stages ?? {}).some((marks) => marks.notice !== null)
  })
  await movedBy(lantern, 16 * 86_400_000)
  await until(lantern, 'roll', async () => (await electionOfDecision(db, decision)) !== null)
  return decision
}

/** A ballot that is open, its voting links mailed; the demonstration plays registrar and trustees. */
export async function openElection(lantern: Lantern): Promise<ElectionTable> {
  const { db } = lantern.platform
  const id = await frozenDecision(lantern)
  const election = async (): Promise<ElectionTable> => {
    const found = await electionOfDecision(db, id)
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const issued = await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), id)
  assert(issued.kind === 'ok', 'the registrar may issue the codes')
  await makeKeys(await lantern.work(), await election(), null)
  await until(lantern, 'set-up', async () => (await election()).set_up_at !== null)
  const work = await lantern.work()
  const opensAt = instant(work.clock.now() + 3_600_000)
  const scheduled = await takeStep(work, await lantern.role('returning-officer'), id, { kind: 'schedule', opensAt })
  assert(scheduled.kind === 'ok', 'the officer may set the timetable')
  await movedBy(lantern, 3_601_000)
  const { uuid, roll_size } = await election()
  await until(lantern, 'voting links', async () => {
    const mails = db.selectFrom('demo_mail').where('body_text', 'like', `%/vote/${uuid}#%`)
    const { n } = await mails.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
    // A few addresses bounce, as they do.
    return n >= roll_size * 0.95
  })
  return election()
}
