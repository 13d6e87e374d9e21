import { boothCatalogues, type Catalogues, type MessageKey } from './messages.ts'
import { testCy } from './test-messages.cy.ts'
import { testEn } from './test-messages.en.ts'

/** Name of a sentence of the honesty test. */
export type TestKey = MessageKey | keyof typeof testEn

/** The sentences of the honesty test and of the page that checks it. */
export const testCatalogues: Catalogues<TestKey> = {
  en: { ...boothCatalogues.en, ...testEn },
  cy: { ...boothCatalogues.cy, ...testCy },
}
