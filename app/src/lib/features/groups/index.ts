import type { Feature } from '#lib/platform/feature.ts'
import { homeCounts } from './home.ts'
import { messages } from './messages.ts'
import './tables.ts'

export { allGroups, foundGroups, groupById, groupBySlug, type Group } from './group.ts'
export { messages as groupMessages } from './messages.ts'

/** Local groups: the list and each group's page. */
export const feature: Feature = { name: 'groups', messages, home: homeCounts }
