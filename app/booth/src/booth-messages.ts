import { cy } from './messages.cy.ts'
import { en } from './messages.en.ts'
import type { Catalogues, MessageKey } from './messages.ts'

/** The sentences of the voting page in both languages, for the pages that hold both; a voter's page fetches the one it speaks. */
export const boothCatalogues: Catalogues<MessageKey> = { en, cy }
