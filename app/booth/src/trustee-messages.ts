import { boothCatalogues } from './booth-messages.ts'
import type { Catalogues, MessageKey } from './messages.ts'
import { trusteeCy } from './trustee-messages.cy.ts'
import { trusteeEn } from './trustee-messages.en.ts'

/** Name of a sentence of the trustees' page. */
export type TrusteeKey = MessageKey | keyof typeof trusteeEn

/** The sentences of the trustees' page. */
export const trusteeCatalogues: Catalogues<TrusteeKey> = {
  en: { ...boothCatalogues.en, ...trusteeEn },
  cy: { ...boothCatalogues.cy, ...trusteeCy },
}
