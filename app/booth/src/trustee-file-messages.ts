import type { Catalogues } from './messages.ts'
import { trusteeFileCy } from './trustee-file-messages.cy.ts'
import { trusteeFileEn } from './trustee-file-messages.en.ts'
import { trusteeCatalogues, type TrusteeKey } from './trustee-messages.ts'

/** Name of a sentence of the trustees' program on a disk. */
export type TrusteeFileKey = TrusteeKey | keyof typeof trusteeFileEn

/** Its sentences: those of the web page, but for what is not so in a file that asks nobody. */
export const trusteeFileCatalogues: Catalogues<TrusteeFileKey> = {
  en: { ...trusteeCatalogues.en, ...trusteeFileEn },
  cy: { ...trusteeCatalogues.cy, ...trusteeFileCy },
}
