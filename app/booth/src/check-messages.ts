import { boothCatalogues } from './booth-messages.ts'
import type { Catalogues } from './messages.ts'
import { testSentences, type TestKey } from './test-messages.ts'

/** The sentences of the page that checks a test. */
export const checkCatalogues: Catalogues<TestKey> = {
  en: { ...boothCatalogues.en, ...testSentences.en },
  cy: { ...boothCatalogues.cy, ...testSentences.cy },
}
