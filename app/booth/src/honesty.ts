import {
  type Answer,
  ballotCodeOf,
  type Election,
  fingerprintOf,
  isListQuestion,
  lockTestably,
  paperRuleOf,
  revealOf,
  signBallot,
  type TestableBallot,
} from '@quorate/ballots'
import { assert, type Result } from '@quorate/kernel'
import type { Choice, Failure, InBox, Locked, Opening } from './booth-state.ts'
import { castSealed, sealedOf, type Loaded, type Member, type Watch } from './client.ts'
import { persistent, type World } from './http.ts'
import { parseNoted } from './protocol.ts'
import { testFragment } from './test-link.ts'

/**
 * Locks a choice so that the ballot can still be opened: it is not signed, so nobody can cast it yet. Null where the question does not allow the
 * choice. Source: BALLOTS §3, honesty test (Benaloh 2006).
 */
export function lockForTest(
  world: World,
  { election }: Pick<Loaded, 'election'>,
  { credential }: Pick<Member, 'credential'>,
  places: Answer,
): TestableBallot | null {
  const locked = lockTestably(election, [places], credential.publicKey, world.random)
  return locked.kind === 'ok' ? locked.value : null
}

/** Signs and casts a ballot that was locked and shown. The caller forgets the ballot first, so that it is never opened afterwards. */
export function castTestable(
  world: World,
  loaded: Loaded,
  member: Member,
  { unsigned }: TestableBallot,
  watch: Watch,
): Promise<Result<InBox, Failure>> {
  const signed = signBallot(loaded.election, unsigned, member.credential.secret)
  return castSealed(world, loaded, member, sealedOf(loaded.election, signed), watch)
}

// Tells the box that a ballot was opened, so that it refuses it for ever. False when the box did not take note; then too this device never
// signs it.
async function noteTested(
  world: World,
  { election }: Pick<Loaded, 'election'>,
  { bind }: Pick<Member, 'bind'>,
  ballot: TestableBallot,
): Promise<boolean> {
  const { digest } = ballot.unsigned
  const noted = await persistent(world)({
    method: 'POST',
    path: `/api/elections/${encodeURIComponent(election.message.uuid)}/tests`,
    body: { reveal: revealOf(election, ballot), digest, bind },
    read: parseNoted,
  })
  return noted.kind === 'ok' && noted.value === digest
}

// What an opened ballot holds, as the voting page marks it.
function pickedOf({ message }: Election, [places = []]: readonly Answer[]): Choice {
  const [question] = message.questions
  assert(question !== undefined, 'the paper of this page has one question')
  if (isListQuestion(question) && paperRuleOf(question)?.kind === 'scores') return places
  if (isListQuestion(question))
    return places
      .flatMap((rank, place) => (rank > 0 ? [{ rank, place }] : []))
      .sort((a, b) => a.rank - b.rank)
      .map(({ place }) => place)
  if (question.max > 1) return places.flatMap((bit, place) => (bit === 1 ? [place] : []))
  const marked = places.indexOf(1)
  return question.blank !== true ? marked : marked === 0 ? 'blank' : marked - 1
}

/** What a device shows of a locked ballot before it knows whether the ballot is cast or opened. */
export function lockedAs({ unsigned: { digest } }: TestableBallot): Locked {
  const fingerprint = fingerprintOf(digest)
  assert(fingerprint.kind === 'ok', 'a digest made here is one')
  return { code: ballotCodeOf(digest), digest, fingerprint: fingerprint.value }
}

/** Opens a locked ballot: tells the box, and gives what a second device needs. The caller forgets the ballot first, so that it is never signed. */
export async function openForTest(
  world: World,
  loaded: Pick<Loaded, 'election'>,
  member: Pick<Member, 'bind'>,
  ballot: TestableBallot,
): Promise<Opening> {
  const { election } = loaded
  const noted = await noteTested(world, loaded, member, ballot)
  return {
    ...lockedAs(ballot),
    choice: pickedOf(election, ballot.choices),
    fragment: testFragment(election.message.uuid, ballot),
    noted,
  }
}
