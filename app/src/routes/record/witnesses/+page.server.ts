import { instant } from '@quorate/kernel'
import { logKey, recordHealth, recordMessages, type WitnessHealth } from '#lib/features/record/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { listText, words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** How the record stands: its latest signatures, who has signed beside us, and whether anybody was shown another record. */
export const load: PageServerLoad = async ({ locals }) => {
  const { locale, zone } = locals
  const t = words(recordMessages, locale)
  const at = (ms: number): string => instantWords(instant(ms), zone, locale, 'full')
  const { alarm, entries, signed, published, quorum, witnesses, checkpoints } = await recordHealth(locals)
  const stateOf = ({ state, lag, since, cosignedAt, size }: WitnessHealth) => ({
    tag: t(`health.${state}`),
    text: [
      cosignedAt === null ? t('health.never.text') : t('health.last', { n: size, at: at(cosignedAt) }),
      ...(lag > 0 && cosignedAt !== null ? [t('health.lag', { n: lag })] : []),
      ...(since === null
        ? []
        : [t(state === 'contradicts' ? 'health.contradicts.text' : 'health.silent.text', { at: at(since) })]),
    ],
  })
  return {
    alarm,
    standing: [
      t('health.entries', { n: entries }),
      signed === null ? t('verify.checkpoint.none') : t('health.signed', { n: signed.size, at: at(signed.signedAt) }),
      ...(quorum === 0 ? [t('health.no-quorum')] : [t('health.quorum', { n: quorum })]),
      ...(published === null ? [t('health.unpublished')] : [t('health.published', { n: published.size })]),
    ],
    waiting: quorum > 0 && (published?.size ?? 0) < (signed?.size ?? 0),
    witnesses: witnesses.map((witness) => ({ name: witness.name, kind: witness.state, ...stateOf(witness) })),
    checkpoints: checkpoints.map(({ size, signedAt, by }) => ({
      size,
      title: t('health.checkpoint', { n: size }),
      at: at(signedAt),
      by: by.length === 0 ? t('health.nobody') : t('health.by', { names: listText(by, locale) }),
    })),
    note: published?.note ?? null,
    key: logKey(locals),
  }
}
