import { instant } from '@quorate/kernel'
import { recordHealth, recordMessages } from '#lib/features/record/index.ts'
import { atomResponse } from '#lib/platform/feed.ts'
import { listText, words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

/** Checkpoints as a feed: what somebody keeps to hold the record to. */
export const GET: RequestHandler = async ({ locals }) => {
  const { locale, settings, movement } = locals
  const t = words(recordMessages, locale)
  const { checkpoints } = await recordHealth(locals)
  const page = '/record/witnesses'
  return atomResponse({
    address: settings.publicAddress,
    self: `${page}.atom`,
    page,
    title: t('health.title'),
    language: locale === 'en' ? 'en-GB' : 'cy',
    author: movement.name,
    items: checkpoints.map(({ size, signedAt, by }) => ({
      id: `${page}#${String(size)}`,
      href: page,
      title: t('health.checkpoint', { n: size }),
      at: instant(signedAt),
      summary: by.length === 0 ? t('health.nobody') : t('health.by', { names: listText(by, locale) }),
    })),
  })
}
