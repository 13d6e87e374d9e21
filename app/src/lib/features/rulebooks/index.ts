import lantern from '../../../../../rulebooks/lantern.md?raw'
import type { Feature } from '#lib/platform/feature.ts'
import { foundRulebook } from './editions.ts'
import { messages } from './messages.ts'

export type { Edition } from './editions.ts'
export { addEdition, editionsListed, editionsOf, editionText, rulebookInForce } from './editions.ts'
export type { ClauseChange, ClauseQuote, ClauseWords, RuleLine } from './clause-words.ts'
export { clauseChange, clauseQuote, clauseWords, guardOf, rulebookOfText } from './clause-words.ts'
export type { ClausePage, RulesPage } from './rules-page.ts'
export { clausePage, rulesPage } from './rules-page.ts'
export { messages as rulebookMessages } from './messages.ts'
export { capital, namingOf, type NamedKind, type Naming } from './naming.ts'

export const feature: Feature = {
  name: 'rulebooks',
  messages,
  seed: { after: ['record'], run: (work, tx) => foundRulebook(tx, work.clock.now(), lantern) },
}
