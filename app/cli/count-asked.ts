// What `quorate count` has been asked, for the files that do it.
import type { parseArgs } from 'node:util'
import type { Given, ReadyToCount } from '@quorate/counting'
import type { Command } from './command.ts'

/** The options it takes. */
export const countOptions = {
  methods: { type: 'boolean' },
  method: { type: 'string' },
  param: { type: 'string', multiple: true },
  seats: { type: 'string' },
  format: { type: 'string' },
  contest: { type: 'string' },
  'quota-rules': { type: 'string' },
  'as-if': { type: 'boolean' },
  'second-round': { type: 'string' },
  'write-ins': { type: 'string' },
  lot: { type: 'string' },
  'lot-seed': { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
  certificate: { type: 'boolean' },
  csv: { type: 'boolean' },
  svg: { type: 'boolean' },
} as const

/** The options as typed. */
export type CountOptions = ReturnType<typeof parseArgs<{ options: typeof countOptions }>>['values']

/** A method ready to count, what was chosen for it, and the command's words. */
export type CountAsked = {
  readonly ready: ReadyToCount
  readonly given: Given
  readonly values: CountOptions
  readonly command: Command
}
