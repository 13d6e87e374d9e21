import { z } from 'zod'

/** The route parameter of a decision: its number. */
export const decisionParams = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})
/** A clause as an address names it: `4.2`, or `4.2@1` for how it stood in an edition. */
export const clauseText = z.string().regex(/^\d{1,4}(?:\.\d{1,4}){0,5}$/)
