import { deviceSeatKey, type AnyRollCall, type RollCallFault, type RollCallLine } from '@quorate/record'
import type { KnownDevice } from './replay.ts'

type Devices = ReadonlyMap<string, KnownDevice>

/**
 * Whether each line, replaced ones too, is signed as the record of devices demands; null when it is. A line of a device: its key had been registered for this
 * seat by then, and had not ended. Any other: no device signed for the seat at that instant, so a line that a device signed cannot be left out and the
 * service's own put in its place. Instants are those of the log and of the lines; where they are equal either order is taken. Linear in lines and devices.
 */
export function deviceLineFault(rollCall: AnyRollCall, devices: Devices): RollCallFault | null {
  const bySeat = new Map<string, KnownDevice[]>()
  for (const device of devices.values()) bySeat.set(device.seat, [...(bySeat.get(device.seat) ?? []), device])
  for (const [i, line] of rollCall.votes.entries()) {
    const seat = deviceSeatKey(rollCall.body, line.seat)
    const path = `/votes/${String(i)}`
    if (line.device !== null) {
      const known = devices.get(line.device.key)
      const found = known === undefined ? 'a key that was never registered' : deviceStanding(known, seat, line)
      if (found !== null) return { path: `${path}/device/key`, expected: `a key registered for ${seat} by then`, found }
    } else if (bySeat.get(seat)?.some((device) => device.from < line.at && (device.ended === null || line.at < device.ended.at)))
      return { path: `${path}/signedBy`, expected: `device: ${seat} has one`, found: line.signedBy }
  }
  return null
}

/** Why a device could not sign a line; null when it could. */
function deviceStanding({ seat, from, ended }: KnownDevice, of: string, { at }: RollCallLine): string | null {
  if (seat !== of) return `a key of ${seat}`
  if (at < from) return `registered at ${String(from)}`
  return ended !== null && at > ended.at ? `ended at ${String(ended.at)}` : null
}

/**
 * Who signed the lines that count, as figures of a verdict; of a roll-call of version 1 they are all the service's. `roll-call-past-device`: lines no device
 * signed of seats for which one had been registered by now, because it had ended or came later. An operator who means to speak for a member must end their
 * device on the record, or claim that it all happened before: then it shows here.
 */
export function lineKinds({ body, counted }: AnyRollCall, devices: Devices): readonly (readonly [string, number])[] {
  const had = new Set([...devices.values()].map(({ seat }) => seat))
  const signed = (by: RollCallLine['signedBy']): number => counted.filter(({ signedBy }) => signedBy === by).length
  return [
    ['roll-call-device', signed('device')],
    ['roll-call-service', signed('service')],
    ['roll-call-secretary', signed('secretary')],
    [
      'roll-call-past-device',
      counted.filter(({ signedBy, seat }) => signedBy !== 'device' && had.has(deviceSeatKey(body, seat))).length,
    ],
  ]
}
