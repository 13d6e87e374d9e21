import type { HomeCount, HomeDecided, HomeItems, HomeNeed, HomeUnderWay } from '#lib/platform/feature.ts'
import { dayWords } from '#lib/platform/dates.ts'
import type { PageServerLoad } from './$types'

/** Home is what the features bring to it. */
export const load: PageServerLoad = async ({ locals }) => {
  const items: readonly HomeItems[] = await Promise.all(
    locals.features.map((feature) => feature.home?.(locals) ?? Promise.resolve<HomeItems>({})),
  )
  const soonest = (at: number | null): number => at ?? Number.MAX_SAFE_INTEGER
  return {
    today: dayWords(locals.clock.now(), locals.zone, locals.locale, 'full'),
    needs: [...items.flatMap<HomeNeed>((item) => item.needs ?? [])].sort((a, b) => soonest(a.dueAt) - soonest(b.dueAt)),
    underWay: items.flatMap<HomeUnderWay>((item) => item.underWay ?? []),
    decided: [...items.flatMap<HomeDecided>((item) => item.decided ?? [])].sort((a, b) => b.at - a.at).slice(0, 5),
    counts: [...items.flatMap<HomeCount>((item) => item.counts ?? [])].sort((a, b) => a.rank - b.rank),
  }
}
