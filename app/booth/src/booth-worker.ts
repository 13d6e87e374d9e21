import type { Answer, TestableBallot } from '@quorate/ballots'
import { type Failure, type InBox, isFinal, type Opened, type Pending } from './booth-state.ts'
import {
  castChoice,
  identify,
  type Loaded,
  loadElection,
  lookUp,
  type Member,
  placesOf,
  sendPending,
  type Watch,
} from './client.ts'
import type { World } from './http.ts'
import type { BoothNews, BoothOrder } from './orders.ts'
import type { Voter } from './protocol.ts'

/** The voting page's side of the worker: takes orders one after another, tells what came of each. All secrets live in here. */
export type BoothDesk = { readonly take: (order: BoothOrder) => Promise<void> }

// Most voters never test their device: its part is fetched by those who do.
const honestyPart = (): Promise<typeof import('./honesty.ts')> => import('./honesty.ts')

/** Sets up the desk. It keeps the credential while the page is open, so that a member can vote again; the code it forgets at once. */
export function boothDesk(world: World, tell: (news: BoothNews) => void): BoothDesk {
  let loaded: Loaded | null = null
  let member: Member | null = null
  let voter: Voter | null = null
  // Ballots that wait on this device, of whichever members share it; `pending` is that of whoever is here.
  let kept: readonly Pending[] = []
  let pending: Pending | null = null
  // A code that could not be used yet because the server did not answer.
  let unused: string | null = null

  // A ballot that is locked and shown, and neither cast nor opened yet.
  let held: TestableBallot | null = null

  const watch: Watch = {
    progress: (stage, attempt) => tell({ kind: 'progress', stage, attempt }),
    sealed: (sealed) => {
      done(sealed.key)
      kept = [...kept, sealed]
      pending = sealed
      tell({ kind: 'sealed', pending: sealed })
    },
  }

  /** Nothing of this voting key waits any more. */
  function done(key: string | null): void {
    kept = kept.filter((one) => one.key !== key)
    pending = null
  }

  const failed = (failure: Failure, opened: Opened | null = null): void =>
    tell({ kind: 'failed', failure, opened, pending: pending !== null })

  const openedOf = (at: Loaded, inBox: InBox | null): Opened => ({
    view: at.view,
    paper: at.paper,
    voter,
    canCast: member !== null,
    inBox,
    key: member?.credential.publicKey ?? pending?.key ?? null,
  })

  /** Whose device this is now: another member's ballot is left where it is. */
  function arrived(known: Member): void {
    member = known
    voter = known.voter
    pending = kept.find(({ key }) => key === known.credential.publicKey) ?? null
  }

  async function open(uuid: string, code: string | null): Promise<void> {
    const at = await loadElection(world, uuid)
    if (at.kind === 'fail') return failed(at.error)
    loaded = at.value
    voter = at.value.view.voter
    member = null
    pending = kept[0] ?? null
    await enter(at.value, code)
  }

  /** Says who is here, if a code was given and voting is open, and shows where the member stands. */
  async function enter(at: Loaded, code: string | null): Promise<void> {
    unused = code
    if (code !== null && at.view.state === 'open') {
      const known = await identify(world, at, code)
      if (known.kind === 'ok') {
        arrived(known.value)
      } else if (known.error.kind !== 'bad-code') return failed(known.error, openedOf(at, null))
      else {
        unused = null
        return tell({ kind: 'opened', opened: openedOf(at, null), damaged: known.error.fault, pending: pending !== null })
      }
    }
    unused = null
    const found = voter?.previous == null ? null : await lookUp(world, at.view.uuid, voter.previous)
    const inBox = found?.kind === 'ok' ? found.value : null
    if (pending !== null && inBox?.place.tracker === pending.tracker) pending = null
    tell({ kind: 'opened', opened: openedOf(at, inBox), damaged: null, pending: pending !== null })
  }

  /** What came of a cast, told; a refusal that no repetition can change frees the kept ballot. */
  function settle(at: Loaded, cast: Awaited<ReturnType<typeof castChoice>>): void {
    if (cast.kind === 'ok') {
      done(openedOf(at, null).key)
      const { place } = cast.value
      const before = voter ?? { name: '', leaf: '', previous: null, castCount: 0 }
      voter = { ...before, previous: place.tracker, castCount: before.castCount + (place.tracker === before.previous ? 0 : 1) }
      if (member !== null) member = { ...member, voter }
      return tell({ kind: 'in-box', inBox: cast.value, voter })
    }
    const opened = openedOf(at, null)
    if (isFinal(cast.error)) done(opened.key)
    failed(cast.error, opened)
  }

  async function take(order: BoothOrder): Promise<void> {
    switch (order.kind) {
      case 'open':
        kept = order.kept
        return open(order.uuid, order.code ?? unused)
      case 'use-code':
        return loaded === null ? failed({ kind: 'device' }) : useCode(loaded, order.typed)
      case 'cast':
        if (loaded === null || member === null) return failed({ kind: 'device' })
        return settle(loaded, await castChoice(world, loaded, member, order.choice, watch))
      case 'lock':
        if (loaded === null || member === null) return failed({ kind: 'device' })
        return lock(loaded, member, placesOf(loaded, order.choice), false)
      case 'cast-locked':
        if (loaded === null || member === null || held === null) return failed({ kind: 'device' })
        return castHeld(loaded, member, held)
      case 'test':
        if (loaded === null || member === null || held === null) return failed({ kind: 'device' })
        return test(loaded, member, held)
      case 'resend':
        if (loaded === null || pending === null) return failed({ kind: 'device' })
        return settle(loaded, await sendPending(world, loaded, pending, watch))
    }
  }

  async function lock(at: Loaded, by: Member, places: Answer | null, afresh: boolean): Promise<void> {
    const { lockForTest, lockedAs } = await honestyPart()
    held = places === null ? null : lockForTest(world, at, by, places)
    return held === null ? failed({ kind: 'device' }) : tell({ kind: 'locked', locked: lockedAs(held), afresh })
  }

  async function castHeld(at: Loaded, by: Member, ballot: TestableBallot): Promise<void> {
    held = null // signed now: it must not be opened any more
    const { castTestable } = await honestyPart()
    const cast = await castTestable(world, at, by, ballot, watch)
    const collides = cast.kind === 'fail' && cast.error.kind === 'refused' && cast.error.problem.code === 'code-collision'
    if (collides) pending = null
    return collides ? lock(at, by, ballot.choices[0] ?? null, true) : settle(at, cast)
  }

  async function test(at: Loaded, by: Member, ballot: TestableBallot): Promise<void> {
    held = null // open now: it must never be signed
    const { openForTest } = await honestyPart()
    tell({ kind: 'tested', opening: await openForTest(world, at, by, ballot) })
  }

  async function useCode(at: Loaded, typed: string): Promise<void> {
    const known = await identify(world, at, typed)
    if (known.kind === 'fail') return failed(known.error, openedOf(at, null))
    arrived(known.value)
    tell({ kind: 'opened', opened: openedOf(at, null), damaged: null, pending: pending !== null })
  }

  return {
    take: (order) => take(order).catch(() => failed({ kind: 'device' })),
  }
}
