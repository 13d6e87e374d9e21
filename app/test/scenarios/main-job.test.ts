import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  acceptTrustees,
  answerStep1,
  answerStep2,
  answerStep3,
  bindSecretOf,
  choiceOf,
  companionOf,
  credentialOf,
  encryptedTally,
  checkBallot,
  lockBallot,
  makeCastStatement,
  newTrusteeKey,
  noPreviousTracker,
  openBox,
  openTally,
  parseElection,
  parsePublicRoll,
  parseVotingCode,
  publicRollText,
  type GroupName,
  type TrusteeKey,
} from '@quorate/ballots'
import { assert, instant, instantText } from '@quorate/kernel'
import { tilePath, tilesBetween } from '@quorate/record'
import type { ClauseId, DecisionId } from '@quorate/rulebook'
import { electionArchive, parseDossier, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { features, migrations } from '#lib/assembly.ts'
import { foundLantern, personOfRole, travel } from '#lib/features/demo/index.ts'
import {
  castBallot,
  ceremonyView,
  electionOfDecision,
  issueVotingCodes,
  publicBox,
  standingOf,
  takeOpening,
  takeStepMessage,
  voterOfKey,
} from '#lib/features/elections/index.ts'
import { electorateAsOf, exercise, propose, stateOf, takeStep } from '#lib/features/motions/index.ts'
import { engine, engineOptions } from '#lib/features/elections/engine.ts'
import { dossierFor, entries, latestCheckpoint, logKey, tileAt } from '#lib/features/record/index.ts'
import { editionText, editionsListed, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { startPlatform, type Platform } from '#lib/platform/start.ts'
import { sweepUntilQuiet } from '#lib/platform/sweeper.ts'
import { createDatabase, servers } from '../../../test/postgres.ts'

const [server] = servers
const group: GroupName = 'BELENIOS-2048'
const oracle = join(process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'oracles/tlogverify')
const hasBelenios = spawnSync('belenios-tool', ['--version']).status === 0
const hasTlogverify = existsSync(join(oracle, 'main.go')) && spawnSync('go', ['version']).status === 0

describe.skipIf(server === undefined)('the main job of issue 2, from the coup to the new edition, on a real database', () => {
  let platform: Platform
  const folder = mkdtempSync(join(tmpdir(), 'quorate-main-job-'))
  let drop = (): Promise<void> => Promise.resolve()

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    process.env['QUORATE_BALLOT_GROUP'] = group
    const database = await createDatabase(server.url)
    drop = database.drop
    const started = await startPlatform({
      settings: {
        databaseUrl: database.url,
        publicAddress: 'http://lantern.test',
        dataFolder: folder,
        demoWhenEmpty: true,
        smtpUrl: null,
        mailFrom: 'no-reply@lantern.example',
        witnesses: '',
      },
      features,
      migrations,
      found: foundLantern,
      worker: true,
    })
    assert(started.kind === 'ok', started.kind === 'fail' ? started.error : '')
    platform = started.value
  }, 60_000)

  afterAll(async () => {
    delete process.env['QUORATE_BALLOT_GROUP']
    await platform.stop()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const role = async (name: string): Promise<string> => {
    const id = await personOfRole(platform.db, name)
    assert(id !== null, `the role ${name} is played`)
    return id
  }
  const settle = async (): Promise<void> => {
    const faults = await sweepUntilQuiet(platform.sweeps, platform.work)
    expect(faults).toEqual([])
  }
  const waitUntil = async (what: string, done: () => Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 120; i++) {
      if (await done()) return
      await settle()
      await new Promise((wake) => setTimeout(wake, 250))
    }
    throw new Error(`never came: ${what}`)
  }
  const decision = async (id: number) => {
    const state = (await stateOf(platform.db, id))?.decisions[id]
    assert(state !== undefined, 'the decision is there')
    return state
  }
  const moveTo = async (at: number): Promise<void> => {
    const journey = await travel(await platform.work(), platform.sweeps, platform.features, instant(at))
    expect(journey.kind).toBe('arrived')
    await settle()
  }

  test('refuses the evening coup with clause, shortfall and the lawful route, and writes the attempt down', async () => {
    const work = await platform.work()
    const chair = await role('chair')
    const tried = await exercise(work, chair, {
      power: 'amend-rulebook',
      body: 'committee',
      title: 'A new constitution',
      text: 'Replace the rules tonight.',
      effectAt: work.clock.now(),
      vote: { for: 6, against: 4 },
    })
    assert(tried.kind === 'fail' && tried.error.kind === 'refusal', 'the rules refuse')
    const [route] = tried.error.routes
    const codes = route.reasons.map((reason) => reason.code)
    expect(codes).toEqual(expect.arrayContaining(['no-power', 'short-notice', 'wrong-electorate', 'short-support']))
    const notice = route.reasons.find((reason) => reason.code === 'short-notice')
    expect(notice).toMatchObject({ clause: '4.2@1', required: { count: 14 }, actual: { count: 0 }, shortfall: { count: 14 } })
    expect(route.earliest).toBeGreaterThan(work.clock.now())
    const [refusal] = await entries(platform.db, { type: 'refusal' })
    expect(refusal?.entry.body).toMatchObject({ count: 1 })
  })

  test('carries a change of rule 4.2 from proposal to the new edition in force', { timeout: 240_000 }, async () => {
    const { db } = platform
    const nia = await role('member')
    const [edition] = await editionsListed(db)
    assert(edition !== undefined, 'there is a first edition')
    const text = await editionText(db, edition)
    const rulebook = await rulebookInForce(db)
    const source = rulebook.clauses.get('4.2' as ClauseId)?.source ?? ''
    expect(source).toContain('14 clear days')

    const proposed = await propose(await platform.work(), nia, {
      title: 'Three weeks’ notice of a rule change',
      reasons: 'Two weeks are too short to talk to everybody.',
      changes: [{ clause: '4.2' as ClauseId, after: source.replace('14 clear days', '21 clear days') }],
    })
    assert(proposed.kind === 'ok', proposed.kind === 'fail' ? JSON.stringify(proposed.error) : '')
    const id = proposed.value.decision

    const now = (await platform.work()).clock.now()
    const members = await electorateAsOf(db, rulebook, 'members', { validAt: now, knownAt: now })
    for (const person of members.slice(0, 60)) {
      const signed = await takeStep(await platform.work(), person.id, id, { kind: 'sign' })
      expect(signed.kind === 'fail' ? signed.error : null).toBeNull()
    }
    const again = await takeStep(await platform.work(), members[0]?.id ?? '', id, { kind: 'sign' })
    expect(again.kind).toBe('fail')

    const ruth = await role('returning-officer')
    const passed = await takeStep(await platform.work(), ruth, id, { kind: 'check', outcome: 'passed', ground: null })
    expect(passed.kind === 'fail' ? passed.error : null).toBeNull()
    await waitUntil('notice', async () => Object.values((await decision(id)).stages).some((marks) => marks.notice !== null))
    const mails = await db
      .selectFrom('demo_mail')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    // A few addresses bounce, as they do; notice is sound at 95%.
    expect(mails.n).toBeGreaterThanOrEqual(Math.ceil(members.length * 0.95))

    await moveTo((await platform.work()).clock.now() + 16 * 86_400_000)
    await waitUntil('roll', async () => (await electionOfDecision(db, id)) !== null)
    const frozen = await electionOfDecision(db, id)
    assert(frozen !== null, 'the roll is frozen')

    const issued = await issueVotingCodes(await platform.work(), await role('registrar'), id)
    expect(issued).toEqual({ kind: 'ok', value: frozen.roll_size })
    const keys = await makeKeys(id)
    const opensAt = (await platform.work()).clock.now() + 3_600_000
    const scheduled = await takeStep(await platform.work(), ruth, id, { kind: 'schedule', opensAt: instant(opensAt) })
    expect(scheduled.kind === 'fail' ? scheduled.error : null).toBeNull()
    await moveTo(opensAt + 1000)
    await waitUntil('open', async () => Object.values((await decision(id)).stages).some((marks) => marks.box.openedAt !== null))
    await waitUntil('voting links', async () => (await linksOf(id)).length >= frozen.roll_size * 0.95)

    await vote(id, 160)
    const { closesAt } = await standingOf(db, frozen, instant(opensAt))
    await moveTo(closesAt + 1000)
    await waitUntil('tally', async () => ((await electionOfDecision(db, id))?.tally ?? null) !== null)

    for (const place of [1, 3]) await open(id, place, keys)
    await waitUntil('result', async () => ((await electionOfDecision(db, id))?.result ?? null) !== null)
    expect((await electionOfDecision(db, id))?.result).toBe('{"result":[[120,40]]}')

    const certify = async (name: string) => takeStep(await platform.work(), await role(name), id, { kind: 'certify' })
    expect((await certify('returning-officer')).kind).toBe('ok')
    expect((await certify('returning-officer')).kind).toBe('fail')
    expect((await certify('second-returning-officer')).kind).toBe('ok')
    await moveTo((await platform.work()).clock.now() + 9 * 86_400_000)
    await waitUntil('enactment', async () => (await editionsListed(db)).length === 2)
    const [, second] = await editionsListed(db)
    assert(second !== undefined, 'there is a second edition')
    expect(await editionText(db, second)).toBe(
      text.replace(
        'clear: 14 clear days, text: final}\n  debate: {with: notify, lasts: 7 days}',
        'clear: 21 clear days, text: final}\n  debate: {with: notify, lasts: 7 days}',
      ),
    )
    expect((await decision(id)).ended?.outcome).toBe('carried')

    const dossier = await dossierFor(await platform.work(), id)
    assert(dossier !== null, 'there is a dossier')
    const verdict = verify(dossier, { modexp })
    expect(verdict.fault).toBeNull()
    expect(verdict.verdict).toBe('holds')
    await passesForeignVerifiers(dossier)
    expect(instantText(second.inForceAt)).toMatch(/Z$/)
  })

  /** Programs nobody here wrote read what we wrote: the election's archive, and the log. Each is named when it is not there. */
  async function passesForeignVerifiers(text: string): Promise<void> {
    const dossier = parseDossier(text)
    assert(dossier.kind === 'ok', 'our dossier can be read')
    const archive = electionArchive(dossier.value)
    assert(archive.kind === 'ok', 'our election has an archive')
    if (hasBelenios) {
      const place = join(folder, 'archive')
      mkdirSync(place)
      writeFileSync(join(place, archive.value.name), archive.value.bytes)
      const judged = spawnSync('belenios-tool', ['election', 'verify'], { cwd: place, encoding: 'utf8' })
      expect(judged.stderr + judged.stdout).toContain('all checks passed')
      expect(judged.status).toBe(0)
    }
    if (hasTlogverify) {
      const log = join(folder, 'log')
      const head = await latestCheckpoint(platform.db)
      assert(head !== null, 'the log is signed')
      for (const name of tilesBetween(0, head.size)) {
        const path = tilePath(name)
        const bytes = await tileAt(platform.db, head, path)
        assert(bytes !== null, `the log serves ${path}`)
        mkdirSync(dirname(join(log, path)), { recursive: true })
        writeFileSync(join(log, path), bytes)
      }
      writeFileSync(join(log, 'checkpoint'), head.note)
      const built = spawnSync('go', ['build', '-o', join(folder, 'tlogverify'), '.'], {
        cwd: oracle,
        env: { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(folder, 'go') },
        encoding: 'utf8',
      })
      expect(built.stderr).toBe('')
      const key = logKey(await platform.work())
      const judged = spawnSync(join(folder, 'tlogverify'), ['-log', key, '-full', log], { encoding: 'utf8' })
      expect(judged.stdout).toContain(`ok full audit: ${String(head.size)} entries re-hashed`)
      expect(judged.status).toBe(0)
    }
  }

  async function makeKeys(id: DecisionId): Promise<readonly TrusteeKey[]> {
    const election = async () => {
      const found = await electionOfDecision(platform.db, id)
      assert(found !== null, 'the election is there')
      return found
    }
    const { uuid, threshold } = await election()
    const seats = await platform.db.selectFrom('trustee').selectAll().where('decision', '=', id).orderBy('place').execute()
    const size = seats.length
    const own = engine(group)
    const work = await platform.work()
    const keys = seats.map((seat) => newTrusteeKey({ uuid, group, size, threshold, index: seat.place }, work.random))
    const post = async (place: number, step: 1 | 2 | 3, message: string): Promise<void> => {
      const taken = await takeStepMessage(work, await election(), seats[place - 1]?.person_id ?? '', step, message)
      expect(taken).toEqual({ kind: 'ok', value: null })
    }
    const certificates = keys.map((key) => answerStep1(own, key))
    for (const [i, message] of certificates.entries()) await post(i + 1, 1, message)
    const polynomials = keys.map((key) => valueOf(answerStep2(own, key, certificates)))
    for (const [i, message] of polynomials.entries()) await post(i + 1, 2, message)
    const verification = keys.map((key) => valueOf(answerStep3(own, key, { certificates, polynomials })))
    for (const [i, message] of verification.entries()) await post(i + 1, 3, message)
    const view = await ceremonyView({ ...work, personId: null, locale: 'en', zone: work.movement.zone }, await election())
    assert(view.trustees !== null, 'the key is complete')
    const file = view.trustees
    return keys.map((key) => valueOf(acceptTrustees(own, key, { certificates, polynomials, keys: verification }, file)))
  }

  async function linksOf(id: number): Promise<readonly string[]> {
    const election = await electionOfDecision(platform.db, id)
    const rows = await platform.db.selectFrom('demo_mail').select('body_text').execute()
    return rows.flatMap((row) => new RegExp(`/vote/${election?.uuid ?? '-'}#[\\w-]+`).exec(row.body_text)?.[0] ?? [])
  }

  async function vote(id: DecisionId, voters: number): Promise<void> {
    const links = (await linksOf(id)).toSorted()
    const row = await electionOfDecision(platform.db, id)
    assert(row !== null, 'the election is there')
    const box = await publicBox(platform.db, row)
    const election = parseElection(box?.election ?? '', engineOptions)
    assert(election.kind === 'ok', 'the election parses')
    const work = await platform.work()
    for (const [i, link] of links.slice(0, voters).entries()) {
      const code = valueOf(parseVotingCode(link))
      const credential = credentialOf(election.value.engine, row.uuid, code)
      const bind = bindSecretOf(row.uuid, code)
      const found = await voterOfKey(platform.db, row, { votingKey: credential.publicKey, secret: bind }, null)
      const who = valueOf(found)
      const [question] = election.value.message.questions
      assert(question !== undefined, 'there is a question')
      const choice = choiceOf(question, { kind: 'answers', picked: [i % 4 === 3 ? 1 : 0] })
      assert(choice !== undefined, 'the choice is one')
      const locked = valueOf(lockBallot(election.value, [choice], credential.secret, work.random))
      const statement = makeCastStatement(election.value.engine, credential.secret, {
        electionHash: election.value.fingerprint,
        credential: credential.publicKey,
        digest: locked.digest,
        previous: noPreviousTracker,
      })
      const cast = await castBallot(work, row, who.personId, { ballot: locked.text, statement, bind })
      expect(cast.kind === 'fail' ? cast.error : null).toBeNull()
      if (i === 0) {
        const same = await castBallot(work, row, who.personId, { ballot: locked.text, statement, bind })
        expect(same).toMatchObject({ kind: 'ok', value: { again: true } })
        const stranger = await role('chair')
        const stolen = await castBallot(work, row, stranger, { ballot: locked.text, statement, bind })
        expect(stolen).toMatchObject({ kind: 'fail', error: { kind: 'wrong-voter' } })
      }
    }
  }

  async function open(id: DecisionId, place: number, keys: readonly TrusteeKey[]): Promise<void> {
    const row = await electionOfDecision(platform.db, id)
    assert(row !== null, 'the election is there')
    const box = await publicBox(platform.db, row)
    assert(box !== null, 'the box is public')
    const election = parseElection(box.election, engineOptions)
    assert(election.kind === 'ok', 'the election parses')
    const roll = valueOf(parsePublicRoll(election.value.engine, publicRollText(box.credentials)))
    const own = openBox()
    for (const ballot of box.ballots) {
      const checked = valueOf(checkBallot(election.value, roll, ballot.text))
      expect(own.admit(checked).kind).toBe('ok')
    }
    const tally = encryptedTally(election.value, own.counted())
    expect(tally.text).toBe(box.encryptedTally?.text)
    const secret = keys[place - 1]?.share?.secret
    assert(secret !== undefined, 'the trustee has a share')
    const payload = openTally(election.value, tally, secret)
    const claim = { tally, lastShuffleHash: null, owner: place, openingText: payload }
    const seat = await platform.db
      .selectFrom('trustee')
      .select('person_id')
      .where('decision', '=', id)
      .where('place', '=', place)
      .executeTakeFirstOrThrow()
    const { challenge, response } = companionOf(election.value, claim, secret)
    const taken = await takeOpening(await platform.work(), row, seat.person_id, { payload, proof: { challenge, response } })
    expect(taken.kind === 'fail' ? taken.error : null).toBeNull()
  }
})

function valueOf<T>(result: { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'fail'; readonly error: unknown }): T {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
