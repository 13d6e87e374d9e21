import type { Locale, Words } from './words-shape.ts'
import { cy } from './words.cy.ts'
import { en } from './words.en.ts'

export type { Locale, Words } from './words-shape.ts'

/** The words of each language. */
export const words: Readonly<Record<Locale, Words>> = { en, cy }

/** The tag that dates and numbers are written by. */
export const tagOf = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'cy')
