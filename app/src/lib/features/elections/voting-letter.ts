import type { Instant, Zone } from '@quorate/kernel'
import { instantWords, limitWords } from '#lib/platform/dates.ts'
import type { Letter } from '#lib/platform/mail/letter.ts'
import { words, type Locale } from '#lib/platform/words.ts'
import { messages } from './messages.ts'

/** All that a voting link's mail says. `votingKey` is the reader's line of the public list, where whoever mails knows it. */
export type VotingLetter = {
  readonly title: string
  readonly closesAt: Instant | null
  readonly zone: Zone
  /** Origin under which members reach the movement, without a final slash. */
  readonly address: string
  readonly uuid: string
  readonly code: string
  /** Full name of the returning officer. */
  readonly officer: string
  readonly givenName: string
  readonly votingKey: string | null
  /** Whether the reader asked for it again. */
  readonly again: boolean
}

/** The mail that brings a voting link. The registrar's program writes the same one as a server that is its own registrar. */
export function votingLetter(locale: Locale, about: VotingLetter): Letter {
  const { title, closesAt, zone, address, uuid, code, officer, givenName, votingKey, again } = about
  const t = words(messages, locale)
  const closes = closesAt === null ? '' : instantWords(closesAt, zone, locale)
  const until = closesAt === null ? '' : limitWords(closesAt, zone, locale, 'until')
  const key = votingKey === null ? [] : [t('ballot-key', { key: votingKey })]
  return {
    subject: t(again ? 'resent-subject' : 'ballot-subject', { title, closes }),
    parts: [
      t(again ? 'resent-greeting' : 'ballot-greeting', { name: givenName, title }),
      { url: `${address}/vote/${uuid}#${code}` },
      t('ballot-yours', { until }),
      ...(again
        ? [t('resent-same'), t('ballot-again')]
        : [t('ballot-again'), t('ballot-missing', { address: `${address}/missing` })]),
      ...key,
    ],
    foot: t('ballot-foot', { officer }),
  }
}
