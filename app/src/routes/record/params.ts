import { z } from 'zod'

/** The place of an entry, as an address has it. */
export const entryParams = z.object({
  position: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,11})$/)
    .transform(Number),
})
