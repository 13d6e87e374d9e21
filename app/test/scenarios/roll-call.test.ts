import { seatedIn } from '#lib/features/membership/index.ts'
import {
  actOnRollCall,
  castRollCall,
  closeRollCall,
  electorateAsOf,
  openRollCall,
  rollCallPage,
  type OpenedRollCall,
} from '#lib/features/motions/index.ts'
import { documentOf, dossierFor, entries, fingerprintOf, logSigner, signHead } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { assert, canonicalJson, parseCanonicalJson, type JsonObject } from '@quorate/kernel'
import { createTree, entryBytes, leafHasher, rootAt, signCheckpoint, type RollCall } from '@quorate/record'
import { dossierOf, dossierText, parseDossier, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servers } from '../../../test/postgres.ts'
import * as rollCallRoute from '../../src/routes/desk/committee/roll-call/[id]/+page.server.ts'
import * as rollCallsRoute from '../../src/routes/desk/committee/roll-call/+page.server.ts'
import { action, answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'

// Lantern's committee votes by name: on calling an election, which the rules permit, and on the evening coup, which they refuse.

let lantern: Lantern
let members: readonly string[]
let outsider: string
beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  lantern = await startLantern(server, { worker: false })
  const { db, clock } = await lantern.work()
  const now = clock.now()
  members = (await seatedIn(db, 'committee', now)).map(({ personId }) => personId)
  const everyone = await electorateAsOf(db, await rulebookInForce(db), 'members', { validAt: now, knownAt: now })
  outsider = everyone.find(({ bodies }) => !bodies.includes('committee'))?.id ?? ''
}, 120_000)
afterAll(() => lantern.close())

const endorse: OpenedRollCall = {
  body: 'committee',
  power: 'endorse',
  way: 'call',
  title: 'Whom do we endorse for Porthgain?',
  reasons: 'The seat is vacant.',
}
const member = (n: number): string => {
  const id = members[n]
  assert(id !== undefined, 'the committee has that many members')
  return id
}
async function opened(by: string, question: OpenedRollCall): Promise<string> {
  const done = await openRollCall(await lantern.work(), by, question)
  assert(done.kind === 'ok', done.kind === 'fail' ? done.error : '')
  return done.value
}
const cast = async (n: number, id: string, vote: 'for' | 'against' | 'abstain') =>
  castRollCall(await lantern.work(), member(n), id, vote)
const verdictOf = async (decision: number) => {
  const work = await lantern.work()
  await signHead(work)
  return verify((await dossierFor(work, decision)) ?? '')
}

let id: string
let decision: number

describe('a roll-call of the committee', () => {
  test('is opened by somebody with a seat, and by nobody else; a body whose votes are never published has none', async () => {
    const work = await lantern.work()
    expect(await openRollCall(work, outsider, endorse)).toMatchObject({ error: 'not seated' })
    id = await opened(member(0), endorse)
    expect(await openRollCall(work, member(0), { ...endorse, body: 'panel' })).toMatchObject({ error: 'not by name' })
    expect((await rollCallPage(work, member(1), 'committee', id))?.lines).toHaveLength(members.length)
    expect(await rollCallPage(work, member(1), 'panel', id)).toBeNull()
  })

  test('takes one vote a seat: not seated and a second vote are refused, and change nothing', async () => {
    expect(await cast(1, id, 'against')).toMatchObject({ kind: 'ok', value: { closed: false } })
    expect(await castRollCall(await lantern.work(), outsider, id, 'for')).toMatchObject({ error: 'not seated' })
    expect(await cast(1, id, 'for')).toMatchObject({ error: 'voted already' })
    const together = await Promise.all([cast(2, id, 'for'), cast(2, id, 'abstain'), cast(2, id, 'against')])
    expect(together.filter(({ kind }) => kind === 'ok')).toHaveLength(1)
    const page = await rollCallPage(await lantern.work(), member(2), 'committee', id)
    expect(page).toMatchObject({ figures: { present: 2 }, mine: { voted: true }, inTheChair: false })
    expect(page?.lines.filter(({ vote }) => vote !== null).map(({ name }) => name?.includes(' '))).toEqual([true, true])
  })

  test('is nothing to act on while it is open, and is closed by the chair alone', async () => {
    const work = await lantern.work()
    expect(await actOnRollCall(work, member(0), id)).toMatchObject({ error: { kind: 'still open' } })
    expect(await closeRollCall(work, member(1), id)).toMatchObject({ error: 'not in the chair' })
    expect(await closeRollCall(work, member(0), '0'.repeat(32))).toMatchObject({ error: 'no such roll-call' })
  })

  test('closes by itself when all have answered', async () => {
    for (let n = 3; n < members.length; n++)
      expect(await cast(n, id, n === 3 ? 'abstain' : 'for')).toMatchObject({ value: { closed: false } })
    expect(await cast(0, id, 'for')).toMatchObject({ value: { closed: true } })
    expect(await closeRollCall(await lantern.work(), member(0), id)).toMatchObject({ error: 'closed' })
    expect(await cast(1, id, 'for')).toMatchObject({ error: 'voted already' })
  })

  test('carries its act once: the fact has its figures and its fingerprint, and a stranger counts it again', async () => {
    const before = await rollCallPage(await lantern.work(), member(0), 'committee', id)
    const acted = await actOnRollCall(await lantern.work(), member(4), id)
    assert(acted.kind === 'ok', acted.kind === 'fail' ? JSON.stringify(acted.error) : '')
    decision = acted.value.decision
    expect(await actOnRollCall(await lantern.work(), member(0), id)).toMatchObject({ error: { kind: 'acted already' } })
    const [entry] = await entries(lantern.platform.db, { decision, type: 'act' })
    const facts = (entry?.entry.body['facts'] ?? []) as readonly JsonObject[] // an act has facts
    expect(facts.find((fact) => fact['name'] === 'resolution')).toMatchObject({
      value: before?.figures,
      evidence: before?.result,
      of: 'committee',
    })
    const verdict = await verdictOf(decision)
    expect(verdict.fault).toBeNull()
    expect(verdict.verdict).toBe('holds')
    expect(JSON.stringify(verdict.checks.find(({ name }) => name === 'register'))).toContain('"roll-call"')
    expect(await rollCallPage(await lantern.work(), member(0), 'committee', id)).toMatchObject({ decision })
  })

  test('is closed by any of them once whoever opened it has left the body', async () => {
    const { db } = lantern.platform
    const left = await opened(member(0), endorse)
    await db.updateTable('roll_call').set({ opened_by: outsider }).where('id', '=', left).execute()
    expect(await closeRollCall(await lantern.work(), outsider, left)).toMatchObject({ error: 'not seated' })
    expect(await closeRollCall(await lantern.work(), member(1), left)).toMatchObject({ kind: 'ok' })
  })

  test('has no name in its document, and ties nobody to two roll-calls', async () => {
    const { db } = lantern.platform
    const page = await rollCallPage(await lantern.work(), member(0), 'committee', id)
    const text = (await documentOf(db, page?.result ?? '')) ?? ''
    for (const { name } of page?.lines ?? []) expect(text).not.toContain(name ?? '?')
    for (const person of members) expect(text).not.toContain(person)
    const rows = await db.selectFrom('roll_call_vote').select('pseudonym').execute()
    expect(new Set(rows.map(({ pseudonym }) => pseudonym)).size).toBe(rows.length)
    const others = await db.selectFrom('pseudonym').select('pseudonym').execute()
    for (const { pseudonym } of others) expect(text).not.toContain(pseudonym)
  })
})

/** The dossier as an operator would sign it anew after changing the roll-call: its fingerprint and all that covers it agree. */
async function signedAnew(change: (rollCall: RollCall) => JsonObject): Promise<unknown> {
  const work = await lantern.work()
  await signHead(work)
  const read = parseDossier((await dossierFor(work, decision)) ?? '')
  assert(read.kind === 'ok', 'our own dossier is one')
  const page = await rollCallPage(work, member(0), 'committee', id)
  const was = page?.result ?? ''
  const document = parseCanonicalJson(read.value.documents[was] ?? '')
  assert(document.kind === 'ok', 'our own roll-call is canonical')
  const text = canonicalJson(change(document.value as unknown as RollCall)) // our own document
  const is = fingerprintOf(text)
  const stored = await entries(work.db, {})
  const bytes = stored.map(({ entry }) =>
    entryBytes({ ...entry, body: JSON.parse(JSON.stringify(entry.body).replaceAll(was, is)) as JsonObject }),
  )
  const leaves = bytes.map((each) => leafHasher(sha256)(each))
  const signer = logSigner(work)
  const root = rootAt(leaves.length, createTree(leaves).node)
  const documents = Object.fromEntries(Object.entries(read.value.documents).map(([k, v]) => (k === was ? [is, text] : [k, v])))
  const { fault } = verify(
    dossierText(
      dossierOf({
        decision,
        logKey: signer.key,
        witnesses: [],
        checkpoint: signCheckpoint({ origin: signer.key.name, size: leaves.length, root, extensions: [] }, signer),
        size: leaves.length,
        entries: bytes.map((each, index) => ({ index, bytes: each, leaf: leaves[index] ?? new Uint8Array() })),
        documents,
      }),
    ),
  )
  return fault === null ? 'holds' : `${fault.code} ${fault.expected}`
}

describe('a roll-call that somebody changed afterwards', () => {
  test('is named in a dossier: its bytes are not those of its fingerprint', async () => {
    const work = await lantern.work()
    const text = (await dossierFor(work, decision)) ?? ''
    const changed = text.replace('\\"vote\\":\\"abstain\\"', '\\"vote\\":\\"against\\"')
    expect(changed).not.toBe(text)
    expect(verify(changed).fault).toMatchObject({ code: 'document-changed' })
  })

  test('is named when the whole record is signed anew around it', async () => {
    expect(await signedAnew((rollCall) => ({ ...rollCall }))).toBe('holds')
    const flipped = await signedAnew(({ votes: [first, ...rest], ...one }) => {
      assert(first !== undefined, 'there are votes')
      return { ...one, votes: [{ ...first, vote: first.vote === 'for' ? 'against' : 'for' }, ...rest] }
    })
    expect(flipped).toMatch('roll-call-differs /votes/0/signature')
    expect(await signedAnew(({ votes, ...one }) => ({ ...one, closed: 'chair', votes: votes.slice(1) }))).toMatch(
      'roll-call-differs figures',
    )
    expect(await signedAnew((rollCall) => ({ ...rollCall, body: 'panel' }))).toMatch('roll-call-differs')
  })
})

describe('a roll-call on what the rules do not allow', () => {
  test('is closed by the chair before all answered, refused by the rules once, and stands on the record with the attempt', async () => {
    const coup = await opened(member(0), {
      body: 'committee',
      power: 'amend-rulebook',
      way: 'exercise',
      title: 'Change rule 4.2',
      reasons: 'By the committee.',
    })
    for (let n = 0; n < 7; n++) expect(await cast(n, coup, 'for')).toMatchObject({ kind: 'ok' })
    expect(await closeRollCall(await lantern.work(), member(0), coup)).toMatchObject({ kind: 'ok' })
    expect(await cast(8, coup, 'against')).toMatchObject({ error: 'closed' })
    const acted = await actOnRollCall(await lantern.work(), member(0), coup)
    assert(acted.kind === 'fail' && acted.error.kind === 'refusal', 'the coup is refused')
    expect(await actOnRollCall(await lantern.work(), member(0), coup)).toMatchObject({ error: { kind: 'acted already' } })
    const verdict = await verdictOf(acted.error.act.decision)
    expect([verdict.verdict, verdict.fault]).toEqual(['holds', null])
  })
})

describe('its pages, as forms without a script', () => {
  const form = { power: 'endorse', title: 'Whom for Abergwaun?', text: 'It is vacant.' }
  test('open it, take a vote once, close it; a stranger is turned away', async () => {
    expect((await answerTo(lantern, load(rollCallsRoute), { role: 'registrar' })).status).toBe(403)
    expect((await answerTo(lantern, action(rollCallsRoute), { role: 'registrar', form })).status).toBe(403)
    expect((await answerTo(lantern, action(rollCallsRoute), { role: 'chair', form: { ...form, power: 'crown' } })).status).toBe(
      422,
    )
    expect((await answerTo(lantern, action(rollCallsRoute), { role: 'chair', form: { ...form, text: '' } })).status).toBe(422)
    const made = await answerTo(lantern, action(rollCallsRoute), { role: 'chair', form })
    expect(made).toMatchObject({ status: 303, said: expect.stringMatching(/\/roll-call\/[0-9a-f]{32}$/) as string })
    const asked = { role: 'chair', params: { id: made.said.slice(-32) } }
    expect((await answerTo(lantern, action(rollCallRoute, 'vote'), { ...asked, form: { vote: 'maybe' } })).status).toBe(422)
    expect((await answerTo(lantern, action(rollCallRoute, 'vote'), { ...asked, form: { vote: 'for' } })).status).toBe(303)
    expect((await answerTo(lantern, action(rollCallRoute, 'vote'), { ...asked, form: { vote: 'for' } })).status).toBe(409)
    expect((await answerTo(lantern, action(rollCallRoute, 'act'), asked)).status).toBe(409)
    expect((await answerTo(lantern, action(rollCallRoute, 'close'), { ...asked, form: {} })).status).toBe(303)
    expect((await answerTo(lantern, action(rollCallRoute, 'close'), { ...asked, form: {} })).status).toBe(409)
    const shown = await answerTo(lantern, load(rollCallRoute), asked)
    expect(shown.data).toMatchObject({ figures: { for: 1, present: 1 }, acted: false, inTheChair: true })
    const nowhere = { role: 'chair', params: { id: 'f'.repeat(32) } }
    expect((await answerTo(lantern, load(rollCallRoute), nowhere)).status).toBe(404)
    expect((await answerTo(lantern, action(rollCallRoute, 'close'), { ...nowhere, form: {} })).status).toBe(404)
  })
})
