import { instant } from '@quorate/kernel'
import { cheapestFacts, watchfulFacts, type AnalyseFacts, type Rulebook } from '@quorate/rulebook'
import type { Visit } from '#lib/platform/feature.ts'
import { words } from '#lib/platform/words.ts'
import { rulebookInForce } from './editions.ts'
import { analysisOf } from './analyses.ts'
import { capital, namingOf } from './naming.ts'
import { choicesOf, sizesAsked, whatIf, type Choice, type WhatIf } from './what-if.ts'
import { whatIfMessages } from './what-if-messages.ts'

/** How many people and filled seats there are, by id. */
export type Sizes = { readonly electorates: Readonly<Record<string, number>>; readonly bodies: Readonly<Record<string, number>> }

/** What a reader asks and takes as given; null or missing: as the register has it, and as watchful as can be. */
export type WhatIfAsked = {
  readonly power: string | null
  /** Empty: anybody. */
  readonly body: string | null
  readonly sizes: Sizes
  readonly without: readonly string[]
  readonly attendance: 'all' | 'quorum'
  readonly turnout: 'against' | 'cheapest' | 'returned'
  readonly returned: number | null
  readonly officers: AnalyseFacts['officers']
  readonly attestors: AnalyseFacts['attestors']
  readonly lots: AnalyseFacts['lots']
  readonly elections: 'open' | 'closed'
}

/** A number to give, or a box to tick: one field of the form. */
export type SizeField = { readonly name: string; readonly label: string; readonly value: number | null }
export type WithoutField = { readonly name: string; readonly label: string; readonly checked: boolean }
/** The page that answers who could use a power. */
export type WhatIfPage = {
  readonly title: string
  readonly edition: number
  readonly power: string
  readonly body: string
  readonly powers: readonly Choice[]
  readonly bodies: readonly Choice[]
  readonly sizes: readonly SizeField[]
  readonly without: readonly WithoutField[]
  readonly asked: Pick<WhatIfAsked, 'attendance' | 'turnout' | 'returned' | 'officers' | 'attestors' | 'lots' | 'elections'>
  readonly result: WhatIf | null
}

const hourMs = 3_600_000

/** A watchful movement of these sizes: everybody comes, everybody else votes against. */
export function watchfulOf(known: Sizes, now: number): AnalyseFacts {
  // The hour is enough for a date, and questions asked within one share their answer.
  const from = instant(Math.trunc(now / hourMs) * hourMs)
  const bodies = Object.fromEntries(Object.entries(known.bodies).map(([id, seated]) => [id, { seated }]))
  return { ...watchfulFacts(from), electorates: known.electorates, bodies }
}

/** What a reader gave for ids that the register knows. */
const ofIds = (known: Readonly<Record<string, number>>, given: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(given).filter(([id]) => Object.hasOwn(known, id)))

/** The facts an analysis is made under: the reader's, with the register's sizes where the reader gave none. */
function factsOf(asked: WhatIfAsked, known: Sizes, now: number): AnalyseFacts {
  const watchful = watchfulOf(known, now)
  const bodies = { ...known.bodies, ...ofIds(known.bodies, asked.sizes.bodies) }
  return {
    ...watchful,
    electorates: { ...known.electorates, ...ofIds(known.electorates, asked.sizes.electorates) },
    bodies: Object.fromEntries(Object.entries(bodies).map(([id, seated]) => [id, { seated }])),
    without: asked.without.filter((id) => Object.hasOwn(known.bodies, id)),
    attendance: asked.attendance === 'all' ? 'all' : 'bare quorum',
    turnout:
      asked.turnout === 'against'
        ? { kind: 'all against' }
        : asked.turnout === 'returned' && asked.returned !== null
          ? { kind: 'returned', count: asked.returned }
          : cheapestFacts(watchful.from).turnout,
    officers: asked.officers,
    attestors: asked.attestors,
    lots: asked.lots,
    // What the attempt does not have it may win; closed is as if nobody asked.
    ...(asked.elections === 'open' ? { elections: asked.elections } : {}),
  }
}

function sizeFields(rulebook: Rulebook, facts: AnalyseFacts, visit: Visit): readonly SizeField[] {
  const t = words(whatIfMessages, visit.locale)
  const name = namingOf(rulebook, visit.locale)
  const { electorates, bodies } = sizesAsked(rulebook)
  return [
    ...electorates.map((id) => ({
      name: `size.${id}`,
      label: t('what.size', { whom: capital(name('electorate', id)) }),
      value: facts.electorates[id] ?? null,
    })),
    ...bodies.map((id) => ({
      name: `seated.${id}`,
      label: t('what.seated', { body: name('body', id) }),
      value: facts.bodies[id]?.seated ?? null,
    })),
  ]
}

/** Answers a reader's question about the rulebook in force. `known`: what the register says. Null: no such power or body. `busy`: too many ask just now. */
export async function whatIfPage(visit: Visit, asked: WhatIfAsked, known: Sizes): Promise<WhatIfPage | 'busy' | null> {
  const { locale } = visit
  const t = words(whatIfMessages, locale)
  const rulebook = await rulebookInForce(visit.db)
  const facts = factsOf(asked, known, visit.clock.now())
  const analysis = await analysisOf(rulebook, facts)
  if (analysis === 'busy') return analysis
  const { powers, bodies } = choicesOf(rulebook, analysis, locale)
  const name = namingOf(rulebook, locale)
  const { attendance, turnout, returned, officers, attestors, lots, elections } = asked
  const power = asked.power === null ? (powers[0]?.value ?? '') : (powers.find(({ value }) => value.split(' ')[0] === asked.power || value === asked.power)?.value ?? null)
  const body = asked.body ?? bodies[0]?.value ?? ''
  if (power === null || (body !== '' && !bodies.some(({ value }) => value === body))) return null
  return {
    title: body === '' ? t('what.title') : t('what.title.body', { body: name('body', body) }),
    edition: rulebook.edition,
    power,
    body,
    powers,
    bodies,
    sizes: sizeFields(rulebook, facts, visit),
    without: bodies
      .filter(({ value }) => value !== body)
      .map(({ value }) => ({
        name: `without.${value}`,
        label: capital(name('body', value)),
        checked: asked.without.includes(value),
      })),
    asked: { attendance, turnout, returned, officers, attestors, lots, elections },
    result: whatIf(rulebook, analysis, { power, body: body === '' ? null : body }, locale),
  }
}
