import { stripOf } from '#lib/features/demo/index.ts'
import { fullName, initials } from '#lib/features/membership/index.ts'
import { logKey } from '#lib/features/record/index.ts'
import type { Seal } from '#lib/platform/feature.ts'
import type { LayoutServerLoad } from './$types'

/** What the frame of every page needs. */
export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { person, movement, locale, features, sweeps, late } = locals
  const back = `${url.pathname}${url.search}`
  let seal: Seal | null = null
  for (const feature of features) seal ??= (await feature.seal?.(locals)) ?? null
  return {
    locale,
    movement: movement.name,
    back,
    late,
    seal,
    /** For the script that compares; none before the record is signed. */
    recordKey: seal === null ? null : logKey(locals),
    signedIn: person === null ? null : { name: fullName(person), initials: initials(person), givenName: person.givenName },
    strip: await stripOf(locals, person, sweeps, back),
  }
}
