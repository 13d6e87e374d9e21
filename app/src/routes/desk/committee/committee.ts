import { pageMessages } from '#lib/features/motions/index.ts'
import { words } from '#lib/platform/words.ts'
import { seated } from '../seated.ts'

/** The body whose desk this is. */
export const body = 'committee'

/** Who speaks for the committee here; 403 for whoever has no seat on it. */
export const committeeSeated = (locals: App.Locals, page: string): ReturnType<typeof seated> =>
  seated(locals, page, { body, refused: words(pageMessages, locals.locale)('desk.not-yours.body') })
