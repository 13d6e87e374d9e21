import type { Instant } from '@quorate/kernel'
import type { Visit } from '#lib/platform/feature.ts'
import { voiceOf } from './officer-tasks.ts'
import { sealedCodes } from './progress.ts'
import { linkDelivery } from './separate-registrar.ts'
import { electionsListed } from './view.ts'

/** What the registrar's desk says of one frozen roll. `issued` is null while its voting codes wait to be made. */
export type RollItem = {
  readonly decision: number
  readonly title: string
  readonly size: number
  readonly frozen: string
  readonly root: readonly string[]
  readonly leaves: string
  /** Whether a registrar's program apart from the server makes the codes. */
  readonly separate: boolean
  readonly issued: {
    readonly at: string
    readonly fate: string
    readonly credentials: string | null
    readonly bind: string | null
  } | null
}

/** A fingerprint in groups of four, to read aloud. */
const groupsOfFour = (hex: string): readonly string[] => hex.match(/.{1,4}/g) ?? []

/** Every frozen roll, the newest first. */
export async function rollItems(visit: Visit): Promise<readonly RollItem[]> {
  const { db } = visit
  const { t, at } = voiceOf(visit)
  const items: RollItem[] = []
  for (const election of await electionsListed(db)) {
    const { decision, title, roll_size: size, roll_root, roll_leaves: leaves, issued_at, tally, credentials, bind } = election
    const row = await db.selectFrom('decision').select('state').where('id', '=', decision).executeTakeFirst()
    const frozenAt: Instant | null = Object.values(row?.state?.stages ?? {}).find(({ roll }) => roll !== null)?.roll?.at ?? null
    const delivery = await linkDelivery(db, decision)
    const sealed = await sealedCodes(db, decision)
    const fate =
      election.registrar_key !== null && delivery.total === 0
        ? t('registrar.elsewhere')
        : tally !== null && sealed === 0
          ? t('registrar.destroyed')
          : delivery.total === 0
            ? t('registrar.sealed')
            : t('registrar.mailed', { ...delivery })
    items.push({
      decision,
      title,
      size,
      frozen: frozenAt === null ? '' : at(frozenAt),
      root: groupsOfFour(roll_root),
      leaves,
      separate: election.registrar_key !== null,
      issued: issued_at === null ? null : { at: at(issued_at), fate, credentials, bind },
    })
  }
  return items
}
