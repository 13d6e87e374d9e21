import type { Stage } from '@quorate/rulebook'
import { words, listText, type Locale, type Say } from '#lib/platform/words.ts'
import { refusalMessages } from './refusal-messages.ts'
import { stageMessages } from './stage-messages.ts'

type Key = keyof (typeof stageMessages)['en']
type Ballot = Extract<Stage, { do: 'ballot' }>
type Condition = Ballot['pass'][number]
type Threshold = Extract<Stage, { do: 'support' }>['need']
type Amount = Threshold['amount']
type Duration = Extract<Stage, { do: 'debate' }>['lasts']

/** The voice of the stages in a language. */
export const stageVoice = (locale: Locale): Say<Key> => words(stageMessages, locale)

const isKey = (key: string): key is Key => key in stageMessages.en

/** A length of time in words: `14 clear days`. */
export const durationWords = (duration: Duration, t: Say<Key>): string => t(`duration.${duration.unit}`, { n: duration.count })

function shareWords(share: { numerator: number; denominator: number; percent: boolean }, t: Say<Key>): string {
  if (share.percent) return `${String(share.numerator)}%`
  const spelled = `${String(share.numerator)}/${String(share.denominator)}`
  const key = `share.${spelled}`
  return isKey(key) ? t(key) : spelled
}

/** An amount in words: `60 people`, `two thirds of votes for and against`. */
export function amountWords(amount: Amount, locale: Locale): string {
  const t = stageVoice(locale)
  const u = words(refusalMessages, locale)
  switch (amount.kind) {
    case 'count':
      return amount.unit === 'people' || amount.unit === 'votes' || amount.unit === 'seats'
        ? u(`unit.${amount.unit}`, { n: amount.count })
        : `${String(amount.count)} ${amount.unit}`
    case 'share': {
      const { base } = amount
      const name = base.kind === 'votes' ? base.of : base.kind === 'seats' ? (base.filled ? 'seated' : 'seats') : base.id
      const key = `base.${name}`
      return t('share.of', {
        share: shareWords(amount.share, t),
        base: key in refusalMessages.en ? u(key as keyof (typeof refusalMessages)['en']) : name, // looked up on this very line
      })
    }
    case 'lesser':
    case 'greater':
      return t(amount.kind, { first: amountWords(amount.first, locale), second: amountWords(amount.second, locale) })
    case 'quorum':
      return amount.body
  }
}

/** What a ballot needs to carry, in words, all conditions together. */
export function passWords(pass: readonly Condition[], locale: Locale): string {
  const t = stageVoice(locale)
  return listText(
    pass.map((condition) =>
      condition.kind === 'winner beats'
        ? t('condition.winner')
        : t(`condition.${condition.measure}`, {
            least: t(`least.${condition.threshold.kind}`),
            amount: amountWords(condition.threshold.amount, locale),
          }),
    ),
    locale,
  )
}

/** A ground in words: `it breaks rule 5.1`. */
export function groundWords(ground: string, t: Say<Key>): string {
  const broken = /^breaks (.+)$/.exec(ground)?.[1]
  if (broken !== undefined) return t('ground.breaks', { clause: broken })
  const key = `ground.${ground}`
  return isKey(key) ? t(key) : ground.replaceAll('-', ' ')
}
