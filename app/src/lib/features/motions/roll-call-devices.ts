import { fail, ok, type Instant, type Result } from '@quorate/kernel'
import { deviceStatementText, isDeviceSigned, type RollCallSeat } from '@quorate/record'
import { fullName, personById } from '#lib/features/membership/index.ts'
import { appendOwn, lockLog, logSigner, type Draft } from '#lib/features/record/index.ts'
import { namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { Work } from '#lib/platform/feature.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { enqueueMails } from '#lib/platform/mail.ts'
import { words } from '#lib/platform/words.ts'
import { deviceMessages } from './roll-call-device-messages.ts'
import { seatIn, seatOfKey, votingSeats } from './roll-call-seats.ts'
import type { RollCallDeviceTable } from './tables.ts'
import './tables.ts'

/** How many devices a seat may have at a time. */
export const devicesMax = 8
/** How long the name of a device may be. */
export const deviceNameMax = 60

/** A device that a member asks to register: its public key in hex, what they call it, and its own signature of that. */
export type DeviceAsked = { readonly body: string; readonly key: string; readonly name: string; readonly signature: string }

/** Why a device was not registered, or not ended. Nothing was written. */
export type DeviceFaultKind = 'not seated' | 'name' | 'known already' | 'too many' | 'signature fails' | 'no such device'

/** A device as its owner sees it. */
export type DeviceListed = Pick<RollCallDeviceTable, 'key' | 'name'> & {
  readonly registeredAt: Instant
  readonly endedAt: Instant | null
}

const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
const isSignature = (text: string): boolean => /^[A-Za-z0-9+/]{86}==$/.test(text)
const nameOf = (text: string): string | null => {
  const name = text.trim()
  return name === '' || name.length > deviceNameMax || /\p{Cc}/u.test(name) ? null : name
}

/** Devices that sign for a seat of a body now. */
export const devicesOfSeat = (db: Db, body: string, seat: string): Promise<readonly RollCallDeviceTable[]> =>
  db
    .selectFrom('roll_call_device')
    .selectAll()
    .where('body', '=', body)
    .where('seat', '=', seat)
    .where('ended_at', 'is', null)
    .orderBy('registered_at')
    .execute()

const ending = ({ body, seat, key }: RollCallDeviceTable, signature: string | null): Draft => ({
  type: 'device',
  decision: null,
  body: { change: 'ended', body, seat: seatOfKey(seat), key, signature },
})

/**
 * Ends the devices of a body whose owner has no longer the seat they sign for: written before anything is taken for those seats, so that nobody is bound to a
 * device of the holder before them. The caller holds the log's lock.
 */
export async function endStaleDevices(tx: Tx, body: string, now: Instant): Promise<void> {
  const standing = await tx
    .selectFrom('roll_call_device')
    .selectAll()
    .where('body', '=', body)
    .where('ended_at', 'is', null)
    .execute()
  if (standing.length === 0) return
  const holders = await votingSeats(tx, body, now)
  const stale = standing.filter(({ seat, person_id }) => person_id === null || holders.get(seat) !== person_id)
  if (stale.length === 0) return
  await appendOwn(
    tx,
    now,
    stale.map((device) => ending(device, null)),
  )
  const keys = stale.map(({ key }) => key)
  await tx.updateTable('roll_call_device').set({ ended_at: now }).where('key', 'in', keys).execute()
}

/** Registers a device for the seat that a member has in a body: an entry on the record, with the seat and the key and no name, and a mail to the member. */
export async function registerDevice(
  work: Work,
  personId: string,
  { body, key, name, signature }: DeviceAsked,
): Promise<Result<null, DeviceFaultKind>> {
  const called = nameOf(name)
  if (called === null) return fail('name')
  if (!isKey(key) || !isSignature(signature)) return fail('signature fails')
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const seat = await seatIn(tx, body, personId, now)
    if (seat === null) return fail('not seated')
    await endStaleDevices(tx, body, now)
    const known = await tx.selectFrom('roll_call_device').select('key').where('key', '=', key).executeTakeFirst()
    if (known !== undefined) return fail('known already')
    if ((await devicesOfSeat(tx, body, seat)).length >= devicesMax) return fail('too many')
    const statement = { origin: logSigner(work).key.name, change: 'registered', body, seat: seatOfKey(seat), key } as const
    if (!isDeviceSigned(key, deviceStatementText(statement), signature)) return fail('signature fails')
    const entry = { change: 'registered', body, seat: seatOfKey(seat), key, signature } as const
    await appendOwn(tx, now, [{ type: 'device', decision: null, body: entry }])
    await tx
      .insertInto('roll_call_device')
      .values({ key, body, seat, person_id: personId, name: called, registered_at: now, ended_at: null })
      .execute()
    await tell(work, tx, personId, { body, key, name: called, what: 'registered', now })
    return ok(null)
  })
}

/**
 * Ends a device of one's own: by its own signature where it is at hand, else on the service's word, which the record tells apart. From then on the member's
 * votes are taken without a signature of theirs until they register another.
 */
export async function endDevice(
  work: Work,
  personId: string,
  { body, key, signature }: { readonly body: string; readonly key: string; readonly signature: string | null },
): Promise<Result<null, DeviceFaultKind>> {
  if (!isKey(key)) return fail('no such device')
  if (signature !== null && !isSignature(signature)) return fail('signature fails')
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const device = await tx.selectFrom('roll_call_device').selectAll().where('key', '=', key).executeTakeFirst()
    if (device?.person_id !== personId || device.body !== body || device.ended_at !== null) return fail('no such device')
    const statement = { origin: logSigner(work).key.name, change: 'ended', body, seat: seatOfKey(device.seat), key } as const
    if (signature !== null && !isDeviceSigned(key, deviceStatementText(statement), signature)) return fail('signature fails')
    await appendOwn(tx, now, [ending(device, signature)])
    await tx.updateTable('roll_call_device').set({ ended_at: now }).where('key', '=', key).execute()
    await tell(work, tx, personId, { body, key, name: device.name ?? '', what: 'ended', now })
    return ok(null)
  })
}

type Told = {
  readonly body: string
  readonly key: string
  readonly name: string
  readonly what: 'registered' | 'ended'
  readonly now: Instant
}

/** A mail to the member: somebody with their sign-in alone can neither add nor end a device unseen. */
async function tell(work: Work, tx: Tx, personId: string, { body, key, name, what, now }: Told): Promise<void> {
  const person = await personById(tx, personId)
  if (person === null) return
  const { movement, settings } = work
  const t = words(deviceMessages, person.locale)
  const said = {
    ...{
      name: person.givenName,
      device: name,
      body: namingOf(await rulebookInForce(tx), person.locale)('body', body),
      movement: movement.name,
    },
    at: instantWords(now, movement.zone, person.locale, 'full'),
    key: key.slice(0, 16),
  }
  const letter = {
    subject: t(`mail.${what}.subject`, said),
    parts: [t(`mail.${what}`, said), { url: `${settings.publicAddress}/desk/${body}/device` }, t('mail.not-you', said)],
    foot: t('mail.foot', said),
  }
  const to = { recipient: personId, address: person.email, name: fullName(person), locale: person.locale }
  await enqueueMails(tx, work.clock, work.random, [{ purpose: 'device', about: `${key}:${what}`, ...to, letter }])
  await wakeSweeper(tx)
}

/** What a member's page of devices shows: their seat, and every device they registered in this body, those that sign first. */
export async function devicesPage(
  work: Work,
  personId: string,
  body: string,
): Promise<{ readonly seat: RollCallSeat | null; readonly origin: string; readonly devices: readonly DeviceListed[] }> {
  const rows = await work.db
    .selectFrom('roll_call_device')
    .selectAll()
    .where('body', '=', body)
    .where('person_id', '=', personId)
    .orderBy('ended_at', 'desc')
    .orderBy('registered_at', 'desc')
    .limit(100)
    .execute()
  const seat = await seatIn(work.db, body, personId, work.clock.now())
  return {
    seat: seat === null ? null : seatOfKey(seat),
    origin: logSigner(work).key.name,
    devices: rows.map(({ key, name, registered_at, ended_at }) => ({
      key,
      name,
      registeredAt: registered_at,
      endedAt: ended_at,
    })),
  }
}
