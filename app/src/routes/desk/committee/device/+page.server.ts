import { error, fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { deviceMessages, devicesPage, endDevice, registerDevice, type DeviceFaultKind } from '#lib/features/motions/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { body, committeeSeated } from '../committee.ts'
import type { Actions, PageServerLoad } from './$types'

const page = '/desk/committee/device'
/** How long a sign-in is fresh enough to register a device. */
const freshMs = 30 * 60_000

/** The devices on which a member signs what they say in roll-calls. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, who } = await committeeSeated(locals, page)
  const { locale, zone } = locals
  const { seat, origin, devices } = await devicesPage(locals, personId, body)
  if (seat === null) error(403, words(deviceMessages, locale)('fault.not seated'))
  const said = (at: (typeof devices)[number]['registeredAt']): string => instantWords(at, zone, locale, 'full')
  return {
    who,
    body,
    seat,
    origin,
    devices: devices.map(({ key, name, registeredAt, endedAt }) => ({
      ...{ key, name, since: said(registeredAt) },
      ended: endedAt === null ? null : said(endedAt),
    })),
  }
}

const statuses: Readonly<Record<DeviceFaultKind | 'sign in again', number>> = {
  'not seated': 403,
  name: 422,
  'known already': 409,
  'too many': 409,
  'signature fails': 422,
  'no such device': 404,
  'sign in again': 403,
}

function refused(locals: App.Locals, kind: DeviceFaultKind | 'sign in again', name: string) {
  const message = words(deviceMessages, locals.locale)(`fault.${kind}`)
  const faults = [{ field: kind === 'name' ? 'name' : '', message }]
  return fail(statuses[kind], { faults, name, again: kind === 'sign in again' })
}

const text = z.string().default('')
const registering = z.object({ name: text, key: text, signature: text })
const ending = z.object({ key: text, signature: text })

/** Whether this browser has signed in just now: a device that signs in somebody's name is not registered on an old sign-in. */
async function isFresh({ signedInAt, machine }: App.Locals): Promise<boolean> {
  const at = await signedInAt()
  return at !== null && machine.now() - at <= freshMs
}

/** A device is registered, or ended. */
export const actions: Actions = {
  register: async ({ request, locals }) => {
    const { personId } = await committeeSeated(locals, page)
    const read = await readForm(request, registering)
    if (read.kind === 'fail') return refused(locals, 'signature fails', '')
    const { name, key, signature } = read.value
    if (!(await isFresh(locals))) return refused(locals, 'sign in again', name)
    const done = await registerDevice(locals, personId, { body, key, name, signature })
    if (done.kind === 'fail') return refused(locals, done.error, name)
    redirect(303, page)
  },
  end: async ({ request, locals }) => {
    const { personId } = await committeeSeated(locals, page)
    const read = await readForm(request, ending)
    if (read.kind === 'fail') return refused(locals, 'no such device', '')
    const { key, signature } = read.value
    const done = await endDevice(locals, personId, { body, key, signature: signature === '' ? null : signature })
    if (done.kind === 'fail') return refused(locals, done.error, '')
    redirect(303, page)
  },
}
