import type { Rulebook } from '@quorate/rulebook'
import type { Visit } from '#lib/platform/feature.ts'
import { listText, words, type Locale } from '#lib/platform/words.ts'
import { rulebookInForce } from './editions.ts'
import { capital, namingOf } from './naming.ts'
import { roles, type Holder, type Part, type Role } from './power-parts.ts'
import { powersHeld, type PowerHeld, type Way } from './powers.ts'
import { readerMessages } from './reader-messages.ts'

/** One way to a power, in words. */
export type WayView = {
  readonly clause: string
  readonly through: string
  /** Who, and everything they do in it: `proposal, signatures and vote`. */
  readonly parts: readonly { readonly who: string; readonly does: string }[]
}
/** One power with the ways to it and its row of the matrix: what each holder of {@link PowersPage.holders} does, empty where nothing. */
export type PowerView = {
  readonly power: string
  readonly name: string
  readonly ways: readonly WayView[]
  readonly cells: readonly (readonly string[])[]
}
/** Who holds which power. */
export type PowersPage = {
  readonly edition: number
  readonly holders: readonly string[]
  readonly powers: readonly PowerView[]
  /** Names of the powers that nobody has. */
  readonly nobody: readonly string[]
}

const key = ({ kind, id }: Holder): string => `${kind} ${id}`
/** Officers and bodies before the many: whoever can do most alone stands first. */
function holdersIn(held: readonly PowerHeld[]): readonly Holder[] {
  const found = new Map<string, { readonly holder: Holder; least: number }>()
  const parts = held.flatMap(({ ways }) => ways.flatMap((way) => way.parts))
  for (const { holder, role } of parts) {
    const rank = holder.kind === 'electorate' ? roles.length : roles.indexOf(role)
    const known = found.get(key(holder))
    if (known === undefined) found.set(key(holder), { holder, least: rank })
    else known.least = Math.min(known.least, rank)
  }
  return [...found.values()].toSorted((a, b) => a.least - b.least).map(({ holder }) => holder)
}

/** The matrix of powers and holders of a rulebook, in words. */
export function powersView(rulebook: Rulebook, locale: Locale): PowersPage {
  const t = words(readerMessages, locale)
  const name = namingOf(rulebook, locale)
  const held = powersHeld(rulebook)
  const holders = holdersIn(held)
  const does = (role: Role): string => t(`role.${role}`)
  const through = ({ by, procedure }: Way): string =>
    procedure !== null
      ? t('powers.through', { procedure: capital(name('procedure', procedure)) })
      : t(by === 'rule' ? 'powers.by-rule' : 'powers.own')
  const byHolder = (parts: readonly Part[]): WayView['parts'] =>
    [...Map.groupBy(parts, ({ holder }) => key(holder)).values()].map((mine) => {
      const [{ holder } = { holder: null }] = mine
      const who = holder === null ? '' : capital(name(holder.kind, holder.id))
      return { who, does: listText(mine.map(({ role }) => does(role)), locale) }
    })
  const called = (power: string): string => capital(name('power', power))
  return {
    edition: rulebook.edition,
    holders: holders.map(({ kind, id }) => capital(name(kind, id))),
    powers: held
      .filter(({ ways }) => ways.length > 0)
      .map(({ power, ways }) => ({
        power,
        name: called(power),
        ways: ways.map((way) => ({ clause: way.clause, through: through(way), parts: byHolder(way.parts) })),
        cells: holders.map((holder) => {
          const mine = ways.flatMap((way) => way.parts.filter((part) => key(part.holder) === key(holder)))
          return roles.filter((role) => mine.some((part) => part.role === role)).map(does)
        }),
      })),
    nobody: held.filter(({ ways }) => ways.length === 0).map(({ power }) => called(power)),
  }
}

/** The matrix for the rulebook in force. */
export const powersPage = async (visit: Visit): Promise<PowersPage> =>
  powersView(await rulebookInForce(visit.db), visit.locale)
