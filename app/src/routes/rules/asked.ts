import { parseCivilDate, type CivilDate } from '@quorate/kernel'
import { z } from 'zod'

const editionText = /^[1-9]\d{0,5}$/

/** A number of an edition in a query, or null where none is given. */
export const editionQuery = z
  .union([z.literal(''), z.string('An edition is a number.').regex(editionText, 'An edition is a number.')])
  .default('')
  .transform((text) => (text === '' ? null : Number(text)))

/** A day in a query, or null where none is given. */
const dayQuery = z
  .string()
  .default('')
  .transform((text, context): CivilDate | null => {
    const day = text === '' ? null : parseCivilDate(text)
    if (day === null) return null
    if (day.kind === 'ok') return day.value
    context.addIssue({ code: 'custom', message: 'A day is written as 2026-11-01.' })
    return z.NEVER
  })

/** What `/rules` and its JSON are asked: a day, or an edition. */
export const rulesQuery = z.object({ at: dayQuery, edition: editionQuery }).loose()
