import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { whatIfPage, whatIfMessages, type WhatIfPage } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import { sizesNow } from '../compare/asked.ts'

const count = z
  .string()
  .regex(/^\d{0,7}$/, 'A whole number, such as 1180.')
  .transform((text) => (text === '' ? null : Number(text)))
const name = z.string().max(60).nullable().default(null)
const query = z
  .object({
    power: name,
    body: name,
    attendance: z.enum(['all', 'quorum']).default('all'),
    turnout: z.enum(['against', 'cheapest', 'returned']).default('against'),
    returned: count.default(null),
    officers: z.enum(['dutiful', 'hostile']).default('dutiful'),
    attestors: z.enum(['willing', 'unwilling']).default('willing'),
    lots: z.enum(['worst', 'favourable']).default('worst'),
    elections: z.enum(['closed', 'open']).default('closed'),
  })
  .catchall(z.string())

/** Fields such as `size.members=1180`, by the id behind the dot. */
function counted(fields: Readonly<Record<string, unknown>>, prefix: string): Readonly<Record<string, number>> {
  const found = Object.entries(fields).flatMap(([key, value]): readonly (readonly [string, number])[] => {
    if (!key.startsWith(`${prefix}.`) || typeof value !== 'string') return []
    const read = count.safeParse(value)
    if (!read.success) error(422, `The address asks for something that is not right: ${key}. A whole number, such as 1180.`)
    return read.data === null ? [] : [[key.slice(prefix.length + 1), read.data]]
  })
  return Object.fromEntries(found)
}

/** The answer to what an address asks; a 404 when it names no power or body of the rulebook. */
export async function whatIfAsked(url: URL, visit: Visit): Promise<WhatIfPage> {
  const asked = readQuery(url, query)
  const known = await sizesNow(visit)
  const without = Object.keys(asked).flatMap((key) => (key.startsWith('without.') ? [key.slice('without.'.length)] : []))
  const sizes = { electorates: counted(asked, 'size'), bodies: counted(asked, 'seated') }
  const page = await whatIfPage(visit, { ...asked, sizes, without }, known)
  if (page === 'busy') error(503, words(whatIfMessages, visit.locale)('what.busy'))
  if (page === null) error(404, words(whatIfMessages, visit.locale)('what.none'))
  return page
}
