import { error } from '@sveltejs/kit'
import type { Visit } from '#lib/platform/feature.ts'
import { words } from '#lib/platform/words.ts'
import { messages } from './messages.ts'

/** Shuts a page or an action of the demonstration outside one: there it is as if it did not exist. */
export function onlyInDemo(visit: Pick<Visit, 'movement' | 'locale'>): void {
  if (!visit.movement.demo) error(404, words(messages, visit.locale)('not-here'))
}
