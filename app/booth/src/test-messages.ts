import type { Catalogues, MessageKey } from './messages.ts'
import { testCy } from './test-messages.cy.ts'
import { testEn } from './test-messages.en.ts'

/** Name of a sentence that the honesty test may say. */
export type TestKey = MessageKey | keyof typeof testEn

/** The honesty test's own sentences. */
export const testSentences: Catalogues<keyof typeof testEn> = { en: testEn, cy: testCy }
