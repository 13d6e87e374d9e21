import type { Phrases } from './phrases.ts'
import { majorityText } from './tell-majority.ts'
import { notElectedText, stageText } from './tell-stv.ts'
import type { CountWords } from './words.ts'

/** A language's phrases as something counts can be told with. */
export const wordsFrom = (phrases: Phrases): CountWords => ({
  stage: (count, stage, names) => stageText(phrases, count, stage, names),
  notElected: (why, count, names) => notElectedText(phrases, why, count, names),
  flow: phrases.flow,
  majority: (count) => majorityText(phrases, count),
  phrases,
})
