import {
  ballotsPerCredentialMax,
  bindList,
  bindSecretOf,
  checkBallot,
  choiceOf,
  credentialOf,
  fastEd25519,
  lockBallot,
  makeCastStatement,
  noPreviousTracker,
  ownHints,
  openBox,
  parseElection,
  parsePublicRoll,
  parseVotingCode,
  publicRollText,
  voterPseudonymOf,
  type Election,
} from '@quorate/ballots'
import { assert, toBase64 } from '@quorate/kernel'
import { readHints, type EntryHints } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { castBallot, publicBox, voterOfKey, type Cast, type ElectionTable } from '#lib/features/elections/index.ts'
import { putTogether, type Candidate } from '#lib/features/elections/cast-together.ts'
import { stateOf } from '#lib/features/motions/index.ts'
import { openSession, sessionCookie } from '#lib/platform/sessions.ts'
import { ballotsOfOneCode } from '../../../packages/ballots/testing/ballots-of-one-code.ts'
import { servers } from '../../../test/postgres.ts'
import * as hintsRoute from '../../src/routes/d/[number]/hints/+server.ts'
import { apiFetch } from '../api-fetch.ts'
import { answerTo, eventOf } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { openElection } from '../on-the-way.ts'

const [server] = servers

describe.skipIf(server === undefined)('many ballots at once', () => {
  let lantern: Lantern
  let row: ElectionTable
  let election: Election
  let links: readonly string[]

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    // The trustees' own client, against the real routes: only the socket is left out.
    vi.stubGlobal('fetch', apiFetch(lantern))
    row = await openElection(lantern)
    const parsed = parseElection((await publicBox(lantern.platform.db, row))?.election ?? '', {})
    assert(parsed.kind === 'ok', 'the election parses')
    election = parsed.value
    const mails = await lantern.platform.db.selectFrom('demo_mail').select('body_text').execute()
    links = mails.flatMap((mail) => new RegExp(`/vote/${row.uuid}#[\\w-]+`).exec(mail.body_text)?.[0] ?? []).toSorted()
  }, 180_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  /** A ballot of the nth member, locked afresh at each call. */
  async function ballotOf(n: number, previous = noPreviousTracker) {
    const code = parseVotingCode(links[n] ?? '')
    assert(code.kind === 'ok', 'a link of the mail holds a code')
    const credential = credentialOf(election.engine, row.uuid, code.value)
    const bind = bindSecretOf(row.uuid, code.value)
    const [question] = election.message.questions
    assert(question !== undefined, 'there is a question')
    const choice = choiceOf(question, { kind: 'answers', picked: [n % 2] })
    assert(choice !== undefined, 'the choice is one')
    const locked = lockBallot(election, [choice], credential.secret, (await lantern.work()).random)
    assert(locked.kind === 'ok', 'the ballot locks')
    const statement = makeCastStatement(election.engine, credential.secret, {
      electionHash: election.fingerprint,
      credential: credential.publicKey,
      digest: locked.value.digest,
      previous,
    })
    const voter = await voterOfKey(lantern.platform.db, row, { votingKey: credential.publicKey, secret: bind }, null)
    assert(voter.kind === 'ok', 'the code is on the roll')
    const cast: Cast = { ballot: locked.value.text, statement, bind }
    return { cast, credential: credential.publicKey, personId: voter.value.personId, tracker: locked.value.tracker }
  }
  // One after another, as many phones would not: locking takes the processor.
  async function lockedOf(count: number, lock: (n: number) => ReturnType<typeof ballotOf>) {
    const locked: Awaited<ReturnType<typeof ballotOf>>[] = []
    for (let n = 0; n < count; n++) locked.push(await lock(n))
    return locked
  }
  const inBox = async (): Promise<number> => {
    const { db } = lantern.platform
    const found = await db
      .selectFrom('ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', row.decision)
      .executeTakeFirstOrThrow()
    return found.n
  }
  const voters = async () => {
    const state = await stateOf(lantern.platform.db, row.decision)
    const [box] = Object.values(state?.decisions[row.decision]?.stages ?? {}).flatMap(({ box: own }) =>
      own.openedAt === null ? [] : [own],
    )
    assert(box !== undefined, 'the ballot is open')
    return box
  }

  test('forty who cast together are all in the box, each with a receipt, in far fewer writes than ballots', async () => {
    const work = await lantern.work()
    const ballots = await lockedOf(40, (n) => ballotOf(n))
    const done = await Promise.all(ballots.map(({ cast, personId }) => castBallot(work, row, personId, cast)))
    const receipts = done.map((one) => {
      assert(one.kind === 'ok', one.kind === 'fail' ? JSON.stringify(one.error) : '')
      return one.value.receipt
    })
    expect(new Set(receipts.map(({ index }) => index)).size).toBe(40)
    expect(receipts.map(({ ballotNumber }) => ballotNumber).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    )
    expect(await inBox()).toBe(40)
    expect((await voters()).voters.size).toBe(40)
    expect((await voters()).casts).toBe(40)
    // The first goes alone, the others while it is on its way: with a lock and a flush for each there would be forty checkpoints.
    expect(new Set(receipts.map(({ checkpoint }) => checkpoint)).size).toBeLessThan(20)
    const listed = await lantern.platform.db
      .selectFrom('decision_voter')
      .selectAll()
      .where('decision', '=', row.decision)
      .execute()
    expect(listed.map(({ voter }) => voter).toSorted()).toEqual(
      ballots.map(({ credential }) => voterPseudonymOf(credential)).toSorted(),
    )
  })

  test('one login casts with one voting key, whatever a registrar bound to its line of the roll', async () => {
    const { db } = lantern.platform
    const work = await lantern.work()
    const [own, bought] = await lockedOf(2, (n) => ballotOf(200 + n))
    assert(own !== undefined && bought !== undefined, 'two ballots lock')
    const line = await db
      .selectFrom('roll_line')
      .select('leaf')
      .where('decision', '=', row.decision)
      .where('person_id', '=', own.personId)
      .executeTakeFirstOrThrow()
    const code = parseVotingCode(links[201] ?? '')
    assert(code.kind === 'ok', 'a link of the mail holds a code')
    const [bound] = bindList(row.uuid, [{ key: bought.credential, leaf: line.leaf, code: code.value }])
    await db
      .updateTable('voting_key')
      .set({ bind: bound?.bind ?? '' })
      .where('decision', '=', row.decision)
      .where('voting_key', '=', bought.credential)
      .execute()
    expect(await castBallot(work, row, own.personId, own.cast)).toMatchObject({ kind: 'ok' })
    const before = await inBox()
    expect(await castBallot(work, row, own.personId, bought.cast)).toEqual({ kind: 'fail', error: { kind: 'wrong-voter' } })
    expect(await inBox()).toBe(before)
  }, 60_000)

  test('ten thousand casts of one member at once leave one ballot', async () => {
    const work = await lantern.work()
    const before = await inBox()
    const rivals = await lockedOf(12, () => ballotOf(50))
    const done = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => {
        const rival = rivals[i % rivals.length]
        assert(rival !== undefined, 'there are rivals')
        return castBallot(work, row, rival.personId, rival.cast)
      }),
    )
    const kinds = new Set(done.map((one) => (one.kind === 'ok' ? 'in the box' : one.error.kind)))
    expect([...kinds].toSorted()).toEqual(['busy', 'in the box', 'stale-predecessor'])
    expect(new Set(done.flatMap((one) => (one.kind === 'ok' ? [one.value.receipt.tracker] : []))).size).toBe(1)
    expect(await inBox()).toBe(before + 1)
  })

  test('a thousand at once through the door of the server, on one member’s sessions, leave one ballot', async () => {
    const work = await lantern.work()
    const before = await inBox()
    const rivals = await lockedOf(12, () => ballotOf(51))
    const [first] = rivals
    assert(first !== undefined, 'there are rivals')
    // Three devices, each signed in.
    const devices = [1, 2, 3].map(() => openSession(work, first.personId))
    const cookies = (await Promise.all(devices)).map((token) => `${sessionCookie}=${token}`)
    const address = `${work.settings.publicAddress}/api/elections/${row.uuid}/ballots`
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, i) => {
        const headers = { 'content-type': 'application/json', cookie: cookies[i % cookies.length] ?? '' }
        const sent = await fetch(address, { method: 'POST', headers, body: JSON.stringify(rivals[i % rivals.length]?.cast) })
        const { tracker, code } = (await sent.json()) as { readonly tracker?: string; readonly code?: string }
        return { status: sent.status, tracker, code }
      }),
    )
    const said = new Set(answers.map(({ status, code }) => (status < 300 ? 'a receipt' : `${String(status)} ${String(code)}`)))
    expect(said.difference(new Set(['409 stale-predecessor', '503 busy', 'a receipt']))).toEqual(new Set())
    expect(new Set(answers.flatMap(({ status, tracker }) => (status < 300 ? [tracker] : []))).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await inBox()).toBe(before + 1)
  })

  test('a member may vote again and again, 32 times in all: the last counts, and only that', async () => {
    const work = await lantern.work()
    const [before, { voters: people, casts }] = [await inBox(), await voters()]
    let [last, previous] = [await ballotOf(52), noPreviousTracker]
    for (let turn = 1; turn <= ballotsPerCredentialMax; turn++) {
      last = await ballotOf(52, previous)
      const done = await castBallot(work, row, last.personId, last.cast)
      assert(done.kind === 'ok', done.kind === 'fail' ? JSON.stringify(done.error) : '')
      expect(done.value.receipt.replaced).toBe(turn > 1)
      previous = last.tracker
    }
    const over = await ballotOf(52, previous)
    expect(await castBallot(work, row, over.personId, over.cast)).toEqual({ kind: 'fail', error: { kind: 'too-many' } })
    expect(ballotsPerCredentialMax).toBe(32)
    expect(await inBox()).toBe(before + 32)
    expect([(await voters()).voters.size, (await voters()).casts]).toEqual([people.size + 1, casts + 32])
    // As whoever counts the box from the record finds it.
    const roll = parsePublicRoll(election.engine, publicRollText((await publicBox(lantern.platform.db, row))?.credentials ?? []))
    assert(roll.kind === 'ok', 'the roll is one')
    const box = openBox()
    for (const { text } of (await publicBox(lantern.platform.db, row))?.ballots ?? []) {
      if (!text.includes(last.credential)) continue
      const checked = checkBallot(election, roll.value, text)
      assert(checked.kind === 'ok' && box.admit(checked.value).kind === 'ok', 'every ballot in the box is valid')
    }
    expect([box.size(), box.counted().map(({ tracker }) => tracker)]).toEqual([32, [last.tracker]])
  })

  test('good hints that came with a ballot are kept beside the record and served; others are not, and take nothing from it', async () => {
    const work = await lantern.work()
    const { db } = lantern.platform
    const fast = parseElection((await publicBox(db, row))?.election ?? '', { wasm: fastEd25519 })
    assert(fast.kind === 'ok', 'the election parses')
    const { engine, fingerprint: electionHash } = fast.value
    /** A ballot with the hints that a device sends, as `of` leaves them. */
    const castWith = async (n: number, of: (hints: Uint8Array) => Uint8Array) => {
      const plain = await ballotOf(n)
      const code = parseVotingCode(links[n] ?? '')
      assert(code.kind === 'ok', 'a link of the mail holds a code')
      const { secret, publicKey: credential } = credentialOf(engine, row.uuid, code.value)
      const locked = lockBallot(fast.value, [[1, 0]], secret, work.random)
      assert(locked.kind === 'ok', 'the ballot locks')
      const ofStatement: Uint8Array[] = []
      const claim = { electionHash, credential, digest: locked.value.digest, previous: noPreviousTracker }
      const statement = makeCastStatement(engine, secret, claim, (A) =>
        ofStatement.push(engine.hintsOf?.([A]) ?? new Uint8Array(0)),
      )
      const parts = [ownHints(fast.value, locked.value), ofStatement[0]].map((each) => of(each ?? new Uint8Array(0)))
      const [hints, statementHint] = parts.map((each) => toBase64(each))
      const cast: Cast = { ...plain.cast, ballot: locked.value.text, statement, hints, statementHint }
      const done = await castBallot(work, row, plain.personId, cast)
      assert(done.kind === 'ok', done.kind === 'fail' ? JSON.stringify(done.error) : '')
      return { entry: done.value.receipt.index, parts }
    }
    const spoilt = await castWith(89, (each) => each.map((byte, i) => (i === 70 || i === 7 ? byte ^ 1 : byte)))
    const kept = [await castWith(90, (each) => each), await castWith(91, (each) => each)]
    const served = async () => {
      const found: EntryHints[] = []
      const given = await hintsRoute.GET(await eventOf(lantern, { params: { number: String(row.decision) } }))
      assert(given.body !== null, 'it has a body')
      for await (const line of readHints(given.body, () => 4000)) found.push(line)
      return found
    }
    // Nobody waits for them: they come a little later.
    await vi.waitFor(async () => expect(await served()).toEqual(kept), { timeout: 20_000, interval: 100 })
    expect(spoilt.entry).toBeLessThan(kept[0]?.entry ?? 0)
    const unknown = { params: { number: '99999' } }
    expect(await answerTo(lantern, hintsRoute.GET as never, unknown)).toMatchObject({ status: 404 })
    // Whoever empties the table takes time from others, and nothing else.
    await db.deleteFrom('hint').execute()
    expect(await served()).toEqual([])
  })

  test('in one batch each fault meets its own ballot, and the others are counted', async () => {
    const work = await lantern.work()
    const before = await inBox()
    const candidate = async (n: number, previous?: string): Promise<Candidate> => checked(await ballotOf(n, previous))
    const first = await candidate(60)
    const batch = [
      first,
      first,
      await candidate(60),
      await candidate(60, first.ballot.tracker),
      { ...(await candidate(61)), ballot: { ...(await candidate(61)).ballot, alphas: first.ballot.alphas } },
      await candidate(62),
    ]
    const put = await putTogether(work, row, batch)
    expect(put.map((one) => (one.kind === 'ok' ? one.value.turn : one.error))).toEqual([
      1,
      { kind: 'already-in-box' },
      { kind: 'stale-predecessor', previous: first.ballot.tracker },
      2,
      { kind: 'bad-proof', check: 'alpha seen before' },
      1,
    ])
    expect(await inBox()).toBe(before + 3)
    // The same again, in another batch: what the box holds now is asked.
    expect((await putTogether(work, row, [first])).map((one) => one.kind)).toEqual(['fail'])
  })

  test('of two ballots with one code the second is sent back to be locked afresh, in one batch or in two', async () => {
    const work = await lantern.work()
    const before = await inBox()
    const found = ballotsOfOneCode()
    const holding = async (n: number, { digest }: { readonly digest: string }): Promise<Candidate> => {
      const own = checked(await ballotOf(n))
      return { ...own, ballot: { ...own.ballot, digest } }
    }
    expect(found.first.digest).not.toBe(found.second.digest)
    const collides = { kind: 'fail', error: { kind: 'code-collision' } }
    const batch = [await holding(80, found.first), await holding(81, found.second)]
    expect(await putTogether(work, row, batch)).toEqual([expect.objectContaining({ kind: 'ok' }), collides])
    expect(await putTogether(work, row, [await holding(81, found.second)])).toEqual([collides])
    expect(await inBox()).toBe(before + 1)
    // Locked afresh it has another code, and is welcome.
    const afresh = await ballotOf(81)
    expect(await castBallot(work, row, afresh.personId, afresh.cast)).toMatchObject({ kind: 'ok' })
  })

  test('as many processes with rival ballots of one member: the keys of the table let one in', async () => {
    const work = await lantern.work()
    const rivals = (await lockedOf(16, () => ballotOf(70))).map(checked)
    const put = await Promise.all(rivals.map((rival) => putTogether(work, row, [rival])))
    expect(
      put
        .flat()
        .map((one) => (one.kind === 'ok' ? 'in' : one.error.kind))
        .toSorted(),
    ).toEqual(['in', ...Array.from({ length: 15 }, () => 'stale-predecessor')])
  })

  test('a process that remembers nothing reads the same state from the tables', async () => {
    const remembered = await stateOf(lantern.platform.db, row.decision)
    // A new version is a state nobody remembers.
    await lantern.platform.db
      .updateTable('decision')
      .set({ version: '00000000-0000-4000-8000-000000000001' })
      .where('id', '=', row.decision)
      .execute()
    const read = await stateOf(lantern.platform.db, row.decision)
    const { voters: own, ...box } = await voters()
    expect(own.size).toBeGreaterThan(40)
    expect(box.casts).toBeGreaterThan(own.size)
    expect(listedOf(read)).toEqual(listedOf(remembered))
  })

  const checked = ({ cast, personId, credential, tracker }: Awaited<ReturnType<typeof ballotOf>>): Candidate => ({
    ballot: { ...ballotFields(cast.ballot), text: cast.ballot, tracker, credential },
    statement: cast.statement as Candidate['statement'],
    personId,
    bind: cast.bind,
  })
})

/** What the box asks of a checked ballot, read from its text. */
function ballotFields(text: string): { readonly digest: string; readonly alphas: readonly string[] } {
  const { signature, answers } = JSON.parse(text) as {
    readonly signature: { readonly hash: string }
    readonly answers: readonly { readonly choices: readonly { readonly alpha: string }[] }[]
  }
  return { digest: signature.hash, alphas: answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha)) }
}

/** A state with its sets as sorted lists: the tree of a set depends on the order in which people came. */
const listedOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return (value as readonly unknown[]).map(listedOf)
  if (value === null || typeof value !== 'object') return value
  if (
    'size' in value &&
    'root' in value &&
    typeof value.size === 'number' &&
    value.root !== null &&
    typeof value.root === 'object'
  )
    return leavesOf(value.root).toSorted()
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, listedOf(child)]))
}
const leavesOf = (node: object): readonly string[] =>
  Array.isArray(node) ? (node as readonly string[]) : Object.values(node).flatMap((child) => leavesOf(child as object))
