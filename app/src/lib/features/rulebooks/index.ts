import lantern from '../../../../../rulebooks/lantern.md?raw'
import type { Feature } from '#lib/platform/feature.ts'
import { foundRulebook } from './editions.ts'
import { actorMessages } from './actor-messages.ts'
import { messages } from './messages.ts'
import { playgroundMessages } from './playground-messages.ts'
import { whatIfMessages } from './what-if-messages.ts'
import { powerMessages } from './power-messages.ts'
import { readerMessages } from './reader-messages.ts'

export type { DraftEdition, Edition } from './editions.ts'
export { addEdition, draftEdition, editionsListed, editionsOf, editionText, rulebookInForce } from './editions.ts'
export type { ClauseChange, ClauseQuote, ClauseWords, RuleLine } from './clause-words.ts'
export { clauseChange, clauseQuote, clauseWords, guardOf, rulebookOfText } from './clause-words.ts'
export type { ClausePage, RulesPage } from './rules-page.ts'
export type { CompareAsked, ComparePage } from './compare-page.ts'
export { comparePage } from './compare-page.ts'
export type { PowersPage } from './powers-page.ts'
export { powersPage } from './powers-page.ts'
export { powersHeld } from './powers.ts'
export { playgroundMessages } from './playground-messages.ts'
export { startingText, startingTexts } from './starting-texts.ts'
export type { Sizes, WhatIfAsked, WhatIfPage } from './what-if-page.ts'
export { whatIfPage } from './what-if-page.ts'
export { whatIfMessages } from './what-if-messages.ts'
export { readerMessages } from './reader-messages.ts'
export { clausePage, rulesPage } from './rules-page.ts'
export { messages as rulebookMessages } from './messages.ts'
export { capital, namingOf, type NamedKind, type Naming } from './naming.ts'

export const feature: Feature = {
  name: 'rulebooks',
  messages: {
    en: { ...messages.en, ...powerMessages.en, ...actorMessages.en, ...readerMessages.en, ...playgroundMessages.en, ...whatIfMessages.en },
    cy: { ...messages.cy, ...powerMessages.cy, ...actorMessages.cy, ...readerMessages.cy, ...playgroundMessages.cy, ...whatIfMessages.cy },
  },
  seed: { after: ['record'], run: (work, tx) => foundRulebook(tx, work.clock.now(), lantern) },
}
