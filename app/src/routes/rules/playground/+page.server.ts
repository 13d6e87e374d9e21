import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { playgroundMessages, startingText, startingTexts } from '#lib/features/rulebooks/index.ts'
import { readQuery } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

const query = z.object({ start: z.string().max(100).default('') }).loose()

/** A rulebook to start from. What is written afterwards never comes here. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { start } = readQuery(url, query)
  const t = words(playgroundMessages, locals.locale)
  const text = await startingText(start === '' ? 'lantern' : start)
  if (text === null) error(404, t('play.unknown'))
  return {
    title: t('play.title'),
    text,
    chosen: start !== '',
    start: start === '' ? 'lantern' : start,
    starts: startingTexts(locals.locale),
  }
}
