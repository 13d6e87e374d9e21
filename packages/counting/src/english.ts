import { majorityText } from './english-majority.ts'
import { notElectedText, stageText } from './english-stv.ts'
import type { CountWords } from './words.ts'

/** Counts told in English. */
export const english: CountWords = { stage: stageText, notElected: notElectedText, majority: majorityText }
