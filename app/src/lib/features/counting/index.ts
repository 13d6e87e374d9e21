import type { Feature } from '#lib/platform/feature.ts'
import { messages } from './messages.ts'

export { messages as countMessages } from './messages.ts'

/** Any ballot file, counted in the reader's own browser. */
export const feature: Feature = { name: 'counting', messages }
